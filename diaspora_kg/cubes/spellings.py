"""A user's own table of what words of a file mean: ``word,country``."""

from pathlib import Path

from diaspora_kg.cubes.areas import Areas
from diaspora_kg.errors import DiasporaKGError, Location
from diaspora_kg.reading.grids import read_grids


def read_spellings(path: Path) -> dict[str, str]:
    """Return word to ISO code of a table with the columns ``word`` and ``country``.

    Raises ``DiasporaKGError`` (DKG655) when a column is missing or a country is none.
    """
    rows = read_grids(path)[0].rows
    head = [cell.casefold() for cell in rows[0]] if rows else []
    if "word" not in head or "country" not in head:
        raise DiasporaKGError(
            "DKG655",
            "this table of spellings has no columns 'word' and 'country'",
            "Write 'word,country' in its first line, and 'Swaziland,SZ' below.",
            Location(str(path), 1, 1),
        )
    word, country = head.index("word"), head.index("country")
    known = Areas()
    found: dict[str, str] = {}
    for number, row in enumerate(rows[1:], start=2):
        if len(row) <= max(word, country) or not row[word]:
            continue
        if known.country(row[country]) is None:
            raise DiasporaKGError(
                "DKG655",
                f"'{row[country]}' is the code of no state or territory",
                "Write an ISO 3166-1 code, such as SZ or SWZ.",
                Location(str(path), number, country + 1),
            )
        found[row[word]] = row[country]
    return found
