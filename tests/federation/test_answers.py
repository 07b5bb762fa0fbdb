"""What a query with SERVICE answers, against a second endpoint that is a real one."""

import re
from collections import Counter
from collections.abc import Callable

import pyoxigraph as ox
import pytest

from diaspora_kg.graph import KnowledgeGraph
from diaspora_kg.outside import AllowedServices
from diaspora_kg.querying import Question
from diaspora_kg.table import Table
from tests.federation.conftest import local_quads

Ask = Callable[[str], Table]

SHAPES = {
    "before": "SELECT * { ?x :in ?c . SERVICE <there> { ?c :name ?n } }",
    "after": "SELECT * { SERVICE <there> { ?c :name ?n } ?x :in ?c }",
    "both sides": "SELECT * { ?x :in ?c SERVICE <there> { ?c :name ?n } ?x :size ?s }",
    "optional": "SELECT * { ?x :in ?c OPTIONAL { SERVICE <there> { ?c :name ?n } } }",
    "inside of optional": "SELECT * { ?x :kind :City OPTIONAL { ?x :in ?c SERVICE <there> "
    "{ ?c :name ?n } } }",
    "optional, then a join": "SELECT * { ?x :kind :City OPTIONAL { SERVICE <there> { ?c :name ?n }"
    " } ?x :in ?c }",
    "optional, then a join that decides": "SELECT * { ?x :size ?s OPTIONAL { SERVICE <there> { ?c "
    ":size ?s } } ?x :in ?c }",
    "optional in a group": "SELECT * { ?x :in ?c { ?y :size ?s OPTIONAL { SERVICE <there> { ?c "
    ":size ?s } } } }",
    "optional on the left": "SELECT * { ?x :kind :City OPTIONAL { ?x :in ?c } SERVICE <there> "
    "{ ?c :name ?n } }",
    "optional behind": "SELECT * { ?x :in ?c SERVICE <there> { ?c :name ?n } OPTIONAL { ?c :next "
    "?d } }",
    "union": "SELECT * { ?x :in ?c { SERVICE <there> { ?c :name ?n } } UNION { ?c :next ?n } }",
    "minus": "SELECT * { ?x :in ?c MINUS { SERVICE <there> { ?c :name ?n } } }",
    "minus before": "SELECT * { ?x :in ?c MINUS { ?x :size 4 } SERVICE <there> { ?c :name ?n } }",
    "exists": "SELECT * { ?x :in ?c FILTER EXISTS { SERVICE <there> { ?c :name ?n } } }",
    "not exists": "SELECT * { ?x :in ?c FILTER NOT EXISTS { SERVICE <there> { ?c :name ?n } } }",
    "group": "SELECT * { ?x :in ?c { ?x :size ?s { SERVICE <there> { ?c :name ?n } } } }",
    "two": "SELECT * { ?x :in ?c SERVICE <there> { ?c :next ?d } SERVICE <there> { ?d :name ?n } }",
    "aggregate there": "SELECT * { ?x :in ?c SERVICE <there> { SELECT ?c (COUNT(*) AS ?k) { ?c "
    ":name ?n } GROUP BY ?c } }",
    "aggregate here": "SELECT ?c (COUNT(*) AS ?k) { ?x :in ?c SERVICE <there> { ?c :name ?n } } "
    "GROUP BY ?c",
    "sub-select": "SELECT * { ?x :size ?s { SELECT ?x (COUNT(?n) AS ?k) { ?x :in ?c SERVICE "
    "<there> { ?c :name ?n } } GROUP BY ?x } }",
    "optional there": "SELECT * { ?x :in ?c SERVICE <there> { ?c :name ?n OPTIONAL { ?c :next ?d } "
    "} }",
    "optional first there": "SELECT * { ?x :in ?c SERVICE <there> { OPTIONAL { ?c :next ?d } ?c "
    ":name ?n } }",
    "unbound there": "SELECT * { ?c :next ?d SERVICE <there> { ?c :name ?n OPTIONAL { ?c :next ?d "
    "} FILTER(!BOUND(?d)) } }",
    "filter there, of a local value": "SELECT * { ?x :size ?s SERVICE <there> { ?c :size ?t "
    "FILTER(?t < ?s) } }",
    "filter before": "SELECT * { FILTER(LANG(?n) = 'en') ?x :in ?c . FILTER(?c != :IN) SERVICE "
    "<there> { ?c :name ?n } }",
    "filter without full stop": "SELECT * { ?x :in ?c FILTER(?c != :IN) ?x :size ?s FILTER(?s > "
    "?t) SERVICE <there> { ?c :size ?t } }",
    "filter of a value bound later": "SELECT * { ?x :in ?c FILTER(!BOUND(?d) || ?d = :GR) SERVICE "
    "<there> { ?c :name ?n } OPTIONAL { ?c :next ?d } }",
    "computed": "SELECT * { ?x :in ?c BIND(STR(?c) AS ?t) SERVICE <there> { ?c :name ?n } "
    "BIND(STRLEN(?n) AS ?l) }",
    "values": "SELECT * { VALUES ?c { :TR :BR } SERVICE <there> { ?c :name ?n } }",
    "values behind": "SELECT * { ?x :in ?c SERVICE <there> { ?c :name ?n } } VALUES ?c { :TR }",
    "values with a gap": "SELECT * { VALUES (?c ?k) { (:TR 1) (UNDEF 2) } SERVICE <there> { ?c "
    ":name ?n } }",
    "text": "SELECT * { ?x :called ?w SERVICE <there> { ?p :called ?w } }",
    "number": "SELECT * { ?x :size ?s SERVICE <there> { ?c :size ?s } }",
    "several": "SELECT * { ?c :next ?d SERVICE <there> { ?c :next ?d } }",
    "nothing here": "SELECT ?x ?n { ?x :nothing ?c SERVICE <there> { ?c :name ?n } }",
    "nothing there": "SELECT ?x ?n { ?x :in ?c SERVICE <there> { ?c :nothing ?n } }",
    "no variable": "SELECT * { ?x :in :IN SERVICE <there> { :TR :size ?one } }",
    "path": "SELECT * { ?x :in ?c SERVICE <there> { ?c :next/:name ?n } }",
    "path of no length": "SELECT * { ?x :in ?c SERVICE <there> { ?c :next* ?d } }",
    "path of no length, and another": "SELECT * { ?x :in ?c SERVICE <there> { ?c :next* ?d ; :name "
    "?n } }",
    "odd text": "SELECT * { ?x :size 5 SERVICE <there> { ?o :says ?t } }",
    "distinct": "SELECT DISTINCT ?c { ?x :in ?c SERVICE <there> { ?c :name ?n } }",
    "from": "SELECT * FROM :g { ?x :in ?c SERVICE <there> { ?c :name ?n } }",
    "ask": "ASK { ?x :in ?c SERVICE <there> { ?c :name 'India'@en } }",
    "construct": "CONSTRUCT { ?x :of ?n } WHERE { ?x :in ?c SERVICE <there> { ?c :name ?n } }",
}


