"""Which claims become facts, in what form, and why the others do not."""

import pytest

from diaspora_kg.acceptance import REASONS, Policy
from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.namespaces import DKGG, DKGID, XSD
from diaspora_kg.terms import TYPE, dkg, iri, text_literal

ACCEPTED, CONTESTED = iri(DKGG + "accepted"), iri(DKGG + "contested")
YTB, OFFICE = iri(DKGID + "ytb"), iri(DKGID + "office")
PLAIN = (YTB, dkg("supports"), OFFICE)


def claim_of(name):
    return iri(f"{DKGID}case/claim/{name}")


def said_of(fact, quads):
    return {(p, o) for s, p, o, _ in quads if s == fact}


class TestAccepted:
    """What an accepted claim yields."""

    def test_plain_triple(self, cases):
        """An undisputed claim about a particular yields its plain triple."""
        cases.claim("c", "ytb", "dkg:supports", "office", "paper")

        found = cases.accepted()

        assert found.triples == (PLAIN,)
        assert (*PLAIN, ACCEPTED) in found.quads
        assert found.refused == {}

    def test_fact(self, cases):
        """It yields a fact with its content, its interval and the claim that it rests on."""
        cases.entity("ytb", label="YTB")
        cases.entity("office", label="the office")
        cases.claim("c", "ytb", "dkg:supports", "office", "paper", since="2010", until="2018-07")

        found = cases.accepted()

        fact = found.accepted[claim_of("c")]
        assert said_of(fact, found.quads) == {
            (TYPE, dkg("Fact")),
            (iri("http://www.w3.org/2000/01/rdf-schema#label"), '"YTB supports the office"@en'),
            (dkg("factSubject"), YTB),
            (dkg("factPredicate"), dkg("supports")),
            (dkg("factObject"), OFFICE),
            (dkg("basedOn"), claim_of("c")),
            (dkg("validFrom"), text_literal("2010")),
            (dkg("validUntil"), text_literal("2018-07")),
            (dkg("earliest"), f'"2010-01-01"^^<{XSD}date>'),
            (dkg("latest"), f'"2018-07-31"^^<{XSD}date>'),
        }

    def test_claims_of_one_content(self, cases):
        """Claims of one content and one interval are one fact that rests on both."""
        cases.entity("ytb")
        cases.claim("one", "ytb", "dkg:supports", "office", "a")
        cases.claim("other", "ytb", "dkg:supports", "office", "b")

        found = cases.accepted()

        fact = found.accepted[claim_of("one")]
        assert found.accepted[claim_of("other")] == fact
        based = {o for p, o in said_of(fact, found.quads) if p == dkg("basedOn")}
        assert based == {claim_of("one"), claim_of("other")}

    def test_other_interval(self, cases):
        """One content with two intervals is two facts."""
        cases.claim("one", "ytb", "dkg:supports", "office", "a", since="2010")
        cases.claim("other", "ytb", "dkg:supports", "office", "b", since="2018")

        found = cases.accepted().accepted

        assert found[claim_of("one")] != found[claim_of("other")]

    def test_figure_has_no_plain_triple(self, cases):
        """A figure of a particular is a fact, without a plain triple."""
        cases.figure("c", "300", "paper")

        found = cases.accepted()

        assert claim_of("c") in found.accepted
        assert found.triples == ()

    def test_implied(self, cases):
        """What a source implies is accepted like what it says."""
        cases.claim("c", "ytb", "dkg:supports", "office", "paper", explicitness="dkgc:implied")

        assert cases.reason("c") is None

    def test_ambiguous_reference(self, cases):
        """A claim about an ambiguous reference is accepted as one about that reference."""
        cases.entity("ytb", "dkg:AmbiguousReference")
        cases.claim("c", "ytb", "dkg:supports", "office", "paper")

        assert cases.accepted().triples == (PLAIN,)

    def test_concept_as_object(self, cases):
        """A particular may be said to support a concept."""
        cases.claim("c", "ytb", "dkg:supports", "dkgc:culture", "paper")

        assert cases.reason("c") is None


