"""What a query asks of an engine: how much it has to understand, and which triples it touches."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

_SIMPLE = frozenset(
    (
        *("SelectQuery", "AskQuery", "Project", "Distinct", "Join", "ToMultiSet", "BGP", "Filter"),
        *("ConditionalOrExpression", "Builtin_EXISTS", "Builtin_NOTEXISTS"),
        *("GroupGraphPatternSub", "TriplesBlock"),
    )
)
_PARTS = frozenset(["p", "p1", "p2", "expr", "other", "graph", "part"])


class UnknownReachError(Exception):
    """The query is none that this reader understands."""


@dataclass(frozen=True)
class Reach:
    """How far a query reaches."""

    properties: frozenset[str] | None
    """The properties whose triples it can touch; None where it may be any."""
    is_simple: bool
    """Whether it only joins triple patterns and tests for others."""


@lru_cache(maxsize=256)
def reach_of(sparql: str) -> Reach:
    """Return how far a query reaches.

    Raises ``UnknownReachError`` for a text that is no SPARQL 1.1 query, such as one with the
    extensions of a service.
    """
    # The parser keeps the exceptions that it met, and these the frames of all that called it, with
    # results that may not be dropped in another thread. A thread of its own has no callers.
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(_reach_of, sparql).result()


def _reach_of(sparql: str) -> Reach:
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        algebra = translateQuery(parseQuery(sparql)).algebra
    except Exception as error:  # a parser made of many, each with its own way to fail
        raise UnknownReachError(str(error)) from None
    if algebra.name == "DescribeQuery":
        return Reach(None, is_simple=False)
    named = frozenset(name for verb in _verbs(algebra) for name in _named_by(verb))
    properties = frozenset(name for name in named if name is not None)
    return Reach(None if None in named else properties, _is_simple(algebra))


def _is_simple(part: Any) -> bool:  # noqa: ANN401 - rdflib's parse tree
    from rdflib import URIRef, Variable
    from rdflib.plugins.sparql.parserutils import CompValue

    if isinstance(part, CompValue):
        if part.name == "values":
            return all("UNDEF" not in row.values() for row in part.res)
        if part.name not in _SIMPLE:
            return False
        return all(_is_simple(value) for name, value in part.items() if name in _PARTS) and all(
            isinstance(verb, URIRef | Variable) for verb in _own_verbs(part)
        )
    return not isinstance(part, list) or all(_is_simple(inner) for inner in part)


def _named_by(verb: object) -> Iterator[str | None]:
    """Yield the properties of a predicate or path; None for one that may be any."""
    from rdflib import URIRef
    from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath

    if isinstance(verb, URIRef):
        yield str(verb)
    elif isinstance(verb, MulPath):
        yield from _named_by(verb.path)
    elif isinstance(verb, InvPath):
        yield from _named_by(verb.arg)
    elif isinstance(verb, SequencePath | AlternativePath):
        for arg in verb.args:
            yield from _named_by(arg)
    else:
        yield None


def _verbs(part: Any) -> Iterator[object]:  # noqa: ANN401 - rdflib's parse tree
    """Yield the predicate of every triple pattern, of those inside of expressions too."""
    from rdflib.plugins.sparql.parserutils import CompValue

    if isinstance(part, CompValue):
        yield from _own_verbs(part)
        for name, value in part.items():
            if name != "triples":
                yield from _verbs(value)
    elif isinstance(part, list | tuple | set | frozenset):
        for inner in part:
            yield from _verbs(inner)


def _own_verbs(part: Any) -> Iterator[object]:  # noqa: ANN401 - rdflib's parse tree
    if part.name in ("BGP", "TriplesBlock"):
        for triples in part.triples:  # inside of an expression several stand in one list
            yield from triples[1::3]
