"""Solutions of a query, each with the triples that it matched."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from rdflib import BNode, Variable

from diaspora_kg.evidence.scope import name_of
from diaspora_kg.lookup import Node, Step

Bindings = Mapping[str, Node]


@dataclass(frozen=True, eq=False, slots=True)
class Ground:
    """Triples that solutions rest on, made of those of others without copying any of them.

    A group may rest on every claim there is. Each of the rows that it is joined with rests on them
    as well, so copies would take the square of it.
    """

    own: tuple[Step, ...] = ()
    parts: tuple["Ground", ...] = ()

    def triples(self) -> frozenset[Step]:
        """Return all the triples, each once."""
        found: set[Step] = set()
        met, rest = {id(self)}, [self]
        while rest:
            ground = rest.pop()
            found.update(ground.own)
            for part in ground.parts:
                if id(part) not in met:
                    met.add(id(part))
                    rest.append(part)
        return frozenset(found)


NO_GROUND = Ground()


@dataclass(frozen=True)
class Traced:
    """One solution with the triples that it matched."""

    bindings: Bindings
    ground: Ground = field(default=NO_GROUND, compare=False)
    absent: frozenset[str] = frozenset()
    """What it rests on not being there: the properties that were looked for in vain."""
    members: int = 1
    """How many solutions a group joins; 1 outside of aggregates."""

    @property
    def triples(self) -> frozenset[Step]:
        """The triples that it matched; put together anew each time."""
        return self.ground.triples()


class Indexed:
    """Solutions, found by the values of variables that all of them bind."""

    def __init__(self, solutions: Iterable[Traced], names: Iterable[str]) -> None:
        """Take solutions, and the names of variables that others may share with them."""
        self._all = list(solutions)
        self._names = [n for n in sorted(names) if all(n in s.bindings for s in self._all)]
        self._found: dict[tuple[Node | None, ...], list[Traced]] = defaultdict(list)
        for solution in self._all:
            self._found[self._key(solution.bindings)].append(solution)

    def compatible(self, bindings: Bindings) -> Iterator[Traced]:
        """Yield the solutions that agree with some bindings."""
        key = self._key(bindings)
        candidates = self._all if None in key else self._found.get(key, ())
        return (s for s in candidates if compatible(bindings, s.bindings))

    def _key(self, bindings: Bindings) -> tuple[Node | None, ...]:
        return tuple(bindings.get(name) for name in self._names)


def compatible(one: Bindings, other: Bindings) -> bool:
    """Tell whether two solutions agree on whatever both of them bind."""
    return all(other.get(name, term) == term for name, term in one.items())


def joined(left: Traced, right: Traced) -> Traced:
    """Return two solutions that agree as one."""
    return Traced(
        {**left.bindings, **right.bindings},
        both(left.ground, right.ground),
        left.absent | right.absent,
        max(left.members, right.members),
    )


def both(one: Ground, other: Ground) -> Ground:
    """Return what rests on two grounds."""
    if one is NO_GROUND or one is other:
        return other
    return one if other is NO_GROUND else Ground(parts=(one, other))


def merged(bindings: Bindings, solutions: list[Traced], members: int) -> Traced:
    """Return several solutions as one that rests on all that they rest on."""
    return Traced(
        bindings,
        Ground(parts=tuple({id(s.ground): s.ground for s in solutions}.values())),
        frozenset(name for solution in solutions for name in solution.absent),
        members,
    )


def bind(bound: Bindings, ends: Iterable[tuple[Any, Node]]) -> Bindings | None:
    """Return the bindings with more of them, or None when two do not agree."""
    more = dict(bound)
    for term, node in ends:
        if isinstance(term, Variable | BNode) and more.setdefault(name_of(term), node) != node:
            return None
    return more
