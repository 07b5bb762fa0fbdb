"""What a part of a query looks for, in a word, for when it is not there."""

import re
from collections.abc import Iterator
from typing import Any

from rdflib import RDF, URIRef, Variable
from rdflib.plugins.sparql.parserutils import CompValue

from diaspora_kg.namespaces import compact

_ADDRESS = re.compile(r"<([^>]*)>")


def sought(part: Any) -> frozenset[str]:  # noqa: ANN401 - rdflib's algebra
    """Return the properties and classes that a part of a query looks for, as short names."""
    return frozenset(_sought(part))


def first_patterns(part: Any) -> CompValue | None:  # noqa: ANN401 - rdflib's algebra
    """Return the basic graph pattern that a part begins with, if it begins with one."""
    while isinstance(part, CompValue) and part.name != "BGP":
        if part.name in ("ToMultiSet", "Union"):
            return None
        part = part.p if part.p is not None else part.p1
    return part if isinstance(part, CompValue) else None


def in_words(predicate: Any, obj: Any = None) -> str:  # noqa: ANN401 - rdflib's terms
    """Return a property, a class or a path as short as it can be said."""
    if predicate == RDF.type and isinstance(obj, URIRef):
        return f"a {compact(str(obj))}"
    if isinstance(predicate, URIRef):
        return compact(str(predicate))
    if isinstance(predicate, Variable):
        return str(predicate.n3())
    try:
        return _ADDRESS.sub(lambda match: compact(match.group(1)), str(predicate.n3()))
    except TypeError:  # rdflib cannot write a negated path with an inverse part
        return "a property path"


def _sought(part: Any) -> Iterator[str]:  # noqa: ANN401 - rdflib's algebra
    if not isinstance(part, CompValue):
        return
    if part.name == "BGP":
        yield from (in_words(predicate, obj) for _, predicate, obj in part.triples)
        return
    for inner in (part.p, part.p1, part.p2):
        yield from _sought(inner)
