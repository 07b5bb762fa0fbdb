"""``diaspora-kg completion`` and what shells are offered."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import diaspora_kg
from diaspora_kg.resources import files_below, folder

Run = Callable[..., Any]


def offered(*words: str) -> list[str]:
    """Return what bash would offer for the last of some words."""
    environment = {
        **os.environ,
        "COMP_WORDS": " ".join(["diaspora-kg", *words]),
        "COMP_CWORD": str(len(words)),
        "_DIASPORA_KG_COMPLETE": "bash_complete",
        "PYTHONPATH": str(Path(diaspora_kg.__file__).parents[1]),
    }
    done = subprocess.run(
        [sys.executable, "-m", "diaspora_kg"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return [line.partition(",")[2] for line in done.stdout.splitlines()]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_serves_both_names(dkg: Run, shell: str) -> None:
    """One script completes 'diaspora-kg' and 'dkg'."""
    done = dkg("completion", shell)

    assert done.status == 0
    assert "_DIASPORA_KG_COMPLETE" in done.out
    for name in ("diaspora-kg", "dkg"):
        assert f" {name}" in done.out
    assert done.err == ""


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not there")
def test_bash_takes_the_script(dkg: Run) -> None:
    """Bash reads the script without a complaint."""
    script = dkg("completion", "bash").out

    done = subprocess.run(["bash", "-n"], input=script, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


def test_a_shell_that_is_none(dkg: Run) -> None:
    """Another shell is a wrong use."""
    assert dkg("completion", "tcsh").status == 2


def test_commands() -> None:
    """Commands are completed, and kinds below them."""
    assert offered("exp") == ["explain", "export"]
    assert offered("new", "") == ["case", "query", "source", "table"]
    assert offered("import", "b") == ["bibliography"]


def test_names() -> None:
    """Names of queries, codes and terms are completed."""
    queries = [file.name.removesuffix(".rq") for file in files_below(folder("queries"), ".rq")]
    assert offered("query", "") == queries
    assert offered("explain", "DKG10")[:3] == ["DKG100", "DKG101", "DKG102"]
    assert offered("explain", "104") == ["DKG104"]
    assert "memberOf" in offered("terms", "member")
