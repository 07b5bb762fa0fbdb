"""Why something is said: standing, claims, origins, conflicts, proofs down to quotes."""

from typing import TYPE_CHECKING

import pytest

from diaspora_kg.errors import DiasporaKGError

if TYPE_CHECKING:
    from conftest import Tiny

OTHER_BOOK = """
ex:book2 a dkg:Source ; rdfs:label "Other 2021" ; dcterms:creator ex:other .
ex:other a dkg:Party ; rdfs:label "Other" .
"""
COPY = """
ex:copy a dkg:Source ; rdfs:label "Copy 2022" ; dcterms:creator ex:copier ;
  prov:wasDerivedFrom ex:book .
ex:copier a dkg:Party ; rdfs:label "Copier" .
"""


class TestStatement:
    """What is said of a thing."""

    def test_a_fact_is_accepted_with_its_quotes(self, tiny: "Tiny") -> None:
        """An accepted statement has its claims, and those their quotes with their place."""
        tiny.accepted("one", "ex:a", "ex:p", "ex:b")

        explanation = tiny.why("a", "p")

        (statement,) = explanation.statements
        assert statement.standing == "accepted"
        assert [claim.iri for claim in statement.claims] == ["http://example.org/one"]
        assert [str(quote) for quote in explanation.quotes] == [
            "“words of one” (Author 2020, p. 1)"
        ]

    def test_origins_that_do_not_depend_on_one_another_are_counted(self, tiny: "Tiny") -> None:
        """Two books are two origins; a copy of one of them is none of its own."""
        tiny.turtle("dkgg:sources", OTHER_BOOK + COPY)
        tiny.claim("one", "ex:a", "ex:p", "ex:b")
        tiny.claim("two", "ex:a", "ex:p", "ex:b", source="ex:book2", holder="ex:other")
        tiny.claim("three", "ex:a", "ex:p", "ex:b", source="ex:copy", holder="ex:copier")
        tiny.fact("ex:a", "ex:p", "ex:b", "one", "two", "three")

        (statement,) = tiny.why("a", "p").statements

        assert len(statement.claims) == 3
        assert statement.origins == 2

    def test_the_interval_is_as_the_source_writes_it(self, tiny: "Tiny") -> None:
        """When it is said to hold stands beside the statement."""
        tiny.accepted(
            "one", "ex:a", "ex:p", "ex:b", more='ex:one dkg:validFrom "2004"^^xsd:gYear .'
        )

        (statement,) = tiny.why("a", "p").statements

        assert statement.intervals == ("from 2004",)

    def test_a_denial_stands_against_it(self, tiny: "Tiny") -> None:
        """A claim that denies the same content is on the other side."""
        tiny.claim("one", "ex:a", "ex:p", "ex:b")
        tiny.claim("two", "ex:a", "ex:p", "ex:b", polarity="negated")

        (statement,) = tiny.why("a", "p").statements

        assert [claim.iri for claim in statement.claims] == ["http://example.org/one"]
        assert [claim.iri for claim in statement.against] == ["http://example.org/two"]

    def test_of_a_concept_nothing_is_a_fact(self, tiny: "Tiny") -> None:
        """What is said of a concept is shown as claimed, with the reason."""
        tiny.turtle("dkgg:ontology", "ex:power a skos:Concept .")
        tiny.claim("one", "ex:power", "ex:p", "ex:b")

        (statement,) = tiny.why("power").statements

        assert statement.standing == "claimed"
        assert statement.reason == "What is said of a concept or a kind is never a fact."

    def test_nothing_said_is_not_no(self, tiny: "Tiny") -> None:
        """Where the graph is silent, it says that silence is no denial."""
        tiny.accepted("one", "ex:a", "ex:p", "ex:b")
        tiny.accepted("two", "ex:c", "ex:q", "ex:d")

        explanation = tiny.why("a", "q")

        assert explanation.statements == ()
        assert explanation.notes == (
            "Nothing in this graph says: “http://example.org/a” http://example.org/q. That is "
            "not the same as “no”.",
        )

    def test_another_object_is_named(self, tiny: "Tiny") -> None:
        """Asked for an object that is not there, it tells those that are."""
        tiny.accepted("one", "ex:a", "ex:p", "ex:b")
        tiny.accepted("two", "ex:a", "ex:q", "ex:c")

        explanation = tiny.why("a", "p", "c")

        assert explanation.notes[1] == "What it does say there: http://example.org/b."

    def test_another_value_is_named(self, tiny: "Tiny") -> None:
        """A value that nobody states is answered with those that are stated, and is no error."""
        tiny.accepted("one", "ex:a", "ex:p", '"2004"')

        explanation = tiny.why("a", "p", "2005")

        assert explanation.statements == ()
        assert explanation.notes[1] == "What it does say there: 2004."

    def test_an_unknown_subject_is_an_error(self, tiny: "Tiny") -> None:
        """A thing that the graph does not know is no empty explanation."""
        with pytest.raises(DiasporaKGError) as raised:
            tiny.why("nobody")

        assert raised.value.code == "DKG404"

    def test_what_the_source_left_open_is_told(self, tiny: "Tiny") -> None:
        """An ambiguous reference names what it may be."""
        tiny.turtle(
            "case:c",
            'ex:korea a dkg:AmbiguousReference ; rdfs:label "Korea"@en ; '
            "dkg:candidateReferent ex:north , ex:south . "
            'ex:north rdfs:label "North Korea"@en . ex:south rdfs:label "South Korea"@en .',
        )

        explanation = tiny.why("korea")

        assert explanation.notes[-1] == (
            "The source does not say what it refers to; it may be North Korea or South Korea."
        )


