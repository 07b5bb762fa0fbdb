"""What following a query may cost, and that it does not cost what can be spared."""

import pyoxigraph as ox
import pytest

from diaspora_kg.evidence import evidence_of
from diaspora_kg.evidence.effort import Effort, TooMuchToTraceError
from diaspora_kg.evidence.paths import Reader
from diaspora_kg.evidence.solutions import Ground
from diaspora_kg.evidence.tracing import trace
from diaspora_kg.lookup import View
from diaspora_kg.querying import Question, run

GRAPH = """
@prefix : <http://example.org/> .
:a :p :b , :c . :b :p :c . :c :p :a .
"""
HEAD = "PREFIX : <http://example.org/>\n"
SQUARE = HEAD + "SELECT (COUNT(*) AS ?n) { ?a :p ?b . ?c :p ?d }"


@pytest.fixture
def store() -> ox.Store:
    """Return a graph of four triples."""
    found = ox.Store()
    found.bulk_load(GRAPH.encode("utf-8"), ox.RdfFormat.TURTLE)
    return found


class TestLimits:
    """How much is held and read at most."""

    def test_solutions_beyond_the_limit_are_not_gathered(self, store: ox.Store) -> None:
        """A group of sixteen solutions cannot be followed where fifteen may be held."""
        with pytest.raises(TooMuchToTraceError, match=r"more than 15 solutions at once.*DKG460"):
            trace(SQUARE, Reader(store), effort=Effort(most_held=15))

    def test_what_is_as_large_as_the_limit_is_traced(self, store: ox.Store) -> None:
        """A group of sixteen solutions is followed where sixteen may be held."""
        answer = trace(SQUARE, Reader(store), effort=Effort(most_held=16))

        assert [solution.members for solution in answer.solutions] == [16]

    def test_a_sub_select_that_stays_counts_to_the_end(self, store: ox.Store) -> None:
        """Four solutions of a sub-select and the four of its rows are eight to be held."""
        query = HEAD + "SELECT * { { SELECT ?a ?b { ?a :p ?b } } }"

        with pytest.raises(TooMuchToTraceError, match="more than 7 solutions"):
            trace(query, Reader(store), effort=Effort(most_held=7))

    def test_triples_beyond_the_limit_are_not_read(self, store: ox.Store) -> None:
        """A scan of four triples is given up where three may be read."""
        with pytest.raises(TooMuchToTraceError, match=r"more than 3 triples.*DKG460"):
            trace(HEAD + "SELECT * { ?a :p ?b }", Reader(store), effort=Effort(most_read=3))

    def test_a_large_number_has_separators(self, store: ox.Store) -> None:
        """Numbers in the message can be read: 1,000, not 1000."""
        product = (
            HEAD
            + "SELECT (COUNT(*) AS ?n) { ?a :p ?b . ?c :p ?d . ?e :p ?f . ?g :p ?h . ?i :p ?j }"
        )

        with pytest.raises(TooMuchToTraceError, match="more than 1,000 solutions"):
            trace(product, Reader(store), effort=Effort(most_held=1000))


class TestAnswer:
    """What is left of an answer whose evidence is too much."""

    def test_keeps_its_rows(self, store: ox.Store) -> None:
        """The rows stand as they were found, each marked as not traced."""
        table = run(Question(SQUARE), View(store))

        answer = evidence_of(SQUARE, table, View(store), effort=Effort(most_held=15))

        assert answer.table.texts() == [["16"]]
        assert [row.is_traced for row in answer.evidence] == [False]

    def test_says_why_there_is_no_evidence(self, store: ox.Store) -> None:
        """A gap names what there was too much of, with its code."""
        table = run(Question(SQUARE), View(store))

        answer = evidence_of(SQUARE, table, View(store), effort=Effort(most_held=15))

        assert answer.gaps == [
            "The evidence of this query cannot be traced: it takes more than 15 solutions at once, "
            "too many to trace (DKG460)."
        ]


class TestSparing:
    """What is not done twice, or not at all."""

    def test_shared_grounds_are_walked_once(self) -> None:
        """A ground that is made of itself sixty times doubled is one triple, found at once."""
        triple = (
            ox.NamedNode("http://example.org/a"),
            ox.NamedNode("http://example.org/p"),
            ox.NamedNode("http://example.org/b"),
        )
        ground = Ground((triple,))
        for _ in range(60):
            ground = Ground(parts=(ground, ground))

        assert ground.triples() == {triple}

    def test_rows_share_what_a_group_rests_on(self, store: ox.Store) -> None:
        """Each row that is joined with a group has its triples, and none has a copy of them."""
        query = HEAD + "SELECT * { ?x :p :c { SELECT (COUNT(*) AS ?n) { ?a :p ?b } } }"

        one, other = trace(query, Reader(store)).solutions

        assert len(one.triples) == len(other.triples) == 4
        shared = {id(part) for part in one.ground.parts} & {id(p) for p in other.ground.parts}
        assert len(shared) == 1

    def test_a_choice_that_is_settled_asks_nothing_further(self, store: ox.Store) -> None:
        """An EXISTS behind a condition that holds is not looked for: four triples are read."""
        query = HEAD + "SELECT * { ?a :p ?b FILTER (ISIRI(?a) || NOT EXISTS { ?s ?how ?o }) }"

        answer = trace(query, Reader(store), effort=Effort(most_read=4))

        assert len(answer.solutions) == 4

    def test_conditions_that_must_all_hold_stop_at_the_first_that_does_not(
        self, store: ox.Store
    ) -> None:
        """An EXISTS behind a condition that fails is not looked for."""
        query = HEAD + "SELECT * { ?a :p ?b FILTER (ISLITERAL(?a) && EXISTS { ?s ?how ?o }) }"

        answer = trace(query, Reader(store), effort=Effort(most_read=4))

        assert answer.solutions == ()
