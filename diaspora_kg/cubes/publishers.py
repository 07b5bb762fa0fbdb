"""What the readers of the publishers' files have in common: rows, numbers, statuses."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from diaspora_kg.cubes.areas import Areas
from diaspora_kg.cubes.model import MISSING, NORMAL, DataSet, Left, Measurement, unreadable_file
from diaspora_kg.errors import DiasporaKGError, Location
from diaspora_kg.naming import slug
from diaspora_kg.reading.grids import Grid
from diaspora_kg.reading.observations import digest_of
from diaspora_kg.terms import Term

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?\Z")
_MISSING = {"", "..", "...", "-", "–", "n/a", "na", "nan", "null"}
_YEAR = re.compile(r"((?:19|20)\d\d)(?:\s*\[YR\1\])?\Z")


@dataclass(frozen=True)
class Given:
    """What the user knows of a file that the file does not say."""

    areas: Areas
    id: str = ""
    title: str = ""
    publisher: str = ""
    licence: str = ""
    page: str = ""
    edition: str = ""
    retrieved: date | None = None
    indicator: str = ""
    unit: str = ""


class Gathering:
    """Measurements on their way from cells, with all that was left out."""

    def __init__(self, given: Given, publisher: str = "") -> None:
        """Take what the user says of the file, and who writes names of areas in it."""
        self.given, self.areas = given, given.areas.written_by(given.publisher or publisher)
        self.left = Left()
        self.measurements: list[Measurement] = []

    def area(self, code: str, name: str = "", rows: int = 1) -> Term | None:
        """Return a country, or the region that a sum is about; else count what it is."""
        found = self.areas.country(code, name) or self.areas.region(code, name)
        if found is None:
            self.areas.leave(code, name, self.left, rows)
        return found

    def add(
        self,
        area: Term,
        period: str,
        written: str,
        counterpart: Term | None = None,
        indicator: str = "",
    ) -> None:
        """Take in a cell: a number, a sign that there is none, or a word that is neither."""
        value = written.replace(",", "").replace(" ", "").replace("\u00a0", "")
        if written.strip().casefold() in _MISSING:
            found = Measurement(area, period, "", counterpart, indicator, MISSING)
        elif _NUMBER.match(value):
            found = Measurement(area, period, value, counterpart, indicator, NORMAL)
        else:
            self.left.unreadable[written] += 1
            return
        self.measurements.append(found)

    def once(self, path: Path) -> list[Measurement]:
        """Return the measurements, none of which may stand twice with another value.

        Raises ``DiasporaKGError`` (DKG651) when two rows give different numbers for the same.
        """
        seen: dict[tuple[object, ...], Measurement] = {}
        for each in self.measurements:
            key = (each.area, each.counterpart, each.period, each.indicator)
            first = seen.setdefault(key, each)
            if first.value != each.value:
                place = "/".join(str(part).rpartition("/")[2].rstrip(">") for part in key if part)
                raise DiasporaKGError(
                    "DKG651",
                    f"the file has two numbers for {place}: {first.value} and {each.value}",
                    "Two editions or two ways to count stand in one file; import them apart.",
                    Location(str(path)),
                )
        return list(seen.values())


@dataclass(frozen=True)
class Found:
    """What a reader makes out of a file itself, where the user says nothing else."""

    id: str
    title: str
    publisher: str
    indicator: str = ""
    unit: str = ""
    edition: str = ""
    licence: str = ""
    page: str = ""
    flow: str = ""
    own_indicators: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    short: str = ""
    """What to call it in a table, where the title is long."""


def data_set_of(path: Path, given: Given, found: Found) -> DataSet:
    """Return the data set of a file: what the user says of it goes before what the file says."""
    return DataSet(
        id=id_of(given, found.id),
        title=given.title or found.title,
        short="" if given.title else found.short,
        publisher=given.publisher or found.publisher,
        file=path.name,
        sha256=digest_of(path),
        indicator=given.indicator or found.indicator,
        unit=given.unit or found.unit,
        edition=given.edition or found.edition,
        licence=given.licence or found.licence,
        page=given.page or found.page,
        retrieved=given.retrieved,
        flow=found.flow,
        own_indicators=found.own_indicators,
        notes=found.notes,
    )


def id_of(given: Given, default: str) -> str:
    """Return the id of a data set: the one given, else a default with the edition in it."""
    return slug(given.id) if given.id else slug(f"{default} {given.edition}".strip())


def head_row(grid: Grid, *wanted: str) -> int:
    """Return the number of the first row with a cell that begins with each of some words.

    Returns -1 when there is none among the first fifty.
    """
    for number, row in enumerate(grid.rows[:50]):
        cells = [cell.casefold() for cell in row]
        if all(any(cell.startswith(word) for cell in cells) for word in wanted):
            return number
    return -1


def column(row: Sequence[str], *words: str) -> int:
    """Return the first column whose name has all of some words; -1 when there is none."""
    for number, cell in enumerate(row):
        if all(word in cell.casefold() for word in words):
            return number
    return -1


def year_of(cell: str) -> str:
    """Return the year that a name of a column is, also ``1990 [YR1990]``; empty for none."""
    match = _YEAR.match(cell.strip())
    return match.group(1) if match else ""


def not_this(path: Path, kind: str, what: str) -> DiasporaKGError:
    """Return the error for a file that is no file of a kind."""
    return unreadable_file(
        str(path), f"this is no {kind} file that is known here: {what}",
        "Name the file as its publisher made it, or describe its columns and use 'import table'.",
    )  # fmt: skip
