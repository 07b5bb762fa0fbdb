"""Workbooks (.xlsx) to the rows that any other table has: one sheet a part, one row a claim.

A workbook is one case. Its sheets are named as the files of a case in CSV are: ``claims``,
``case``, ``sources``, ``entities``, ``passages``. Hidden sheets, and those whose name begins with
``_``, belong to the scholar.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from warnings import catch_warnings, simplefilter
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from diaspora_kg.errors import DiasporaKGError, Finding, Location, MissingPartError, Severity
from diaspora_kg.model import Written
from diaspora_kg.naming import slug
from diaspora_kg.reading.records import Record, Records, cell, checked
from diaspora_kg.reading.table_groups import PARTS
from diaspora_kg.reading.tables import CaseTables, read_tables
from diaspora_kg.reading.tree import Node
from diaspora_kg.suggestions import did_you_mean

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

SUFFIXES = (".xlsx", ".xlsm")
_MAIN = ("claims", "case")
_SHEET = re.compile(r'<(?:\w+:)?sheet\b[^>]*?\bname="([^"]*)"')
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


def is_workbook(path: Path) -> bool:
    """Tell whether a file is a workbook by its name; locks of an open one are none."""
    return path.suffix.lower() in SUFFIXES and not path.name.startswith("~$")


def holds_case(path: Path) -> bool:
    """Tell whether a workbook has a sheet for claims or for a case; a damaged one may.

    This needs no library: most workbooks in a folder are something else.
    """
    try:
        with ZipFile(path) as archive:
            text = archive.read("xl/workbook.xml").decode("utf-8", "replace")
    except (OSError, BadZipFile, KeyError):
        return True  # whoever reads it says what is wrong
    return any(_part_of(name) in _MAIN for name in _SHEET.findall(text))


def read_workbook(path: Path) -> tuple[Node, tuple[Finding, ...]]:
    """Return the tree of the case of a workbook, and what is wrong with its form.

    Raises ``MissingPartError`` (DKG702) without openpyxl, and ``DiasporaKGError`` (DKG100) when
    the file cannot be read or has no sheet for claims or for a case.
    """
    findings: list[Finding] = []
    parts: dict[str, tuple[Records, ...]] = {}
    for name, rows in _sheets(path, findings):
        part = _part_of(name)
        if part in parts:
            findings.append(_twice(path, name, parts[part][0].sheet))
        elif any(any(row.cells) for row in rows):
            parts[part] = (checked(path, rows, sheet=name),)
            findings.extend(parts[part][0].findings)
    if not parts:
        raise _no_sheets(path)
    first = next(iter(parts.values()))[0].sheet
    place = cell(str(path), 1, 0, first)
    tree, wrong = read_tables(CaseTables(Written(slug(path.stem), place), parts))
    return tree, (*findings, *wrong)


# --- Sheets -----------------------------------------------------------------------------


def _part_of(sheet: str) -> str:
    return sheet.strip().lower()


def _sheets(path: Path, findings: list[Finding]) -> Iterator[tuple[str, list[Record]]]:
    """Yield the sheets that are parts of a case with their rows, and note the others."""
    with opened_workbook(path) as book:
        shown = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
        wanted = [name for name in shown if _part_of(name) in PARTS]
        other = [name for name in shown if name not in wanted and not name.startswith("_")]
        findings.extend(_left_out(path, name) for name in other)
        raw = {name: list(_cells(book, name)) for name in wanted}
    if any(kind == "f" for rows in raw.values() for row in rows for _, kind, _ in row):
        with opened_workbook(path, values=True) as book:
            values = {name: list(_cells(book, name)) for name in wanted}
    else:
        values = raw
    for name in wanted:
        yield name, list(_records(path, name, raw[name], values[name], findings))


_Cell = tuple[object, str, str]
"""Value, kind (``f`` for a formula, ``e`` for an error) and number format of a cell."""


def _cells(book: "Workbook", name: str) -> Iterator[list[_Cell]]:
    sheet: Any = book[name]  # the sheet of a book that is only read
    sheet.reset_dimensions()  # what programs write of the size of a sheet is often wrong
    for row in sheet.iter_rows():
        yield [(c.value, c.data_type, getattr(c, "number_format", "")) for c in row]


def _records(
    path: Path,
    sheet: str,
    raw: list[list[_Cell]],
    values: list[list[_Cell]],
    findings: list[Finding],
) -> Iterator[Record]:
    for number, (row, computed) in enumerate(zip(raw, values, strict=True), 1):
        texts = []
        for column, ((_, kind, _), (value, found, form)) in enumerate(
            zip(row, computed, strict=True)
        ):
            if found == "e" or (kind == "f" and value is None):
                findings.append(_no_value(value, cell(str(path), number, column, sheet)))
                value = None
            texts.append(_text(value, form))
        yield Record(number, tuple(texts))


# --- Cells ------------------------------------------------------------------------------


def _text(value: object, form: str) -> str:
    """Return a cell as the scholar wrote it, as far as the program that saved it kept that."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        case datetime() if value.time() != time(0):
            return value.isoformat()
        case datetime() | date():
            return _day(value, form)
    return str(value).strip()


