"""From a publisher's file to the quads of its data set, by kind; and what to tell about it."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from diaspora_kg.cubes.code_lists import read_code_list
from diaspora_kg.cubes.constraints import check_cube
from diaspora_kg.cubes.described import read_described
from diaspora_kg.cubes.indicators import read_indicator
from diaspora_kg.cubes.migrant_stock import read_migrant_stock
from diaspora_kg.cubes.model import Cube, Left
from diaspora_kg.cubes.organizations import read_organizations
from diaspora_kg.cubes.publishers import Given
from diaspora_kg.cubes.registers import Register
from diaspora_kg.cubes.remittances import read_remittances
from diaspora_kg.cubes.sister_cities import read_sister_cities
from diaspora_kg.cubes.writing import as_quads
from diaspora_kg.errors import DiasporaKGError, Location
from diaspora_kg.resources import folder
from diaspora_kg.suggestions import did_you_mean
from diaspora_kg.terms import Quad

CUBES: dict[str, Callable[[Path, Given], Cube]] = {
    "indicator": read_indicator,
    "migrant-stock": read_migrant_stock,
    "remittances": read_remittances,
}
REGISTERS: dict[str, Callable[[Path, Given], Register]] = {
    "code-list": read_code_list,
    "organizations": read_organizations,
    "sister-cities": read_sister_cities,
}
_SHOWN = 8


@dataclass(frozen=True)
class OpenData:
    """A data set as quads, with its id and what was left out of it."""

    id: str
    quads: tuple[Quad, ...]
    left: Left
    words: str
    """What was read, in words."""
    remarks: tuple[str, ...] = ()
    """What a reader of the file wants known of it before it is used."""

    def summary(self) -> list[str]:
        """Return what was read and what was not, with the words that could not be mapped."""
        return [f"{self.words} Data set '{self.id}'.", *self.remarks, *_told(self.left)]


def import_open_data(
    kind: str, path: Path, given: Given, mapping: Path | str | None = None
) -> OpenData:
    """Return the data set of a file; ``kind`` is one of ``CUBES``, ``REGISTERS``, or ``table``.

    ``mapping`` describes the columns of a table: a file in CSVW, or the name of a packaged one.

    Raises ``DiasporaKGError``: DKG100 when the file cannot be read, DKG650 to DKG653 when it is
    not what it was taken for, DKG654 when the cube breaks an integrity constraint.
    """
    if not path.is_file():
        raise DiasporaKGError(
            "DKG100", f"there is no file '{path}'", "Check the name.", Location(str(path))
        )
    if kind in REGISTERS:
        register = REGISTERS[kind](path, given)
        words = f"{register.entries:,} entries."
        remarks = tuple(register.remarks)
        return OpenData(register.id, tuple(register.quads()), register.left, words, remarks)
    cube = CUBES[kind](path, given) if kind in CUBES else _table(path, given, mapping)
    quads = tuple(as_quads(cube))
    broken = check_cube(quads)
    if broken:
        raise DiasporaKGError(
            "DKG654",
            f"the cube breaks {len(broken):,} integrity constraints, first {broken[0]}",
            "Nothing was written. Tell us of the file: its layout is not understood.",
            Location(str(path)),
        )
    return OpenData(cube.data_set.id, quads, cube.left, _counted(cube))


def packaged_mappings() -> dict[str, Path]:
    """Return the mappings that come with the program, by name."""
    home = folder("ontology") / "reference" / "mappings"
    files = (Path(str(file)) for file in home.iterdir() if file.name.endswith(".json"))
    return {file.stem: file for file in sorted(files)}


def _table(path: Path, given: Given, mapping: Path | str | None) -> Cube:
    if mapping is None:
        return read_described(path, given)
    packaged = packaged_mappings()
    home = packaged.get(str(mapping), Path(mapping))
    if not home.is_file():
        known = ", ".join(sorted(packaged))
        raise DiasporaKGError(
            "DKG653",
            f"'{mapping}' is no file and no packaged mapping; packaged: {known}",
            did_you_mean(str(mapping), packaged, "Name a file in CSVW, or one of these."),
            Location(str(mapping)),
        )
    return read_described(path, given, home)


def _counted(cube: Cube) -> str:
    number = len(cube.measurements)
    areas = {each.area for each in cube.measurements}
    years = sorted({each.period for each in cube.measurements})
    span = (
        "" if not years else f", {years[0]} to {years[-1]}" if len(years) > 1 else f", {years[0]}"
    )
    missing = f" {cube.missing:,} of them say that there is no value." if cube.missing else ""
    return f"{number:,} observations of {len(areas):,} areas{span}.{missing}"


def _told(left: Left) -> Iterable[str]:
    for what, words in (
        ("are sums over countries", left.aggregates),
        ("have a code that has ceased to exist", left.former),
        ("name no area of the reference table", left.unknown),
        ("hold no number", left.unreadable),
    ):
        if words:
            rows = sum(words.values())
            yield f"Left out: {rows:,} cells or rows that {what}: {_listed(words, left)}"
    if left.unknown:
        yield "Give them a country with --areas FILE.csv (columns: word,country)."


def _listed(words: Counter[str], left: Left) -> str:
    shown = []
    for word, rows in words.most_common(_SHOWN):
        now = left.successors.get(word)
        after = f", now {' '.join(now)}" if now else ""
        shown.append(f"{word} ({rows:,}{after})")
    more = f" and {len(words) - _SHOWN} more" if len(words) > _SHOWN else ""
    return ", ".join(shown) + more + "."
