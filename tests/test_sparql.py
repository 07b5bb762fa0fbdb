"""What a text of SPARQL would do, told without parsing it."""

import pytest

from diaspora_kg.sparql import (
    asks_another_service,
    changes_the_graph,
    chooses_graphs,
    names_graph,
)

LONG = 20_000


class TestServices:
    """Queries that would ask another server."""

    @pytest.mark.parametrize(
        "sparql",
        [
            "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
            "SELECT * { service silent ?where { ?s ?p ?o } }",
            "SELECT * { SERVICE#comment\n<http://example.org/>{ ?s ?p ?o } }",
            "SELECT * { ?x a ex:y.SERVICE ex:a\\,b { ?s ?p ?o } }",
            "SELECT * { SERV\\u0049CE ex: { ?s ?p ?o } }",
        ],
    )
    def test_is_seen(self, sparql: str) -> None:
        """However it is spelt, the clause is found."""
        assert asks_another_service(sparql)

    @pytest.mark.parametrize(
        "sparql",
        [
            "SELECT ?service { ?service ex:of ?x }",
            "SELECT * { ?x rdfs:label 'civil SERVICE' }",
            "SELECT * { ?SERVICE ex:p { } }",
            "SELECT * { ?x a ex:Service ; ex:p ?y }",
        ],
    )
    def test_is_not_imagined(self, sparql: str) -> None:
        """A variable, a text or a name of that word is no clause."""
        assert not asks_another_service(sparql)

    @pytest.mark.parametrize(
        "sparql",
        [
            "SERVICE " + "\\a" * LONG,
            "SERVICE a" + ":" * LONG,
            "SERVICE" + " \n#" * LONG,
            "SERVICE <" * LONG,
            "SERVICE SILENT " * LONG,
        ],
        ids=["escapes", "colons", "comments", "addresses", "words"],
    )
    def test_a_text_made_to_hold_up(self, sparql: str) -> None:
        """Texts that once took exponential or quadratic time are read through."""
        assert not asks_another_service(sparql)


class TestRest:
    """Updates, data sets and graphs."""

    def test_update(self) -> None:
        """An update is told from a query, whatever stands in its texts."""
        assert changes_the_graph("PREFIX a: <x:> # c\nINSERT DATA { a:b a:c a:d }")
        assert not changes_the_graph("SELECT * { ?x rdfs:label 'DELETE' }")

    def test_from(self) -> None:
        """FROM is seen where it is a word of the language."""
        assert chooses_graphs("SELECT * FROM <x:y> { ?s ?p ?o }")
        assert not chooses_graphs("SELECT ?from { ?from dkg:from 'FROM' }")

    def test_graph(self) -> None:
        """A graph is named by its address or its short name, outside of texts."""
        assert names_graph("SELECT * { GRAPH <x:g> { ?s ?p ?o } }", "x:g", "x:g")
        assert not names_graph("SELECT * { ?s ?p '<x:g> dkgg:g' }", "x:g", "dkgg:g")
