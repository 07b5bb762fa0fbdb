"""GeoNames: its tables of places (allCountries.txt, cities15000.txt …) and countryInfo.txt."""

from collections.abc import Iterable, Iterator

from diaspora_kg.linking.entries import Entry

_PLACE_COLUMNS, _COUNTRY_COLUMNS = 19, 17
_MOST_NAMES = 60
"""Alternative names of a place that are kept; some cities have hundreds."""


def is_place_table(line: str) -> bool:
    """Tell whether a line is one of a table of places: 19 columns, with an identifier first."""
    cells = line.rstrip("\r\n").split("\t")
    return len(cells) == _PLACE_COLUMNS and cells[0].isdigit()


def is_country_table(line: str) -> bool:
    """Tell whether a line is one of countryInfo.txt: a comment, or a country with its codes."""
    cells = line.rstrip("\r\n").split("\t")
    return len(cells) >= _COUNTRY_COLUMNS and len(cells[0]) == len("XX") and cells[16].isdigit()


def place_entries(lines: Iterable[str]) -> Iterator[Entry]:
    """Yield the places of a table; a line of another form is passed over."""
    for line in lines:
        if not is_place_table(line):
            continue
        cells = line.rstrip("\r\n").split("\t")
        names = [name for name in [cells[1], cells[2], *cells[3].split(",")] if name]
        yield Entry(
            iri=f"https://sws.geonames.org/{cells[0]}/",
            label=cells[1],
            names=tuple((name, "") for name in dict.fromkeys(names[:_MOST_NAMES])),
            country=cells[8],
            types=(f"{cells[6]}.{cells[7]}",),
        )


def country_entries(lines: Iterable[str]) -> Iterator[Entry]:
    """Yield the countries of countryInfo.txt."""
    for line in lines:
        if not is_country_table(line):
            continue
        cells = line.rstrip("\r\n").split("\t")
        yield Entry(
            iri=f"https://sws.geonames.org/{cells[16]}/",
            label=cells[4],
            names=((cells[4], "en"),),
            acronyms=(cells[0], cells[1]),
            country=cells[0],
            types=("A.PCLI",),
        )
