"""The SPARQL engine: one query over a store, rows as they come.

Little is imported here, because the process that runs queries from outside starts with it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.namespaces import PREFIXES, XSD
from diaspora_kg.quadstore import GraphName, QuadStore
from diaspora_kg.sparql import chooses_graphs, malformed
from diaspora_kg.terms import Term, typed_literal

Row = tuple[Term | None, ...]
"""Terms as N-Triples text; None where a variable is unbound."""


@dataclass(frozen=True)
class Result:
    """What a query gives, row by row."""

    columns: tuple[str, ...]
    rows: Iterator[Row]
    kind: str = "rows"
    """``rows`` of a SELECT, the ``answer`` of an ASK, or the ``triples`` of a CONSTRUCT."""


def evaluate(sparql: str, store: QuadStore, hidden: frozenset[str] = frozenset()) -> Result:
    """Return what a query gives over all graphs of a store but the hidden ones.

    Triples come once each. Raises ``DiasporaKGError`` (DKG406) when the SPARQL is not well-formed
    or cannot be run; the rows raise it as well.
    """
    found = _query(sparql, store, hidden)
    if isinstance(found, ox.QueryBoolean):
        word = typed_literal("true" if bool(found) else "false", XSD + "boolean")
        return Result(("answer",), iter([(word,)]), "answer")
    if isinstance(found, ox.QueryTriples):
        return Result(("subject", "predicate", "object"), _triples(found), "triples")
    columns = tuple(variable.value for variable in found.variables)
    return Result(columns, _rows(found, len(columns)))


def _query(
    sparql: str, store: QuadStore, hidden: frozenset[str]
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    try:
        if chooses_graphs(sparql):
            return store.query(sparql, prefixes=dict(PREFIXES))
        if hidden:
            seen: list[GraphName] = [
                graph for graph in store.named_graphs() if _name(graph) not in hidden
            ]
            return store.query(sparql, prefixes=dict(PREFIXES), default_graph=seen)
        return store.query(sparql, prefixes=dict(PREFIXES), use_default_graph_as_union=True)
    except SyntaxError as error:
        raise malformed(str(error), sparql) from error
    except (ValueError, OSError, RuntimeError) as error:
        raise _cannot_be_run(error) from error


def _rows(solutions: ox.QuerySolutions, width: int) -> Iterator[Row]:
    places = range(width)
    try:
        for solution in solutions:
            yield tuple(
                None if (term := solution[place]) is None else str(term) for place in places
            )
    except (ValueError, OSError, RuntimeError) as error:
        raise _cannot_be_run(error) from error


def _triples(triples: ox.QueryTriples) -> Iterator[Row]:
    seen = set()
    try:
        for triple in triples:
            row = (str(triple.subject), str(triple.predicate), str(triple.object))
            if row not in seen:
                seen.add(row)
                yield row
    except (ValueError, OSError, RuntimeError) as error:
        raise _cannot_be_run(error) from error


def _cannot_be_run(error: Exception) -> DiasporaKGError:
    return DiasporaKGError(
        "DKG406", f"the query cannot be run: {error}", "Look at its parts one by one."
    )


def _name(graph: object) -> str:
    return graph.value if isinstance(graph, ox.NamedNode) else ""
