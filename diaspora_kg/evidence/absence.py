"""What a part of a query looks for, in a word, for when it is not there."""

from collections.abc import Iterator
from typing import Any

from rdflib import RDF, URIRef, Variable
from rdflib.plugins.sparql.parserutils import CompValue

from diaspora_kg.namespaces import compact


def sought(part: Any) -> frozenset[str]:  # noqa: ANN401 - rdflib's algebra
    """Return the properties and classes that a part of a query looks for, as short names."""
    return frozenset(_sought(part))


def _sought(part: Any) -> Iterator[str]:  # noqa: ANN401 - rdflib's algebra
    if not isinstance(part, CompValue):
        return
    if part.name == "BGP":
        for _, predicate, obj in part.triples:
            is_type = predicate == RDF.type and isinstance(obj, URIRef)
            yield f"a {compact(str(obj))}" if is_type else _in_words(predicate)
        return
    for key in ("p", "p1", "p2"):
        yield from _sought(part.get(key))


def _in_words(predicate: Any) -> str:  # noqa: ANN401 - rdflib's path, variable or address
    if isinstance(predicate, URIRef):
        return compact(str(predicate))
    return predicate.n3() if isinstance(predicate, Variable) else "a property path"
