"""Rows in order: the order of the engine, though the rows are sorted apart from the store."""

import random

import pyoxigraph as ox
import pytest

from diaspora_kg import ordering
from diaspora_kg.engine import Result, evaluate
from diaspora_kg.ordering import evaluate_in_order
from diaspora_kg.quadstore import QuadStore

Node = ox.NamedNode | ox.Literal
XSD = "http://www.w3.org/2001/XMLSchema#"
TERMS: list[Node] = [
    ox.NamedNode("http://example.org/b"),
    ox.NamedNode("http://example.org/a"),
    ox.Literal("ü"),
    ox.Literal("z"),
    ox.Literal(""),
    ox.Literal("Z"),
    ox.Literal('"\\u0041\n\ta\\'),
    ox.Literal("a text that is too long to stand in the index of the store"),
    ox.Literal("z", language="en"),
    ox.Literal("z", language="tr"),
    ox.Literal("a", language="tr"),
    ox.Literal(10),
    ox.Literal(9),
    ox.Literal("9.5", datatype=ox.NamedNode(XSD + "decimal")),
    ox.Literal(-1.5e300),
    ox.Literal(True),
    ox.Literal("2012-10-01", datatype=ox.NamedNode(XSD + "date")),
    ox.Literal("2012", datatype=ox.NamedNode(XSD + "gYear")),
    ox.Literal("2013", datatype=ox.NamedNode(XSD + "gYear")),
]
P, Q = ox.NamedNode("http://example.org/p"), ox.NamedNode("http://example.org/q")
QUERY = """PREFIX : <http://example.org/>
SELECT ?row ?first ?second
WHERE {
  ?row :p ?first .
  OPTIONAL { ?row :q ?second }
}
"""


def store_of(terms: list[Node], seed: int = 0) -> ox.Store:
    """Return a store of sixty things, each with a first term and two in three with a second."""
    chance, store = random.Random(seed), ox.Store()
    for number in range(60):
        row = ox.NamedNode(f"http://example.org/row/{number:02}")
        store.add(ox.Quad(row, P, chance.choice(terms), ox.NamedNode("http://example.org/g")))
        if number % 3:
            store.add(ox.Quad(row, Q, chance.choice(terms), ox.NamedNode("http://example.org/g")))
    return store


KINDS = {
    "addresses": TERMS[:2],
    "texts": TERMS[2:11],
    "numbers": TERMS[11:15],
    "years": TERMS[17:],
    "addresses and texts": TERMS[:11],
    "addresses and numbers": TERMS[:2] + TERMS[11:15],
}
CLAUSES = [
    "?first ?second ?row",
    "DESC(?first) ASC(?second) ?row",
    "STR(?second) DESC(?row)",
    "?second DESC(?first) ?row",
]


@pytest.mark.parametrize("clause", CLAUSES)
@pytest.mark.parametrize("kind", KINDS)
def test_is_the_order_of_the_engine(kind: str, clause: str) -> None:
    """Terms of every kind, and missing ones, come in the engine's own order."""
    store = store_of(KINDS[kind])
    query = f"{QUERY}ORDER BY {clause}\n"

    rows = list(evaluate_in_order(query, store).rows)

    assert rows == list(evaluate(query, store).rows)
    assert len(rows) == 60


def test_is_not_asked_of_the_store(monkeypatch: pytest.MonkeyPatch) -> None:
    """The query that the store gets has no order left."""
    asked = []

    def listening(sparql: str, store: QuadStore, hidden: frozenset[str]) -> Result:
        asked.append(sparql)
        return evaluate(sparql, store, hidden)

    monkeypatch.setattr(ordering, "evaluate", listening)

    rows = list(evaluate_in_order(f"{QUERY}ORDER BY ?row", store_of(TERMS[:2])).rows)

    assert asked == [QUERY]
    assert len(rows) == 60


@pytest.mark.parametrize(
    "ending",
    [
        "ORDER BY ?row LIMIT 2",
        "ORDER BY COALESCE(?second, 1) ?row",
        "ORDER BY ?third ?row",
        "# ORDER BY ?first",
        "",
    ],
)
def test_leaves_other_queries_as_they_are(ending: str) -> None:
    """A limit, an expression, no column, a comment or no clause at all: the engine does it."""
    store = store_of(TERMS[2:6])

    rows = list(evaluate_in_order(f"{QUERY}{ending}", store).rows)

    assert rows == list(evaluate(f"{QUERY}{ending}", store).rows)


def test_knows_blank_nodes() -> None:
    """Blank nodes, which no VALUES can hold, come in the engine's order as well."""
    store = ox.Store()
    for name in "cab":
        store.add(ox.Quad(ox.BlankNode(name), P, ox.Literal("x"), ox.NamedNode("http://e.org/g")))

    rows = list(evaluate_in_order(f"{QUERY}ORDER BY ?row", store).rows)

    assert [row[0] for row in rows] == ["_:a", "_:b", "_:c"]
