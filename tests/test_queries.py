"""The packaged queries: each has its header, its row of parameters and its expected rows."""

import csv
from pathlib import Path

import pytest
from rdflib.plugins.sparql import prepareQuery

from diaspora_kg.graph import KnowledgeGraph
from diaspora_kg.namespaces import PREFIXES, expand
from diaspora_kg.reading.queries import PackagedQuery, packaged_queries

EXPECTED = Path(__file__).parent / "queries"
QUERIES = packaged_queries()

WITH_DATA = EXPECTED / "with-data"
NEEDS_DATA = {name for name, query in QUERIES.items() if "open-data" in query.tags}
"""Queries that put claims beside imported data; without data they may have no rows."""


def _has_class(query: PackagedQuery) -> bool:
    return any(parameter.of for parameter in query.parameters)


every_query = pytest.mark.parametrize("query", QUERIES.values(), ids=list(QUERIES))


def required_examples(query: PackagedQuery) -> dict[str, str]:
    """Return the example values of the parameters that a query cannot do without."""
    return {p.name: p.example for p in query.parameters if p.required}


def expected_rows(query: PackagedQuery, folder: Path = EXPECTED) -> list[list[str]]:
    """Return the header and the rows that a query is expected to give for its examples."""
    file = folder / f"{query.name}.csv"
    assert file.is_file(), f"write the rows that {query.name} should give into {file.name}"
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


class TestRows:
    """What a query answers about the packaged cases."""

    @every_query
    def test_are_the_expected_ones(self, query: PackagedQuery, packaged_kg: KnowledgeGraph) -> None:
        """A query gives exactly its expected rows, in their order."""
        header, *rows = expected_rows(query)

        table = packaged_kg.query(query.name, **required_examples(query))

        assert list(table.columns) == header
        assert table.texts() == rows

    @every_query
    def test_are_never_none(self, query: PackagedQuery) -> None:
        """A question that the packaged cases, with data where it needs any, cannot answer."""
        folder = WITH_DATA if query.name in NEEDS_DATA else EXPECTED

        assert len(expected_rows(query, folder)) > 1

    @pytest.mark.parametrize("name", sorted(NEEDS_DATA))
    def test_with_data_are_the_expected_ones(self, name: str, kg_with_data: KnowledgeGraph) -> None:
        """With small data sets beside the cases, a query that needs data gives these rows."""
        header, *rows = expected_rows(QUERIES[name], WITH_DATA)

        table = kg_with_data.query(name, **required_examples(QUERIES[name]))

        assert list(table.columns) == header
        assert table.texts() == rows

    @every_query
    def test_come_for_every_example(
        self, query: PackagedQuery, packaged_kg: KnowledgeGraph, request: pytest.FixtureRequest
    ) -> None:
        """The example of each optional parameter is a value that the query can take."""
        kg = request.getfixturevalue("kg_with_data") if query.name in NEEDS_DATA else packaged_kg
        for parameter in query.parameters:
            values = {**required_examples(query), parameter.name: parameter.example}

            table = kg.query(query.name, **values)

            assert len(table) > 0, f"{parameter.name}={parameter.example}"

    def test_are_expected_of_queries_that_exist(self) -> None:
        """Expected rows stand only beside a query of that name."""
        assert {file.stem for file in EXPECTED.glob("*.csv")} <= set(QUERIES)

    @every_query
    def test_are_explained(self, query: PackagedQuery) -> None:
        """A note says why the expected rows are right and what is missing."""
        notes = (EXPECTED / "NOTES.md").read_text("utf-8")

        assert f"\n* `{query.name}`:" in notes


class TestHeader:
    """What a query says about itself."""

    @every_query
    def test_is_in_english_and_turkish(self, query: PackagedQuery) -> None:
        """Title, description, question, parameters and columns are there in both languages."""
        texts = [
            query.titles,
            query.descriptions,
            query.questions,
            *(parameter.descriptions for parameter in query.parameters),
            *query.columns.values(),
        ]

        for wordings in texts:
            found = {item.language: item.text for item in wordings}
            assert {"en", "tr"} <= {language for language, text in found.items() if text}

    @every_query
    def test_has_an_example_for_every_parameter(self, query: PackagedQuery) -> None:
        """Every parameter shows a value that can be typed."""
        assert all(parameter.example for parameter in query.parameters)

    @pytest.mark.parametrize("name", [q.name for q in QUERIES.values() if _has_class(q)])
    def test_says_of_which_class_the_example_is(
        self, name: str, packaged_kg: KnowledgeGraph
    ) -> None:
        """The example of a parameter is of the class that the parameter names."""
        for parameter in QUERIES[name].parameters:
            if parameter.of:
                example = expand(parameter.example)

                answer = packaged_kg.sparql(f"ASK {{ <{example}> a <{parameter.of}> }}")

                assert answer.is_true, f"{parameter.name}={parameter.example}"

    @every_query
    def test_names_the_columns(self, query: PackagedQuery) -> None:
        """The columns of the header are those of the answer, in their order."""
        header, *_ = expected_rows(query)

        assert list(query.columns) == header

    def test_is_not_shared(self) -> None:
        """No two queries have the same title or ask the same question."""
        for kind in ("titles", "questions"):
            texts = [item.text for query in QUERIES.values() for item in getattr(query, kind)]
            assert len(texts) == len(set(texts))


class TestSparql:
    """The query below the header."""

    @every_query
    def test_is_understood_by_another_engine(self, query: PackagedQuery) -> None:
        """A query is plain SPARQL 1.1 with its own prefixes, which rdflib parses as well."""
        prepareQuery(query.sparql)

    @every_query
    def test_orders_its_rows(self, query: PackagedQuery) -> None:
        """The last clause orders the rows; without it they could not be compared."""
        assert "ORDER BY" in query.sparql.rpartition("}")[2]

    @every_query
    def test_declares_the_prefixes_of_the_project(self, query: PackagedQuery) -> None:
        """A prefix means in a query what it means everywhere in the project."""
        for line in query.sparql.splitlines():
            if line.startswith("PREFIX "):
                _, prefix, address = line.split()
                assert PREFIXES.get(prefix.rstrip(":"), address[1:-1]) == address[1:-1]

    @every_query
    def test_takes_its_parameters_first(self, query: PackagedQuery) -> None:
        """The row of parameters is the first thing in the WHERE clause that uses them."""
        if not query.parameters:
            return
        names = " ".join(f"?{parameter.name}" for parameter in query.parameters)
        undefined = " ".join("UNDEF" for _ in query.parameters)

        before, _, after = query.sparql.partition(f"VALUES ({names}) {{ ({undefined}) }}")

        assert after
        assert before.rstrip().endswith("{")
