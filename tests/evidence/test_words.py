"""Axioms and rules as sentences that a scholar can read."""

import pyoxigraph as ox
import pytest

from diaspora_kg.evidence.axioms_in_words import AxiomsInWords
from diaspora_kg.inference.closure import closure
from diaspora_kg.labels import Labels
from diaspora_kg.lookup import Lookup
from diaspora_kg.reading.ontology import parse_turtle
from diaspora_kg.terms import Triple

HEAD = """\
@prefix : <http://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
NAMES = """\
:State rdfs:label "state"@en . :Ngo rdfs:label "association"@en .
:Ministry rdfs:label "ministry"@en .
:part rdfs:label "part of"@en . :has rdfs:label "has part"@en . :member rdfs:label "member of"@en .
:a rdfs:label "Ankara"@en . :b rdfs:label "Bonn"@en .
"""


def said(turtle: str) -> tuple[str, ...]:
    """Return what some axioms say."""
    axioms = list(parse_turtle(HEAD + turtle))
    return words(axioms).sentences(axioms)


def words(axioms: list[Triple]) -> AxiomsInWords:
    """Return what says the axioms of a graph."""
    text = "".join(f"{s} {p} {o} .\n" for s, p, o in [*axioms, *parse_turtle(HEAD + NAMES)])
    store = ox.Store()
    store.bulk_extend(ox.parse(text.encode(), ox.RdfFormat.N_QUADS))
    return AxiomsInWords(store, Labels(Lookup(store)))


CLASSES = [
    (":State rdfs:subClassOf :Ngo .", "every state is an association"),
    (":State rdfs:subClassOf owl:Nothing .", "nothing is a state"),
    (":State owl:equivalentClass :Ngo .", "state means the same as association"),
    (":State owl:disjointWith :Ngo .", "nothing is both a state and an association"),
    (":State owl:complementOf :Ngo .", "state means whatever is no association"),
    (
        "[] a owl:AllDisjointClasses ; owl:members ( :State :Ngo :Ministry ) .",
        "nothing is two of these at once: state, association and ministry",
    ),
    (":State owl:unionOf ( :Ngo :Ministry ) .", "state means whatever is association or ministry"),
    (
        ":State owl:disjointUnionOf ( :Ngo :Ministry ) .",
        "state means whatever is association or ministry, and nothing is two of these",
    ),
    (
        ":State owl:intersectionOf ( :Ngo :Ministry ) .",
        "state means whatever is association and ministry at once",
    ),
    (":State owl:oneOf ( :a :b ) .", "state means Ankara and Bonn"),
    (
        ":State owl:hasKey ( :part :member ) .",
        "a state with the same “part of” and “member of” is the same state",
    ),
]
RESTRICTIONS = [
    ("owl:someValuesFrom :Ngo", "thing that “part of” some association"),
    ("owl:allValuesFrom :Ngo", "thing that “part of” nothing but association"),
    ("owl:hasValue :a", "thing that “part of” Ankara"),
    ("owl:hasSelf true", "thing that “part of” itself"),
    ("owl:maxCardinality 1", "thing that “part of” at most 1 thing"),
    ("owl:maxCardinality 0", "thing that “part of” no thing"),
    ("owl:minCardinality 2", "thing that “part of” at least 2 thing"),
    ("owl:cardinality 2", "thing that “part of” exactly 2 thing"),
    (
        "owl:maxQualifiedCardinality 1 ; owl:onClass :Ngo",
        "thing that “part of” at most 1 association",
    ),
    (
        "owl:someValuesFrom [ a rdfs:Datatype ; owl:onDatatype xsd:integer ; "
        "owl:withRestrictions ( [ xsd:minInclusive 3 ] [ xsd:maxExclusive 9 ] ) ]",
        "thing that “part of” some xsd:integer from 3 on and below 9",
    ),
    (
        "owl:someValuesFrom [ owl:intersectionOf ( :Ngo [ owl:complementOf :State ] ) ]",
        "thing that “part of” some association that is no state",
    ),
]
PROPERTIES = [
    (":part rdfs:subPropertyOf :member .", "“part of” is a kind of “member of”"),
    (":part owl:equivalentProperty :member .", "“part of” means the same as “member of”"),
    (":has owl:inverseOf :part .", "“has part” is the other direction of “part of”"),
    (
        ":part owl:propertyDisjointWith :member .",
        "“part of” and “member of” never hold between the same two",
    ),
    (
        "[] a owl:AllDisjointProperties ; owl:members ( :part :member ) .",
        "no two of these hold between the same two: “part of” and “member of”",
    ),
    (
        ":part owl:propertyChainAxiom ( :member [ owl:inverseOf :has ] ) .",
        "“member of”, then “has part (the other way round)” give “part of”",
    ),
    (":part rdfs:domain :Ngo .", "whatever stands before “part of” is an association"),
    (":part rdfs:range :State .", "whatever stands after “part of” is a state"),
    (":part a owl:FunctionalProperty .", "“part of” has one value at most"),
    (
        ":part a owl:InverseFunctionalProperty .",
        "two things with the same value of “part of” are one and the same",
    ),
    (":part a owl:SymmetricProperty .", "“part of” holds in both directions"),
    (":part a owl:AsymmetricProperty .", "“part of” never holds in both directions"),
    (":part a owl:TransitiveProperty .", "“part of” carries on from one to the next"),
    (":part a owl:ReflexiveProperty .", "“part of” holds of everything and itself"),
    (":part a owl:IrreflexiveProperty .", "“part of” never holds of a thing and itself"),
]
THINGS = [
    (":a owl:sameAs :b .", "Ankara and Bonn are one and the same"),
    (":a owl:differentFrom :b .", "Ankara and Bonn are two different things"),
    (
        "[] a owl:AllDifferent ; owl:distinctMembers ( :a :b ) .",
        "these are different things: Ankara and Bonn",
    ),
    (
        "[] a owl:NegativePropertyAssertion ; owl:sourceIndividual :a ; "
        "owl:assertionProperty :part ; owl:targetIndividual :b .",
        "it is not so that Ankara part of Bonn",
    ),
    (":a a :State .", "Ankara is a state"),
    (":a :part :b .", "Ankara part of Bonn"),
]


class TestAxioms:
    """One sentence for each kind."""

    @pytest.mark.parametrize(("turtle", "sentence"), [*CLASSES, *PROPERTIES, *THINGS])
    def test_sentence(self, turtle: str, sentence: str) -> None:
        """An axiom with all its parts is one sentence, in which no term of OWL is left."""
        assert said(turtle) == (sentence,)

    @pytest.mark.parametrize(("turtle", "expression"), RESTRICTIONS)
    def test_expression(self, turtle: str, expression: str) -> None:
        """A class without a name is told by what it asks for."""
        axiom = f":State rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :part ; {turtle} ] ."

        assert said(axiom) == (f"every state is a {expression}",)


class TestRules:
    """Rules that no axiom sets off."""

    @pytest.mark.parametrize(
        ("facts", "wanted", "reason"),
        [
            (":a owl:sameAs :b . :a :part :c .", ":b :part :c .",
             "what is said of a thing is said of whatever is one with it"),
            (":a owl:sameAs :b .", ":b owl:sameAs :a .",
             "what is one with another, that other is one with it"),
            (":a owl:sameAs :b . :b owl:sameAs :c .", ":a owl:sameAs :c .",
             "what is one with the same thing is one"),
        ],
    )  # fmt: skip
    def test_equality(self, facts: str, wanted: str, reason: str) -> None:
        """A step that rests on equality alone says how."""
        (triple,) = parse_turtle(HEAD + wanted)
        proof = closure(parse_turtle(HEAD + facts), []).proof(triple)

        assert proof is not None
        assert words([]).reasons(proof.name, proof.axioms) == (reason,)

    def test_every_rule_of_a_proof_has_a_reason(self) -> None:
        """Whatever closes a graph in which all kinds of axioms meet, each step says why."""
        axioms = list(
            parse_turtle(
                HEAD
                + "\n".join(turtle for turtle, _ in [*CLASSES[:4], *PROPERTIES])
                + ":p owl:sameAs :q . :State owl:hasKey ( :key ) ."
            )
        )
        facts = list(
            parse_turtle(HEAD + ':a :part :b ; a :State ; :key "1" . :c a :State ; :key "1" .')
        )
        found = closure(facts, axioms)
        tell = words([*axioms, *facts])

        proofs = [found.proof(triple) for triple in found.triples]
        steps = [step for proof in proofs if proof for step in proof.steps() if not step.is_leaf]
        silent = {step.name for step in steps if not tell.reasons(step.name, step.axioms)}
        assert steps
        assert silent == set()