class TestRefused:
    """Why a claim is not accepted."""

    @pytest.mark.parametrize(
        ("more", "reason"),
        [
            pytest.param({"subject": "dkgc:soft-power"}, "concept-subject", id="a concept"),
            pytest.param({"subject": "dkg:Ngo"}, "concept-subject", id="a kind"),
            pytest.param({"predicate": "skos:definition"}, "definition", id="definition"),
            pytest.param({"polarity": "dkgc:negated"}, "negated", id="negated"),
            pytest.param({"modality": "dkgc:possible"}, "not-factual", id="possible"),
            pytest.param({"modality": "dkgc:announced"}, "not-factual", id="announced"),
            pytest.param({"modality": "dkgc:evaluative"}, "not-factual", id="evaluative"),
            pytest.param({"explicitness": "dkgc:coder-inferred"}, "coder-inferred", id="inferred"),
            pytest.param(
                {"agent": "party/nye", "stance": "disputes"}, "disputed-by-holder", id="disputed"
            ),
        ],
    )
    def test_by_nature(self, cases, more, reason):
        """A claim that by its nature is no fact is refused for that reason, and yields nothing."""
        content = {"subject": "ytb", "predicate": "dkg:supports", "value": "office", **more}
        cases.claim("c", source="paper", **content)

        found = cases.accepted()

        assert found.refused == {claim_of("c"): reason}
        assert found.quads == ()

    def test_proposition(self, cases):
        """A link of a concept map is never a fact, whatever it links."""
        cases.claim("c", "ytb", "dkg:supports", "office", "paper")
        cases.add("case/claim/c", "rdf:type", dkg("Proposition"))

        assert cases.reason("c") == "proposition"

    def test_every_reason_has_words(self, cases):
        """Every reason that is given stands in the list of reasons."""
        cases.claim("c", "dkgc:soft-power", "dkg:supports", "office", "paper")

        assert cases.reason("c") in REASONS


class TestConflicts:
    """What a conflict does to acceptance."""

    def _two(self, cases):
        cases.claim("ngo", "corps", "rdf:type", "dkg:Ngo", "diplo")
        cases.claim("body", "corps", "rdf:type", "dkg:StateBody", "registry")

    def test_open(self, cases):
        """Both sides of an open conflict are contested: in the same form, in a graph apart."""
        self._two(cases)

        found = cases.accepted()

        assert set(found.refused.values()) == {"open-conflict"}
        assert found.accepted == {}
        assert found.triples == ()
        assert {quad[3] for quad in found.quads} == {CONTESTED}
        assert (iri(DKGID + "corps"), TYPE, dkg("Ngo"), CONTESTED) in found.quads
        assert len(found.contested) == 2

    def test_same_content_elsewhere(self, cases):
        """What is contested is the content, so the same claim of another is contested too."""
        self._two(cases)
        cases.claim("also", "corps", "rdf:type", "dkg:Ngo", "diplo")

        assert cases.reason("also") == "open-conflict"

    def test_validity_conflict_contests_claims_alone(self, cases):
        """In a validity conflict the time is in dispute: who said the same in time is accepted."""
        cases.claim("ended", "moia", "dkg:mergedInto", "mea", "hindu", as_of="2016")
        cases.claim("late", "moia", "dkg:promotes", "dkgc:culture", "paper", as_of="2025")
        cases.claim("in-time", "moia", "dkg:promotes", "dkgc:culture", "old", as_of="2010")

        assert cases.reason("late") == "open-conflict"
        assert cases.reason("in-time") is None

    def test_definition_conflict_bars_nothing(self, cases):
        """A definition conflict has no loser: what it says of particulars is accepted."""
        cases.claim("of-kind", "dkgc:soft-power", "dkg:supports", "dkgc:culture", "paper")
        cases.claim(
            "c",
            "ytb",
            "dkg:supports",
            "office",
            "paper",
            contrary_to="of-kind",
            kind="definition",
        )

        assert cases.reason("c") is None

    def test_decided(self, cases):
        """After a decision the upheld claim is accepted and the rejected one is not."""
        self._two(cases)
        cases.adjudication("ruling", "ngo", "body", outcome="one-side", upholds="body")

        assert cases.reason("body") is None
        assert cases.reason("ngo") == "decided-against"

    def test_both_within_scope(self, cases):
        """A decision that both hold in their scope lets both be accepted."""
        cases.figure("world", "840", "a", period="2023", scope="dkgc:world")
        cases.figure("poorer", "656", "b", period="2023", scope="dkgc:poorer-countries")
        cases.adjudication("ruling", "world", "poorer", outcome="both-within-scope")

        assert cases.accepted().refused == {}

    def test_undecidable(self, cases):
        """Where nothing decides, neither side is accepted, though the conflict is closed."""
        self._two(cases)
        cases.adjudication("ruling", "ngo", "body", outcome="undecidable")

        assert set(cases.accepted().refused.values()) == {"undecidable"}

    def test_statement(self, cases):
        """Claims that stand or fall together fall together when one is in a conflict."""
        self._two(cases)
        cases.add("case/claim/ngo", "partOfStatement", iri(DKGID + "statement"))
        cases.claim("role", "corps", "dkg:supports", "office", "diplo", partOfStatement="statement")

        assert cases.reason("role") == "statement-in-conflict"


