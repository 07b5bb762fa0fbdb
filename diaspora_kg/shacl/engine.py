"""The one way in which queries run here: rows out of a store, with functions in Python."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, cast

import pyoxigraph

from diaspora_kg.terms import Term, iri_of, literal_parts

Node = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal
PythonFunction = Callable[..., Node | None]


def rows(
    store: pyoxigraph.Store,
    query: str,
    functions: Mapping[pyoxigraph.NamedNode, PythonFunction] | None = None,
) -> pyoxigraph.QuerySolutions:
    """Return the solutions of a SELECT query. Raises ``SyntaxError`` when it is none."""
    calls = cast("Any", dict(functions or {}))
    found = store.query(query, custom_functions=calls)
    return cast(pyoxigraph.QuerySolutions, found)


def evaluate(expression: str) -> Term | None:
    """Return the value of an expression without variables, or None where it is an error."""
    (solution,) = rows(_empty(), f"SELECT ({expression} AS ?value) WHERE {{}}")
    value = solution["value"]
    return None if value is None else str(value)


def as_object(term: Term) -> pyoxigraph.NamedNode | pyoxigraph.Literal:
    """Return an IRI or a literal as an object of the engine."""
    if term.startswith("<"):
        return pyoxigraph.NamedNode(iri_of(term))
    text, language, datatype = literal_parts(term)
    if language:
        return pyoxigraph.Literal(text, language=language.lower())
    return pyoxigraph.Literal(text, datatype=pyoxigraph.NamedNode(datatype))


@cache
def _empty() -> pyoxigraph.Store:
    return pyoxigraph.Store()
