"""What a snapshot says of single records, those included that are no target any more."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.linking.entries import Entry
from diaspora_kg.linking.registries import Registry
from diaspora_kg.linking.ror import is_ror
from diaspora_kg.namespaces import DCTERMS, OWL
from diaspora_kg.reading.rdf import FORMATS, read_triples
from diaspora_kg.terms import iri_of, is_iri

_MOVED = (f"<{OWL}sameAs>", f"<{DCTERMS}isReplacedBy>")
_DEPRECATED = f"<{OWL}deprecated>"


@dataclass(frozen=True)
class Record:
    """A record that a link leads to."""

    iri: str
    entry: Entry | None = None
    """What it says; None where it is withdrawn and nothing more is kept of it."""
    is_withdrawn: bool = False
    moved_to: str = ""
    """The IRI of the record that took its place."""


def records_of(registry: Registry, wanted: Collection[str]) -> dict[str, Record]:
    """Return those records of a snapshot that are wanted and are there, withdrawn ones too.

    In ROR a record says its status and its successor; in RDF ``owl:deprecated``,
    ``dcterms:isReplacedBy`` and, as Wikidata writes redirects, ``owl:sameAs`` tell it.

    Raises ``DiasporaKGError`` (DKG502, DKG100) when the file is no registry.
    """
    asked = frozenset(wanted)
    found: dict[str, Record] = {}
    try:
        for entry in registry.entries():
            if entry.iri in asked:
                found[entry.iri] = Record(entry.iri, entry)
    except DiasporaKGError:
        if not found and registry.path.suffix.lower() not in (".json", *FORMATS):
            raise
    for record in _withdrawn(registry.path, asked):
        known = found.get(record.iri)
        found[record.iri] = Record(
            record.iri, known.entry if known else None, record.is_withdrawn, record.moved_to
        )
    return found


def _withdrawn(path: Path, wanted: frozenset[str]) -> Iterator[Record]:
    suffix = path.suffix.lower()
    if suffix == ".json":
        records = json.loads(path.read_bytes())
        if is_ror(records):
            yield from _of_ror(records, wanted)
    elif suffix in FORMATS:
        for subject, predicate, value in read_triples([path]):
            if is_iri(subject) and iri_of(subject) in wanted:
                if predicate in _MOVED and is_iri(value):
                    yield Record(iri_of(subject), None, False, iri_of(value))
                elif predicate == _DEPRECATED and value.startswith('"true"'):
                    yield Record(iri_of(subject), None, True)


def _of_ror(records: list[dict[str, Any]], wanted: frozenset[str]) -> Iterator[Record]:
    for record in records:
        if record.get("id") in wanted and record.get("status", "active") != "active":
            after = [r for r in record.get("relationships", ()) if _is_successor(r)]
            yield Record(record["id"], None, True, after[0]["id"] if after else "")


def _is_successor(relationship: dict[str, Any]) -> bool:
    return str(relationship.get("type", "")).lower() == "successor"
