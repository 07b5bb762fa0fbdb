"""Rows of queries read as results: original terms, paths, severities and messages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from diaspora_kg.namespaces import XSD
from diaspora_kg.shacl.failures import ShapesError
from diaspora_kg.shacl.messages import filled, plain_message
from diaspora_kg.shacl.paths import Path, plain
from diaspora_kg.shacl.planning import Query
from diaspora_kg.shacl.report import Result
from diaspora_kg.shacl.shapes import Constraint, Shape, SparqlConstraint
from diaspora_kg.terms import Term, is_iri

_TRUE = f'"true"^^<{XSD}boolean>'
Row = Mapping[str, Term]


@dataclass(frozen=True)
class Violation:
    """A result, and the constraint that it is a result of."""

    constraint: Constraint
    result: Result


def violations(query: Query, row: Row) -> Iterator[Violation]:
    """Yield what one row of a query, with its original terms, says.

    Raises ``ShapesError`` when a query of the shapes reports a failure.
    """
    tested = query.constraints
    if len(tested) > 1:
        tested = tuple(c for n, c in enumerate(tested) if row.get(f"c{n}") == _TRUE)
    for shape, constraint in tested:
        if isinstance(constraint, SparqlConstraint):
            yield Violation(constraint, _of_sparql(shape, constraint, row))
        else:
            yield Violation(constraint, _of_core(shape, constraint, row))


def _of_core(shape: Shape, constraint: Constraint, row: Row) -> Result:
    messages = shape.messages or (plain_message(shape, constraint),)
    return _result(shape, constraint, row, row.get("value"), messages)


def _of_sparql(shape: Shape, constraint: SparqlConstraint, row: Row) -> Result:
    if row.get("failure") == _TRUE:
        raise ShapesError(f"the query of {constraint.node} reports a failure")
    value = row.get("value", None if shape.path else row["this"])
    messages = _messages(shape, constraint, {**dict(constraint.parameters), **row})
    told = _result(shape, constraint, row, value, messages)
    return told if constraint.custom else replace(told, constraint=constraint.node)


def _result(
    shape: Shape, constraint: Constraint, row: Row, value: Term | None, messages: tuple[Term, ...]
) -> Result:
    return Result(
        focus=row["this"],
        shape=shape.node,
        component=constraint.reported_as,
        severity=shape.severity,
        path=_path(shape, row),
        value=value,
        messages=messages,
    )


def _path(shape: Shape, row: Row) -> Path | None:
    named = row.get("path", "")
    return plain(named) if is_iri(named) else shape.path


def _messages(
    shape: Shape, constraint: SparqlConstraint, bound: Mapping[str, Term]
) -> tuple[Term, ...]:
    """Return the messages with the nearest first: of the row, the constraint, the shape."""
    message = bound.get("message", "")
    if message.startswith('"'):
        return (message,)
    templates = constraint.messages or shape.messages
    if not templates:
        return (plain_message(shape, constraint),)
    return tuple(filled(template, bound) for template in templates)
