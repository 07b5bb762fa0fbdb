"""The part of the rules that leads to some classes: it finds what all rules find there."""

import random

import pytest

from diaspora_kg.inference.closure import Closure, closure, reasoner_of
from diaspora_kg.reading.ontology import read_ontology
from diaspora_kg.terms import TYPE, Triple, dkg

EX = "<http://example.org/%s>"
THINGS = [EX % f"thing-{number}" for number in range(6)]
ASKED = frozenset(
    {dkg("StateBody"), dkg("NonStateActor"), dkg("State"), dkg("DiasporaInstitution")}
)


def _facts(seed: int) -> set[Triple]:
    chance = random.Random(seed)
    ontology = read_ontology()
    properties = sorted(p for p, kind in ontology.properties.items() if kind == "object")
    classes = sorted(ontology.classes)
    said = {
        (chance.choice(THINGS), chance.choice(properties), chance.choice(THINGS)) for _ in range(14)
    }
    return said | {(chance.choice(THINGS), TYPE, chance.choice(classes)) for _ in range(3)}


def _members(found: Closure) -> set[Triple]:
    return {triple for triple in found.triples if triple[1] == TYPE and triple[2] in ASKED}


@pytest.mark.parametrize("seed", range(40))
def test_a_part_of_the_rules_finds_what_all_find(seed: int) -> None:
    """Members of the classes asked for, and what their proofs rest on, are those of the whole."""
    facts = _facts(seed)
    reasoner = reasoner_of(read_ontology().triples)

    whole, part = reasoner.closure(facts), reasoner.towards(ASKED).closure(facts)

    assert _members(part) == _members(whole)
    for triple in _members(whole):
        proofs = whole.proof(triple), part.proof(triple)
        assert proofs[0] is not None
        assert proofs[1] is not None
        assert proofs[0].leaves == proofs[1].leaves


def test_random_facts_have_such_members() -> None:
    """The comparison is not one of nothing with nothing."""
    reasoner = reasoner_of(read_ontology().triples)

    assert sum(len(_members(reasoner.closure(_facts(seed)))) for seed in range(40)) > 40


@pytest.mark.parametrize("seed", range(20))
def test_a_class_may_be_known_by_one_below_it(seed: int) -> None:
    """Without the step up, everything is still found that is of a class asked for or below one."""
    ontology = read_ontology()
    facts = _facts(seed)
    below = {c for c in ontology.classes if ASKED & {c, *ontology.superclasses(c)}}
    reasoner = reasoner_of(ontology.triples)

    whole = reasoner.closure(facts)
    part = reasoner.towards(below, known="cax-sco").closure(facts)

    def members(found: Closure) -> set[str]:
        return {s for s, p, o in {*facts, *found.triples} if p == TYPE and o in below}

    assert members(part) == members(whole)


def test_facts_that_lead_nowhere_are_not_used() -> None:
    """A fact that no kept rule asks for takes no part."""
    axioms = (
        (EX % "parent", "<http://www.w3.org/2000/01/rdf-schema#range>", EX % "Parent"),
        (EX % "knows", "<http://www.w3.org/2000/01/rdf-schema#range>", EX % "Known"),
    )
    facts = {(EX % "a", EX % "parent", EX % "b"), (EX % "a", EX % "knows", EX % "b")}

    found = reasoner_of(axioms).towards({EX % "Parent"}).closure(facts)

    assert set(found.triples) == {(EX % "b", TYPE, EX % "Parent")}
    assert (EX % "b", TYPE, EX % "Known") in closure(facts, axioms).triples
