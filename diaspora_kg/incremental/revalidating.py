"""What the shapes find after a change: only nodes that the change can matter to are looked at.

How far each shape looks says from which nodes a changed statement can be seen; these nodes are
validated with all that the shape sees from them and nothing else. What was found about all other
nodes is kept.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress

from diaspora_kg.errors import Finding
from diaspora_kg.incremental.encoding import dumps, loads
from diaspora_kg.incremental.memory import Memory, Revision, StaleError
from diaspora_kg.incremental.part import PartOfCorpus
from diaspora_kg.incremental.places import Places
from diaspora_kg.incremental.reconsidering import Change
from diaspora_kg.shacl import DataGraph, validate
from diaspora_kg.terms import Quad, Term, Triple, is_iri
from diaspora_kg.validation.packaged import order_of_classes, packaged_shapes
from diaspora_kg.validation.reach import (
    Hop,
    Reach,
    Selection,
    Trace,
    UnboundedError,
    as_json,
    from_json,
    reach_of,
)
from diaspora_kg.validation.results import ShaclFinding, findings_of

Seen = tuple[Term, Term]
"""A focus node, and a shape that looks at it."""


def revalidate(
    change: Change, places: Places, moved: Collection[Term], memory: Memory, revision: Revision
) -> list[Finding]:
    """Return what the shapes find now. Raises ``StaleError`` when only a whole look can tell."""
    kept: tuple[ShaclFinding, ...] = loads(memory.text("findings"))
    if not memory.has("reach"):
        raise StaleError("what shapes see has no bounds")
    sight = _Sight(change, from_json(memory.json("reach")))
    affected = sight.affected()
    found = [
        places.settle(finding, _nodes(finding), moved)
        for finding in kept
        if _seen(finding) not in affected
    ]
    targets = {seen for seen in affected if sight.is_target(seen)}
    if targets:
        data = DataGraph.from_terms({*order_of_classes(), *sight.around(targets)})
        shapes = packaged_shapes()
        results = validate(data, shapes, targets).results
        found.extend(findings_of(results, shapes, places))
    found.sort(key=lambda finding: finding.order)
    revision.keep("findings", dumps(tuple(found)))
    return list(found)


def keep_reach(revision: Revision) -> None:
    """Keep how far the shapes look, so that no update reads it off them; nothing if unbounded."""
    with suppress(UnboundedError):
        revision.keep_json("reach", as_json(reach_of(packaged_shapes())))


def _nodes(finding: ShaclFinding) -> list[Term]:
    result = finding.result
    return [] if result is None else [result.focus, *([result.value] if result.value else [])]


def _seen(finding: ShaclFinding) -> Seen:
    if finding.result is None:
        raise StaleError("a finding without its result")
    return finding.result.focus, finding.result.shape


class _Sight:
    """What shapes see of a graph before and after a change."""

    def __init__(self, change: Change, reaches: Iterable[Reach]) -> None:
        self._change = change
        self._reaches = {reach.shape: reach for reach in reaches}
        self._by_hop: dict[Term, list[tuple[Term, Trace, bool]]] = defaultdict(list)
        for reach in self._reaches.values():
            begun = {
                (trace[:place], trace[place])
                for trace in reach.traces
                for place in range(len(trace))
            }
            for way, (predicate, forward) in sorted(begun):
                self._by_hop[predicate].append((reach.shape, way, forward))

    def affected(self) -> set[Seen]:
        """Return the nodes from which a changed statement is seen, with the shapes that see it."""
        found: set[Seen] = set()
        back: dict[tuple[Term, Trace], frozenset[Term]] = {}
        for subject, predicate, obj, _ in self._change.quads:
            for shape, way, forward in self._by_hop.get(predicate, ()):
                end = subject if forward else obj
                if not is_iri(end):
                    continue
                if (end, way) not in back:
                    back[end, way] = self._walk_back(end, way)
                found.update((node, shape) for node in back[end, way])
        return found

    def is_target(self, seen: Seen) -> bool:
        """Tell whether a shape looks at a node now."""
        node, shape = seen
        return any(self._selects(one, node) for one in self._reaches[shape].selections)

    def around(self, targets: Iterable[Seen]) -> set[Triple]:
        """Return what shapes see from some nodes."""
        found: set[Triple] = set()
        walked: dict[tuple[Term, Trace], frozenset[Term]] = {}
        for node, shape in targets:
            for trace in self._reaches[shape].traces:
                here = frozenset([node])
                for place, hop in enumerate(trace):
                    key = node, trace[: place + 1]
                    if key not in walked:
                        triples = [t for one in here for t in self._along(one, hop)]
                        found.update(triples)
                        walked[key] = frozenset(t[2] if hop[1] else t[0] for t in triples)
                    here = walked[key]
        return found

    # --- Steps --------------------------------------------------------------------------

    def _selects(self, selection: Selection, node: Term) -> bool:
        ends = {node}
        for hop in selection.way:
            ends = {t[2] if hop[1] else t[0] for end in ends for t in self._along(end, hop)}
        return any(self._is_targeted(selection, end) for end in ends)

    def _is_targeted(self, selection: Selection, node: Term) -> bool:
        if node in selection.nodes:
            return True
        after = self._change.after
        if selection.classes and is_iri(node) and selection.classes & after.types(node):
            return True
        return any(True for hop in selection.hops for _ in self._along(node, hop))

    def _along(self, node: Term, hop: Hop) -> Iterator[Triple]:
        """Yield the statements that a step from a node takes, as they are now."""
        return _along(self._change.after, node, hop)

    def _walk_back(self, end: Term, way: Trace) -> frozenset[Term]:
        """Return the nodes from which a way leads to a node, before or after the change."""
        ends = {end}
        for predicate, forward in reversed(way):
            back = (predicate, not forward)
            ends = {
                t[0] if forward else t[2]
                for node in ends
                for corpus in (self._change.before, self._change.after)
                for t in _along(corpus, node, back)
            }
        return frozenset(end for end in ends if is_iri(end))


def _along(corpus: PartOfCorpus, node: Term, hop: Hop) -> Iterator[Triple]:
    predicate, forward = hop
    if not is_iri(node):
        return
    graph = corpus.statements
    quads: Iterable[Quad] = graph.quads_of(node) if forward else graph.referring(node, predicate)
    for s, p, o, _ in quads:
        if p == predicate:
            yield s, p, o
