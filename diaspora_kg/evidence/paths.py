"""Property paths, each pair of ends with one shortest path of triples between them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pyoxigraph as ox
from rdflib import URIRef
from rdflib.paths import (
    AlternativePath,
    InvPath,
    MulPath,
    NegatedPath,
    Path,
    SequencePath,
)

from diaspora_kg.evidence.effort import Effort
from diaspora_kg.lookup import Node, Step
from diaspora_kg.quadstore import QuadStore

Steps = tuple[Step, ...]
Pairs = dict[tuple[Node, Node], Steps]


class UnknownPathError(Exception):
    """A kind of property path that is not followed."""


@dataclass(frozen=True)
class Reader:
    """The triples that a query sees: of some graphs of a store, or of all but some."""

    store: QuadStore
    only: frozenset[str] | None = None
    """The IRIs of the graphs that are read; None for all of them."""
    hidden: frozenset[str] = frozenset()
    """The IRIs of graphs that are not read although all others are."""
    named: frozenset[str] | None = None
    """The IRIs of the graphs that GRAPH can name; None for all of them."""
    effort: Effort = field(default_factory=Effort, compare=False)
    """What counts the triples that are read."""

    def triples(
        self, subject: Node | None, predicate: ox.NamedNode | None, obj: Node | None
    ) -> Iterator[Step]:
        """Yield each matching triple once, in whichever graphs it stands."""
        if isinstance(subject, ox.Literal):
            return
        seen = set()
        for quad in self._quads(subject, predicate, obj):
            self.effort.read()
            triple = (quad.subject, quad.predicate, quad.object)
            if triple not in seen and self._is_seen(quad.graph_name):
                seen.add(triple)
                yield triple  # type: ignore[misc] # a store without quoted triples

    def inside(self, graph: ox.NamedNode) -> "Reader":
        """Return a reader of one graph."""
        only = frozenset((graph.value,))
        return Reader(self.store, only, named=self.named, effort=self.effort)

    def named_graphs(self, chosen: Node | None) -> list[ox.NamedNode]:
        """Return the graphs that GRAPH may stand for: the chosen one, or all."""
        graphs = self.store.named_graphs() if chosen is None else (chosen,)
        return [
            graph
            for graph in graphs
            if isinstance(graph, ox.NamedNode) and (self.named is None or graph.value in self.named)
        ]

    @cached_property
    def nodes(self) -> list[Node]:
        """Every subject and object there is."""
        found = {node for s, _, o in self.triples(None, None, None) for node in (s, o)}
        return sorted(found, key=str)

    def _quads(
        self, subject: Node | None, predicate: ox.NamedNode | None, obj: Node | None
    ) -> Iterator[ox.Quad]:
        graph = None
        if self.only is not None and len(self.only) == 1:
            graph = ox.NamedNode(next(iter(self.only)))
        assert not isinstance(subject, ox.Literal)
        yield from self.store.quads_for_pattern(subject, predicate, obj, graph)

    def _is_seen(self, graph: object) -> bool:
        name = graph.value if isinstance(graph, ox.NamedNode) else ""
        return name not in self.hidden and (self.only is None or name in self.only)


def pairs(reader: Reader, path: Path | URIRef, start: Node | None, end: Node | None) -> Pairs:
    """Return the pairs of nodes that a path joins, each with one shortest way between them.

    Raises ``UnknownPathError`` for a path that is not followed.
    """
    if isinstance(path, URIRef):
        predicate = ox.NamedNode(str(path))
        return {(s, o): ((s, p, o),) for s, p, o in reader.triples(start, predicate, end)}
    if isinstance(path, InvPath):
        return {(s, o): way for (o, s), way in pairs(reader, path.arg, end, start).items()}
    if isinstance(path, AlternativePath):
        return _shortest(pairs(reader, arg, start, end) for arg in path.args)
    if isinstance(path, SequencePath):
        return _sequence(reader, list(path.args), start, end)
    if isinstance(path, MulPath):
        return _repeated(reader, path, start, end)
    if isinstance(path, NegatedPath):
        return _negated(reader, path, start, end)
    raise UnknownPathError("a property path of an unknown kind")


def _shortest(alternatives: Iterator[Pairs]) -> Pairs:
    found: Pairs = {}
    for alternative in alternatives:
        for ends, way in alternative.items():
            _keep(found, ends, way)
    return found


def _keep(found: Pairs, ends: tuple[Node, Node], way: Steps) -> None:
    if ends not in found or len(way) < len(found[ends]):
        found[ends] = way


def _sequence(
    reader: Reader, parts: Sequence[Path | URIRef], start: Node | None, end: Node | None
) -> Pairs:
    if len(parts) == 1:
        return pairs(reader, parts[0], start, end)
    found: Pairs = {}
    if start is None and end is not None:
        for (middle, o), way in pairs(reader, parts[-1], None, end).items():
            for (s, _), before in _sequence(reader, parts[:-1], None, middle).items():
                _keep(found, (s, o), before + way)
        return found
    for (s, middle), way in pairs(reader, parts[0], start, None).items():
        for (_, o), after in _sequence(reader, parts[1:], middle, end).items():
            _keep(found, (s, o), way + after)
    return found


def _repeated(reader: Reader, path: MulPath, start: Node | None, end: Node | None) -> Pairs:
    if start is None and end is not None:
        backwards = MulPath(InvPath(path.path), path.mod)
        return {
            (s, o): _turned(way) for (o, s), way in _repeated(reader, backwards, end, None).items()
        }
    found: Pairs = {}
    for node in [start] if start is not None else _starts(reader, path):
        for reached, way in _walk(reader, path, node).items():
            if end is None or reached == end:
                found[node, reached] = way
    return found


def _turned(way: Steps) -> Steps:
    return tuple(reversed(way))


def _starts(reader: Reader, path: MulPath) -> list[Node]:
    """Return where a path with two open ends may begin; a path of no length begins anywhere."""
    if path.mod != "+":
        return reader.nodes
    return sorted({node for node, _ in pairs(reader, path.path, None, None)}, key=str)


def _walk(reader: Reader, path: MulPath, start: Node) -> dict[Node, Steps]:
    """Return every node that is reached from one, breadth first, with a shortest way."""
    reached: dict[Node, Steps] = {start: ()} if path.mod in ("*", "?") else {}
    frontier: list[tuple[Node, Steps]] = [(start, ())]
    walked = {start}
    while frontier:
        ahead: dict[Node, Steps] = {}
        for node, way in frontier:
            for (_, target), step in pairs(reader, path.path, node, None).items():
                whole = way + step
                if target not in reached or len(whole) < len(reached[target]):
                    reached[target] = whole
                    ahead[target] = whole
                elif target not in walked:
                    ahead[target] = whole
                walked.add(target)
        frontier = [] if path.mod == "?" else list(ahead.items())
    return reached


def _negated(reader: Reader, path: NegatedPath, start: Node | None, end: Node | None) -> Pairs:
    if not all(isinstance(arg, URIRef) for arg in path.args):
        raise UnknownPathError("a negated property path with an inverse part")
    refused = {str(arg) for arg in path.args}
    return {
        (s, o): ((s, p, o),)
        for s, p, o in reader.triples(start, None, end)
        if p.value not in refused
    }
