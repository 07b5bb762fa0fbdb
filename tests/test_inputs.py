"""Which files are read: what is named, what lies in folders, and what lies beside."""

import io
import os
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from diaspora_kg.assembly import build, validate
from diaspora_kg.errors import DiasporaKGError, Severity
from diaspora_kg.inputs import read_inputs
from diaspora_kg.layout import STDIN

CASE = """\
id: {id}
type: CaseStudy
label: {{en: A reading, tr: Bir okuma}}
claims:
  - subject: TR
    property: establishes
    object: {object}
    evidence: {{source: {source}, locator: p. 1, quote: {{en: Turkey established it}}}}
"""
ENTITY = """\
id: ytb
type: DiasporaInstitution
state: TR
label: {en: Presidency for Turks Abroad, tr: Yurtdışı Türkler Başkanlığı}
"""
BIB = """\
@report{yurtnac2012,
  author = {Yurtnaç, Kemal}, title = {Turkey's New Horizon}, date = {2012-10},
  derivedfrom = {law5978},
}
@legislation{law5978, title = {Kanun No. 5978}, publisher = {Resmî Gazete}, date = {2010-04-06}}
@misc{unneeded, title = {Unneeded}, author = {Nobody, N.}}
"""


def write(folder: Path, **files: str) -> None:
    """Write files by name."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def named(paths: list[Path]) -> list[str]:
    """Return the names of the files that are read."""
    return [path.name for path in read_inputs(paths).files]


class TestFolders:
    """What of a folder is read."""

    def test_cases_tables_and_bibliographies(self, tmp_path: Path) -> None:
        """Everything below a folder that is a case, a table or a bibliography is read."""
        write(tmp_path, **{"b.yaml": ENTITY, "deep/a.yml": ENTITY, "s.bib": BIB, "notes.md": "x"})

        assert named([tmp_path]) == ["b.yaml", "a.yml", "s.bib"]

    def test_hidden_files_and_folders_are_not_read(self, tmp_path: Path) -> None:
        """What begins with a dot is none of our business."""
        write(tmp_path, **{"a.yaml": ENTITY, ".b.yaml": "[", ".git/c.yaml": "[", ".venv/d.csv": ""})

        assert named([tmp_path]) == ["a.yaml"]

    def test_a_store_is_no_input(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A folder can be built twice although the first build left its store in it."""
        write(tmp_path, **{"a.yaml": ENTITY})
        monkeypatch.chdir(tmp_path)
        build([Path()], "kg")

        assert named([tmp_path]) == ["a.yaml"]

    def test_the_same_file_is_read_once(self, tmp_path: Path) -> None:
        """A file that is named and lies in a named folder is one input."""
        write(tmp_path, **{"a.yaml": ENTITY})

        assert named([tmp_path, tmp_path / "a.yaml", tmp_path / "." / "a.yaml"]) == ["a.yaml"]

    def test_a_table_of_sources_alone_is_a_bibliography(self, tmp_path: Path) -> None:
        """``sources.csv`` beside cases holds sources for all of them, and is no case."""
        row = "key,title.en,publisher,date\nreport2012,A report,Publisher,2012\n"
        write(tmp_path, **{"ytb.yaml": ENTITY, "sources.csv": row})

        inputs = read_inputs([tmp_path])

        assert [case.id for case in inputs.cases] == ["ytb"]
        assert [source.key for source in inputs.sources] == ["report2012"]

    def test_tables_of_a_case_in_a_folder(self, tmp_path: Path) -> None:
        """``ytb/claims.csv`` and ``ytb/case.csv`` are the case of that folder's name."""
        write(
            tmp_path,
            **{
                "ytb/claims.csv": "property,object\nhomeState,TR\n",
                "ytb/case.csv": "key,value\ntype,DiasporaInstitution\nlabel.en,YTB\n",
            },
        )

        (case,) = read_inputs([tmp_path]).cases

        assert case.id == "ytb"
        assert len(case.claims) == 1
        assert [str(name) for name in case.entity.types] == ["DiasporaInstitution"]


