"""World Development Indicators as the World Bank gives them for download: one row a country.

The file has a preamble (source, last update) above its head, or names its columns of years
``1990 [YR1990]``; a missing value is an empty cell or ``..``.
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
from diaspora_kg.namespaces import SKOS
from diaspora_kg.reading.grids import Grid, read_grids
from diaspora_kg.reading.ontology import read_ontology
from diaspora_kg.terms import iri, iri_of, text_literal

PUBLISHER = "World Bank"
_NOTATION = iri(SKOS + "notation")


def read_indicator(path: Path, given: Given) -> Cube:
    """Return the cube of one indicator.

    Raises ``DiasporaKGError``: DKG650 when the file is no such download or holds several
    indicators, DKG652 when its code is of no indicator of the ontology and none was named.
    """
    for grid in read_grids(path):
        at = head_row(grid, "country name", "country code")
        if at >= 0:
            break
    else:
        raise not_this(path, "indicator", "no row has 'Country Name' and 'Country Code'")
    head = grid.rows[at]
    name, code = column(head, "country name"), column(head, "country code")
    series = max(column(head, "indicator code"), column(head, "series code"))
    titled = max(column(head, "indicator name"), column(head, "series name"))
    years = {number: year_of(cell) for number, cell in enumerate(head) if year_of(cell)}
    rows = [row for row in grid.rows[at + 1 :] if len(row) > code and row[code]]
    codes = {row[series] for row in rows} if series >= 0 else set()
    if len(codes) > 1:
        raise not_this(path, "indicator", f"it holds {len(codes)} indicators; download them apart")
    gathering = Gathering(given, PUBLISHER)
    for row in rows:
        area = gathering.area(row[code], row[name], len(years))
        if area is not None:
            for number, year in years.items():
                gathering.add(area, year, row[number] if number < len(row) else "")
    series_code = next(iter(codes), "")
    indicator = given.indicator or _indicator(series_code, path)
    title = rows[0][titled] if rows and titled >= 0 else indicator
    updated = _updated(grid, at)
    found = Found(
        id=f"{series_code or indicator} {updated}".strip(),
        title=title,
        publisher=PUBLISHER,
        indicator=indicator,
        unit="usd" if "US$" in title else "",
        edition=updated,
        short=f"{PUBLISHER}, {series_code or indicator} {updated}".strip(),
    )
    data_set = data_set_of(path, given, found)
    return Cube(data_set, gathering.once(path), gathering.left)


def _updated(grid: Grid, at: int) -> str:
    for row in grid.rows[:at]:
        if len(row) > 1 and row[0].casefold().startswith("last updated"):
            return row[1]
    return ""


def _indicator(code: str, path: Path) -> str:
    from diaspora_kg.errors import DiasporaKGError, Location

    for s, p, o in read_ontology().triples:
        if p == _NOTATION and o == text_literal(code):
            return iri_of(s).rpartition("/")[2]
    raise DiasporaKGError(
        "DKG652",
        f"the ontology has no indicator with the code '{code}'",
        "Say what is measured with --indicator; 'diaspora-kg terms indicator' lists what there is.",
        Location(str(path)),
    )
