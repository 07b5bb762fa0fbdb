"""Trees of statements as a picture: the conclusion on top, what it stands on below, to the right.

A tree drawn as an outline keeps its words readable however long they are: every card is as wide
as the others and as high as its words need. The picture is an SVG whose words stay words, so that
they can be searched, copied and read out. The same tree gives the same file.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from xml.sax.saxutils import escape

from diaspora_kg.rendering.lettering import Line, Look, Run, lines_of
from diaspora_kg.rendering.proofs import Kind, Node
from diaspora_kg.terms import Triple

_FONTS = "'DejaVu Sans', Verdana, 'Segoe UI', Helvetica, Arial, sans-serif"
_MARGIN, _WIDTH, _INDENT, _GAP, _PAD, _BAR = 24, 620, 44, 14, 14, 7
_DEEPEST = 12
"""From this depth on, cards stand no further to the right; lines still lead to them."""
_INK, _DARK = "#1b1b1b", "#33505f"
_COLOURS: dict[Kind, tuple[str, str]] = {
    "inferred": ("#33505f", "#eef3f6"),
    "claimed": ("#0072b2", "#ffffff"),
    "given": ("#806600", "#ffffff"),
}
"""Of each kind of statement the colour of its bar and that of its card."""
_LEGEND: dict[Kind, str] = {
    "inferred": "follows by a rule",
    "claimed": "said by a source, in these words",
    "given": "given by reference data or the coder",
}
_WORDS, _VERB = Look(13.5, _INK, is_bold=True), Look(13.5, "#33505f", is_italic=True)
_NOTE, _BECAUSE = Look(11.5, "#4a4a4a"), Look(12, "#3a4a52")
_QUOTE, _PLACE = Look(12.5, _INK, is_italic=True), Look(11.5, "#4a4a4a")
_TAG = Look(10.5, "#ffffff")


@dataclass(frozen=True)
class _Card:
    node: Node
    depth: int
    parent: int
    """The place of the card above it; -1 for none."""
    lines: tuple[tuple[float, Line], ...]
    """The lines, each with the room left free above it."""
    is_repeated: bool = False

    @property
    def x(self) -> float:
        return _MARGIN + min(self.depth, _DEEPEST) * _INDENT

    @property
    def height(self) -> float:
        return round(sum(above + line.height for above, line in self.lines) + 2 * _PAD)


def as_svg(trees: Sequence[Node], title: str) -> str:
    """Return trees below one another as one picture with a legend; what is used twice once."""
    cards = _cards(trees)
    tops: list[float] = []
    y = float(_MARGIN)
    for card in cards:
        y += _GAP if card.parent < 0 and tops else 0
        tops.append(y)
        y += card.height + _GAP
    width = max(card.x for card in cards) + _WIDTH + _MARGIN
    height = y + 44
    drawn = chain.from_iterable(_drawn(card, top) for card, top in zip(cards, tops, strict=True))
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}" font-family="{_FONTS}">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{width:g}" height="{height:g}" rx="10" fill="#ffffff" stroke="#d0d4d8"/>',
        *_links(cards, tops),
        *drawn,
        *_legend(cards, y + 16),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


# --- Cards --------------------------------------------------------------------------------


def _cards(trees: Sequence[Node]) -> list[_Card]:
    """Return the cards from the top of the page to its end."""
    cards: list[_Card] = []
    seen: set[Triple] = set()
    waiting = [(tree, 0, -1) for tree in reversed(trees)]
    while waiting:
        node, depth, parent = waiting.pop()
        is_repeated = bool(node.premises) and node.triple in seen
        seen.add(node.triple)
        place = len(cards)
        cards.append(_Card(node, depth, parent, _lines(node, is_repeated), is_repeated))
        if not is_repeated:
            waiting.extend((premise, depth + 1, place) for premise in reversed(node.premises))
    return cards


def _lines(node: Node, is_repeated: bool) -> tuple[tuple[float, Line], ...]:
    room = _WIDTH - 2 * _PAD - _BAR
    beside_tag = room - (_tag_width(node.rule) + 10 if node.rule else 0)
    found: list[tuple[float, Line]] = []

    def add(runs: list[Run], above: float, width: float = room) -> None:
        lines = lines_of(runs, width)
        found.extend((above if number == 0 else 0.0, line) for number, line in enumerate(lines))

    add(_said(node), 0.0, beside_tag)
    if is_repeated:
        add([Run("shown above", _NOTE)], 2)
        return tuple(found)
    if node.note:
        add([Run(node.note, _NOTE)], 2)
    for number, reason in enumerate(node.because):
        add([Run(f"because {reason}" if number == 0 else f"and {reason}", _BECAUSE)], 4)
    for ground in node.grounds:
        add([Run(ground.words, _QUOTE if ground.place else _PLACE)], 7)
        if ground.place:
            add([Run(f"— {ground.place}", _PLACE)], 1)
    return tuple(found)


def _said(node: Node) -> list[Run]:
    """Return what a node says, with the verb set off from what stands before and behind it."""
    if len(node.parts) != 3:
        return [Run(node.words, _WORDS)]
    subject, verb, obj = node.parts
    return [Run(subject, _WORDS), Run(verb, _VERB), Run(obj, _WORDS)]


# --- Drawing ------------------------------------------------------------------------------


def _links(cards: Sequence[_Card], tops: Sequence[float]) -> Iterator[str]:
    """Yield the lines from each card to those that it stands on."""
    for card, top in zip(cards, tops, strict=True):
        if card.parent < 0:
            continue
        above = cards[card.parent]
        x = above.x + _INDENT / 2 if card.x > above.x else above.x - _INDENT / 4
        start = tops[card.parent] + above.height
        y = top + min(card.height / 2, 24)
        yield (
            f'<path d="M{x:g} {start:g}V{y - 8:g}Q{x:g} {y:g} {x + 8:g} {y:g}H{card.x:g}" '
            f'fill="none" stroke="{_DARK}" stroke-opacity="0.65" stroke-width="1.5"/>'
        )


def _drawn(card: _Card, top: float) -> Iterator[str]:
    bar, fill = _COLOURS[card.node.kind]
    x, height = card.x, card.height
    dashes = ' stroke-dasharray="4 3"' if card.is_repeated else ""
    yield (
        f'<rect x="{x:g}" y="{top:g}" width="{_WIDTH}" height="{height:g}" rx="{_BAR}" '
        f'fill="{fill}" stroke="{bar}" stroke-opacity="0.55"{dashes}/>'
    )
    yield (
        f'<path d="M{x + _BAR:g} {top:g}a{_BAR} {_BAR} 0 0 0 {-_BAR} {_BAR}'
        f'v{height - 2 * _BAR:g}a{_BAR} {_BAR} 0 0 0 {_BAR} {_BAR}z" fill="{bar}"/>'
    )
    y = top + _PAD
    for above, line in card.lines:
        y += above
        yield _text(line, x + _BAR + _PAD, x + _WIDTH - _PAD, y + line.height * 0.76)
        y += line.height
    if card.node.rule:
        yield from _tag(card.node.rule, x + _WIDTH - _PAD, top + _PAD)


def _text(line: Line, left: float, right: float, y: float) -> str:
    backwards = line.is_right_to_left
    x = right if backwards else left
    direction = ' direction="rtl"' if backwards else ""
    spans = [
        f"<tspan{_attributes(run.look)}>{escape(run.text)}{' ' if more else ''}</tspan>"
        for run, more in zip(line.runs, [*[True] * (len(line.runs) - 1), False], strict=True)
    ]
    if len(line.runs) == 1:
        run = line.runs[0]
        look = _attributes(run.look)
        return f'<text x="{x:g}" y="{y:.1f}"{direction}{look}>{escape(run.text)}</text>'
    return f'<text x="{x:g}" y="{y:.1f}"{direction} xml:space="preserve">{"".join(spans)}</text>'


def _attributes(look: Look) -> str:
    weight = ' font-weight="bold"' if look.is_bold else ""
    style = ' font-style="italic"' if look.is_italic else ""
    return f' font-size="{look.size:g}" fill="{look.colour}"{weight}{style}'


def _tag(rule: str, right: float, top: float) -> Iterator[str]:
    """Yield the name of a rule in a box of its own, as tables and other programs call it."""
    width = _tag_width(rule)
    yield (
        f'<rect x="{right - width:g}" y="{top:g}" width="{width:g}" height="18" rx="9" '
        f'fill="{_DARK}"/>'
    )
    yield (
        f'<text x="{right - width / 2:g}" y="{top + 12.8:g}" text-anchor="middle"'
        f"{_attributes(_TAG)}>{escape(rule)}</text>"
    )


def _tag_width(rule: str) -> float:
    return round(_TAG.width(rule) + 18)


def _legend(cards: Sequence[_Card], y: float) -> Iterator[str]:
    kinds = [kind for kind in _LEGEND if any(card.node.kind == kind for card in cards)]
    x = float(_MARGIN)
    for kind in kinds:
        colour, fill = _COLOURS[kind]
        yield (
            f'<rect x="{x:g}" y="{y - 10:g}" width="16" height="12" rx="3" fill="{fill}" '
            f'stroke="{colour}" stroke-opacity="0.55"/>'
            f'<rect x="{x:g}" y="{y - 10:g}" width="5" height="12" rx="2" fill="{colour}"/>'
        )
        yield f'<text x="{x + 23:g}" y="{y:g}"{_attributes(_NOTE)}>{_LEGEND[kind]}</text>'
        x += 23 + _NOTE.width(_LEGEND[kind]) + 22
