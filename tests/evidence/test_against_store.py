"""The second evaluation against the store's own engine: the same solutions, for any SPARQL."""

from collections import Counter

import pyoxigraph as ox
import pytest

from diaspora_kg.evidence.ledger import Ledger
from diaspora_kg.evidence.paths import Reader
from diaspora_kg.evidence.tracing import trace
from diaspora_kg.graph import KnowledgeGraph
from diaspora_kg.lookup import Lookup, View
from diaspora_kg.querying import Question, run
from diaspora_kg.reading.queries import PackagedQuery, packaged_queries

GRAPH = """
@prefix : <http://example.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:g1 { :a :p :b , :c ; :q :d ; :n 1 ; rdfs:label "a"@en , "A"@tr . :b :p :c ; :n 2 . :c :p :a . }
:g2 { :d :p :e ; :n 3 . :e :q :a ; rdfs:label "e"@en . :a :r :e . :b :r :b . }
"""

PATTERNS = [
    "SELECT * { ?x :p ?y }",
    "SELECT ?x { ?x :p ?y . ?y :p ?z . ?z :p ?x }",
    "SELECT * { ?x :p ?y OPTIONAL { ?y :q ?z } }",
    "SELECT * { ?x :p ?y OPTIONAL { ?y :q ?z } OPTIONAL { ?z :n ?m FILTER (?m > 2) } }",
    "SELECT * { ?x :p ?y OPTIONAL { ?y :p ?z OPTIONAL { ?z :n ?x } } }",
    "SELECT * { OPTIONAL { ?x :q ?y } ?x :n ?m }",
    "SELECT * { { ?x :p ?y } UNION { ?y :q ?x } }",
    "SELECT * { { ?x :p ?y } UNION { ?z :q ?x } ?x :n ?m }",
    "SELECT * { ?x :p ?y MINUS { ?y :n ?m } }",
    "SELECT * { ?x :p ?y MINUS { ?other :n ?m } }",
    "SELECT * { ?x :p ?y FILTER NOT EXISTS { ?y :q ?z } }",
    "SELECT * { ?x :p ?y FILTER EXISTS { ?y :n ?m FILTER (?m >= 2) } }",
    "SELECT * { ?x :p ?y FILTER (EXISTS { ?y :q ?z } || ?y = :c) }",
    "SELECT * { ?x :p ?y FILTER (IF(?y = :c, true, NOT EXISTS { ?y :n ?m })) }",
    "SELECT * { ?x :n ?m OPTIONAL { ?x :q ?y } FILTER (IF(?y = :d, EXISTS { ?x :p :c }, true)) }",
    "SELECT * { ?x :p+ ?y }",
    "SELECT * { ?x :p* ?y }",
    "SELECT * { :a :p? ?y }",
    "SELECT * { ?x (:p|:q)+ :a }",
    "SELECT * { ?x ^:p/:q ?y }",
    "SELECT * { ?x !(:p|:q) ?y }",
    "SELECT * { GRAPH ?g { ?x :p ?y } }",
    "SELECT * { GRAPH ?g { ?x :p ?y } ?y :n ?m }",
    "SELECT * { GRAPH :g2 { ?x ?how ?y } }",
    "SELECT * FROM :g2 { ?x :p ?y }",
    "SELECT * FROM :g1 FROM NAMED :g2 { ?x :p ?y GRAPH ?g { ?z :q ?x } }",
    "SELECT * { VALUES (?x ?y) { (:a UNDEF) (UNDEF :a) } ?x :p ?y }",
    "SELECT * { ?x :p ?y OPTIONAL { ?y :q ?z } } VALUES ?z { :d }",
    "SELECT * { ?x :p ?y { ?z :n ?m FILTER (?z = ?x || ?m = 1) } }",
    "SELECT * { ?x :n ?m { SELECT ?y { ?y :p ?z } ORDER BY ?y ?z LIMIT 2 } FILTER (?x = ?y) }",
    "SELECT DISTINCT ?y { ?x :p ?y }",
    "SELECT * { ?x :p ?y { SELECT ?y (COUNT(?z) AS ?n) { ?y :p ?z } GROUP BY ?y } }",
    "SELECT ?x { ?x :p ?y OPTIONAL { SELECT ?y { ?y :n 2 } } }",
    "SELECT * { ?x :p ?y BIND (:a AS ?z) ?z :n ?m }",
    "SELECT * { ?x rdfs:label ?l FILTER (LANG(?l) = 'en') }",
    "SELECT ?x { ?x :p [ :n ?m ] }",
]


@pytest.fixture(scope="module")
def store() -> ox.Store:
    """Return a small graph with a circle in it."""
    found = ox.Store()
    found.bulk_load(GRAPH.encode("utf-8"), ox.RdfFormat.TRIG)
    return found


@pytest.mark.parametrize("pattern", PATTERNS)
def test_the_same_solutions(pattern: str, store: ox.Store) -> None:
    """The tracer finds every solution that the store finds, and no other."""
    query = f"PREFIX : <http://example.org/>\n{pattern}"
    table = run(Question(query), View(store))

    answer = trace(query, Reader(store))

    shown = [i for i, name in enumerate(table.columns) if name not in answer.computed]
    expected = {tuple(row[i] for i in shown) for row in table.rows}
    found = {
        tuple(
            str(term) if (term := s.bindings.get(table.columns[i])) is not None else None
            for i in shown
        )
        for s in answer.solutions
    }
    assert found == expected
    assert len(table) > 0


@pytest.mark.parametrize("pattern", PATTERNS)
def test_no_row_is_lost_when_rows_guide_the_search(pattern: str, store: ox.Store) -> None:
    """Guided by the rows, the tracer finds what it finds without them."""
    query = f"PREFIX : <http://example.org/>\n{pattern}"
    table = run(Question(query), View(store))

    whole = trace(query, Reader(store))
    guided = trace(query, Reader(store), table)

    def matched(solutions: tuple[object, ...]) -> Counter[object]:
        return Counter(getattr(solution, "triples", None) for solution in solutions)

    assert matched(guided.solutions) == matched(whole.solutions)


QUERIES = packaged_queries()


@pytest.mark.parametrize("query", QUERIES.values(), ids=list(QUERIES))
def test_every_packaged_query_is_traced_in_full(
    query: PackagedQuery, packaged_kg: KnowledgeGraph
) -> None:
    """Every row of every packaged query has its evidence, without a gap."""
    given = {p.name: p.example for p in query.parameters if p.required}

    answer = packaged_kg.evidence(query.name, **given)

    assert answer.gaps == []


def test_something_stands_behind_every_triple(packaged_kg: KnowledgeGraph) -> None:
    """In the packaged graph there is no triple, of any graph or property, that rests on nothing."""
    ledger = Ledger(Lookup(packaged_kg.store))
    samples: dict[tuple[str, str], list[ox.Quad]] = {}
    for quad in packaged_kg.store:
        of_kind = samples.setdefault((str(quad.graph_name), str(quad.predicate)), [])
        if len(of_kind) < 5:
            of_kind.append(quad)

    untraced = [
        str(quad)
        for quads in samples.values()
        for quad in quads
        if ledger.support((quad.subject, quad.predicate, quad.object)).untraced  # type: ignore[arg-type]
    ]

    assert untraced == []
