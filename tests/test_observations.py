"""Tables of observations: what is read, and what becomes of it in the graph."""

import hashlib
from pathlib import Path

import pytest

from diaspora_kg.assembly import Report, assemble, validate
from diaspora_kg.cubes import check_cube
from diaspora_kg.errors import Severity
from diaspora_kg.namespaces import DCAT, DCTERMS, DKGG, PROV, QB, SCHEMA
from diaspora_kg.terms import TYPE, Quad, dkg, dkgc, iri

SDMX = "http://purl.org/linked-data/sdmx/2009/"
GRAPH = iri(DKGG + "dataset/stock")
DATA_SET = "<https://w3id.org/diaspora-kg/id/dataset/stock>"
TABLE = """\
data-set,area,period,indicator,value,unit,population,flow,status,edition,publisher
stock,TR,2020,international-migrants,6052652.50,persons,by-birth,stock,estimate,2020,UN DESA
"""


def graph_of(folder: Path, table: str = TABLE, name: str = "observations.csv") -> list[Quad]:
    """Return the quads of the data set of a table."""
    (folder / name).write_text(table, "utf-8")
    return [quad for quad in assemble([folder]).quads if quad[3] == GRAPH]


def report_of(folder: Path, table: str, name: str = "observations.csv") -> Report:
    """Return what is found in a table."""
    (folder / name).write_text(table, "utf-8")
    return validate([folder])


def told(report: Report) -> list[tuple[str, str, str]]:
    """Return code, cell and words of each finding."""
    return [(f.code, f.location.cell if f.location else "", f.message) for f in report.findings]


class TestObservations:
    """What a row becomes."""

    def test_an_observation(self, tmp_path: Path) -> None:
        """A row is an observation with its dimensions, its value and its attributes."""
        quads = graph_of(tmp_path)

        (node,) = {s for s, p, o, _ in quads if p == TYPE and o == iri(QB + "Observation")}
        said = {(p, o) for s, p, o, _ in quads if s == node}
        year = "<http://www.w3.org/2001/XMLSchema#gYear>"
        assert said >= {
            (iri(QB + "dataSet"), DATA_SET),
            (iri(SDMX + "dimension#refArea"), "<https://w3id.org/diaspora-kg/id/state/TR>"),
            (iri(SDMX + "dimension#refPeriod"), f'"2020"^^{year}'),
            (dkg("indicator"), dkgc("indicator/international-migrants")),
            (dkg("populationCriterion"), dkgc("by-birth")),
            (
                iri(SDMX + "measure#obsValue"),
                '"6052652.5"^^<http://www.w3.org/2001/XMLSchema#decimal>',
            ),
            (dkg("writtenForm"), '"6052652.50"'),
            (iri(SDMX + "attribute#unitMeasure"), dkgc("unit/persons")),
            (iri(SDMX + "attribute#obsStatus"), iri(SDMX + "code#obsStatus-E")),
            (dkg("flow"), dkgc("stock")),
            (dkg("estimateStatus"), dkgc("estimate")),
            (dkg("edition"), '"2020"'),
            (dkg("earliest"), '"2020-01-01"^^<http://www.w3.org/2001/XMLSchema#date>'),
        }

    def test_where_it_is_from(self, tmp_path: Path) -> None:
        """Each observation leads to its publisher, and to its file with a checksum."""
        quads = graph_of(tmp_path)

        digest = hashlib.sha256(TABLE.encode("utf-8")).hexdigest()
        file = f"{DATA_SET[:-1]}/file/{digest[:12]}>"
        party = "<https://w3id.org/diaspora-kg/id/party/un-desa>"
        triples = {(p, o) for _, p, o, _ in quads}
        assert (iri(PROV + "wasDerivedFrom"), file) in triples
        assert (iri(PROV + "wasAttributedTo"), party) in triples
        assert (iri(DCTERMS + "publisher"), party) in triples
        assert (iri(SCHEMA + "sha256"), f'"{digest}"') in triples
        assert (iri(SCHEMA + "name"), '"observations.csv"') in triples

    def test_the_structure_of_the_data_set(self, tmp_path: Path) -> None:
        """The data set says which properties are dimensions, measure and attributes."""
        quads = graph_of(tmp_path)

        roles = {(p.rpartition("#")[2], o.rpartition("#")[2]) for _, p, o, _ in quads if QB in p}
        assert roles >= {
            ("dimension>", "refArea>"),
            ("dimension>", "refPeriod>"),
            ("dimension>", "indicator>"),
            ("dimension>", "populationCriterion>"),
            ("measure>", "obsValue>"),
            ("attribute>", "unitMeasure>"),
        }

    def test_the_years_of_the_data_set(self, tmp_path: Path) -> None:
        """The data set says from which year to which it has numbers, over all of its rows."""
        row = TABLE.splitlines()[1]
        more = "".join(f"{row.replace('2020', year)}\n" for year in ("2015", "2019-07"))

        quads = graph_of(tmp_path, TABLE + more)

        ends = {
            (p, o) for _, p, o, _ in quads if p in (iri(DCAT + "startDate"), iri(DCAT + "endDate"))
        }
        year = "^^<http://www.w3.org/2001/XMLSchema#gYear>"
        assert ends == {
            (iri(DCAT + "startDate"), f'"2015"{year}'),
            (iri(DCAT + "endDate"), f'"2020"{year}'),
        }

    def test_a_well_formed_cube(self, tmp_path: Path) -> None:
        """What is written keeps the integrity constraints of the Data Cube recommendation."""
        blank = "stock,KR,2020,international-migrants,1,persons,,stock,,2020,UN DESA\n"

        quads = graph_of(tmp_path, TABLE + blank)

        assert check_cube(quads) == []

    def test_a_number_between_two_places(self, tmp_path: Path) -> None:
        """With a counterpart the number is of two areas, and both tell it from others."""
        text = TABLE.replace("area,", "area,counterpart,").replace("stock,TR,", "stock,TR,SY,")
        again = text.splitlines()[1].replace("SY", "DE")

        quads = graph_of(tmp_path, f"{text}{again}\n")

        others = sorted(o for _, p, o, _ in quads if p == dkg("counterpartArea"))
        assert [other.rpartition("/")[2] for other in others] == ["DE>", "SY>"]
        assert check_cube(quads) == []

    def test_it_is_no_fact(self, tmp_path: Path) -> None:
        """What is measured is neither claimed nor accepted, and nothing is inferred from it."""
        (tmp_path / "observations.csv").write_text(TABLE, "utf-8")

        graph = assemble([tmp_path])

        assert (graph.counts["claims"], graph.counts["accepted"], graph.counts["inferred"]) == (
            0, 0, 0,
        )  # fmt: skip

    def test_the_work_of_a_bibliography(self, tmp_path: Path) -> None:
        """A source of the bibliography says who published, and is what the number is from."""
        (tmp_path / "s.bib").write_text(
            "@report{desa2020, title = {Migrant Stock}, author = {{UN DESA}}, year = 2020}\n"
        )

        quads = graph_of(
            tmp_path, TABLE.replace("publisher", "source").replace("UN DESA", "desa2020")
        )

        source = "<https://w3id.org/diaspora-kg/id/source/desa2020>"
        assert (DATA_SET, iri(PROV + "wasDerivedFrom"), source, GRAPH) in quads
        party = "<https://w3id.org/diaspora-kg/id/party/un-desa>"
        assert (DATA_SET, iri(DCTERMS + "publisher"), party, GRAPH) in quads

    @pytest.mark.parametrize(
        "name", ["observations.csv", "observations-2020.csv", "un.observations.csv", "numbers.csv"]
    )
    def test_which_tables_hold_observations(self, tmp_path: Path, name: str) -> None:
        """The name of a table says so, or its columns do."""
        assert len(graph_of(tmp_path, name=name)) > 20

    def test_capitals(self, tmp_path: Path) -> None:
        """Names of columns may be in capitals, as in any table."""
        head, row, _ = TABLE.split("\n")

        assert len(graph_of(tmp_path, f"{head.upper()}\n{row}\n", "numbers.csv")) > 20

    def test_the_name_of_the_data_set(self, tmp_path: Path) -> None:
        """Without a column for it the data set bears the name of the file."""
        text = TABLE.replace("data-set,", "").replace("stock,TR", "TR")

        assert len(graph_of(tmp_path, text, "stock.observations.csv")) > 20


