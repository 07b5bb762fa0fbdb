"""Any other table, described by a small mapping in CSVW (https://www.w3.org/TR/tabular-metadata/).

The mapping says of each column what it holds, by its ``propertyUrl``:

* ``sdmx-dimension:refArea`` and ``dkg:counterpartArea``: a code or a name of an area,
* ``sdmx-dimension:refPeriod``: a year, or a date whose year counts,
* ``dkg:indicator``: which indicator the number of the row is of,
* ``sdmx-measure:obsValue``: a number; ``dkg:indicator`` beside it says what it counts, and several
  columns may hold numbers.

Columns that it does not name are left out. ``dc:title``, ``dc:publisher``, ``dc:license``,
``dc:source``, ``dkg:indicator``, ``dkg:unit``, ``dkg:period`` and ``dkg:counterpartArea`` stand for
the whole table.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from diaspora_kg.cubes.model import Cube, unreadable_file
from diaspora_kg.cubes.publishers import Found, Gathering, Given, data_set_of
from diaspora_kg.errors import DiasporaKGError, Location
from diaspora_kg.naming import slug
from diaspora_kg.reading.decoding import read_text
from diaspora_kg.reading.grids import read_grids
from diaspora_kg.reading.ontology import read_ontology
from diaspora_kg.suggestions import did_you_mean

_AREA, _PERIOD = "sdmx-dimension:refArea", "sdmx-dimension:refPeriod"
_VALUE, _OTHER, _INDICATOR = "sdmx-measure:obsValue", "dkg:counterpartArea", "dkg:indicator"
_ROLES = (_AREA, _OTHER, _PERIOD, _INDICATOR, _VALUE)
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass
class _Columns:
    places: dict[str, int] = field(default_factory=dict)
    """Role to the number of its column."""
    values: list[tuple[int, str]] = field(default_factory=list)
    """Columns of numbers, each with its indicator; empty for that of the row or the table."""


def read_described(path: Path, given: Given, mapping: Path | None = None) -> Cube:
    """Return the cube of a table and its mapping; without one ``FILE-metadata.json`` is looked for.

    Raises ``DiasporaKGError``: DKG653 when there is no mapping or it is wrong, DKG650 when the
    table does not fit it.
    """
    home = mapping or path.with_name(f"{path.name}-metadata.json")
    tree = _metadata(home)
    grid = read_grids(path, tree.get("dialect", {}).get("delimiter"))[0]
    skipped = int(tree.get("dialect", {}).get("skipRows", 0))
    if len(grid.rows) <= skipped:
        raise unreadable_file(str(path), "the table is empty", "Name another file.")
    gathering = Gathering(given, str(tree.get("dc:publisher", "")))
    own = _gather(
        grid.rows[skipped + 1 :], _columns(tree, grid.rows[skipped], home), tree, gathering
    )
    found = Found(
        id=path.stem,
        title=str(tree.get("dc:title", path.stem)),
        publisher=str(tree.get("dc:publisher", "")),
        unit=str(tree.get("dkg:unit", "")),
        edition=str(tree.get("dkg:edition", "")),
        licence=str(tree.get("dc:license", "")),
        page=str(tree.get("dc:source", "")),
        own_indicators=own,
    )
    # each number says what it counts
    data_set = replace(data_set_of(path, given, found), indicator="")
    if not data_set.publisher:
        raise _wrong(home, "nobody is named as the publisher", 'Write "dc:publisher": "…".')
    return Cube(data_set, gathering.once(path), gathering.left)


def _gather(
    rows: Sequence[Sequence[str]], columns: _Columns, tree: dict[str, Any], gathering: Gathering
) -> dict[str, str]:
    """Take in the numbers of all rows; return the indicators that the ontology does not have."""
    known = {c[1:-1].rpartition("/")[2] for c in read_ontology().concepts if "/indicator/" in c}
    own: dict[str, str] = {}
    whole = gathering.given.indicator or str(tree.get(_INDICATOR, ""))
    for row in rows:
        cells = {role: row[n] for role, n in columns.places.items() if n < len(row)}
        period = str(tree.get("dkg:period", "")) or cells.get(_PERIOD, "")
        year = _YEAR.search(period)
        if not any(row) or year is None:
            gathering.left.unreadable[period or "no period"] += bool(any(row))
            continue
        area = gathering.area(*_named(cells[_AREA]), rows=len(columns.values))
        other = cells.get(_OTHER) or str(tree.get(_OTHER, ""))
        counterpart = gathering.area(*_named(other), rows=len(columns.values)) if other else None
        if area is None or (other and counterpart is None):
            continue
        for number, name in columns.values:
            named = name or cells.get(_INDICATOR, "") or whole
            short = slug(named)
            if short not in known:
                own.setdefault(short, named)
            value = row[number] if number < len(row) else ""
            gathering.add(area, year.group(), value, counterpart, short)
    return own


def _named(word: str) -> tuple[str, str]:
    """Return a word as a code, or as a name: codes are short, and written in one case."""
    is_code = len(word) <= 3 and (word.isdigit() or word.isupper() or word.islower())
    return (word, "") if is_code else ("", word)


def _metadata(home: Path) -> dict[str, Any]:
    if not home.is_file():
        raise _wrong(
            home,
            "there is no mapping that says what the columns hold",
            "Name it with --mapping, or put it beside the table as FILE-metadata.json (CSVW); "
            "docs/open-data.md shows one.",
        )
    try:
        tree = json.loads(read_text(home).text)
    except ValueError as error:
        raise _wrong(home, f"the mapping is no JSON: {error}", "Mend it at this place.") from error
    if not isinstance(tree, dict) or not isinstance(
        tree.get("tableSchema", {}).get("columns") if isinstance(tree, dict) else None, list
    ):
        raise _wrong(home, "the mapping names no columns", 'Write "tableSchema": {"columns": […]}.')
    return tree


def _columns(tree: dict[str, Any], head: tuple[str, ...], home: Path) -> _Columns:
    found = _Columns()
    for entry in tree["tableSchema"]["columns"]:
        titles = entry.get("titles", entry.get("name", ""))
        names = [titles] if isinstance(titles, str) else list(titles)
        place = next((head.index(name) for name in names if name in head), -1)
        role = str(entry.get("propertyUrl", ""))
        if place < 0:
            hint = did_you_mean(names[0], head, f"The table has: {', '.join(head)}.")
            raise _wrong(home, f"the table has no column '{names[0]}'", hint)
        if role == _VALUE:
            found.values.append((place, str(entry.get(_INDICATOR, ""))))
        elif role in _ROLES:
            found.places[role] = place
        elif role:
            hint = did_you_mean(role, _ROLES, f"Known are: {', '.join(_ROLES)}.")
            raise _wrong(home, f"'{role}' is nothing that a column can hold here", hint)
    has_period = _PERIOD in found.places or "dkg:period" in tree
    if _AREA not in found.places or not has_period or not found.values:
        raise _wrong(
            home,
            "the mapping has no area, no period or no number",
            f"Give one column '{_AREA}', one '{_PERIOD}' (or \"dkg:period\" for all), and one "
            f"or more '{_VALUE}'.",
        )
    whole = _INDICATOR in tree or _INDICATOR in found.places
    if not whole and any(not name for _, name in found.values):
        raise _wrong(
            home, "a column of numbers does not say what it counts", f'Write "{_INDICATOR}": "…".'
        )
    return found


def _wrong(home: Path, what: str, hint: str) -> DiasporaKGError:
    return DiasporaKGError("DKG653", what, hint, Location(str(home)))
