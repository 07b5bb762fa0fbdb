"""Registries as files: what kind a file is of, and what it holds."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from diaspora_kg.errors import DiasporaKGError, Location
from diaspora_kg.linking.entries import Entry
from diaspora_kg.linking.geonames import (
    country_entries,
    is_country_table,
    is_place_table,
    place_entries,
)
from diaspora_kg.linking.labelled import labelled_entries
from diaspora_kg.linking.ror import is_ror, ror_entries
from diaspora_kg.reading.rdf import FORMATS, read_triples

_TABLES = (".txt", ".tsv")
_HINT = (
    "Give a dump of ROR (.json), a GeoNames table (allCountries.txt, cities15000.txt, "
    "countryInfo.txt), or an RDF file whose things have labels (.ttl, .nt, .rdf …)."
)
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Registry:
    """A snapshot of a registry."""

    path: Path
    digest: str
    """The SHA-256 of the file, which names the snapshot."""

    def entries(self) -> Iterator[Entry]:
        """Read what the registry holds.

        Raises ``DiasporaKGError``: DKG502 when the file is no registry that is known, DKG100 when
        it is not well-formed.
        """
        found = 0
        for entry in _reader(self.path)(self.path):
            found += 1
            yield entry
        if not found:
            raise _no_registry(self.path, "holds nothing that has a name")


def open_registry(path: Path) -> Registry:
    """Return a snapshot of a registry without reading more of it than its digest needs.

    Raises ``DiasporaKGError`` (DKG502) when there is no such file, or it is empty.
    """
    if not path.is_file():
        what = "is a folder" if path.is_dir() else "does not exist"
        raise _no_registry(path, what)
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
    except OSError as error:
        raise _no_registry(path, f"cannot be read: {error.strerror}") from error
    if path.stat().st_size == 0:
        raise _no_registry(path, "is empty")
    return Registry(path, digest.hexdigest())


def _reader(path: Path) -> Callable[[Path], Iterator[Entry]]:
    suffix = path.suffix.lower()
    if suffix == ".json":
        return _json
    if suffix in _TABLES:
        return _table
    if suffix in FORMATS:
        return _rdf
    raise _no_registry(path, "is of no kind that is known")


def _json(path: Path) -> Iterator[Entry]:
    try:
        records = json.loads(path.read_bytes())
    except (ValueError, OSError) as error:
        raise _no_registry(path, "is not well-formed JSON") from error
    if isinstance(records, dict) and "@context" in records:
        return _rdf(path)
    if not is_ror(records):
        raise _no_registry(path, "is JSON, but holds no records of ROR")
    return ror_entries(records)


def _table(path: Path) -> Iterator[Entry]:
    with path.open(encoding="utf-8", errors="replace") as file:
        lines = iter(file)
        first = next((line for line in lines if line.strip() and line[0] != "#"), "")
        if is_place_table(first):
            read = place_entries
        elif is_country_table(first):
            read = country_entries
        else:
            raise _no_registry(path, "is no table of GeoNames")
        yield from read([first])
        yield from read(lines)


def _rdf(path: Path) -> Iterator[Entry]:
    return labelled_entries(read_triples([path]))


def _no_registry(path: Path, what: str) -> DiasporaKGError:
    return DiasporaKGError("DKG502", f"'{path.name or path}' {what}", _HINT, Location(str(path)))
