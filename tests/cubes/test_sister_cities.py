"""Pairs of twinned towns, with the countries in which they lie where a file says so."""

from pathlib import Path

from diaspora_kg.cubes.areas import Areas
from diaspora_kg.cubes.publishers import Given
from diaspora_kg.cubes.registers import LABEL, Register
from diaspora_kg.cubes.sister_cities import read_sister_cities
from diaspora_kg.namespaces import DKGID, SCHEMA, WIKIDATA
from diaspora_kg.terms import iri


def read(folder: Path, countries: str = "") -> Register:
    """Return one pair of towns, with what a file beside it says of countries."""
    (folder / "relations.tsv").write_text("Q1\tQ2\nQ2\tQ1\n", "utf-8")
    if countries:
        (folder / "countries.tsv").write_text(countries, "utf-8")
    return read_sister_cities(folder / "relations.tsv", Given(Areas()))


def places(register: Register) -> set[tuple[str, str]]:
    """Return the towns with their countries."""
    location = iri(SCHEMA + "location")
    return {(s, o) for s, p, o in register.triples if p == location}


def test_without_countries(tmp_path: Path) -> None:
    """A list of pairs alone gives no country, and a pair in both directions is one."""
    register = read(tmp_path)

    assert (register.entries, places(register)) == (1, set())


def test_countries_beside_the_pairs(tmp_path: Path) -> None:
    """A country is given by its code or name, or by a Wikidata identifier, which is kept."""
    register = read(tmp_path, "town\tcountry\nQ1\tTR\nQ2\tQ183\n")

    assert places(register) == {
        (iri(WIKIDATA + "Q1"), iri(DKGID + "state/TR")),
        (iri(WIKIDATA + "Q2"), iri(WIKIDATA + "Q183")),
    }


def test_words_that_are_no_country(tmp_path: Path) -> None:
    """A word that names no country is counted, and its town has none."""
    register = read(tmp_path, "Q1\tAtlantis\n")

    assert places(register) == set()
    assert register.left.unknown == {"Atlantis": 1}


def test_without_countries_the_file_to_write_is_named(tmp_path: Path) -> None:
    """No query can use towns without a country, which is told at import and not later."""
    (remark,) = read(tmp_path).remarks

    assert remark.startswith("note: no town has a country, so that no query can use the pairs.")
    assert "Write 'countries.tsv' beside the file" in remark


def test_with_countries_nothing_is_noted(tmp_path: Path) -> None:
    """A list whose towns have countries needs no note."""
    assert read(tmp_path, "Q1\tTR\n").remarks == []


def test_a_list_of_another_name(tmp_path: Path) -> None:
    """The pairs are not read as names of towns where the file is not called 'relations'."""
    (tmp_path / "pairs.tsv").write_text("Q1\tQ2\n", "utf-8")

    register = read_sister_cities(tmp_path / "pairs.tsv", Given(Areas()))

    assert not any(p == LABEL and s.startswith(f"<{WIKIDATA}") for s, p, _ in register.triples)
    assert "'pairs_countries.tsv'" in register.remarks[0]
