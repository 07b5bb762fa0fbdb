"""Links that do not hold: against one another, the graph, and the registry."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from diaspora_kg.linking.checking import check_against, check_links
from diaspora_kg.linking.entries import Entry
from diaspora_kg.linking.records import Record, records_of
from diaspora_kg.linking.registries import open_registry
from diaspora_kg.linking.things import Thing
from diaspora_kg.reading.links import CLOSE, EXACT, Link

OURS = "https://w3id.org/diaspora-kg/id/"
ROR = "https://ror.org/"
GEONAMES = "https://sws.geonames.org/"
ORGANIZATION = "https://w3id.org/diaspora-kg/ontology#Organization"


def link(subject: str, address: str) -> Link:
    """Return a link that stands without a review."""
    return Link(OURS + subject, EXACT, address, "ManualMappingCuration")


def find(address: str) -> Thing | None:
    """Return an organisation in Türkiye, whatever is asked for, but nothing for ``gone``."""
    if address.endswith("gone"):
        return None
    return Thing(address, (("A", "en"),), frozenset({ORGANIZATION}), "TR")


class TestAmongThemselves:
    """Without a registry."""

    @pytest.mark.parametrize(
        ("links", "codes"),
        [
            ([link("a", ROR + "1"), link("b", ROR + "1")], ["DKG532"]),
            ([link("a", ROR + "1"), link("a", ROR + "2")], ["DKG533"]),
            ([link("a", ROR + "1"), link("b", ROR + "2")], []),
            ([link("a", ROR + "1"), replace(link("a", ROR + "2"), predicate=CLOSE)], []),
            ([link("a", ROR + "1"), replace(link("a", ROR + "2"), is_negated=True)], []),
            ([link("gone", ROR + "1")], ["DKG537"]),
            ([link("a", GEONAMES + "298795/")], ["DKG535"]),
        ],
    )
    def test_contradictions(self, links: list[Link], codes: list[str]) -> None:
        """Only exact matches that were accepted can contradict one another."""
        assert [finding.code for finding in check_links(links, find)] == codes


class TestAgainstARegistry:
    """With its records."""

    @pytest.mark.parametrize(
        ("record", "codes"),
        [
            (None, ["DKG530"]),
            (Record(ROR + "1", None, is_withdrawn=True), ["DKG530"]),
            (Record(ROR + "1", None, is_withdrawn=True, moved_to=ROR + "2"), ["DKG531"]),
            (Record(ROR + "1", Entry(ROR + "1", "A", (), country="PK")), ["DKG534"]),
            (Record(ROR + "1", Entry(ROR + "1", "A", (), country="TR")), []),
            (Record(ROR + "1", Entry(ROR + "1", "A", ())), []),
        ],
    )
    def test_stale_links(self, record: Record | None, codes: list[str]) -> None:
        """A record may be gone, withdrawn, merged, or in another country."""
        records = {} if record is None else {record.iri: record}

        found = check_against([link("a", ROR + "1")], records, ROR, find)

        assert [finding.code for finding in found] == codes

    def test_links_into_other_registries_are_left_alone(self) -> None:
        """A snapshot says nothing of links that lead elsewhere."""
        assert check_against([link("a", GEONAMES + "1/")], {}, ROR, find) == []


class TestSnapshots:
    """What snapshots say of records that are no target any more."""

    def test_ror_names_the_successor(self, tmp_path: Path) -> None:
        """A withdrawn record of ROR names the record that took its place."""
        records = [
            {
                "id": ROR + "old",
                "status": "withdrawn",
                "names": [{"value": "Old", "types": ["ror_display", "label"]}],
                "relationships": [{"type": "successor", "id": ROR + "new", "label": "New"}],
            },
            {
                "id": ROR + "new",
                "status": "active",
                "names": [{"value": "New", "types": ["ror_display", "label"]}],
            },
        ]
        (tmp_path / "ror.json").write_text(json.dumps(records), "utf-8")

        found = records_of(open_registry(tmp_path / "ror.json"), {ROR + "old", ROR + "new"})

        assert found[ROR + "old"] == Record(ROR + "old", None, True, ROR + "new")
        assert found[ROR + "new"].entry is not None

    def test_rdf_says_what_replaced_a_thing(self, tmp_path: Path) -> None:
        """In RDF a redirect is written as Wikidata does, and a deprecated concept is marked."""
        (tmp_path / "things.nt").write_text(
            "<http://example.org/a> <http://www.w3.org/2002/07/owl#sameAs> "
            "<http://example.org/b> .\n"
            '<http://example.org/b> <http://www.w3.org/2000/01/rdf-schema#label> "B"@en .\n'
            "<http://example.org/c> <http://www.w3.org/2002/07/owl#deprecated> "
            '"true"^^<http://www.w3.org/2001/XMLSchema#boolean> .\n',
            "utf-8",
        )
        wanted = {f"http://example.org/{key}" for key in "abcd"}

        found = records_of(open_registry(tmp_path / "things.nt"), wanted)

        assert found["http://example.org/a"].moved_to == "http://example.org/b"
        assert found["http://example.org/c"].is_withdrawn
        assert "http://example.org/d" not in found
