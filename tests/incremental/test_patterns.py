"""The triple patterns of queries, as they are read off them."""

import sys

import pytest

from diaspora_kg.validation.patterns import triple_patterns

TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
P, Q = "<https://example.org/p>", "<https://example.org/q>"
PREFIX = "PREFIX ex: <https://example.org/>\n"


def test_lists_of_predicates_and_objects() -> None:
    """What a semicolon and a comma leave out is filled in, and a filter is no pattern."""
    query = "SELECT $this { $this a ex:A ; ex:p ?x , ex:q . ?x ex:q $this FILTER (?x < 3) }"

    assert triple_patterns(PREFIX + query) == [
        ("?this", TYPE, "<https://example.org/A>"),
        ("?this", P, "?x"),
        ("?this", P, Q),
        ("?x", Q, "?this"),
    ]


@pytest.mark.parametrize(
    "group",
    [
        "?x ex:p ?y OPTIONAL { ?y ex:q ?z }",
        "{ ?x ex:p ?y } UNION { ?y ex:q ?z }",
        "?x ex:p ?y FILTER NOT EXISTS { ?y ex:q ?z }",
    ],
)
def test_patterns_inside_groups(group: str) -> None:
    """Patterns are found in whatever group of a query they stand."""
    found = triple_patterns(f"{PREFIX} SELECT ?x WHERE {{ {group} }}")

    assert sorted(found) == [("?x", P, "?y"), ("?y", Q, "?z")]


def test_a_path_is_told() -> None:
    """Where a path stands in place of a predicate, there is none."""
    found = triple_patterns(f"{PREFIX} SELECT ?x WHERE {{ ?x ex:p* ?y }}")

    assert found == [("?x", None, "?y")]


def test_a_literal_is_no_variable() -> None:
    """A literal stands in a pattern as a term of its own."""
    found = triple_patterns(f'{PREFIX} SELECT ?x WHERE {{ ?x ex:p "why?"@en }}')

    assert found == [("?x", P, '"why?"@en')]


def test_a_plain_query_needs_no_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    """A query of triples and filters is read without loading a parser of all SPARQL."""
    monkeypatch.setitem(sys.modules, "rdflib.plugins.sparql.parser", None)

    assert triple_patterns(f"SELECT ?x {{ ?x {P} ?y . FILTER (?y > 1) }}") == [("?x", P, "?y")]
