"""Queries from outside as they are asked: through the API and through the command."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from diaspora_kg import KnowledgeGraph, Limits, open_kg
from diaspora_kg.confinement.interruption import interruptible
from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.querying import Question, run

if TYPE_CHECKING:
    from conftest import Processes

PAIRS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
UNIX = pytest.mark.skipif(os.name == "nt", reason="signals as Unix has them")
RIGHT_HERE = """
import sys
from diaspora_kg.opening import open_kg
from diaspora_kg.querying import Question
kg = open_kg(sys.argv[1])
kg.store
print("asking", flush=True)
kg.answer(Question(sys.argv[2]))
"""
COMMAND = (sys.executable, "-m", "diaspora_kg", "query")


class TestApi:
    """What Python programs see."""

    def test_sparql_is_confined(self, directory: Path) -> None:
        """SPARQL from outside keeps to the limits with which the graph was opened."""
        kg = open_kg(directory, limits=Limits(seconds=0.3))

        with pytest.raises(DiasporaKGError) as caught:
            kg.sparql(PAIRS)

        assert caught.value.code == "DKG416"

    def test_limits_of_one_question(self, directory: Path) -> None:
        """Any question can be given limits of its own."""
        kg = open_kg(directory)

        table = kg.answer(Question("SELECT ?a { ?a ?b ?c }"), limits=Limits(rows=3))

        assert (len(table), table.is_cut) == (3, True)

    @pytest.mark.parametrize(
        ("name", "values"),
        [
            ("conflicts", {}),
            ("claims-about", {"entity": "dkgid:ytb"}),
            ("institutions-of-states", {}),
            ("definitions-of-a-concept", {"concept": "dkgc:core/soft-power"}),
        ],
    )
    def test_the_same_rows(
        self, packaged_kg: KnowledgeGraph, name: str, values: dict[str, str]
    ) -> None:
        """A packaged query gives the same rows within limits and without, term by term."""
        question = packaged_kg.question(name, **values)

        confined = packaged_kg.answer(question, limits=Limits())

        assert len(confined) > 0
        assert confined == packaged_kg.answer(question)

    @pytest.mark.parametrize(
        "sparql",
        [
            "CONSTRUCT { ?c dkg:between ?d } WHERE { ?c dkg:between ?d }",
            "ASK { ?c a dkg:Conflict }",
            "SELECT * { GRAPH dkgg:contested { ?s ?p ?o } } ORDER BY ?s ?p ?o",
            "SELECT ?x { ?c a dkg:Conflict OPTIONAL { ?c dkg:noSuch ?x } }",
            'SELECT ("tab\\tnew\\nline \\"“\\" ğ😀"@tr AS ?x) (1.50 AS ?y) (BNODE() AS ?z) {}',
        ],
    )
    def test_the_same_answers(self, packaged_kg: KnowledgeGraph, sparql: str) -> None:
        """Answers of every kind come back as they are, unbound places and odd letters included."""
        question = packaged_kg.ask(sparql)
        expected = run(question, packaged_kg.view(question))

        found = packaged_kg.answer(question)

        named = {column: place for place, column in enumerate(found.columns)}
        blank = named.get("z", -1)
        assert (found.columns, found.kind) == (expected.columns, expected.kind)
        assert [
            [cell for place, cell in enumerate(row) if place != blank] for row in found.rows
        ] == [[cell for place, cell in enumerate(row) if place != blank] for row in expected.rows]

    def test_the_same_evidence(self, packaged_kg: KnowledgeGraph) -> None:
        """The evidence of a query from outside is traced where it can be stopped, and is equal."""
        sparql = "SELECT ?s ?o { ?s dkg:administrativeParent ?o } ORDER BY ?s ?o"
        outside = packaged_kg.ask(sparql)
        inside = Question(sparql)

        traced = packaged_kg.evidence(outside)

        assert len(traced.claims) > 0
        assert traced == packaged_kg.evidence(inside)

    def test_the_evidence_can_be_stopped(self, packaged_kg: KnowledgeGraph) -> None:
        """Tracing keeps to the limit of time too."""
        question = packaged_kg.ask("SELECT (COUNT(*) AS ?n) { ?a a dkg:Claim . ?d a dkg:Claim }")
        table = packaged_kg.answer(question)

        with pytest.raises(DiasporaKGError) as caught:
            packaged_kg.evidence_of(question, table, limits=Limits(seconds=0.5))

        assert caught.value.code == "DKG416"

    def test_a_cut_answer_has_a_gap(self, packaged_kg: KnowledgeGraph) -> None:
        """The evidence of a cut answer says that the rest was not followed."""
        question = packaged_kg.ask("SELECT ?c { ?c a dkg:Conflict }")
        table = packaged_kg.answer(question, limits=Limits(rows=2))

        answer = packaged_kg.evidence_of(question, table)

        assert answer.gaps[0] == "The answer was cut: rows beyond the first 2 were not followed."


class TestInterruption:
    """Ctrl-C while the engine is at work."""

    def test_what_a_call_returns(self) -> None:
        """A call that is interruptible returns what it returns."""
        assert interruptible(lambda: 6 * 7) == 42

    def test_what_a_call_raises(self) -> None:
        """A call that is interruptible raises what it raises."""
        with pytest.raises(ZeroDivisionError):
            interruptible(lambda: 1 // 0)

    @UNIX
    def test_a_query_in_this_process(self, directory: Path, processes: "Processes") -> None:
        """Ctrl-C ends a query that runs in the process itself, as packaged ones do."""
        process = subprocess.Popen(
            [sys.executable, "-c", RIGHT_HERE, str(directory), PAIRS],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "asking\n"
        assert processes.computes(process.pid)

        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)

        assert "KeyboardInterrupt" in errors

    @UNIX
    def test_a_command(self, directory: Path, processes: "Processes") -> None:
        """Ctrl-C ends the command with the status that shells expect, and no traceback."""
        process = subprocess.Popen(
            [*COMMAND, "--kg", str(directory), "--sparql", PAIRS],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert processes.computes(process.pid, below=True)

        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)

        assert (process.returncode, errors.strip()) == (130, "stopped")


class TestCommand:
    """The options of ``query``."""

    def ask(self, directory: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the command on the ring."""
        return subprocess.run(
            [*COMMAND, "--kg", str(directory), *arguments],
            capture_output=True,
            text=True,
            check=False,
        )

    def test_too_long(self, directory: Path) -> None:
        """After the limit of time there is an error and no answer."""
        done = self.ask(directory, "--sparql", PAIRS, "--timeout", "0.5")

        assert (done.returncode, done.stdout) == (2, "")
        assert "error[DKG416]" in done.stderr
        assert "Traceback" not in done.stderr

    def test_too_many_rows(self, directory: Path) -> None:
        """A cut answer is written, warned of even under -q, and told by the exit status."""
        done = self.ask(
            directory, "-q", "-f", "csv", "--sparql", "SELECT ?a { ?a ?b ?c }", "--max-rows", "2"
        )

        assert done.returncode == 1
        assert len(done.stdout.splitlines()) == 3
        assert done.stderr.startswith("warning[DKG418]: the answer was cut after 2 rows")

    def test_a_file_with_parameters(self, directory: Path, tmp_path: Path) -> None:
        """A file of SPARQL given by its path is from outside as well."""
        file = tmp_path / "pairs.rq"
        file.write_text(PAIRS, "utf-8")

        done = self.ask(directory, str(file), "--timeout", "0.5")

        assert (done.returncode, done.stdout) == (2, "")
        assert "error[DKG416]" in done.stderr

    def test_a_limit_that_is_none(self, directory: Path) -> None:
        """A limit below nought is refused."""
        done = self.ask(directory, "--sparql", "ASK {}", "--max-memory", "-1")

        assert done.returncode == 2
        assert "error[DKG415]" in done.stderr

    def test_the_network_is_refused_before_anything_runs(self, directory: Path) -> None:
        """SERVICE is refused as ever."""
        done = self.ask(
            directory, "--sparql", "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"
        )

        assert done.returncode == 2
        assert "error[DKG408]" in done.stderr
