"""Every axiom answers a question or finds an error: ``axioms.yaml`` says which."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from owlrl import DeductiveClosure, OWLRL_Semantics
from rdflib import OWL, RDF, RDFS, BNode, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from diaspora_kg.resources import folder

DKG = Namespace("https://w3id.org/diaspora-kg/ontology#")
THING = Namespace("https://example.org/")
HERE = Path(__file__).parent
MODULES = sorted(Path(str(folder("ontology"))).glob("*.ttl"))
ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#ErrorMessage")

CHARACTERISTICS = {
    OWL.TransitiveProperty: "is transitive",
    OWL.SymmetricProperty: "is symmetric",
    OWL.IrreflexiveProperty: "is irreflexive",
}


def load(files: list[Path]) -> Graph:
    graph = Graph()
    for file in files:
        graph.parse(file)
    return graph


ONTOLOGY = load(MODULES)
EXAMPLES = yaml.safe_load((HERE / "axioms.yaml").read_text("utf-8"))


# --- Axioms by name ------------------------------------------------------------------


def name(node: Node) -> str:
    """Name a term by itself, and a class expression by what it says."""
    if isinstance(node, URIRef):
        return str(node).removeprefix(str(DKG)).rpartition("/")[2]
    members = ONTOLOGY.value(node, OWL.intersectionOf)
    if members is not None:
        return " and ".join(name(member) for member in Collection(ONTOLOGY, members))
    on = ONTOLOGY.value(node, OWL.onProperty)
    value = ONTOLOGY.value(node, OWL.hasValue)
    if value is not None:
        return f"{name(on)} {name(value)}"
    return f"{name(on)} some {name(ONTOLOGY.value(node, OWL.someValuesFrom))}"


def below(node: Node) -> Iterator[tuple[Node, Node, Node]]:
    """Yield the triples of a node without a name, and of those under it."""
    if isinstance(node, BNode):
        for triple in ONTOLOGY.triples((node, None, None)):
            yield triple
            yield from below(triple[2])


def named_axioms() -> Iterator[tuple[str, tuple[Node, Node, Node]]]:
    """Yield every axiom but the plain hierarchy of classes, domains and ranges."""
    for characteristic, words in CHARACTERISTICS.items():
        for term in ONTOLOGY.subjects(RDF.type, characteristic):
            yield f"{name(term)} {words}", (term, RDF.type, characteristic)
    for predicate, words in (
        (OWL.inverseOf, "is the inverse of"),
        (RDFS.subPropertyOf, "is a kind of"),
        (OWL.disjointWith, "is never"),
        (OWL.equivalentClass, "is"),
    ):
        for s, o in ONTOLOGY.subject_objects(predicate):
            yield f"{name(s)} {words} {name(o)}", (s, predicate, o)
    for s, o in ONTOLOGY.subject_objects(OWL.propertyChainAxiom):
        links = ", ".join(name(link) for link in Collection(ONTOLOGY, o))
        yield f"{name(s)} follows from {links}", (s, OWL.propertyChainAxiom, o)
    for s, o in ONTOLOGY.subject_objects(RDFS.subClassOf):
        if isinstance(s, BNode):
            yield f"{name(o)} from {name(s)}", (s, RDFS.subClassOf, o)
    for s in ONTOLOGY.subjects(RDF.type, OWL.AllDisjointClasses):
        members = Collection(ONTOLOGY, ONTOLOGY.value(s, OWL.members))
        yield (
            f"never two of {', '.join(name(member) for member in members)}",
            (s, RDF.type, OWL.AllDisjointClasses),
        )


AXIOMS = {key: {triple, *below(triple[0]), *below(triple[2])} for key, triple in named_axioms()}


# --- Closure -------------------------------------------------------------------------


def case(text: str) -> Graph:
    """Read a small case: what stands after a subject or a type is a term, the rest are things."""
    graph = Graph()
    for s, p, o in Graph().parse(data=f"@prefix : <{THING}> .\n{text}", format="turtle"):
        term = DKG[str(p).removeprefix(str(THING))] if str(p).startswith(str(THING)) else p
        value = DKG[str(o).removeprefix(str(THING))] if p == RDF.type else o
        graph.add((s, term, value))
    return graph


def closed(*graphs: Graph) -> Graph:
    whole = Graph()
    for graph in graphs:
        whole += graph
    DeductiveClosure(OWLRL_Semantics).expand(whole)
    return whole


def axiom(key: str) -> Graph:
    graph = Graph()
    for triple in AXIOMS[key]:
        graph.add(triple)
    return graph


def is_inconsistent(graph: Graph) -> bool:
    return (None, RDF.type, ERROR) in graph


# --- Tests ---------------------------------------------------------------------------


def test_no_axiom_is_idle() -> None:
    """Each axiom has a question or an error in ``axioms.yaml``, and nothing else stands there."""
    listed = [example["axiom"] for example in EXAMPLES]

    assert sorted(listed) == sorted(AXIOMS)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["axiom"])
def test_axiom_earns_its_place(example: dict[str, str]) -> None:
    """With the axiom the question is answered or the error found; without it neither is."""
    given = case(example["given"])

    without = closed(given)
    found = closed(given, axiom(example["axiom"]))

    if "error" in example:
        assert not is_inconsistent(without)
        assert is_inconsistent(found)
    else:
        (answer,) = case(example["follows"])
        assert answer not in without
        assert answer in found
        assert not is_inconsistent(found)


def test_narrower_kinds_are_found_by_the_wider() -> None:
    """Whoever asks for a kind of thing finds the things of its narrower kinds."""
    hierarchy = [
        (s, o)
        for s, o in ONTOLOGY.subject_objects(RDFS.subClassOf)
        if isinstance(s, URIRef) and isinstance(o, URIRef)
    ]
    graph = Graph()
    for narrower, wider in hierarchy:
        graph.add((narrower, RDFS.subClassOf, wider))
        graph.add((THING[name(narrower)], RDF.type, narrower))

    found = closed(graph)

    missing = [(n, w) for n, w in hierarchy if (THING[name(n)], RDF.type, w) not in found]
    assert hierarchy
    assert missing == []


def test_things_are_found_by_kind_though_nobody_typed_them() -> None:
    """From what is said of a thing follows of what kind it is, by domain and range."""
    graph, expected = Graph(), []
    for property_ in ONTOLOGY.subjects(RDF.type, OWL.ObjectProperty):
        subject, value = THING[f"s-{name(property_)}"], THING[f"o-{name(property_)}"]
        graph.add((subject, property_, value))
        for end, thing in ((RDFS.domain, subject), (RDFS.range, value)):
            for kind in ONTOLOGY.objects(property_, end):
                graph.add((property_, end, kind))
                expected.append((thing, RDF.type, kind))

    found = closed(graph)

    assert len(expected) > 100
    assert [triple for triple in expected if triple not in found] == []


def test_a_state_body_stays_a_state_body_down_the_line() -> None:
    """What stands under a body of a state is a body of that state as well, at any depth."""
    given = case(":usa a :State . :dos :subOrganizationOf :usa . :eca :subOrganizationOf :dos .")
    rule = axiom("StateBody from subOrganizationOf some StateActor")
    for narrower in ("State", "StateBody"):
        rule.add((DKG[narrower], RDFS.subClassOf, DKG.StateActor))

    found = closed(given, rule)

    assert (THING.eca, RDF.type, DKG.StateBody) in found


def test_a_peace_corps_is_no_inconsistency() -> None:
    """A body that one source calls an NGO and another a state agency is allowed to be both."""
    given = case(
        ":corps a :NonGovernmentalOrganization ; :subOrganizationOf :usa . :usa a :State ."
    )

    found = closed(given, ONTOLOGY)

    assert (THING.corps, RDF.type, DKG.StateBody) in found
    assert (THING.corps, RDF.type, DKG.NonStateActor) in found
    assert not is_inconsistent(found)


def test_no_axiom_on_what_claims_fill_forbids_a_second_value() -> None:
    """Two sources may give two values: no property is functional, identifies or is a key."""
    forbidding = (OWL.FunctionalProperty, OWL.InverseFunctionalProperty)

    assert not [kind for kind in forbidding if (None, RDF.type, kind) in ONTOLOGY]
    assert (None, OWL.hasKey, None) not in ONTOLOGY
    assert (None, OWL.maxCardinality, None) not in ONTOLOGY
