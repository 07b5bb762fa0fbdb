"""A small registry of made-up organisations, and what asks it."""

from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("rapidfuzz", reason="pip install rapidfuzz anyascii")
pytest.importorskip("anyascii", reason="pip install rapidfuzz anyascii")

from diaspora_kg.linking.building import build_index
from diaspora_kg.linking.entries import Entry
from diaspora_kg.linking.matching import Matcher

SHARED = Path(__file__).parents[3] / "shared" / "data" / "open"
"""Open data beside the repository, where there is any."""


def thing(
    key: str,
    *names: str,
    country: str = "",
    town: str = "",
    acronym: str = "",
    host: str = "",
    types: tuple[str, ...] = (),
    languages: str = "",
) -> Entry:
    """Return an entry; ``languages`` are those of the names, with blanks between."""
    tags = [*languages.split(), *[""] * len(names)]
    return Entry(
        iri=f"http://example.org/{key}",
        label=names[0],
        names=tuple(zip(names, tags, strict=False)),
        acronyms=(acronym,) if acronym else (),
        country=country,
        places=tuple(filter(None, [town])),
        types=types,
        hosts=(host,) if host else (),
    )


THINGS = (
    thing("velmar-uni", "University of Velmar", country="DE", town="Velmar", types=("education",)),
    thing("velmar-tech", "Velmar University of Technology", country="DE", town="Velmar"),
    thing("velmar-clinic", "Velmar General Hospital", country="DE", town="Velmar"),
    thing("orsk-uni", "Orsk State University", country="RU", town="Orsk"),
    thing("orsk-museum", "Orsk Museum of Local History", country="RU", town="Orsk"),
    thing("cancer-no", "Norwegian Cancer Society", country="NO", town="Oslo"),
    thing("heart-no", "Norwegian Heart Foundation", country="NO", town="Oslo"),
    thing("water-cz", "Institute of Water Research", country="CZ", acronym="VUVA"),
    thing("water-at", "Institute of Water Research", country="AT"),
    thing("kita-hospital", "Kitahama Hospital", "北浜病院", country="JP", languages="en ja"),
    thing("kita-museum", "Kitahama Museum", "北浜博物館", country="JP", languages="en ja"),
    thing("kita-library", "Kitahama Library", country="JP", town="Kitahama"),
    thing("hoden", "Hosodan Corporation", country="JP", host="hosodan", types=("company",)),
    thing("lightning", "Blitzkraft GmbH", country="DE", types=("company",)),
    thing("siirbey", "Şiirbey Üniversitesi", country="TR", town="Şiirbey", languages="tr"),
    thing("isparlik", "Isparlık Vakfı", country="TR", languages="tr"),
    thing("fce", "Federal College of Education, Ondura", country="NG", town="Ondura"),
    thing("zawil", "Zawilah University", country="LY", town="Zawilah"),
    thing("lab7", "UMR 7101", "Laboratory of Old Glass", country="FR"),
    thing("lab8", "UMR 7102", "Laboratory of New Glass", country="FR"),
    thing("peace", "Mirabel Peace Institute", country="SI", town="Ljubljana"),
    thing("poultry", "Sandova Poultry Association", country="CZ"),
    thing("agri", "Sandova School of Agriculture", country="CZ"),
    thing("opera", "Sandova Opera", country="CZ"),
    thing("trust", "Tarnbeck Trust", country="GB"),
    thing("press", "Tarnbeck University Press", country="GB"),
    thing("labour", "Ministry of Labour", country="GH"),
    thing("labour-ke", "Ministry of Labour", country="KE"),
)


@pytest.fixture(scope="session")
def matcher() -> Matcher:
    """Return what answers from the small registry."""
    return Matcher(build_index(THINGS))


@pytest.fixture(scope="session")
def first(matcher: Matcher) -> Callable[..., str]:
    """Return what gives the first candidate of a name, by the end of its IRI."""

    def find(name: str, country: str = "") -> str:
        found = matcher.candidates(name, country, limit=1)
        return found[0].iri.rpartition("/")[2] if found else ""

    return find
