"""What a query from outside may take: time, rows, memory."""

import pytest

from diaspora_kg.confinement.limits import Limits
from diaspora_kg.confinement.pool import Confinement, run_confined
from diaspora_kg.errors import DiasporaKGError, MissingPartError
from diaspora_kg.querying import free_question
from diaspora_kg.store import StoredBuild

PAIRS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
WALKS = """PREFIX ex: <http://example.org/>
SELECT (COUNT(*) AS ?n) WHERE { ?a ex:next* ?b . ?b (ex:next|^ex:next)* ?c . ?c ex:next+ ?d }"""


class TestTime:
    """A query that takes too long is stopped."""

    @pytest.mark.parametrize("sparql", [PAIRS, WALKS], ids=["pairs", "paths"])
    def test_a_query_without_end_is_stopped(self, confinement: Confinement, sparql: str) -> None:
        """A cartesian product and a path between all things end with the limit of time."""
        with pytest.raises(DiasporaKGError) as caught:
            confinement.answer(free_question(sparql), Limits(seconds=0.5))

        assert caught.value.code == "DKG416"
        assert caught.value.exit_status == 2
        assert "longer than 0.5 seconds" in caught.value.message
        assert "--timeout" in caught.value.hint

    def test_rows_that_never_end_are_stopped(self, confinement: Confinement) -> None:
        """A query is stopped while it is still giving rows."""
        question = free_question("SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")

        with pytest.raises(DiasporaKGError) as caught:
            confinement.answer(question, Limits(seconds=0.5, rows=0))

        assert caught.value.code == "DKG416"

    def test_the_next_question_is_answered(self, confinement: Confinement) -> None:
        """After a query was stopped, the next one runs as ever."""
        with pytest.raises(DiasporaKGError):
            confinement.answer(free_question(PAIRS), Limits(seconds=0.3))

        assert confinement.answer(free_question("ASK {}")).is_true


class TestRows:
    """An answer that is too long is cut, and says so."""

    def test_more_rows_than_allowed(self, confinement: Confinement) -> None:
        """The rows that come first are given, and the table says that there are more."""
        table = confinement.answer(free_question("SELECT ?a { ?a ?b ?c }"), Limits(rows=700))

        assert (len(table), table.is_cut) == (700, True)

    def test_as_many_rows_as_allowed(self, confinement: Confinement) -> None:
        """An answer that just fits is not called cut."""
        question = free_question("SELECT ?a { ?a ?b ?c } LIMIT 700")

        table = confinement.answer(question, Limits(rows=700))

        assert (len(table), table.is_cut) == (700, False)

    def test_triples_count_once(self, confinement: Confinement) -> None:
        """Of a CONSTRUCT the different triples count."""
        question = free_question("CONSTRUCT { <x:a> <x:b> ?b } WHERE { ?a ?b ?c }")

        table = confinement.answer(question, Limits(rows=1))

        assert (table.rows, table.is_cut) == (
            (("<x:a>", "<x:b>", "<http://example.org/next>"),),
            False,
        )

    def test_no_limit(self, confinement: Confinement) -> None:
        """Nought stands for no limit."""
        limits = Limits(seconds=0, rows=0, megabytes=0)

        table = confinement.answer(free_question("SELECT ?a { ?a ?b ?c }"), limits)

        assert (len(table), table.is_cut) == (6000, False)


class TestMemory:
    """A query that holds too much is stopped."""

    def test_a_sort_that_holds_everything(self, confinement: Confinement) -> None:
        """Sorting pairs of all triples ends with the limit of memory, long before that of time."""
        question = free_question("SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f ?a")

        with pytest.raises(DiasporaKGError) as caught:
            confinement.answer(question, Limits(seconds=300, megabytes=60))

        assert caught.value.code == "DKG417"
        assert caught.value.exit_status == 2
        assert "60 MB" in caught.value.message

    def test_an_answer_larger_than_that(self, confinement: Confinement) -> None:
        """An answer whose text is larger than the limit is refused, however little it took."""
        question = free_question("SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f }")

        with pytest.raises(DiasporaKGError) as caught:
            confinement.answer(question, Limits(seconds=300, rows=0, megabytes=5))

        assert caught.value.code == "DKG417"

    def test_the_limit_is_that_of_each_question(self, confinement: Confinement) -> None:
        """A process that had little memory for one question has more for the next."""
        assert confinement.answer(free_question("ASK {}"), Limits(megabytes=8)).is_true
        question = free_question("SELECT ?a ?c { ?a ?b ?c } ORDER BY ?c")

        table = confinement.answer(question, Limits(megabytes=500))

        assert len(table) == 6000


class TestWhatIsNoLimit:
    """Limits that make no sense, and queries that are wrong in themselves."""

    @pytest.mark.parametrize(
        "given", [{"seconds": -1}, {"rows": -5}, {"megabytes": -1}, {"seconds": float("nan")}]
    )
    def test_a_limit_below_nought(self, given: dict[str, float]) -> None:
        """A limit is a number of at least nought."""
        with pytest.raises(DiasporaKGError) as caught:
            Limits(**given)  # type: ignore[arg-type]

        assert caught.value.code == "DKG415"

    def test_sparql_that_is_not_well_formed(self, build: StoredBuild) -> None:
        """What is wrong with the SPARQL is said as ever, with its place."""
        with pytest.raises(DiasporaKGError) as caught:
            run_confined(build, free_question("SELECT * {\n ?a ?b"))

        assert caught.value.code == "DKG406"
        assert "line 2" in caught.value.message

    def test_brackets_that_break_the_engine(self, build: StoredBuild) -> None:
        """A query that ends the engine itself ends nothing else."""
        nested = f"ASK {{ FILTER {'(' * 100_000}1{')' * 100_000} }}"

        with pytest.raises(MissingPartError) as caught:
            run_confined(build, free_question(nested))

        assert caught.value.code == "DKG419"
        assert caught.value.exit_status == 3
