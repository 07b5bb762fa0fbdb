"""What a user meets before, around and in place of Spark."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from diaspora_kg.assembly import assemble
from diaspora_kg.cli import main
from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.store import nquads, read_build
from tests.spark.conftest import JAVA

pytestmark = pytest.mark.xdist_group("spark")
"""One worker starts the session once for all of these."""


def status_of(*arguments: str) -> int:
    """Run the program and return its exit status."""
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    assert isinstance(ended.value.code, int)
    return ended.value.code


class TestMissingParts:
    """One line says what to install."""

    def test_without_pyspark(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Without pyspark the exit status is 3 and the extra is named."""
        monkeypatch.setitem(sys.modules, "pyspark", None)

        status = status_of("build", "--engine", "spark")

        assert status == 3
        assert "pip install 'diaspora-kg[spark]'" in capsys.readouterr().err

    def test_without_java(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Without Java the exit status is 3 and the version that is needed is named."""
        pytest.importorskip("pyspark", reason="pip install 'diaspora-kg[spark]'")
        monkeypatch.setenv("PATH", "")
        monkeypatch.delenv("JAVA_HOME", raising=False)

        status = status_of("build", "--engine", "spark")

        assert status == 3
        assert "Install a Java runtime (17 or later)" in capsys.readouterr().err


class TestWrongUse:
    """Options that do not go together, and folders that are taken."""

    def test_options_of_spark_alone(self, capsys: pytest.CaptureFixture[str]) -> None:
        """What is for Spark is refused without it."""
        status = status_of("build", "--parts", "p")

        assert status == 2
        assert "'--parts' goes with '--engine spark'." in capsys.readouterr().err

    def test_a_folder_for_parts_that_is_taken(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A folder that holds something is refused before anything begins."""
        (tmp_path / "mine.txt").write_text("x")

        status = status_of("build", "--engine", "spark", "--parts", str(tmp_path))

        assert status == 2
        assert "DKG648" in capsys.readouterr().err


class TestRunning:
    """Sessions that begin."""

    def test_a_second_session_in_one_process(self, context: Any) -> None:
        """Where a session runs already, it stays, and one is told to use it."""
        from diaspora_kg.spark.session import spark_context

        second = spark_context("local[1]")
        with pytest.raises(DiasporaKGError, match="runs in this process") as raised:
            second.__enter__()

        assert "SparkEngine" in raised.value.hint
        assert context.parallelize([1, 2], 1).sum() == 3

    def test_a_failure_on_an_executor(self, context: Any) -> None:
        """A failure inside a task is told by its cause, not by the call stack of Java."""
        from diaspora_kg.spark.session import plainly_failing

        with pytest.raises(DiasporaKGError) as raised, plainly_failing():
            context.parallelize([0], 1).map(lambda number: 1 // number).collect()

        assert raised.value.code == "DKG642"
        assert raised.value.message == (
            "Spark could not do its part: ZeroDivisionError: integer division or modulo by zero"
        )

    def test_the_command(self, corpus: Path, tmp_path: Path) -> None:
        """A build on Spark says what a local build says, and nothing of Spark's own."""
        pytest.importorskip("pyspark", reason="pip install 'diaspora-kg[spark]'")
        if shutil.which("java") is None:
            pytest.skip("Spark needs a Java runtime (17 or later)")
        command = [sys.executable, "-m", "diaspora_kg", "build", str(corpus)]
        options = ["--engine", "spark", "--master", "local[1]", "--parts", "parts"]
        environment = {
            **os.environ,
            "PYSPARK_SUBMIT_ARGS": f"--driver-memory 512m --driver-java-options '{JAVA}' "
            "pyspark-shell",
        }

        run = subprocess.run(
            [*command, *options], capture_output=True, text=True, env=environment, cwd=tmp_path
        )

        assert (run.returncode, run.stdout) == (0, "")
        *warnings, summary = run.stderr.splitlines()
        assert summary.startswith("3 cases, 9 claims from 2 sources: ")
        assert [
            line for line in warnings if "warning[DKG" not in line and "hint:" not in line
        ] == []
        graph = nquads(assemble([corpus]).quads)
        assert read_build(tmp_path / "kg").quads_file.read_bytes() == graph
        parts = sorted((tmp_path / "parts").iterdir())
        assert b"".join(part.read_bytes() for part in parts) == graph
