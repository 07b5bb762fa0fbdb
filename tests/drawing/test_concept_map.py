"""What a concept map holds: links, restatements, pairs, origins, words."""

from pyoxigraph import Store

from diaspora_kg.drawing.concept_map import ConceptMap, Link, read_concept_map
from diaspora_kg.drawing.drawing import read_corpus
from diaspora_kg.terms import iri

LINK = """
:k1 a dkg:Claim , dkg:Proposition ; dkg:inConceptMap :map ;
    dkg:claimSubject c:civil-society ; dkg:claimPredicate dkg:isSourceOf ;
    dkg:claimObject c:soft-power ; dkg:linkingPhrase "is a source of"@en ;
    dkg:evidence :in-ann .
"""


def read(store: Store, language: str = "en") -> ConceptMap:
    node = iri("https://w3id.org/diaspora-kg/id/map")
    return read_concept_map(read_corpus(store), node, language)


def names(link: Link) -> list[str]:
    """Return the ids of the claims that a link merges."""
    return [wording.claim.rpartition("/")[2].rstrip(">") for wording in link.wordings]


def again(number: int, more: str) -> str:
    """Return the link once more, as another claim."""
    return f"{LINK}:k{number} {more} .".replace(":k1 a", f":k{number} a")


class TestLinks:
    """Which arrows there are."""

    def test_proposition(self, a_store) -> None:
        """A proposition is a link from its subject to its object, with its phrase."""
        link = read(a_store(LINK)).links[0]

        assert link.main.sentence == "civil society – is a source of – soft power"

    def test_other_claims(self, a_store) -> None:
        """A claim that is in no concept map is no link."""
        other = LINK.replace("dkg:inConceptMap :map ;", "").replace(":k1", ":k2")

        assert len(read(a_store(LINK + other)).links) == 1

    def test_restatement(self, triangle) -> None:
        """A restatement is merged into the link that it restates."""
        assert [names(link) for link in read(triangle).links] == [["k1"], ["k2"], ["k3", "k4"]]

    def test_chain_of_restatements(self, a_store) -> None:
        """A restatement of a restatement belongs to the first link."""
        turtle = LINK + again(2, "dkg:restates :k1") + again(3, "dkg:restates :k2")

        assert [names(link) for link in read(a_store(turtle)).links] == [["k1", "k2", "k3"]]

    def test_circle_of_restatements(self, a_store) -> None:
        """Propositions that restate each other are one link."""
        turtle = again(2, "dkg:restates :k3") + again(3, "dkg:restates :k2")

        assert [names(link) for link in read(a_store(turtle)).links][-1] == ["k2", "k3"]

    def test_same_content(self, a_store) -> None:
        """Two propositions with the same content are one link, whoever says them."""
        turtle = LINK + again(2, 'dkg:contentKey "x"') + ':k1 dkg:contentKey "x" .'

        assert [names(link) for link in read(a_store(turtle)).links] == [["k1", "k2"]]

    def test_no_phrase(self, a_store) -> None:
        """A proposition without a phrase is read with the label of its property."""
        turtle = LINK.replace('dkg:linkingPhrase "is a source of"@en ;', "")

        link = read(a_store(turtle + 'dkg:isSourceOf rdfs:label "feeds"@en .')).links[0]

        assert link.main.phrase == "feeds"


class TestPairs:
    """Links that the source itself pairs."""

    def test_pair(self, triangle) -> None:
        """Two links in opposite directions that are joined as reciprocal are a pair."""
        assert [link.pair for link in read(triangle).links] == [1, 1, 0]

    def test_opposite_only_by_chance(self, triangle) -> None:
        """Opposite links that no source pairs are none."""
        triangle.update(
            "PREFIX dkg: <https://w3id.org/diaspora-kg/ontology#>"
            "DELETE { GRAPH ?g { ?a dkg:reciprocalOf ?b } }"
            "WHERE { GRAPH ?g { ?a dkg:reciprocalOf ?b } }"
        )

        assert read(triangle).pairs == 0

    def test_not_opposite(self, a_store) -> None:
        """Links that do not run in opposite directions are no pair."""
        parallel = again(2, 'dkg:reciprocalOf :k1 ; dkg:contentKey "other"')

        assert [link.pair for link in read(a_store(LINK + parallel)).links] == [0, 0]


