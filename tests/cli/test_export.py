"""``diaspora-kg export``."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import Dataset, Graph
from rdflib.compare import isomorphic

from diaspora_kg.assembly import build
from diaspora_kg.exporting import FORMATS, flat_tables, withhold
from diaspora_kg.exporting.flat import guarded
from diaspora_kg.graph import KnowledgeGraph
from diaspora_kg.namespaces import DKG, DKGG
from diaspora_kg.reading.ontology import read_ontology
from diaspora_kg.store import read_nquads
from diaspora_kg.terms import iri

Run = Callable[..., Any]

SECRET = "we were told by the consulate never to speak of the meeting in spring"
CASE = f"""\
id: interviews
type: CaseStudy
label: {{en: Interviews, tr: Görüşmeler}}
coding: {{by: a-coder, on: 2025-01-15, codebook: 0.1.0}}
defaults: {{confidence: 0.9}}
sources:
  interview7:
    type: interview
    title: {{en: Interview 7}}
    publisher: The project
    date: 2024
    tier: primary-data
    access: restricted
  report2012:
    type: report
    title: {{en: =HYPERLINK("x")}}
    publisher: The publisher
    date: 2012
    tier: official
    access: full-text
claims:
  - id: secret
    subject: TR
    property: statesThat
    value: {{en: "it was said that {SECRET}"}}
    memo: "{SECRET}"
    evidence:
      source: interview7
      locator: minute 12
      quote: {{en: "{SECRET}, he said"}}
      translation: {{tr: "bize konsolosluk o toplantıdan hiç söz etmememizi söyledi, dedi"}}
  - id: open
    subject: TR
    property: homeState
    object: TR
    evidence: {{source: report2012, locator: p. 1, quote: {{en: "of Turkey, as the report says"}}}}
  - id: negative
    subject: TR
    property: hasFigure
    value: -5
    indicator: indicator/diaspora-size
    unit: unit/persons
    evidence: {{source: report2012, locator: p. 2, quote: {{en: "=1+1"}}}}
"""


@pytest.fixture(scope="module")
def kg(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a small graph with an interview in it."""
    folder = tmp_path_factory.mktemp("export")
    (folder / "interviews.yaml").write_text(CASE.replace("object: TR\n", "object: GR\n"), "utf-8")
    build([folder / "interviews.yaml"], folder / "kg", fail_on=None)
    return folder / "kg"


def nquads_of(data: str, form: ox.RdfFormat) -> set[str]:
    """Return parsed statements as text."""
    return {str(quad) for quad in ox.parse(data.encode(), form)}


