"""SERVICE clauses in the tokens of a query, and what they are joined with."""

import pytest

from diaspora_kg.federation.clauses import always_bound, clauses, joined_with
from diaspora_kg.tokens import tokenize, with_words, written


def beside(query: str) -> str:
    """Return the patterns that the clause S of a group is joined with."""
    clause = "SERVICE :s { ?b :q ?c }"
    tokens = tokenize(f"SELECT * {query.replace(' S ', f' {clause} ')}", {"": "x:"})
    return written(joined_with(tokens, next(clauses(tokens)))).strip().replace("<x:", "<")


class TestClauses:
    """Where clauses stand."""

    def test_parts(self) -> None:
        """A clause has an address, patterns, and says whether it may fail in silence."""
        text = "PREFIX a: <http://a/> SELECT * { ?s ?p ?o service silent a:b { ?o a:c '}' } }"

        (clause,) = clauses(tokenize(text, {}))

        assert (clause.address, clause.is_silent) == ("http://a/b", True)
        assert written(list(clause.body)) == " ?o <http://a/c> '}'"
        assert clause.variables == ("o",)

    @pytest.mark.parametrize(
        "text",
        [
            "SELECT ?SERVICE { ?SERVICE :SERVICE 'SERVICE <x:y> {' } # SERVICE <x:y> {",
            "SELECT * { ?s a <x:SERVICE> }",
        ],
    )
    def test_what_is_none(self, text: str) -> None:
        """Variables, names, texts and comments of that word are no clause."""
        assert list(clauses(tokenize(text, {"": "x:"}))) == []

    def test_shape(self) -> None:
        """The words are taken out without moving a letter, and comments with them."""
        text = "SELECT * { SERVICE SILENT <x:y> { ?s ?p 'SERVICE' } } # SERVICE"

        found = with_words(text, {"SERVICE": "GRAPH  ", "SILENT": "      "})

        assert found == "SELECT * { GRAPH          <x:y> { ?s ?p 'SERVICE' } }          "


class TestJoinedWith:
    """The patterns that every useful row of a service agrees with."""

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("{ ?a :p ?b . S }", "?a <p> ?b ."),
            ("{ S ?a :p ?b }", "?a <p> ?b ."),
            ("{ ?a :p ?b { ?b :r ?d S } }", "?a <p> ?b . { ?b <r> ?d . }"),
            ("{ ?a :p ?b OPTIONAL { S } ?b :r ?d }", "?a <p> ?b ."),
            ("{ ?a :p ?b { OPTIONAL { S } } }", ""),
            ("{ ?a :p ?b MINUS { ?b :r ?d S } }", "?b <r> ?d ."),
            ("{ ?a :p ?b FILTER EXISTS { S } }", ""),
            ("{ ?a :p ?b { SELECT ?b { ?b :r ?d S } LIMIT 1 } }", "?b <r> ?d ."),
            ("{ ?a :p ?b { S } UNION { ?b :r ?c } }", "?a <p> ?b ."),
            ("{ GRAPH ?g { ?a :p ?b S } }", "GRAPH ?g { ?a <p> ?b . }"),
            ("{ S OPTIONAL { ?b :r ?d } ?a :p ?b }", ""),
            ("{ S SERVICE :t { ?c :r ?d } ?a :p ?b }", "?a <p> ?b ."),
        ],
        ids=[
            "before", "behind", "around", "optional", "optional around", "minus", "exists",
            "sub-select", "union", "graph", "behind optional", "another service",
        ],
    )  # fmt: skip
    def test_patterns(self, query: str, expected: str) -> None:
        """They stand beside the clause, and around it as long as groups are joined."""
        assert beside(query) == expected

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("{ ?a :p ?b FILTER(?b > 1) S }", "?a <p> ?b . FILTER(?b > 1)"),
            ("{ ?a :p ?b FILTER(?c > 1) S }", "?a <p> ?b ."),
            ("{ ?a :p ?b FILTER(BOUND(?d)) S }", "?a <p> ?b . FILTER(BOUND(?d))"),
            ("{ OPTIONAL { ?a :p ?b } FILTER(BOUND(?b)) S }", "OPTIONAL { ?a <p> ?b }"),
            ("{ ?d :r ?e { ?a :p ?b FILTER(BOUND(?d)) S } }", "?d <r> ?e . { ?a <p> ?b . }"),
            ("{ ?a :p ?b FILTER NOT EXISTS { ?b :r ?b } ?b :t ?e S }",
             "?a <p> ?b . FILTER NOT EXISTS { ?b <r> ?b } ?b <t> ?e ."),
            ("{ ?a :p ?b FILTER regex(?c, 'x') ?b :t ?e S }",
             "?a <p> ?b . ?b <t> ?e ."),
        ],
        ids=["bound", "bound later", "bound nowhere", "may be bound later", "of a group", "exists",
             "call"],
    )  # fmt: skip
    def test_filters(self, query: str, expected: str) -> None:
        """A filter is taken where what follows cannot change its verdict."""
        assert beside(query) == expected


class TestAlwaysBound:
    """Variables for which values can be sent along."""

    @pytest.mark.parametrize(
        ("body", "expected"),
        [
            ("?a :p ?b FILTER(?c > 1)", {"a", "b"}),
            ("?a :p ?b OPTIONAL { ?b :q ?c } ?b :r ?d", {"a", "b"}),
            ("OPTIONAL { ?a :p ?b } ?a :q ?c", set()),
            ("{ ?a :p ?b } UNION { ?a :q ?c }", set()),
            ("SELECT ?a { ?a :p ?b }", set()),
            ("{ SELECT ?a { ?a :p ?b } } ?a :q ?c", {"a", "c"}),
            ("BIND(1 AS ?a) ?b :q ?c", set()),
            ("?a :p* ?b . ?b :q ?c ; :r? ?d", {"b", "c"}),
            ("?a :p+ ?b", {"a", "b"}),
        ],
        ids=[
            "filter",
            "optional behind",
            "optional before",
            "union",
            "sub-select",
            "inner",
            "bind",
            "no length",
            "some length",
        ],
    )
    def test_variables(self, body: str, expected: set[str]) -> None:
        """Those of the triples at the beginning, before anything that looks at what is bound."""
        assert always_bound(tokenize(body, {"": "x:"})) == expected