class TestPolicy:
    """The thresholds of a policy."""

    def test_default(self, cases):
        """By default one origin is enough, be it unknown, and nothing else is asked for."""
        cases.claim("c", "ytb", "dkg:supports", "office", confidence="")

        assert cases.reason("c") is None

    def test_min_origins(self, cases):
        """With two origins asked for, a claim needs a second independent one."""
        cases.source("a", author="a")
        cases.source("b", author="b")
        cases.claim("one", "ytb", "dkg:supports", "office", "a")
        alone = cases.reason("one", Policy(min_origins=2))
        cases.claim("other", "ytb", "dkg:supports", "office", "b")

        assert alone == "below-min-origins"
        assert cases.reason("one", Policy(min_origins=2)) is None

    def test_what_is_no_fact_supports_none(self, cases):
        """A claim that is only possible is no second origin of one that is a fact."""
        cases.source("a", author="a")
        cases.source("b", author="b")
        cases.claim("one", "ytb", "dkg:supports", "office", "a", key="same")
        cases.claim(
            "maybe",
            "ytb",
            "dkg:supports",
            "office",
            "b",
            key="same",
            modality="dkgc:possible",
        )

        assert cases.reason("one", Policy(min_origins=2)) == "below-min-origins"

    @pytest.mark.parametrize(
        ("confidence", "reason"), [("0.7", "below-min-confidence"), ("0.8", None)]
    )
    def test_min_confidence(self, cases, confidence, reason):
        """A coding at the threshold is enough, one below it is not."""
        cases.claim("c", "ytb", "dkg:supports", "office", "paper", confidence=confidence)

        assert cases.reason("c", Policy(min_confidence=0.8)) == reason

    @pytest.mark.parametrize(("tier", "reason"), [("news", "below-min-tier"), ("official", None)])
    def test_min_tier(self, cases, tier, reason):
        """A source of the tier or a more reliable one is enough."""
        cases.source("paper", tier=tier)
        cases.claim("c", "ytb", "dkg:supports", "office", "paper")

        assert cases.reason("c", Policy(min_tier="registry")) == reason

    def test_what_is_in_dispute_is_contested_whatever_the_policy(self, cases):
        """The content of an open conflict is contested also below a threshold."""
        cases.claim("ngo", "corps", "rdf:type", "dkg:Ngo", "diplo", confidence="0.5")
        cases.claim("body", "corps", "rdf:type", "dkg:StateBody", "registry")

        found = cases.accepted(Policy(min_confidence=0.8))

        assert found.refused[claim_of("ngo")] == "open-conflict"
        assert set(found.contested) == {claim_of("ngo"), claim_of("body")}

    def test_unknown_tier(self):
        """A tier that there is not is an error that names those that there are."""
        with pytest.raises(DiasporaKGError) as error:
            Policy(min_tier="gossip")

        assert error.value.code == "DKG801"
        assert "official" in error.value.hint

    @pytest.mark.parametrize("thresholds", [{"min_origins": 0}, {"min_confidence": 80}])
    def test_out_of_range(self, thresholds):
        """A threshold that nothing could miss, or nothing could reach, is an error."""
        with pytest.raises(DiasporaKGError) as error:
            Policy(**thresholds)

        assert error.value.code == "DKG801"

    def test_in_words(self):
        """A policy can be read."""
        words = Policy(min_origins=2, min_confidence=0.8, min_tier="news").in_words()

        assert words == (
            "at least 2 independent origins, a coding confidence of at least 0.8, "
            "a source of the tier 'news' or a more reliable one, "
            "and no conflict that is open or was decided against it"
        )
