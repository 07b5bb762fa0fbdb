"""Rows of queries read as results: original terms, paths, severities and messages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from diaspora_kg.namespaces import XSD
from diaspora_kg.shacl.data import DataGraph
from diaspora_kg.shacl.failures import ShapesError
from diaspora_kg.shacl.messages import filled, plain_message
from diaspora_kg.shacl.originals import original
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


def violations(data: DataGraph, query: Query, row: Row) -> Iterator[Violation]:
    """Yield what one row of a query says.

    Raises ``ShapesError`` when a query of the shapes reports a failure.
    """
    tested = query.constraints
    if len(tested) > 1:
        tested = tuple(c for n, c in enumerate(tested) if row.get(f"c{n}") == _TRUE)
    for shape, constraint in tested:
        if isinstance(constraint, SparqlConstraint):
            for result in _of_sparql(data, shape, constraint, row):
                yield Violation(constraint, result)
        else:
            yield Violation(constraint, _of_core(shape, constraint, row))


def _of_core(shape: Shape, constraint: Constraint, row: Row) -> Result:
    value = row.get("value")
    return Result(
        focus=original(row["this"]),
        shape=shape.node,
        component=constraint.reported_as,
        severity=shape.severity,
        path=_path(shape, row),
        value=None if value is None else original(value),
        messages=shape.messages or (plain_message(shape, constraint),),
    )


def _of_sparql(
    data: DataGraph, shape: Shape, constraint: SparqlConstraint, row: Row
) -> Iterator[Result]:
    if row.get("failure") == _TRUE:
        raise ShapesError(f"the query of {constraint.node} reports a failure")
    for focus in _as_written(data, row["this"]):
        values: tuple[Term | None, ...] = (None if shape.path else focus,)
        if "value" in row:
            values = _as_written(data, row["value"], focus)
        for value in values:
            bound = {**dict(constraint.parameters), **row, "this": focus}
            if value is not None:
                bound["value"] = value
            yield Result(
                focus=focus,
                shape=shape.node,
                component=constraint.reported_as,
                severity=shape.severity,
                path=_path(shape, row),
                value=value,
                messages=_messages(shape, constraint, bound),
                constraint=None if constraint.custom else constraint.node,
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


def _as_written(data: DataGraph, term: Term, subject: Term | None = None) -> tuple[Term, ...]:
    """Return the original forms of a term of the plain store: those that a subject has, if any."""
    if term not in data.canonical:
        return (term,)
    candidates = (*data.canonical[term], term)
    of_subject = tuple(each for each in candidates if data.has_object(each, subject))
    return of_subject or tuple(each for each in candidates if data.has_object(each))
