"""Codes and names of publishers, as areas of the reference table."""

import pytest

from diaspora_kg.cubes import Areas, Left
from diaspora_kg.cubes.areas import _table
from diaspora_kg.naming import individual

AREAS = Areas()


@pytest.mark.parametrize(
    ("code", "state"),
    [("NA", "NA"), ("nam", "NA"), ("516", "NA"), ("4", "AF"), ("TUR", "TR"), ("UK", "GB")],
)
def test_a_code_of_any_kind(code: str, state: str) -> None:
    """Two letters, three letters in any case, or digits; ``NA`` is Namibia."""
    assert AREAS.country(code) == individual("state", state)


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("Korea, Rep.", "KR"),
        ("Korea (DPR)", "KP"),
        ("Congo, Dem. Rep.", "CD"),
        ("Congo, Rep.", "CG"),
        ("Egypt, Arab Rep.", "EG"),
        ("Antigua & Barbuda", "AG"),
        ("St. Martin (French part)", "MF"),
        ("Turkey", "TR"),
        ("Türkiye", "TR"),
        ("UAE", "AE"),
        ("Hong Kong SAR, China", "HK"),
        ("United States", "US"),
    ],
)
def test_a_name_as_publishers_write_it(name: str, state: str) -> None:
    """Inverted, abbreviated, with a sign for *and*, or with the part of an island."""
    assert AREAS.country("", name) == individual("state", state)


@pytest.mark.parametrize("name", ["China (Hong Kong)", "Korea", "Swaziland", "Atlantis"])
def test_a_name_that_is_not_certain_is_none(name: str) -> None:
    """What could be two countries, or a part of one, is not guessed."""
    assert AREAS.country("", name) is None


def test_a_sum_is_a_region_and_no_country() -> None:
    """The world is a region of M49."""
    assert AREAS.country("", "WORLD") is None
    assert AREAS.region("", "WORLD") == individual("region", "001")


def test_what_is_left_out_is_told_apart() -> None:
    """Sums, codes that have ceased to exist, and words that mean nothing here."""
    left = Left()

    AREAS.leave("EUU", "European Union", left, 3)
    AREAS.leave("ANT", "Netherlands Antilles", left, 2)
    AREAS.leave("xyz", "", left)

    assert left.aggregates == {"European Union (EUU)": 3}
    assert left.former == {"Netherlands Antilles (ANT)": 2}
    assert left.successors == {"Netherlands Antilles (ANT)": ("CW", "SX", "BQ")}
    assert left.unknown == {"xyz": 1}
    assert left.rows == 6


def test_a_spelling_of_the_user_comes_first() -> None:
    """Who knows what a word of a file means can say it."""
    areas = Areas({"Swaziland": "SZ"})

    assert areas.country("", "swaziland") == individual("state", "SZ")


@pytest.mark.parametrize(
    ("publisher", "code", "name", "state"),
    [
        ("UN DESA", "nld_curacao", "", "CW"),
        ("World Bank", "", "Faeroe Islands", "FO"),
        ("World Bank", "", "Korea, Dem. Rep.", "KP"),
        ("World Bank", "", "Macedonia, FYR", "MK"),
        ("World Bank", "", "Swaziland", "SZ"),
        ("World Bank", "", "Venezuela, RB", "VE"),
        ("World Bank", "", "West Bank and Gaza", "PS"),
    ],
)
def test_a_spelling_of_a_publisher(publisher: str, code: str, name: str, state: str) -> None:
    """What a publisher writes in its own files is known for these files, and for no others."""
    assert AREAS.written_by(publisher).country(code, name) == individual("state", state)
    assert AREAS.written_by("Somebody").country(code, name) is None


def test_every_spelling_of_a_publisher_is_tested() -> None:
    """The table has the spellings of the test above, and says of each where it was found."""
    rows = _table("spellings.csv")

    assert len(rows) == 7
    assert all(row["found_in"] for row in rows)


def test_the_user_goes_before_the_publisher() -> None:
    """A spelling that the user gives is not overruled by one of the publisher."""
    own = Areas({"Swaziland": "ZA"})

    assert own.written_by("World Bank").country("", "Swaziland") == individual("state", "ZA")