class TestMistakes:
    """What is wrong with a row."""

    @pytest.mark.parametrize(
        ("old", "new", "finding"),
        [
            ("6052652.50", "6.052.652", ("DKG644", "E2", "'6.052.652' is no number")),
            ("6052652.50", "n/a", ("DKG644", "E2", "'n/a' is no number")),
            ("2020,inter", "20/20,inter", ("DKG117", "C2", "'20/20' is no date that can be read")),
            ("stock,TR", "stock,", ("DKG643", "A2", "this observation has no 'area'")),
            ("UN DESA", "", ("DKG643", "A2", "this observation has no 'publisher'")),
            ("unit", "unti", ("DKG103", "F1", "unknown column 'unti'")),
            ("flow", "unit", ("DKG102", "H1", "the column 'unit' stands twice, first in column F")),
            ("by-birth", "by-brith", ("DKG119", "G2", "'by-brith' is no population criterion")),
        ],
    )
    def test_a_mistake(
        self, tmp_path: Path, old: str, new: str, finding: tuple[str, str, str]
    ) -> None:
        """A mistake is told at its cell."""
        assert finding in told(report_of(tmp_path, TABLE.replace(old, new, 1)))

    def test_a_column_that_must_be_there(self, tmp_path: Path) -> None:
        """A table that says nowhere who measured is not read."""
        found = told(report_of(tmp_path, TABLE.replace(",publisher", "").replace(",UN DESA", "")))

        assert found == [("DKG643", "A1", "this table of observations has no column 'publisher'")]

    def test_a_word_that_means_nothing(self, tmp_path: Path) -> None:
        """An unknown word is told at its first row, not at every row."""
        rows = [f"stock,XX,{year},international-migrants,5,,,,,,U\n" for year in range(1990, 2000)]

        found = told(report_of(tmp_path, TABLE + "".join(rows)))

        assert found == [("DKG108", "B3", "unknown state 'XX'")]

    def test_the_same_observation_twice(self, tmp_path: Path) -> None:
        """Two rows with the same dimensions are one observation too many."""
        again = TABLE.splitlines()[1].replace("6052652.50", "7")

        found = told(report_of(tmp_path, f"{TABLE}{again}\n"))

        assert [(code, cell) for code, cell, _ in found] == [("DKG646", "A3")]

    def test_rows_without_a_value(self, tmp_path: Path) -> None:
        """What was not measured is left out, and counted in a remark."""
        empty = TABLE.splitlines()[1].replace("6052652.50", "")

        report = report_of(tmp_path, f"{TABLE}{empty}\n{empty}\n")

        assert told(report) == [("DKG645", "E3", "2 rows of this table without a value left out")]
        assert [finding.severity for finding in report.findings] == [Severity.INFO]
