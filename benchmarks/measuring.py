"""One run in a process of its own, so that its memory is its own and nothing is warm.

    python -m benchmarks.measuring STAGE ENGINE SIZE FOLDER ANSWER

prints what it measured as JSON, and writes what came out to the file ANSWER, a line each.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchmarks.corpus import ROOT, Files

_PAUSE = 0.5
"""Seconds between two looks at the memory of several processes."""


@dataclass(frozen=True)
class Run:
    """What one process measured."""

    seconds: float
    peak: float
    parts: dict[str, float] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    failure: str = ""


def measure(stage: str, engine: str, size: int, folder: Path, answer: Path) -> Run:
    """Run a stage by an engine in a process of its own.

    A library that is not installed, and a run that fails, give a run with a failure.
    """
    command = [sys.executable, "-m", "benchmarks.measuring", stage, engine, str(size)]
    with subprocess.Popen(
        [*command, str(folder), str(answer)],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "0"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        together = _Together(process.pid)
        together.start()
        out, told = process.communicate()
    if process.returncode:
        said = told.strip().splitlines() or [f"ended with status {process.returncode}"]
        return Run(0.0, 0.0, failure=said[-1])
    run = Run(**json.loads(out.splitlines()[-1]))
    return replace(run, peak=max(run.peak, together.peak))


class _Together(threading.Thread):
    """Looks now and then at what a process holds together with those that it has started.

    What they share counts once (the proportional set size of Linux); elsewhere nothing is seen.
    A process without others is left alone: its own peak is known in the end.
    """

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self.peak = 0.0
        """In megabytes."""

    def run(self) -> None:
        """Look until the process is gone."""
        listed = Path(f"/proc/{self._pid}/task/{self._pid}/children")
        while True:
            try:
                others = listed.read_text("ascii").split()
                if others:
                    held = sum(_held(pid) for pid in (str(self._pid), *others))
                    self.peak = max(self.peak, held)
            except OSError:
                return
            time.sleep(_PAUSE)


def _held(pid: str) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:  # it has ended in the meantime
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def main() -> None:
    """Measure once, in this process."""
    from benchmarks.stages import STAGES

    stage, engine, _size, folder, answer = sys.argv[1:]
    with tempfile.TemporaryDirectory(dir=Path(folder)) as work:
        outcome = STAGES[stage].engines[engine](Files(Path(folder)), Path(work))
    Path(answer).write_text("".join(f"{line}\n" for line in outcome.answer), "utf-8")
    said = {
        "seconds": outcome.seconds,
        "peak": peak(),
        "parts": outcome.parts,
        "counts": outcome.counts,
    }
    print(json.dumps(said))


def peak() -> float:
    """Return the megabytes that this process held at most; 0 where the system does not say."""
    status = Path("/proc/self/status")
    if status.is_file():  # Linux: the peak since this program began, not that of who started it
        lines = dict(line.split(":", 1) for line in status.read_text("utf-8").splitlines())
        return int(lines["VmHWM"].split()[0]) / 1024
    try:
        import resource
    except ImportError:  # Windows
        return 0.0
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / (1024 * 1024 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main()