class TestRefused:
    """What cannot be read is said, and nothing else is lost by it."""

    @pytest.mark.parametrize("name", ["none.yaml", "a\0b.yaml", "x" * 300 + ".yaml"])
    def test_a_name_of_nothing(self, tmp_path: Path, name: str) -> None:
        """A path that is not there, or that cannot be, is a clear mistake."""
        with pytest.raises(DiasporaKGError) as error:
            read_inputs([tmp_path / name])

        assert error.value.code == "DKG100"
        assert error.value.hint == "Check the name; without a path, the packaged cases are read."

    def test_another_kind_of_file(self, tmp_path: Path) -> None:
        """A named file that is no case says what cases are."""
        write(tmp_path, **{"data.ttl": "<a> <b> <c> ."})

        with pytest.raises(DiasporaKGError, match="no kind of file that cases are read from"):
            read_inputs([tmp_path / "data.ttl"])

    @pytest.mark.parametrize(
        ("name", "advice"),
        [
            ("paper.pdf", "This is a text and no case: write what it says, sentence by sentence"),
            ("notes.DOCX", "This is a text and no case: write what it says, sentence by sentence"),
            ("sheet.ods", "Open it in its program and save it as .xlsx"),
        ],
    )
    def test_a_document_says_what_a_case_is(self, tmp_path: Path, name: str, advice: str) -> None:
        """A paper or an old workbook, given by mistake, is told from a case."""
        (tmp_path / name).write_bytes(b"x")

        with pytest.raises(DiasporaKGError) as caught:
            read_inputs([tmp_path / name])

        assert caught.value.code == "DKG100"
        assert caught.value.hint.startswith(advice)

    def test_an_empty_folder(self, tmp_path: Path) -> None:
        """A folder without cases is a mistake, not an empty graph."""
        with pytest.raises(DiasporaKGError, match="no case file was found"):
            read_inputs([tmp_path])

    def test_a_folder_without_permission(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A folder that may not be read is named; what lies beside it is read."""
        write(tmp_path, **{"a.yaml": ENTITY, "closed/b.yaml": ENTITY})
        whole = os.scandir

        def scandir(path: str) -> Iterator[os.DirEntry[str]]:
            if str(path).endswith("closed"):
                raise PermissionError(13, "Permission denied", str(path))
            return whole(path)

        monkeypatch.setattr(os, "scandir", scandir)

        inputs = read_inputs([tmp_path])

        assert [path.name for path in inputs.files] == ["a.yaml"]
        (finding,) = inputs.findings
        assert (finding.code, finding.severity) == ("DKG100", Severity.VIOLATION)
        assert finding.message == "the folder cannot be read: Permission denied"
        assert str(finding.location) == str(tmp_path / "closed")

    @pytest.mark.skipif(
        not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything"
    )
    def test_a_file_without_permission(self, tmp_path: Path) -> None:
        """A file that may not be read is named; the others are read."""
        write(tmp_path, **{"a.yaml": ENTITY, "b.yaml": ENTITY})
        (tmp_path / "b.yaml").chmod(0)

        inputs = read_inputs([tmp_path])

        assert [case.id for case in inputs.cases] == ["ytb"]
        assert [finding.code for finding in inputs.findings] == ["DKG100"]

    def test_all_files_are_looked_at(self, tmp_path: Path) -> None:
        """A broken file does not hide the mistakes of the next."""
        write(tmp_path, **{"a.yaml": "id: [\n", "b.yaml": "id: b\nlabl: {en: B}\n"})

        codes = [finding.code for finding in read_inputs([tmp_path]).findings]

        assert codes == ["DKG101", "DKG103"]

    @pytest.mark.parametrize(
        ("name", "severity"),
        [("package.json", Severity.INFO), ("ytb.ods", Severity.WARNING)],
    )
    def test_what_is_left_out_is_named(self, tmp_path: Path, name: str, severity: Severity) -> None:
        """Other JSON and workbooks are left out of a folder, and it is said so."""
        write(tmp_path, **{"a.yaml": ENTITY, name: '{"name": "x"}'})

        inputs = read_inputs([tmp_path])

        assert [path.name for path in inputs.files] == ["a.yaml"]
        (finding,) = inputs.findings
        assert (finding.code, finding.severity) == ("DKG133", severity)

    def test_rdf_that_is_not_read_is_told_in_one_line(self, tmp_path: Path) -> None:
        """RDF beside cases is named once for a folder; notes and licences are nobody's question."""
        others = {"r.ttl": "", "s.nt": "", "notes.txt": "", "README.md": "", "LICENSE": ""}
        write(tmp_path, **{"a.yaml": ENTITY, **others})

        (finding,) = read_inputs([tmp_path]).findings

        assert (finding.code, finding.severity) == ("DKG133", Severity.INFO)
        assert finding.message == ("2 files are of no kind that is read from a folder: r.ttl, s.nt")


class TestBeside:
    """A file that is named alone."""

    def test_the_bibliography_beside_is_read(self, tmp_path: Path) -> None:
        """A named case sees the sources that it cites, and those that they derive from."""
        case = CASE.format(id="reading", object="moia", source="yurtnac2012")
        write(tmp_path, **{"reading.yaml": case, "sources.bib": BIB})

        inputs = read_inputs([tmp_path / "reading.yaml"])

        assert [source.key for source in inputs.sources] == ["law5978", "yurtnac2012"]

    def test_csl_json_beside_is_read(self, tmp_path: Path) -> None:
        """So it is with CSL-JSON."""
        case = CASE.format(id="reading", object="moia", source="cohen2008")
        csl = '[{"id": "cohen2008", "type": "book", "title": "Global Diasporas"}]'
        write(tmp_path, **{"reading.yaml": case, "zotero.json": csl, "package.json": "{}"})

        inputs = read_inputs([tmp_path / "reading.yaml"])

        assert [source.key for source in inputs.sources] == ["cohen2008"]
        assert inputs.findings == []

    def test_a_source_of_the_case_itself_comes_first(self, tmp_path: Path) -> None:
        """A key that the case declares is not taken from the bibliography beside it."""
        case = CASE.format(id="reading", object="moia", source="yurtnac2012")
        case += "sources:\n  yurtnac2012: {title: {en: Own}, publisher: P, date: 2012}\n"
        write(tmp_path, **{"reading.yaml": case, "sources.bib": BIB})

        assert read_inputs([tmp_path / "reading.yaml"]).sources == []

    def test_a_broken_bibliography_beside_does_not_matter(self, tmp_path: Path) -> None:
        """A bibliography that nobody named and nobody needs may be broken."""
        write(tmp_path, **{"ytb.yaml": ENTITY, "sources.bib": "@book{x"})

        assert read_inputs([tmp_path / "ytb.yaml"]).findings == []

    def test_the_other_tables_of_a_named_table(self, tmp_path: Path) -> None:
        """Naming the claims is enough: the case's other tables come with them."""
        write(
            tmp_path,
            **{
                "ytb.csv": "property,object\nhomeState,TR\n",
                "ytb.case.csv": "key,value\nlabel.en,YTB\n",
                "moia.csv": "property,object\nhomeState,IN\n",
            },
        )

        assert named([tmp_path / "ytb.csv"]) == ["ytb.case.csv", "ytb.csv"]

    def test_the_case_that_declares_an_unknown_entity_is_named(self, tmp_path: Path) -> None:
        """An id of another case is unknown here, and the hint says which file has it."""
        case = CASE.format(id="reading", object="ytb-of-mine", source="yurtnac2012")
        entity = ENTITY.replace("ytb", "ytb-of-mine")
        write(tmp_path, **{"reading.yaml": case, "other.yaml": entity, "sources.bib": BIB})

        (finding,) = validate([tmp_path / "reading.yaml"]).findings

        assert finding.code == "DKG107"
        assert finding.hint == (
            f"{tmp_path / 'other.yaml'} declares the entity 'ytb-of-mine': "
            "name that file too, or its folder."
        )

    def test_an_entity_of_the_packaged_cases_is_found_as_well(self, tmp_path: Path) -> None:
        """The packaged cases are looked through when nothing nearer declares the word."""
        case = CASE.format(id="reading", object="moia", source="yurtnac2012")
        write(tmp_path, **{"reading.yaml": case, "sources.bib": BIB})

        (finding,) = validate([tmp_path / "reading.yaml"]).findings

        assert finding.code == "DKG107"
        assert "moia.yaml declares the entity 'moia'" in finding.hint


def test_a_case_on_stdin(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hyphen is a case in YAML on stdin, with its name in findings."""
    data = io.BytesIO(b"id: ytb\nlabl: {en: YTB}\n")
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=data))

    inputs = read_inputs([STDIN])

    (finding,) = inputs.findings
    assert str(finding.location) == "<stdin>:2:1"
