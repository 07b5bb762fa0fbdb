"""Proofs: least depth, never circular, down to what was given."""

import random
from collections.abc import Iterator

import pytest

from diaspora_kg.inference.axioms import compile_axioms
from diaspora_kg.inference.closure import closure
from diaspora_kg.reading.ontology import parse_turtle
from diaspora_kg.terms import Triple

PREFIXES = """
@prefix : <http://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""


def triples(turtle: str) -> list[Triple]:
    return list(parse_turtle(PREFIXES + turtle))


def one(turtle: str) -> Triple:
    (triple,) = triples(turtle)
    return triple


class TestProof:
    """Why a triple holds."""

    def test_given_triple_is_a_leaf(self) -> None:
        """A triple that was given is its own proof, of depth 0."""
        found = closure(triples(":x a :Ngo ."), [])

        proof = found.proof(one(":x a :Ngo ."))

        assert proof is not None
        assert (proof.is_leaf, proof.depth, proof.leaves) == (True, 0, (one(":x a :Ngo ."),))

    def test_unknown_triple_has_none(self) -> None:
        """A triple that neither was given nor follows has no proof."""
        found = closure(triples(":x a :Ngo ."), [])

        assert found.proof(one(":x a :State .")) is None

    def test_step_names_rule_axiom_and_premises(self) -> None:
        """A step says which kind of axiom it used, the axiom, and what it started from."""
        found = closure(triples(":x :runBy :y ."), triples(":runs owl:inverseOf :runBy ."))

        proof = found.proof(one(":y :runs :x ."))

        assert proof is not None
        assert proof.rule == "inverseOf"
        assert proof.axioms == (one(":runs owl:inverseOf :runBy ."),)
        assert [premise.triple for premise in proof.premises] == [one(":x :runBy :y .")]

    @pytest.mark.parametrize("stated", [":x owl:sameAs :y .", ":x owl:differentFrom :y ."])
    def test_what_an_ontology_says_of_individuals_stands_on_itself(self, stated: str) -> None:
        """A statement of the ontology about individuals is proved by that very axiom, and ends."""
        found = closure(triples(":x :p :z ."), triples(stated))

        proof = found.proof(one(stated))

        assert proof is not None
        assert (proof.axioms, proof.premises) == ((one(stated),), ())

    def test_what_follows_from_an_equality_of_the_ontology(self) -> None:
        """What is said of one of two equals is proved of the other."""
        found = closure(triples(":x :p :z ."), triples(":x owl:sameAs :y ."))

        proof = found.proof(one(":y :p :z ."))

        assert proof is not None
        assert [premise.triple for premise in proof.premises] == [
            one(":x :p :z ."),
            one(":x owl:sameAs :y ."),
        ]

    def test_premises_keep_the_order_of_the_chain(self) -> None:
        """The premises of a chain stand in the order in which the chain goes."""
        axioms = triples(":actsFor owl:propertyChainAxiom ( :partOf :runBy :paidBy ) .")
        facts = triples(":c :paidBy :d . :a :partOf :b . :b :runBy :c .")

        proof = closure(facts, axioms).proof(one(":a :actsFor :d ."))

        assert proof is not None
        assert proof.leaves == tuple(triples(":a :partOf :b . :b :runBy :c . :c :paidBy :d ."))

    def test_least_depth(self) -> None:
        """Where one step and three steps lead to a triple, the proof has one step."""
        axioms = triples(
            """
            :A rdfs:subClassOf :B . :B rdfs:subClassOf :C . :C rdfs:subClassOf :Goal .
            :short rdfs:domain :Goal .
            """
        )

        proof = closure(triples(":x a :A ; :short :y ."), axioms).proof(one(":x a :Goal ."))

        assert proof is not None
        assert (proof.depth, proof.rule) == (1, "domain")

    def test_unnamed_classes_are_not_shown(self) -> None:
        """A step through an unnamed class is one step, with all the axioms that it used."""
        axioms = triples(
            "[ owl:intersectionOf ( :Body [ owl:onProperty :under ; owl:someValuesFrom :State ] ) ]"
            " rdfs:subClassOf :StateBody ."
        )
        facts = triples(":x a :Body ; :under :s . :s a :State .")

        proof = closure(facts, axioms).proof(one(":x a :StateBody ."))

        assert proof is not None
        assert proof.depth == 1
        assert set(proof.leaves) == set(facts)
        assert len(proof.axioms) == 4  # subClassOf, intersectionOf, someValuesFrom, onProperty

    def test_never_circular(self) -> None:
        """On no way down does a triple come back: inverse and symmetric axioms do not loop."""
        axioms = triples(
            """
            :p owl:inverseOf :q . :q owl:equivalentProperty :p . :p a owl:SymmetricProperty ,
            owl:TransitiveProperty .
            """
        )
        found = closure(triples(":a :p :b . :b :q :c ."), axioms)

        for triple in found.triples:
            proof = found.proof(triple)
            assert proof is not None
            waiting = [(proof, frozenset([triple]))]
            while waiting:
                node, above = waiting.pop()
                for premise in node.premises:
                    assert premise.triple not in above
                    waiting.append((premise, above | {premise.triple}))

    def test_long_proofs_do_not_exhaust_the_stack(self) -> None:
        """A proof of thousands of steps can be built and read."""
        axioms = triples(":reaches owl:propertyChainAxiom ( :reaches :next ) .")
        facts = triples(":n0 :reaches :n1 .") + [
            (
                f"<http://example.org/n{i}>",
                "<http://example.org/next>",
                f"<http://example.org/n{i + 1}>",
            )
            for i in range(1, 3000)
        ]

        proof = closure(facts, axioms).proof(one(":n0 :reaches :n3000 ."))

        assert proof is not None
        assert proof.depth == 2999
        assert len(proof.leaves) == 3000

    def test_shared_premise_is_listed_once(self) -> None:
        """A given triple on which a proof stands twice is one leaf."""
        axioms = triples(":Both owl:equivalentClass [ owl:intersectionOf ( :A :B ) ] .") + triples(
            ":p rdfs:domain :A , :B ."
        )

        proof = closure(triples(":x :p :y ."), axioms).proof(one(":x a :Both ."))

        assert proof is not None
        assert proof.leaves == (one(":x :p :y ."),)


def least_depths(facts: list[Triple], axioms: list[Triple]) -> dict[Triple, int]:
    """Return the depth of the shallowest proof of all that follows, found by brute force."""
    rules = compile_axioms(axioms).rules
    depths = dict.fromkeys(facts, 0)

    def matches(body: tuple[Triple, ...], bound: dict[str, str]) -> Iterator[dict[str, str]]:
        if not body:
            yield bound
            return
        for triple in list(depths):
            inner = dict(bound)
            if all(
                inner.setdefault(term, value) == value if term.startswith("?") else term == value
                for term, value in zip(body[0], triple, strict=True)
            ):
                yield from matches(body[1:], inner)

    changed = True
    while changed:
        changed = False
        for rule in rules:
            assert rule.head is not None
            for bound in list(matches(rule.body, {})):
                filled = [tuple(bound.get(term, term) for term in atom) for atom in rule.body]
                subject, predicate, obj = (bound.get(term, term) for term in rule.head)
                depth = 1 + max(depths[s, p, o] for s, p, o in filled)
                if depth < depths.get((subject, predicate, obj), 1000):
                    depths[subject, predicate, obj] = depth
                    changed = True
    return depths


@pytest.mark.parametrize("seed", range(15))
def test_no_proof_could_be_shallower(seed: int) -> None:
    """On random facts every proof has the least depth that brute force finds."""
    chance = random.Random(seed)
    axioms = triples(
        """
        :p rdfs:subPropertyOf :q . :q a owl:TransitiveProperty . :q owl:inverseOf :r .
        :r rdfs:domain :A . :A rdfs:subClassOf :B . :B rdfs:subClassOf :C . :s rdfs:range :C .
        :s owl:propertyChainAxiom ( :p :r ) . :r rdfs:subPropertyOf :s .
        """
    )
    facts = triples(
        " ".join(
            f":i{chance.randrange(4)} :{chance.choice('pqrs')} :i{chance.randrange(4)} ."
            for _ in range(4)
        )
    )
    found = closure(facts, axioms)

    depths = {}
    for triple in [*found.triples, *facts]:
        proof = found.proof(triple)
        assert proof is not None
        depths[triple] = proof.depth

    assert depths == least_depths(sorted(set(facts)), axioms)
