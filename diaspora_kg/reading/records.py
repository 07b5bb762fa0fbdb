"""The rows of a table as it was saved: by which program, in which letters, with which separator."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from diaspora_kg.errors import DiasporaKGError, Finding, Location, MissingPartError, Severity
from diaspora_kg.reading import parquet
from diaspora_kg.reading.decoding import decode, read_text
from diaspora_kg.reading.directions import turned_text

SUFFIXES = (".csv", ".tsv", parquet.SUFFIX)
TURKISH = "windows-1254"
_HEAD = 1 << 16
"""Bytes in which the header of a table is looked for; even, for letters of two bytes."""

_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n")
_LINE, _QUOTED = re.compile(r"[^\r\n]+"), re.compile(r'"[^"]*"')
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


@dataclass(frozen=True)
class Record:
    """One row: its number as a spreadsheet shows it, and its cells without space around them."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Records:
    """The rows of one file that hold anything, and what its reader should know."""

    file: str
    rows: tuple[Record, ...]
    findings: tuple[Finding, ...] = ()
    sheet: str = ""
    """The sheet of a workbook on which they stand."""

    def cell(self, row: int, column: int) -> Location:
        """Return the place of a cell; the column is counted from 0."""
        return cell(self.file, row, column, self.sheet)

    def column(self, column: int) -> str:
        """Return what the name of a cell of a column begins with; its number of the row follows."""
        return f"{self.sheet}!{letters(column)}" if self.sheet else letters(column)


def cell(file: str, row: int, column: int, sheet: str = "") -> Location:
    """Return the place of a cell of a file; the column is counted from 0."""
    place = f"{letters(column)}{row}"
    return Location(file, row, 0, f"{sheet}!{place}" if sheet else place)


@lru_cache(maxsize=1024)
def letters(column: int) -> str:
    """Return the name that a spreadsheet gives to a column: A, B … Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def read_records(path: Path, groups: range | None = None) -> Records:
    """Return the rows of a table, whatever spreadsheet program saved it.

    Read are UTF-8 and UTF-16, else Windows' Turkish letters (with a warning); commas, semicolons
    and tabs; any line ends; and Parquet, whose rows are counted as if its header were row 1. Of
    Parquet, ``groups`` are the row groups to read, all by default.

    Raises ``DiasporaKGError``: DKG100 when the file cannot be read or holds no row, DKG128 when
    it cannot be taken apart, DKG640 when it is no Parquet that can be read as a table; and
    ``MissingPartError`` (DKG702) for Parquet without pyarrow.
    """
    if path.suffix.lower() == parquet.SUFFIX:
        return checked(path, _of_parquet(path, groups))
    decoded = read_text(path, fallback=TURKISH)
    return checked(path, _rows(decoded.text, str(path)), decoded.guessed)


def _of_parquet(path: Path, groups: range | None) -> Iterator[Record]:
    """Yield the rows of a Parquet file, or the header and the rows of some of its row groups."""
    yield Record(1, parquet.header(path))
    before = 0 if groups is None else sum(parquet.row_groups(path)[: groups.start])
    for number, cells in enumerate(parquet.rows(path, groups), before + 2):
        yield Record(number, cells)


def header(path: Path) -> tuple[str, ...]:
    """Return the names of a table's columns without reading its rows; nothing if it has none.

    What is wrong with the file is said when it is read. Raises ``MissingPartError`` (DKG702) for
    Parquet without pyarrow.
    """
    try:
        if path.suffix.lower() == parquet.SUFFIX:
            return parquet.header(path)
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
        text = decode(head, str(path), TURKISH).text
        return next((row.cells for row in _rows(text, str(path)) if any(row.cells)), ())
    except MissingPartError:
        raise
    except (DiasporaKGError, OSError):
        return ()


def checked(
    path: Path, rows: Iterable[Record], guessed: str | None = None, sheet: str = ""
) -> Records:
    """Return those of some rows that hold anything, with what is wrong with their letters.

    ``guessed`` is the encoding that had to be guessed. Raises ``DiasporaKGError`` (DKG100) when
    no row holds anything.
    """
    name = str(path)
    found = tuple(record for record in rows if any(record.cells))
    if not found:
        raise DiasporaKGError(
            "DKG100",
            f"the {'sheet' if sheet else 'table'} holds no row",
            "'diaspora-kg new table NAME' writes one to start from.",
            cell(name, 1, 0, sheet) if sheet else Location(name),
        )
    records = Records(name, found, sheet=sheet)
    findings = list(_invisible_characters(records))
    if guessed:
        findings.append(_guessed(guessed, name))
    return replace(records, findings=tuple(findings))


def _rows(text: str, name: str) -> Iterator[Record]:
    start = _SEPARATOR_LINE.match(text)  # Excel's own line; it counts as no row
    delimiter = start.group(1) if start else _delimiter(text)
    body = io.StringIO(text[start.end() :] if start else text, newline="")
    number = 0
    try:
        for number, cells in enumerate(csv.reader(body, delimiter=delimiter, strict=True), 1):
            yield Record(number, tuple(map(str.strip, cells)))
    except csv.Error as error:
        raise DiasporaKGError(
            "DKG128",
            f"the table cannot be taken apart from this row on: {error}",
            "Look for a quotation mark that is never closed, or that should stand twice.",
            cell(name, number + 1, 0),
        ) from error


def _delimiter(text: str) -> str:
    lines = (found.group() for found in _LINE.finditer(text))
    header = next((line for line in lines if line.strip()), "")
    outside = _QUOTED.sub("", header)
    return max((",", ";", "\t"), key=outside.count)


def _invisible_characters(records: Records) -> Iterator[Finding]:
    for row in records.rows:
        together = " ".join(row.cells)
        if together.isascii() and not _CONTROL.search(together):
            continue  # most rows are of this kind, and one look is enough for them
        for column, text in enumerate(row.cells):
            found = _CONTROL.search(text)
            if found:
                yield Finding(
                    "DKG128",
                    f"an invisible control character (U+{ord(found.group()):04X}) stands here",
                    "Remove it; it often comes from copying out of a PDF.",
                    location=records.cell(row.number, column),
                )
            if not text.isascii():
                yield from turned_text(text, records.cell(row.number, column))


def _guessed(encoding: str, name: str) -> Finding:
    return Finding(
        "DKG126",
        f"the table is not in UTF-8; it was read as {encoding} (Turkish)",
        "Look at the letters in the answers; saving it as 'CSV UTF-8' removes all doubt.",
        Severity.WARNING,
        cell(name, 1, 0),
    )
