"""A closure that is kept up to date is the closure that is computed anew."""

import random

import pytest

from diaspora_kg.inference.axioms import compile_axioms
from diaspora_kg.inference.closure import Reasoner
from diaspora_kg.inference.maintenance import NotMaintainableError, maintain, statements_of
from diaspora_kg.namespaces import DKG, OWL, XSD
from diaspora_kg.reading.ontology import parse_turtle
from diaspora_kg.terms import TYPE, Term, Triple, dkg, iri, typed_literal

AXIOMS = f"""
@prefix dkg: <{DKG}> .
@prefix owl: <{OWL}> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
dkg:B rdfs:subClassOf dkg:A . dkg:C rdfs:subClassOf dkg:B . dkg:C owl:disjointWith dkg:D .
dkg:p a owl:ObjectProperty , owl:TransitiveProperty ; rdfs:range dkg:B .
dkg:q rdfs:subPropertyOf dkg:p ; owl:inverseOf dkg:r . dkg:s a owl:SymmetricProperty .
dkg:t owl:propertyChainAxiom ( dkg:s dkg:q ) .
[] a owl:Restriction ; owl:onProperty dkg:q ; owl:someValuesFrom dkg:B ; rdfs:subClassOf dkg:E .
dkg:E owl:equivalentClass [ owl:intersectionOf ( dkg:A [ a owl:Restriction ;
    owl:onProperty dkg:s ; owl:hasValue dkg:thing ] ) ] .
"""
COMPILED = compile_axioms(parse_turtle(AXIOMS))
RULES = COMPILED.rules
THINGS = [iri(f"https://example.org/{number}") for number in range(7)]


def fact(chance: random.Random) -> Triple:
    """Return a random statement."""
    if chance.random() < 0.3:
        return chance.choice(THINGS), TYPE, dkg(chance.choice("ABCE"))
    predicate = dkg(chance.choice("pqrst"))
    return chance.choice(THINGS), predicate, chance.choice([*THINGS, dkg("thing")])


def closed(facts: set[Triple]) -> list[Triple]:
    """Return what follows from facts, computed anew."""
    return Reasoner(COMPILED).closure(facts).triples


@pytest.mark.parametrize("seed", range(12))
def test_random_changes(seed: int) -> None:
    """After random premises went and came, over and over, the same follows as anew."""
    chance = random.Random(seed)
    facts = {fact(chance) for _ in range(20)}
    closure = Reasoner(COMPILED).closure(facts)
    statements, inferred = statements_of(closure), set(closure.triples)
    for _ in range(15):
        removed = set(chance.sample(sorted(facts), chance.randint(0, 3)))
        added = {fact(chance) for _ in range(chance.randint(0, 3))} - facts

        maintained = maintain(RULES, statements, removed, added)

        facts = (facts - removed) | added
        statements = maintained.statements
        inferred = (inferred - maintained.gone) | maintained.come
        assert sorted(inferred) == closed(facts)


def test_clash() -> None:
    """A premise that cannot be true beside the others is noticed."""
    first: set[Triple] = {(THINGS[0], TYPE, dkg("C"))}
    statements = statements_of(Reasoner(COMPILED).closure(first))

    maintained = maintain(RULES, statements, (), [(THINGS[0], TYPE, dkg("D"))])

    assert not maintained.is_consistent


@pytest.mark.parametrize(
    "obj", [THINGS[1], typed_literal("1.0", XSD + "decimal")], ids=["things", "literals"]
)
def test_equals(obj: Term) -> None:
    """Where things turn out to be one, or literals one value, all has to be computed anew."""
    start: set[Triple] = {(THINGS[0], dkg("value"), typed_literal("1.00", XSD + "decimal"))}
    statements = statements_of(Reasoner(COMPILED).closure(start))
    predicate = iri(OWL + "sameAs") if obj == THINGS[1] else dkg("value")

    with pytest.raises(NotMaintainableError):
        maintain(RULES, statements, (), [(THINGS[0], predicate, obj)])
