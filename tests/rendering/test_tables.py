"""Every form of an answer, against literals."""

import json
from dataclasses import replace
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from diaspora_kg.evidence import ClaimRecord, EvidencedTable, Link, Passage, RowEvidence
from diaspora_kg.labels import Labels
from diaspora_kg.lookup import Lookup
from diaspora_kg.namespaces import DKGID, XSD
from diaspora_kg.rendering.tables import Manner, guarded, render
from diaspora_kg.table import Table
from diaspora_kg.terms import iri, text_literal, typed_literal

TABLE = Table(
    ("who", "said", "times"),
    (
        (
            iri(DKGID + "ytb"),
            text_literal("a, “b” & <c>", "en"),
            typed_literal("-3", XSD + "integer"),
        ),
        (iri("http://example.org/x"), None, typed_literal("2.5", XSD + "decimal")),
    ),
    {"who": "Kim"},
)
CLAIM = ClaimRecord(
    iri=DKGID + "c/claim/one",
    label="Author: x",
    subject=iri(DKGID + "ytb"),
    predicate=iri(DKGID + "p"),
    objects=(iri(DKGID + "o"),),
    holder="Author",
    polarity="affirmed",
    modality="possible",
    explicitness="explicit",
    passages=(
        Passage(
            evidence=DKGID + "c/evidence/one",
            quotes=(("en", "it may be so"),),
            source=DKGID + "source/book",
            source_label="Author 2020",
            title="Book",
            locator="p. 1",
        ),
    ),
    links=(
        Link(1, "Kulkova 2021", "", "", "endorses"),
        Link(2, "Nye", "", "", "reports"),
    ),
    caveats=("Known from a note.",),
    hedges=("may",),
)
EVIDENCED = EvidencedTable(
    TABLE,
    (
        RowEvidence(claims=(CLAIM,), absent=("dkg:validUntil",), rests_on_absence=True),
        RowEvidence(named=("the bibliography",)),
    ),
)


@pytest.fixture
def labels() -> Labels:
    """Return the name of one thing."""
    store = ox.Store()
    label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    graph = ox.NamedNode("http://example.org/g")
    node = ox.NamedNode(DKGID + "ytb")
    store.add(ox.Quad(node, label, ox.Literal("Presidency", language="en"), graph))
    store.add(ox.Quad(node, label, ox.Literal("Başkanlık", language="tr"), graph))
    return Labels(Lookup(store))


class TestText:
    """Tables for a screen."""

    def test_columns_stand_side_by_side(self, labels: Labels) -> None:
        """Things go by their labels, numbers stand to the right."""
        text = render(TABLE, "table", Manner(labels))

        assert text == (
            "who                   said          times\n"
            "────────────────────  ────────────  ─────\n"
            "Presidency            a, “b” & <c>     -3\n"
            "http://example.org/x                  2.5\n"
        )

    def test_long_cells_wrap(self) -> None:
        """A table is no wider than it may be."""
        table = Table(("a", "b"), ((text_literal("one two three four"), text_literal("x " * 20)),))

        text = render(table, "table", Manner(width=40))

        assert max(map(len, text.splitlines())) <= 40
        assert len(text.splitlines()) == 4

    def test_what_does_not_fit_becomes_a_list(self) -> None:
        """Rows that are too wide or too tall are shown cell by cell."""
        cells = tuple(text_literal("words of some length " * 6) for _ in range(6))

        text = render(Table(tuple("abcdef"), (cells,)), "table", Manner(width=60))

        assert text.startswith("a  words of some length words of some length words of some\n")
        assert max(map(len, text.splitlines())) <= 60

    def test_right_to_left_text_is_isolated(self) -> None:
        """Arabic in one column does not turn its neighbours round."""
        table = Table(("a", "b"), ((text_literal("القوة الناعمة", "ar"), text_literal("x")),))

        text = render(table, "table")

        assert text.splitlines()[2] == "\u2068القوة الناعمة\u2069  x"

    def test_headings_in_another_language_are_words(self) -> None:
        """Where the language is not English, the titles of the query are the headings."""
        text = render(TABLE, "table", Manner(language="tr"))

        assert text.startswith("Kim ")

    def test_an_address_whose_label_the_row_has_goes_by_its_short_name(
        self, labels: Labels
    ) -> None:
        """Nothing is said twice in a row."""
        row = (iri(DKGID + "ytb"), text_literal("Presidency"))

        text = render(Table(("thing", "name"), (row,)), "table", Manner(labels))

        assert text.splitlines()[2] == "dkgid:ytb  Presidency"

    def test_evidence_stands_under_its_row(self) -> None:
        """Quotes with source, locator, chain of attribution, manner and caveats."""
        text = render(TABLE, "table", Manner(width=78), EVIDENCED)

        assert text == (
            "who                   said          times\n"
            "────────────────────  ────────────  ─────\n"
            "dkgid:ytb             a, “b” & <c>     -3\n"
            "    “it may be so”\n"
            "      — Author 2020, citing Kulkova 2021, reporting Nye (p. 1)\n"
            "      [dkgid:c/claim/one] said as possible; hedged: “may”\n"
            "      caveat: Known from a note.\n"
            "    rests on absence: nothing was found for dkg:validUntil\n"
            "\n"
            "http://example.org/x                  2.5\n"
            "    also rests on the bibliography\n"
            "\n"
        )

    def test_absent_things_with_commas_are_told_apart(self) -> None:
        """Several things are parted by a semicolon where one of them has a comma."""
        plain = RowEvidence(absent=("dkg:scope", "dkg:unit"), rests_on_absence=True)
        several = replace(plain, absent=("claims with dkg:a, dkg:b or dkg:c", "dkg:unit"))

        assert plain.absent_in_words == "dkg:scope, dkg:unit"
        assert several.absent_in_words == "claims with dkg:a, dkg:b or dkg:c; dkg:unit"

    def test_a_group_is_counted_and_listed_on_request(self) -> None:
        """The claims behind an aggregate are counted unless all are asked for."""
        other = ClaimRecord(**{**vars(CLAIM), "iri": DKGID + "c/claim/two", "holder": "Other"})
        group = RowEvidence(claims=(CLAIM, other), group_size=2)
        answer = EvidencedTable(Table(("n",), ((text_literal("2"),),)), (group,))

        counted = render(answer.table, "table", Manner(), answer)
        listed = render(answer.table, "table", Manner(all_claims=True), answer)

        assert counted.splitlines()[3] == (
            "    a group of 2 solutions: 2 claims from 1 source (--evidence-all lists them)"
        )
        assert "dkgid:c/claim/two" in listed

    def test_what_could_not_be_traced_says_so(self) -> None:
        """A row without traced evidence is no row without evidence."""
        answer = EvidencedTable(
            Table(("n",), ((text_literal("2"),),)), (RowEvidence(is_traced=False),)
        )

        text = render(answer.table, "table", Manner(), answer)

        assert text.splitlines()[3] == "    could not be traced"


