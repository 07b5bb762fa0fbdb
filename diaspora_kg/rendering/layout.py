"""Text on a screen: how wide it is, where it wraps, which way it runs, how it stands out."""

import re
import unicodedata
from collections.abc import Callable, Iterable

Style = Callable[[str, str], str]
"""Colours a text by its role: ``head``, ``quote``, ``dim``, ``mark``, ``warn`` or ``good``."""

_BREAKABLE = "/:-_.#@"
_ISOLATE, _END_OF_ISOLATE = "\u2068", "\u2069"
_INVISIBLE = {_ISOLATE, _END_OF_ISOLATE, "\u200e", "\u200f", "\u200c", "\u200d", "\u00ad"}


def plain(_role: str, text: str) -> str:
    """Return a text without colour: the style of files and pipes."""
    return text


def width_of(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(_width(char) for char in text)


def _width(char: str) -> int:
    if unicodedata.combining(char) or char in _INVISIBLE:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def is_right_to_left(text: str) -> bool:
    """Tell whether a text holds letters that run from right to left."""
    return not text.isascii() and any(
        unicodedata.bidirectional(char) in ("R", "AL") for char in text
    )


def isolated(text: str) -> str:
    """Return a text that does not disturb its neighbours, whichever way it runs."""
    return f"{_ISOLATE}{text}{_END_OF_ISOLATE}" if is_right_to_left(text) else text


def wrap(text: str, width: int) -> list[str]:
    """Return a text in lines of a width; a word that is longer is broken."""
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}" if line else word
            if width_of(longer) <= width:
                line = longer
                continue
            if line:
                lines.append(line)
            *full, line = _broken(word, width)
            lines.extend(full)
        lines.append(line)
    return lines


def _broken(word: str, width: int) -> list[str]:
    """Return a word in pieces of a width, broken behind a sign such as ``/`` where there is one."""
    pieces = []
    while width_of(word) > width:
        end = 0
        while end < len(word) and width_of(word[: end + 1]) <= width:
            end += 1
        signs = [place for place in range(end // 2, end) if word[place] in _BREAKABLE]
        end = max(1, signs[-1] + 1 if signs else end)
        pieces.append(word[:end])
        word = word[end:]
    return [*pieces, word]


def pad(text: str, width: int, *, to_the_right: bool = False) -> str:
    """Return a text filled up to a width; numbers stand to the right."""
    gap = " " * max(0, width - width_of(text))
    return gap + isolated(text) if to_the_right else isolated(text) + gap


def block(text: str, width: int, first: str = "", other: str | None = None) -> list[str]:
    """Return a text in lines behind a prefix, and from the second line behind another."""
    other = " " * width_of(first) if other is None else other
    room = max(20, width - max(width_of(first), width_of(other)))
    lines = wrap(text, room)
    return [f"{first if n == 0 else other}{isolated(line)}" for n, line in enumerate(lines)]


def share(natural: list[int], room: int, least: list[int]) -> list[int] | None:
    """Return widths for columns that together fit, or None when they cannot.

    Narrow columns keep what they need; the wide ones share the rest evenly, and none gets less
    than its least width.
    """
    if sum(natural) <= room:
        return natural
    if sum(least) > room:
        return None
    level = max(natural)
    while sum(_clamped(natural, level, least)) > room:
        level -= 1
    return _clamped(natural, level, least)


def _clamped(natural: list[int], level: int, least: list[int]) -> list[int]:
    return [min(n, max(level, low)) for n, low in zip(natural, least, strict=True)]


def joined(lines: Iterable[str]) -> str:
    """Return lines as a text, without spaces at their ends."""
    return "".join(line.rstrip() + "\n" for line in lines)


def markdown_text(text: str) -> str:
    """Return a text that Markdown shows as it is, on one line."""
    escaped = re.sub(r"([\\`*|<\[\]])", r"\\\1", isolated(text))
    return "<br>".join(escaped.splitlines())
