"""Constraints of SHACL Core as they stand at a shape: one reader for each parameter."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Protocol

from diaspora_kg.namespaces import RDF, SH, XSD
from diaspora_kg.shacl.failures import ShapesError
from diaspora_kg.shacl.graph import ShapesGraph
from diaspora_kg.shacl.paths import read_path
from diaspora_kg.shacl.shapes import (
    RANGES,
    And,
    Closed,
    Constraint,
    Datatype,
    Disjoint,
    Equals,
    HasValue,
    In,
    InClass,
    LanguageIn,
    LessThan,
    LessThanOrEquals,
    MaxCount,
    MaxLength,
    MinCount,
    MinLength,
    Node,
    NodeKind,
    Not,
    Or,
    Pattern,
    Property,
    Qualified,
    Range,
    Shape,
    UniqueLang,
    Xone,
)
from diaspora_kg.shacl.vocabulary import TRUE, sh
from diaspora_kg.terms import Term, is_iri, literal_parts

_KINDS = {
    "IRI": {"IRI"},
    "BlankNode": {"BlankNode"},
    "Literal": {"Literal"},
    "BlankNodeOrIRI": {"BlankNode", "IRI"},
    "BlankNodeOrLiteral": {"BlankNode", "Literal"},
    "IRIOrLiteral": {"IRI", "Literal"},
}
_ONLY_WITH_PATH = (
    "minCount",
    "maxCount",
    "uniqueLang",
    "lessThan",
    "lessThanOrEquals",
)
_BOUNDS = {"min": True, "max": False}


class Shapes(Protocol):
    """Gives the shape of a node, and knows the graph."""

    graph: ShapesGraph

    def shape(self, node: Term) -> Shape:
        """Return the shape of a node."""


def core_constraints(shapes: Shapes, node: Term, has_path: bool) -> Iterator[Constraint]:
    """Yield the Core constraints that stand at a node of the shapes graph.

    Raises ``ShapesError`` when a parameter is not well-formed.
    """
    graph = shapes.graph
    _must_be_well_placed(graph, node, has_path)
    for name, read in _READERS.items():
        for value in graph.objects(node, sh(name)):
            yield read(shapes, node, value)
    if TRUE in graph.objects(node, sh("uniqueLang")):
        yield UniqueLang()
    if TRUE in graph.objects(node, sh("closed")):
        yield Closed(_allowed(graph, node))
    if has_path:
        yield from _qualified(shapes, node)


def _must_be_well_placed(graph: ShapesGraph, node: Term, has_path: bool) -> None:
    for name in () if has_path else _ONLY_WITH_PATH:
        if graph.objects(node, sh(name)):
            raise ShapesError(f"sh:{name} stands at {node}, which is no property shape")
    for name in _ONE_VALUE:
        graph.one(node, sh(name))


def is_core_parameter(predicate: Term) -> bool:
    """Tell whether a predicate is a parameter of SHACL Core: its subjects are shapes."""
    return predicate.removeprefix(f"<{SH}").removesuffix(">") in _CORE


# --- One reader a parameter -------------------------------------------------------------


def _literal(node: Term, name: str, value: Term) -> Term:
    if not value.startswith('"'):
        raise ShapesError(f"sh:{name} of {node} needs a literal, not {value}")
    return value


def _range(operator: str, _: Shapes, node: Term, value: Term) -> Range:
    return Range(operator, _literal(node, RANGES[operator], value))


def _iri(node: Term, name: str, value: Term) -> Term:
    if not is_iri(value):
        raise ShapesError(f"sh:{name} of {node} needs an IRI, not {value}")
    return value


def _count(node: Term, name: str, value: Term) -> int:
    text, _, datatype = literal_parts(_literal(node, name, value))
    if datatype != XSD + "integer" or not re.fullmatch(r"\+?\d+", text):
        raise ShapesError(f"sh:{name} of {node} needs a whole number, not {value}")
    return int(text)


def _text(node: Term, name: str, value: Term) -> str:
    text, _, datatype = literal_parts(_literal(node, name, value))
    if datatype not in (XSD + "string", RDF + "langString"):
        raise ShapesError(f"sh:{name} of {node} needs a string, not {value}")
    return text


def _kind(node: Term, value: Term) -> NodeKind:
    name = value.removeprefix(f"<{SH}").removesuffix(">")
    if name not in _KINDS:
        raise ShapesError(f"sh:nodeKind of {node} is {value}, which is no kind of node")
    return NodeKind(frozenset(_KINDS[name]))


def _pattern(shapes: Shapes, node: Term, value: Term) -> Pattern:
    flags = shapes.graph.one(node, sh("flags"))
    written = _text(node, "flags", flags) if flags else ""
    if flags and len(shapes.graph.objects(node, sh("pattern"))) > 1:
        raise ShapesError(f"{node} has sh:flags with several values of sh:pattern")
    return Pattern(_text(node, "pattern", value), written)


def _listed(shapes: Shapes, value: Term) -> tuple[Shape, ...]:
    members = shapes.graph.members(value)
    if not members:
        raise ShapesError(f"the list of shapes at {value} is empty")
    return tuple(shapes.shape(member) for member in members)


def _property(shapes: Shapes, node: Term, value: Term) -> Property:
    shape = shapes.shape(value)
    if shape.path is None:
        raise ShapesError(f"sh:property of {node} is {value}, which has no sh:path")
    return Property(shape)


def _node(shapes: Shapes, node: Term, value: Term) -> Node:
    shape = shapes.shape(value)
    if shape.path is not None:
        raise ShapesError(f"sh:node of {node} is {value}, which is a property shape")
    return Node(shape)


_Reader = Callable[[Shapes, Term, Term], Constraint]
_SIMPLE: dict[str, _Reader] = {
    "class": lambda _, node, value: InClass(_iri(node, "class", value)),
    "datatype": lambda _, node, value: Datatype(_iri(node, "datatype", value)),
    "nodeKind": lambda _, node, value: _kind(node, value),
    "minCount": lambda _, node, value: MinCount(_count(node, "minCount", value)),
    "maxCount": lambda _, node, value: MaxCount(_count(node, "maxCount", value)),
    "minLength": lambda _, node, value: MinLength(_count(node, "minLength", value)),
    "maxLength": lambda _, node, value: MaxLength(_count(node, "maxLength", value)),
    "pattern": _pattern,
    "languageIn": lambda shapes, node, value: LanguageIn(
        tuple(_text(node, "languageIn", member) for member in shapes.graph.members(value))
    ),
    "equals": lambda _, node, value: Equals(_iri(node, "equals", value)),
    "disjoint": lambda _, node, value: Disjoint(_iri(node, "disjoint", value)),
    "lessThan": lambda _, node, value: LessThan(_iri(node, "lessThan", value)),
    "lessThanOrEquals": lambda _, node, value: LessThanOrEquals(
        _iri(node, "lessThanOrEquals", value)
    ),
    "not": lambda shapes, _, value: Not(shapes.shape(value)),
    "and": lambda shapes, _, value: And(_listed(shapes, value)),
    "or": lambda shapes, _, value: Or(_listed(shapes, value)),
    "xone": lambda shapes, _, value: Xone(_listed(shapes, value)),
    "node": _node,
    "property": _property,
    "hasValue": lambda _, __, value: HasValue(value),
    "in": lambda shapes, _, value: In(shapes.graph.members(value)),
}
_RANGE_READERS: dict[str, _Reader] = {
    component[0].lower() + component[1:]: partial(_range, operator)
    for operator, component in RANGES.items()
}
_READERS = {**_SIMPLE, **_RANGE_READERS}
_ONE_VALUE = (
    *("datatype", "nodeKind", "minCount", "maxCount", "minLength", "maxLength"),
    *("languageIn", "in", "uniqueLang", "closed", *_RANGE_READERS),
)
_CORE = frozenset(
    [
        *_READERS,
        *("uniqueLang", "closed", "ignoredProperties", "flags", "qualifiedValueShape"),
        *("qualifiedMinCount", "qualifiedMaxCount", "qualifiedValueShapesDisjoint", "sparql"),
    ]
)


def _allowed(graph: ShapesGraph, node: Term) -> tuple[Term, ...]:
    paths = (
        read_path(graph, path)
        for member in graph.objects(node, sh("property"))
        for path in graph.objects(member, sh("path"))
    )
    ignored = graph.one(node, sh("ignoredProperties"))
    return tuple(
        sorted(
            {path.predicate for path in paths if path.kind == "iri"}
            | set(graph.members(ignored) if ignored else ())
        )
    )


def _qualified(shapes: Shapes, node: Term) -> Iterator[Qualified]:
    graph = shapes.graph
    own = graph.objects(node, sh("qualifiedValueShape"))
    if not own:
        return
    if len(own) > 1:
        raise ShapesError(f"{node} has more than one value of sh:qualifiedValueShape")
    siblings: set[Term] = set()
    if TRUE in graph.objects(node, sh("qualifiedValueShapesDisjoint")):
        for parent in graph.subjects(sh("property"), node):
            for member in graph.objects(parent, sh("property")):
                siblings.update(graph.objects(member, sh("qualifiedValueShape")))
        siblings -= set(own)
    shape = shapes.shape(own[0])
    others = tuple(shapes.shape(other) for other in sorted(siblings))
    for word, at_least in _BOUNDS.items():
        name = f"qualified{word.capitalize()}Count"
        bound = graph.one(node, sh(name))
        if bound is not None:
            yield Qualified(shape, others, _count(node, name, bound), at_least)
