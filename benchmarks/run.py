"""Measure what a person waits for: whole processes, from start to exit.

    python benchmarks/run.py [--runs 5] [--write]

Prints a table; with ``--write`` puts it into docs/performance.md, with the machine described.
"""

import argparse
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "performance.md"


@dataclass(frozen=True)
class Job:
    """One command that people wait for, and what it should take."""

    name: str
    arguments: tuple[str, ...]
    aim: float
    """Seconds."""


def jobs(kg: Path) -> list[Job]:
    """Return what is measured."""
    at = ("--kg", str(kg))
    return [
        Job("help", ("--help",), 0.15),
        Job("build of the packaged cases", ("build", "-o", str(kg)), 20),
        Job("a packaged query", ("query", "institutions-of-states", *at), 0.7),
        Job("the same with evidence", ("query", "institutions-of-states", "--evidence", *at), 3),
        Job("find", ("find", "soft power", *at), 0.7),
        Job("why", ("why", "moia", *at), 3),
    ]


def measure(job: Job, runs: int) -> list[float]:
    """Return the seconds that each run of a command took, as a whole process."""
    seconds = []
    for _ in range(runs):
        command = [sys.executable, "-m", "diaspora_kg", *job.arguments]
        start = time.perf_counter()
        done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
        seconds.append(time.perf_counter() - start)
        if done.returncode:
            raise SystemExit(f"{job.name} failed:\n{done.stderr.decode()}")
    return seconds


def rdf_modules_loaded_for_help() -> list[str]:
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


def machine() -> str:
    """Describe the machine in a line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GiB, "
        f"Python {platform.python_version()}"
    )


def main() -> None:
    """Run all jobs and print, or write, their table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    lines = ["| what | median, s | fastest, s | slowest, s | aim, s |", "|---|---|---|---|---|"]
    with tempfile.TemporaryDirectory() as folder:
        for job in jobs(Path(folder) / "kg"):
            runs = 3 if job.aim >= 20 else options.runs
            seconds = measure(job, runs)
            lines.append(
                f"| {job.name} | {statistics.median(seconds):.2f} | {min(seconds):.2f} "
                f"| {max(seconds):.2f} | {job.aim:g} |"
            )
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    loaded = rdf_modules_loaded_for_help()
    lines += [
        "",
        f"Largest process: {peak:.0f} MB. "
        f"RDF libraries loaded for help: {', '.join(loaded) or 'none'}.",
    ]
    table = "\n".join(lines)
    print(table)
    if options.write:
        PAGE.write_text(
            "# Performance\n\nWhole processes, from start to exit, as `make bench` measures them. "
            f"Medians of {options.runs} runs (3 of the build).\n\n{machine()}.\n\n{table}\n",
            "utf-8",
        )


if __name__ == "__main__":
    main()
