"""The answer to a query as table, CSV, TSV, JSON, XML and Markdown, with or without evidence.

JSON and XML are the results formats of SPARQL 1.1, exactly: terms as they are. What people read
(table, Markdown) calls things by their labels. CSV and TSV are for spreadsheets and statistics:
things by their short names, text that a spreadsheet would run as a formula behind an apostrophe.

A workbook holds what CSV holds, with numbers as numbers and no formulas.

Evidence stands under each row in a table and below the table in Markdown; in CSV, TSV and XML it
is four more columns; in JSON it is a member ``evidence`` beside ``results``, one entry a row.
"""

import csv
import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from diaspora_kg.namespaces import compact
from diaspora_kg.rendering.layout import (
    Style,
    block,
    joined,
    markdown_text,
    pad,
    plain,
    share,
    width_of,
    wrap,
)
from diaspora_kg.rendering.sparql_results import as_json, as_xml
from diaspora_kg.table import Cell, Table, is_number, text_of_cell
from diaspora_kg.terms import Term, iri_of, is_iri, text_literal

if TYPE_CHECKING:
    from diaspora_kg.evidence import EvidencedTable, RowEvidence
    from diaspora_kg.labels import Labels

FORMATS = ("table", "csv", "tsv", "json", "xml", "md", "xlsx")
SUFFIXES = {
    ".txt": "table",
    ".csv": "csv",
    ".tsv": "tsv",
    ".json": "json",
    ".srj": "json",
    ".xml": "xml",
    ".srx": "xml",
    ".md": "md",
    ".xlsx": "xlsx",
}
DEFAULT_WIDTH = 100
_GAP = "  "
_LEAST_COLUMN, _LONGEST_WORD = 8, 18
_TALLEST_ROW = 7
"""Rows that would take more lines than this are shown as lists of their cells."""
_FORMULA = re.compile(r"[\s\x00]*[=+\-@＝＋－＠|%]|[\t\r\n]")
_PLAIN_NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d+)?|[.,]\d+)(?:[eE][+-]?\d+)?%?\Z")


@dataclass(frozen=True)
class Manner:
    """How a table is shown."""

    labels: "Labels | None" = None
    """What to call things in a table and in Markdown; short names without it."""
    width: int = DEFAULT_WIDTH
    style: Style = field(default=plain)
    language: str = "en"
    all_claims: bool = False
    """Whether people are shown every claim of a row that rests on many."""

    def name(self, term: Term) -> str:
        """Return what to call a thing."""
        return self.labels.for_cell(term) if self.labels else compact(iri_of(term))

    def texts(self, row: tuple[Cell, ...]) -> list[str]:
        """Return a row in words; a thing whose label the row already has, by its short name."""
        said = {text_of_cell(cell) for cell in row if cell is not None and not is_iri(cell)}
        texts = [text_of_cell(cell, self.name) for cell in row]
        return [
            text_of_cell(cell) if cell is not None and is_iri(cell) and text in said else text
            for cell, text in zip(row, texts, strict=True)
        ]


def render(
    table: Table, form: str, manner: Manner | None = None, evidenced: "EvidencedTable | None" = None
) -> str | bytes:
    """Return a table in one of ``FORMATS``, with the evidence of its rows if that is given.

    A workbook is bytes, and raises ``MissingPartError`` (DKG702) without openpyxl.
    """
    manner = manner or Manner()
    rows = evidenced.evidence if evidenced is not None else None
    if form == "xlsx":
        from diaspora_kg.rendering.workbooks import answer_workbook

        return answer_workbook(_with_columns(table, rows, manner))
    if form == "json":
        return as_json(table, rows)
    if form == "xml":
        return as_xml(_with_columns(table, rows, manner))
    if form in ("csv", "tsv"):
        return as_separated(_with_columns(table, rows, manner), "," if form == "csv" else "\t")
    return as_markdown(table, manner, rows) if form == "md" else as_text(table, manner, rows)


# --- For people: a table ----------------------------------------------------------------


def as_text(table: Table, manner: Manner, evidence: "tuple[RowEvidence, ...] | None" = None) -> str:
    """Return a table for a screen; rows that are too wide become lists of their cells."""
    heads = [_head(table, name, manner) for name in table.columns]
    texts = [manner.texts(row) for row in table.rows]
    widths = _widths(heads, texts, manner.width)
    lines: list[str] = []
    if widths is not None:
        lines += _heading(heads, widths, manner.style)
    for number, row in enumerate(texts):
        if widths is not None:
            lines += _row(row, table.rows[number], widths)
        else:
            lines += _record(heads, row, manner)
        if evidence is not None:
            lines += _evidence_lines(evidence[number], manner)
        if evidence is not None or widths is None:
            lines.append("")
    return joined(lines)


def _head(table: Table, name: str, manner: Manner) -> str:
    """Return the heading of a column: its name, or what it means in a language not English."""
    if manner.language == "en":
        return name.replace("_", " ")
    return table.titles.get(name) or name


def _widths(heads: list[str], texts: list[list[str]], width: int) -> list[int] | None:
    """Return the widths of the columns, or None when they do not fit well beside one another."""
    natural, least = [], []
    for place, head in enumerate(heads):
        cells = [line for row in texts for line in row[place].splitlines()]
        widest = max((width_of(text) for text in cells), default=1)
        # a long heading wraps; it does not widen a column of short cells much
        natural.append(max(widest, min(width_of(head), max(12, widest))))
        words = [word for text in (*cells, head) for word in text.split()]
        longest = max((width_of(word) for word in words), default=1)
        least.append(min(natural[-1], max(_LEAST_COLUMN, min(longest, _LONGEST_WORD))))
    widths = share(natural, width - len(_GAP) * (len(heads) - 1), least)
    if widths is None or any(_height(row, widths) > _TALLEST_ROW for row in texts):
        return None
    return widths


