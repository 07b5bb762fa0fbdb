"""How far shapes look: on which statements it depends what a shape finds about a node.

Read off the shapes themselves. A trace is a way from a focus node, step by step along a predicate
or against it, to a statement that the shape looks at: along its path, to the class of a value,
to another property that values are compared with, into shapes within the shape, back to what makes
the node a focus node. What a shape finds about a node can change only when a statement on a trace
does.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from diaspora_kg.shacl.graph import ShapesGraph
from diaspora_kg.shacl.paths import Path, Walk
from diaspora_kg.shacl.reading import ShapesReader
from diaspora_kg.shacl.shapes import (
    And,
    Closed,
    Constraint,
    Disjoint,
    Equals,
    InClass,
    LessThan,
    LessThanOrEquals,
    Node,
    Not,
    Or,
    Property,
    Qualified,
    Shape,
    SparqlConstraint,
    Targets,
    Xone,
)
from diaspora_kg.terms import TYPE, Term
from diaspora_kg.validation.patterns import is_variable, triple_patterns

Hop = tuple[Term, bool]
"""A predicate, and whether it is walked from subject to object."""
Trace = tuple[Hop, ...]


_FROM_FOCUS = (Equals, Disjoint, LessThan, LessThanOrEquals, SparqlConstraint)
"""Constraints that look from the focus node, and not from the values of the path."""


class UnboundedError(Exception):
    """A shape looks farther than a number of steps can tell."""


@dataclass(frozen=True)
class Selection:
    """One way in which nodes become focus nodes: a trace back to a target."""

    way: Trace
    nodes: frozenset[Term] = frozenset()
    classes: frozenset[Term] = frozenset()
    hops: frozenset[Hop] = frozenset()
    """Statements, one of which a target must have."""


@dataclass
class Reach:
    """How far one shape looks from its focus nodes."""

    shape: Term
    selections: set[Selection] = field(default_factory=set)
    traces: set[Trace] = field(default_factory=set)


def reach_of(graph: ShapesGraph) -> tuple[Reach, ...]:
    """Return how far each shape that can report something looks.

    Raises ``UnboundedError`` when a path repeats, a shape is closed, or a query of a shape has a
    pattern that is not joined to the focus node by plain predicates.
    """
    reaches: dict[Term, Reach] = {}
    for shape in ShapesReader(graph).targeted():
        if shape.uncompiled:
            raise UnboundedError(shape.uncompiled)
        _report(shape, tuple(_selections(shape.targets)), reaches)
    return tuple(reaches[node] for node in sorted(reaches))


def _selections(targets: Targets) -> Iterator[Selection]:
    hops = {*((p, True) for p in targets.subjects_of), *((p, False) for p in targets.objects_of)}
    yield Selection((), frozenset(targets.nodes), frozenset(targets.classes), frozenset(hops))


def _report(shape: Shape, selections: tuple[Selection, ...], found: dict[Term, Reach]) -> None:
    """Enter a shape, and those that report for themselves about its values."""
    if shape.deactivated:
        return
    reach = found.setdefault(shape.node, Reach(shape.node))
    reach.selections.update(selections)
    for selection in selections:
        reach.traces.add(selection.way)
        if selection.classes:
            reach.traces.add((*selection.way, (TYPE, True)))
        reach.traces.update((*selection.way, hop) for hop in selection.hops)
    reach.traces.update(_looked_at(shape, nested=False))
    for constraint in shape.constraints:
        if isinstance(constraint, Property):
            back = [_reversed(way) for way in _ways(shape.path)]
            inner = tuple(
                Selection((*way, *one.way), one.nodes, one.classes, one.hops)
                for one in selections
                for way in back
            )
            _report(constraint.shape, inner, found)


def _looked_at(shape: Shape, *, nested: bool) -> Iterator[Trace]:
    """Yield the traces of a shape from the node that it is applied to."""
    ways = list(_ways(shape.path))
    yield from ways
    for constraint in shape.constraints:
        if isinstance(constraint, Property) and not nested:
            continue  # it reports for itself
        for trace in _of_constraint(constraint, shape.path):
            if isinstance(constraint, _FROM_FOCUS):
                yield trace
            else:
                yield from ((*way, *trace) for way in ways)


def _of_constraint(constraint: Constraint, path: Path | None) -> Iterator[Trace]:
    match constraint:
        case InClass():
            yield ((TYPE, True),)
        case Equals() | Disjoint() | LessThan() | LessThanOrEquals():
            yield ((constraint.predicate, True),)
        case Not(shape) | Node(shape) | Property(shape):
            yield from _looked_at(shape, nested=True)
        case And(shapes) | Or(shapes) | Xone(shapes):
            for shape in shapes:
                yield from _looked_at(shape, nested=True)
        case Qualified():
            for shape in (constraint.shape, *constraint.siblings):
                yield from _looked_at(shape, nested=True)
        case Closed():
            raise UnboundedError("a closed shape looks at all properties")
        case SparqlConstraint():
            yield from _of_query(constraint, path)


# --- Paths ------------------------------------------------------------------------------


def _ways(path: Path | None) -> Iterator[Trace]:
    if path is None:
        yield ()
        return
    yield from _ways_of(path.walk)


def _ways_of(walk: Walk) -> Iterator[Trace]:
    if walk.stays:
        yield ()
    for branch in walk.branches:
        if any(step.repeated for step in branch):
            raise UnboundedError("a path repeats")
        yield tuple((step.predicate, not step.inverse) for step in branch)


def _reversed(trace: Trace) -> Trace:
    return tuple((predicate, not forward) for predicate, forward in reversed(trace))


# --- Queries ----------------------------------------------------------------------------


def _of_query(constraint: SparqlConstraint, path: Path | None) -> Iterator[Trace]:
    """Yield the traces of a query: from ``$this`` along its patterns, whatever they are part of."""
    if constraint.custom:
        raise UnboundedError("a constraint component of its own")
    text = constraint.query.replace("$PATH", path.sparql if path is not None else "?PATH")
    prefixes = "".join(f"PREFIX {name}: <{address}>\n" for name, address in constraint.prefixes)
    patterns = list(_patterns(prefixes + text))
    ways: dict[str, Trace] = {"this": ()}
    waiting = ["this"]
    for here in waiting:
        for near, predicate, far, forward in patterns:
            if near == here:
                trace = (*ways[here], (predicate, forward))
                yield trace
                if far and far not in ways:
                    ways[far] = trace
                    waiting.append(far)
    if any(near not in ways for near, *_ in patterns if near):
        raise UnboundedError("a pattern that nothing joins to the focus node")


def _patterns(query: str) -> Iterator[tuple[str, Term, str, bool]]:
    """Yield the triple patterns of a query from both of their ends; constants are no ends."""
    for subject, predicate, obj in triple_patterns(query):
        if predicate is None or is_variable(predicate):
            raise UnboundedError("a pattern without a plain predicate")
        ends = [end[1:] if is_variable(end) else "" for end in (subject, obj)]
        if not any(ends):
            raise UnboundedError("a pattern without a variable")
        if ends[0]:
            yield ends[0], predicate, ends[1], True
        if ends[1]:
            yield ends[1], predicate, ends[0], False


# --- As plain values --------------------------------------------------------------------


def as_json(reaches: Iterable[Reach]) -> list[object]:
    """Return reaches as lists of texts, to be kept."""
    return [
        [
            reach.shape,
            sorted(
                [list(one.way), sorted(one.nodes), sorted(one.classes), sorted(one.hops)]
                for one in reach.selections
            ),
            sorted(reach.traces),
        ]
        for reach in reaches
    ]


def from_json(kept: Iterable[Any]) -> tuple[Reach, ...]:
    """Return reaches that were kept."""
    return tuple(
        Reach(
            shape,
            {
                Selection(
                    _trace(way), frozenset(nodes), frozenset(classes), frozenset(_trace(hops))
                )
                for way, nodes, classes, hops in selections
            },
            {_trace(trace) for trace in traces},
        )
        for shape, selections, traces in kept
    )


def _trace(hops: Iterable[Iterable[Any]]) -> Trace:
    return tuple((predicate, forward) for predicate, forward in hops)
