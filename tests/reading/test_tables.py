"""Tables: rows as spreadsheets save them, and the tree that they stand for."""

from pathlib import Path

import pytest

from diaspora_kg.errors import DiasporaKGError, Finding
from diaspora_kg.reading.records import letters, read_records
from diaspora_kg.reading.table_groups import group_tables, home_of
from diaspora_kg.reading.tables import read_group
from diaspora_kg.reading.tree import Node, Scalar, Sequence


def plain(node: Node | None) -> object:
    """Return a tree as Python values."""
    if isinstance(node, Scalar):
        return str(node.text)
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {} if node is None else {str(key): plain(value) for key, value in node.entries}


def read(folder: Path, **files: str) -> tuple[dict[str, object], tuple[Finding, ...]]:
    """Return what some tables hold, and what is wrong with them."""
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8", newline="")
    (group,) = group_tables(sorted(folder.iterdir()))
    tree, findings = read_group(group)
    values = plain(tree)
    assert isinstance(values, dict)
    return values, findings


class TestRows:
    """From bytes to rows."""

    @pytest.mark.parametrize(
        "text",
        [
            "a,b\n1,2\n",
            "a;b\n1;2\n",
            "a\tb\n1\t2\n",
            "\n\na,b\n\n1,2\n",
            "a,b\r\n1,2\r\n",
            "a,b\r1,2\r",
            '"a","b"\n"1","2"\n',
            "sep=;\r\na;b\r\n1;2\r\n",
            "a , b\n 1,2 \n",
        ],
    )
    def test_forms_of_one_table(self, tmp_path: Path, text: str) -> None:
        """Separators, quotation marks, line ends and empty lines do not matter."""
        (tmp_path / "x.csv").write_text(text, "utf-8", newline="")

        rows = read_records(tmp_path / "x.csv").rows

        assert [row.cells for row in rows] == [("a", "b"), ("1", "2")]

    def test_the_number_of_a_row_is_that_of_the_spreadsheet(self, tmp_path: Path) -> None:
        """Empty rows count, line breaks inside a cell do not, Excel's own line is no row."""
        text = 'sep=,\na,b\n"one\ntwo",2\n,\n3,4\n'
        (tmp_path / "x.csv").write_text(text, "utf-8", newline="")

        rows = read_records(tmp_path / "x.csv").rows

        assert [row.number for row in rows] == [1, 2, 4]

    def test_a_separator_inside_quotation_marks_does_not_count(self, tmp_path: Path) -> None:
        """The separator is found in what stands outside of quotation marks."""
        (tmp_path / "x.csv").write_text('"a;b;c","d"\n1,2\n', "utf-8")

        assert read_records(tmp_path / "x.csv").rows[0].cells == ("a;b;c", "d")

    def test_a_quotation_mark_that_is_never_closed(self, tmp_path: Path) -> None:
        """The rows after it would all be one cell; the first of them is shown."""
        (tmp_path / "x.csv").write_text('a,b\n1,2\n3,"4\n5,6\n', "utf-8")

        with pytest.raises(DiasporaKGError) as error:
            read_records(tmp_path / "x.csv")

        assert error.value.code == "DKG128"
        assert error.value.location is not None
        assert error.value.location.cell == "A3"

    @pytest.mark.parametrize(("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ")])
    def test_names_of_columns(self, column: int, name: str) -> None:
        """Columns are named as in a spreadsheet."""
        assert letters(column) == name


class TestGroups:
    """Which tables belong together."""

    @pytest.mark.parametrize(
        ("path", "home", "name", "part"),
        [
            ("cases/ytb.csv", "cases/ytb", "ytb", "claims"),
            ("cases/ytb.case.csv", "cases/ytb", "ytb", "case"),
            ("cases/ytb.sources.tsv", "cases/ytb", "ytb", "sources"),
            ("cases/ytb/claims.csv", "cases/ytb", "ytb", "claims"),
            ("cases/ytb/case.csv", "cases/ytb", "ytb", "case"),
            ("cases/law.5978.csv", "cases/law.5978", "law.5978", "claims"),
        ],
    )
    def test_by_name(self, path: str, home: str, name: str, part: str) -> None:
        """Tables share a stem or a folder."""
        assert home_of(Path(path)) == (Path(home), name, part)


