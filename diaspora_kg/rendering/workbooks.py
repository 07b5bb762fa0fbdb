"""Tables as workbooks (.xlsx): answers, and a case to be filled in with lists to choose from."""

import io
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from diaspora_kg.errors import MissingPartError
from diaspora_kg.table import Cell, Table, is_number, text_of_cell, value_of_cell

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

Rows = Sequence[Sequence[str]]

_LISTS = "_lists"
_LONGEST = 32_767
"""Characters that a cell of a workbook can hold."""
_CUT = " […]"
_EXACT = 10**15
"""Whole numbers from here on lose digits in a spreadsheet."""
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WIDE, _USUAL = 60, 22
_LONG = ("quote", "translation", "value", "memo", "title", "definition", "description")
_ROOM = 1_000
"""Rows below the head in which lists are offered."""
_EPOCH = datetime(2000, 1, 1)


def answer_workbook(table: Table) -> bytes:
    """Return a table as a workbook of one sheet: numbers as numbers, things by short names.

    A text longer than a cell can hold is cut and ends with ``[…]``. Raises ``MissingPartError``
    (DKG702) without openpyxl.
    """
    book = _new_book()
    sheet = book.create_sheet("answer")
    _head(sheet, table.columns)
    for number, row in enumerate(table.rows, 2):
        for column, cell in enumerate(row, 1):
            _put(sheet, number, column, _value(cell))
    _widths(sheet, table.columns)
    return _saved(book)


def case_workbook(sheets: Mapping[str, Rows], choices: Mapping[str, Sequence[str]]) -> bytes:
    """Return a workbook with some sheets of text, and lists to choose from.

    ``choices`` are the words that may stand in a column, by sheet and head: ``claims.property``.
    On the sheet ``case``, whose first column holds keys, they are those of a row. Another word
    may be written all the same, after a question. Raises ``MissingPartError`` (DKG702) without
    openpyxl.
    """
    book = _new_book()
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        _head(sheet, rows[0])
        for number, row in enumerate(rows[1:], 2):
            for column, text in enumerate(row, 1):
                _put(sheet, number, column, text)
        _widths(sheet, rows[0], keep_text=True)
    _offer(book, sheets, choices)
    return _saved(book)


# --- Lists to choose from ---------------------------------------------------------------


def _offer(book: "Workbook", sheets: Mapping[str, Rows], choices: Mapping[str, Any]) -> None:
    from openpyxl.utils import get_column_letter

    lists = book.create_sheet(_LISTS)
    lists.sheet_state = "hidden"
    for column, (key, words) in enumerate(choices.items(), 1):
        for number, word in enumerate((key, *words), 1):
            _put(lists, number, column, word)
        letter = get_column_letter(column)
        source = f"'{_LISTS}'!${letter}$2:${letter}${len(words) + 1}"
        name, _, head = key.partition(".")
        places = _places(name, head, sheets[name])
        if places:
            book[name].add_data_validation(_validation(source, head, places))


def _places(name: str, head: str, rows: Rows) -> str:
    """Return the cells in which a list is offered, empty when the sheet has no such head."""
    from openpyxl.utils import get_column_letter

    if name == "case":
        return " ".join(f"B{number}" for number, row in enumerate(rows, 1) if row[0] == head)
    if head not in rows[0]:
        return ""
    letter = get_column_letter(list(rows[0]).index(head) + 1)
    return f"{letter}2:{letter}{_ROOM}"


def _validation(source: str, head: str, places: str) -> Any:  # noqa: ANN401 - of openpyxl
    from openpyxl.worksheet.datavalidation import DataValidation

    found = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=True)
    found.errorStyle = "warning"  # a full address may stand there too
    found.errorTitle = head
    found.error = "This word is not in the list. 'diaspora-kg validate' says whether it is known."
    found.sqref = places
    return found


# --- Sheets and cells -------------------------------------------------------------------


def _new_book() -> "Workbook":
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise MissingPartError(
            "DKG702",
            "workbooks are written with openpyxl, which is not installed",
            "pip install 'diaspora-kg[xlsx]', or write CSV.",
        ) from error
    book = Workbook()
    book.properties.creator = "diaspora-kg"
    book.properties.created = book.properties.modified = _EPOCH
    del book["Sheet"]
    return book


def _head(sheet: "Worksheet", names: Iterable[str]) -> None:
    from openpyxl.styles import Font

    for column, name in enumerate(names, 1):
        _put(sheet, 1, column, name)
        sheet.cell(1, column).font = Font(bold=True)
    sheet.freeze_panes = "A2"


def _widths(sheet: "Worksheet", names: Iterable[str], *, keep_text: bool = False) -> None:
    """Set the widths of columns; with ``keep_text``, a spreadsheet makes no dates of them."""
    from openpyxl.utils import get_column_letter

    for column, name in enumerate(names, 1):
        dimension = sheet.column_dimensions[get_column_letter(column)]
        dimension.width = _WIDE if name.partition(".")[0] in _LONG else _USUAL
        if keep_text:
            dimension.number_format = "@"


def _put(sheet: "Worksheet", row: int, column: int, value: str | float | bool) -> None:
    if value == "":
        return
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        text = _ILLEGAL.sub("\ufffd", value)
        if len(text) > _LONGEST:
            text = text[: _LONGEST - len(_CUT)] + _CUT
        cell.value = text
        cell.data_type = "s"  # text that begins with '=' is no formula
        cell.number_format = "@"
    else:
        cell.value = value


def _value(cell: Cell) -> str | float | bool:
    """Return a cell as a number or truth value where a spreadsheet keeps it exactly."""
    value = value_of_cell(cell)
    if isinstance(value, bool):
        return value
    if is_number(cell) and isinstance(value, int | float):
        fits = abs(value) < _EXACT if isinstance(value, int) else math.isfinite(value)
        return value if fits else text_of_cell(cell)
    return text_of_cell(cell)


def _saved(book: "Workbook") -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
