"""The public API: few names, all of them there, and what a command can do a function can do."""

import subprocess
import sys
from pathlib import Path

import pytest

import diaspora_kg
from diaspora_kg import FindingsError, KnowledgeGraph, build, open_kg, read_cases, validate

CASE = """\
id: club
type: Organization
label: {en: Club}
coding: {by: A. Reader, on: 2026-01-31}
sources:
  leaflet: {type: report, title: {en: Leaflet}, publisher: Press, date: 2020, tier: news}
claims:
  - id: founded
    property: foundedOn
    value: 1999-05
    confidence: 0.9
    evidence: {source: leaflet, locator: p. 1, quote: {en: founded in May 1999}}
"""


@pytest.fixture
def case_file(tmp_path: Path) -> Path:
    """Write a small case."""
    file = tmp_path / "club.yaml"
    file.write_text(CASE, "utf-8")
    return file


class TestNames:
    """What the package offers."""

    @pytest.mark.parametrize("name", diaspora_kg.__all__)
    def test_every_name_is_there(self, name: str) -> None:
        """Each name of ``__all__`` can be used."""
        assert getattr(diaspora_kg, name) is not None

    def test_importing_the_package_loads_no_rdf_library(self) -> None:
        """``import diaspora_kg`` is cheap."""
        code = "import sys, diaspora_kg; print({'rdflib', 'pyoxigraph'} & set(sys.modules))"

        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )

        assert done.stdout.strip() == "set()"

    def test_an_unknown_name_is_an_attribute_error(self) -> None:
        """A misspelt name fails as it does in any module."""
        with pytest.raises(AttributeError, match="no attribute 'biuld'"):
            _ = diaspora_kg.biuld


class TestWork:
    """From a case file to an answer, in Python."""

    def test_cases_are_read_as_values(self, case_file: Path) -> None:
        """A case is a value with its claims, each with its place."""
        (case,) = read_cases([case_file])

        assert case.id == "club"
        assert case.claims[0].value == "1999-05"
        assert case.claims[0].at.line == 8

    def test_a_sound_case_conforms(self, case_file: Path) -> None:
        """A report says whether there is a violation."""
        assert validate([case_file]).conforms

    def test_a_build_can_be_asked(self, case_file: Path, tmp_path: Path) -> None:
        """What is built is what answers."""
        build([case_file], tmp_path / "kg")

        table = open_kg(tmp_path / "kg").sparql("SELECT ?when { dkgid:club dkg:foundedOn ?when }")

        assert table.texts() == [["1999-05"]]

    def test_why_gives_the_quotes(self, case_file: Path, tmp_path: Path) -> None:
        """An explanation holds the passages behind a fact."""
        build([case_file], tmp_path / "kg")

        quotes = open_kg(tmp_path / "kg").why("dkgid:club", "dkg:foundedOn").quotes

        assert [str(quote) for quote in quotes] == ["“founded in May 1999” (Press 2020, p. 1)"]

    def test_a_broken_case_raises_what_was_found(self, tmp_path: Path) -> None:
        """All mistakes are in the exception, with their places; nothing is written."""
        broken = tmp_path / "broken.yaml"
        broken.write_text(CASE.replace("foundedOn", "fundedOn"), "utf-8")

        with pytest.raises(FindingsError) as raised:
            build([broken], tmp_path / "kg")

        (finding,) = raised.value.findings
        assert (finding.code, finding.location.line if finding.location else 0) == ("DKG105", 9)
        assert not (tmp_path / "kg").exists()


def test_rows_convert_to_pandas(packaged_kg: KnowledgeGraph) -> None:
    """An answer is a data frame where pandas is installed."""
    pandas = pytest.importorskip("pandas")

    frame = packaged_kg.query("conflicts").to_pandas()

    assert isinstance(frame, pandas.DataFrame)
    assert len(frame) > 10