def _day(value: date, form: str) -> str:
    """Return a date as exactly as its format shows it: who types ``2012-10`` means no day."""
    shown = _QUOTED.sub("", form).lower()
    if "d" in shown or shown.strip() in ("", "general", "@"):
        return value.strftime("%Y-%m-%d")
    return value.strftime("%Y-%m") if "m" in shown else value.strftime("%Y")


# --- The file ---------------------------------------------------------------------------


@contextmanager
def opened_workbook(path: Path, *, values: bool = False) -> Iterator["Workbook"]:
    """Open a workbook for reading, row by row; with ``values``, formulas give what they gave.

    Raises ``MissingPartError`` (DKG702) without openpyxl, ``DiasporaKGError`` (DKG100) when the
    file cannot be read.
    """
    try:
        import openpyxl
        from openpyxl.utils.exceptions import InvalidFileException
    except ImportError as error:
        raise MissingPartError(
            "DKG702",
            "workbooks are read with openpyxl, which is not installed",
            "pip install 'diaspora-kg[xlsx]', or save its sheets as 'CSV UTF-8'.",
        ) from error
    try:
        with path.open("rb") as stream, catch_warnings():
            simplefilter("ignore")  # of styles and lists that other programs write
            book = openpyxl.load_workbook(stream, read_only=True, data_only=values)
            try:
                yield book
            finally:
                book.close()
    except OSError as error:
        reason = error.strerror or "cannot be opened"
        raise _unreadable(path, f"the file cannot be read: {reason}") from error
    except (BadZipFile, InvalidFileException, ParseError, KeyError, ValueError) as error:
        raise _unreadable(path, "the file is no workbook that can be read") from error


def _unreadable(path: Path, what: str) -> DiasporaKGError:
    return DiasporaKGError(
        "DKG100",
        what,
        "Open it in its program and save it anew as .xlsx, or its sheets as 'CSV UTF-8'.",
        Location(str(path)),
    )


def _no_sheets(path: Path) -> DiasporaKGError:
    return DiasporaKGError(
        "DKG100",
        "the workbook has no sheet of a case with anything on it",
        f"Name its sheets {', '.join(PARTS)}; 'diaspora-kg new table NAME --format xlsx' writes "
        "one to start from.",
        Location(str(path)),
    )


def _left_out(path: Path, sheet: str) -> Finding:
    return Finding(
        "DKG137",
        f"the sheet '{sheet}' was left out: it is no part of a case",
        did_you_mean(_part_of(sheet), PARTS, f"A case has sheets named {', '.join(PARTS)}.")
        + " A sheet of your own is hidden, or its name begins with '_'.",
        Severity.WARNING,
        cell(str(path), 1, 0, sheet),
    )


def _twice(path: Path, sheet: str, first: str) -> Finding:
    return Finding(
        "DKG102",
        f"the sheets '{first}' and '{sheet}' bear the same name but for capitals",
        "Keep one of the two; the second has not been read.",
        Severity.VIOLATION,
        cell(str(path), 1, 0, sheet),
    )


def _no_value(value: object, at: Location) -> Finding:
    what = f"the cell shows the error {value}" if value else "the cell is a formula without a value"
    return Finding(
        "DKG136",
        what,
        "Write the value itself; or open the workbook in its program, which computes it, and save.",
        Severity.VIOLATION,
        at,
    )
