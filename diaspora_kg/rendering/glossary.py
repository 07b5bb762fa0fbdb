"""Entries of the ontology as text, JSON, Markdown and a table."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from diaspora_kg.glossary import Entry
from diaspora_kg.rendering.layout import Style, block, joined, markdown_text
from diaspora_kg.table import Table
from diaspora_kg.terms import iri, text_literal

_COLUMNS = ("term", "kind", "label", "definition")
_FIELD = 12
_SHOWN_MEMBERS = 60


def as_text(entries: Iterable[Entry], language: str, width: int, style: Style) -> str:
    """Return entries in full, one below the other."""
    lines: list[str] = []
    for entry in entries:
        takes = f" that takes {entry.takes}" if entry.takes else ""
        lines += [""] if lines else []
        lines.append(f"{style('head', entry.short)}  {entry.kind}{takes}")
        for name, text in _fields(entry, language):
            lines += block(text, width, f"  {name:<{_FIELD}}", " " * (_FIELD + 2))
        if entry.use:
            lines.append(f"  {'in a case':<{_FIELD}}".rstrip())
            lines += [style("dim", f"    {line}") for line in entry.use.splitlines()]
    return joined(lines)


def _fields(entry: Entry, language: str) -> Iterator[tuple[str, str]]:
    for tag, label in sorted(entry.labels.items(), key=lambda item: item[0] != "en"):
        yield f"label {tag}", label
    for tag, names in sorted(entry.other_names.items()):
        yield f"also {tag}", ", ".join(names)
    for heading, texts in (("definition", entry.definitions), ("scope", entry.scope_notes)):
        if texts:
            yield heading, texts.get(language) or texts.get("en") or next(iter(texts.values()))
    for heading, values in (
        ("example", entry.examples),
        ("from", entry.domain),
        ("to", entry.range),
        ("under", entry.parents),
        ("above", entry.children),
        ("inverse", entry.inverse),
        ("see", entry.see),
        ("members", entry.members[:_SHOWN_MEMBERS]),
        ("source", entry.sources),
        ("unreviewed", entry.unreviewed),
    ):
        if values:
            cut = heading == "members" and len(entry.members) > _SHOWN_MEMBERS
            more = f", … and {len(entry.members) - _SHOWN_MEMBERS} more" if cut else ""
            yield heading, ", ".join(values) + more


def as_markdown(entries: Iterable[Entry], language: str) -> str:
    """Return entries in Markdown."""
    lines: list[str] = []
    for entry in entries:
        takes = f" that takes {entry.takes}" if entry.takes else ""
        lines += [""] if lines else []
        lines += [f"## `{entry.short}`", "", f"*{entry.kind}{takes}*", ""]
        lines += [f"* **{name}**: {markdown_text(text)}" for name, text in _fields(entry, language)]
        if entry.use:
            lines += ["", "```yaml", *entry.use.splitlines(), "```"]
    return joined(lines)


def as_json(entries: Iterable[Entry]) -> str:
    """Return entries as JSON."""
    return json.dumps([_value(e) for e in entries], ensure_ascii=False, indent=2) + "\n"


def _value(entry: Entry) -> dict[str, Any]:
    value: dict[str, Any] = {"iri": entry.iri, "term": entry.short, "kind": entry.kind}
    more: dict[str, Any] = {
        "takes": entry.takes,
        "labels": dict(entry.labels),
        "otherNames": {tag: list(names) for tag, names in entry.other_names.items()},
        "definitions": dict(entry.definitions),
        "scopeNotes": dict(entry.scope_notes),
        "examples": list(entry.examples),
        "sources": list(entry.sources),
        "domain": list(entry.domain),
        "range": list(entry.range),
        "parents": list(entry.parents),
        "children": list(entry.children),
        "inverse": list(entry.inverse),
        "members": list(entry.members),
        "see": list(entry.see),
        "unreviewedLanguages": list(entry.unreviewed),
        "use": entry.use,
    }
    return value | {key: found for key, found in more.items() if found}


def as_table(entries: Iterable[Entry], language: str) -> Table:
    """Return entries as a table: term, kind, label, definition."""
    rows = tuple(
        (
            iri(entry.iri),
            text_literal(entry.kind),
            text_literal(entry.label(language)),
            text_literal(
                entry.definitions.get(language)
                or entry.definitions.get("en")
                or entry.scope_notes.get("en", "")
            ),
        )
        for entry in entries
    )
    return Table(_COLUMNS, rows)
