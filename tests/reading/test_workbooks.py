"""Workbooks are read as any other table is: the same graph, and errors at their cells."""

import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

import pytest

from diaspora_kg.assembly import assemble, validate
from diaspora_kg.errors import DiasporaKGError, MissingPartError, Severity
from diaspora_kg.namespaces import DKGG
from diaspora_kg.reading.workbooks import holds_case, is_workbook, read_workbook
from diaspora_kg.store import nquads
from diaspora_kg.templates import new_case, new_sheets, new_table
from diaspora_kg.terms import iri

openpyxl = pytest.importorskip("openpyxl", reason="pip install 'diaspora-kg[xlsx]'")

Sheets = dict[str, Sequence[Sequence[object]]]
CASE = (
    ("key", "value"),
    ("id", "ytb"),
    ("type", "DiasporaInstitution"),
    ("label.en", "Presidency for Turks Abroad"),
    ("label.tr", "Yurtdışı Türkler Başkanlığı"),
    ("state", "TR"),
    ("coding.by", "a-coder"),
    ("coding.on", date(2025, 1, 15)),
    ("coding.codebook", "0.1.0"),
    ("defaults.confidence", 0.9),
)
SOURCES = (
    ("key", "type", "title.en", "author", "date", "tier", "access"),
    ("yurtnac2012", "report", "New Horizon", "Yurtnaç, Kemal", "2012-10", "official", "full-text"),
)
ENTITIES = (
    ("id", "type", "label.en", "label.tr", "state"),
    ("prime-ministry", "StateBody", "Prime Ministry", "Başbakanlık", "TR"),
)
HEAD = ("property", "object", "source", "locator", "quote.en")
CLAIM = (
    "administrativeParent",
    "prime-ministry",
    "yurtnac2012",
    "p. 4",
    "under the Prime Ministry",
)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[Sheets], Path]:
    """Return what writes sheets into a workbook of its own."""

    def run(sheets: Sheets, name: str = "ytb.xlsx") -> Path:
        book = openpyxl.Workbook()
        del book["Sheet"]
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(list(row))
        path = tmp_path / name
        book.save(path)
        return path

    return run


def whole(**sheets: Sequence[Sequence[object]]) -> Sheets:
    """Return a case that is in order, but for the sheets that are given."""
    usual: Sheets = {"claims": (HEAD, CLAIM), "case": CASE, "sources": SOURCES}
    return {**usual, "entities": ENTITIES, **sheets}


def told(path: Path) -> list[str]:
    """Return code and place of what is found in a workbook, remarks left out."""
    found = validate([path]).findings
    return [f"{f.code} {f.location and f.location.cell}" for f in found if f.severity > 1]


def lines(paths: Iterable[Path], graph: str) -> bytes:
    """Return one graph of a build."""
    return nquads(quad for quad in assemble(paths).quads if quad[3] == iri(DKGG + graph))


class TestContent:
    """What is read."""

    def test_the_same_graph_as_from_csv(self, write: Callable[..., Path], tmp_path: Path) -> None:
        """A case gives the same bytes as a workbook and as files in CSV."""
        book = write(new_sheets("one"), "one.xlsx")
        folder = tmp_path / "csv"
        folder.mkdir()
        for name, text in new_table("one").items():
            (folder / name).write_text(text, "utf-8")

        for graph in ("case/one", "sources", "accepted"):
            assert lines([book], graph) == lines([folder], graph) != b""

    def test_names_of_sheets_and_columns_in_capitals(self, write: Callable[..., Path]) -> None:
        """Capital letters make no difference."""
        sheets = whole()
        sheets = {
            "Claims": (tuple(name.upper() for name in HEAD), CLAIM),
            **{key.capitalize(): rows for key, rows in sheets.items() if key != "claims"},
        }

        assert told(write(sheets)) == []

    @pytest.mark.parametrize(
        ("form", "text"),
        [
            ("yyyy-mm-dd", "2012-10-01"),
            ("mmm-yy", "2012-10"),
            ("yyyy", "2012"),
            ("[$-41F]d mmmm yyyy;@", "2012-10-01"),
        ],
    )
    def test_a_date_is_as_exact_as_it_is_shown(
        self, write: Callable[..., Path], form: str, text: str
    ) -> None:
        """A month that a spreadsheet took for a day is a month."""
        path = write(whole(claims=((*HEAD, "valid.from"), (*CLAIM, date(2012, 10, 1)))))
        book = openpyxl.load_workbook(path)
        book["claims"]["F2"].number_format = form
        book.save(path)

        tree, findings = read_workbook(path)

        assert findings == ()
        assert f"text='{text}'" in repr(tree)

    def test_numbers_are_texts_as_they_were_typed(self, write: Callable[..., Path]) -> None:
        """A whole number has no fraction, and a fraction no digits that nobody typed."""
        rows = ((*HEAD, "confidence", "valid.from"), (*CLAIM, 0.7, 2010.0))

        tree, _ = read_workbook(write(whole(claims=rows)))

        assert "text='0.7'" in repr(tree)
        assert "text='2010'" in repr(tree)