class TestProof:
    """What was inferred."""

    def test_a_proof_goes_down_to_quotes(self, tiny: "Tiny") -> None:
        """Each step tells its axiom in words; the leaf has the claim with its quote."""
        tiny.turtle(
            "dkgg:ontology",
            'ex:p owl:inverseOf ex:q ; rdfs:label "has part"@en . '
            'ex:q a owl:ObjectProperty ; rdfs:label "part of"@en .',
        )
        tiny.accepted("one", "ex:a", "ex:p", "ex:b")
        tiny.turtle("dkgg:inferred", "ex:b ex:q ex:a .")

        explanation = tiny.why("b", "q")

        (statement,) = explanation.statements
        assert statement.standing == "inferred"
        assert statement.proof is not None
        assert statement.proof.because == ("“has part” is the other direction of “part of”",)
        (leaf,) = statement.proof.premises
        assert [claim.label for claim in leaf.claims] == ["Author: one"]
        assert [quote.quote for quote in explanation.quotes] == ["words of one"]

    def test_a_chain_is_told_in_its_order(self, tiny: "Tiny") -> None:
        """A property chain reads as one link after the other."""
        tiny.turtle(
            "dkgg:ontology",
            'ex:based owl:propertyChainAxiom ( ex:part ex:based ) ; rdfs:label "based in"@en . '
            'ex:part a owl:ObjectProperty ; rdfs:label "part of"@en . '
            "ex:based a owl:ObjectProperty .",
        )
        tiny.accepted("one", "ex:a", "ex:part", "ex:b")
        tiny.accepted("two", "ex:b", "ex:based", "ex:c")
        tiny.turtle("dkgg:inferred", "ex:a ex:based ex:c .")

        (statement,) = tiny.why("a", "based").statements

        assert statement.proof is not None
        assert statement.proof.because == ("“part of”, then “based in” give “based in”",)
        assert [claim.iri[-3:] for step in statement.proof.steps() for claim in step.claims] == [
            "one",
            "two",
        ]

    def test_a_restriction_is_told_as_one_sentence(self, tiny: "Tiny") -> None:
        """A class expression without a name is described by its parts."""
        tiny.turtle(
            "dkgg:ontology",
            """[] a owl:Restriction ; owl:onProperty ex:parent ; owl:someValuesFrom ex:Ministry ;
                 rdfs:subClassOf ex:Body .
               ex:parent rdfs:label "has parent"@en ; a owl:ObjectProperty .
               ex:Ministry rdfs:label "ministry"@en . ex:Body rdfs:label "state body"@en .""",
        )
        tiny.accepted("one", "ex:a", "ex:parent", "ex:m")
        tiny.accepted("two", "ex:m", "rdf:type", "ex:Ministry")
        tiny.turtle("dkgg:inferred", "ex:a a ex:Body .")

        (statement,) = tiny.ask_why_type("a")

        assert statement.words == "http://example.org/a is a state body"
        assert statement.proof is not None
        assert statement.proof.because == (
            "every thing that “has parent” some ministry is a state body",
        )


