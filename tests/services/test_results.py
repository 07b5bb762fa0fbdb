"""Answers of services as values, whatever form they came in."""

import json

import pyoxigraph as ox
import pytest

from diaspora_kg.namespaces import XSD
from diaspora_kg.services.results import Answer, read_rows, read_triples
from diaspora_kg.services.transport import Reply

JSON = "application/sparql-results+json"


def of_json(value: dict[str, str]) -> Answer:
    """Return an answer of one cell, sent as JSON."""
    document = {"head": {"vars": ["x"]}, "results": {"bindings": [{"x": value}]}}
    return read_rows(Reply(200, {"content-type": JSON}, json.dumps(document).encode(), ""))


class TestCells:
    """One cell of an answer."""

    @pytest.mark.parametrize(
        ("datatype", "sent", "read"),
        [
            ("decimal", "40.0", "40"),
            ("integer", "007", "7"),
            ("double", "1e2", "1.0E2"),
            ("boolean", "1", "true"),
            ("string", "007", "007"),
            ("gYear", "2010", "2010"),
        ],
    )
    def test_a_value_has_the_form_of_the_local_store(
        self, datatype: str, sent: str, read: str
    ) -> None:
        """Services that keep forms and services that keep values give one and the same row."""
        local = ox.Store()
        node = ox.NamedNode("urn:x")
        literal = ox.Literal(sent, datatype=ox.NamedNode(XSD + datatype))
        local.add(ox.Quad(node, node, literal))

        value = {"type": "literal", "value": sent, "datatype": XSD + datatype}
        cell = of_json(value).rows[0][0]

        assert cell == next(iter(local)).object
        assert isinstance(cell, ox.Literal)
        assert float(cell.value) == float(read) if datatype == "double" else cell.value == read

    def test_the_old_word_for_a_typed_literal_is_read(self) -> None:
        """Virtuoso writes ``typed-literal``, as drafts of the format did."""
        value = {"type": "typed-literal", "value": "3", "datatype": XSD + "integer"}

        assert str(of_json(value).rows[0][0]) == '"3"^^<http://www.w3.org/2001/XMLSchema#integer>'

    def test_languages_are_lower_case(self) -> None:
        """The local store writes them so."""
        value = {"type": "literal", "value": "güç", "xml:lang": "TR"}

        assert str(of_json(value).rows[0][0]) == '"güç"@tr'

    def test_a_blank_node_of_virtuoso_is_one(self) -> None:
        """Its label is no label of RDF, and becomes one."""
        cell = of_json({"type": "bnode", "value": "nodeID://b10117"}).rows[0][0]

        assert isinstance(cell, ox.BlankNode)


class TestAnswers:
    """Whole answers."""

    def test_an_answer_can_be_read_like_that_of_a_store(self) -> None:
        """Columns, rows and empty cells come through."""
        answer = Answer(("x", "y"), [(ox.NamedNode("urn:a"), None)])

        solutions = answer.as_of_store()

        assert isinstance(solutions, ox.QuerySolutions)
        assert [v.value for v in solutions.variables] == ["x", "y"]
        assert [(row["x"], row["y"]) for row in solutions] == [(ox.NamedNode("urn:a"), None)]

    @pytest.mark.parametrize("value", ["1", "0"])
    def test_the_ask_of_virtuoso_is_one(self, value: str) -> None:
        """It answers some ASK queries with a row that says 1 or 0."""
        cell = {"type": "typed-literal", "value": value, "datatype": XSD + "integer"}
        document = {"head": {"vars": ["__ASK_RETVAL"]}, "results": {"bindings": [{}]}}
        document["results"]["bindings"][0]["__ASK_RETVAL"] = cell  # type: ignore[index]
        reply = Reply(200, {"content-type": JSON}, json.dumps(document).encode(), "")

        assert read_rows(reply).truth is (value == "1")

    @pytest.mark.parametrize("kind", ["text/turtle; charset=utf-8", "text/plain", "text/n3"])
    def test_triples_come_in_several_forms(self, kind: str) -> None:
        """Media types of today and of before are understood."""
        reply = Reply(200, {"content-type": kind}, b'<urn:a> <urn:b> "c" .\n', "http://x.test/")

        assert [str(quad.object) for quad in read_triples(reply)] == ['"c"']
