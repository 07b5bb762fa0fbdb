"""What the signs of a concept map mean, and where it comes from."""

from collections.abc import Callable

from diaspora_kg.drawing.canvas import Canvas
from diaspora_kg.drawing.captions import Captions
from diaspora_kg.drawing.concept_map import ConceptMap
from diaspora_kg.drawing.geometry import Box, bowed
from diaspora_kg.drawing.lettering import Line, Style, wrapped
from diaspora_kg.drawing.palette import RULE, colour_of, line_width, tint_of

_TEXT = Style(12, "#333333")
_SMALL = Style(11.5, "#4a4a4a", italic=True)
_NUMBER = Style(11, "#333333")
_BADGE = Style(11, "#ffffff", bold=True)
_SAMPLE = 64.0
"""How wide the column of signs is."""

_GAP = 30.0
_ROW_GAP = 9.0
_Sign = Callable[[Canvas, float, float], None]


class Legend:
    """Rows of a sign and a sentence, in two columns."""

    def __init__(self, chart: ConceptMap, words: Captions, width: float) -> None:
        """Break the sentences into lines for a width."""
        self.width = width
        self.column = (width - _GAP) / 2
        self.chart = chart
        self.words = words
        left = [self._row(_arrow_sign, words.reading)]
        if any(link.restatements for link in chart.links):
            left.append(self._row(_small_sign, words.restatements))
        if chart.pairs:
            left.append(self._row(_pair_sign, words.pair))
        left.extend(self._marks())
        right = [self._row(self._widths_sign, words.width), self._row(None, words.origin)]
        if all(link.origins == 1 for link in chart.links):
            right.append(self._row(None, words.all_one_origin))
        right.append(self._row(None, words.no_facts))
        self.columns = (left, right)

    @property
    def height(self) -> float:
        """The height of the longer column, with the rule above."""
        return 18 + max(sum(_height(lines) + _ROW_GAP for _, lines in c) for c in self.columns)

    def draw(self, canvas: Canvas, left: float, top: float) -> None:
        """Draw the legend below a rule."""
        canvas.group("legend")
        canvas.box(Box(left + self.width / 2, top, self.width, 1), RULE, radius=0)
        for number, rows in enumerate(self.columns):
            x, y = left + number * (self.column + _GAP), top + 18
            for sign, lines in rows:
                if sign is not None:
                    sign(canvas, x, y + _TEXT.leading / 2)
                for line in lines:
                    canvas.words(line.text, (x + _SAMPLE, y + _TEXT.size), line.style, "left")
                    y += line.style.leading
                y += _ROW_GAP

    def _row(self, sign: _Sign | None, text: str) -> tuple[_Sign | None, tuple[Line, ...]]:
        return sign, _left(text, self.column - _SAMPLE)

    def _marks(self) -> list[tuple[_Sign | None, tuple[Line, ...]]]:
        """Return the rows for signs that only some maps have."""
        wordings = [wording for link in self.chart.links for wording in link.wordings]
        rows = []
        if any(wording.conflicts for wording in wordings):
            rows.append(self._row(None, self.words.disputed))
        if any(link.main.negated for link in self.chart.links):
            rows.append(self._row(_dashed_sign, self.words.negated))
        others = {w.language for w in wordings} - {self.chart.language, None}
        for language in sorted(filter(None, others)):
            rows.append(self._row(None, self.words.other_language.format(language=language)))
        return rows

    def _widths_sign(self, canvas: Canvas, x: float, y: float) -> None:
        for number, origins in enumerate((1, 2, 3)):
            left = x + number * 18
            line = bowed((left, y), (left + 14, y), 0)
            canvas.curve(line, colour_of(0), line_width(origins))
            canvas.words(str(origins), (left + 7, y + 16), _NUMBER)


def _left(text: str, width: float) -> tuple[Line, ...]:
    return wrapped(text, _TEXT, width)


def _height(lines: tuple[Line, ...]) -> float:
    return sum(line.style.leading for line in lines)


def _arrow_sign(canvas: Canvas, x: float, y: float) -> None:
    canvas.arrow(bowed((x, y), (x + 50, y), 0), colour_of(0), line_width(1))


def _dashed_sign(canvas: Canvas, x: float, y: float) -> None:
    canvas.arrow(bowed((x, y), (x + 50, y), 0), colour_of(0), line_width(1), dashed=True)


def _small_sign(canvas: Canvas, x: float, y: float) -> None:
    canvas.words("abc", (x + 25, y + 4), _SMALL)


def _pair_sign(canvas: Canvas, x: float, y: float) -> None:
    there, back = bowed((x, y), (x + 50, y), 9), bowed((x + 50, y), (x, y), 9)
    canvas.area([*there.samples, *back.samples], tint_of(1))
    canvas.arrow(there, colour_of(1), 1.4)
    canvas.arrow(back, colour_of(1), 1.4)
    canvas.disc((x + 25, y), 7, colour_of(1))
    canvas.words("1", (x + 25, y + 4), _BADGE)
