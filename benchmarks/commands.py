"""What a person waits for: whole processes, from start to exit."""

import compileall
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks.corpus import ROOT
from benchmarks.measuring import Run

PACKAGED = 0
"""Stands where a stage has a size: the packaged cases."""


@dataclass(frozen=True)
class Job:
    """One command that people wait for, and what it should take."""

    name: str
    arguments: tuple[str, ...]
    aim: float
    """Seconds."""


def jobs(kg: Path) -> tuple[Job, ...]:
    """Return what is measured; the first but one builds the graph that the others ask."""
    at = ("--kg", str(kg))
    return (
        Job("help", ("--help",), 0.15),
        Job("build of the packaged cases", ("build", "-o", str(kg)), 3),
        Job("validate the packaged cases", ("validate",), 3),
        Job("a packaged query", ("query", "institutions-of-states", *at), 0.7),
        Job("the same with evidence", ("query", "institutions-of-states", "--evidence", *at), 3),
        Job("find", ("find", "soft power", *at), 0.7),
        Job("why", ("why", "moia", *at), 3),
    )


def run(arguments: tuple[str, ...]) -> Run:
    """Run the program once, as a process of its own."""
    _compile()
    command = [sys.executable, "-m", "diaspora_kg", *arguments]
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    status, used = _wait(process)
    seconds = time.perf_counter() - start
    failure = f"ended with status {status}" if status else ""
    return Run(seconds, used, failure=failure)


@cache
def _compile() -> None:
    """Compile the program once, as its installation does.

    Where Python is told to write no bytecode, each process would compile a changed checkout anew.
    """
    compileall.compile_dir(ROOT / "diaspora_kg", quiet=2)


def _wait(process: "subprocess.Popen[bytes]") -> tuple[int, float]:
    """Return the exit status and the peak of memory in megabytes, where the system tells it."""
    if not hasattr(os, "wait4"):
        return process.wait(), 0.0
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return process.returncode, usage.ru_maxrss / unit


def libraries_loaded_for_help() -> list[str]:
    """Return the RDF libraries that asking for help loads; there should be none."""
    code = (
        "import sys; from diaspora_kg.cli import cli; "
        "cli.main(['--help'], standalone_mode=False); "
        "print(' '.join(m for m in ('rdflib', 'pyoxigraph', 'pyshacl', 'owlready2') "
        "if m in sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stderr.split()
