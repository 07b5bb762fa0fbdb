"""A second evaluation of a query, to say what each row of its answer rests on.

The rows come from the store's own engine. Here the same query is evaluated again, with the
triples that each solution matched: the branches of OPTIONAL and UNION that matched and no others,
one shortest path for a property path, a witness for EXISTS, the whole group for an aggregate; and
with what it rests on not being there. The rows guide this evaluation: what led to none of them
is not looked at where that can be told beforehand.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from diaspora_kg.evidence.effort import Effort, NotTraceableError
from diaspora_kg.evidence.evaluation import Evaluation
from diaspora_kg.evidence.paths import Reader, UnknownPathError
from diaspora_kg.evidence.solutions import Bindings, Traced
from diaspora_kg.lookup import parse_term
from diaspora_kg.namespaces import PREFIXES
from diaspora_kg.table import Table

__all__ = ["NotTraceableError", "TracedAnswer", "trace"]

_MOST_ROWS = 400
"""With more rows than this, one evaluation of the whole query is faster than one a row."""


@dataclass(frozen=True)
class TracedAnswer:
    """The solutions behind an answer, and the variables that an expression computed."""

    solutions: tuple[Traced, ...]
    computed: frozenset[str]
    form: str
    """``SelectQuery``, ``AskQuery``, ``ConstructQuery`` or ``DescribeQuery``."""
    template: tuple[tuple[Any, Any, Any], ...] = ()
    """The triples that a CONSTRUCT makes of each solution."""


def trace(
    sparql: str, reader: Reader, table: Table | None = None, effort: Effort | None = None
) -> TracedAnswer:
    """Return the solutions of a query with the triples that each of them matched.

    With the table of its rows, solutions that are none of them may be missing.

    Raises ``NotTraceableError`` for a query that cannot be followed, or (DKG460) only at a cost
    beyond ``effort``.
    """
    try:
        algebra = translateQuery(parseQuery(sparql), initNs=dict(PREFIXES)).algebra
    except Exception as error:  # the parser of rdflib knows less SPARQL than the store's
        raise NotTraceableError(f"its form is not known to the tracer ({error})") from error
    if algebra.name == "DescribeQuery":
        return TracedAnswer((), frozenset(), algebra.name)
    evaluation = Evaluation(_with_dataset(reader, algebra.datasetClause), effort)
    try:
        solutions = tuple(evaluation.effort.holding(_solutions(algebra, evaluation, table)))
    except UnknownPathError as error:
        raise NotTraceableError(f"it has {error}, which is not followed") from error
    except NotTraceableError:
        raise
    except Exception as error:  # a gap in the evidence is told; it must not cost the answer
        raise NotTraceableError(f"{type(error).__name__}: {error}") from error
    return TracedAnswer(
        solutions, frozenset(evaluation.computed), algebra.name, tuple(_template(algebra))
    )


def _solutions(algebra: CompValue, evaluation: Evaluation, table: Table | None) -> Iterator[Traced]:
    whole = algebra.p
    if whole.name == "Slice":
        whole = whole.p  # the rows to explain are given; LIMIT has already chosen them
    if algebra.name == "AskQuery":
        found = next(evaluation.part(whole), None)
        yield found or Traced({}, absent=evaluation.missing(whole))
        return
    known = _known(whole, evaluation, table) if algebra.name == "SelectQuery" else None
    if known is None:
        yield from evaluation.part(whole)
        return
    for bindings in known:
        for solution in evaluation.part(whole, bindings):
            yield replace(solution, bindings={**bindings, **solution.bindings})


def _known(whole: CompValue, evaluation: Evaluation, table: Table | None) -> list[Bindings] | None:
    """Return what each row says of variables that every solution binds; None if of none."""
    inner = whole
    while inner.name in ("Distinct", "Reduced", "Project", "OrderBy"):
        inner = inner.p
    certain = evaluation.scope.certain(inner)
    if table is None or len(table) > _MOST_ROWS:
        return None
    if not evaluation.scope.is_narrowed(inner, certain.intersection(table.columns)):
        return None
    found: dict[frozenset[tuple[str, str]], Bindings] = {}
    for row in table.rows:
        cells = {
            name: cell
            for name, cell in zip(table.columns, row, strict=True)
            if name in certain and cell is not None and not cell.startswith("_:")
        }
        key = frozenset(cells.items())
        if key not in found:
            found[key] = {name: parse_term(cell) for name, cell in cells.items()}
    return list(found.values())


def _template(algebra: CompValue) -> list[Any]:
    if algebra.name != "ConstructQuery":
        return []
    found: list[Any] = algebra.template or algebra.p.p.triples
    return found


def _with_dataset(reader: Reader, clauses: Any) -> Reader:  # noqa: ANN401 - rdflib's parse tree
    if not clauses:
        return reader
    default = frozenset(str(clause.default) for clause in clauses if clause.default)
    named = frozenset(str(clause.named) for clause in clauses if clause.named)
    return replace(reader, only=default, named=named, hidden=frozenset())