class TestSeparated:
    """CSV and TSV for spreadsheets and statistics."""

    def test_csv_has_short_names(self) -> None:
        """Things by their short names, text quoted where it must be, unbound cells empty."""
        text = render(TABLE, "csv")

        assert text == ('who,said,times\ndkgid:ytb,"a, “b” & <c>",-3\nhttp://example.org/x,,2.5\n')

    def test_tsv_has_no_tab_inside(self) -> None:
        """A tab or a line break inside a text becomes a space."""
        table = Table(("a", "b"), ((text_literal("x\ty\nz"), text_literal("w")),))

        assert render(table, "tsv") == "a\tb\nx y z\tw\n"

    @pytest.mark.parametrize(
        "text", ["=1+1", "+SUM(A1)", "-cmd|' /C calc'!A0", "@x", "\t=1", " =1", "＝1", "%x"]
    )
    def test_text_that_would_run_is_guarded(self, text: str) -> None:
        """An apostrophe keeps a spreadsheet from running a text."""
        assert guarded(text_literal(text)) == f"'{text}"

    @pytest.mark.parametrize("text", ["-5", "+1.5", "-1e3", "-5%"])
    def test_numbers_are_untouched_even_as_text(self, text: str) -> None:
        """A negative number is no formula."""
        assert guarded(text_literal(text)) == text
        assert guarded(typed_literal("-5", XSD + "integer")) == "-5"

    def test_evidence_is_four_more_columns(self) -> None:
        """Claims, quotes, sources and notes follow the columns of the query."""
        header, first, second = render(TABLE, "csv", Manner(), EVIDENCED).splitlines()

        assert header == (
            "who,said,times,evidence_claims,evidence_quotes,evidence_sources,evidence_notes"
        )
        assert first.endswith(
            ",dkgid:c/claim/one,“it may be so”,"
            '"Author 2020, citing Kulkova 2021, reporting Nye (p. 1)",'
            "rests on absence: nothing was found for dkg:validUntil | said as possible | "
            "hedged: “may” | caveat: Known from a note."
        )
        assert second == "http://example.org/x,,2.5,,,,also rests on the bibliography"


