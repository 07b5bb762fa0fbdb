"""The closure against owlrl, an independent implementation, on small random graphs.

The seeds are fixed. owlrl also infers what is left out here on purpose (reflexive statements,
equality, members of ``owl:Thing``, types of unnamed classes), so the two are compared on the
types and relations of the individuals.
"""

import random

import pytest

from diaspora_kg.inference.closure import closure
from diaspora_kg.reading.ontology import parse_turtle
from diaspora_kg.terms import Triple

owlrl = pytest.importorskip("owlrl")
rdflib = pytest.importorskip("rdflib")

EX = "http://example.org/"
TBOX = """
@prefix : <http://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:C0 rdfs:subClassOf :C1 . :C2 owl:equivalentClass :C3 .
:p0 rdfs:subPropertyOf :p1 ; rdfs:domain :C4 . :p1 rdfs:range :C0 .
:p1 owl:inverseOf :p2 . :p3 a owl:SymmetricProperty . :p4 a owl:TransitiveProperty .
:p5 owl:equivalentProperty :p0 . :p6 owl:propertyChainAxiom ( :p3 :p4 ) .
:p7 owl:propertyChainAxiom ( :p4 :p2 :p0 ) .
[ a owl:Restriction ; owl:onProperty :p4 ; owl:someValuesFrom :C1 ] rdfs:subClassOf :C5 .
[ a owl:Restriction ; owl:onProperty :p3 ; owl:hasValue :i0 ] rdfs:subClassOf :C6 .
:C6 rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p5 ; owl:hasValue :i1 ] .
:C7 owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( :C1 :C4 ) ] .
[ a owl:Class ; owl:unionOf ( :C5 :C3 ) ] rdfs:subClassOf :C8 .
:C8 rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p6 ; owl:allValuesFrom :C9 ] .
:C9 owl:oneOf ( :i2 :i3 ) .
"""


def _random_facts(seed: int) -> list[Triple]:
    chance = random.Random(seed)
    facts = set()
    for _ in range(chance.randint(4, 14)):
        subject = f"<{EX}i{chance.randrange(6)}>"
        if chance.random() < 0.3:
            type_iri = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
            facts.add((subject, type_iri, f"<{EX}C{chance.randrange(9)}>"))
        else:
            prop, obj = chance.randrange(6), chance.randrange(6)
            facts.add((subject, f"<{EX}p{prop}>", f"<{EX}i{obj}>"))
    return sorted(facts)


def _about_individuals(triples: set[Triple]) -> set[Triple]:
    def kept(triple: Triple) -> bool:
        _, predicate, obj = triple
        is_type = predicate.endswith("#type>") and obj.startswith(f"<{EX}C")
        return is_type or predicate.startswith(f"<{EX}p")

    return {t for t in triples if t[0].startswith(f"<{EX}i") and kept(t)}


def _by_owlrl(facts: list[Triple]) -> set[Triple]:
    graph = rdflib.Graph()
    graph.parse(data=TBOX, format="turtle")
    graph.parse(data="".join(f"{s} {p} {o} .\n" for s, p, o in facts), format="nt")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return {(s.n3(), p.n3(), o.n3()) for s, p, o in graph if isinstance(s, rdflib.URIRef)}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("seed", range(12))
def test_same_as_owlrl(seed: int) -> None:
    """On a random graph the closure holds exactly the types and relations that owlrl finds."""
    facts = _random_facts(seed)

    found = closure(facts, parse_turtle(TBOX))

    assert _about_individuals({*facts, *found.triples}) == _about_individuals(_by_owlrl(facts))