def _height(texts: list[str], widths: list[int]) -> int:
    return max((len(wrap(t, w)) for t, w in zip(texts, widths, strict=True)), default=0)


def _heading(heads: list[str], widths: list[int], style: Style) -> list[str]:
    cells = [wrap(head, width) for head, width in zip(heads, widths, strict=True)]
    height = max(map(len, cells), default=0)
    lines = []
    for place in range(height):
        pieces = [
            pad(cell[place - height] if place >= height - len(cell) else "", width)
            for cell, width in zip(cells, widths, strict=True)
        ]
        lines.append(style("head", _GAP.join(pieces).rstrip()))
    return [*lines, _GAP.join("─" * width for width in widths)]


def _row(texts: list[str], cells: tuple[Cell, ...], widths: list[int]) -> list[str]:
    columns = [wrap(text, width) for text, width in zip(texts, widths, strict=True)]
    return [
        _GAP.join(
            pad(column[place] if place < len(column) else "", width, to_the_right=is_number(cell))
            for column, width, cell in zip(columns, widths, cells, strict=True)
        )
        for place in range(max(map(len, columns), default=0))
    ]


def _record(heads: list[str], texts: list[str], manner: Manner) -> list[str]:
    room = min(max(map(width_of, heads), default=0), 24)
    lines = []
    for head, text in zip(heads, texts, strict=True):
        if text:
            first, *others = wrap(head, room)
            prefix = f"{manner.style('head', pad(first, room))}{_GAP}"
            body = block(text, manner.width, " " * (room + len(_GAP)))
            lines.append(prefix + body[0].lstrip(" "))
            lines += _beside(others, body[1:], room, manner.style)
    return lines


def _beside(heads: list[str], body: list[str], room: int, style: Style) -> list[str]:
    """Set the further lines of a heading beside the further lines of its text."""
    lines = []
    for place in range(max(len(heads), len(body))):
        head = style("head", pad(heads[place], room)) if place < len(heads) else " " * room
        text = body[place][room:] if place < len(body) else ""
        lines.append(head + text)
    return lines


def _evidence_lines(evidence: "RowEvidence", manner: Manner) -> list[str]:
    from diaspora_kg.rendering.evidence import lines_of

    return list(lines_of(evidence, _telling(manner), manner.width, manner.style))


def _telling(manner: Manner) -> Any:  # noqa: ANN401 - loaded only where there is evidence
    from diaspora_kg.rendering.evidence import Telling

    return Telling(manner.name, manner.language, manner.all_claims)


# --- For people: Markdown ---------------------------------------------------------------


def as_markdown(
    table: Table, manner: Manner, evidence: "tuple[RowEvidence, ...] | None" = None
) -> str:
    """Return a table in Markdown; with evidence, rows are numbered and told of below it."""
    heads = [markdown_text(_head(table, name, manner)) for name in table.columns]
    ruler = [
        "--:" if table.rows and all(is_number(row[place]) for row in table.rows) else "---"
        for place in range(len(heads))
    ]
    numbered = evidence is not None
    lines = [_pipes((["#"] if numbered else []) + heads)]
    lines.append(_pipes((["--:"] if numbered else []) + ruler))
    for number, row in enumerate(table.rows, start=1):
        cells = [markdown_text(text) for text in manner.texts(row)]
        lines.append(_pipes(([str(number)] if numbered else []) + cells))
    if evidence is not None:
        from diaspora_kg.rendering.evidence_in_markdown import paragraphs

        for number, row_evidence in enumerate(evidence, start=1):
            lines += ["", *paragraphs(number, row_evidence, _telling(manner))]
    return joined(lines)


def _pipes(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


# --- For spreadsheets -------------------------------------------------------------------


def as_separated(table: Table, delimiter: str) -> str:
    """Return a table as CSV or TSV for people: short names, text that is no formula."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
    writer.writerow(table.columns)
    for row in table.rows:
        cells = [guarded(cell) for cell in row]
        if delimiter == "\t":
            cells = [" ".join(cell.split()) for cell in cells]
        writer.writerow(cells)
    return stream.getvalue()


def guarded(cell: Cell) -> str:
    """Return the text of a cell, with an apostrophe where a spreadsheet would run it.

    Numbers and addresses are untouched.
    """
    text = text_of_cell(cell)
    if cell is None or is_iri(cell) or is_number(cell) or _PLAIN_NUMBER.match(text):
        return text
    return f"'{text}" if _FORMULA.match(text) else text


def _with_columns(
    table: Table, evidence: "tuple[RowEvidence, ...] | None", manner: Manner
) -> Table:
    """Return a table with evidence as further columns, if there is any."""
    if evidence is None:
        return table
    from diaspora_kg.rendering.evidence import COLUMNS, cells_of

    telling = _telling(manner)
    rows = []
    for row, row_evidence in zip(table.rows, evidence, strict=True):
        cells = (text_literal(text) if text else None for text in cells_of(row_evidence, telling))
        rows.append((*row, *cells))
    kind = "rows" if table.kind == "answer" else table.kind
    return Table((*table.columns, *COLUMNS), tuple(rows), table.titles, kind)
