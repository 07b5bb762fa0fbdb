"""Invisible marks that turn the direction of a text: what is seen is not what stands there.

Unicode has marks that embed, isolate or override a direction of writing (UAX #9, section 2). In a
name or a quote they make a reader see other words than a program reads; Arabic and Urdu need none
of them, since their letters carry their direction. The marks U+200E, U+200F and U+061C only break
ties, do no harm, and are left alone.
"""

import re
from collections.abc import Iterator

from diaspora_kg.errors import Finding, Location, Severity

_MARK = re.compile("[\u202a-\u202e\u2066-\u2069]")
_NAMES = {
    "\u202a": "left-to-right embedding",
    "\u202b": "right-to-left embedding",
    "\u202c": "end of an embedding",
    "\u202d": "left-to-right override",
    "\u202e": "right-to-left override",
    "\u2066": "left-to-right isolate",
    "\u2067": "right-to-left isolate",
    "\u2068": "isolate",
    "\u2069": "end of an isolate",
}


def turned_lines(text: str, name: str) -> Iterator[Finding]:
    """Yield a warning (DKG135) for every line of a file that holds such a mark."""
    if _MARK.search(text) is None:
        return
    for number, line in enumerate(text.split("\n"), 1):
        found = _MARK.search(line)
        if found is not None:
            yield _warning(found.group(), Location(name, number, found.start() + 1))


def turned_text(text: str, at: Location) -> Iterator[Finding]:
    """Yield a warning (DKG135) for a text, such as that of a cell, that holds such a mark."""
    found = _MARK.search(text)
    if found is not None:
        yield _warning(found.group(), at)


def _warning(mark: str, at: Location) -> Finding:
    return Finding(
        "DKG135",
        f"an invisible mark turns the direction of the text here (U+{ord(mark):04X}, "
        f"{_NAMES[mark]})",
        "Take it out: readers see other words than stand here. Arabic and Urdu need no such mark.",
        Severity.WARNING,
        at,
    )