class TestMistakes:
    """What is wrong is found at its cell."""

    def test_an_unknown_property(self, write: Callable[..., Path]) -> None:
        """A mistake in a claim has the name of the sheet and the cell."""
        bad = ("administrativParent", *CLAIM[1:])

        assert told(write(whole(claims=(HEAD, CLAIM, bad)))) == ["DKG105 claims!A3"]

    def test_the_whole_place(self, write: Callable[..., Path]) -> None:
        """A place is written FILE:SHEET!CELL."""
        path = write(whole(claims=(HEAD, (*CLAIM[:2], "nobody2012", *CLAIM[3:]))))

        assert str(validate([path]).findings[0].location) == f"{path}:claims!C2"

    def test_a_source_that_stands_twice(self, write: Callable[..., Path]) -> None:
        """A mistake on another sheet names that sheet."""
        twice = (*SOURCES, SOURCES[1])

        assert "DKG102 sources!A3" in told(write(whole(sources=twice)))

    def test_a_formula_that_nobody_computed(self, write: Callable[..., Path]) -> None:
        """A formula without a value is an error: what it should say is not known."""
        rows = (HEAD, (*CLAIM[:3], '="p. "&4', CLAIM[4]))

        assert told(write(whole(claims=rows))) == ["DKG136 claims!D2"]

    def test_an_error_in_a_cell(self, write: Callable[..., Path]) -> None:
        """An error that the spreadsheet shows is an error here."""
        path = write(whole(claims=(HEAD, (*CLAIM[:3], "#REF!", CLAIM[4]))))

        assert told(path) == ["DKG136 claims!D2"]

    def test_a_sheet_of_another_name(self, write: Callable[..., Path]) -> None:
        """A sheet whose name is misspelt is named, with what was meant."""
        sheets = whole()
        sheets["sorces"] = sheets.pop("sources")

        findings = validate([write(sheets)]).findings

        first = next(f for f in findings if f.code == "DKG137")
        assert first.severity is Severity.WARNING
        assert first.hint.startswith("Did you mean 'sources'?")

    def test_sheets_of_the_scholar(self, write: Callable[..., Path]) -> None:
        """Hidden sheets, and those with an underscore, are passed over."""
        path = write(whole(_mine=(("x",),), lists=(("x",),)))
        book = openpyxl.load_workbook(path)
        book["lists"].sheet_state = "hidden"
        book.save(path)

        assert told(path) == []

    def test_two_sheets_that_differ_in_capitals(self, write: Callable[..., Path]) -> None:
        """Of two sheets of one name none is chosen in silence."""
        path = write(whole())
        book = openpyxl.load_workbook(path)
        book["entities"].title = "CASE "
        book.save(path)

        assert "DKG102 CASE !A1" in told(path)


class TestFiles:
    """Which workbooks are read at all."""

    @pytest.mark.parametrize("data", [b"", b"hello", b"PK\x03\x04 and no more"])
    def test_a_file_that_is_none(self, tmp_path: Path, data: bytes) -> None:
        """A damaged file is an error that says what to do."""
        path = tmp_path / "ytb.xlsx"
        path.write_bytes(data)

        with pytest.raises(DiasporaKGError) as caught:
            read_workbook(path)

        assert caught.value.code == "DKG100"
        assert "save it anew" in caught.value.hint

    def test_a_workbook_of_something_else(self, write: Callable[..., Path]) -> None:
        """In a folder, a workbook without a case is left out and mentioned."""
        path = write({"budget": (("year", "sum"), (2012, 3.5))})

        (path.parent / "one.yaml").write_text(new_case("one"), "utf-8")

        found = [f for f in validate([path.parent]).findings if f.code == "DKG133"]

        assert not holds_case(path)
        assert [f.message for f in found] == [
            "this file is a workbook without a case and was left out"
        ]

    def test_a_workbook_of_something_else_that_was_named(self, write: Callable[..., Path]) -> None:
        """Named as a case, it is an error that says what sheets a case has."""
        path = write({"budget": (("year", "sum"), (2012, 3.5))})

        findings = validate([path]).findings

        assert [f.code for f in findings] == ["DKG100"]
        assert "claims, case, sources" in findings[0].hint

    def test_empty_sheets(self, write: Callable[..., Path]) -> None:
        """A sheet with nothing on it is as if it were not there."""
        assert told(write(whole(passages=()))) == []

    def test_the_lock_of_an_open_workbook(self) -> None:
        """What Excel writes beside an open workbook is none."""
        assert is_workbook(Path("ytb.xlsx"))
        assert not is_workbook(Path("~$ytb.xlsx"))

    def test_without_openpyxl(
        self, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Without the library there is one line that says what to install."""
        path = write(whole())
        monkeypatch.setitem(sys.modules, "openpyxl", None)

        with pytest.raises(MissingPartError) as caught:
            validate([path])

        assert caught.value.code == "DKG702"
        assert caught.value.exit_status == 3
        assert "diaspora-kg[xlsx]" in caught.value.hint
