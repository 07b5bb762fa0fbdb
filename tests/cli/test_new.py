"""``diaspora-kg new``: what it writes works as it stands."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from diaspora_kg.assembly import packaged_cases, validate
from diaspora_kg.errors import Severity
from diaspora_kg.graph import KnowledgeGraph
from diaspora_kg.inputs import read_inputs
from diaspora_kg.naming import normalise_passage
from diaspora_kg.reading.bibliography import read_bibliography
from diaspora_kg.reading.queries import read_query
from diaspora_kg.templates import new_case, new_query, new_table

Run = Callable[..., Any]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


class TestCase:
    """``new case``."""

    def test_it_validates_as_written(self, dkg: Run) -> None:
        """The case that is written has no error and no warning."""
        done = dkg("new", "case", "my-case")

        assert (done.status, done.out) == (0, "")
        assert done.err == "Written: my-case.yaml.\n"
        report = validate(["my-case.yaml"])
        assert [f for f in report.findings if f.severity >= Severity.WARNING] == []
        assert report.checked["claims"] == 2

    def test_two_cases_stand_side_by_side(self, dkg: Run) -> None:
        """Starting files of two cases do not get in one another's way."""
        dkg("new", "case", "one")
        dkg("new", "case", "two")
        dkg("new", "table", "three")

        assert validate(["."]).conforms

    def test_its_passages_are_real(self) -> None:
        """Every passage of the example stands, word for word, in the packaged case."""
        packaged = packaged_cases()[0] / "ytb.yaml"
        (example,) = read_inputs([_written(new_case("x"))]).cases
        (real,) = read_inputs([packaged]).cases
        passages = [*real.passages, *(e for claim in real.claims for e in claim.evidence)]
        known = {normalise_passage(q.text) for passage in passages for q in passage.quote}

        shown = {
            normalise_passage(quote.text)
            for claim in example.claims
            for passage in claim.evidence
            for quote in passage.quote
        }

        assert shown
        assert shown <= known

    @pytest.mark.parametrize(
        ("name", "file"),
        [
            ("Türkiye Diyanet Vakfı", "turkiye-diyanet-vakfi.yaml"),
            ("my-case.yaml", "my-case.yaml"),
            ("İstanbul", "istanbul.yaml"),
        ],
    )
    def test_a_name_becomes_an_id(self, dkg: Run, name: str, file: str) -> None:
        """Letters that an address may not hold are folded."""
        assert dkg("new", "case", name).status == 0
        (case,) = read_inputs([Path(file)]).cases
        assert case.id == file.removesuffix(".yaml")

    def test_nothing_is_overwritten(self, dkg: Run) -> None:
        """A file of that name is left as it is, and the command says so."""
        Path("mine.yaml").write_text("years of work")

        done = dkg("new", "case", "mine")

        assert done.status == 2
        assert done.err.startswith("mine.yaml: error[DKG605]: there is already a file 'mine.yaml'")
        assert Path("mine.yaml").read_text() == "years of work"

    def test_another_place(self, dkg: Run) -> None:
        """``-o`` chooses the file, and '-' is stdout."""
        assert dkg("new", "case", "x", "-o", "other.yaml").status == 0
        assert Path("other.yaml").read_text("utf-8") == new_case("other")
        assert dkg("new", "case", "x", "-o", "-").out == new_case("x")

    def test_a_folder_that_is_not_there(self, dkg: Run) -> None:
        """A place that cannot be written is said, without a traceback."""
        done = dkg("new", "case", "x", "-o", "no/such/x.yaml")

        assert done.status == 2
        assert "error[DKG604]" in done.err


class TestTable:
    """``new table``."""

    @pytest.mark.parametrize(("delimiter", "suffix"), [(",", "csv"), (";", "csv"), ("tab", "tsv")])
    def test_it_validates_as_written(self, dkg: Run, delimiter: str, suffix: str) -> None:
        """The tables that are written have no error and no warning; the claims suffice."""
        done = dkg("new", "table", "mine", "--delimiter", delimiter)

        assert done.status == 0
        names = [f"mine.{suffix}", f"mine.case.{suffix}", f"mine.sources.{suffix}"]
        assert done.err == f"Written: {', '.join(names)}.\n"
        report = validate([names[0]])
        assert [f for f in report.findings if f.severity >= Severity.WARNING] == []
        assert report.checked["claims"] == 1

    def test_a_workbook_validates_as_written(self, dkg: Run) -> None:
        """The workbook that is written has no error and no warning, and is not overwritten."""
        pytest.importorskip("openpyxl", reason="pip install 'diaspora-kg[xlsx]'")

        done = dkg("new", "table", "mine", "-f", "xlsx")

        assert (done.status, done.err) == (0, "Written: mine.xlsx.\n")
        report = validate(["mine.xlsx"])
        assert [f for f in report.findings if f.severity >= Severity.WARNING] == []
        assert report.checked["claims"] == 1
        assert "DKG605" in dkg("new", "table", "mine", "-f", "xlsx").err

    def test_excel_knows_the_letters(self, dkg: Run) -> None:
        """The files begin with the mark by which Excel knows UTF-8, and have its line ends."""
        dkg("new", "table", "mine")

        data = Path("mine.case.csv").read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert b"\r\n" in data
        assert "Yurtdışı Türkler".encode() in data

    def test_all_or_nothing(self, dkg: Run) -> None:
        """When one of the files is there already, none is written."""
        Path("mine.sources.csv").write_text("mine")

        done = dkg("new", "table", "mine")

        assert done.status == 2
        assert sorted(path.name for path in Path().iterdir()) == ["mine.sources.csv"]

    def test_the_function_behind_it(self) -> None:
        """In Python the texts come by the names of their files."""
        assert list(new_table("x", ";")) == ["x.csv", "x.case.csv", "x.sources.csv"]


class TestSource:
    """``new source``."""

    def test_it_can_be_cited(self, dkg: Run) -> None:
        """The entry is read without a finding, under the key that was asked for."""
        assert dkg("new", "source", "Cohen2008").status == 0

        (source,), findings = read_bibliography(Path("cohen2008.bib"))

        assert findings == ()
        assert (source.key, source.tier, source.access) == ("cohen2008", "official", "full-text")
        assert source.authors == ("Yurtnaç, Kemal",)


class TestQuery:
    """``new query``."""

    def test_it_runs(self, dkg: Run, packaged_kg: KnowledgeGraph) -> None:
        """The query has a header in two languages, a parameter, and rows in the packaged cases."""
        assert dkg("new", "query", "mine").status == 0

        query = read_query(Path("mine.rq"))

        assert [parameter.name for parameter in query.parameters] == ["entity"]
        assert {wording.language for wording in query.questions} == {"en", "tr"}
        assert len(packaged_kg.sparql(new_query("mine"), entity="ytb")) > 5


def test_a_kind_that_is_none(dkg: Run) -> None:
    """A misspelt kind is a wrong use, with a suggestion."""
    done = dkg("new", "cse", "x")

    assert done.status == 2
    assert "Did you mean 'case'?" in done.err


def _written(text: str) -> Path:
    path = Path("example.yaml")
    path.write_text(text, "utf-8")
    return path
