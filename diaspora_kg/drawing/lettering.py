"""How wide words are, and how they are broken into lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

FAMILY = "DejaVu Sans"
"""It comes with matplotlib, so that words are as wide on every machine."""

_REFERENCE = 100.0


@dataclass(frozen=True)
class Style:
    """How some words look."""

    size: float
    colour: str = "#1b1b1b"
    bold: bool = False
    italic: bool = False

    @property
    def leading(self) -> float:
        """The distance from one line to the next."""
        return self.size * 1.28

    @property
    def font(self) -> FontProperties:
        """The font, in design units."""
        return _font(self.bold, self.italic, self.size)

    def width(self, text: str) -> float:
        """Return how wide a line is."""
        return _width(text, self.bold, self.italic) * self.size / _REFERENCE


@dataclass(frozen=True)
class Line:
    """A line of words in one style."""

    text: str
    style: Style


@dataclass(frozen=True)
class Block:
    """Lines below one another, centred."""

    lines: tuple[Line, ...]

    @property
    def width(self) -> float:
        """The width of the longest line."""
        return max((line.style.width(line.text) for line in self.lines), default=0.0)

    @property
    def height(self) -> float:
        """The height of all lines."""
        return sum(line.style.leading for line in self.lines)


def wrapped(text: str, style: Style, width: float) -> tuple[Line, ...]:
    """Break words into as few lines as fit a width, of even length; no word is broken."""
    words = text.split()
    lines = _filled(words, style, width)
    narrow = width
    while len(lines) > 1 and narrow > 20:  # the last line should not be one lonely word
        narrow -= 6
        tighter = _filled(words, style, narrow)
        if len(tighter) > len(lines):
            break
        lines = tighter
    return tuple(Line(line, style) for line in lines)


def _filled(words: Sequence[str], style: Style, width: float) -> list[str]:
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else ""
        if longer and style.width(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines or [""]


@lru_cache(maxsize=64)
def _font(bold: bool, italic: bool, size: float) -> FontProperties:
    return FontProperties(
        family=FAMILY,
        weight="bold" if bold else "normal",
        style="italic" if italic else "normal",
        size=size,
    )


@lru_cache(maxsize=4096)
def _width(text: str, bold: bool, italic: bool) -> float:
    font = _font(bold, italic, _REFERENCE)
    return float(text_to_path.get_text_width_height_descent(text, font, False)[0])
