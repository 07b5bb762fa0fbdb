"""Twinned towns, as pairs of Wikidata identifiers."""

import re
from collections.abc import Iterator
from pathlib import Path

from diaspora_kg.cubes.model import unreadable_file
from diaspora_kg.cubes.publishers import Given
from diaspora_kg.cubes.registers import LABEL, Register
from diaspora_kg.namespaces import SCHEMA, WIKIDATA
from diaspora_kg.naming import individual
from diaspora_kg.reading.decoding import read_text
from diaspora_kg.terms import TYPE, Term, dkg, iri, text_literal

_QID = re.compile(r"Q[1-9]\d*\Z")


def read_sister_cities(path: Path, given: Given) -> Register:
    """Return pairs of twinned towns, each a Wikidata identifier, one pair a line.

    Names are taken from ``…names.tsv`` beside the file, if there is one. The file does not say in
    which country a town lies; a file ``…countries.tsv`` beside it may: a town and its country in
    a line, the country as a code, a name or a Wikidata identifier. What is no country is counted.

    Raises ``DiasporaKGError`` (DKG650) when a line holds no pair.
    """
    register = Register(path, given, "sister-cities", "Twinned towns", "Wikidata")
    names = dict(_rows(_beside(path, "names")))
    countries = _countries(path, given, register)
    seen: set[tuple[str, str]] = set()
    for one, other in _rows(path):
        if not (_QID.match(one) and _QID.match(other)):
            register.left.unknown[f"{one} {other}"] += 1
            continue
        first, second = sorted((one, other))
        if (first, second) in seen:
            continue  # the file has most pairs in both directions
        seen.add((first, second))
        tie = individual("dataset", register.id, f"{first}-{second}")
        register.entries += 1
        register.add(tie, TYPE, dkg("SisterCityRelationship"))
        for town in (first, second):
            node = iri(WIKIDATA + town)
            register.add(tie, dkg("linksCity"), node)
            register.add(node, TYPE, dkg("City"))
            if town in names:
                register.add(node, LABEL, text_literal(names[town]))
            if town in countries:
                register.add(node, iri(SCHEMA + "location"), countries[town])
    if not countries:
        register.remarks.append(_without_countries(path))
    if not register.entries:
        raise unreadable_file(
            str(path),
            "no line holds two Wikidata identifiers",
            "Write 'Q1<tab>Q2', one pair a line.",
        )
    return register


def _beside(path: Path, what: str) -> Path:
    """Return the file beside the pairs: ``x_names.tsv`` for ``x_relations.tsv``."""
    if "relations" in path.name:
        return path.with_name(path.name.replace("relations", what))
    return path.with_name(f"{path.stem}_{what}{path.suffix}")


def _without_countries(path: Path) -> str:
    return (
        "note: no town has a country, so that no query can use the pairs. Write "
        f"'{_beside(path, 'countries').name}' beside the file, a town and its country in a line "
        "('Q60', a tab, 'US'), and import it again."
    )


def _countries(path: Path, given: Given, register: Register) -> dict[str, Term]:
    """Return the countries of towns, from a file beside that of the pairs."""
    found: dict[str, Term] = {}
    for town, country in _rows(_beside(path, "countries")):
        if not _QID.match(town):
            continue  # the head of the table
        code, name = (country, "") if len(country) <= 3 else ("", country)
        term = iri(WIKIDATA + country) if _QID.match(country) else given.areas.country(code, name)
        if term is None:
            given.areas.leave(code, name, register.left)
        else:
            found[town] = term
    return found


def _rows(path: Path) -> Iterator[tuple[str, str]]:
    if not path.is_file():
        return
    for line in read_text(path).text.splitlines():
        cells = line.split("\t")
        if len(cells) >= 2:
            yield cells[0].strip(), cells[1].strip()