class TestCells:
    """What columns stand for."""

    def test_dots_nest(self, tmp_path: Path) -> None:
        """``valid.from`` and ``quote.tr`` are what they are in YAML."""
        values, findings = read(
            tmp_path,
            **{"ytb.csv": "property,valid.from,value.tr,source,quote.tr\nx,2010,değer,s1,alıntı\n"},
        )

        assert findings == ()
        assert values["claims"] == [
            {
                "property": "x",
                "valid": {"from": "2010"},
                "value": {"tr": "değer"},
                "evidence": [{"source": "s1", "quote": {"tr": "alıntı"}}],
            }
        ]

    @pytest.mark.parametrize(
        ("cell", "chain"),
        [
            ("a", ["a"]),
            ("a | b", ["a", "b"]),
            ("a + b", [["a", "b"]]),
            ("a + b | c", [["a", "b"], "c"]),
            ("C++", ["C++"]),
        ],
    )
    def test_whom_a_passage_cites(self, tmp_path: Path, cell: str, chain: list[object]) -> None:
        """A stroke stands between the links of a chain, a plus between works cited together."""
        values, findings = read(tmp_path, **{"ytb.csv": f"property,attributed-to\nx,{cell}\n"})

        assert findings == ()
        assert values["claims"] == [{"property": "x", "attributed-to": chain}]

    def test_bars_separate_items(self, tmp_path: Path) -> None:
        """Lists are written with bars, names of passages and other labels among them."""
        values, _ = read(
            tmp_path,
            **{
                "ytb.csv": "property,hedge,attributed-to,evidence\nx,can | often,a|b,one|two\n",
                "ytb.entities.csv": "id,type,alt-label.en\npm,StateBody|Actor,PM|The PM\n",
            },
        )

        assert values["claims"] == [
            {
                "property": "x",
                "hedge": ["can", "often"],
                "attributed-to": ["a", "b"],
                "evidence": ["one", "two"],
            }
        ]
        assert values["entities"] == {
            "pm": {"type": ["StateBody", "Actor"], "alt-label": {"en": ["PM", "The PM"]}}
        }

    def test_a_bar_in_a_text_is_a_bar(self, tmp_path: Path) -> None:
        """Where no list can stand, a bar separates nothing."""
        values, _ = read(tmp_path, **{"ytb.csv": "property,memo\nx,either|or\n"})

        assert values["claims"] == [{"property": "x", "memo": "either|or"}]

    def test_the_type_of_a_source_is_one_word(self, tmp_path: Path) -> None:
        """A source has one type and may have several authors."""
        values, _ = read(
            tmp_path,
            **{
                "ytb.sources.csv": 'key,type,author\ns1,book,"Doe, J.|Roe, R."\n',
                "ytb.csv": "id\n",
            },
        )

        assert values["sources"] == {"s1": {"type": "book", "author": ["Doe, J.", "Roe, R."]}}

    def test_an_id_that_stands_twice_adds_a_passage(self, tmp_path: Path) -> None:
        """A second row of a claim adds evidence, and repeats or leaves empty the rest."""
        table = "id,property,source,locator\na,x,s1,p. 1\na,,s2,p. 2\na,x,s3,p. 3\n"

        values, findings = read(tmp_path, **{"ytb.csv": table})

        assert findings == ()
        (claim,) = values["claims"]  # type: ignore[misc]
        assert [e["source"] for e in claim["evidence"]] == ["s1", "s2", "s3"]

    @pytest.mark.parametrize("second", ["a,y,s2,", "a,,s2,new"])
    def test_a_second_row_that_says_more_is_refused(self, tmp_path: Path, second: str) -> None:
        """Another property, or a memo that the first row has not, would be lost."""
        table = f"id,property,source,memo\na,x,s1,\n{second}\n"

        _, (finding,) = read(tmp_path, **{"ytb.csv": table})

        assert finding.code == "DKG132"

    def test_the_id_of_a_case_is_its_name(self, tmp_path: Path) -> None:
        """Without a table ``case`` the id is made from the name of the file."""
        values, _ = read(tmp_path, **{"Diyanet Vakfı.csv": "property\nx\n"})

        assert values["id"] == "diyanet-vakfi"

    def test_the_case_table_with_a_heading(self, tmp_path: Path) -> None:
        """``key`` and ``value`` may stand above the two columns; empty values are left out."""
        values, findings = read(
            tmp_path,
            **{
                "ytb.case.csv": "key;value\nid;ytb\nstate;\nlabel.tr;Başkanlık\n",
                "ytb.csv": "id\n",
            },
        )

        assert findings == ()
        assert (values["id"], values["label"]) == ("ytb", {"tr": "Başkanlık"})
        assert "state" not in values


class TestLostCells:
    """No cell is lost in silence."""

    @pytest.mark.parametrize(
        ("files", "code", "place"),
        [
            ({"ytb.csv": "property,\nx,lost\n"}, "DKG128", "ytb.csv:B2"),
            ({"ytb.csv": "property\nx,lost\n"}, "DKG128", "ytb.csv:B2"),
            ({"ytb.csv": "property,property\nx,y\n"}, "DKG102", "ytb.csv:B1"),
            ({"ytb.csv": "property,colour\nx,red\n"}, "DKG103", "ytb.csv:B1"),
            ({"ytb.csv": "property,quote\nx,text\n"}, "DKG109", "ytb.csv:B1"),
            ({"ytb.csv": "property,value,value.en\nx,a,b\n"}, "DKG102", "ytb.csv:C2"),
            ({"ytb.csv": "id\n", "ytb.case.csv": "state,TR\nstate,IN\n"}, "DKG102",
             "ytb.case.csv:B2"),
            ({"ytb.csv": "id\n", "ytb.case.csv": "state,TR,IN\n"}, "DKG128", "ytb.case.csv:A1"),
            ({"ytb.csv": "id\n", "ytb.case.csv": ",TR\n"}, "DKG128", "ytb.case.csv:A1"),
            ({"ytb.csv": "id\n", "ytb.passages.csv": "id,locator\na,1\na,2\n"}, "DKG102",
             "ytb.passages.csv:A3"),
            ({"ytb.csv": "id\n", "ytb.entities.csv": "id,type\n,Person\n"}, "DKG110",
             "ytb.entities.csv:A2"),
        ],
    )  # fmt: skip
    def test_it_is_shown(
        self,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        files: dict[str, str],
        code: str,
        place: str,
    ) -> None:
        """A cell that stands for nothing, or twice for the same, is shown with its name."""
        monkeypatch.chdir(tmp_path)
        for name, text in files.items():
            Path(name).write_text(text, "utf-8")
        (group,) = group_tables(sorted(Path().iterdir()))

        _, findings = read_group(group)

        assert [(f.code, str(f.location)) for f in findings] == [(code, place)]
