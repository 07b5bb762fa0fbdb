"""Boxes, arrows and words of a map, moved until nothing lies on anything else.

The layout is asked for edges as long as their words need. Of the layouts it offers, the one in
which least is hidden is taken. Where something is still hidden, the edges concerned grow and the
rest gives way.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations

from diaspora_kg.drawing.geometry import Box, Point, bounds
from diaspora_kg.drawing.layout import Edge, layouts, relaid
from diaspora_kg.drawing.lettering import Block
from diaspora_kg.drawing.placing import Arrangement, Arrow, place, reach

_STRETCH = 1.3
"""Captions are wide and low, so the plane is stretched sideways."""

_ROUNDS, _GROWTH = 12, 1.12
_LARGER = 6.0
"""How much may be hidden rather than that the map becomes twice as large."""

_MARGIN_OF_BOXES = 18.0


def arrange(sizes: Mapping[str, Block], arrows: Sequence[Arrow], width: float) -> Arrangement:
    """Return an arrangement in which nothing hides anything, or the one that hides least.

    A map that needs less than the width is spread to fill it.
    """
    shapes = {node: (block.width + 32, block.height + 22) for node, block in sizes.items()}
    lengths = _wanted(shapes, arrows)
    tried = []
    for places in layouts(list(shapes), lengths):
        spread = _filling(_boxes(places, shapes), width)
        tried.append((place(_boxes(_spread(places, spread), shapes), arrows), places, spread))
    best, places, spread = min(tried, key=lambda found: found[0].hidden)
    first = bounds(best.boxes.values())
    found, rounds = best, 0
    while found.hidden and rounds < _ROUNDS:
        rounds += 1
        for edge in {_edge(arrows[i]) for i in found.in_trouble} & lengths.keys():
            lengths[edge] *= _GROWTH
        places = relaid(places, lengths)
        found = place(_boxes(_spread(places, spread), shapes), arrows)
        best = min(best, found, key=lambda one: _badness(one, first))
    return best


def _badness(found: Arrangement, first: Box) -> float:
    """Return how much is hidden, and how much larger than at first the map has become."""
    around = bounds(found.boxes.values())
    return found.hidden + _LARGER * around.width * around.height / (first.width * first.height)


def _spread(places: Mapping[str, Point], factor: float) -> dict[str, Point]:
    return {node: (x * factor, y * factor) for node, (x, y) in places.items()}


def _edge(arrow: Arrow) -> Edge:
    return (min(arrow.source, arrow.target), max(arrow.source, arrow.target))


def _wanted(
    shapes: Mapping[str, tuple[float, float]], arrows: Sequence[Arrow]
) -> dict[Edge, float]:
    """Return how long the edges should be for their words, before the plane is stretched."""
    bundles: dict[Edge, list[Arrow]] = defaultdict(list)
    for arrow in arrows:
        bundles[_edge(arrow)].append(arrow)
    found = {}
    for (a, b), bundle in sorted(bundles.items()):
        widest = max(arrow.blocks[0].width for arrow in bundle)
        height = sum(arrow.blocks[0].height for arrow in bundle)
        ends = shapes[a][0] + shapes[b][0]
        if a != b:
            found[(a, b)] = 50 + 0.3 * ends + 0.45 * widest + 0.5 * height
    return found


def _boxes(
    places: Mapping[str, Point], shapes: Mapping[str, tuple[float, float]]
) -> dict[str, Box]:
    boxes = {node: Box(x * _STRETCH, y, *shapes[node]) for node, (x, y) in sorted(places.items())}
    return _apart(boxes)


def _filling(boxes: Mapping[str, Box], width: float) -> float:
    """Return by how much a small map may be spread."""
    around = bounds(boxes.values())
    return min(1.6, max(1.0, width / around.width))


def _apart(boxes: Mapping[str, Box]) -> dict[str, Box]:
    """Push boxes apart that lie too close."""
    found = dict(boxes)
    for _ in range(40):
        close = [
            (a, b, depth)
            for a, b in combinations(sorted(found), 2)
            if (depth := found[a].grown(_MARGIN_OF_BOXES).overlap(found[b].grown(_MARGIN_OF_BOXES)))
        ]
        if not close:
            break
        for a, b, depth in close:
            dx, dy = found[b].x - found[a].x, found[b].y - found[a].y
            step = depth / 2 + 1
            flat = abs(dx) / 2 > abs(dy)
            by = (reach(dx, step), 0.0) if flat else (0.0, reach(dy, step))
            found[a], found[b] = found[a].moved(-by[0], -by[1]), found[b].moved(*by)
    return found
