"""Tables of any layout as rows of text: CSV, TSV, JSON lists of records, and Excel workbooks."""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from diaspora_kg.errors import DiasporaKGError, Location
from diaspora_kg.reading.decoding import read_text
from diaspora_kg.reading.workbooks import SUFFIXES, opened_workbook

_MODULE = re.compile(r"\A\s*(?:module\.exports|export default|var \w+)\s*=?\s*")


@dataclass(frozen=True)
class Grid:
    """The cells of one sheet, as the file has them; numbers in the shortest form that is exact."""

    name: str
    rows: tuple[tuple[str, ...], ...]


def read_grids(path: Path, delimiter: str | None = None) -> tuple[Grid, ...]:
    """Return the sheets of a file; a text file is one sheet.

    Raises ``DiasporaKGError`` (DKG100) when it cannot be read, and ``MissingPartError`` (DKG702)
    when it is a workbook and openpyxl is not installed.
    """
    suffix = path.suffix.lower()
    if suffix in SUFFIXES:
        return tuple(_workbook(path))
    text = read_text(path, fallback="windows-1252").text
    if suffix in (".json", ".js"):
        return (Grid(path.stem, tuple(_records(text, path))),)
    sign = delimiter or _delimiter(text, suffix)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    try:
        return (Grid(path.stem, tuple(tuple(cell.strip() for cell in row) for row in rows)),)
    except csv.Error as error:
        raise _unreadable(path, f"this is no table: {error}") from error


def _delimiter(text: str, suffix: str) -> str:
    """Return the sign between cells that the first lines agree on; a comma if none does."""
    if suffix in (".tsv", ".tab"):
        return "\t"
    lines = [line for line in text.splitlines()[:20] if line.strip()]
    counts = {sign: [line.count(sign) for line in lines] for sign in ",;\t|"}
    return max(counts, key=lambda sign: (sum(n > 0 for n in counts[sign]), sum(counts[sign])))


def _records(text: str, path: Path) -> Iterator[tuple[str, ...]]:
    """Yield a list of objects as rows under a head of their keys."""
    try:
        tree = json.loads(_MODULE.sub("", text).rstrip().rstrip(";"))
    except ValueError as error:
        raise _unreadable(path, f"this is no JSON: {error}") from error
    if not isinstance(tree, list) or not all(isinstance(each, dict) for each in tree):
        raise _unreadable(path, "the file is no list of records")
    keys = list(dict.fromkeys(key for record in tree for key in record))
    yield tuple(keys)
    for record in tree:
        yield tuple(_cell(record.get(key)) for key in keys)


def _workbook(path: Path) -> Iterator[Grid]:
    with opened_workbook(path, values=True) as book:
        for sheet in book.worksheets:
            rows = (
                tuple(_cell(value) for value in row) for row in sheet.iter_rows(values_only=True)
            )
            yield Grid(sheet.title, tuple(rows))


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value).strip()


def _unreadable(path: Path, what: str) -> DiasporaKGError:
    return DiasporaKGError(
        "DKG100", what, "Name the file as its publisher made it.", Location(str(path))
    )