def rows_of(table: Table) -> Counter[tuple[str, ...]]:
    """Return the rows with the columns by name; nameless nodes are all alike."""
    order = sorted(range(len(table.columns)), key=lambda n: table.columns[n])
    return Counter(tuple(_named(row[n]) for n in order) for row in table)


def rows_of_the_engine(text: str, endpoint: str) -> Counter[tuple[str, ...]]:
    """Return the rows that the engine finds when it calls the service itself."""
    whole = "PREFIX : <http://example.org/> " + text.replace("<there>", f"<{endpoint}>")
    has_data_set = " FROM " in text
    found = local_quads().query(whole, use_default_graph_as_union=not has_data_set)
    if isinstance(found, ox.QueryBoolean):
        return Counter([(f'"{str(bool(found)).lower()}"^^<{_XSD}boolean>',)])
    if isinstance(found, ox.QueryTriples):
        return Counter((_named(str(t.object)), str(t.predicate), str(t.subject)) for t in found)
    names = sorted(variable.value for variable in found.variables)
    cells = ([row[name] for name in names] for row in found)
    return Counter(tuple(_named(None if c is None else str(c)) for c in row) for row in cells)


_XSD = "http://www.w3.org/2001/XMLSchema#"


def _named(cell: str | None) -> str:
    text = "" if cell is None else cell
    return "_" if text.startswith("_:") or "/.well-known/genid/" in text else text


