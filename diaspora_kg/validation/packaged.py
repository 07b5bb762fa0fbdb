"""The packaged shapes over the graph that cases make."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

import pyoxigraph

from diaspora_kg.errors import Finding, Location
from diaspora_kg.namespaces import DKGG, RDFS
from diaspora_kg.reading.ontology import read_ontology
from diaspora_kg.reading.states import read_reference
from diaspora_kg.resources import folder
from diaspora_kg.shacl import DataGraph, ShapesGraph
from diaspora_kg.shacl.graph import read_triples
from diaspora_kg.terms import Quad, Term, Triple, iri, is_iri
from diaspora_kg.validation.shacl import check

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
    return check(DataGraph.from_terms(stated(quads)), packaged_shapes(), places)


@cache
def packaged_shapes() -> ShapesGraph:
    """Return the shapes over data, without those over the ontology itself."""
    files = sorted(folder("shapes").iterdir(), key=lambda file: file.name)
    triples: list[Triple] = []
    for file in files:
        if file.name.endswith(".ttl") and file.name != _ONTOLOGY_SHAPES:
            scope = file.name.removesuffix(".ttl") + "-"
            turtle = pyoxigraph.RdfFormat.TURTLE
            triples.extend(read_triples(file.read_bytes(), turtle, scope=scope))
    return ShapesGraph(triples)


def background() -> Iterator[Triple]:
    """Yield what cases need not repeat: which class is below which, and the reference table."""
    yield from order_of_classes()
    for s, p, o, _ in read_reference().quads:
        yield s, p, o


@cache
def order_of_classes() -> tuple[Triple, ...]:
    """Return which class is below which."""
    triples = read_ontology().triples
    return tuple((s, p, o) for s, p, o in triples if p == _SUBCLASS and is_iri(o))


def stated(quads: Iterable[Quad]) -> Iterator[Triple]:
    """Yield what shapes look at in a graph: what is stated, and the order of the classes."""
    known: dict[Term, bool] = {}
    for s, p, o, g in quads:
        is_stated = known.get(g)
        if is_stated is None:
            is_stated = known[g] = g in _STATED or g.startswith(_CASE)
        if is_stated or (p == _SUBCLASS and g == _ONTOLOGY and is_iri(o)):
            yield s, p, o
