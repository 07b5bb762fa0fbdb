"""The one form into which every case file is read before its keys are looked at.

YAML and tables become the same tree, so one reader of cases serves both, and a scholar gets
the same words for the same mistake, with a line or a cell as the place.
"""

from dataclasses import dataclass

from diaspora_kg.errors import Location
from diaspora_kg.model import Written


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value, always as text: ``NO`` stays Norway and ``2012-10`` stays what it is."""

    text: Written

    @property
    def at(self) -> Location:
        """Where it stands."""
        return self.text.at


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple["Node", ...]
    at: Location


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with values, in the order of the file; a key stands once."""

    entries: tuple[tuple[Written, "Node"], ...]
    at: Location

    def get(self, key: str) -> "Node | None":
        """Return the value of a key, or None."""
        for name, node in self.entries:
            if name == key:
                return node
        return None


Node = Scalar | Sequence | Mapping
