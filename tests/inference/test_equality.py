"""Equal things: said of one, said of all; without squares; with proofs."""

import time

import pytest

from diaspora_kg.inference.closure import closure
from diaspora_kg.reading.ontology import parse_turtle
from diaspora_kg.terms import Triple

PREFIXES = """
@prefix : <http://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def triples(turtle: str) -> list[Triple]:
    return list(parse_turtle(PREFIXES + turtle))


def one(turtle: str) -> Triple:
    (triple,) = triples(turtle)
    return triple


class TestWhatFollows:
    """What equality adds."""

    def test_joins_go_through_equals(self) -> None:
        """A chain is found whose links meet in two terms for one thing."""
        facts = triples(":a :p :b1 . :b2 :p :c . :b1 owl:sameAs :b2 .")

        found = closure(facts, triples(":p a owl:TransitiveProperty ."))

        assert one(":a :p :c .") in found.triples

    def test_equals_found_late_are_used(self) -> None:
        """Equality that is itself inferred sets off rules over what was known before."""
        axioms = triples(
            ":id a owl:InverseFunctionalProperty . :runs rdfs:subPropertyOf :leads ."
            " :C owl:onProperty :leads ; owl:someValuesFrom :D . :D rdfs:subClassOf :E ."
        )
        facts = triples(":x :runs :y1 . :y2 a :D . :y1 :id 7 . :y2 :id 7 .")

        found = closure(facts, axioms)

        assert one(":x a :C .") in found.triples
        assert one(":y1 a :E .") in found.triples

    def test_equal_classes_and_properties(self) -> None:
        """Rules of a class hold for members of an equal class, also when it is found out late."""
        facts = triples(":x a :A . :y :p :z . :A :code 1 . :B :code 1 . :p :code 2 . :q :code 2 .")
        axioms = triples(
            ":code a owl:InverseFunctionalProperty . :B rdfs:subClassOf :C . :q rdfs:domain :D ."
        )

        found = closure(facts, axioms)

        assert one(":x a :C .") in found.triples
        assert one(":y a :D .") in found.triples

    def test_forms_of_a_literal_are_not_repeated(self) -> None:
        """A value in two forms is compared as one, and each statement keeps its own form."""
        facts = triples(':x :p "1"^^xsd:integer . :y :p "01"^^xsd:integer .')

        found = closure(facts, triples(":p a owl:InverseFunctionalProperty ."))

        assert one(":x owl:sameAs :y .") in found.triples
        assert one(':x :p "01"^^xsd:integer .') in found.triples  # said of y, which is x

    def test_classes_of_equals_are_at_hand(self) -> None:
        """Who is one with whom can be asked without reading all pairs."""
        found = closure(triples(":a owl:sameAs :b . :c owl:sameAs :b ."), [])

        names = tuple(f"<http://example.org/{name}>" for name in "abc")
        assert found.equals == [names]

    def test_thousands_of_equals_cost_no_squares(self) -> None:
        """A class of 3,000 equals, each with facts, is closed in seconds."""
        facts = []
        for number in range(3000):
            name = f"<http://example.org/n{number}>"
            facts += [
                (name, "<http://example.org/id>", '"same"'),
                (name, "<http://example.org/runs>", f"<http://example.org/o{number}>"),
            ]
        axioms = triples(":id a owl:InverseFunctionalProperty . :runs rdfs:subPropertyOf :leads .")

        start = time.process_time()
        found = closure(facts, axioms)

        assert time.process_time() - start < 10
        assert len(found.equals[0]) == 3000
        assert one(":n0 :leads :o2999 .") in found


class TestProofs:
    """Proofs across equality."""

    def test_replacing_equals_is_a_step(self) -> None:
        """The proof shows where an equal term was put, and why it is equal."""
        facts = triples(":a :p :b1 . :b2 :q :c . :b1 :id 7 . :b2 :id 7 .")
        axioms = triples(
            ":id a owl:InverseFunctionalProperty . :r owl:propertyChainAxiom ( :p :q ) ."
        )

        proof = closure(facts, axioms).proof(one(":a :r :c ."))

        assert proof is not None
        assert set(proof.leaves) == set(facts)
        assert [step.name for step in proof.steps() if step.name] == [
            "prp-ifp",
            "eq-sym",
            "eq-rep-s",
            "prp-spo2",
        ]

    def test_way_between_equals(self) -> None:
        """That two things are one is proved by the statements that lead from one to the other."""
        facts = triples(
            ":a owl:sameAs :b . :c owl:sameAs :b . :c owl:sameAs :d . :e owl:sameAs :f ."
        )

        proof = closure(facts, []).proof(one(":d owl:sameAs :a ."))

        assert proof is not None
        assert proof.name == "eq-trans"
        assert set(proof.leaves) == set(facts[:3])

    def test_what_was_found_before_is_proved_without_equality(self) -> None:
        """A triple that follows without equality keeps that proof."""
        facts = triples(":a :p :x . :b :p :x . :a owl:sameAs :b .")

        found = closure(facts, triples(":p rdfs:subPropertyOf :q ."))

        for name in "ab":
            proof = found.proof(one(f":{name} :q :x ."))
            assert proof is not None
            assert proof.leaves == (one(f":{name} :p :x ."),)

    @pytest.mark.parametrize("name", ["a", "b", "c"])
    def test_clash_by_equality(self, name: str) -> None:
        """A clash that only shows between equals names the equality among its premises."""
        facts = triples(f":{name} :p :d . :a owl:sameAs :b . :b owl:sameAs :c , :d .")

        (clash,) = closure(facts, triples(":p a owl:IrreflexiveProperty .")).inconsistencies

        assert clash.name == "prp-irp"
        assert one(f":{name} :p :d .") in clash.leaves
        assert len(clash.leaves) > 1
