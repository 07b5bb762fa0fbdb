"""Arrows and their words between boxes that stand: how they bow, and where the words are.

Each arrow may bow, and its words may slide along it and break into more lines. One bundle of
arrows after the other takes what hides least, until no change makes it better.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import hypot

from diaspora_kg.drawing.geometry import Box, Curve, Point, bounds, bowed, loop
from diaspora_kg.drawing.lettering import Block

_SLIDES = (0.5, 0.46, 0.54, 0.42, 0.58, 0.38, 0.62, 0.34, 0.66, 0.3, 0.7, 0.26, 0.74)
_GAPS = (76.0, 92.0, 108.0, 128.0, 150.0, 176.0)
_SHIFTS = (0.0, 45.0, -45.0)
_BENDS = (0.0, 40.0, -40.0, 75.0, -75.0, 110.0, -110.0)
_HIDDEN = 1000.0
_BADGE = 26.0
_SWEEPS = 6


@dataclass(frozen=True)
class Arrow:
    """What is to be placed: an arrow from one node to another, with its words in several shapes."""

    source: str
    target: str
    blocks: tuple[Block, ...]
    pair: int = 0


@dataclass(frozen=True)
class PlacedArrow:
    """An arrow with a place."""

    curve: Curve
    """From box to box."""
    block: Block
    label: Box

    @cached_property
    def bounds(self) -> Box:
        """The smallest box around arrow and words, with the air around the words."""
        return bounds((self.air, self.curve.bounds))

    @cached_property
    def air(self) -> Box:
        """The box of the words with some air."""
        return self.label.grown(10)


@dataclass(frozen=True)
class Arrangement:
    """Everything with a place, in design units."""

    boxes: Mapping[str, Box]
    arrows: tuple[PlacedArrow, ...]
    badges: Mapping[int, Point]
    """The number of a pair to the middle between its arrows."""
    hidden: float
    """How much lies on something else: 0 when all can be read."""
    in_trouble: tuple[int, ...] = ()
    """The arrows that hide something or are hidden."""

    def moved(self, dx: float, dy: float) -> "Arrangement":
        """Return the whole at another place."""
        return Arrangement(
            {node: box.moved(dx, dy) for node, box in self.boxes.items()},
            tuple(
                PlacedArrow(a.curve.moved(dx, dy), a.block, a.label.moved(dx, dy))
                for a in self.arrows
            ),
            {pair: (x + dx, y + dy) for pair, (x, y) in self.badges.items()},
            self.hidden,
            self.in_trouble,
        )


def place(boxes: Mapping[str, Box], arrows: Sequence[Arrow]) -> Arrangement:
    """Return the arrows with the places that hide least."""
    return _Search(boxes, arrows).result()


def reach(direction: float, step: float) -> float:
    """Return a step in a direction."""
    return step if direction >= 0 else -step


@dataclass(frozen=True)
class _Choice:
    """One way to place an arrow."""

    arrow: PlacedArrow
    hidden: float
    """What it hides of the boxes, whatever the other arrows do."""
    cost: float
    """That, and what is unbeautiful about it."""


class _Search:
    def __init__(self, boxes: Mapping[str, Box], arrows: Sequence[Arrow]) -> None:
        self.boxes = boxes
        self.arrows = arrows
        self.badges: dict[int, Point] = {}
        self.chosen: dict[int, _Choice] = {}
        self._known: dict[tuple[int, float], tuple[Curve, list[_Choice]]] = {}

    def result(self) -> Arrangement:
        """Return the arrangement that was found."""
        bundles = _bundles(self.arrows)
        for _ in range(_SWEEPS):
            before = dict(self.chosen)
            for bundle in bundles:
                self._improve(bundle)
            if self.chosen == before:
                break
        hidden = {i: c.hidden + self._between(i, c.arrow)[0] for i, c in self.chosen.items()}
        return Arrangement(
            self.boxes,
            tuple(self.chosen[i].arrow for i in range(len(self.arrows))),
            dict(self.badges),
            round(sum(hidden.values()), 3),
            tuple(sorted(i for i, amount in hidden.items() if amount)),
        )

    def _improve(self, bundle: Sequence[int]) -> None:
        """Choose the bows of the arrows between two nodes, and the place of their words."""
        best: tuple[float, dict[int, _Choice], dict[int, Point]] | None = None
        for bows in self._bows(bundle):
            for i in bundle:
                self.chosen.pop(i, None)
            curves = [self._ways(i, bow)[0] for i, bow in zip(bundle, bows, strict=True)]
            self.badges.update(self._badges(bundle, curves))
            total = 0.0
            for i, bow in zip(bundle, bows, strict=True):
                cost, self.chosen[i] = self._cheapest(i, bow)
                total += cost
            if best is None or total < best[0] - 1e-6:
                best = (total, {i: self.chosen[i] for i in bundle}, dict(self.badges))
        if best is not None:
            self.chosen.update(best[1])
            self.badges.update(best[2])

    def _bows(self, bundle: Sequence[int]) -> Iterator[tuple[float, ...]]:
        """Yield the bows of a bundle: side by side, each to the left of its own direction."""
        if len(bundle) == 1:
            yield from ((bend,) for bend in _BENDS)
            return
        first = self.arrows[bundle[0]].source
        for shift, gap in product(_SHIFTS, _GAPS):
            offsets = [gap * (k - (len(bundle) - 1) / 2) + shift for k in range(len(bundle))]
            yield tuple(
                -offset if self.arrows[i].source == first else offset
                for i, offset in zip(bundle, offsets, strict=True)
            )

    def _badges(self, bundle: Sequence[int], curves: Sequence[Curve]) -> dict[int, Point]:
        """Return the middle between the arrows of each pair of a bundle."""
        found: dict[int, list[Point]] = defaultdict(list)
        for i, curve in zip(bundle, curves, strict=True):
            found[self.arrows[i].pair].append(curve.at(0.5))
        return {
            pair: (sum(x for x, _ in ends) / len(ends), sum(y for _, y in ends) / len(ends))
            for pair, ends in found.items()
            if pair
        }

    def _cheapest(self, i: int, bow: float) -> tuple[float, _Choice]:
        best: tuple[float, _Choice] | None = None
        for choice in self._ways(i, bow)[1]:
            if best is not None and choice.cost >= best[0]:
                break  # they are sorted, and others can only add to the cost
            hidden, price = self._between(i, choice.arrow)
            cost = choice.cost + price + _HIDDEN * hidden
            if best is None or cost < best[0]:
                best = (cost, choice)
        assert best is not None
        return best

    def _ways(self, i: int, bow: float) -> tuple[Curve, list[_Choice]]:
        """Return the curve with a bow and the ways to place the words on it, cheapest first."""
        known = self._known.get((i, bow))
        if known is None:
            curve = self._curve(i, bow)
            choices = sorted(self._choices(i, bow, curve), key=lambda choice: choice.cost)
            known = self._known[(i, bow)] = (curve, choices)
        return known

    def _curve(self, i: int, bow: float) -> Curve:
        arrow = self.arrows[i]
        source, target = self.boxes[arrow.source], self.boxes[arrow.target]
        if arrow.source == arrow.target:
            whole = loop(source, 60 + abs(bow))
        else:
            whole = bowed((source.x, source.y), (target.x, target.y), bow)
        return whole.trimmed(source.grown(3), target.grown(6))

    def _choices(self, i: int, bow: float, curve: Curve) -> Iterator[_Choice]:
        arrow = self.arrows[i]
        others = [b for n, b in self.boxes.items() if n not in (arrow.source, arrow.target)]
        crossed = float(sum(curve.within(b.grown(6)) for b in others))
        for (shape, block), t in product(enumerate(arrow.blocks), _SLIDES):
            x, y = curve.at(t)
            label = Box(x, y, block.width + 10, block.height + 6)
            hidden = crossed + sum(label.overlap(b.grown(6)) for b in self.boxes.values())
            hidden += _too_short(curve, label)
            price = 90 * abs(t - 0.5) + 3 * shape + abs(bow) / 8
            yield _Choice(PlacedArrow(curve, block, label), hidden, price + _HIDDEN * hidden)

    def _between(self, i: int, placed: PlacedArrow) -> tuple[float, float]:
        """Return what an arrow and the others hide of each other, and how close they come."""
        hidden, price = 0.0, 0.0
        for pair, point in self.badges.items():
            badge = Box(*point, _BADGE, _BADGE)
            hidden += placed.label.overlap(badge)
            if pair != self.arrows[i].pair:
                hidden += 0.5 * placed.curve.within(badge)
        for j, choice in self.chosen.items():
            other = choice.arrow
            if j != i and placed.bounds.touches(other.bounds):
                near = placed.air.overlap(other.air)
                if near:
                    price += near * 4
                    hidden += placed.label.overlap(other.label)
                price += _crowding(placed.curve, other.curve)
                covered = other.curve.within(placed.label) + placed.curve.within(other.label)
                hidden += 0.5 * covered
        return hidden, price


def _bundles(arrows: Sequence[Arrow]) -> list[list[int]]:
    """Return the arrows between the same two nodes together, those of a pair side by side."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, arrow in enumerate(arrows):
        key = (min(arrow.source, arrow.target), max(arrow.source, arrow.target))
        found[key].append(i)
    return [
        sorted(found[key], key=lambda i: (not arrows[i].pair, arrows[i].pair, i))
        for key in sorted(found)
    ]


def _crowding(one: Curve, other: Curve) -> float:
    """Return how much the ends of two arrows are in each other's way."""
    pairs = product((one.start, one.end), (other.start, other.end))
    return sum(3 * max(0.0, 26 - hypot(a[0] - b[0], a[1] - b[1])) for a, b in pairs)


def _too_short(curve: Curve, label: Box) -> float:
    """Return how much is missing for the arrow to be seen on both sides of its words."""
    seen = [not label.holds(point) for point in curve.samples]
    step = curve.length / (len(seen) - 1)
    before, after = _leading(seen) * step, _leading(reversed(seen)) * step
    return max(0.0, 22 - before) + max(0.0, 34 - after)


def _leading(seen: Iterable[bool]) -> int:
    count = 0
    for one in seen:
        if not one:
            break
        count += 1
    return count
