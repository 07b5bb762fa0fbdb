"""One run in a process of its own, so that its memory is its own and nothing is warm.

    python -m benchmarks.measuring STAGE ENGINE SIZE FOLDER ANSWER

prints what it measured as JSON, and writes what came out to the file ANSWER, a line each.
"""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.corpus import ROOT, Files


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
    done = subprocess.run(
        [*command, str(folder), str(answer)],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"ended with status {done.returncode}"]
        return Run(0.0, 0.0, failure=said[-1])
    return Run(**json.loads(done.stdout.splitlines()[-1]))


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
    """Return the megabytes that this process held at most; 0 where the system does not say.

    The most that one process held which it started is added, as if nothing were shared.
    """
    try:
        import resource
    except ImportError:  # Windows
        return 0.0
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    beside = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / unit
    status = Path("/proc/self/status")
    if status.is_file():  # Linux: the peak since this program began, not that of who started it
        lines = dict(line.split(":", 1) for line in status.read_text("utf-8").splitlines())
        return int(lines["VmHWM"].split()[0]) / 1024 + beside
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit + beside


if __name__ == "__main__":
    main()