class TestRDF:
    """Serialisations."""

    @pytest.mark.parametrize("form", FORMATS)
    def test_the_same_bytes_twice(self, dkg: Run, kg: Path, form: str) -> None:
        """Every format gives the same bytes for the same graph."""
        first = dkg("export", "-f", form, "--kg", kg, "--graph", "case/interviews")

        assert first.status == 0
        assert first.out == dkg("export", "-f", form, "--kg", kg, "--graph", "case/interviews").out

    @pytest.mark.parametrize(
        ("form", "parser"),
        [("trig", ox.RdfFormat.TRIG), ("jsonld", ox.RdfFormat.JSON_LD)],
    )
    def test_formats_with_graphs_agree(
        self, dkg: Run, kg: Path, form: str, parser: ox.RdfFormat
    ) -> None:
        """TriG and JSON-LD say what N-Quads say."""
        expected = nquads_of(dkg("export", "--kg", kg, "--graph", "sources").out,
                             ox.RdfFormat.N_QUADS)  # fmt: skip

        found = dkg("export", "--kg", kg, "--graph", "sources", "-f", form).out

        assert nquads_of(found, parser) == expected

    def test_json_ld_is_read_by_others(self, dkg: Run, kg: Path) -> None:
        """Another library reads from the JSON-LD what it reads from the N-Quads."""
        arguments = ("export", "--kg", kg, "--graph", "case/interviews", "-f")
        as_json = dkg(*arguments, "jsonld").out
        as_lines = dkg(*arguments, "nquads").out

        one, other = Dataset(), Dataset()
        one.parse(data=as_json, format="json-ld")
        other.parse(data=as_lines, format="nquads")

        assert set(one.quads()) == set(other.quads())
        assert "dkg" in json.loads(as_json)["@context"]

    @pytest.mark.parametrize(("form", "parser"), [("turtle", "turtle"), ("rdfxml", "xml")])
    def test_formats_without_graphs_agree(self, dkg: Run, kg: Path, form: str, parser: str) -> None:
        """Turtle and RDF/XML say what N-Triples say."""
        arguments = ("export", "--kg", kg, "--graph", "reference", "-f")
        expected = Graph().parse(data=dkg(*arguments, "ntriples").out, format="nt")

        found = Graph().parse(data=dkg(*arguments, form).out, format=parser)

        assert isomorphic(found, expected)

    def test_prefixes_are_declared(self, dkg: Run, kg: Path) -> None:
        """Turtle is written with the prefixes of the project, in order."""
        out = dkg("export", "--kg", kg, "--graph", "accepted", "-f", "turtle").out

        declared = [line for line in out.splitlines() if line.startswith("@prefix")]
        assert declared == sorted(declared)
        assert "@prefix dkg: <https://w3id.org/diaspora-kg/ontology#> ." in declared
        assert " dkg:homeState " in out

    def test_the_suffix_decides(self, dkg: Run, kg: Path, tmp_path: Path) -> None:
        """The format follows from the name of the file."""
        assert dkg("export", "--kg", kg, "-o", tmp_path / "x.ttl").status == 0
        assert (tmp_path / "x.ttl").read_text("utf-8").startswith("@prefix ")

    def test_lexical_forms_stay(self, dkg: Run, kg: Path) -> None:
        """N-Quads of the whole graph are what the build wrote, but for what is restricted."""
        out = dkg("export", "--kg", kg).out
        written = (kg / "builds" / (kg / "CURRENT").read_text().strip() / "graph.nq").read_bytes()

        assert read_nquads(out.encode()) == sorted(withhold(read_nquads(written)).quads,
                                                   key=lambda q: " ".join(q))  # fmt: skip

    def test_contested_content_is_no_plain_triple(
        self, dkg: Run, packaged_kg: KnowledgeGraph
    ) -> None:
        """What is disputed is in formats that can say so, and in others only when asked for."""
        store = packaged_kg.build.folder.parent.parent
        graph = iri(DKGG + "contested")

        as_quads = dkg("export", "--kg", store)
        as_triples = dkg("export", "--kg", store, "-f", "ntriples")
        alone = dkg("export", "--kg", store, "-f", "ntriples", "--graph", "contested")

        assert f"{graph} ." in as_quads.out
        facts = {line for line in alone.out.splitlines() if f"<{DKG}factSubject>" in line}
        assert facts
        assert facts & set(as_triples.out.splitlines()) == set()

    def test_the_ontology_comes_from_its_files(self, dkg: Run, kg: Path) -> None:
        """The ontology is what its files say, also when the graph is older."""
        out = dkg("export", "--kg", kg, "--graph", "ontology", "-f", "ntriples").out

        assert set(out.splitlines()) == {f"{s} {p} {o} ." for s, p, o in read_ontology().triples}

    def test_a_graph_that_is_not_there(self, dkg: Run, kg: Path) -> None:
        """A misspelt graph is a wrong use, with a suggestion."""
        done = dkg("export", "--kg", kg, "--graph", "acepted")

        assert (done.status, done.out) == (2, "")
        assert done.err.startswith("error[DKG606]: there is no graph 'acepted'\n")
        assert "Did you mean 'accepted'" in done.err

    def test_no_graph_at_all(self, dkg: Run, tmp_path: Path) -> None:
        """A folder without a graph is a wrong use."""
        assert "error[DKG602]" in dkg("export", "--kg", tmp_path).err

    def test_a_place_that_cannot_be_written(self, dkg: Run, kg: Path, tmp_path: Path) -> None:
        """A file in a folder that is not there is a clear mistake."""
        done = dkg("export", "--kg", kg, "-o", tmp_path / "no" / "x.nq")

        assert done.status == 2
        assert "error[DKG604]" in done.err


