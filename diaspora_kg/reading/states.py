"""The reference table of states, territories and regions."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from diaspora_kg.namespaces import DKG, DKGG, RDFS, SKOS
from diaspora_kg.naming import individual
from diaspora_kg.resources import folder
from diaspora_kg.terms import TYPE, Quad, Term, iri, text_literal

GRAPH = iri(DKGG + "reference")
OTHER_CODES = {"UK": "GB", "EL": "GR"}
"""Codes that are in use for states but are not theirs in ISO 3166-1."""
ORGANISATIONS = {
    "eu": "European Union",
    "european union": "European Union",
    "un": "United Nations",
    "united nations": "United Nations",
    "nato": "North Atlantic Treaty Organization",
    "asean": "Association of Southeast Asian Nations",
    "african union": "African Union",
}
"""What is taken for a state and is none, folded; ISO 3166-1 reserves EU and UN for them."""
_LANGUAGES = ("en", "tr", "ar", "ur", "uz")


@dataclass(frozen=True)
class Reference:
    """States and regions: their triples, and the names that people know them by."""

    quads: tuple[Quad, ...]
    states: Mapping[str, Term]
    """ISO 3166-1 alpha-2 code to term."""
    names: Mapping[str, Term]
    """English name, folded, to term."""
    labels: Mapping[Term, str]
    """Term to English name."""
    alpha2: Mapping[str, str] = field(default_factory=dict)
    """ISO 3166-1 alpha-3 code to alpha-2 code."""


def read_reference() -> Reference:
    """Return the packaged states and regions."""
    quads: list[Quad] = []
    states: dict[str, Term] = {}
    names: dict[str, Term] = {}
    labels: dict[Term, str] = {}
    alpha2: dict[str, str] = {}
    for row in _rows("regions.csv"):
        term = individual("region", row["m49"])
        quads.extend(_region(term, row))
        names[row["name.en"].casefold()] = term
        labels[term] = row["name.en"]
    for row in _rows("states.csv"):
        term = individual("state", row["alpha2"])
        states[row["alpha2"]] = term
        alpha2[row["alpha3"]] = row["alpha2"]
        quads.extend(_state(term, row))
        names[row["name.en"].casefold()] = term
        labels[term] = row["name.en"]
        if row["also.en"]:
            names[row["also.en"].casefold()] = term
    return Reference(tuple(quads), states, names, labels, alpha2)


def what_is_no_state(word: str, *, is_region: bool) -> str:
    """Return what is wrong with a word that names no state, as a person would say it."""
    organisation = ORGANISATIONS.get(word.casefold())
    if organisation is not None:
        name = "" if organisation.casefold() == word.casefold() else f" ({organisation})"
        return f"'{word}'{name} is an organisation and no state"
    return f"'{word}' is a region and no state" if is_region else f"unknown state '{word}'"


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = (folder("ontology") / "reference" / name).read_text("utf-8")
    return csv.DictReader(io.StringIO(text))


def _labels(term: Term, row: dict[str, str]) -> Iterator[Quad]:
    for language in _LANGUAGES:
        name = row[f"name.{language}"]
        if name:
            yield term, iri(RDFS + "label"), text_literal(name, language), GRAPH


def _region(term: Term, row: dict[str, str]) -> Iterator[Quad]:
    yield term, TYPE, iri(DKG + "Region"), GRAPH
    yield term, iri(DKG + "m49"), text_literal(row["m49"]), GRAPH
    yield from _labels(term, row)
    if row["parent"]:
        yield term, iri(DKG + "inRegion"), individual("region", row["parent"]), GRAPH


def _state(term: Term, row: dict[str, str]) -> Iterator[Quad]:
    independent = row["status"] == "Yes"
    yield term, TYPE, iri(DKG + ("State" if independent else "Territory")), GRAPH
    for column, name in (
        ("alpha2", "isoAlpha2"),
        ("alpha3", "isoAlpha3"),
        ("m49", "m49"),
        ("geonames", "geonamesIdentifier"),
        ("wikidata", "wikidataIdentifier"),
    ):
        if row[column]:
            yield term, iri(DKG + name), text_literal(row[column]), GRAPH
    region = row["subregion"] or row["region"]
    if region:
        yield term, iri(DKG + "inRegion"), individual("region", region), GRAPH
    yield from _labels(term, row)
    un_name = row["un_name.en"].rstrip(" *").removesuffix(" (the)")
    for other in (un_name, row["also.en"]):
        if other and other != row["name.en"]:
            yield term, iri(SKOS + "altLabel"), text_literal(other, "en"), GRAPH
