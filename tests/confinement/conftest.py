"""A small graph on disk, and a look at processes."""

import os
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from diaspora_kg.confinement.pool import Confinement
from diaspora_kg.store import FORMAT, StoredBuild, read_build, write_build


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a ring of 3,000 things, every one joined to two others."""
    lines = sorted(
        f"<http://example.org/{n}> <http://example.org/next> "
        f"<http://example.org/{(n + step) % 3000}> <http://example.org/g> .\n"
        for n in range(3000)
        for step in (1, 2)
    )
    folder = tmp_path_factory.mktemp("ring") / "kg"
    write_build(folder, "".join(lines).encode(), {"format": FORMAT})
    return folder


@pytest.fixture(scope="module")
def build(directory: Path) -> StoredBuild:
    """Open the ring."""
    return read_build(directory)


@pytest.fixture
def confinement(build: StoredBuild) -> Confinement:
    """Return where questions to the ring run."""
    return Confinement(build)


@dataclass(frozen=True)
class Running:
    """A process as the system sees it."""

    pid: int
    parent: int
    is_gone: bool
    """Whether it has ended and only waits to be noticed."""
    seconds: float
    """What it has computed so far."""


class Processes:
    """What runs on this machine; every wait is patient, for the machine may be busy."""

    def ends(self, pid: int) -> bool:
        """Tell whether a process ends."""
        return self._comes(lambda: not any(p.pid == pid and not p.is_gone for p in _running()))

    def computes(self, pid: int, *, below: bool = False) -> bool:
        """Tell whether a process comes to compute for a while, or with ``below`` one it started."""

        def spent() -> dict[int, float]:
            own = (p for p in _running() if (p.parent if below else p.pid) == pid)
            return {p.pid: p.seconds for p in own}

        before = spent()
        return self._comes(lambda: any(s > before.get(p, 0.0) + 0.7 for p, s in spent().items()))

    @staticmethod
    def _comes(holds: Callable[[], bool]) -> bool:
        for _ in range(600):
            if holds():
                return True
            time.sleep(0.1)
        return False


def _running() -> list[Running]:
    """Return all processes, from ``/proc`` where there is one, else from ``ps``."""
    if not Path("/proc/self/stat").is_file():
        return _listed_by_ps()
    found = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            _, _, rest = place.read_text().rpartition(")")
        except OSError:
            continue  # it ended while the list was read
        fields = rest.split()
        seconds = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        found.append(Running(int(place.parent.name), int(fields[1]), fields[0] in "ZX", seconds))
    return found


def _listed_by_ps() -> list[Running]:
    done = subprocess.run(["ps", "-axo", "pid=,ppid=,stat=,time="], capture_output=True, text=True)
    found = []
    for line in done.stdout.splitlines():
        pid, parent, state, spent = line.split()
        minutes, _, seconds = spent.rpartition(":")
        whole = 60 * int(minutes.rpartition(":")[2] or 0) + float(seconds)
        found.append(Running(int(pid), int(parent), state.startswith("Z"), whole))
    return found


@pytest.fixture
def processes() -> Processes:
    """Return what looks at the processes of this machine."""
    return Processes()
