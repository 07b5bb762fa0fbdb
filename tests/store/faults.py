"""Every file operation that writing a build makes, each of which can be made to fail or to kill.

Run as a program, it kills a process at the first operation, at the second, and so on:

    python faults.py SCENARIO FOLDER

and leaves one store for each in FOLDER. A process of its own is needed, since the threads of the
storage engine do not survive a fork.
"""

import errno
import io
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pyoxigraph

from diaspora_kg.store import (
    FORMAT,
    Changes,
    StoredBuild,
    nquads,
    read_build,
    write_build,
    write_successor,
)
from diaspora_kg.terms import Quad

META = {"format": FORMAT}
CHANGING = ["mkdir", "rename", "replace", "unlink", "rmdir", "fsync", "link", "chmod"]
LOOKING = ["open", "stat", "listdir", "scandir"]
ENGINE_CALLS = ("backup", "bulk_load", "load", "remove", "optimize", "flush")


def quads(word: str, number: int = 200) -> list[Quad]:
    """Return quads that say a word."""
    graph = "<https://w3id.org/diaspora-kg/graph/accepted>"
    return [(f"<http://e.org/{n}>", "<http://e.org/p>", f'"{word}"', graph) for n in range(number)]


FORMER, REST = quads("former"), quads("former")[5:]
NEW = [*REST, *quads("new", 7)]


def prepare(kg: Path, scenario: str) -> None:
    """Write the graph that must survive, and before it one that is removed by the next build."""
    if scenario == "first":
        return
    write_build(kg, nquads(quads("oldest")), META)
    write_build(kg, nquads(FORMER), META, state=keep)


def keep(folder: Path) -> None:
    """Write what the program keeps beside a build."""
    (folder / "kept").write_bytes(b"state")


def write_whole(kg: Path) -> StoredBuild:
    """Write the new graph as a whole."""
    return write_build(kg, nquads(NEW), META, state=keep)


def write_changes(kg: Path) -> StoredBuild:
    """Write the new graph as changes of the former one."""
    changes = Changes(FORMER[:5], quads("new", 7))
    return write_successor(kg, read_build(kg), changes, META, lambda: nquads(NEW), state=keep)


def write_again(kg: Path) -> StoredBuild:
    """Write the graph that stands already, with other state."""
    return write_build(kg, nquads(FORMER), META, state=keep)


def write_first(kg: Path) -> StoredBuild:
    """Write the first graph into a folder that is not there."""
    return write_build(kg, nquads(NEW), META, state=keep)


SCENARIOS: dict[str, Callable[[Path], StoredBuild]] = {
    "whole": write_whole,
    "changes": write_changes,
    "again": write_again,
    "first": write_first,
}


class Steps:
    """Counts the operations, and does something at one of them, or at all from one on."""

    def __init__(
        self, chosen: int, act: Callable[[str], None], *, looking: bool, staying: bool
    ) -> None:
        """Choose the operation, counted from 0, and what happens there."""
        self.seen: list[str] = []
        self.looking, self.staying = looking, staying
        self._chosen, self._act = chosen, act

    def step(self, name: str) -> None:
        """Count an operation."""
        if name == "read" and not self.looking:
            return
        self.seen.append(name)
        place = len(self.seen) - 1
        if place == self._chosen or (self.staying and place > self._chosen):
            self._act(name)

    def stepping(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that counts before it does its work."""

        def call(*args: Any, **named: Any) -> Any:
            self.step(name)
            return function(*args, **named)

        return call


class Inline:
    """Runs in order what otherwise runs beside, so that operations have one order."""

    def __init__(self, workers: int) -> None:
        """Take what an executor takes."""

    def __enter__(self) -> "Inline":
        return self

    def __exit__(self, *reason: object) -> None:
        return None

    def submit(self, function: Callable[..., Any], *args: Any) -> "Future[Any]":
        """Run at once."""
        done: Future[Any] = Future()
        try:
            done.set_result(function(*args))
        except OSError as error:
            done.set_exception(error)
        return done


@contextmanager
def steps(
    chosen: int, act: Callable[[str], None], *, looking: bool = True, staying: bool = False
) -> Iterator[Steps]:
    """Count every file operation of what is inside; without ``looking``, those that change."""
    counted = Steps(chosen, act, looking=looking, staying=staying)
    with ExitStack() as patches:
        for name in CHANGING + LOOKING * looking:
            call = counted.stepping(name, getattr(os, name))
            patches.enter_context(patch.object(os, name, call))
        patches.enter_context(patch("io.open", _counting_open(counted, io.open)))
        patches.enter_context(patch("pyoxigraph.Store", _counting_engine(counted)))
        mapping = counted.stepping("mmap", sys.modules["mmap"].mmap)
        patches.enter_context(patch("diaspora_kg.store.layout.mmap", mapping))
        for module in ("successors", "writing"):
            patches.enter_context(patch(f"diaspora_kg.store.{module}.ThreadPoolExecutor", Inline))
        if sys.platform != "win32":
            import fcntl

            lock = counted.stepping("flock", fcntl.flock)
            patches.enter_context(patch("fcntl.flock", lock))
        yield counted


def _counting_open(counted: Steps, original: Callable[..., Any]) -> Callable[..., Any]:
    class Counting(io.FileIO):
        def write(self, data: Any) -> int:
            counted.step("write")
            return super().write(data)

        def read(self, size: int | None = -1) -> bytes:
            counted.step("read")
            return super().read(size)

    def opened(file: Any, mode: str = "r", *args: Any, **named: Any) -> Any:
        counted.step("read" if "r" in mode else "open")
        if "b" not in mode:
            return original(file, mode, *args, **named)
        raw = Counting(file, mode.replace("b", ""))
        return raw if "r" in mode else io.BufferedWriter(raw)

    return opened


def _counting_engine(counted: Steps) -> type:
    original = pyoxigraph.Store

    class Counting:
        def __init__(self, path: str | None = None, store: Any = None) -> None:
            counted.step("store open")
            self._store = store or original(path)

        @staticmethod
        def read_only(path: str) -> "Counting":
            return Counting(store=original.read_only(path))

        def __getattr__(self, name: str) -> Any:
            if name in ENGINE_CALLS:
                return counted.stepping(f"store {name}", getattr(self._store, name))
            return getattr(self._store, name)

    return Counting


def fail(name: str) -> None:
    """Fail as a full disk does."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def kill(name: str) -> None:
    """End the process, with no chance to tidy up."""
    os._exit(9)


def _kill_at_every_step(scenario: str, folder: Path) -> None:
    """Leave the stores of processes that died at each operation; nothing is opened here."""
    chosen = 0
    while True:
        kg = folder / f"{chosen:03}" / "kg"
        if scenario != "first":
            shutil.copytree(folder / "prepared", kg)
        child = os.fork()
        if child == 0:
            with steps(chosen, kill, looking=False):
                SCENARIOS[scenario](kg)
            os._exit(0)
        if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0:
            break
        chosen += 1
    sys.stdout.write(f"{chosen}\n")


if __name__ == "__main__":
    _kill_at_every_step(sys.argv[1], Path(sys.argv[2]))
