"""What each piece of a graph has to be given of the others, so that near shapes can decide."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from diaspora_kg.shacl import DataGraph, validate
from diaspora_kg.shacl.report import Result
from diaspora_kg.spark.nearness import packaged
from diaspora_kg.store import read_nquads
from diaspora_kg.terms import Term, Triple, is_iri
from diaspora_kg.validation.packaged import order_of_classes

Index = Mapping[Term, tuple[Triple, ...]]
"""Nodes that several pieces speak of, with all that the whole graph says of them."""


def index_of(pieces: Iterable[Iterable[Triple]], reach: int) -> Index:
    """Return the nodes that more than one piece writes or refers to, and those ahead of them."""
    said: dict[Term, set[Triple]] = defaultdict(set)
    home: dict[Term, int] = {}
    shared: set[Term] = set()
    pointed: list[tuple[int, frozenset[Term]]] = []
    for number, piece in enumerate(pieces):
        ends = set()
        for triple in piece:
            said[triple[0]].add(triple)
            if home.setdefault(triple[0], number) != number:
                shared.add(triple[0])
            if is_iri(triple[2]):
                ends.add(triple[2])
        pointed.append((number, frozenset(ends)))
    for number, found in pointed:
        shared.update(node for node in found if home.get(node, number) != number)
    for _ in range(reach):
        ahead = {o for node in shared for _, _, o in said[node] if o in home}
        shared |= ahead
    return {node: tuple(sorted(said[node])) for node in shared}


def results_near(lines: bytes, index: Index) -> list[Result]:
    """Return what the near shapes find at the nodes of a piece, given what others say of them."""
    return results_at([(s, p, o) for s, p, o, _ in read_nquads(lines)], index)


def results_at(piece: list[Triple], index: Index) -> list[Result]:
    """Return what the near shapes find at the nodes that some triples speak of."""
    shapes = packaged()
    own = {triple[0] for triple in piece}
    triples = set(piece) | _around(piece, index, shapes.reach)
    triples.update(order_of_classes())
    report = validate(DataGraph.from_terms(sorted(triples)), shapes.near)
    return [result for result in report.results if result.focus in own]


def _around(piece: Iterable[Triple], index: Index, reach: int) -> set[Triple]:
    found: set[Triple] = set()
    edge = {end for s, _, o in piece for end in (s, o) if end in index}
    seen: set[Term] = set()
    for _ in range(reach + 1):
        seen |= edge
        added = {triple for node in edge for triple in index[node]}
        found |= added
        edge = {o for _, _, o in added if o in index} - seen
    return found
