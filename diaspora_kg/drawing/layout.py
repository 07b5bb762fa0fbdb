"""Where the concepts of a map stand."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, pairwise
from math import atan2, cos, hypot, pi, sin

import networkx

from diaspora_kg.drawing.geometry import Point

Edge = tuple[str, str]
"""Two nodes, the smaller first."""

_STARTS, _KEPT = 8, 3


def layouts(nodes: Sequence[str], lengths: Mapping[Edge, float]) -> list[dict[str, Point]]:
    """Return some places for every node, with edges nearly as long as they are wanted to be.

    Several starts are relaxed; those with the fewest crossings come first. Each is turned so
    that arrows, which carry horizontal words, lie as flat as possible.
    """
    if len(nodes) == 1:
        return [dict.fromkeys(nodes, (0.0, 0.0))]
    graph = _connected(nodes, lengths)
    edges = sorted(lengths)
    rated: dict[tuple[int, float], dict[str, Point]] = {}
    for start in _starts(graph):
        places = _settled(graph, start)
        rated.setdefault(_badness(places, graph, edges), places)
    best = [rated[rating] for rating in sorted(rated)[:_KEPT]]
    return [_rounded(_sized(_turned(places, edges), lengths)) for places in best]


def relaid(places: Mapping[str, Point], lengths: Mapping[Edge, float]) -> dict[str, Point]:
    """Return places with other lengths, changed as little as may be."""
    if len(places) == 1:
        return dict(places)
    found = _sized(_settled(_connected(sorted(places), lengths), places), lengths)
    turns = _level(found, sorted(lengths))
    return _rounded(min(turns, key=lambda turned: round(_shift(places, turned))))


def _connected(nodes: Sequence[str], lengths: Mapping[Edge, float]) -> networkx.Graph:
    """Return the graph without directions, its parts joined so that none flies away."""
    graph = networkx.Graph()
    graph.add_nodes_from(sorted(nodes))
    mean = sum(lengths.values()) / len(lengths) if lengths else 1.0
    for (a, b), length in sorted(lengths.items()):
        graph.add_edge(a, b, length=length / mean)
    parts = sorted(sorted(part) for part in networkx.connected_components(graph))
    for part, following in pairwise(parts):
        graph.add_edge(part[0], following[0], length=1.0)
    return graph


def _starts(graph: networkx.Graph) -> Iterable[Mapping[str, Sequence[float]]]:
    yield networkx.circular_layout(graph)
    if networkx.check_planarity(graph)[0]:
        yield networkx.planar_layout(graph)
    for seed in range(_STARTS):
        yield networkx.random_layout(graph, seed=seed)


def _settled(graph: networkx.Graph, start: Mapping[str, Sequence[float]]) -> dict[str, Point]:
    """Return the places after the springs between all nodes have come to rest."""
    unit = networkx.rescale_layout_dict({node: tuple(start[node]) for node in graph})
    found = networkx.kamada_kawai_layout(graph, pos=unit, weight="length")
    return {node: (float(found[node][0]), float(found[node][1])) for node in sorted(found)}


def _badness(
    places: Mapping[str, Point], graph: networkx.Graph, edges: Sequence[Edge]
) -> tuple[int, float]:
    """Return the number of crossings, and how uneven and narrow the layout is."""
    crossings = sum(
        _cross(places[a], places[b], places[c], places[d])
        for (a, b), (c, d) in combinations(edges, 2)
        if len({a, b, c, d}) == 4
    )
    ratios = [_distance(places[a], places[b]) / graph.edges[a, b]["length"] for a, b in edges]
    mean = sum(ratios) / len(ratios) if ratios else 1.0
    gaps = [_distance(places[a], places[b]) / mean for a, b in combinations(sorted(places), 2)]
    uneven = (max(ratios, default=0.0) - min(ratios, default=0.0)) / mean
    return crossings, round(uneven - min(gaps, default=0.0), 2)


def _sized(places: Mapping[str, Point], lengths: Mapping[Edge, float]) -> dict[str, Point]:
    """Return the places with the edges as long, in the mean, as they are wanted to be."""
    now = sum(_distance(places[a], places[b]) for a, b in lengths)
    factor = sum(lengths.values()) / now if now else 1.0
    return {node: (x * factor, y * factor) for node, (x, y) in places.items()}


def _turned(places: Mapping[str, Point], edges: Sequence[Edge]) -> dict[str, Point]:
    """Return the places turned so that the edges lie flat and the first node stands on top."""
    turned = _level(places, edges)
    flattest = min(_steepness(found, edges) for found in turned)
    flat = [found for found in turned if _steepness(found, edges) <= 1.06 * flattest]

    def order(found: Mapping[str, Point]) -> tuple[int, float]:
        heights = [y for _, y in found.values()]
        level = found[min(found)][1] + (max(heights) - min(heights)) / 4
        return sum(y < level for y in heights), round(_steepness(found, edges), 3)

    return min(flat, key=order)


def _level(places: Mapping[str, Point], edges: Sequence[Edge]) -> list[dict[str, Point]]:
    """Return the places in each of the turns that lay some edge level."""
    slopes = [atan2(places[b][1] - places[a][1], places[b][0] - places[a][0]) for a, b in edges]
    return [_rotated(places, half - slope) for slope in slopes or [0.0] for half in (0.0, pi)]


def _shift(before: Mapping[str, Point], after: Mapping[str, Point]) -> float:
    return sum(_distance(place, after[node]) for node, place in before.items())


def _steepness(places: Mapping[str, Point], edges: Sequence[Edge]) -> float:
    return sum(
        abs(places[a][1] - places[b][1]) / (_distance(places[a], places[b]) or 1.0)
        for a, b in edges
    )


def _rotated(places: Mapping[str, Point], turn: float) -> dict[str, Point]:
    c, s = cos(turn), sin(turn)
    return {node: (x * c - y * s, x * s + y * c) for node, (x, y) in places.items()}


def _rounded(places: Mapping[str, Point]) -> dict[str, Point]:
    """Return the places without the digits in which machines may differ."""
    return {node: (float(round(x)), float(round(y))) for node, (x, y) in places.items()}


def _distance(a: Point, b: Point) -> float:
    return hypot(a[0] - b[0], a[1] - b[1])


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    def side(p: Point, q: Point, r: Point) -> bool:
        return (q[0] - p[0]) * (r[1] - p[1]) > (q[1] - p[1]) * (r[0] - p[0])

    return side(a, c, d) != side(b, c, d) and side(a, b, c) != side(a, b, d)
