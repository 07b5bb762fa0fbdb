"""The packaged shapes over the graph that cases make."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from diaspora_kg.errors import Finding, Location
from diaspora_kg.namespaces import DKGG, RDFS
from diaspora_kg.reading.ontology import read_ontology
from diaspora_kg.reading.states import read_reference
from diaspora_kg.resources import folder
from diaspora_kg.terms import Quad, Term, Triple, iri, is_iri, literal_parts
from diaspora_kg.validation.shacl import check

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

_STATED = frozenset(iri(DKGG + name) for name in ("sources", "reference", "links"))
_CASE = f"<{DKGG}case/"
_ONTOLOGY = iri(DKGG + "ontology")
_SUBCLASS = iri(RDFS + "subClassOf")
_ONTOLOGY_SHAPES = "ontology.ttl"


def validate_graph(quads: Iterable[Quad], places: Mapping[Term, Location]) -> tuple[Finding, ...]:
    """Return what the packaged shapes find in a graph, each finding at its line or cell.

    Looked at is what cases, sources and reference tables state, with the order of the classes.
    What was computed from it is left out: a shape that asks for a state must not be satisfied by
    the reasoner's conclusion, from the very claim in question, that the thing is one.
    """
    found = check(graph_of(_stated(quads)), runnable_shapes(), places)
    return tuple(dict.fromkeys(found))  # a node that two targets reach is found twice


@cache
def packaged_shapes() -> "Graph":
    """Return the shapes over data, without those over the ontology itself, as they are written."""
    from rdflib import Graph

    shapes = Graph()
    for file in sorted(folder("shapes").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".ttl") and file.name != _ONTOLOGY_SHAPES:
            shapes.parse(data=file.read_bytes(), format="turtle")
    return shapes


def graph_of(triples: Iterable[Triple]) -> "Graph":
    """Return a plain rdflib graph of triples; every lexical form stays as it is."""
    from rdflib import Graph

    graph = Graph()
    known: dict[Term, Node] = {}
    for triple in triples:
        for term in triple:
            if term not in known:
                known[term] = _node(term)
        graph.add((known[triple[0]], known[triple[1]], known[triple[2]]))
    return graph


def background() -> Iterable[Triple]:
    """Yield what cases need not repeat: which class is below which, and the reference table."""
    for s, p, o in read_ontology().triples:
        if p == _SUBCLASS and is_iri(o):
            yield s, p, o
    for s, p, o, _ in read_reference().quads:
        yield s, p, o


def _stated(quads: Iterable[Quad]) -> Iterable[Triple]:
    for s, p, o, g in quads:
        is_order = g == _ONTOLOGY and p == _SUBCLASS and is_iri(o)
        if is_order or g in _STATED or g.startswith(_CASE):
            yield s, p, o


def _node(term: Term) -> "Node":
    from rdflib import BNode, Literal, URIRef

    if is_iri(term):
        return URIRef(term[1:-1])
    if term.startswith("_:"):
        return BNode(term[2:])
    text, language, datatype = literal_parts(term)
    if language:
        return Literal(text, lang=language)
    # a plain string and an explicit xsd:string are one term in RDF and two in rdflib
    if datatype.endswith("#string"):
        return Literal(text)
    return Literal(text, datatype=URIRef(datatype), normalize=False)


@cache
def runnable_shapes() -> "Graph":
    """Return the shapes with the targets of each node shape moved to its property shapes.

    pySHACL sets up a property shape once for every focus node of the node shape that has it, and
    once altogether when it has targets of its own. The results are the same, the time is a third.
    A node shape that others refer to keeps its properties.
    """
    from rdflib import Graph, URIRef
    from rdflib.namespace import RDF, SH

    shapes = Graph()
    for triple in packaged_shapes():
        shapes.add(triple)
    targets = (SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf)
    for node_shape in list(shapes.subjects(RDF.type, SH.NodeShape)):
        own = [(t, value) for t in targets for value in shapes.objects(node_shape, t)]
        for property_shape in list(shapes.objects(node_shape, SH.property)) if own else ():
            if isinstance(property_shape, URIRef):
                shapes.remove((node_shape, SH.property, property_shape))
                for target, value in own:
                    shapes.add((property_shape, target, value))
    return shapes
