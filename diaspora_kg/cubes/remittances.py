"""Bilateral remittance matrices of the World Bank: rows sending, columns receiving, USD million."""

import re
from pathlib import Path

from diaspora_kg.cubes.model import Cube
from diaspora_kg.cubes.publishers import Found, Gathering, Given, data_set_of, not_this
from diaspora_kg.reading.grids import Grid, read_grids

PUBLISHER = "World Bank"
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def read_remittances(path: Path, given: Given) -> Cube:
    """Return the cube of a matrix; the area receives, the other area sends.

    The row and the column of sums become the numbers of the world as the publisher gives them.
    Raises ``DiasporaKGError`` (DKG650) when there is no matrix, or no year in its title.
    """
    for grid in read_grids(path):
        at = _head(grid)
        if at >= 0:
            break
    else:
        raise not_this(path, "bilateral remittances", "no cell says 'receiving' and 'sending'")
    above = [cell for row in grid.rows[:at] for cell in row if cell]
    years = [year for cell in (*above, path.stem) for year in _YEAR.findall(cell)]
    if not years:
        raise not_this(
            path, "bilateral remittances", "neither title nor name of the file has a year"
        )
    gathering = Gathering(given, PUBLISHER)
    last = _matrix(grid, at, years[0], gathering)
    notes = [cell for row in grid.rows[last:] for cell in row if len(cell) > len("Notes:")]
    found = Found(
        id=f"bilateral-remittances-{years[0]}",
        title=above[0] if above else f"Bilateral remittances {years[0]}",
        publisher=PUBLISHER,
        indicator="remittance-flows",
        unit="usd-million",
        flow="flow",
        short=f"{PUBLISHER}, bilateral remittances {years[0]}",
        notes=tuple(" ".join(note.split()) for note in notes),
    )
    data_set = data_set_of(path, given, found)
    return Cube(data_set, gathering.once(path), gathering.left)


def _head(grid: Grid) -> int:
    for number, row in enumerate(grid.rows[:20]):
        if row and "receiving" in row[0].casefold() and "sending" in row[0].casefold():
            return number
    return -1


def _matrix(grid: Grid, at: int, year: str, gathering: Gathering) -> int:
    """Take in the rows of the matrix, and return the number of the row after the last."""
    head = grid.rows[at]
    size = sum(bool(cell) for cell in head[1:])
    rows = []
    number = at + 1
    while number < len(grid.rows) and grid.rows[number] and grid.rows[number][0]:
        rows.append(grid.rows[number])
        number += 1
    areas = {n: gathering.area("", head[n], len(rows)) for n in range(1, len(head)) if head[n]}
    for row in rows:
        sending = gathering.area("", row[0], size)
        for place, receiving in areas.items():
            if sending is not None and receiving is not None and place < len(row):
                gathering.add(receiving, year, row[place], sending)
    return number
