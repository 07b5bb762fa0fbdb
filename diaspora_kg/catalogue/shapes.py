"""Codes of the packaged shapes, explained from the shapes themselves and their examples."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from diaspora_kg.namespaces import DKGSH, RDFS, SH
from diaspora_kg.reading.ontology import parse_turtle
from diaspora_kg.resources import files_below, folder
from diaspora_kg.terms import Term, iri, iri_of, is_iri, literal_parts

_CODE = re.compile(r"#(DKG\d{3})>\Z")
_SEE_ALSO = iri(RDFS + "seeAlso")
_NODE = re.compile(r"^ex:(valid|invalid)-", re.MULTILINE)


@dataclass(frozen=True)
class ShapeEntry:
    """A shape that has a code."""

    code: str
    name: str
    """Such as ``Evidence-locator``."""
    title: str
    description: str
    message: str
    severity: str
    """``error``, ``warning`` or ``info``."""
    valid: tuple[str, ...]
    """Nodes, as Turtle, that conform."""
    invalid: tuple[str, ...]


@lru_cache(maxsize=1)
def shape_entries() -> Mapping[str, tuple[ShapeEntry, ...]]:
    """Return the packaged shapes by their code."""
    found: dict[str, list[ShapeEntry]] = defaultdict(list)
    for file in files_below(folder("shapes"), ".ttl"):
        if "examples" in str(file):
            continue
        described: dict[Term, dict[Term, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for subject, predicate, value in parse_turtle(file.read_bytes()):
            described[subject][predicate].append(value)
        for shape in sorted(described):
            for link in described[shape].get(_SEE_ALSO, []):
                code = _CODE.search(link)
                if code and is_iri(shape):
                    found[code.group(1)].append(_entry(code.group(1), shape, described[shape]))
    return {code: tuple(found[code]) for code in sorted(found)}


def _entry(code: str, shape: Term, said: Mapping[Term, list[Term]]) -> ShapeEntry:
    name = iri_of(shape).removeprefix(DKGSH)
    severity = "".join(said.get(iri(SH + "severity"), [])).rpartition("#")[2].rstrip(">")
    valid, invalid = _examples(name)
    return ShapeEntry(
        code,
        name,
        _text(said, "name") or name,
        _text(said, "description"),
        _text(said, "message"),
        {"Warning": "warning", "Info": "info"}.get(severity, "error"),
        valid,
        invalid,
    )


def _text(said: Mapping[Term, list[Term]], name: str) -> str:
    by_language = {}
    for value in said.get(iri(SH + name), []):
        if value.startswith('"'):
            text, language, _ = literal_parts(value)
            by_language[language] = text
    return by_language.get("en") or next(iter(by_language.values()), "")


def _examples(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the valid and the invalid nodes of the examples of a shape, as they are written."""
    file = folder("shapes") / "examples" / f"{name}.ttl"
    if not file.is_file():
        return (), ()
    text = file.read_text("utf-8")
    starts = [match.start() for match in _NODE.finditer(text)]
    nodes = [
        text[start:end].rstrip() for start, end in zip(starts, [*starts[1:], None], strict=True)
    ]
    nodes = [node for node in nodes if node]
    valid = tuple(node for node in nodes if node.startswith("ex:valid-"))
    return valid, tuple(node for node in nodes if node.startswith("ex:invalid-"))
