"""The packaged queries, each with the examples of its parameters that the data has."""

import signal
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from benchmarks.corpus import Files
from benchmarks.outcome import Outcome, Stage

if TYPE_CHECKING:
    from rdflib.term import Node

    from diaspora_kg.reading.queries import PackagedQuery

_NUMBERS = ("#integer", "#decimal", "#double", "#float", "#nonNegativeInteger")
_UNFINISHED = ": (unfinished) "
_SEPARATORS = (" | ", "; ")
LIMIT = 5.0
"""Seconds after which a query of rdflib is given up; it counts as having taken so long."""

_DATA = "<https://w3id.org/diaspora-kg/id/"
_EXAMPLES = {
    ("accepted-facts-about", "about"): f"{_DATA}institution-00001>",
    ("claims-about", "entity"): f"{_DATA}institution-00001>",
    ("why-not-accepted", "about"): f"{_DATA}institution-00001>",
    ("comparators-of-a-diaspora", "diaspora"): f"{_DATA}diaspora-00001>",
    ("diaspora-size-by-definition", "diaspora"): f"{_DATA}diaspora-00001>",
    ("quotes-by-source", "source"): f"{_DATA}source/work00001-0>",
}
"""Things of the generated cases in place of those of the packaged ones."""


def questions() -> Iterator[tuple[str, str]]:
    """Yield name and SPARQL of every packaged query; what it needs is given, the rest left open."""
    from diaspora_kg.reading.queries import packaged_queries

    for name, query in sorted(packaged_queries().items()):
        yield name, query.with_values(dict(_values(query)))


def _values(query: "PackagedQuery") -> Iterator[tuple[str, str]]:
    from diaspora_kg.namespaces import XSD, expand
    from diaspora_kg.terms import typed_literal

    for parameter in query.parameters:
        key, example = (query.name, parameter.name), parameter.example
        if not parameter.required:
            continue
        if parameter.type in ("iri", "term"):
            yield parameter.name, _EXAMPLES.get(key, f"<{expand(example)}>")
        else:
            yield parameter.name, typed_literal(example, XSD + parameter.type)


def by_us(files: Files, _: Path) -> Outcome:
    """Ask the store on disk, as ``query`` does; opening it is counted."""
    from diaspora_kg.lookup import View
    from diaspora_kg.opening import open_kg
    from diaspora_kg.querying import Question, run

    outcome = Outcome()
    with outcome.timed("opening"):
        view = View(open_kg(files.kg).store)
    for name, sparql in questions():
        with outcome.timed(name):
            table = run(Question(sparql), view)
        outcome.counts[name] = len(table)
        outcome.answer.extend(_lines(name, table.rows))
    return outcome


def by_rdflib(files: Files, _: Path) -> Outcome:
    """Ask rdflib's graph in memory that holds what the store holds; loading is not counted.

    A plain graph is what rdflib is quickest at; a dataset only where a query names graphs.
    """
    from rdflib import Dataset, Graph
    from rdflib.plugins.sparql import prepareQuery

    from benchmarks.rdflib_terms import fill, node_of, term_of
    from diaspora_kg.store import read_nquads, without_contested

    quads = read_nquads(without_contested(files.quads.read_bytes()))
    union, dataset = Graph(), Dataset(default_union=True)
    for s, p, o, _graph in quads:
        union.add((node_of(s), node_of(p), node_of(o)))
    fill(dataset, quads)
    outcome = Outcome()
    for name, sparql in questions():
        rows: list[tuple[Node | None, ...]] | None = None
        why = "given up"
        graph = dataset if "GRAPH" in sparql else union
        with outcome.timed(name), _given_up_after(LIMIT):
            try:
                found = graph.query(prepareQuery(sparql))
                rows = [row for row in found if isinstance(row, tuple)]
            except (TypeError, AttributeError, RecursionError) as error:
                why = f"broken off by {type(error).__name__}"
        if rows is None:
            outcome.counts[name] = -1
            outcome.answer.append(f"{name}{_UNFINISHED}{why}")
            continue
        outcome.counts[name] = len(rows)
        terms = [[None if cell is None else term_of(cell) for cell in row] for row in rows]
        outcome.answer.extend(_lines(name, terms))
    return outcome


def _lines(name: str, rows: Iterable[Sequence[str | None]]) -> list[str]:
    """Return rows as sorted lines, numbers by their value: engines write one in several ways."""
    return sorted(
        f"{name}: {' '.join('' if c is None else _plain(c) for c in row)}" for row in rows
    )


def _plain(cell: str) -> str:
    from diaspora_kg.terms import is_iri, literal_parts

    if is_iri(cell) or cell.startswith("_:"):
        return cell
    text, language, datatype = literal_parts(cell)
    if datatype.endswith(_NUMBERS):
        return f"{float(text):.12g}"
    return f"{_in_order(text)}@{(language or '').lower()}"


def _in_order(text: str) -> str:
    """Return a text with the parts of a GROUP_CONCAT sorted: no engine promises their order."""
    for separator in _SEPARATORS:
        if separator in text:
            return separator.join(sorted(text.split(separator)))
    return text


class _TooLongError(Exception):
    """A query has had its time."""


@contextmanager
def _given_up_after(seconds: float) -> Iterator[None]:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise _TooLongError

    if not hasattr(signal, "setitimer"):
        yield  # no such clock on Windows: there every query runs to its end
        return
    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except _TooLongError:
        pass
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def finished(ours: list[str], theirs: list[str]) -> tuple[list[str], list[str]]:
    """Return the rows of the queries that both engines finished."""
    early = {line.partition(":")[0] for line in theirs if _UNFINISHED in line}
    mine, others = (
        [line for line in lines if line.partition(":")[0] not in early] for lines in (ours, theirs)
    )
    return mine, others


QUERIES = Stage(
    "queries",
    "all packaged queries",
    {"ours": by_us, "rdflib": by_rdflib},
    up_to={"rdflib": 100_000},
    aim=15,
    against="rdflib",
    finished=finished,
)
