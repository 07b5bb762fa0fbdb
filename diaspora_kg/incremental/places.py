"""Where nodes are written, looked up for the few of which something is to be said."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from diaspora_kg.errors import Finding, Location
from diaspora_kg.incremental.memory import Memory
from diaspora_kg.incremental.remembering import Declared, own_unit, places_of
from diaspora_kg.terms import Term

Found = TypeVar("Found", bound=Finding)


class Places(Mapping[Term, Location]):
    """The place of every node, as a whole build gives it: that of the last case that writes it."""

    def __init__(
        self,
        memory: Memory,
        units: Mapping[str, Declared],
        written: Mapping[str, Mapping[Term, Location]],
        sources: Mapping[Term, Location],
    ) -> None:
        """Take all cases, the places in those that were written anew, and those of sources."""
        self._memory, self._units = memory, units
        self._written, self._sources = written, sources
        self._known: dict[str, Mapping[Term, Location | None]] = {}

    def __getitem__(self, node: Term) -> Location:
        """Return the place of a node."""
        for unit in sorted(self._candidates(node), key=self._order, reverse=True):
            place = self._of(unit).get(node)
            if place is not None:
                return place
        return self._sources[node]

    def settle(self, finding: Found, nodes: Iterable[Term], moved: Collection[Term]) -> Found:
        """Return a finding about some nodes at the place of the first that has one by now."""
        listed = tuple(nodes)
        if not any(node in moved for node in listed):
            return finding
        found = (self.get(node) for node in listed)
        return replace(finding, location=next((at for at in found if at is not None), None))

    def __iter__(self) -> Iterator[Term]:
        """Iterate over all nodes that have a place; this reads what is kept of every case."""
        located = (node for unit in self._units for node in self._of(unit))
        for node in dict.fromkeys((*located, *self._sources)):
            if node in self:
                yield node

    def __len__(self) -> int:
        """Return how many nodes have a place."""
        return sum(1 for _ in self)

    def _candidates(self, node: Term) -> set[str]:
        own = own_unit(node)
        rows = self._memory.rows("SELECT unit FROM located WHERE node = ?", node)
        found = {own, *(unit for (unit,) in rows)} - self._written.keys()
        found |= {unit for unit, places in self._written.items() if node in places}
        return {unit for unit in found if unit in self._units}

    def _order(self, unit: str) -> tuple[str, str]:
        return unit, str(self._units[unit].at)

    def _of(self, unit: str) -> Mapping[Term, Location | None]:
        if unit in self._written:
            return self._written[unit]
        if unit not in self._known:
            rows = self._memory.rows("SELECT nodes FROM unit WHERE id = ?", unit)
            self._known[unit] = places_of(rows[0][0]) if rows else {}
        return self._known[unit]
