"""Flat tables for R, Stata and spreadsheets: claims, evidence, sources, entities, conflicts, facts.

Names of columns are short and plain, as Stata wants them. Several values of one cell are separated
by ``|``. A cell of text that a spreadsheet would run as a formula is guarded by an apostrophe.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.exporting.claim_tables import CLAIMS, EVIDENCE, claim_rows, evidence_rows
from diaspora_kg.exporting.index import Index, Row
from diaspora_kg.exporting.other_tables import (
    CONFLICTS,
    ENTITIES,
    FACTS,
    SOURCES,
    conflict_rows,
    entity_rows,
    fact_rows,
    source_rows,
)
from diaspora_kg.suggestions import did_you_mean
from diaspora_kg.terms import Quad

_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?\Z")


@dataclass(frozen=True)
class FlatTable:
    """A table of texts, with what each column means."""

    name: str
    columns: dict[str, str]
    """Column to what it holds."""
    rows: tuple[Row, ...]


_MAKERS: dict[str, tuple[dict[str, str], Callable[[Index], Iterable[Row]]]] = {
    "claims": (CLAIMS, claim_rows),
    "evidence": (EVIDENCE, evidence_rows),
    "sources": (SOURCES, source_rows),
    "entities": (ENTITIES, entity_rows),
    "conflicts": (CONFLICTS, conflict_rows),
    "facts": (FACTS, fact_rows),
}
TABLES = tuple(_MAKERS)


def flat_tables(quads: Iterable[Quad], names: Iterable[str] = TABLES) -> list[FlatTable]:
    """Return flat tables of a graph; see ``TABLES`` for their names.

    Raises ``DiasporaKGError`` (DKG606) when there is no table of a name.
    """
    index = Index(quads)
    found = []
    for name in names:
        if name not in _MAKERS:
            hint = did_you_mean(name, TABLES)
            raise DiasporaKGError("DKG606", f"there is no table '{name}'", hint)
        columns, make = _MAKERS[name]
        found.append(FlatTable(name, columns, tuple(make(index))))
    return found


def table_of_columns(tables: Iterable[FlatTable]) -> FlatTable:
    """Return what every column of some tables means, as a table."""
    rows = tuple(
        {"table": table.name, "column": column, "meaning": meaning}
        for table in tables
        for column, meaning in table.columns.items()
    )
    columns = {"table": "name of the table", "column": "name of the column", "meaning": "what"}
    return FlatTable("columns", columns, rows)


def as_csv(table: FlatTable, *, mark: bool = False) -> bytes:
    """Return a table as CSV in UTF-8, with the mark by which Excel knows UTF-8 if wanted."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(table.columns)
    for row in table.rows:
        writer.writerow([guarded(row.get(column, "")) for column in table.columns])
    return text.getvalue().encode("utf-8-sig" if mark else "utf-8")


def guarded(text: str) -> str:
    """Return a text so that no spreadsheet runs it as a formula; numbers stay as they are."""
    if text[:1] in ("=", "+", "-", "@", "\t", "\r") and not _NUMBER.match(text):
        return "'" + text
    return text