class TestJson:
    """SPARQL 1.1 Query Results JSON."""

    def test_terms_are_as_the_format_has_them(self) -> None:
        """Types, languages and datatypes, and no binding where nothing is bound."""
        assert json.loads(render(TABLE, "json")) == {
            "head": {"vars": ["who", "said", "times"]},
            "results": {
                "bindings": [
                    {
                        "who": {"type": "uri", "value": "https://w3id.org/diaspora-kg/id/ytb"},
                        "said": {"type": "literal", "value": "a, “b” & <c>", "xml:lang": "en"},
                        "times": {
                            "type": "literal",
                            "value": "-3",
                            "datatype": "http://www.w3.org/2001/XMLSchema#integer",
                        },
                    },
                    {
                        "who": {"type": "uri", "value": "http://example.org/x"},
                        "times": {
                            "type": "literal",
                            "value": "2.5",
                            "datatype": "http://www.w3.org/2001/XMLSchema#decimal",
                        },
                    },
                ]
            },
        }

    def test_an_ask_is_a_boolean(self) -> None:
        """ASK has its own form."""
        answer = Table(("answer",), ((typed_literal("true", XSD + "boolean"),),), kind="answer")

        assert json.loads(render(answer, "json")) == {"head": {}, "boolean": True}

    def test_the_store_reads_it(self) -> None:
        """Another implementation of the format takes it for results."""
        results = ox.parse_query_results(render(TABLE, "json"), ox.QueryResultsFormat.JSON)

        assert isinstance(results, ox.QuerySolutions)
        assert [str(s["times"]) for s in results] == [row[2] for row in TABLE.rows]

    def test_evidence_stands_beside_the_results(self) -> None:
        """One entry a row, in a member of its own."""
        value = json.loads(render(TABLE, "json", Manner(), EVIDENCED))

        assert list(value) == ["head", "results", "evidence"]
        first, second = value["evidence"]
        assert first["claims"][0]["speaker"] == "Author, citing Kulkova 2021, reporting Nye"
        assert first["claims"][0]["passages"][0]["quotes"] == [
            {"language": "en", "text": "it may be so"}
        ]
        assert first["restsOnAbsence"] is True
        assert second["alsoRestsOn"] == ["the bibliography"]
        assert second["complete"] is True


class TestXml:
    """SPARQL Query Results XML."""

    def test_it_is_the_format(self) -> None:
        """Head, results and bindings in the namespace of the format."""
        assert render(TABLE, "xml") == (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n'
            "  <head>\n"
            '    <variable name="who"/>\n'
            '    <variable name="said"/>\n'
            '    <variable name="times"/>\n'
            "  </head>\n"
            "  <results>\n"
            "    <result>\n"
            '      <binding name="who"><uri>https://w3id.org/diaspora-kg/id/ytb</uri></binding>\n'
            '      <binding name="said">'
            '<literal xml:lang="en">a, “b” &amp; &lt;c&gt;</literal></binding>\n'
            '      <binding name="times">'
            '<literal datatype="http://www.w3.org/2001/XMLSchema#integer">-3</literal></binding>\n'
            "    </result>\n"
            "    <result>\n"
            '      <binding name="who"><uri>http://example.org/x</uri></binding>\n'
            '      <binding name="times">'
            '<literal datatype="http://www.w3.org/2001/XMLSchema#decimal">2.5</literal></binding>\n'
            "    </result>\n"
            "  </results>\n"
            "</sparql>\n"
        )

    def test_the_store_reads_it_with_evidence(self) -> None:
        """With evidence, four variables more make it still the same format."""
        text = render(TABLE, "xml", Manner(), EVIDENCED)

        results = ox.parse_query_results(text, ox.QueryResultsFormat.XML)

        assert isinstance(results, ox.QuerySolutions)
        assert [variable.value for variable in results.variables][3:] == [
            "evidence_claims",
            "evidence_quotes",
            "evidence_sources",
            "evidence_notes",
        ]

    def test_characters_that_xml_cannot_hold_are_replaced(self) -> None:
        """A control character does not break the file."""
        text = render(Table(("a",), ((text_literal("x\x01y"),),)), "xml")

        (literal,) = ElementTree.fromstring(text).iter(
            "{http://www.w3.org/2005/sparql-results#}literal"
        )
        assert literal.text == "x\ufffdy"

    def test_an_ask_is_a_boolean(self) -> None:
        """ASK has its own form."""
        answer = Table(("answer",), ((typed_literal("false", XSD + "boolean"),),), kind="answer")

        assert "  <boolean>false</boolean>\n" in render(answer, "xml")


class TestMarkdown:
    """Markdown."""

    def test_a_table_has_pipes(self, labels: Labels) -> None:
        """Signs that Markdown would take for its own are escaped."""
        table = Table(
            ("who", "n"), ((text_literal("a|b *c*\nd"), typed_literal("1", XSD + "int")),)
        )

        assert render(table, "md", Manner(labels)) == (
            "| who | n |\n| --- | --: |\n| a\\|b \\*c\\*<br>d | 1 |\n"
        )

    def test_evidence_follows_by_number(self) -> None:
        """Rows are numbered, and below the table each number has its quotes."""
        text = render(TABLE, "md", Manner(), EVIDENCED)

        assert text == (
            "| # | who | said | times |\n"
            "| --: | --- | --- | --: |\n"
            "| 1 | dkgid:ytb | a, “b” & \\<c> | -3 |\n"
            "| 2 | http://example.org/x |  | 2.5 |\n"
            "\n"
            "**1.**\n"
            "\n"
            "> “it may be so”\n"
            "> — Author 2020, citing Kulkova 2021, reporting Nye (p. 1)\n"
            ">\n"
            "> `dkgid:c/claim/one` said as possible; hedged: “may”\n"
            "> *caveat:* Known from a note.\n"
            "\n"
            "* rests on absence: nothing was found for dkg:validUntil\n"
            "\n"
            "**2.**\n"
            "\n"
            "* also rests on the bibliography\n"
        )
