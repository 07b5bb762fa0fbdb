"""When the files below some paths change: found by looking at them now and then.

Looking works on every system and every kind of drive; and a look at a thousand files takes a few
milliseconds.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from time import sleep

from diaspora_kg.store import is_store

INTERVAL = 0.2
"""Seconds between two looks, and for which files must have been left alone."""

Snapshot = dict[str, tuple[int, int]]


def changes(
    paths: Iterable[Path], *, interval: float = INTERVAL, wait: Callable[[float], None] = sleep
) -> Iterator[None]:
    """Yield once at the beginning, and then whenever files changed and have come to rest.

    Editors write a file in several steps: a change is told when two looks in a row see the same.
    """
    listed = list(paths)
    known = look(listed)
    yield
    while True:
        wait(interval)
        seen = look(listed)
        if seen == known:
            continue
        while True:
            wait(interval)
            again = look(listed)
            if again == seen:
                break
            seen = again
        known = seen
        yield


def look(paths: Iterable[Path]) -> Snapshot:
    """Return the files below some paths with their times and sizes; what is gone is left out.

    Hidden files and folders are passed over, and so are the graphs that builds wrote.
    """
    found: Snapshot = {}
    for path in paths:
        if path.is_dir():
            for root, folders, files in os.walk(path):
                here = Path(root)
                folders[:] = [
                    name for name in folders if name[:1] != "." and not is_store(here / name)
                ]
                for name in files:
                    if name[:1] != ".":
                        _note(here / name, found)
        else:
            _note(path, found)
    return found


def _note(file: Path, found: Snapshot) -> None:
    try:
        state = file.stat()
    except OSError:
        return  # it went between two looks
    found[str(file)] = state.st_mtime_ns, state.st_size
