"""How wide words are in a picture, and how words of several looks are broken into lines.

Widths are those of DejaVu Sans, the widest of the fonts that a reader of an SVG is likely to
have: what fits in it fits in the others. No font has to be installed to compute them.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from diaspora_kg.rendering.layout import is_right_to_left

_EM = {
    letter: width / 100
    for width, letters in {
        28: "'", 32: " ,.IJijl‘’ıİ", 37: "-/:;\\f|", 42: "!()[]rt", 46: '"', 52: "*_`sz“”ş",
        57: "?Lcç–", 62: "FPTYaekovxy", 66: "$0123456789EKSbdghnpqu{}ğöü", 70: "ABCRVXZÇŞ",
        77: "DGHNUĞÖÜ", 81: "&OQw", 86: "#+<=>M^~", 98: "%m", 101: "@W—…",
    }.items()
    for letter in letters
}  # fmt: skip
_OTHER, _WIDE, _BOLDER = 0.68, 1.0, 1.15


@dataclass(frozen=True)
class Look:
    """How some words look."""

    size: float = 13.0
    colour: str = "#1b1b1b"
    is_bold: bool = False
    is_italic: bool = False

    @property
    def leading(self) -> float:
        """The distance from one line to the next."""
        return round(self.size * 1.38, 1)

    def width(self, text: str) -> float:
        """Return how wide a text is at most, in pixels."""
        return _ems(text) * self.size * (_BOLDER if self.is_bold else 1.0)


@dataclass(frozen=True)
class Run:
    """Words of one look."""

    text: str
    look: Look


@dataclass(frozen=True)
class Line:
    """A line, made of words of one look or of several."""

    runs: tuple[Run, ...]

    @property
    def height(self) -> float:
        """The room that the line takes."""
        return max(run.look.leading for run in self.runs)

    @property
    def is_right_to_left(self) -> bool:
        """Whether the line begins at the right."""
        return is_right_to_left(self.runs[0].text)


def lines_of(runs: Iterable[Run], width: float) -> list[Line]:
    """Return words in lines of a width; a word that is wider is broken."""
    lines: list[list[Run]] = [[]]
    used = 0.0
    for run in runs:
        for word in run.text.split():
            for piece in _pieces(word, run.look, width):
                wide = run.look.width(piece)
                gap = run.look.width(" ") if lines[-1] else 0.0
                if lines[-1] and used + gap + wide > width:
                    lines.append([])
                    used, gap = 0.0, 0.0
                lines[-1].append(Run(piece, run.look))
                used += gap + wide
    return [Line(_joined(line)) for line in lines if line]


def _joined(words: list[Run]) -> tuple[Run, ...]:
    """Return the words of a line with neighbours of one look as one."""
    found: list[Run] = []
    for word in words:
        if found and found[-1].look == word.look:
            found[-1] = Run(f"{found[-1].text} {word.text}", word.look)
        else:
            found.append(word)
    return tuple(found)


def _pieces(word: str, look: Look, width: float) -> list[str]:
    pieces = [word]
    while look.width(pieces[-1]) > width and len(pieces[-1]) > 1:
        rest = pieces.pop()
        end = len(rest) - 1
        while end > 1 and look.width(rest[:end]) > width:
            end -= 1
        pieces += [rest[:end], rest[end:]]
    return pieces


@lru_cache(maxsize=4096)
def _ems(text: str) -> float:
    return sum(_em(letter) for letter in text)


def _em(letter: str) -> float:
    known = _EM.get(letter)
    if known is not None:
        return known
    if unicodedata.combining(letter):
        return 0.0
    return _WIDE if unicodedata.east_asian_width(letter) in "WF" else _OTHER
