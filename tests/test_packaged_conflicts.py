"""The conflicts of the packaged cases, as a scholar would want to find them."""

import pytest

from diaspora_kg.acceptance import CONTESTED
from diaspora_kg.assembly import assemble
from diaspora_kg.namespaces import DKGID
from diaspora_kg.terms import iri


@pytest.fixture(scope="module")
def graph():
    """Return the graph of the packaged cases, without the check by shapes."""
    return assemble(shapes=False)


EXPECTED = [
    ("attribution", "international-migrants/claim/over-300-million", "a number of another report"),
    ("attribution", "rustamova-study/claim/brief-38-title", "a title that the brief does not bear"),
    ("attribution", "rustamova-concepts/claim/brubaker-definition", "a definition of another"),
    ("classification", "peace-corps/claim/ngo", "an NGO, or an agency of the state"),
    (
        "definition",
        "waraa-islam-civil-society/claim/non-coercive-entities",
        "means of civil society",
    ),
    (
        "definition",
        "diplo-citizen-diplomacy-concepts/claim/complements-official",
        "alternative or not",
    ),
    ("scope", "indian-diaspora/claim/thirty-million", "who is counted as a diaspora"),
    ("scope", "remittances/claim/over-600-billion", "the world, or poorer countries alone"),
    ("validity", "ccic/claim/named-in-article", "a name that was given up"),
    ("validity", "moia/claim/promotes-investment", "a ministry that had been merged"),
]


class TestPackagedConflicts:
    """What is found, and what is made of it."""

    @pytest.mark.parametrize(
        ("kind", "claim"), [pytest.param(kind, claim, id=why) for kind, claim, why in EXPECTED]
    )
    def test_expected(self, graph, kind, claim):
        """Each claim that a careful reader doubts is in one conflict, of the right kind."""
        found = graph.conflicts.of_claim(iri(DKGID + claim))

        assert [conflict.kind for conflict in found] == [kind]

    def test_remittances(self, graph):
        """The figure for the world is set against that for poorer countries and its own report."""
        (conflict,) = graph.conflicts.of_claim(iri(DKGID + "remittances/claim/over-600-billion"))

        names = {claim.rpartition("/")[2].rstrip(">") for claim in conflict.claims}
        assert names == {
            "over-600-billion",
            "brief-656-billion-low-and-middle-income",
            "brief-840-billion-world",
        }

    def test_series_is_no_conflict(self, graph):
        """The members of ALLMEP counted at several times are a series."""
        counts = ("2004", "2005", "2007", "2008", "2011", "97", "125", "160", "180")
        claims = [iri(f"{DKGID}allmep/claim/members-{count}") for count in counts]

        assert all(claim in graph.acceptance.accepted for claim in claims)
        assert all(not graph.conflicts.of_claim(claim) for claim in claims)

    def test_citizen_diplomacy_contradicts_itself(self, graph):
        """A page that gives two answers to one question is named as the source of both."""
        claim = iri(DKGID + "diplo-citizen-diplomacy-concepts/claim/complements-official")

        (conflict,) = graph.conflicts.of_claim(claim)

        assert conflict.within_source == iri(DKGID + "source/diplo-citizen-diplomacy")

    def test_no_explosion(self, graph):
        """A conflict stays something that a person can read, and none is said twice."""
        conflicts = graph.conflicts.conflicts

        assert all(len(conflict.claims) <= 10 for conflict in conflicts)
        assert len({conflict.claims for conflict in conflicts}) == len(conflicts)

    def test_contested_content_is_neither_accepted_nor_inferred(self, graph):
        """What an open conflict disputes is nowhere stated as undisputed."""
        contested = {quad[:3] for quad in graph.acceptance.quads if quad[3] == CONTESTED}
        plain = {triple for triple in contested if "/id/fact/" not in triple[0]}

        assert plain
        assert not plain & set(graph.acceptance.triples)
        assert not [triple for triple in plain if triple in graph.closure]

    def test_inference_finds_no_contradiction(self, graph):
        """What was accepted is consistent under the rules, and no axiom was passed over."""
        assert graph.closure.inconsistencies == ()
        assert graph.closure.unsupported == ()
