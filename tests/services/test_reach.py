"""How far a query reaches, for services whose engine is not relied on."""

import pytest

from diaspora_kg.services.reach import UnknownReachError, reach_of

P, Q, R = "urn:p", "urn:q", "urn:r"


class TestProperties:
    """The properties whose triples a query can touch."""

    @pytest.mark.parametrize(
        ("pattern", "properties"),
        [
            ("{ ?s <urn:p> ?o . ?o <urn:q> ?x }", {P, Q}),
            ("{ ?s (<urn:p>/^<urn:q>)+|<urn:r>? ?o }", {P, Q, R}),
            ("{ ?s <urn:p> ?o OPTIONAL { ?s <urn:q> 1 } MINUS { ?s <urn:r> 2 } }", {P, Q, R}),
            ("{ ?s <urn:p> 3 FILTER(EXISTS { ?s <urn:q> 1 ; <urn:r> 2 } || ?s = 1) }", {P, Q, R}),
            ("{ ?s <urn:p> 3 BIND(IF(EXISTS { ?s <urn:q>/<urn:r> 1 }, 1, 2) AS ?x) }", {P, Q, R}),
            ("{ { SELECT ?s { ?s <urn:p> 3 } GROUP BY ?s } GRAPH ?g { ?s <urn:q> 4 } }", {P, Q}),
        ],
    )
    def test_are_found_wherever_they_stand(self, pattern: str, properties: set[str]) -> None:
        """Paths, sub-selects, graphs and tests inside of expressions are all looked into."""
        assert reach_of(f"SELECT * {pattern}").properties == properties

    def test_of_a_construct_are_those_it_looks_for(self) -> None:
        """What it makes touches nothing."""
        query = "CONSTRUCT { ?s <urn:r> ?o } WHERE { ?s <urn:p> ?o }"

        assert reach_of(query).properties == {P}

    @pytest.mark.parametrize(
        "query",
        [
            "SELECT * { ?s ?p ?o }",
            "SELECT * { VALUES ?p { <urn:p> } ?s ?p ?o }",
            "SELECT * { ?s !<urn:p> ?o }",
            "SELECT * { ?s <urn:p> ?o FILTER(EXISTS { ?s ?p 1 } || ?o = 1) }",
            "DESCRIBE <urn:a>",
        ],
    )
    def test_may_be_any(self, query: str) -> None:
        """Where a property is a variable, or all but one, nothing can be left out."""
        assert reach_of(query).properties is None

    def test_an_extension_of_a_service_is_not_guessed_at(self) -> None:
        """What is no SPARQL 1.1 is left to the service."""
        with pytest.raises(UnknownReachError):
            reach_of("SELECT * { ?s ?p ?o OPTION (TRANSITIVE) }")


class TestSimplicity:
    """Which queries are simple enough for an engine that is not relied on."""

    @pytest.mark.parametrize(
        ("query", "is_simple"),
        [
            ("SELECT DISTINCT ?s ?o { ?s <urn:p> ?o . ?o <urn:q> ?x }", True),
            ("SELECT ?s { VALUES ?c { <urn:a> <urn:b> } ?s a ?c }", True),
            ("ASK { VALUES ?x { 1 2 } FILTER(EXISTS { ?x ?p ?o } || EXISTS { ?s ?p ?x }) }", True),
            ("SELECT ?s { VALUES (?c ?d) { (UNDEF <urn:b>) } ?s a ?c }", False),
            ("SELECT ?s { ?s <urn:p>+ ?o }", False),
            ("SELECT ?s { ?s <urn:p> ?o FILTER(?o > 1) }", False),
            ("SELECT ?s { ?s <urn:p> ?o } ORDER BY ?s", False),
            ("SELECT (COUNT(*) AS ?n) { ?s <urn:p> ?o }", False),
            ("SELECT ?s { ?s <urn:p> ?o OPTIONAL { ?s <urn:q> ?x } }", False),
        ],
    )
    def test_is_for_joins_of_plain_patterns(self, query: str, is_simple: bool) -> None:
        """Anything beyond joining patterns and looking whether others match is not simple."""
        assert reach_of(query).is_simple is is_simple
