"""Tables that hold many cases: which they are, and which row belongs to which case."""

from pathlib import Path

import pytest

from diaspora_kg.assembly import assemble
from diaspora_kg.inputs import read_inputs
from diaspora_kg.layout import Inputs
from diaspora_kg.model import Case

CLAIMS = """\
case,id,property,object,source,locator,quote.en
ytb,parent,administrativeParent,TR,b,p. 1,of Türkiye
oka,parent,administrativeParent,KR,b,p. 2,of Korea
ytb,parent,,,b,p. 3,still of Türkiye
"""
SOURCES = 'key,title.en,author,date\nb,A Book,"Doe, Jane",2012\n'


def look(folder: Path, **tables: str) -> Inputs:
    """Read tables by their names, with ``__`` for a dot and ``/`` for a folder."""
    for name, text in tables.items():
        path = folder / (name.replace("__", ".") + ".csv")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return read_inputs([folder])


def cases_of(inputs: Inputs) -> dict[str, Case]:
    """Return the cases by id."""
    return {str(case.id): case for case in inputs.cases}


def told(inputs: Inputs) -> list[tuple[str, str]]:
    """Return code and cell of each finding."""
    return [(f.code, f.location.cell if f.location else "") for f in inputs.findings]


class TestRows:
    """To which case a row belongs."""

    def test_a_column_says_the_case(self, tmp_path: Path) -> None:
        """Each row goes to its case, and a repeated id adds a passage within it."""
        inputs = look(tmp_path, big=CLAIMS, sources=SOURCES)

        cases = cases_of(inputs)
        assert told(inputs) == []
        assert sorted(cases) == ["oka", "ytb"]
        assert [len(claim.evidence) for claim in cases["ytb"].claims] == [2]
        assert cases["oka"].claims[0].at.cell == "A3"
        assert [source.key for source in inputs.sources] == ["b"]

    def test_parts_of_one_table(self, tmp_path: Path) -> None:
        """All tables with a column 'case' of one folder are one table, in the order of names."""
        head, *rows = CLAIMS.splitlines(keepends=True)

        inputs = look(
            tmp_path, **{f"part-{n}": head + row for n, row in enumerate(rows)}, sources=SOURCES
        )

        (claim,) = cases_of(inputs)["ytb"].claims
        assert [Path(e.at.file).name for e in claim.evidence] == ["part-0.csv", "part-2.csv"]

    def test_folders_that_name_the_case(self, tmp_path: Path) -> None:
        """A folder ``case=ID`` says the case of the tables in it, as Spark and Hive write them."""
        table = "property,object,source,locator\nadministrativeParent,TR,b,p. 1\n"

        inputs = look(
            tmp_path,
            **{"case=ytb/part-0": table, "case=ytb/part-1": table.replace("TR", "KR")},
            sources=SOURCES,
        )

        (case,) = inputs.cases
        assert (str(case.id), [str(claim.object) for claim in case.claims]) == ("ytb", ["TR", "KR"])

    def test_fields_of_the_cases(self, tmp_path: Path) -> None:
        """A table ``cases`` has a row a case; entities and passages say whose they are."""
        inputs = look(
            tmp_path,
            big=CLAIMS,
            big__cases="id,type,label.en\nytb,DiasporaInstitution,YTB\n",
            big__entities="case,id,label.en\noka,ministry,Ministry\n",
            big__passages="case,id,source,locator\nytb,under,b,p. 9\n",
        )

        cases = cases_of(inputs)
        assert told(inputs) == []
        assert [str(word) for word in cases["ytb"].entity.types] == ["DiasporaInstitution"]
        assert [str(e.id) for e in cases["oka"].entities] == ["ministry"]
        assert [str(p.id) for p in cases["ytb"].passages] == ["under"]

    def test_beside_a_case_in_tables_of_its_own(self, tmp_path: Path) -> None:
        """A table without the column is a case of its own, as ever."""
        inputs = look(tmp_path, big=CLAIMS, other="property,object\nadministrativeParent,TR\n")

        assert sorted(cases_of(inputs)) == ["oka", "other", "ytb"]


