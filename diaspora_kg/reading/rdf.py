"""RDF files of any kind as triples, with every lexical form as it stands."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from diaspora_kg.errors import DiasporaKGError, Location
from diaspora_kg.reading.decoding import read_text
from diaspora_kg.reading.ontology import BlankNodes
from diaspora_kg.terms import Triple

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".shacl": ox.RdfFormat.TURTLE,
    ".turtle": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".n3": ox.RdfFormat.N3,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
    ".trig": ox.RdfFormat.TRIG,
    ".nq": ox.RdfFormat.N_QUADS,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".json": ox.RdfFormat.JSON_LD,
}
"""Ending of a file to what is in it; an .owl file may be Turtle as well."""


def read_triples(paths: Iterable[Path]) -> list[Triple]:
    """Return the triples of RDF files, whatever named graphs they stand in; none comes twice.

    Raises ``DiasporaKGError`` (DKG100) when a file cannot be read, is no RDF, or says nothing.
    """
    found: dict[Triple, None] = {}
    for number, path in enumerate(paths):
        found.update(dict.fromkeys(_triples_of(path, number)))
    return list(found)


def _triples_of(path: Path, number: int) -> list[Triple]:
    if path.is_dir():
        raise _unreadable(path, "this is a folder, not a file", "Name the RDF files in it.")
    if not path.exists():
        raise _unreadable(path, f"there is no file '{path}'", "Check the name.")
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        raise _unreadable(
            path,
            f"'{path.name}' is no kind of RDF file",
            f"Known are files with the endings {', '.join(FORMATS)}.",
        )
    text = read_text(path, fallback="windows-1252").text
    if form == ox.RdfFormat.JSON_LD:
        _refuse_remote_contexts(text, path)
    if form == ox.RdfFormat.RDF_XML and not text.lstrip().startswith("<"):
        form = ox.RdfFormat.TURTLE  # Protégé saves Turtle under .owl
    own = BlankNodes(f"r{number}n")
    try:
        triples = [
            (own.named(str(quad.subject)), str(quad.predicate), own.named(str(quad.object)))
            for quad in ox.parse(
                _bytes(text, form), form, base_iri=path.absolute().as_uri(), lenient=False
            )
        ]
    except (SyntaxError, ValueError, OSError) as error:
        said = str(error).splitlines()[0][:160]
        line = getattr(error, "lineno", None) or 0
        column = getattr(error, "offset", None) or 1
        raise _unreadable(
            path, f"the file is not well-formed RDF: {said}", "Mend it at this place.", line, column
        ) from error
    if not triples:
        raise _unreadable(path, "there is no statement in the file", "Check the name.")
    return triples


def _bytes(text: str, form: ox.RdfFormat) -> bytes:
    if form == ox.RdfFormat.RDF_XML and text.lstrip().startswith("<?xml"):
        # it is UTF-8 by now, whatever the file says of itself
        return text.lstrip().partition("?>")[2].encode("utf-8")
    return text.encode("utf-8")


def _refuse_remote_contexts(text: str, path: Path) -> None:
    try:
        tree = json.loads(text)
    except ValueError:
        return  # the parser says what is wrong
    for context in _contexts(tree):
        if isinstance(context, str):
            raise _unreadable(
                path,
                f"the file takes its context from '{context}'",
                "Write the context into the file itself; reading uses no network.",
            )


def _contexts(tree: Any) -> Iterator[Any]:  # noqa: ANN401 - JSON of any kind
    if isinstance(tree, list):
        for item in tree:
            yield from _contexts(item)
    elif isinstance(tree, dict):
        own = tree.get("@context", [])
        for context in own if isinstance(own, list) else [own]:
            yield context
            yield from (
                [context["@import"]] if isinstance(context, dict) and "@import" in context else []
            )
        for item in tree.values():
            yield from _contexts(item)


def _unreadable(
    path: Path, message: str, hint: str, line: int = 0, column: int = 1
) -> DiasporaKGError:
    at = Location(str(path), line, column) if line else Location(str(path))
    return DiasporaKGError("DKG100", message, hint, at)