class TestClaim:
    """One claim."""

    def test_an_accepted_claim_says_so(self, tiny: "Tiny") -> None:
        """A claim behind a fact is accepted."""
        tiny.accepted("one", "ex:a", "ex:p", "ex:b")

        explanation = tiny.why("one")

        assert explanation.kind == "claim"
        assert explanation.claim is not None
        assert explanation.claim.standing.status == "accepted"

    @pytest.mark.parametrize(
        ("more", "reason"),
        [
            ("ex:one a dkg:Proposition .", "proposition"),
            ("ex:one dkg:attribution ex:l . ex:l dkg:stance dkgc:disputes .", "disputed-by-holder"),
            ("ex:a a skos:Concept .", "concept-subject"),
        ],
    )
    def test_the_reason_of_a_refusal_is_found(self, tiny: "Tiny", more: str, reason: str) -> None:
        """Why a claim is no fact is told by the first reason that applies."""
        tiny.claim("one", "ex:a", "ex:p", "ex:b", more=more)

        claim = tiny.why("one").claim

        assert claim is not None
        assert (claim.standing.status, claim.standing.reason) == ("not accepted", reason)

    def test_the_reason_in_the_graph_is_taken(self, tiny: "Tiny") -> None:
        """A reason that the build wrote down is not looked for anew."""
        tiny.claim("one", "ex:a", "ex:p", "ex:b", more='ex:one dkg:notAcceptedBecause "negated" .')

        claim = tiny.why("one").claim

        assert claim is not None
        assert claim.standing.explanation == "The source denies it."

    def test_claims_that_say_the_same_are_named(self, tiny: "Tiny") -> None:
        """Others who say it, and those who bear it out, stand beside a claim."""
        tiny.claim("one", "ex:a", "ex:p", "ex:b")
        tiny.claim("two", "ex:a", "ex:p", "ex:b")
        tiny.claim("three", "ex:c", "ex:p", "ex:b", more="ex:three dkg:supports ex:one .")

        claim = tiny.why("one").claim

        assert claim is not None
        assert [other.iri[-3:] for other in claim.same] == ["two"]
        assert [other.iri[-5:] for other in claim.supported_by] == ["three"]


class TestConflict:
    """What stands against one another."""

    CONFLICT = """ex:k a dkg:Conflict ; rdfs:label "Value conflict: x"@en ;
        dcterms:description "One says b, the other c."@en ; dkg:between ex:one , ex:two ;
        dkg:conflictKind dkgc:value-conflict ; dkg:status dkgc:open ."""

    def test_both_sides_are_shown_with_quotes(self, tiny: "Tiny") -> None:
        """A conflict is told by its claims, each with its words."""
        tiny.claim("one", "ex:a", "ex:p", "ex:b")
        tiny.claim("two", "ex:a", "ex:p", "ex:c")
        tiny.turtle("dkgg:conflicts", self.CONFLICT)

        explanation = tiny.why("k")

        assert explanation.conflict is not None
        assert explanation.conflict.kind == "value"
        assert [quote.quote for quote in explanation.quotes] == ["words of one", "words of two"]

    def test_a_statement_in_conflict_is_contested(self, tiny: "Tiny") -> None:
        """A statement whose claim is in an open conflict says so, and shows the other side."""
        tiny.contested("one", "ex:a", "ex:p", "ex:b")
        tiny.contested("two", "ex:a", "ex:p", "ex:c")
        tiny.turtle("dkgg:conflicts", self.CONFLICT)

        explanation = tiny.why("a", "p", "b")

        (statement,) = explanation.statements
        assert statement.standing == "contested"
        assert statement.reason == (
            "Another claim or a measurement stands against it, and nothing has been decided."
        )
        assert [record.iri[-3:] for record, _ in explanation.conflicting] == ["one", "two"]


class TestPassage:
    """Words that may not be shown."""

    def test_a_restricted_quote_is_withheld(self, tiny: "Tiny") -> None:
        """Restricted access keeps the words out of every explanation."""
        tiny.accepted(
            "one",
            "ex:a",
            "ex:p",
            "ex:b",
            more="ex:one-passage dkg:accessLevel dkgc:restricted .",
        )

        (quote,) = tiny.why("a", "p").quotes

        assert quote.quote == ""
        assert quote.is_withheld

    def test_a_passage_leads_to_its_claims(self, tiny: "Tiny") -> None:
        """Asked about a passage, the statements that rest on it are told."""
        tiny.claim("one", "ex:a", "ex:p", "ex:b")
        tiny.claim("two", "ex:a", "ex:p", "ex:c", passage="ex:one-passage")

        explanation = tiny.why("one-passage")

        assert len(explanation.statements) == 2
