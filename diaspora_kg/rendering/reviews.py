"""A candidate on a terminal: what we say of a thing, beside what the registry says of it."""

from itertools import zip_longest

from diaspora_kg.linking.mapping_sets import shortened
from diaspora_kg.linking.records import Record
from diaspora_kg.linking.things import Thing
from diaspora_kg.reading.links import Link
from diaspora_kg.rendering.layout import isolated, joined, pad, wrap

_LABEL_WIDTH = 12
_MOST_NAMES = 6


def side_by_side(link: Link, thing: Thing | None, record: Record | None, width: int = 80) -> str:
    """Return the evidence for a candidate in two columns, and below it why it was proposed."""
    half = max(20, (width - _LABEL_WIDTH - 2) // 2)
    lines = [_row("", "ours", "theirs", half), "-" * min(width, _LABEL_WIDTH + 2 * half + 2)]
    for label, ours, theirs in _pairs(link, thing, record):
        left, right = _cell(ours, half), _cell(theirs, half)
        for at, (one, other) in enumerate(zip_longest(left, right, fillvalue="")):
            lines.append(_row(label if at == 0 else "", one, other, half))
    for quote in thing.quotes if thing else ():
        lines += ["", *(isolated(line) for line in wrap(f"“{_printable(quote)}”", width)[:3])]
    sure = "" if link.confidence is None else f"{link.confidence:.1%}"
    lines += ["", *wrap(f"proposed: {sure}  {_printable(link.comment)}", width)]
    return joined(lines)


def _pairs(
    link: Link, thing: Thing | None, record: Record | None
) -> list[tuple[str, list[str], list[str]]]:
    entry = record.entry if record else None
    ours = [_named(*name) for name in thing.names] if thing else [link.subject_label]
    theirs = [_named(*name) for name in entry.names] if entry else [link.object_label]
    theirs += list(entry.acronyms) if entry else []
    rows = [
        ("names", ours[:_MOST_NAMES], theirs[:_MOST_NAMES]),
        (
            "kind",
            [", ".join(thing.kinds)] if thing else [],
            [", ".join(entry.types)] if entry else [],
        ),
        ("country", [thing.country] if thing else [], [entry.country] if entry else []),
        ("place", [], [", ".join(entry.places)] if entry else []),
        ("about", [thing.description] if thing else [], [", ".join(entry.titles)] if entry else []),
        ("identifier", [shortened(link.subject)], [shortened(link.object)]),
    ]
    return [row for row in rows if any(row[1]) or any(row[2])]


def _named(text: str, language: str) -> str:
    return f"{text} ({language})" if language else text


def _cell(texts: list[str], width: int) -> list[str]:
    return [line for text in texts if text for line in wrap(_printable(text), width)]


def _printable(text: str) -> str:
    """Return a text without signs that would steer the terminal: registries hold what they hold."""
    return "".join(char if char.isprintable() else " " for char in text)


def _row(label: str, one: str, other: str, half: int) -> str:
    return f"{pad(label, _LABEL_WIDTH)}{pad(one, half)}  {isolated(other)}"
