"""What a file of open data holds, before it is RDF."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.terms import Term

MISSING = "M"
"""Code of SDMX for an observation whose value is missing; ``A`` is one that has a value."""
NORMAL = "A"
ESTIMATED = "E"


@dataclass(frozen=True)
class DataSet:
    """One edition of a data set, and the file that it was read from."""

    id: str
    """Part of the name of its graph; another edition has another id."""
    title: str
    publisher: str
    file: str
    """Name of the file, without its folder."""
    sha256: str
    indicator: str
    """Member of the scheme of indicators, such as ``remittance-flows``; empty for several."""
    unit: str
    edition: str = ""
    licence: str = ""
    """IRI of the licence; empty when the publisher states none."""
    page: str = ""
    """IRI of the publisher's page of the data set."""
    retrieved: date | None = None
    flow: str = ""
    """``stock`` or ``flow``, where the numbers are one of them."""
    population: str = ""
    """Who is counted: a member of the population criteria, where the publisher says it."""
    own_indicators: Mapping[str, str] = field(default_factory=dict)
    """What the file measures and the ontology has no indicator for: a slug to a label."""
    notes: tuple[str, ...] = ()
    """What the publisher says of the whole, in its own words."""
    short: str = ""
    """What to call it in a table; the title where that is short."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """One number that a publisher gives, or a place where it gives none."""

    area: Term
    period: str
    """A year as ``2019``."""
    value: str
    """As the publisher writes it; empty when missing."""
    counterpart: Term | None = None
    """The other area of a number between two: where migrants come from, or money goes to."""
    indicator: str = ""
    """Where the data set has several."""
    status: str = NORMAL


@dataclass
class Left:
    """What of a file did not become a measurement of a country, counted and listed."""

    aggregates: Counter[str] = field(default_factory=Counter)
    """Word of the file to rows: sums over several countries, which are no country."""
    former: Counter[str] = field(default_factory=Counter)
    """Codes that have ceased to exist."""
    unknown: Counter[str] = field(default_factory=Counter)
    """Words that no area of the reference table has."""
    unreadable: Counter[str] = field(default_factory=Counter)
    """Cells that hold no number."""
    successors: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Code that has ceased to exist to the codes in its place."""

    @property
    def unmapped(self) -> Counter[str]:
        """Words of the file for areas of which nothing became a measurement, with their cells.

        Sums over countries are not among them: their parts are in the file.
        """
        return self.former + self.unknown

    @property
    def rows(self) -> int:
        """How many rows, or cells of a matrix, were left out."""
        kinds = (self.aggregates, self.former, self.unknown, self.unreadable)
        return sum(sum(kind.values()) for kind in kinds)


@dataclass(frozen=True)
class Cube:
    """A data set with its measurements, and what was left out of it."""

    data_set: DataSet
    measurements: Sequence[Measurement]
    left: Left

    @property
    def missing(self) -> int:
        """How many measurements say that there is no value."""
        return sum(each.status == MISSING for each in self.measurements)


def unreadable_file(name: str, what: str, hint: str) -> DiasporaKGError:
    """Return the error for a file that is not what it was taken for (DKG650)."""
    from diaspora_kg.errors import Location

    return DiasporaKGError("DKG650", what, hint, Location(name))
