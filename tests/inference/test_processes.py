"""Programs with a limit of time, and the kinds of trouble that a reasoner may have."""

import os
import sys
from pathlib import Path

import pytest

from diaspora_kg.inference.dl import DLResult, telling_line
from diaspora_kg.inference.processes import run_for

JAVA_TRACE = """\
Java error message is:
Exception in thread "main" org.semanticweb.HermiT.datatypes.UnsupportedDatatypeException: HermiT
 supports no 'xsd:duration'
\tat org.semanticweb.HermiT.datatypes.DatatypeRegistry.parseLiteral(DatatypeRegistry.java:81)
"""


def is_running(process: int) -> bool:
    """Tell whether a process is alive, and not only waiting to be taken note of."""
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


class TestRunning:
    """One program, run to its end or to the end of its time."""

    def test_what_it_says_and_how_it_ends(self) -> None:
        """Both streams and the status are kept."""
        program = "import sys; print('out'); print('err', file=sys.stderr); sys.exit(5)"

        ended = run_for([sys.executable, "-c", program], 60)

        assert (ended.status, ended.said, ended.errors) == (5, "out\n", "err\n")
        assert not ended.is_too_slow

    @pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks /proc who is alive")
    def test_nothing_is_left_running(self, tmp_path: Path) -> None:
        """When its time is up, what it started is ended with it."""
        script = f"sleep 600 & echo $! > {tmp_path}/child; wait"

        ended = run_for(["/bin/sh", "-c", script], 1)

        assert ended.is_too_slow
        assert not is_running(int((tmp_path / "child").read_text()))

    @pytest.mark.skipif(os.name != "posix", reason="signals are of POSIX")
    def test_killed_by_somebody(self) -> None:
        """A program that was killed has the signal for a status."""
        ended = run_for(["/bin/sh", "-c", "kill -9 $$"], 60)

        assert ended.in_words == "the reasoner was killed (signal 9)"


class TestTrouble:
    """Why there is no answer."""

    @pytest.mark.parametrize(
        ("reason", "trouble"),
        [
            ("no answer within 3 seconds", "too-slow"),
            ("java.lang.OutOfMemoryError: Java heap space", "no-memory"),
            ("Error occurred during initialization of VM Too small maximum heap", "no-memory"),
            ("UnsupportedDatatypeException: xsd:gYear", "refused"),
            ("java.lang.IllegalArgumentException: Non-simple property", "refused"),
            ("the reasoner was killed (signal 9)", "broken"),
            ("", "broken"),
        ],
    )
    def test_kinds(self, reason: str, trouble: str) -> None:
        """Time, memory, refusal and breakage are told apart, for each has another remedy."""
        result = DLResult("could-not-tell", reason=reason)

        assert (result.trouble, result.is_good) == (trouble, False)

    def test_an_answer_is_no_trouble(self) -> None:
        """What the reasoner said is no trouble, also when it is bad news."""
        assert DLResult("inconsistent").trouble == ""

    def test_the_telling_line(self) -> None:
        """Of a trace of Java the message is kept, and not where in the program it arose."""
        assert telling_line(JAVA_TRACE) == (
            "org.semanticweb.HermiT.datatypes.UnsupportedDatatypeException: HermiT "
            "supports no 'xsd:duration'"
        )
