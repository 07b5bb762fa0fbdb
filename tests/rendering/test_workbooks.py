"""Answers and starting files as workbooks."""

import io
import sys

import pytest

from diaspora_kg.errors import MissingPartError
from diaspora_kg.rendering.tables import render
from diaspora_kg.rendering.workbooks import case_workbook
from diaspora_kg.table import Table
from diaspora_kg.templates import choices, new_sheets

openpyxl = pytest.importorskip("openpyxl", reason="pip install 'diaspora-kg[xlsx]'")

XSD = "http://www.w3.org/2001/XMLSchema#"
ID = "https://w3id.org/diaspora-kg/id/"


def cells(*row: str | None) -> list[object]:
    """Return the cells of a row after a way through a workbook."""
    table = Table(tuple(f"c{n}" for n in range(len(row))), (row,))
    data = render(table, "xlsx")
    assert isinstance(data, bytes)
    sheet = openpyxl.load_workbook(io.BytesIO(data))["answer"]
    return [cell.value for cell in sheet[2]]


class TestAnswers:
    """``query -f xlsx``."""

    def test_numbers_are_numbers(self) -> None:
        """Numbers and truth values can be computed with."""
        row = (f'"7"^^<{XSD}integer>', f'"1.5"^^<{XSD}decimal>', f'"true"^^<{XSD}boolean>')

        assert cells(*row) == [7, 1.5, True]

    def test_a_number_that_would_lose_digits(self) -> None:
        """A number with more digits than a spreadsheet keeps stays a text."""
        row = (f'"1234567890123456789"^^<{XSD}integer>', f'"INF"^^<{XSD}double>')

        assert cells(*row) == ["1234567890123456789", "INF"]

    def test_things_have_short_names(self) -> None:
        """Things are called by short names, unbound cells are empty."""
        assert cells(f"<{ID}ytb>", None, '"güç"@tr') == ["dkgid:ytb", None, "güç"]

    def test_a_text_is_no_formula(self) -> None:
        """What begins with a sign of equality is text, without an apostrophe."""
        table = Table(("c",), (('"=1+1"',),))
        data = render(table, "xlsx")
        assert isinstance(data, bytes)

        cell = openpyxl.load_workbook(io.BytesIO(data))["answer"]["A2"]

        assert (cell.value, cell.data_type) == ("=1+1", "s")

    def test_letters_that_no_workbook_holds(self) -> None:
        """Control characters are replaced, and too long a text says that it was cut."""
        short, long = cells('"a\\u0001b"'.replace("\\u0001", "\x01"), f'"{"x" * 40_000}"')

        assert short == "a\ufffdb"
        assert isinstance(long, str)
        assert (len(long), long[-4:]) == (32_767, " […]"[-4:])

    def test_without_openpyxl(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without the library there is one line that says what to install."""
        monkeypatch.setitem(sys.modules, "openpyxl", None)

        with pytest.raises(MissingPartError) as caught:
            render(Table(("c",), ()), "xlsx")

        assert "diaspora-kg[xlsx]" in caught.value.hint


class TestStartingFile:
    """``new table -f xlsx``."""

    def test_lists_of_the_ontology(self) -> None:
        """Columns with words of the ontology offer these words."""
        book = openpyxl.load_workbook(io.BytesIO(case_workbook(new_sheets("x"), choices())))
        lists = book["_lists"]
        words = {column[0].value: {c.value for c in column[1:]} for column in lists.columns}

        assert lists.sheet_state == "hidden"
        assert "administrativeParent" in words["claims.property"]
        assert "DiasporaInstitution" in words["case.type"]
        assert "TR" in words["entities.state"]
        assert words["claims.modality"] >= {"factual", "possible", "recommended"}

    def test_where_they_are_offered(self) -> None:
        """Every list is offered below the head of its column, or beside its key."""
        book = openpyxl.load_workbook(io.BytesIO(case_workbook(new_sheets("x"), choices())))
        offered = {
            sheet.title: [str(one.sqref) for one in sheet.data_validations.dataValidation]
            for sheet in book
        }

        assert offered["claims"] == ["C2:C1000", "H2:H1000", "I2:I1000"]
        assert offered["case"] == ["B3", "B6"]
        assert offered["entities"] == ["B2:B1000", "E2:E1000"]

    def test_a_list_is_no_prison(self) -> None:
        """Another word may be written after a question: full addresses are right as well."""
        book = openpyxl.load_workbook(io.BytesIO(case_workbook(new_sheets("x"), choices())))

        styles = {one.errorStyle for one in book["claims"].data_validations.dataValidation}

        assert styles == {"warning"}
