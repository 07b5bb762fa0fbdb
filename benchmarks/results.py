"""What was measured so far, kept in a file, so that a run that was broken off goes on."""

import hashlib
import json
import statistics
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from benchmarks.corpus import ROOT
from benchmarks.measuring import Run

_MEASURED = ("diaspora_kg", "ontology", "shapes", "queries", "cases", "benchmarks")

Argue = Callable[[str], str | None]
"""Returns why a line that only one engine gives is no mistake; None when it is one."""


@dataclass
class Comparison:
    """How what another engine gave differs from what ours gave."""

    same: int
    only_ours: int
    only_theirs: int
    argued: dict[str, int] = field(default_factory=dict)
    """Reason to the number of lines that it explains."""
    unargued: list[str] = field(default_factory=list)
    """The first lines that nothing explains."""

    @property
    def is_equal(self) -> bool:
        """Whether nothing differs but what is argued."""
        return self.only_ours + self.only_theirs == sum(self.argued.values())


class Results:
    """The runs of all stages, by stage, engine and size."""

    def __init__(self, file: Path) -> None:
        """Take up the results of a file, if it is there."""
        self.file = file
        self.fingerprint = ""
        self.runs: dict[str, list[Run]] = {}
        self.comparisons: dict[str, Comparison] = {}
        if file.is_file():
            held = json.loads(file.read_text("utf-8"))
            self.fingerprint = held["fingerprint"]
            self.runs = {key: [Run(**run) for run in runs] for key, runs in held["runs"].items()}
            self.comparisons = {k: Comparison(**c) for k, c in held["comparisons"].items()}

    def add(self, stage: str, engine: str, size: int, run: Run) -> None:
        """Keep a run."""
        self.runs.setdefault(_key(stage, engine, size), []).append(run)
        self.save()

    def compare(self, stage: str, engine: str, size: int, comparison: Comparison) -> None:
        """Keep a comparison."""
        self.comparisons[_key(stage, engine, size)] = comparison
        self.save()

    def of(self, stage: str, engine: str, size: int) -> list[Run]:
        """Return the runs of an engine at a size, failed ones included."""
        return self.runs.get(_key(stage, engine, size), [])

    def good(self, stage: str, engine: str, size: int) -> list[Run]:
        """Return the runs that did not fail."""
        return [run for run in self.of(stage, engine, size) if not run.failure]

    def seconds(self, stage: str, engine: str, size: int) -> float | None:
        """Return the median seconds; None when nothing was measured."""
        runs = self.good(stage, engine, size)
        return statistics.median(run.seconds for run in runs) if runs else None

    def peak(self, stage: str, engine: str, size: int) -> float | None:
        """Return the largest peak of memory, in megabytes."""
        runs = self.good(stage, engine, size)
        return max(run.peak for run in runs) if runs else None

    def comparison(self, stage: str, engine: str, size: int) -> Comparison | None:
        """Return how an engine's answer differs from ours, if both were there."""
        return self.comparisons.get(_key(stage, engine, size))

    def forget(self) -> None:
        """Begin anew."""
        self.runs, self.comparisons = {}, {}

    def forget_failures(self) -> None:
        """Forget the runs that failed, so that they are tried again."""
        for key, runs in self.runs.items():
            self.runs[key] = [run for run in runs if not run.failure]

    def save(self) -> None:
        """Write everything, so that nothing measured is lost."""
        held = {
            "fingerprint": self.fingerprint,
            "runs": {key: [asdict(run) for run in runs] for key, runs in self.runs.items()},
            "comparisons": {key: asdict(each) for key, each in self.comparisons.items()},
        }
        self.file.parent.mkdir(parents=True, exist_ok=True)
        beside = self.file.with_suffix(".new")
        beside.write_text(json.dumps(held, ensure_ascii=False, indent=1), "utf-8")
        beside.replace(self.file)


def fingerprint() -> str:
    """Return what is the same as long as the program, its data and the benchmarks are."""
    digest = hashlib.sha256()
    for name in _MEASURED:
        for file in sorted((ROOT / name).rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(str(file.relative_to(ROOT)).encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()


def compare(ours: Iterable[str], theirs: Iterable[str], argue: Argue) -> Comparison:
    """Compare two answers line by line; ``argue`` explains what one engine alone gives."""
    mine, other = Counter(ours), Counter(theirs)
    alone = [*(mine - other).elements()], [*(other - mine).elements()]
    comparison = Comparison((mine & other).total(), len(alone[0]), len(alone[1]))
    for line in (*alone[1], *alone[0]):
        reason = argue(line)
        if reason is None:
            comparison.unargued = [*comparison.unargued, line][:10]
        else:
            comparison.argued[reason] = comparison.argued.get(reason, 0) + 1
    return comparison


def _key(stage: str, engine: str, size: int) -> str:
    return f"{stage} | {engine} | {size}"