class TestTables:
    """CSV."""

    def rows(self, text: str) -> list[dict[str, str]]:
        """Return the rows of a table."""
        return list(csv.DictReader(io.StringIO(text)))

    def test_a_folder_of_tables(self, dkg: Run, kg: Path, tmp_path: Path) -> None:
        """All tables are written, with one that says what each column means."""
        done = dkg("export", "-f", "csv", "--kg", kg, "-o", tmp_path / "tables")

        assert (done.status, done.out) == (0, "")
        names = sorted(path.stem for path in (tmp_path / "tables").iterdir())
        assert names == [
            "claims", "columns", "conflicts", "entities", "evidence", "facts", "sources",
        ]  # fmt: skip
        meanings = self.rows((tmp_path / "tables" / "columns.csv").read_text("utf-8"))
        for name in names:
            if name != "columns":
                with (tmp_path / "tables" / f"{name}.csv").open(encoding="utf-8") as stream:
                    header = next(csv.reader(stream))
                assert header == [m["column"] for m in meanings if m["table"] == name]

    def test_claims(self, dkg: Run, kg: Path) -> None:
        """A row is a claim, with what it says and whether it was accepted."""
        rows = self.rows(dkg("export", "--table", "claims", "--kg", kg).out)

        assert [row["id"] for row in rows] == [
            "interviews/claim/negative",
            "interviews/claim/open",
            "interviews/claim/secret",
        ]
        shown = {key: rows[1][key] for key in ("subject", "property", "object", "object_label",
                                               "polarity", "sources", "confidence")}  # fmt: skip
        assert shown == {
            "subject": "state/TR",
            "property": "homeState",
            "object": "state/GR",
            "object_label": "Greece",
            "polarity": "affirmed",
            "sources": "report2012",
            "confidence": "0.9",
        }

    def test_packaged_claims(self, packaged_kg: KnowledgeGraph) -> None:
        """Every claim of the packaged cases is a row, and every passage of it as well."""
        quads = read_nquads(packaged_kg.build.quads_file.read_bytes())
        claims, evidence, sources = flat_tables(quads, ["claims", "evidence", "sources"])

        assert len(claims.rows) == packaged_kg.meta["counts"]["claims"]
        assert sum(int(row["passages"]) for row in claims.rows) == len(
            {(row["claim"], row["evidence"]) for row in evidence.rows}
        )
        assert {row["status"] for row in claims.rows} == {"", "accepted", "contested"}
        assert {row["source"] for row in evidence.rows} <= {row["key"] for row in sources.rows}

    def test_formulas_are_guarded(self, dkg: Run, kg: Path) -> None:
        """A text that a spreadsheet would run is guarded; a number is not."""
        quotes = [row["quote"] for row in self.rows(dkg("export", "--table", "evidence", "--kg",
                                                        kg).out)]  # fmt: skip
        claims = self.rows(dkg("export", "--table", "claims", "--kg", kg).out)

        assert "'=1+1" in quotes
        assert claims[0]["value"] == "-5.0"

    @pytest.mark.parametrize(
        ("text", "cell"),
        [("=1+1", "'=1+1"), ("@x", "'@x"), ("-5", "-5"), ("-5,5", "-5,5"), ("- dash", "'- dash"),
         ("+90 312", "'+90 312"), ("", ""), ("a=b", "a=b")],
    )  # fmt: skip
    def test_what_is_guarded(self, text: str, cell: str) -> None:
        """Only a text that begins as a formula is touched."""
        assert guarded(text) == cell

    def test_the_mark_for_excel(self, dkg: Run, kg: Path) -> None:
        """``--bom`` writes the mark by which Excel knows UTF-8."""
        assert dkg("export", "--table", "facts", "--kg", kg, "--bom").out.startswith("\ufeffid,")

    @pytest.mark.parametrize(
        "arguments",
        [("-f", "csv"), ("-f", "csv", "-o", "x.csv"), ("-f", "csv", "--graph", "accepted"),
         ("--bom",), ("--table", "clams")],
    )  # fmt: skip
    def test_wrong_uses(self, dkg: Run, kg: Path, arguments: tuple[str, ...]) -> None:
        """What does not go together is refused before anything is written."""
        done = dkg("export", "--kg", kg, *arguments)

        assert (done.status, done.out) == (2, "")


class TestRestricted:
    """What a coder may read but not pass on."""

    @pytest.mark.parametrize("form", [*FORMATS, "csv"])
    def test_it_is_in_no_export(self, dkg: Run, kg: Path, tmp_path: Path, form: str) -> None:
        """Neither the passage nor its translation is in any format, nor are words of it."""
        target = tmp_path / "out"
        done = dkg("export", "-f", form, "--kg", kg, "-o", target)

        assert done.status == 0
        assert "1 restricted passage was kept back." in done.err
        files = sorted(target.iterdir()) if target.is_dir() else [target]
        written = "".join(file.read_text("utf-8") for file in files)
        for words in ("consulate", "never to speak", "konsolosluk", "meeting in spring"):
            assert words not in written
        assert "minute 12" in written
        assert "of Turkey, as the report says" in written

    def test_the_claim_stays(self, dkg: Run, kg: Path) -> None:
        """That there is such a claim, and where its passage is, can be seen."""
        out = dkg("export", "--kg", kg, "--graph", "case/interviews").out

        assert "/claim/secret>" in out
        assert f'<{DKG}claimValue> "[restricted]"@en' in out
        assert "source/interview7>" in out

    def test_the_store_keeps_it(self, kg: Path) -> None:
        """Who built the graph can still read the passage in it."""
        written = (kg / "builds" / (kg / "CURRENT").read_text().strip() / "graph.nq").read_text()

        assert SECRET in written

    def test_a_passage_that_is_open_elsewhere_stays(self) -> None:
        """Words that an open passage has as well are no secret."""
        graph = iri("https://w3id.org/diaspora-kg/graph/case/x")
        quote, access = iri(DKG + "quote"), iri(DKG + "accessLevel")
        restricted = iri("https://w3id.org/diaspora-kg/concept/restricted")
        text = f'"{SECRET}"@en'
        quads = [
            ("<http://e.org/closed>", access, restricted, graph),
            ("<http://e.org/closed>", quote, text, graph),
            ("<http://e.org/open>", quote, text, graph),
        ]

        found = withhold(quads)

        assert [q[0] for q in found.quads if q[1] == quote] == ["<http://e.org/open>"]
        assert found.passages == 1


def test_tables_of_somebody_are_not_replaced(
    dkg: Run, packaged_kg: KnowledgeGraph, tmp_path: Path
) -> None:
    """A folder with files of its own is refused, and they stay as they are."""
    own = tmp_path / "sources.csv"
    own.write_text("key,title\nmine,Mine\n", "utf-8")
    kg = packaged_kg.build.folder.parent.parent

    done = dkg("export", "-f", "csv", "-o", tmp_path, "--kg", kg)

    assert (done.status, "DKG604" in done.err) == (2, True)
    assert own.read_text("utf-8") == "key,title\nmine,Mine\n"
