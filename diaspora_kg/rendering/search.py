"""What a search found: lines for people, with the words marked, and a table for programs."""

import json
from collections.abc import Iterable

from diaspora_kg.namespaces import compact
from diaspora_kg.rendering.layout import Style, block, isolated, joined, markdown_text
from diaspora_kg.search import Found
from diaspora_kg.table import Table
from diaspora_kg.terms import iri, text_literal

_COLUMNS = ("kind", "thing", "label", "field", "text", "language")
_MARK, _AROUND = "*", 160


def as_text(found: Iterable[Found], width: int, style: Style, *, is_coloured: bool) -> str:
    """Return what was found, best first, each with the text that matches."""
    lines: list[str] = []
    for item in found:
        head = f"{style('head', isolated(item.label))}  {style('dim', item.kind)}  "
        lines.append(head + compact(item.iri))
        is_name = item.field == "name" and item.text == item.label
        if not is_name or item.rank > 0:
            before, after = _marks(style, is_coloured)
            text = _cut(item, before, after)
            prefix = "    " if is_name else f"    {item.field}: "
            lines += block(text, width, prefix, "      ")
    return joined(lines)


def _marks(style: Style, is_coloured: bool) -> tuple[str, str]:
    if not is_coloured:
        return _MARK, _MARK
    before, _, after = style("mark", "\x00").partition("\x00")
    return before, after


def _cut(item: Found, before: str, after: str) -> str:
    """Return the text with its words marked, a long one only from near the first to the last."""
    text = item.marked(before, after)
    if len(item.text) <= 2 * _AROUND or not item.marks:
        return text
    start = max(0, item.marks[0][0] - _AROUND)
    end = min(len(item.text), max(item.marks[0][1] + _AROUND, start + 2 * _AROUND))
    start = item.text.rfind(" ", 0, start) + 1 if start else 0
    stop = item.text.find(" ", end)
    end = stop if stop >= 0 else len(item.text)
    shown = tuple((a - start, b - start) for a, b in item.marks if a >= start and b <= end)
    part = Found(**{**vars(item), "text": item.text[start:end], "marks": shown})
    dots = ("… " if start else "", " …" if end < len(item.text) else "")
    return dots[0] + part.marked(before, after) + dots[1]


def as_markdown(found: Iterable[Found]) -> str:
    """Return what was found as a list in Markdown, the words in bold."""
    lines = []
    for item in found:
        text = (
            markdown_text(item.marked("\x01", "\x02")).replace("\x01", "**").replace("\x02", "**")
        )
        lines.append(f"* {markdown_text(item.label)} ({item.kind}) `{compact(item.iri)}`")
        lines.append(f"  {item.field}: {text}")
    return joined(lines)


def as_json(found: Iterable[Found]) -> str:
    """Return what was found as JSON; ``marks`` are the places of the words in ``text``."""
    value = [
        {
            "iri": item.iri,
            "kind": item.kind,
            "label": item.label,
            "field": item.field,
            "text": item.text,
            "language": item.language,
            "marks": [list(mark) for mark in item.marks],
        }
        for item in found
    ]
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def as_table(found: Iterable[Found]) -> Table:
    """Return what was found as a table."""
    rows = tuple(
        (
            text_literal(item.kind),
            iri(item.iri),
            text_literal(item.label),
            text_literal(item.field),
            text_literal(item.text),
            text_literal(item.language) if item.language else None,
        )
        for item in found
    )
    return Table(_COLUMNS, rows)
