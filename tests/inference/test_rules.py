"""Every rule of the OWL 2 RL tables: a graph in which it fires, and one in which it must not.

A row holds the rule, the axioms, facts from which the conclusion follows by that rule, and facts
that look alike from which it does not. Where nothing is concluded, the rule finds a clash.
"""

import pytest

from diaspora_kg.inference.closure import close, closure
from diaspora_kg.inference.tautologies import BUILT_IN
from diaspora_kg.reading.ontology import parse_turtle
from diaspora_kg.terms import Triple

PREFIXES = """
@prefix : <http://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
NONE = '"0"^^xsd:nonNegativeInteger'
ONE = '"1"^^xsd:nonNegativeInteger'


def triples(turtle: str) -> list[Triple]:
    return list(parse_turtle(PREFIXES + turtle))


DRAWN = [
    ("eq-sym", "", ":a owl:sameAs :b .", ":a owl:differentFrom :b .", ":b owl:sameAs :a ."),
    (
        "eq-trans",
        "",
        ":a owl:sameAs :b . :b owl:sameAs :c .",
        ":a owl:sameAs :b . :d owl:sameAs :c .",
        ":a owl:sameAs :c .",
    ),
    (
        "eq-rep-s",
        "",
        ":a owl:sameAs :b . :b :p :x .",
        ":a owl:sameAs :b . :c :p :x .",
        ":a :p :x .",
    ),
    (
        "eq-rep-p",
        "",
        ":p owl:sameAs :q . :x :p :y .",
        ":p owl:sameAs :q . :x :r :y .",
        ":x :q :y .",
    ),
    (
        "eq-rep-o",
        "",
        ":a owl:sameAs :b . :x :p :a .",
        ":a owl:sameAs :b . :x :p :c .",
        ":x :p :b .",
    ),
    ("prp-dom", ":p rdfs:domain :C .", ":x :p :y .", ":x :q :y .", ":x a :C ."),
    ("prp-rng", ":p rdfs:range :C .", ":x :p :y .", ":y :p :x .", ":y a :C ."),
    (
        "prp-fp",
        ":p a owl:FunctionalProperty .",
        ":x :p :a , :b .",
        ":x :p :a . :y :p :b .",
        ":a owl:sameAs :b .",
    ),
    (
        "prp-ifp",
        ":p a owl:InverseFunctionalProperty .",
        ":a :p :x . :b :p :x .",
        ":a :p :x . :b :p :y .",
        ":a owl:sameAs :b .",
    ),
    ("prp-symp", ":p a owl:SymmetricProperty .", ":x :p :y .", ":x :q :y .", ":y :p :x ."),
    (
        "prp-trp",
        ":p a owl:TransitiveProperty .",
        ":x :p :y . :y :p :z .",
        ":x :p :y . :w :p :z .",
        ":x :p :z .",
    ),
    ("prp-spo1", ":p rdfs:subPropertyOf :q .", ":x :p :y .", ":x :r :y .", ":x :q :y ."),
    (
        "prp-spo2",
        ":r owl:propertyChainAxiom ( :p :q ) .",
        ":x :p :y . :y :q :z .",
        ":x :q :y . :y :p :z .",
        ":x :r :z .",
    ),
    ("prp-eqp1", ":p owl:equivalentProperty :q .", ":x :p :y .", ":y :p :x .", ":x :q :y ."),
    ("prp-eqp2", ":p owl:equivalentProperty :q .", ":x :q :y .", ":y :q :x .", ":x :p :y ."),
    ("prp-inv1", ":p owl:inverseOf :q .", ":x :p :y .", ":y :p :x .", ":y :q :x ."),
    ("prp-inv2", ":p owl:inverseOf :q .", ":x :q :y .", ":y :q :x .", ":y :p :x ."),
    (
        "prp-key",
        ":C owl:hasKey ( :p :q ) .",
        ":a a :C ; :p 1 ; :q :z . :b a :C ; :p 1 ; :q :z .",
        ":a a :C ; :p 1 ; :q :z . :b a :C ; :p 1 ; :q :y .",
        ":a owl:sameAs :b .",
    ),
    (
        "prp-key",
        ":C owl:hasKey ( :p ) .",
        ":a a :C ; :p 1 . :b a :C ; :p 1 .",
        ":a a :C ; :p 1 . :b :p 1 .",
        ":a owl:sameAs :b .",
    ),
    ("cls-int1", ":C owl:intersectionOf ( :A :B ) .", ":x a :A , :B .", ":x a :A .", ":x a :C ."),
    ("cls-int2", ":C owl:intersectionOf ( :A :B ) .", ":x a :C .", ":x a :A .", ":x a :B ."),
    ("cls-uni", ":C owl:unionOf ( :A :B ) .", ":x a :B .", ":x a :D .", ":x a :C ."),
    (
        "cls-svf1",
        ":C owl:onProperty :p ; owl:someValuesFrom :D .",
        ":x :p :y . :y a :D .",
        ":x :p :y . :z a :D .",
        ":x a :C .",
    ),
    (
        "cls-svf2",
        ":C owl:onProperty :p ; owl:someValuesFrom owl:Thing .",
        ":x :p :y .",
        ":x :q :y .",
        ":x a :C .",
    ),
    (
        "cls-avf",
        ":C owl:onProperty :p ; owl:allValuesFrom :D .",
        ":x a :C ; :p :y .",
        ":x :p :y .",
        ":y a :D .",
    ),
    ("cls-hv1", ":C owl:onProperty :p ; owl:hasValue :v .", ":x a :C .", ":x a :D .", ":x :p :v ."),
    (
        "cls-hv2",
        ":C owl:onProperty :p ; owl:hasValue :v .",
        ":x :p :v .",
        ":x :p :w .",
        ":x a :C .",
    ),
    (
        "cls-maxc2",
        f":C owl:onProperty :p ; owl:maxCardinality {ONE} .",
        ":x a :C ; :p :a , :b .",
        ":x :p :a , :b .",
        ":a owl:sameAs :b .",
    ),
    (
        "cls-maxqc3",
        f":C owl:onProperty :p ; owl:maxQualifiedCardinality {ONE} ; owl:onClass :D .",
        ":x a :C ; :p :a , :b . :a a :D . :b a :D .",
        ":x a :C ; :p :a , :b . :a a :D .",
        ":a owl:sameAs :b .",
    ),
    (
        "cls-maxqc4",
        f":C owl:onProperty :p ; owl:maxQualifiedCardinality {ONE} ; owl:onClass owl:Thing .",
        ":x a :C ; :p :a , :b .",
        ":x a :D ; :p :a , :b .",
        ":a owl:sameAs :b .",
    ),
    ("cls-oo", ":C owl:oneOf ( :a :b ) .", ":a :p :b .", None, ":b a :C ."),
    ("cax-sco", ":C rdfs:subClassOf :D .", ":x a :C .", ":x a :E .", ":x a :D ."),
    ("cax-eqc1", ":C owl:equivalentClass :D .", ":x a :C .", ":x a :E .", ":x a :D ."),
    ("cax-eqc2", ":C owl:equivalentClass :D .", ":x a :D .", ":x a :E .", ":x a :C ."),
    (
        "dt-type2",
        ":C owl:onProperty :p ; owl:someValuesFrom xsd:nonNegativeInteger .",
        ":x :p 3 .",
        ":x :p -3 .",
        ":x a :C .",
    ),
    (
        "dt-eq",
        ":C owl:onProperty :p ; owl:hasValue 1 .",
        ':x :p "01"^^xsd:integer .',
        ':x :p "01" .',
        ":x a :C .",
    ),
]

SCHEMA = [
    ("scm-sco", ":A rdfs:subClassOf :B . :B rdfs:subClassOf :C .", ":A rdfs:subClassOf :C ."),
    ("scm-eqc1", ":A owl:equivalentClass :B .", ":B rdfs:subClassOf :A ."),
    ("scm-eqc2", ":A rdfs:subClassOf :B . :B rdfs:subClassOf :A .", ":A owl:equivalentClass :B ."),
    ("scm-spo", ":p rdfs:subPropertyOf :q . :q rdfs:subPropertyOf :r .",
     ":p rdfs:subPropertyOf :r ."),
    ("scm-eqp1", ":p owl:equivalentProperty :q .", ":q rdfs:subPropertyOf :p ."),
    ("scm-eqp2", ":p rdfs:subPropertyOf :q . :q rdfs:subPropertyOf :p .",
     ":p owl:equivalentProperty :q ."),
    ("scm-dom1", ":p rdfs:domain :A . :A rdfs:subClassOf :B .", ":p rdfs:domain :B ."),
    ("scm-dom2", ":p rdfs:domain :A . :q rdfs:subPropertyOf :p .", ":q rdfs:domain :A ."),
    ("scm-rng1", ":p rdfs:range :A . :A rdfs:subClassOf :B .", ":p rdfs:range :B ."),
    ("scm-rng2", ":p rdfs:range :A . :q rdfs:subPropertyOf :p .", ":q rdfs:range :A ."),
    ("scm-hv", ":A owl:hasValue :v ; owl:onProperty :p . :B owl:hasValue :v ; owl:onProperty :q ."
     ":p rdfs:subPropertyOf :q .", ":A rdfs:subClassOf :B ."),
    ("scm-svf1", ":A owl:someValuesFrom :C ; owl:onProperty :p ."
     ":B owl:someValuesFrom :D ; owl:onProperty :p . :C rdfs:subClassOf :D .",
     ":A rdfs:subClassOf :B ."),
    ("scm-svf2", ":A owl:someValuesFrom :C ; owl:onProperty :p ."
     ":B owl:someValuesFrom :C ; owl:onProperty :q . :p rdfs:subPropertyOf :q .",
     ":A rdfs:subClassOf :B ."),
    ("scm-avf1", ":A owl:allValuesFrom :C ; owl:onProperty :p ."
     ":B owl:allValuesFrom :D ; owl:onProperty :p . :C rdfs:subClassOf :D .",
     ":A rdfs:subClassOf :B ."),
    ("scm-avf2", ":A owl:allValuesFrom :C ; owl:onProperty :p ."
     ":B owl:allValuesFrom :C ; owl:onProperty :q . :p rdfs:subPropertyOf :q .",
     ":B rdfs:subClassOf :A ."),
    ("scm-int", ":C owl:intersectionOf ( :A :B ) .", ":C rdfs:subClassOf :A ."),
    ("scm-uni", ":C owl:unionOf ( :A :B ) .", ":B rdfs:subClassOf :C ."),
]  # fmt: skip

UNIVERSAL = [
    ("eq-ref", ":x :p :y .", ":p owl:sameAs :p ."),
    ("prp-ap", "", "rdfs:label a owl:AnnotationProperty ."),
    ("cls-thing", "", "owl:Thing a owl:Class ."),
    ("cls-nothing1", "", "owl:Nothing a owl:Class ."),
    ("dt-type1", "", "xsd:decimal a rdfs:Datatype ."),
    ("scm-cls", ":C a owl:Class .", ":C rdfs:subClassOf :C , owl:Thing ; owl:equivalentClass :C ."
     "owl:Nothing rdfs:subClassOf :C ."),
    ("scm-op", ":p a owl:ObjectProperty .",
     ":p rdfs:subPropertyOf :p ; owl:equivalentProperty :p ."),
    ("scm-dp", ":p a owl:DatatypeProperty .",
     ":p rdfs:subPropertyOf :p ; owl:equivalentProperty :p ."),
]  # fmt: skip

CLASHES = [
    (
        "eq-diff1",
        "",
        ":a owl:sameAs :b ; owl:differentFrom :b .",
        ":a owl:sameAs :b ; owl:differentFrom :c .",
    ),
    (
        "eq-diff2",
        "[] a owl:AllDifferent ; owl:members ( :a :b :c ) .",
        ":b owl:sameAs :c .",
        ":b owl:sameAs :d .",
    ),
    (
        "eq-diff3",
        "[] a owl:AllDifferent ; owl:distinctMembers ( :a :b :c ) .",
        ":a owl:sameAs :c .",
        ":a owl:sameAs :d .",
    ),
    ("prp-irp", ":p a owl:IrreflexiveProperty .", ":x :p :x .", ":x :p :y ."),
    ("prp-asyp", ":p a owl:AsymmetricProperty .", ":x :p :y . :y :p :x .", ":x :p :y ; :p :z ."),
    ("prp-pdw", ":p owl:propertyDisjointWith :q .", ":x :p :y ; :q :y .", ":x :p :y . :y :q :x ."),
    (
        "prp-adp",
        "[] a owl:AllDisjointProperties ; owl:members ( :p :q :r ) .",
        ":x :p :y ; :r :y .",
        ":x :p :y ; :s :y .",
    ),
    (
        "prp-npa1",
        "[] owl:sourceIndividual :x ; owl:assertionProperty :p ; owl:targetIndividual :y .",
        ":x :p :y .",
        ":y :p :x .",
    ),
    (
        "prp-npa2",
        "[] owl:sourceIndividual :x ; owl:assertionProperty :p ; owl:targetValue 1 .",
        ':x :p "01"^^xsd:integer .',
        ":x :p 2 .",
    ),
    ("cls-nothing2", ":C rdfs:subClassOf owl:Nothing .", ":x a :C .", ":x a :D ."),
    ("cls-com", ":C owl:complementOf :D .", ":x a :C , :D .", ":x a :C . :y a :D ."),
    (
        "cls-maxc1",
        f":C owl:onProperty :p ; owl:maxCardinality {NONE} .",
        ":x a :C ; :p :y .",
        ":x a :C ; :q :y .",
    ),
    (
        "cls-maxqc1",
        f":C owl:onProperty :p ; owl:maxQualifiedCardinality {NONE} ; owl:onClass :D .",
        ":x a :C ; :p :y . :y a :D .",
        ":x a :C ; :p :y . :y a :E .",
    ),
    (
        "cls-maxqc2",
        f":C owl:onProperty :p ; owl:maxQualifiedCardinality {NONE} ; owl:onClass owl:Thing .",
        ":x a :C ; :p :y .",
        ":x a :D ; :p :y .",
    ),
    ("cax-dw", ":C owl:disjointWith :D .", ":x a :C , :D .", ":x a :C . :y a :D ."),
    (
        "cax-adc",
        "[] a owl:AllDisjointClasses ; owl:members ( :A :B :C ) .",
        ":x a :A , :C .",
        ":x a :A , :D .",
    ),
    (
        "dt-diff",
        ":p a owl:FunctionalProperty .",
        ":x :p 1 , 2 .",
        ':x :p 1 , "01"^^xsd:integer , 1.0 .',
    ),
    ("dt-not-type", ":p rdfs:range xsd:integer .", ':x :p "many" .', ":x :p 3 ."),
    ("dt-not-type", "", ':x :p "many"^^xsd:integer .', ':x :p "many"^^:unknown .'),
]


def identifiers(rows: list[tuple[str, ...]]) -> list[str]:
    return [row[0] for row in rows]


class TestRules:
    """What each rule draws."""

    @pytest.mark.parametrize(
        ("rule", "axioms", "facts", "others", "expected"), DRAWN, ids=identifiers(DRAWN)
    )
    def test_fires(
        self, rule: str, axioms: str, facts: str, others: str | None, expected: str
    ) -> None:
        """The conclusion follows, its proof uses the rule, and it does not follow otherwise."""
        (conclusion,) = triples(expected)

        found = closure(triples(facts), triples(axioms))

        proof = found.proof(conclusion)
        assert conclusion in found.triples
        assert proof is not None
        if rule != "dt-type2":
            assert rule in {step.name for step in proof.steps()}
        assert set(proof.leaves) <= set(triples(facts))
        if others is not None:
            assert conclusion not in closure(triples(others), triples(axioms))

    @pytest.mark.parametrize(("rule", "axioms", "expected"), SCHEMA, ids=identifiers(SCHEMA))
    def test_draws_axioms_from_axioms(self, rule: str, axioms: str, expected: str) -> None:
        """A rule of the schema draws an axiom; without the last of its premises it does not."""
        (conclusion,) = triples(expected)
        graph = triples(axioms)

        found = close(graph)

        proof = found.proof(conclusion)
        assert conclusion in found.triples
        assert proof is not None
        assert proof.name == rule
        for missing in proof.leaves or proof.axioms:
            assert conclusion not in close([triple for triple in graph if triple != missing])

    @pytest.mark.parametrize(("rule", "graph", "expected"), UNIVERSAL, ids=identifiers(UNIVERSAL))
    def test_tautologies_only_when_asked_for(self, rule: str, graph: str, expected: str) -> None:
        """What holds of everything is left out, and is there when asked for."""
        assert set(close(triples(graph)).triples).isdisjoint(triples(expected))
        assert set(close(triples(graph), tautologies=True).triples) >= set(triples(expected))

    @pytest.mark.parametrize(
        ("rule", "axioms", "facts", "others"), CLASHES, ids=identifiers(CLASHES)
    )
    def test_finds_clash(self, rule: str, axioms: str, facts: str, others: str) -> None:
        """The clash is found under the name of its rule, and in facts that look alike it is not."""
        (clash,) = closure(triples(facts), triples(axioms)).inconsistencies

        assert clash.name == rule
        assert set(clash.leaves) == set(triples(facts))
        assert closure(triples(others), triples(axioms)).inconsistencies == ()

    def test_every_rule_of_the_tables_is_here(self) -> None:
        """No rule of tables 4 to 9 lacks a test."""
        tested = {row[0] for rows in (DRAWN, SCHEMA, UNIVERSAL, CLASHES) for row in rows}

        assert len(tested) == 78

    def test_built_in_triples_hold_in_the_empty_graph(self) -> None:
        """With nothing given, what always holds is all that follows, and that it is itself."""
        found = set(close([], tautologies=True).triples)

        assert found >= BUILT_IN
