"""What follows from facts: one test for each kind of axiom, then rounds, order and limits."""

import pytest

from diaspora_kg.inference.closure import closure
from diaspora_kg.reading.ontology import parse_turtle
from diaspora_kg.terms import Triple

PREFIXES = """
@prefix : <http://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def triples(turtle: str) -> list[Triple]:
    return list(parse_turtle(PREFIXES + turtle))


def inferred(axioms: str, facts: str) -> set[Triple]:
    return set(closure(triples(facts), triples(axioms)).triples)


class TestAxioms:
    """What one axiom makes of some facts."""

    @pytest.mark.parametrize(
        ("axioms", "facts", "expected"),
        [
            pytest.param(
                ":Ngo rdfs:subClassOf :Actor .", ":x a :Ngo .", ":x a :Actor .", id="subClassOf"
            ),
            pytest.param(
                ":Ngo owl:equivalentClass :Npo .",
                ":x a :Npo .",
                ":x a :Ngo .",
                id="equivalentClass",
            ),
            pytest.param(
                ":runs rdfs:subPropertyOf :leads .",
                ":x :runs :y .",
                ":x :leads :y .",
                id="subPropertyOf",
            ),
            pytest.param(
                ":runs owl:equivalentProperty :leads .",
                ":x :leads :y .",
                ":x :runs :y .",
                id="equivalentProperty",
            ),
            pytest.param(
                ":runs rdfs:domain :Actor .", ":x :runs :y .", ":x a :Actor .", id="domain"
            ),
            pytest.param(":runs rdfs:range :Body .", ":x :runs :y .", ":y a :Body .", id="range"),
            pytest.param(
                ":runs owl:inverseOf :runBy .", ":x :runBy :y .", ":y :runs :x .", id="inverseOf"
            ),
            pytest.param(
                ":meets a owl:SymmetricProperty .",
                ":x :meets :y .",
                ":y :meets :x .",
                id="symmetric",
            ),
            pytest.param(
                ":partOf a owl:TransitiveProperty .",
                ":x :partOf :y . :y :partOf :z .",
                ":x :partOf :z .",
                id="transitive",
            ),
            pytest.param(
                ":actsFor owl:propertyChainAxiom ( :partOf :runBy :paidBy ) .",
                ":a :partOf :b . :b :runBy :c . :c :paidBy :d .",
                ":a :actsFor :d .",
                id="chain of three",
            ),
            pytest.param(
                ":knows owl:propertyChainAxiom ( :partOf [ owl:inverseOf :partOf ] ) .",
                ":a :partOf :b . :c :partOf :b .",
                ":a :knows :a . :a :knows :c . :c :knows :a . :c :knows :c .",
                id="chain with an unnamed inverse",
            ),
            pytest.param(
                ":Both owl:equivalentClass [ owl:intersectionOf ( :Ngo :Donor ) ] .",
                ":x a :Ngo , :Donor . :y a :Ngo .",
                ":x a :Both .",
                id="intersectionOf",
            ),
            pytest.param(
                "[ owl:onProperty :runs ; owl:someValuesFrom :School ] rdfs:subClassOf :Teacher .",
                ":x :runs :s . :s a :School . :y :runs :t .",
                ":x a :Teacher .",
                id="someValuesFrom",
            ),
            pytest.param(
                "[ owl:onProperty :runs ; owl:someValuesFrom owl:Thing ] rdfs:subClassOf :Leader .",
                ":x :runs :y .",
                ":x a :Leader .",
                id="someValuesFrom anything",
            ),
            pytest.param(
                "[ owl:onProperty :wields ; owl:hasValue :soft ] rdfs:subClassOf :Holder .",
                ":x :wields :soft . :y :wields :hard .",
                ":x a :Holder .",
                id="hasValue on the left",
            ),
            pytest.param(
                ":Holder rdfs:subClassOf [ owl:onProperty :wields ; owl:hasValue :soft ] .",
                ":x a :Holder .",
                ":x :wields :soft .",
                id="hasValue on the right",
            ),
            pytest.param(
                "[ owl:unionOf ( :Ngo :Union ) ] rdfs:subClassOf :Civil .",
                ":x a :Union .",
                ":x a :Civil .",
                id="unionOf on the left",
            ),
            pytest.param(
                ":Council owl:oneOf ( :fr :gb ) .",
                "",
                ":fr a :Council . :gb a :Council .",
                id="oneOf",
            ),
            pytest.param(
                ":Ngo rdfs:subClassOf [ owl:onProperty :member ; owl:allValuesFrom :Person ] .",
                ":x a :Ngo ; :member :y .",
                ":y a :Person .",
                id="allValuesFrom on the right",
            ),
            pytest.param(
                ":Ngo rdfs:subClassOf [ owl:intersectionOf ( :Actor :Civil ) ] .",
                ":x a :Ngo .",
                ":x a :Actor , :Civil .",
                id="intersectionOf on the right",
            ),
            pytest.param(
                "[ owl:intersectionOf ( :Body [ owl:onProperty :under ; owl:someValuesFrom "
                "[ owl:unionOf ( :State :Ministry ) ] ] ) ] rdfs:subClassOf :StateBody .",
                ":x a :Body ; :under :m . :m a :Ministry .",
                ":x a :StateBody .",
                id="nested expressions",
            ),
        ],
    )
    def test_rule(self, axioms: str, facts: str, expected: str) -> None:
        """Each kind of axiom yields exactly what it should, and nothing about unnamed classes."""
        found = inferred(axioms, facts)

        assert found == set(triples(expected))

    def test_literals_are_never_subjects(self) -> None:
        """A range or an inverse says nothing of a literal."""
        found = inferred(":name rdfs:range :Name ; owl:inverseOf :nameOf .", ':x :name "YTB" .')

        assert found == set()

    def test_datatype_ranges_say_nothing_of_literals(self) -> None:
        """A range that is a datatype adds nothing to a literal that it holds."""
        found = inferred(":size rdfs:range xsd:integer .", ":x :size 3 .")

        assert found == set()

    def test_what_no_rule_covers_is_named(self) -> None:
        """An axiom that the rules do not use is listed, not dropped unseen."""
        found = closure([], triples(":leads a owl:ReflexiveProperty ."))

        assert found.unsupported == tuple(triples(":leads a owl:ReflexiveProperty ."))


class TestRounds:
    """How rules work together, and what does not change the result."""

    def test_rules_feed_one_another(self) -> None:
        """A chain over an inverse over a sub-property is found to the end."""
        axioms = """
            :headOf rdfs:subPropertyOf :memberOf .
            :memberOf owl:inverseOf :hasMember .
            :reaches owl:propertyChainAxiom ( :hasMember :livesIn ) .
        """
        found = inferred(axioms, ":x :headOf :org ; :livesIn :DE .")

        assert (
            "<http://example.org/org>",
            "<http://example.org/reaches>",
            "<http://example.org/DE>",
        ) in found

    def test_cycle_ends(self) -> None:
        """A transitive property over a cycle comes to an end."""
        found = inferred(":partOf a owl:TransitiveProperty .", ":a :partOf :b . :b :partOf :a .")

        assert found == set(triples(":a :partOf :a . :b :partOf :b ."))

    def test_order_of_facts_does_not_matter(self) -> None:
        """The same facts in another order give the same triples and the same proofs."""
        axioms = triples(":partOf a owl:TransitiveProperty .")
        facts = triples(":a :partOf :b , :c . :b :partOf :d . :c :partOf :d .")

        one, other = closure(facts, axioms), closure(reversed(facts), axioms)

        assert [one.proof(t) for t in one.triples] == [other.proof(t) for t in other.triples]

    def test_given_triples_are_not_repeated(self) -> None:
        """What was given is not among what was inferred."""
        found = inferred(":Ngo rdfs:subClassOf :Actor .", ":x a :Ngo , :Actor .")

        assert found == set()

    def test_blank_nodes_of_the_data_are_kept(self) -> None:
        """A blank node of the data is an individual like any other, not an unnamed class."""
        facts = [("_:someone", "<http://example.org/runs>", "<http://example.org/y>")]

        found = closure(facts, triples(":runs rdfs:domain :Actor ."))

        assert [triple[0] for triple in found.triples] == ["_:someone"]


class TestInconsistency:
    """What the axioms do not allow together."""

    @pytest.mark.parametrize(
        ("axioms", "facts", "rule"),
        [
            pytest.param(
                ":A owl:disjointWith :B .", ":x a :A , :B .", "disjointWith", id="disjoint"
            ),
            pytest.param(
                "[] a owl:AllDisjointClasses ; owl:members ( :A :B :C ) .",
                ":x a :A , :C .",
                "AllDisjointClasses",
                id="all disjoint",
            ),
            pytest.param(
                ":W owl:disjointUnionOf ( :A :B ) .",
                ":x a :A , :B .",
                "disjointUnionOf",
                id="union",
            ),
            pytest.param(
                ":A owl:complementOf :B .", ":x a :A , :B .", "complementOf", id="complement"
            ),
            pytest.param(":A rdfs:subClassOf owl:Nothing .", ":x a :A .", "Nothing", id="nothing"),
            pytest.param(
                ":p owl:propertyDisjointWith :q .",
                ":x :p :y ; :q :y .",
                "propertyDisjointWith",
                id="properties",
            ),
            pytest.param(
                ":p a owl:AsymmetricProperty .",
                ":x :p :y . :y :p :x .",
                "AsymmetricProperty",
                id="asymmetric",
            ),
            pytest.param(
                ":p a owl:IrreflexiveProperty .",
                ":x :p :x .",
                "IrreflexiveProperty",
                id="irreflexive",
            ),
        ],
    )
    def test_what_cannot_be_is_reported(self, axioms: str, facts: str, rule: str) -> None:
        """Each kind of contradiction is one finding, with the triples that cannot all stand."""
        found = closure(triples(facts), triples(axioms)).inconsistencies

        assert [finding.rule for finding in found] == [rule]
        assert set(found[0].leaves) == set(triples(facts))

    def test_inferred_contradictions_lead_to_what_was_given(self) -> None:
        """A contradiction between inferred types names the given triples below them."""
        axioms = ":Ngo rdfs:subClassOf :Civil . :Civil owl:disjointWith :State ."

        (found,) = closure(triples(":x a :Ngo , :State ."), triples(axioms)).inconsistencies

        assert set(found.leaves) == set(triples(":x a :Ngo , :State ."))

    def test_sound_facts_have_none(self) -> None:
        """Facts that the axioms allow give no finding."""
        found = closure(triples(":x a :A . :y a :B ."), triples(":A owl:disjointWith :B ."))

        assert found.inconsistencies == ()