class TestMistakes:
    """What is wrong with such tables."""

    def test_a_row_without_a_case(self, tmp_path: Path) -> None:
        """A row that names no case is told at its cell; the others are read."""
        inputs = look(tmp_path, big=CLAIMS.replace("oka,parent", ",parent"))

        assert told(inputs) == [("DKG647", "A3")]
        assert sorted(cases_of(inputs)) == ["ytb"]

    def test_a_table_without_the_column(self, tmp_path: Path) -> None:
        """Entities beside claims of many cases have to say whose they are."""
        inputs = look(tmp_path, big=CLAIMS, big__entities="id,label.en\nministry,Ministry\n")

        assert told(inputs) == [("DKG647", "A1")]

    def test_a_mistake_in_the_header_is_told_once(self, tmp_path: Path) -> None:
        """An unknown column is one mistake, however many cases stand below it."""
        inputs = look(tmp_path, big=CLAIMS.replace("locator", "locater"))

        assert told(inputs) == [("DKG103", "F1")]

    def test_a_case_with_two_rows(self, tmp_path: Path) -> None:
        """A case has one row of fields."""
        rows = "id,type\nytb,DiasporaInstitution\nytb,StateBody\n"

        inputs = look(tmp_path, big=CLAIMS, cases=rows)

        assert told(inputs) == [("DKG102", "A3")]


class TestParquet:
    """The same tables in Parquet."""

    def test_the_same_graph(self, tmp_path: Path) -> None:
        """A table gives the same cases from Parquet as from CSV, with the same cells."""
        pyarrow = pytest.importorskip("pyarrow", reason="pip install 'diaspora-kg[parquet]'")
        from pyarrow import csv, parquet

        texts = look(tmp_path / "csv", big=CLAIMS, sources=SOURCES)
        (tmp_path / "parquet").mkdir()
        for name in ("big", "sources"):
            table = csv.read_csv(tmp_path / "csv" / f"{name}.csv")
            parquet.write_table(table, tmp_path / "parquet" / f"{name}.parquet")

        stored = read_inputs([tmp_path / "parquet"])

        assert pyarrow.__version__
        assert told(stored) == []
        assert graph_of(tmp_path / "parquet") == graph_of(tmp_path / "csv")
        assert [case.claims[0].at.cell for case in stored.cases] == [
            case.claims[0].at.cell for case in texts.cases
        ]

    @pytest.mark.parametrize(
        ("column", "cells"),
        [
            (["a ", None], ["a", ""]),
            ([1, 20], ["1", "20"]),
            ([0.9, 5.0], ["0.9", "5"]),
            ([float("nan"), 1e21], ["", "1e+21"]),
            ([True, False], ["true", "false"]),
            ([["x", "y"], []], ["x|y", ""]),
        ],
    )
    def test_values_as_cells(self, tmp_path: Path, column: list[object], cells: list[str]) -> None:
        """Numbers, truth values, lists and what is missing become what a person would write."""
        pyarrow = pytest.importorskip("pyarrow", reason="pip install 'diaspora-kg[parquet]'")
        from pyarrow import parquet

        from diaspora_kg.reading.parquet import rows

        path = tmp_path / "x.parquet"
        parquet.write_table(pyarrow.table({"key": column}), path)

        assert [row[0] for row in rows(path)] == cells

    def test_dates_as_cells(self, tmp_path: Path) -> None:
        """Dates, and times at midnight, become dates; sums of money keep their digits."""
        pyarrow = pytest.importorskip("pyarrow", reason="pip install 'diaspora-kg[parquet]'")
        from datetime import date, datetime
        from decimal import Decimal

        from pyarrow import parquet

        from diaspora_kg.reading.parquet import rows

        path = tmp_path / "x.parquet"
        columns = {"a": [date(2010, 4, 6)], "b": [datetime(2012, 10, 5)], "c": [Decimal("1.50")]}
        parquet.write_table(pyarrow.table(columns), path)

        assert list(rows(path)) == [("2010-04-06", "2012-10-05", "1.50")]

    def test_what_no_cell_can_hold(self, tmp_path: Path) -> None:
        """A column of records is told by its name and type."""
        pyarrow = pytest.importorskip("pyarrow", reason="pip install 'diaspora-kg[parquet]'")
        from pyarrow import parquet

        table = pyarrow.table({"property": ["memberOf"], "quote": [{"en": "x"}]})
        parquet.write_table(table, tmp_path / "x.parquet")

        (finding,) = read_inputs([tmp_path]).findings

        assert (finding.code, finding.message) == (
            "DKG640",
            "the column 'quote' holds values of the type struct<en: string>",
        )

    def test_what_is_no_parquet(self, tmp_path: Path) -> None:
        """A file that only bears the name is told as such."""
        pytest.importorskip("pyarrow", reason="pip install 'diaspora-kg[parquet]'")
        (tmp_path / "x.parquet").write_bytes(b"case,property\n")

        (finding,) = read_inputs([tmp_path]).findings

        assert finding.code == "DKG640"
        assert finding.message.startswith("the file is no Parquet: ")


def graph_of(folder: Path) -> tuple[tuple[str, ...], ...]:
    """Return the quads of a folder."""
    return assemble([folder], shapes=False).quads
