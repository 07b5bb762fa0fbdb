"""Data sets and links beside the cases: an update gives what a whole build gives."""

from pathlib import Path

import pytest

from diaspora_kg.acceptance import Policy
from diaspora_kg.cubes.model import Measurement
from diaspora_kg.naming import individual
from diaspora_kg.store import nquads
from tests.incremental.comparing import Pair
from tests.open_data import WORLD, cube_of, state

CASE = """\
id: diaspora
type: Organization
label: {en: Office of the diaspora}
coding: {by: anna, on: 2026-01-01}
defaults: {confidence: 0.9}
sources:
  paper: {type: report, title: {en: Paper}, author: ["Demir, Aylin"], date: 2021}
  stock: {type: dataset, title: {en: Migrant stock}, author: ["{UN DESA}"], date: 2020}
claims:
  - id: emigrants
    subject: TR
    property: hasFigure
    value: 5
    indicator: indicator/emigrant-stock
    unit: unit/million-persons
    scope: figure-scope/abroad
    period: 2019
    attributed-to: [{source: stock, stance: reports}]
    evidence: [{source: paper, locator: p. 1, quote: {en: five million live abroad}}]
"""
OBSERVATION = individual("dataset", "stock", "observation", "001-TR-2019-international-migrants")
RULING = f"""\
adjudications:
  - id: stock-stands
    between: [emigrants, "dkgid:{OBSERVATION.rpartition("/id/")[2][:-1]}"]
    upholds: ["dkgid:{OBSERVATION.rpartition("/id/")[2][:-1]}"]
    rejects: [emigrants]
    outcome: one-side
    by: anna
    on: 2026-02-01
    reason: {{en: The data set is the primary source.}}
"""
LINKS = """\
#sssom_version: "1.1"
#mapping_set_id: https://example.org/links
#license: https://creativecommons.org/publicdomain/zero/1.0/
#curie_map:
#  dkgid: https://w3id.org/diaspora-kg/id/
#  skos: http://www.w3.org/2004/02/skos/core#
#  semapv: https://w3id.org/semapv/vocab/
#  wikidata: http://www.wikidata.org/entity/
"""
HEAD = "subject_id\tpredicate_id\tobject_id\tmapping_justification\n"
ROW = "dkgid:diaspora\t{}\twikidata:Q1\tsemapv:ManualMappingCuration\n"


def stock(persons: str) -> bytes:
    """Return a data set with the people from Türkiye in the world."""
    numbers = iter([Measurement(WORLD, "2019", persons, state("TR"))])
    cube = cube_of("stock", "UN DESA", "international-migrants", "persons", numbers)
    return nquads(sorted(cube))


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    """Return a case beside a data set, built once."""
    made = Pair(tmp_path, Policy())
    (made.cases / "diaspora.yaml").write_text(CASE, "utf-8")
    (made.cases / "stock.nq").write_bytes(stock("3493071"))
    made.update()
    return made


class TestDataSets:
    """Conflicts with data, in builds that are made out of others."""

    @pytest.mark.parametrize(
        ("old", "new", "observed"),
        [
            pytest.param("value: 5", "value: 6", True, id="another number"),
            pytest.param("value: 5", "value: 3.5", False, id="a number that agrees"),
            pytest.param("period: 2019", "period: 2018", False, id="another year"),
            pytest.param("{UN DESA}", "{IOM}", False, id="the author of the work that is named"),
            pytest.param("subject: TR", "subject: DE", False, id="another place"),
        ],
    )
    def test_a_claim_that_changes(self, pair: Pair, old: str, new: str, *, observed: bool) -> None:
        """An update holds the claim against the data anew, and is what a whole build is."""
        (pair.cases / "diaspora.yaml").write_text(CASE.replace(old, new), "utf-8")

        kept = pair.update()

        assert pair.updates == 1
        assert kept == pair.make()
        assert (f"between> {OBSERVATION}".encode() in kept[0]) is observed

    def test_a_decision(self, pair: Pair) -> None:
        """An update takes in what an editor decides between a claim and an observation."""
        (pair.cases / "diaspora.yaml").write_text(CASE + RULING, "utf-8")

        kept = pair.update()

        assert pair.updates == 1
        assert kept == pair.make()
        assert b"status> <https://w3id.org/diaspora-kg/concept/decided>" in kept[0]

    def test_another_edition(self, pair: Pair) -> None:
        """Where the data set itself changes, all is made anew."""
        (pair.cases / "stock.nq").write_bytes(stock("5000000"))

        kept = pair.update()

        assert (pair.updates, kept == pair.make()) == (0, True)
        assert OBSERVATION.encode() in kept[0]
        assert f"between> {OBSERVATION}".encode() not in kept[0]


class TestLinks:
    """Links beside the cases, in builds that are made out of others."""

    @pytest.mark.parametrize(
        "rows",
        [
            pytest.param(ROW.format("skos:exactMatch"), id="a link more"),
            pytest.param(ROW.format("skos:closeMatch"), id="another predicate"),
            pytest.param("", id="no link any more"),
        ],
    )
    def test_a_change_of_links(self, pair: Pair, rows: str) -> None:
        """A build after a change of links is what a whole build is."""
        file = pair.cases / "links.sssom.tsv"
        file.write_text(LINKS + HEAD + ("" if rows else ROW.format("skos:exactMatch")), "utf-8")
        pair.update()
        file.write_text(LINKS + HEAD + rows, "utf-8")

        kept = pair.update()

        assert kept == pair.make()
        assert (b"http://www.wikidata.org/entity/Q1>" in kept[0]) is bool(rows)

    def test_a_case_beside_links(self, pair: Pair) -> None:
        """With links that stay, a case that changes is an update."""
        (pair.cases / "links.sssom.tsv").write_text(
            LINKS + HEAD + ROW.format("skos:exactMatch"), "utf-8"
        )
        pair.update()
        (pair.cases / "diaspora.yaml").write_text(CASE.replace("value: 5", "value: 6"), "utf-8")

        kept = pair.update()

        assert pair.updates == 1
        assert kept == pair.make()
