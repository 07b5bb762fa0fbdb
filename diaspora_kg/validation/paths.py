"""SHACL property paths, for a person (as SPARQL writes them) and for a report (as Turtle)."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from diaspora_kg.namespaces import SH

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

_CLOSURES = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}
_NAME, _CLOSURE, _INVERSE, _SEQUENCE, _CHOICE = range(5)
"""How tightly a path holds together, the tightest first."""


def as_sparql(path: "Node", graph: "Graph", name: Callable[["Node"], str]) -> str:
    """Return a path as a SPARQL property path, with a name for each property."""
    return _path(path, graph, name)[0]


def as_turtle(path: "Node", graph: "Graph") -> str:
    """Return a path as Turtle, as it stands after ``sh:path``."""
    from rdflib import URIRef

    if isinstance(path, URIRef):
        return path.n3()
    for kind in (*_CLOSURES, "inversePath", "alternativePath"):
        inner = graph.value(path, URIRef(SH + kind))
        if inner is not None:
            return f"[ sh:{kind} {as_turtle(inner, graph)} ]"
    return "( " + " ".join(as_turtle(part, graph) for part in graph.items(path)) + " )"


def _path(path: "Node", graph: "Graph", name: Callable[["Node"], str]) -> tuple[str, int]:
    from rdflib import URIRef

    def within(part: "Node", loosest: int) -> str:
        text, binding = _path(part, graph, name)
        return text if binding <= loosest else f"({text})"

    if isinstance(path, URIRef):
        return name(path), _NAME
    for kind, sign in _CLOSURES.items():
        inner = graph.value(path, URIRef(SH + kind))
        if inner is not None:
            return f"{within(inner, _NAME)}{sign}", _CLOSURE
    inner = graph.value(path, URIRef(SH + "inversePath"))
    if inner is not None:
        return f"^{within(inner, _CLOSURE)}", _INVERSE
    choices = graph.value(path, URIRef(SH + "alternativePath"))
    if choices is not None:
        return "|".join(within(part, _SEQUENCE) for part in graph.items(choices)), _CHOICE
    return "/".join(within(part, _INVERSE) for part in graph.items(path)), _SEQUENCE
