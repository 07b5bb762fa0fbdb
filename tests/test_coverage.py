"""Every item of the reading list is in the graph: its IRI, its label, and its quote.

``tests/coverage/*.csv`` maps each item to what represents it. With the reading list at hand
(``DIASPORA_KG_CHECKLIST``, or beside the checkout) the quotes are compared with it word for word.
"""

import csv
import os
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
import yaml

from diaspora_kg.graph import KnowledgeGraph
from diaspora_kg.namespaces import expand
from diaspora_kg.naming import normalise_passage
from diaspora_kg.validation.quotes import fold

TABLES = sorted((Path(__file__).parent / "coverage").glob("*.csv"))
ROOT = Path(__file__).resolve().parents[1]
READING_LIST = Path(
    os.environ.get("DIASPORA_KG_CHECKLIST", ROOT.parent / "shared/coverage/checklist.yaml")
)
OTHER_SOURCES = READING_LIST.with_name("counter-evidence.yaml")

needs_reading_list = pytest.mark.skipif(
    not READING_LIST.is_file(), reason="the reading list is not beside this checkout"
)

QUOTES = """
SELECT DISTINCT ?thing ?quote WHERE {
  { ?thing a dkg:Claim . BIND (?thing AS ?claim) }
  UNION { ?claim dkg:claimSubject ?thing }
  UNION { ?claim dkg:claimObject ?thing }
  UNION { ?claim dkg:attribution/dkg:work ?thing }
  UNION { ?claim dkg:evidence/dkg:inSource ?thing }
  UNION { ?claim dkg:partOfStatement ?thing }
  UNION { ?claim dkg:scope ?thing }
  ?claim a dkg:Claim ; dkg:evidence/dkg:quote ?quote .
}
"""
LABELS = """
SELECT ?thing ?label WHERE {
  { ?thing rdfs:label ?label } UNION { ?thing skos:prefLabel ?label }
}
"""
MEMBERS = "SELECT ?thing ?member WHERE { ?thing skos:member ?member }"
SCHEMES = "SELECT ?thing ?member WHERE { ?member skos:inScheme ?thing }"


def rows() -> list[dict[str, str]]:
    """Return all rows of all tables."""
    found = []
    for table in TABLES:
        with table.open(encoding="utf-8", newline="") as stream:
            found.extend({**row, "table": table.name} for row in csv.DictReader(stream))
    return found


@cache
def items() -> dict[str, dict]:
    """Return the items of the reading list by their id."""
    return {item["id"]: item for item in yaml.safe_load(READING_LIST.read_text("utf-8"))["items"]}


class Index:
    """Labels and quotes of one graph."""

    def __init__(self, kg: KnowledgeGraph) -> None:
        self.labels = self._pairs(kg, LABELS)
        self.quotes = self._pairs(kg, QUOTES)
        self.parts = self._pairs(kg, MEMBERS)
        for scheme, members in self._pairs(kg, SCHEMES).items():
            self.parts[scheme] |= members

    @staticmethod
    def _pairs(kg: KnowledgeGraph, sparql: str) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for thing, text in kg.sparql(sparql).texts():
            found[expand(thing) or thing].add(text)
        return found

    def quotes_of(self, address: str) -> set[str]:
        """Return the quotes of the claims about a thing, or about its members."""
        found = set(self.quotes[address])
        for part in self.parts[address]:
            found |= self.quotes[expand(part) or part]
        return found


@pytest.fixture(scope="module")
def index(packaged_kg: KnowledgeGraph) -> Index:
    """Read the graph of the packaged cases once."""
    return Index(packaged_kg)


def test_every_row_points_at_something_with_a_label(index: Index) -> None:
    """What represents an item is in the graph under a name that is not its address."""
    nameless = [
        row["iri"]
        for row in rows()
        if not any(label.strip() for label in index.labels[expand(row["iri"]) or ""])
    ]

    assert nameless == []


def test_every_row_has_a_quote(index: Index) -> None:
    """Nothing is a stub: some passage speaks of what represents an item."""
    silent = [row["iri"] for row in rows() if not index.quotes_of(expand(row["iri"]) or "")]

    assert silent == []


@needs_reading_list
def test_every_item_is_in_a_table() -> None:
    """No item of the reading list is left out, nor any evidence of other sources."""
    mapped = {row["item"] for row in rows()}
    other = yaml.safe_load(OTHER_SOURCES.read_text("utf-8"))
    wanted = set(items()) | {entry["id"] for entry in other if entry["use"] == "evidence"}

    assert sorted(wanted - mapped) == []
    assert len(items()) == 460


@needs_reading_list
def test_every_item_keeps_its_quote(index: Index) -> None:
    """The quote of an item stands word for word behind something that represents it."""
    by_item: dict[str, set[str]] = defaultdict(set)
    for row in rows():
        by_item[row["item"]] |= {
            comparable(quote) for quote in index.quotes_of(expand(row["iri"]) or "")
        }

    lost = [
        name
        for name, item in items().items()
        if not any(
            comparable(item["quote"]) in quote or quote in comparable(item["quote"])
            for quote in by_item[name]
        )
    ]

    assert lost == []


@needs_reading_list
def test_every_trap_is_a_conflict_or_carries_a_caveat(
    packaged_kg: KnowledgeGraph, index: Index
) -> None:
    """What a careful reader would not take at face value is marked so in the graph."""
    marked = {
        expand(claim)
        for (claim,) in packaged_kg.sparql(
            "SELECT DISTINCT ?claim WHERE { { ?claim dkg:caveat ?note } "
            "UNION { ?conflict dkg:between ?claim } }"
        ).texts()
    }
    marked_things = {
        expand(thing)
        for (thing,) in packaged_kg.sparql(
            "SELECT DISTINCT ?thing WHERE { { ?claim dkg:caveat ?note } "
            "UNION { ?conflict dkg:between ?claim } "
            "?claim dkg:claimSubject|dkg:claimObject|dkg:attribution/dkg:work"
            "|dkg:evidence/dkg:inSource ?thing }"
        ).texts()
    }
    by_item: dict[str, set[str | None]] = defaultdict(set)
    for row in rows():
        address = expand(row["iri"]) or ""
        by_item[row["item"]] |= {address, *(expand(part) for part in index.parts[address])}

    unmarked = [
        name
        for name, item in items().items()
        if "trap" in item and not by_item[name] & (marked | marked_things)
    ]

    assert unmarked == []


def comparable(text: str) -> str:
    """Fold what two copies of a passage differ in."""
    return normalise_passage(fold(text).text).replace("- ", "").replace("-", "").casefold()
