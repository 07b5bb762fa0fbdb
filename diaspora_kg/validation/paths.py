"""SHACL property paths, for a person (as SPARQL writes them) and for a report (as Turtle)."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from diaspora_kg.namespaces import SH

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

_AROUND = {
    "inversePath": ("^", ""),
    "zeroOrMorePath": ("", "*"),
    "oneOrMorePath": ("", "+"),
    "zeroOrOnePath": ("", "?"),
}


def as_sparql(path: "Node", graph: "Graph", name: Callable[["Node"], str]) -> str:
    """Return a path as a SPARQL property path, with a name for each property."""
    from rdflib import URIRef

    if isinstance(path, URIRef):
        return name(path)
    for kind, (before, after) in _AROUND.items():
        inner = graph.value(path, URIRef(SH + kind))
        if inner is not None:
            return f"{before}{_bracketed(as_sparql(inner, graph, name))}{after}"
    choices = graph.value(path, URIRef(SH + "alternativePath"))
    parts = graph.items(choices if choices is not None else path)
    sign = "|" if choices is not None else "/"
    return sign.join(_bracketed(as_sparql(part, graph, name)) for part in parts)


def as_turtle(path: "Node", graph: "Graph") -> str:
    """Return a path as Turtle, as it stands after ``sh:path``."""
    from rdflib import URIRef

    if isinstance(path, URIRef):
        return path.n3()
    for kind in (*_AROUND, "alternativePath"):
        inner = graph.value(path, URIRef(SH + kind))
        if inner is not None:
            return f"[ sh:{kind} {as_turtle(inner, graph)} ]"
    return "( " + " ".join(as_turtle(part, graph) for part in graph.items(path)) + " )"


def _bracketed(path: str) -> str:
    return f"({path})" if any(sign in path for sign in "|/^") and "<" not in path[:1] else path
