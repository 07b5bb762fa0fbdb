"""One case of a thousand changed: a rebuild beside the full build, and whether the bytes agree."""

import shutil
from dataclasses import replace
from pathlib import Path

from benchmarks.case_files import write_yaml, yaml_of
from benchmarks.commands import run
from benchmarks.generator import generate_case
from benchmarks.measuring import Run

STAGE = "incremental"
CASES = 1000
_CHANGED = 17


def prepare(folder: Path) -> None:
    """Write the thousand cases, unless they are there."""
    cases = folder / "cases"
    if not (folder / "complete").exists():
        shutil.rmtree(folder, ignore_errors=True)
        write_yaml(cases, CASES)
        (folder / "complete").write_text(f"{CASES}\n", "utf-8")


def measure(folder: Path, number: int) -> tuple[Run, Run]:
    """Return a full build and a rebuild after one case was edited, as whole processes.

    Each number gives another edit. The rebuild fails when its graph differs, in one byte, from
    what a full build of the edited cases makes.
    """
    case = folder / "cases" / f"{generate_case(_CHANGED).id}.yaml"
    case.write_text(yaml_of(generate_case(_CHANGED)), "utf-8")
    first, second = folder / "first", folder / "second"
    for kg in (first, second):
        shutil.rmtree(kg, ignore_errors=True)
    cases = str(folder / "cases")
    before = run(("build", cases, "-o", str(first), "--fail-on", "never"))
    case.write_text(yaml_of(generate_case(_CHANGED, seed=8 + number)), "utf-8")
    rebuilt = run(("build", cases, "-o", str(first), "--fail-on", "never"))
    full = run(("build", cases, "-o", str(second), "--fail-on", "never"))
    failed = before.failure or full.failure
    if failed:
        return replace(full, failure=failed), rebuilt
    if not rebuilt.failure and _graph(first) != _graph(second):
        rebuilt = replace(rebuilt, failure="the graph is not that of a full build")
    return full, rebuilt


def _graph(kg: Path) -> bytes:
    current = (kg / "CURRENT").read_text("utf-8").strip()
    return (kg / "builds" / current / "graph.nq").read_bytes()
