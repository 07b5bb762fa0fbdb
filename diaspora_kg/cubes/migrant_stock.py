"""International Migrant Stock of UN DESA, in the layouts that it has been published in.

Long: one row for destination, origin and year. Wide by years: one row for destination and origin,
one column a year (editions of 2020 and later; the columns of both sexes come first). Matrix: one
row for year and destination, one column an origin (editions up to 2019).
"""

from pathlib import Path

from diaspora_kg.cubes.model import Cube
from diaspora_kg.cubes.publishers import (
    Found,
    Gathering,
    Given,
    column,
    data_set_of,
    head_row,
    not_this,
    year_of,
)
from diaspora_kg.reading.grids import Grid, read_grids

PUBLISHER = "UN DESA"
"""As bibliographies name it, so that claims that cite it name the publisher of the data."""
_TOTALS = ("total", "other north", "other south", "others")


def read_migrant_stock(path: Path, given: Given) -> Cube:
    """Return the cube of a file; the area is the destination, the other area the origin.

    Raises ``DiasporaKGError`` (DKG650) when the layout is none of those known.
    """
    gathering = Gathering(given, PUBLISHER)
    for grid in read_grids(path):
        if _read(grid, gathering):
            break
    else:
        raise not_this(path, "migrant stock", "no sheet has destinations, origins and years")
    found = Found(
        id="migrant-stock",
        title=f"International Migrant Stock {given.edition}".strip(),
        publisher=PUBLISHER,
        indicator="international-migrants",
        unit="persons",
        flow="stock",
    )
    data_set = data_set_of(path, given, found)
    return Cube(data_set, gathering.once(path), gathering.left)


def _read(grid: Grid, gathering: Gathering) -> bool:
    return _long(grid, gathering) or _by_years(grid, gathering) or _matrix(grid, gathering)


def _long(grid: Grid, gathering: Gathering) -> bool:
    at = head_row(grid, "destination", "origin", "year")
    if at < 0:
        return False
    head = grid.rows[at]
    to, origin, year = (column(head, word) for word in ("destination", "origin", "year"))
    value = next((n for n in range(len(head)) if n not in (to, origin, year) and head[n]), -1)
    if value < 0:
        return False
    for row in grid.rows[at + 1 :]:
        if len(row) > max(to, origin, year, value) and row[to]:
            _take(gathering, row[to], "", row[origin], "", [(row[year], row[value])])
    return True


def _by_years(grid: Grid, gathering: Gathering) -> bool:
    for at, head in enumerate(grid.rows[:50]):
        to, origin = column(head, "destination"), column(head, "origin")
        years: dict[str, int] = {}
        for number, cell in enumerate(head):
            if year_of(cell):
                years.setdefault(year_of(cell), number)
        if to < 0 or origin < 0 or not years:
            continue
        to_code, from_code = column(head, "code", "destination"), column(head, "code", "origin")
        for row in grid.rows[at + 1 :]:
            if len(row) > max(years.values()) and row[to]:
                cells = [(year, row[number]) for year, number in years.items()]
                codes = [row[n] if n >= 0 else "" for n in (to_code, from_code)]
                _take(gathering, codes[0], row[to], codes[1], row[origin], cells)
        return True
    return False


def _matrix(grid: Grid, gathering: Gathering) -> bool:
    for at, head in enumerate(grid.rows[:50]):
        year, to = column(head, "year"), column(head, "destination")
        code = next((n for n, cell in enumerate(head) if cell.casefold() == "code"), -1)
        if year < 0 or to < 0 or len(head) < 10:
            continue
        first = max(year, to, code, column(head, "type of data")) + 1
        origins = [(n, name) for n, name in enumerate(head) if n >= first and name]
        for row in grid.rows[at + 1 :]:
            if len(row) <= to or not year_of(row[year]):
                continue
            for number, name in origins:
                if number < len(row) and row[number]:
                    own = "" if code < 0 else row[code]
                    cell = [(row[year], row[number])]
                    _take(gathering, own, row[to], "", name, cell)
        return True
    return False


def _take(
    gathering: Gathering,
    to_code: str,
    to_name: str,
    from_code: str,
    from_name: str,
    cells: list[tuple[str, str]],
) -> None:
    """Take in the numbers of one pair; a total over all origins is one from the world."""
    if from_name.casefold() in _TOTALS[1:]:
        gathering.left.aggregates[from_name] += len(cells)
        return
    total = from_name.casefold() == _TOTALS[0]
    to = gathering.area(to_code, to_name, len(cells))
    if to is None:
        return
    name = "world" if total else from_name
    origin = gathering.area(from_code, name, len(cells))
    if origin is None:
        return
    for year, value in cells:
        gathering.add(to, year, value, origin)
