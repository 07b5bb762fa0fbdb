"""On which statements the classes of a thing can depend, read off the rules.

What a rule concludes about a thing rests on its body: on what is said of the thing itself, and of
things that the body joins to it. Followed backwards from the classes that are asked for, this gives
all statements that can matter to one thing, among however many; followed forwards from a statement,
all things to which it can matter. (The idea is that of magic sets: Bancilhon, Maier, Sagiv and
Ullman, *Magic Sets and Other Strange Ways to Implement Logic Programs*, PODS 1986.) Where a rule
joins through statements that are themselves inferred, every chain of the statements from which they
may come is followed: too much may be found, too little never.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from diaspora_kg.inference.rules import Atom, Rule, is_variable
from diaspora_kg.terms import TYPE, Term

Hop = tuple[Term, bool]
"""A predicate, and whether it is walked from subject to object."""


@dataclass(frozen=True)
class Is:
    """That a thing is of a class."""

    cls: Term


@dataclass(frozen=True)
class Has:
    """The statements of a predicate that begin at a thing, or that end at it."""

    hop: Hop


@dataclass(frozen=True)
class Beyond:
    """Something about the things that are joined to a thing by a predicate."""

    hop: Hop
    what: "Is | Has | Beyond"


Need = Is | Has | Beyond
Edge = tuple[Term, Term, Term]


class UnboundedError(Exception):
    """A rule joins things that nothing connects; what it concludes can depend on anything."""


class Dependence:
    """What depends on what under some rules."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        """Take the rules. Raises ``UnboundedError`` when one of them joins what is apart."""
        listed = list(rules)
        if any(rule.identity is not None for rule in listed):
            raise UnboundedError("a rule makes two things one")
        self._rules = [rule for rule in listed if rule.head is not None]
        self._hops: dict[Hop, frozenset[Hop]] = {}
        self._needs: dict[Need, set[Need]] = defaultdict(set)
        self._reverse: dict[Need, set[Need]] = defaultdict(set)
        self._near: dict[Need, set[Beyond]] = defaultdict(set)
        for rule in self._rules:
            for head, center in _heads(rule):
                self._needs[head].update(_needed(rule.body, center))
        for need, others in self._needs.items():
            for other in others:
                self._reverse[other].add(need)
                while isinstance(other, Beyond):
                    self._near[other.what].add(other)
                    self._near[other].add(other)
                    other = other.what

    def reach(
        self,
        thing: Term,
        classes: Iterable[Term],
        at: Callable[[Term], Iterable[Edge]],
        is_certain: Callable[[Term, Term], bool],
    ) -> set[Edge]:
        """Return the statements on which it can depend of which of some classes a thing is.

        ``at`` returns the statements that begin or end at a thing; ``is_certain`` tells of a thing
        and a class whether it is of it whatever is said.
        """
        found: set[Edge] = set()
        seen: set[tuple[Term, Need]] = set()
        waiting: list[tuple[Term, Need]] = [(thing, Is(cls)) for cls in classes]
        while waiting:
            state = waiting.pop()
            if state in seen:
                continue
            seen.add(state)
            node, need = state
            if isinstance(need, Is) and is_certain(node, need.cls):
                continue
            waiting.extend((node, other) for other in self._needs.get(need, ()))
            for edge in at(node):
                if self._is_meant(node, need, edge):
                    found.add(edge)
                waiting.extend(self._beyond(node, need, edge))
        return found

    def affected(
        self,
        changed: Iterable[tuple[Term, Need]],
        classes: frozenset[Term],
        at: Callable[[Term], Iterable[Edge]],
        is_certain: Callable[[Term, Term], bool],
    ) -> set[Term]:
        """Return the things for which it can matter to some classes that statements changed.

        ``changed`` are the statements as needs of their ends, see ``needs_met``; ``at`` and
        ``is_certain`` are those of ``reach``.
        """
        found: set[Term] = set()
        seen: set[tuple[Term, Need]] = set()
        waiting = list(changed)
        while waiting:
            state = waiting.pop()
            if state in seen:
                continue
            seen.add(state)
            node, need = state
            if isinstance(need, Is):
                if is_certain(node, need.cls):
                    continue
                if need.cls in classes:
                    found.add(node)
            waiting.extend((node, other) for other in self._reverse.get(need, ()))
            for beyond in self._near.get(need, ()):
                hops = self._ways(beyond.hop)
                for subject, predicate, obj in at(node):
                    if obj == node and (predicate, True) in hops:
                        waiting.append((subject, beyond))
                    if subject == node and (predicate, False) in hops:
                        waiting.append((obj, beyond))
        return found

    # --- One step -----------------------------------------------------------------------

    def _is_meant(self, node: Term, need: Need, edge: Edge) -> bool:
        subject, predicate, obj = edge
        if isinstance(need, Is):
            return predicate == TYPE and subject == node and obj == need.cls
        if isinstance(need, Has):
            wanted, forward = need.hop
            return predicate == wanted and node == (subject if forward else obj)
        return any(
            node == (subject if forward else obj) and predicate == wanted
            for wanted, forward in self._ways(need.hop)
        )

    def _beyond(self, node: Term, need: Need, edge: Edge) -> Iterator[tuple[Term, Need]]:
        """Yield what is needed of the other end of a statement; chains may go on there."""
        if isinstance(need, Beyond):
            subject, predicate, obj = edge
            hops = self._ways(need.hop)
            ends = []
            if subject == node and (predicate, True) in hops:
                ends.append(obj)
            if obj == node and (predicate, False) in hops:
                ends.append(subject)
            for end in ends:
                yield end, need.what
                yield end, need

    def _ways(self, hop: Hop) -> frozenset[Hop]:
        """Return the hops of which a hop may be made up, itself included."""
        known = self._hops.get(hop)
        if known is None:
            found, waiting = {hop}, [hop]
            while waiting:
                predicate, forward = waiting.pop()
                for rule in self._rules:
                    head = rule.head
                    if head is None or head[1] != predicate or predicate == TYPE:
                        continue
                    for step, along in _path(rule.body, head[0], head[2]):
                        new = (step, along == forward)
                        if new not in found:
                            found.add(new)
                            waiting.append(new)
            known = self._hops[hop] = frozenset(found)
        return known


def needs_met(edge: Edge) -> Iterator[tuple[Term, Need]]:
    """Yield what a statement says of its ends."""
    subject, predicate, obj = edge
    if predicate == TYPE:
        yield subject, Is(obj)
    yield subject, Has((predicate, True))
    yield obj, Has((predicate, False))


def _heads(rule: Rule) -> Iterator[tuple[Need, Term]]:
    """Yield what a rule concludes, seen from each variable of its head."""
    if rule.head is None:
        return
    subject, predicate, obj = rule.head
    if predicate == TYPE:
        if is_variable(obj) or not is_variable(subject):
            raise UnboundedError(rule.name)
        yield Is(obj), subject
        return
    if is_variable(subject):
        yield Has((predicate, True)), subject
    if is_variable(obj):
        yield Has((predicate, False)), obj


def _needed(body: tuple[Atom, ...], center: Term) -> Iterator[Need]:
    """Yield what a body needs to hold of the thing at one of its variables."""
    for atom in body:
        ends = [end for end in (atom[0], atom[2]) if is_variable(end)]
        if center in ends:
            yield from (_about(atom, end) for end in set(ends) if end == center)
            continue
        way, end = min(
            ((_path(body, center, end), end) for end in ends), key=lambda way: len(way[0])
        )
        need = _about(atom, end)
        for hop in reversed(way):
            need = Beyond(hop, need)
        yield need


def _about(atom: Atom, end: Term) -> Need:
    subject, predicate, obj = atom
    if predicate != TYPE:
        return Has((predicate, subject == end))
    if is_variable(obj):
        raise UnboundedError("a rule speaks of all classes")
    return Is(obj)


def _path(body: tuple[Atom, ...], start: Term, end: Term) -> list[Hop]:
    """Return the shortest way between two variables of a body, none between anything else.

    Raises ``UnboundedError`` when there is no way.
    """
    ways: dict[Term, list[Hop]] = {start: []}
    waiting = [start]
    for here in waiting:
        if here == end:
            return ways[here]
        for subject, predicate, obj in body:
            for near, far, forward in ((subject, obj, True), (obj, subject, False)):
                if near == here and far not in ways and is_variable(far):
                    ways[far] = [*ways[here], (predicate, forward)]
                    waiting.append(far)
    if is_variable(start) and is_variable(end):
        raise UnboundedError("a rule joins things that nothing connects")
    return []
