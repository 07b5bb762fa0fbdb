"""Boxes and curves: the little plane geometry that a drawing needs. The y axis points down."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import hypot

Point = tuple[float, float]
_SAMPLES = 40


@dataclass(frozen=True)
class Box:
    """A rectangle by its centre."""

    x: float
    y: float
    width: float
    height: float

    @cached_property
    def left(self) -> float:
        """The smallest x."""
        return self.x - self.width / 2

    @cached_property
    def right(self) -> float:
        """The greatest x."""
        return self.x + self.width / 2

    @cached_property
    def top(self) -> float:
        """The smallest y."""
        return self.y - self.height / 2

    @cached_property
    def bottom(self) -> float:
        """The greatest y."""
        return self.y + self.height / 2

    def grown(self, margin: float) -> "Box":
        """Return the box with a margin around it."""
        return Box(self.x, self.y, self.width + 2 * margin, self.height + 2 * margin)

    def moved(self, dx: float, dy: float) -> "Box":
        """Return the box at another place."""
        return Box(self.x + dx, self.y + dy, self.width, self.height)

    def overlap(self, other: "Box") -> float:
        """Return how far one box reaches into the other; 0 when they are apart."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return min(wide, high) if wide > 0 and high > 0 else 0.0

    def touches(self, other: "Box") -> bool:
        """Tell whether two boxes share a point."""
        beside = self.right < other.left or other.right < self.left
        return not (beside or self.bottom < other.top or other.bottom < self.top)

    def count(self, points: Iterable[Point]) -> int:
        """Return how many points lie inside."""
        left, right, top, bottom = self.left, self.right, self.top, self.bottom
        return sum(1 for x, y in points if left < x < right and top < y < bottom)

    def holds(self, point: Point) -> bool:
        """Tell whether a point lies inside."""
        return self.count((point,)) == 1


def bounds(boxes: Iterable[Box]) -> Box:
    """Return the smallest box around some boxes, of which there is at least one."""
    found = list(boxes)
    left, right = min(b.left for b in found), max(b.right for b in found)
    top, bottom = min(b.top for b in found), max(b.bottom for b in found)
    return Box((left + right) / 2, (top + bottom) / 2, right - left, bottom - top)


@dataclass(frozen=True)
class Curve:
    """A cubic Bézier curve."""

    start: Point
    first: Point
    second: Point
    end: Point

    def at(self, t: float) -> Point:
        """Return the point at a share of the way."""
        a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
        return (
            a * self.start[0] + b * self.first[0] + c * self.second[0] + d * self.end[0],
            a * self.start[1] + b * self.first[1] + c * self.second[1] + d * self.end[1],
        )

    @cached_property
    def samples(self) -> tuple[Point, ...]:
        """Points along the curve, close enough to stand for it."""
        return tuple(self.at(i / _SAMPLES) for i in range(_SAMPLES + 1))

    def within(self, box: Box) -> int:
        """Return how many of its samples lie in a box."""
        return box.count(self.samples) if self.bounds.touches(box) else 0

    @cached_property
    def bounds(self) -> Box:
        """The smallest box around it."""
        return bounds(Box(x, y, 0, 0) for x, y in self.samples)

    def part(self, t0: float, t1: float) -> "Curve":
        """Return the curve between two shares of the way."""
        return self._until(t1)._until_reversed(t0 / t1)

    def trimmed(self, source: Box, target: Box) -> "Curve":
        """Return the part between two boxes."""
        steps = [i / 200 for i in range(201)]
        t0 = next((t for t in steps if not source.holds(self.at(t))), 0.0)
        t1 = next((t for t in reversed(steps) if not target.holds(self.at(t))), 1.0)
        return self.part(t0, t1) if t0 < t1 else self

    def moved(self, dx: float, dy: float) -> "Curve":
        """Return the curve at another place."""
        ends = (self.start, self.first, self.second, self.end)
        return Curve(*((x + dx, y + dy) for x, y in ends))

    @property
    def length(self) -> float:
        """The length, nearly."""
        pairs = pairwise(self.samples)
        return sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairs)

    @property
    def reversed(self) -> "Curve":
        """The same curve from its end to its start."""
        return Curve(self.end, self.second, self.first, self.start)

    def _until(self, t: float) -> "Curve":
        p01, p12 = _between(self.start, self.first, t), _between(self.first, self.second, t)
        p23 = _between(self.second, self.end, t)
        p012, p123 = _between(p01, p12, t), _between(p12, p23, t)
        return Curve(self.start, p01, p012, _between(p012, p123, t))

    def _until_reversed(self, t: float) -> "Curve":
        return self.reversed._until(1 - t).reversed


def bowed(start: Point, end: Point, bow: float) -> Curve:
    """Return a curve that passes its middle at a distance from the straight line.

    A positive bow lies to the left of who walks from start to end.
    """
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = hypot(dx, dy) or 1.0
    reach = bow * 4 / 3
    nx, ny = dy / length * reach, -dx / length * reach
    return Curve(
        start,
        (start[0] + dx * 0.3 + nx, start[1] + dy * 0.3 + ny),
        (start[0] + dx * 0.7 + nx, start[1] + dy * 0.7 + ny),
        end,
    )


def loop(centre: Box, reach: float) -> Curve:
    """Return a curve from the top of a box back to it."""
    return Curve(
        (centre.x - centre.width / 4, centre.y),
        (centre.x - centre.width / 2, centre.top - reach * 4 / 3),
        (centre.x + centre.width / 2, centre.top - reach * 4 / 3),
        (centre.x + centre.width / 4, centre.y),
    )


def _between(a: Point, b: Point, t: float) -> Point:
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t)
