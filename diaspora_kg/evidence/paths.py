"""Property paths, each pair of ends with one shortest path of triples between them."""

from collections.abc import Iterator
from dataclasses import dataclass

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

Node = ox.NamedNode | ox.BlankNode | ox.Literal
Step = tuple[Node, ox.NamedNode, Node]
Steps = tuple[Step, ...]
Pairs = dict[tuple[Node, Node], Steps]


@dataclass(frozen=True)
class Reader:
    """Triples of a store as one set, or of one of its named graphs."""

    store: ox.Store
    graph: ox.NamedNode | None = None

    def triples(
        self, subject: Node | None, predicate: ox.NamedNode | None, obj: Node | None
    ) -> Iterator[Step]:
        """Yield each matching triple once, in whichever graphs it stands."""
        if isinstance(subject, ox.Literal):
            return
        seen = set()
        for quad in self.store.quads_for_pattern(subject, predicate, obj, self.graph):
            triple = (quad.subject, quad.predicate, quad.object)
            if triple not in seen:
                seen.add(triple)
                yield triple


def pairs(reader: Reader, path: Path | URIRef, start: Node | None, end: Node | None) -> Pairs:
    """Return the pairs of nodes that a path joins, each with one shortest way between them."""
    if isinstance(path, URIRef):
        predicate = ox.NamedNode(str(path))
        return {(s, o): ((s, p, o),) for s, p, o in reader.triples(start, predicate, end)}
    if isinstance(path, InvPath):
        return {(s, o): way for (o, s), way in pairs(reader, path.arg, end, start).items()}
    if isinstance(path, AlternativePath):
        return _shorter(*(pairs(reader, arg, start, end) for arg in path.args))
    if isinstance(path, SequencePath):
        return _sequence(reader, list(path.args), start, end)
    if isinstance(path, MulPath):
        return _repeated(reader, path, start, end)
    if isinstance(path, NegatedPath):
        return _negated(reader, path, start, end)
    raise ValueError(f"a kind of property path that is not known: {path}")


def _shorter(*alternatives: Pairs) -> Pairs:
    found: Pairs = {}
    for alternative in alternatives:
        for ends, way in alternative.items():
            if ends not in found or len(way) < len(found[ends]):
                found[ends] = way
    return found


def _sequence(reader: Reader, parts: list[Path], start: Node | None, end: Node | None) -> Pairs:
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


def _keep(found: Pairs, ends: tuple[Node, Node], way: Steps) -> None:
    if ends not in found or len(way) < len(found[ends]):
        found[ends] = way


def _repeated(reader: Reader, path: MulPath, start: Node | None, end: Node | None) -> Pairs:
    if start is None and end is not None:
        backwards = MulPath(InvPath(path.path), path.mod)
        return {(s, o): way for (o, s), way in _repeated(reader, backwards, end, None).items()}
    starts = [start] if start is not None else _all_nodes(reader, path)
    found: Pairs = {}
    for node in starts:
        for reached, way in _walk(reader, path, node).items():
            if end is None or reached == end:
                found[node, reached] = way
    return found


def _all_nodes(reader: Reader, path: MulPath) -> list[Node]:
    nodes = {node for ends in pairs(reader, path.path, None, None) for node in ends}
    return sorted(nodes, key=str)


def _walk(reader: Reader, path: MulPath, start: Node) -> dict[Node, Steps]:
    """Return every node that is reached from one, breadth first, with a shortest way."""
    reached: dict[Node, Steps] = {start: ()} if path.mod in ("*", "?") else {}
    frontier: list[tuple[Node, Steps]] = [(start, ())]
    walked = {start}
    while frontier:
        ahead: list[tuple[Node, Steps]] = []
        for node, way in frontier:
            for (_, target), step in pairs(reader, path.path, node, None).items():
                if target not in reached:
                    reached[target] = way + step
                if target not in walked:
                    walked.add(target)
                    ahead.append((target, way + step))
        frontier = [] if path.mod == "?" else ahead
    return reached


def _negated(reader: Reader, path: NegatedPath, start: Node | None, end: Node | None) -> Pairs:
    refused = {str(arg) for arg in path.args if isinstance(arg, URIRef)}
    refused_back = {str(arg.arg) for arg in path.args if isinstance(arg, InvPath)}
    found: Pairs = {}
    if refused or not refused_back:
        for s, p, o in reader.triples(start, None, end):
            if p.value not in refused:
                found[s, o] = ((s, p, o),)
    if refused_back:
        for s, p, o in reader.triples(end, None, start):
            if p.value not in refused_back:
                _keep(found, (o, s), ((s, p, o),))
    return found
