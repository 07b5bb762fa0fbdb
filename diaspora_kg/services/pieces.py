"""A build in pieces of bounded size, each of which can be sent twice without harm."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

import pyoxigraph

from diaspora_kg.services.holdings import CONTESTED, DERIVED, STATED, is_stated

Line = bytes
"""A triple as N-Triples, with the full stop and the end of the line."""


@dataclass(frozen=True)
class Piece:
    """Some triples of one graph that travel together."""

    ntriples: bytes
    count: int


def graphs_of(quads: Iterable[bytes]) -> dict[str, list[Line]]:
    """Return the triples of lines of N-Quads, by graph, in their order."""
    graphs: dict[str, list[Line]] = defaultdict(list)
    for line in quads:
        triple, _, graph = line.rstrip(b"\n").removesuffix(b" .").rpartition(b" ")
        if triple:
            graphs[graph[1:-1].decode("utf-8")].append(triple + b" .\n")
    return dict(graphs)


def derived_from(graphs: Mapping[str, Sequence[Line]]) -> dict[str, list[Line]]:
    """Return the graphs that are put together from others, each triple once, sorted."""
    return {
        name: sorted({line for graph in parts_of(name, graphs) for line in graphs[graph]})
        for name in DERIVED
    }


def parts_of(derived: str, graphs: Iterable[str]) -> list[str]:
    """Return which of some graphs a derived one is put together from."""
    if derived == STATED:
        return sorted(graph for graph in graphs if is_stated(graph))
    return sorted(graph for graph in graphs if graph not in (CONTESTED, *DERIVED))


def pieces(lines: Sequence[Line], most_bytes: int) -> Iterator[Piece]:
    """Yield the triples of a graph in pieces of at most so many bytes.

    Triples with blank nodes come first and in one piece, whatever its size: a blank node is the
    same only within one request.
    """
    nameless = [line for line in lines if _is_nameless(line)]
    if nameless:
        yield Piece(b"".join(nameless), len(nameless))
    chosen: list[Line] = []
    size = 0
    for line in lines:
        if _is_nameless(line):
            continue
        if chosen and size + len(line) > most_bytes:
            yield Piece(b"".join(chosen), len(chosen))
            chosen, size = [], 0
        chosen.append(line)
        size += len(line)
    if chosen:
        yield Piece(b"".join(chosen), len(chosen))


def arrived(sent: Sequence[Piece], count: int) -> int:
    """Return how many pieces a graph has that holds so many triples; 0 where none fits.

    A piece arrives whole or not at all, and they are sent in order. A count between two pieces
    means that a service took a part of one: then the graph begins anew.
    """
    sums = list(accumulate(piece.count for piece in sent))
    return sums.index(count) + 1 if count in sums else 0


def distinct_values(lines: Iterable[Line]) -> int:
    """Return how many triples are left where literals of one value count as one."""
    store = pyoxigraph.Store()
    store.bulk_load(b"".join(lines), pyoxigraph.RdfFormat.N_TRIPLES)
    return len(store)


def _is_nameless(line: Line) -> bool:
    return line.startswith(b"_:") or b"> _:" in line