class TestOrigins:
    """How many independent origins a link has."""

    def test_one_author(self, a_store) -> None:
        """What one author says in several wordings has one origin."""
        turtle = LINK + again(2, "dkg:restates :k1")

        assert read(a_store(turtle)).links[0].origins == 1

    def test_restated_by_another(self, triangle) -> None:
        """A restatement by another author is a second origin."""
        assert [link.origins for link in read(triangle).links] == [1, 1, 2]

    def test_said_outside_the_map(self, a_store) -> None:
        """The same content from another author counts, wherever it is said."""
        turtle = (
            LINK
            + """
            :k1 dkg:contentKey "x" .
            :o a dkg:Claim ; dkg:contentKey "x" ; dkg:evidence :in-bob ;
                dkg:claimSubject c:civil-society ; dkg:claimPredicate dkg:isSourceOf ;
                dkg:claimObject c:soft-power .
        """
        )

        link = read(a_store(turtle)).links[0]

        assert (link.origins, len(link.elsewhere)) == (2, 1)

    def test_reason(self, a_store) -> None:
        """A reason given by another author counts."""
        turtle = (
            LINK
            + """
            :o a dkg:Claim ; dkg:supports :k1 ; dkg:evidence :in-bob ; dkg:claimObject c:peace ;
                dkg:claimSubject c:civil-society ; dkg:claimPredicate dkg:promotes .
        """
        )

        link = read(a_store(turtle)).links[0]

        assert (link.origins, link.reasons[0].sentence) == (
            2,
            "civil society – dkg:promotes – peace",
        )

    def test_told_in_order_to_dispute(self, a_store) -> None:
        """What an author reports only to dispute it backs nothing."""
        turtle = (
            LINK
            + """
            :o a dkg:Claim ; dkg:supports :k1 ; dkg:evidence :in-bob ; dkg:claimObject c:peace ;
                dkg:claimSubject c:civil-society ; dkg:claimPredicate dkg:promotes ;
                dkg:attribution :by-ann .
            :by-ann dkg:position 1 ; dkg:agent :ann ; dkg:stance dkgc:disputes .
        """
        )

        assert read(a_store(turtle)).links[0].origins == 1


class TestWords:
    """Phrases, labels and what stands behind them."""

    def test_language(self, triangle) -> None:
        """Labels and phrases are taken in the language that is wanted."""
        chart = read(triangle, "tr")

        assert chart.links[0].main.sentence == "sivil toplum – kaynağıdır – yumuşak güç"

    def test_no_phrase_in_the_language(self, triangle) -> None:
        """A phrase that the source has only in English keeps its language mark."""
        main = read(triangle, "tr").links[1].main

        assert (main.phrase, main.language) == ("depends on", "en")

    def test_same_order_in_every_language(self, triangle) -> None:
        """Pairs and links are numbered alike in every language."""
        english, turkish = read(triangle), read(triangle, "tr")

        assert [names(link) for link in english.links] == [names(link) for link in turkish.links]

    def test_places(self, triangle) -> None:
        """Each wording knows the source and the place of its passages."""
        passage = read(triangle).links[2].restatements[0].passages[0]

        assert (passage.source, passage.locator) == ("Bob 2021", "p. 9")

    def test_restricted_passage(self, a_store) -> None:
        """A passage with restricted access leaves no trace in a picture."""
        chart = read(a_store(LINK + ":in-ann dkg:accessLevel dkgc:restricted ."))

        assert chart.links[0].main.passages == ()

    def test_conflict(self, a_store) -> None:
        """A wording in an open conflict carries its description."""
        turtle = (
            LINK
            + """
            :x a dkg:Conflict ; dkg:between :k1 , :o ; dkg:status dkgc:open ;
                dcterms:description "Bob says otherwise."@en .
        """
        )

        assert read(a_store(turtle)).links[0].main.conflicts == ("Bob says otherwise.",)

    def test_decided_conflict(self, a_store) -> None:
        """A conflict that has been decided is no longer held against a wording."""
        turtle = LINK + ":x a dkg:Conflict ; dkg:between :k1 , :o ; dkg:status dkgc:decided ."

        assert read(a_store(turtle)).links[0].main.conflicts == ()

    def test_characters_that_no_file_may_hold(self, a_store) -> None:
        """Control characters in a phrase become spaces."""
        turtle = LINK.replace("is a source of", r"is a\u0001source of")

        assert read(a_store(turtle)).links[0].main.phrase == "is a source of"
