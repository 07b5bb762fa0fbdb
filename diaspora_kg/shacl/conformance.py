"""When a node fails a shape, as one condition: for logic, qualified counts and nested shapes."""

from diaspora_kg.shacl.expressions import (
    FALSE,
    STAYING,
    TRUE,
    Writer,
    all_of,
    any_of,
    exists,
    negated,
)
from diaspora_kg.shacl.failures import CannotCompileError
from diaspora_kg.shacl.paths import Walk
from diaspora_kg.shacl.prebinding import ask_is_false, select_finds
from diaspora_kg.shacl.shapes import (
    And,
    Constraint,
    Equals,
    HasValue,
    LessThan,
    LessThanOrEquals,
    MaxCount,
    MinCount,
    Node,
    Not,
    Or,
    Property,
    Qualified,
    Shape,
    SparqlConstraint,
    UniqueLang,
    Xone,
)
from diaspora_kg.shacl.strings import same_language
from diaspora_kg.shacl.values import compares, value_violates

_ON_FOCUS = (MinCount, MaxCount, HasValue, UniqueLang, LessThan, LessThanOrEquals, Qualified)


def walk_of(shape: Shape) -> Walk:
    """Return the way from a focus node of a shape to its value nodes."""
    return shape.path.walk if shape.path else STAYING


def is_on_values(constraint: Constraint) -> bool:
    """Tell whether a constraint is violated by single value nodes, not by all of them together."""
    if isinstance(constraint, SparqlConstraint):
        return constraint.asks
    return not isinstance(constraint, (*_ON_FOCUS, Property))


def fails(writer: Writer, shape: Shape, focus: str) -> str:
    """Return the condition that a node does not conform to a shape.

    Raises ``CannotCompileError`` when the shape has a part that another engine has to run.
    """
    if shape.deactivated:
        return FALSE
    if shape.uncompiled:
        raise CannotCompileError(shape.uncompiled)
    walk = walk_of(shape)
    on_values = [c for c in shape.constraints if is_on_values(c)]

    def value_fails(value: str) -> str:
        return any_of(on_value(writer, c, value, focus) for c in on_values)

    found = [writer.some(walk, focus, value_fails)] if on_values else []
    found += [focus_violates(writer, constraint, walk, focus) for constraint in shape.constraints]
    return any_of(found)


def on_value(writer: Writer, constraint: Constraint, value: str, focus: str) -> str:
    """Return the condition that a value node violates a constraint on single value nodes."""
    plain = value_violates(writer, constraint, value, focus)
    if plain is not None:
        return plain
    match constraint:
        case Not(shape):
            return negated(fails(writer, shape, value))
        case And(shapes):
            return any_of(fails(writer, shape, value) for shape in shapes)
        case Or(shapes):
            return all_of(fails(writer, shape, value) for shape in shapes)
        case Xone(shapes):
            conforming = (f"IF({fails(writer, shape, value)}, 0, 1)" for shape in shapes)
            return f"({' + '.join(conforming)} != 1)"
        case Node(shape):
            return fails(writer, shape, value)
        case SparqlConstraint(asks=True):
            return ask_is_false(writer, constraint, value, focus)
    raise TypeError(f"{type(constraint).__name__} is no constraint on single value nodes")


def focus_violates(writer: Writer, constraint: Constraint, walk: Walk, focus: str) -> str:
    """Return the condition that the value nodes of a focus node together violate a constraint."""
    counted = _count_is_wrong(writer, constraint, walk, focus)
    if counted is not None:
        return counted
    match constraint:
        case HasValue(term):
            return negated(writer.reaches(walk, focus, writer.constant(term)))
        case UniqueLang():
            return _repeats_language(writer, walk, focus)
        case Equals(predicate):
            other = writer.fresh()
            lacks = negated(writer.reaches(walk, focus, other))
            return exists(f"{focus} {predicate} {other}", lacks)
        case LessThan(predicate) | LessThanOrEquals(predicate):
            operator = "<" if isinstance(constraint, LessThan) else "<="
            other = writer.fresh()
            greater = writer.some(
                walk, focus, lambda v: negated(compares(writer, v, operator, other))
            )
            return exists(f"{focus} {predicate} {other}", greater)
        case Property(shape):
            return writer.some(walk, focus, lambda v: fails(writer, shape, v))
        case SparqlConstraint(asks=False):
            return select_finds(writer, constraint, focus)
    return FALSE


def _count_is_wrong(writer: Writer, constraint: Constraint, walk: Walk, focus: str) -> str | None:
    match constraint:
        case MinCount(count):
            return negated(writer.at_least(count, walk, focus, lambda _: TRUE))
        case MaxCount(count):
            return writer.at_least(count + 1, walk, focus, lambda _: TRUE)
        case Qualified(shape, siblings, count, at_least):

            def counts(value: str) -> str:
                others = (fails(writer, sibling, value) for sibling in siblings)
                return all_of((negated(fails(writer, shape, value)), *others))

            enough = writer.at_least(count if at_least else count + 1, walk, focus, counts)
            return negated(enough) if at_least else enough
    return None


def _repeats_language(writer: Writer, walk: Walk, focus: str) -> str:
    def repeated(one: str) -> str:
        return writer.some(
            walk,
            focus,
            lambda other: all_of((f"!sameTerm({one}, {other})", same_language(one, other))),
        )

    return writer.some(walk, focus, repeated)
