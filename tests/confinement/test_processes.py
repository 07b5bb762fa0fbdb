"""The processes themselves: killed from outside, left behind, interrupted, kept and shared."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from diaspora_kg.confinement.limits import Limits
from diaspora_kg.confinement.memory import EXIT_OUT_OF_MEMORY
from diaspora_kg.confinement.pool import Confinement
from diaspora_kg.confinement.process import Process
from diaspora_kg.errors import DiasporaKGError, MissingPartError
from diaspora_kg.querying import free_question
from diaspora_kg.store import StoredBuild

if TYPE_CHECKING:
    from conftest import Processes

PAIRS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
UNIX = pytest.mark.skipif(os.name == "nt", reason="signals as Unix has them")
ASK = """
import sys
from pathlib import Path
from diaspora_kg.confinement import process
from diaspora_kg.opening import open_kg

class Telling(process.Process):
    def __init__(self, folder):
        super().__init__(folder)
        print(self.pid, flush=True)

import diaspora_kg.confinement.pool as pool
pool.Process = Telling
kg = open_kg(sys.argv[1])
kg.sparql(sys.argv[2])
"""
"""A program that asks without end, and prints the number of the process that it asks."""


@pytest.fixture
def asking(directory: Path) -> subprocess.Popen[str]:
    """Start a program that asks a question without end."""
    return subprocess.Popen(
        [sys.executable, "-c", ASK, str(directory), PAIRS],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


class TestEnds:
    """No query outlives the one who asked, and none takes them along."""

    @UNIX
    def test_a_killed_worker_is_an_error(self, build: StoredBuild) -> None:
        """When the system kills the worker, whoever asked gets an error that says so."""
        process = Process(build.folder)
        asked = {"sparql": PAIRS, "contested": False, "hidden": [], "most": 10}
        timer = threading.Timer(0.5, os.kill, (process.pid, signal.SIGKILL))
        timer.start()

        with pytest.raises(MissingPartError) as caught:
            list(process.frames(asked, Limits()))

        process.close()
        timer.join()
        assert caught.value.code in ("DKG419", "DKG420")  # the latter before the graph was open
        assert "SIGKILL" in caught.value.message
        assert caught.value.exit_status == 3

    @UNIX
    def test_a_killed_program_leaves_nothing_behind(
        self, asking: subprocess.Popen[str], processes: "Processes"
    ) -> None:
        """When the program is killed in the midst of a query, the worker ends as well."""
        assert asking.stdout is not None
        worker = int(asking.stdout.readline())
        assert processes.computes(worker)

        asking.kill()
        asking.communicate()

        assert processes.ends(worker)

    @UNIX
    def test_ctrl_c_ends_both(self, asking: subprocess.Popen[str], processes: "Processes") -> None:
        """Ctrl-C ends the program and the worker while the engine is at work."""
        assert asking.stdout is not None
        worker = int(asking.stdout.readline())
        assert processes.computes(worker)

        asking.send_signal(signal.SIGINT)
        _, errors = asking.communicate(timeout=60)

        assert "KeyboardInterrupt" in errors
        assert processes.ends(worker)

    def test_no_process_is_left_after_use(self, build: StoredBuild, processes: "Processes") -> None:
        """What is kept for the next question ends when the confinement is closed."""
        with Confinement(build) as confinement:
            confinement.answer(free_question("ASK {}"))
            kept = [process.pid for process in confinement._idle]

        assert len(kept) == 1
        assert processes.ends(kept[0])

    def test_a_python_that_is_not_there(
        self, build: StoredBuild, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A process that cannot be started is an error with its reason."""
        monkeypatch.setattr(sys, "executable", "no-such-python")

        with pytest.raises(MissingPartError) as caught:
            Confinement(build).answer(free_question("ASK {}"))

        assert caught.value.code == "DKG420"

    def test_a_build_that_is_gone(self, tmp_path: Path) -> None:
        """A folder without a store is the same error as without a worker."""
        build = StoredBuild(tmp_path / "kg" / "builds" / "none", {})

        with pytest.raises(DiasporaKGError) as caught:
            Confinement(build).answer(free_question("ASK {}"))

        assert caught.value.code == "DKG602"


class TestSharing:
    """Processes are kept, and many may ask at once."""

    def test_the_process_is_kept(self, confinement: Confinement) -> None:
        """A second question is asked of the same process."""
        confinement.answer(free_question("ASK {}"))
        first = confinement._idle[0].pid
        confinement.answer(free_question("SELECT ?a { ?a ?b ?c } LIMIT 2"))

        assert [process.pid for process in confinement._idle] == [first]

    def test_many_at_once(self, build: StoredBuild) -> None:
        """Threads that ask at the same time each get their own answer."""
        confinement = Confinement(build, kept=2, at_once=2)
        answers: dict[int, int] = {}

        def ask(number: int) -> None:
            question = free_question(f"SELECT ?a {{ ?a ?b ?c }} LIMIT {number}")
            answers[number] = len(confinement.answer(question))

        threads = [threading.Thread(target=ask, args=(number,)) for number in range(1, 7)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        confinement.close()

        assert answers == {number: number for number in range(1, 7)}


class TestWatching:
    """Where the system keeps no limit of memory, a thread does."""

    def test_a_process_beyond_its_ceiling_ends(self) -> None:
        """The thread ends the process with a status of its own."""
        program = (
            "import time\n"
            "from diaspora_kg.confinement.memory import Watch, resident_bytes\n"
            "Watch(resident_bytes() + 20_000_000)\n"
            "held = bytearray(60_000_000)\n"
            "time.sleep(60)\n"
        )

        done = subprocess.run([sys.executable, "-c", program], check=False)

        assert done.returncode == EXIT_OUT_OF_MEMORY
