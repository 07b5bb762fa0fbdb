"""What cases declare for others to refer to, and which of it was asked for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from diaspora_kg.errors import Location
from diaspora_kg.model import Case, Entity, Written

_Value = TypeVar("_Value")


@dataclass(frozen=True)
class Declarations:
    """What a case declares that others may refer to."""

    id: Written
    at: Location
    entities: tuple[Entity, ...]
    """The case's own entity first."""
    claims: Mapping[str, None]
    """The ids of its claims, in their order; claims without an id cannot be referred to."""

    @classmethod
    def of(cls, case: Case) -> "Declarations":
        """Return what a case declares."""
        named = dict.fromkeys(str(claim.id) for claim in case.claims if claim.id is not None)
        return cls(case.id, case.at, (case.entity, *case.entities), named)


class Noted(Mapping[str, _Value]):
    """Entries of which it is noted which keys were asked for, found or not."""

    def __init__(self, kind: str, notes: set[str], entries: Mapping[str, _Value]) -> None:
        """Take entries, and the set in which a key is noted as ``kind:key``."""
        self._entries = entries
        self._prefix, self._notes = kind + ":", notes

    def __getitem__(self, key: str) -> _Value:
        """Return the value of a key."""
        self._notes.add(self._prefix + key)
        return self._entries[key]

    def __contains__(self, key: object) -> bool:
        """Tell whether there is such a key."""
        self._notes.add(f"{self._prefix}{key}")
        return key in self._entries

    def __iter__(self) -> Iterator[str]:
        """Yield the keys."""
        return iter(self._entries)

    def __len__(self) -> int:
        """Return how many keys there are."""
        return len(self._entries)
