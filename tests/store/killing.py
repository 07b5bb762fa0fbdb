"""Kill real builds at random moments, and look at what they leave.

    python killing.py [--kills 200] [--seed N] [--lanes 2]

Every lane has a folder of its own, in which build follows upon build: the rubbish of one is what
the next one finds. The kills are spread over the time in which a build is written. After each the
current graph must be readable and undamaged, and in the end nothing may be left of killed builds.
Prints what was seen. The exit status is 1 when anything was not whole.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from diaspora_kg.store import read_build
from diaspora_kg.store.layout import is_intact

BUILD = "import sys; from diaspora_kg.cli import main; main()"
CASE = """\
id: {id}
type: DiasporaInstitution
label: {{en: The institution {id}}}
state: TR
coding: {{by: a-coder, on: 2025-01-15, codebook: 0.1.0}}
defaults: {{confidence: 0.9}}
sources:
  law-{id}:
    type: statute
    title: {{en: Law No. 5978}}
    publisher: Official Gazette
    date: 2010-04-06
    tier: official
    access: full-text
claims:
  - property: statedPurpose
    value: {{en: "purpose number {number} of many"}}
    evidence:
      - source: law-{id}
        locator: art. 1
        quote: {{en: "{number}"}}
"""
MOMENTS = {
    "at the start": "",
    "when the folder was made": ".new-*",
    "when the quads were there": ".new-*/graph.nq",
    "while the store was loaded": ".new-*/store/*.sst",
    "when all files were there": ".new-*/files.json",
    "when the pointer had moved": "CURRENT",
}
"""What a kill waits for; then comes a random time more."""

WHOLE = 0.3
"""The share of builds that are made as a whole, and not out of the former one."""

LONGEST = 0.15
"""Seconds after that moment, at most; the whole build takes about one, mostly in reading."""


class Lane:
    """One folder, and the builds into it."""

    def __init__(self, folder: Path, seed: int) -> None:
        """Build a first graph."""
        self.kg, self._cases = folder / "kg", folder / "cases"
        self._cases.mkdir()
        (self._cases / "other.yaml").write_text(CASE.format(id="other", number=0), "utf-8")
        self._random = random.Random(seed)
        self.seen: Counter[str] = Counter()
        self._moments: list[str] = []
        self._builds = 0
        self.current = self._whole_build()

    def kill_one(self) -> None:
        """Kill one build and look at what it leaves; sometimes let the next one end."""
        moment = self._next_moment()
        there = set(self._signs(moment))
        process = self._start()
        if MOMENTS[moment]:
            while process.poll() is None and set(self._signs(moment)) <= there:
                time.sleep(0.001)
        time.sleep(self._random.uniform(0, LONGEST))
        ended = process.poll() is not None
        process.kill()
        process.communicate()
        self.seen["had ended before the kill" if ended else f"killed {moment}"] += 1
        self._look()
        if self._random.random() < 0.1:
            self.current = self._whole_build()

    def end(self) -> None:
        """Let a last build end, and see that nothing is left of the others."""
        self.current = self._whole_build()
        if rubbish(self.kg):
            self.seen["NOT TIDY after the last build"] += 1

    # --- Steps --------------------------------------------------------------------------

    def _next_moment(self) -> str:
        """Return a moment by chance, but none again before each has had its turn."""
        if not self._moments:
            self._moments = self._random.sample(list(MOMENTS), len(MOMENTS))
        return self._moments.pop()

    def _start(self) -> "subprocess.Popen[bytes]":
        self._builds += 1
        case = CASE.format(id="ytb", number=self._builds)
        (self._cases / "ytb.yaml").write_text(case, "utf-8")
        if self._random.random() < WHOLE:
            for state in (self.kg / "builds").glob("*/state"):
                shutil.rmtree(state)
        arguments = ["build", str(self._cases), "-o", str(self.kg), "--fail-on", "never", "-q"]
        return subprocess.Popen(
            [sys.executable, "-c", BUILD, *arguments], stderr=subprocess.PIPE, env=_environment()
        )

    def _whole_build(self) -> str:
        process = self._start()
        _, said = process.communicate()
        if process.returncode != 0:
            raise SystemExit(f"a build that nobody killed failed: {said.decode()}")
        return read_build(self.kg).folder.name

    def _signs(self, moment: str) -> list[object]:
        """Return what tells that a moment has come, when there is more of it than before."""
        if MOMENTS[moment] == "CURRENT":
            return [(self.kg / "CURRENT").read_bytes()]
        found = (self.kg / "builds").glob(MOMENTS[moment] or "*")
        return [file.relative_to(self.kg).parts[1] for file in found]

    def _look(self) -> None:
        """Look at what a killed build left."""
        if rubbish(self.kg):
            self.seen["left rubbish"] += 1
        try:
            build = read_build(self.kg)
            count = len(build.open())
        except Exception as error:  # whatever it is, it is what this looks for
            self.seen[f"NOT READABLE: {error}"] += 1
            return
        if not is_intact(build.folder) or count == 0:
            self.seen["NOT WHOLE"] += 1
        changed = build.folder.name != self.current
        self.seen["the new graph was current" if changed else "the former graph was current"] += 1
        self.current = build.folder.name


def rubbish(kg: Path) -> list[str]:
    """Return the names of what is left of builds that did not end well."""
    names = [entry.name for folder in (kg, kg / "builds") for entry in folder.iterdir()]
    return [name for name in names if name.startswith(".") and name != ".lock"]


def soak(kills: int, seed: int, lanes: int) -> Counter[str]:
    """Kill so many builds and return what was seen, with how often."""

    def run(number: int) -> Counter[str]:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            lane = Lane(Path(folder), seed + number)
            for _ in range(kills // lanes + (number < kills % lanes)):
                lane.kill_one()
            lane.end()
            return lane.seen

    with ThreadPoolExecutor(lanes) as pool:
        return sum(pool.map(run, range(lanes)), Counter[str]())


def _environment() -> dict[str, str]:
    paths = [path for path in sys.path if path]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


def say(line: str) -> None:
    """Print a line at once: a seed is worth most when what follows hangs."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> int:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--lanes", type=int, default=2)
    asked = parser.parse_args()
    say(f"seed {asked.seed}, {asked.kills} kills")
    seen = soak(asked.kills, asked.seed, asked.lanes)
    for what, times in sorted(seen.items()):
        say(f"{times:6} {what}")
    return 1 if any(what.startswith("NOT ") for what in seen) else 0


if __name__ == "__main__":
    sys.exit(main())
