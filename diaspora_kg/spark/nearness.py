"""Which shapes a node and its neighbourhood decide, and which take the whole graph.

A shape is near when what it finds at a focus node follows from the triples of that node and of
the nodes a known number of steps ahead of it. Such a shape may look at the graph piece by piece.
A path that goes back, or on and on, and a query, may look anywhere: these shapes are far.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from diaspora_kg.shacl import ShapesGraph
from diaspora_kg.shacl.paths import Path, Walk
from diaspora_kg.shacl.reading import ShapesReader
from diaspora_kg.shacl.shapes import (
    And,
    Constraint,
    Node,
    Not,
    Or,
    Property,
    Qualified,
    Shape,
    SparqlConstraint,
    Xone,
)
from diaspora_kg.shacl.vocabulary import sh
from diaspora_kg.terms import Term
from diaspora_kg.validation.packaged import packaged_shapes

_TARGETS = frozenset(
    sh(name) for name in ("targetClass", "targetNode", "targetObjectsOf", "targetSubjectsOf")
)


@dataclass(frozen=True)
class Shapes:
    """Shapes in two parts."""

    near: ShapesGraph
    far: ShapesGraph
    reach: int
    """How many steps ahead of a focus node the near shapes look."""


@cache
def packaged() -> Shapes:
    """Return the packaged shapes in their two parts."""
    return divided(packaged_shapes())


def divided(shapes: ShapesGraph) -> Shapes:
    """Return shapes in their two parts: each has all of them, and the targets of its own."""
    near: dict[Term, int] = {}
    far: set[Term] = set()
    for shape in ShapesReader(shapes).targeted():
        reach = _reach_of_targeted(shape)
        if reach is None:
            far.add(shape.node)
        else:
            near[shape.node] = reach
    return Shapes(_aiming(shapes, near.keys()), _aiming(shapes, far), max(near.values(), default=0))


def _aiming(shapes: ShapesGraph, kept: Iterable[Term]) -> ShapesGraph:
    wanted = frozenset(kept)
    return ShapesGraph(
        triple for triple in shapes.triples if triple[1] not in _TARGETS or triple[0] in wanted
    )


def _reach_of_targeted(shape: Shape) -> int | None:
    targets = shape.targets
    if targets.objects_of or (targets.nodes and (targets.classes or targets.subjects_of)):
        return None
    if targets.nodes:
        return _reach_of_step_back(shape)
    return _reach(shape)


def _reach_of_step_back(shape: Shape) -> int | None:
    """Return the reach of a shape that begins at a value and only steps back to who has it."""
    inner: list[Shape] = []
    for constraint in shape.constraints:
        match constraint:
            case Property(Shape(path=Path() as path, constraints=constraints)):
                step = path.walk.only_step
                properties = [each.shape for each in constraints if isinstance(each, Property)]
                if step is None or not step.inverse or len(properties) < len(constraints):
                    return None
                inner += properties
            case _:
                return None
    return _furthest(map(_reach, inner))


def _reach(shape: Shape) -> int | None:
    """Return how many steps ahead a shape looks, or None when it may look anywhere."""
    if shape.uncompiled:
        return None
    length = 0 if shape.path is None else _length(shape.path.walk)
    inner = _furthest(_reach_of(constraint) for constraint in shape.constraints)
    return None if length is None or inner is None else length + inner


def _reach_of(constraint: Constraint) -> int | None:
    match constraint:
        case SparqlConstraint():
            return None
        case Not(shape) | Node(shape) | Property(shape):
            return _reach(shape)
        case Qualified(shape, siblings):
            return _furthest(map(_reach, (shape, *siblings)))
        case And(shapes) | Or(shapes) | Xone(shapes):
            return _furthest(map(_reach, shapes))
    return 0


def _length(walk: Walk) -> int | None:
    if any(step.inverse or step.repeated for branch in walk.branches for step in branch):
        return None
    return max((len(branch) for branch in walk.branches), default=0)


def _furthest(reaches: Iterable[int | None]) -> int | None:
    furthest = 0
    for reach in reaches:
        if reach is None:
            return None
        furthest = max(furthest, reach)
    return furthest
