"""Triple patterns against the triples of a store, the most telling pattern first."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox
from rdflib import BNode, URIRef, Variable
from rdflib.paths import InvPath, Path, SequencePath

from diaspora_kg.evidence.absence import in_words, may_be_empty
from diaspora_kg.evidence.expressions import to_oxigraph
from diaspora_kg.evidence.paths import Reader, Steps, pairs
from diaspora_kg.evidence.scope import name_of
from diaspora_kg.evidence.solutions import NO_GROUND, Bindings, Ground, Traced
from diaspora_kg.lookup import Node
from diaspora_kg.namespaces import compact

_End = Node | str
"""A term, or the name of a variable."""


@dataclass(frozen=True)
class Pattern:
    """One triple pattern, with a property path in the place of the predicate at times."""

    subject: _End
    predicate: _End
    obj: _End
    path: Path | None = None
    may_be_empty: bool = False
    """Whether a thing is joined with itself, without any triple."""
    words: str = ""
    """The property, class or path that is looked for, in short."""

    def words_for(self, bound: Bindings) -> str:
        """Return what is looked for in short, a property that is bound by its name."""
        known = bound.get(self.predicate) if isinstance(self.predicate, str) else None
        return compact(known.value) if isinstance(known, ox.NamedNode) else self.words

    @property
    def names(self) -> frozenset[str]:
        """The variables of the pattern."""
        ends = (self.subject, self.predicate, self.obj)
        return frozenset(end for end in ends if isinstance(end, str) and end)

    def is_reached(self, bound: frozenset[str]) -> bool:
        """Tell whether the subject or the object is known."""
        ends = (self.subject, self.obj)
        return any(not isinstance(end, str) or end in bound for end in ends)

    def telling(self, bound: frozenset[str], reached: frozenset[str]) -> tuple[bool, int, int]:
        """Return how much is known of the pattern when some variables are bound.

        Patterns that hang together with those matched before come first: others would multiply
        what was found by what they find.
        """
        subject, predicate, obj = (
            not isinstance(end, str) or end == "" or end in bound
            for end in (self.subject, self.predicate, self.obj)
        )
        hangs_together = not reached or not reached.isdisjoint(self.names)
        known = 4 * subject + 3 * obj + predicate
        return (hangs_together, known, 0 if self.path is None else -1)

    def matches(self, reader: Reader, bound: Bindings) -> Iterator[tuple[Bindings, Steps]]:
        """Yield the bindings of each match with the triples that it took."""
        subject, obj = _resolve(self.subject, bound), _resolve(self.obj, bound)
        if self.path is not None:
            for (start, end), steps in pairs(reader, self.path, subject, obj).items():
                more = _with(bound, ((self.subject, start), (self.obj, end)))
                if more is not None:
                    yield more, steps
            return
        predicate = _resolve(self.predicate, bound)
        if predicate is not None and not isinstance(predicate, ox.NamedNode):
            return
        ends = (self.subject, self.predicate, self.obj)
        for triple in reader.triples(subject, predicate, obj):
            more = _with(bound, zip(ends, triple, strict=True))
            if more is not None:
                yield more, (triple,)


class Patterns:
    """The patterns of one basic graph pattern. Their order depends on what is bound before."""

    def __init__(self, triples: list[tuple[Any, Any, Any]]) -> None:
        """Take the triples of rdflib's algebra."""
        self._patterns = [piece for triple in triples for piece in _unrolled(triple)]
        self._names = frozenset(name for pattern in self._patterns for name in pattern.names)
        self._orders: dict[frozenset[str], list[Pattern]] = {}

    def solutions(self, reader: Reader, bound: Bindings) -> Iterator[Traced]:
        """Yield the solutions that agree with what is bound."""
        known = self._names.intersection(bound)
        order = self._orders.get(known)
        if order is None:
            order = self._orders[known] = self._in_order(known)
        return _match(order, 0, reader, bound, NO_GROUND)

    @property
    def pieces(self) -> list[Pattern]:
        """The patterns, sequences of properties taken apart."""
        return self._patterns

    def missing(self, reader: Reader, bound: Bindings) -> tuple[Pattern, Bindings] | None:
        """Return the first pattern that is not there, and what was known by then.

        None when there is a solution.
        """
        order = self._for_words(self._names.intersection(bound))
        place, seen = _furthest(order, 0, reader, bound)
        return (order[place], seen) if place < len(order) else None

    def _for_words(self, bound: frozenset[str]) -> list[Pattern]:
        """Return an order in which what need not be there comes as soon as one end is known."""
        rest, order, known = self._in_order(bound), list[Pattern](), bound
        while rest:
            ready = (p for p in rest if p.may_be_empty and p.is_reached(known))
            order.append(next(ready, rest[0]))
            rest.remove(order[-1])
            known |= order[-1].names
        return order

    def _in_order(self, bound: frozenset[str]) -> list[Pattern]:
        rest, order = list(self._patterns), list[Pattern]()
        reached: frozenset[str] = frozenset()
        while rest:
            telling = [pattern.telling(bound | reached, reached) for pattern in rest]
            order.append(rest.pop(telling.index(max(telling))))
            reached |= order[-1].names
        return order


def _match(
    order: list[Pattern], place: int, reader: Reader, bound: Bindings, matched: Ground
) -> Iterator[Traced]:
    if place == len(order):
        yield Traced(bound, matched)
        return
    for more, steps in order[place].matches(reader, bound):
        further = Ground(steps, (matched,)) if steps else matched
        yield from _match(order, place + 1, reader, more, further)


def _furthest(
    order: list[Pattern], place: int, reader: Reader, bound: Bindings
) -> tuple[int, Bindings]:
    """Return how many patterns can be matched one after the other, and what that binds."""
    best, seen = place, bound
    if place < len(order):
        for more, _ in order[place].matches(reader, bound):
            reached, known = _furthest(order, place + 1, reader, more)
            if reached > best:
                best, seen = reached, known
            if best == len(order):
                break
    return best, seen


def _unrolled(triple: tuple[Any, Any, Any]) -> Iterator[Pattern]:
    """Yield a pattern; a sequence or inverse path as the plain patterns that it stands for."""
    subject, predicate, obj = triple
    if isinstance(predicate, SequencePath):
        ends = [subject, *(BNode() for _ in predicate.args[1:]), obj]
        for number, arg in enumerate(predicate.args):
            yield from _unrolled((ends[number], arg, ends[number + 1]))
    elif isinstance(predicate, InvPath):
        yield from _unrolled((obj, predicate.arg, subject))
    elif isinstance(predicate, URIRef | Variable):
        words = in_words(predicate, obj)
        yield Pattern(_end(subject), _end(predicate), _end(obj), words=words)
    else:
        path = (predicate, may_be_empty(predicate), in_words(predicate))
        yield Pattern(_end(subject), "", _end(obj), *path)


def _end(term: Any) -> _End:  # noqa: ANN401 - an rdflib term
    return name_of(term) if isinstance(term, Variable | BNode) else to_oxigraph(term)


def _resolve(end: _End, bound: Bindings) -> Node | None:
    return bound.get(end) if isinstance(end, str) else end


def _with(bound: Bindings, ends: Any) -> Bindings | None:  # noqa: ANN401 - pairs of end and node
    more = dict(bound)
    for end, node in ends:
        if isinstance(end, str) and more.setdefault(end, node) != node:
            return None
    return more
