"""The program's terms as rdflib's, each made once: as quickly as rdflib can be fed."""

from collections.abc import Iterable
from functools import cache

from rdflib import BNode, Dataset, Graph, Literal, URIRef
from rdflib.term import Node

from diaspora_kg.terms import Quad, Term, literal_parts, text_literal, typed_literal

_STRING = "http://www.w3.org/2001/XMLSchema#string"


@cache
def node_of(term: Term) -> Node:
    """Return the rdflib node of a term in N-Triples form."""
    if term.startswith("<"):
        return URIRef(term[1:-1])
    if term.startswith("_:"):
        return BNode(term[2:])
    text, language, datatype = literal_parts(term)
    if language is not None:
        return Literal(text, lang=language)
    return Literal(text) if datatype == _STRING else Literal(text, datatype=URIRef(datatype))


def term_of(node: Node) -> Term:
    """Return an rdflib node in N-Triples form, its lexical form unchanged."""
    if not isinstance(node, Literal):
        return node.n3()
    if node.language or node.datatype is None:
        return text_literal(str(node), node.language)
    return typed_literal(str(node), str(node.datatype))


def fill(dataset: Dataset, quads: Iterable[Quad]) -> None:
    """Add quads to a dataset, graph by graph."""
    graphs: dict[Term, Graph] = {}
    for s, p, o, g in quads:
        if g not in graphs:
            graphs[g] = dataset.graph(URIRef(g[1:-1]))
        graphs[g].add((node_of(s), node_of(p), node_of(o)))