class TestJoins:
    """Local patterns and those of a service."""

    @pytest.mark.parametrize("shape", SHAPES)
    def test_rows_are_those_of_the_recommendation(
        self, shape: str, ask: Ask, endpoint: str
    ) -> None:
        """Wherever SERVICE stands, the answer is the one that the engine itself would give."""
        table = ask(SHAPES[shape])

        assert rows_of(table) == rows_of_the_engine(SHAPES[shape], endpoint)

    def test_a_join(self, ask: Ask) -> None:
        """Two cities of a country with two names give four rows, one of another country one."""
        table = ask(SHAPES["before"] + " ORDER BY ?x ?n")

        assert table.columns == ("x", "c", "n") or set(table.columns) == {"x", "c", "n"}
        found = [(row["x"], row["n"]) for row in table.records()]
        assert found == [
            ("http://example.org/ankara", "Turkey"),
            ("http://example.org/ankara", "Türkiye"),
            ("http://example.org/delhi", "India"),
            ("http://example.org/izmir", "Turkey"),
            ("http://example.org/izmir", "Türkiye"),
        ]

    def test_a_service_has_its_own_graphs(self, ask: Ask) -> None:
        """Inside of GRAPH the service is asked for what it sees by itself (the engine is not)."""
        table = ask("SELECT ?x ?n { GRAPH ?g { ?x :in ?c SERVICE <there> { ?c :name ?n } } }")

        assert Counter(row["n"] for row in table.records()) == {
            "India": 1,
            "Turkey": 2,
            "Türkiye": 2,
        }

    def test_it_is_said_where_rows_come_from(self, ask: Ask, endpoint: str) -> None:
        """The table names the service, how many rows it gave, and one day."""
        (asked,) = ask(SHAPES["before"]).asked

        assert (asked.address, asked.rows, len(asked.days)) == (endpoint, 3, 1)

    def test_a_node_without_a_name(self, ask: Ask) -> None:
        """A nameless node of a service gets an address, so that it can be told from local ones."""
        table = ask("SELECT ?p { SERVICE <there> { :IN :part ?p } }")

        ((cell,),) = table.rows
        address = r"<https://w3id\.org/diaspora-kg/\.well-known/genid/[0-9a-f]{12}-\w+>"
        assert re.fullmatch(address, str(cell))

    def test_text_is_the_text_of_the_service(self, ask: Ask) -> None:
        """Backslashes, quotation marks and braces in a text stay what they are."""
        table = ask("SELECT ?t { SERVICE <there> { :odd :says ?t } }")

        assert table.records() == [{"t": 'a \\u0022 ) } b \\ " c\nd'}]


class TestParameters:
    """Files of SPARQL with a header."""

    def test_values_of_parameters_reach_the_service(
        self, kg: KnowledgeGraph, endpoint: str
    ) -> None:
        """A value is sent along like any other value that the local patterns give."""
        text = (
            "#+ title: {en: Names}\n#+ description: {en: Names}\n#+ question: {en: Which names}\n"
            "#+ params: {country: {type: iri, required: true}}\n#+ columns: {n: {en: Name}}\n"
            "SELECT ?n { VALUES (?country) { (UNDEF) } SERVICE <there> { ?country "
            "<http://example.org/name> ?n } } ORDER BY ?n"
        ).replace("<there>", f"<{endpoint}>")

        table = kg.sparql(
            text, allow_services=[endpoint.split("/")[2]], country="http://example.org/IN"
        )

        assert table.records() == [{"n": "India"}]
        assert table.asked[0].rows == 1


class TestEvidence:
    """What a service gives is no claim."""

    def test_rows_are_marked(self, kg: KnowledgeGraph, endpoint: str) -> None:
        """Every row says that it rests on what a service gave, which was not traced."""
        text = f"SELECT ?n {{ SERVICE <{endpoint}> {{ <http://example.org/BR> ?p ?n }} }}"
        question = kg.ask(text, allow_services=[endpoint.split("/")[2]])

        answer = kg.evidence(question)

        day = answer.table.asked[0].dates
        named = [row.named for row in answer.evidence]
        assert named == [(f"{endpoint} (asked on {day}, not traced)",)] * 2
        assert (
            answer.gaps[0]
            == f"What {endpoint} gave (asked on {day}) is no claim: it has no evidence."
        )

    def test_a_citation_names_the_service(self, kg: KnowledgeGraph, endpoint: str) -> None:
        """What to cite has the query as it was asked, and the service among the gaps."""
        text = f"SELECT ?n {{ SERVICE <{endpoint}> {{ <http://example.org/BR> ?p ?n }} }}"

        citation = kg.cite(kg.ask(text, allow_services=[endpoint.split("/")[2]]))

        assert citation.sparql == text
        assert endpoint in citation.gaps[0]


class TestQuestion:
    """The steps by themselves."""

    def test_a_resolved_question_runs_here(self, kg: KnowledgeGraph, endpoint: str) -> None:
        """The resolved query has the rows in it, and no SERVICE any more."""
        text = f"SELECT ?n {{ SERVICE <{endpoint}> {{ <http://example.org/GR> ?p ?n }} }}"
        allowed = AllowedServices((endpoint.split("/")[2],))

        resolved = kg.resolved(Question(text, from_outside=True, allowed=allowed))

        assert resolved.allowed is None
        assert resolved.sparql == (
            'SELECT ?n { VALUES (?p ?n) { (<http://example.org/name> "Greece"@en) } }'
        )
