"""Putting a build in its place: the former graph stands until the new one is whole on disk.

A build is made in a scratch folder, made durable, renamed to its final name, and only then named
by ``CURRENT``, which is replaced in one step. Whatever ends a process in between leaves rubbish
that no reader sees, and the next build removes it. Two builds at once do not wait for each
other while they write; the one that is ready last is the current one.
"""

import errno
import shutil
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pyoxigraph

from diaspora_kg.errors import DiasporaKGError, Location
from diaspora_kg.outputs import reason, what_is_in_the_way
from diaspora_kg.store import durable
from diaspora_kg.store.layout import (
    ASIDE,
    BUILDS,
    CURRENT,
    ENGINE,
    FILES,
    LOCK,
    META,
    POINTER,
    QUADS,
    SCRATCH,
    STATE,
    STORE,
    StoredBuild,
    checksums,
    is_intact,
    name_of,
    text_of_meta,
)
from diaspora_kg.store.lines import without_contested
from diaspora_kg.store.locking import Lease, is_leased, only_one, take_lease
from diaspora_kg.store.reading import is_store

State = Callable[[Path], None]
"""Writes files into an empty folder: what the program wants to find beside the build later."""


def write_build(
    directory: Path,
    data: bytes,
    meta: Mapping[str, Any],
    *,
    state: State | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> StoredBuild:
    """Write a build beside the former one and make it current.

    A failure at any moment leaves the former build as it was. ``state`` fills a folder that comes
    and goes with the build, and does not count for its name. ``meanwhile`` runs while the engine
    loads, which takes another core; what it raises ends the build, and the former one stays.

    Raises ``DiasporaKGError``: DKG601 when the folder cannot be written, or holds something that
    is no store, DKG608 when another process blocks it.
    """
    with writing(directory), _gone_if_empty(directory), draft_of(directory, meta) as draft:
        with ThreadPoolExecutor(1) as beside:
            # a graph that is there already is seldom built again, and loading takes longest
            loaded = beside.submit(load, draft.folder / STORE, data)
            if draft.is_new(name_of(data, meta)):
                (draft.folder / QUADS).write_bytes(data)
            if meanwhile is not None:
                meanwhile()
            draft.keep(state)
            loaded.result()
        return draft.publish()


@contextmanager
def _gone_if_empty(directory: Path) -> Iterator[None]:
    """Leave no folder behind where there was none and no build came about."""
    is_first = not directory.exists()
    try:
        yield
    except BaseException:
        if is_first:
            with suppress(OSError, DiasporaKGError), only_one(directory / LOCK):
                (directory / BUILDS).rmdir()  # not empty: another build goes on there
                (directory / LOCK).unlink()
                directory.rmdir()
        raise


@contextmanager
def writing(directory: Path) -> Iterator[None]:
    """Say what is wrong when a folder cannot be written (DKG601), or is not ours."""
    try:
        _must_be_ours(directory)
        yield
    except OSError as error:
        in_the_way = "" if directory.is_dir() else what_is_in_the_way(directory)
        raise DiasporaKGError(
            "DKG601",
            f"the store cannot be written: {reason(error)}",
            in_the_way
            or "Check the free space and that you may write there. A former graph is kept.",
            Location(str(directory)),
        ) from error


class Draft:
    """A build in the making, in a scratch folder that is on lease while this process lives."""

    def __init__(self, directory: Path, folder: Path, meta: Mapping[str, Any]) -> None:
        """Take over a scratch folder that holds nothing but what is said of the build."""
        self.directory, self.folder, self.meta = directory, folder, meta
        self.name = ""
        self._lease = take_lease(folder)
        self._standing: Lease | None = None

    @property
    def target(self) -> Path:
        """Where the build will stand."""
        return self.directory / BUILDS / self.name

    def is_new(self, name: str) -> bool:
        """Name the draft, and tell whether no undamaged build of that name stands already."""
        self.name = name
        self._standing = take_lease(self.target)
        return self._standing is None or not is_intact(self.target)

    def keep(self, state: State | None) -> None:
        """Write what is to stand beside the build, if anything is. Raises ``OSError``."""
        if state is not None:
            (self.folder / STATE).mkdir()
            state(self.folder / STATE)
            durable.sync_tree(self.folder / STATE)

    def publish(self, former: Path | None = None) -> StoredBuild:
        """Make the draft, or the build of that name which stands, the current one.

        ``former`` is a build with which it may share files. Raises ``OSError``; then the former
        build is still the current one, or this one is.
        """
        if (self.folder / QUADS).is_file():
            listed = {"engine": ENGINE, "store": checksums(self.folder, former)}
            (self.folder / FILES).write_bytes(text_of_meta(listed))
            # The engine has synced its own files, and the list may be lost.
            durable.sync_file(self.folder / QUADS)
            durable.sync_file(self.folder / META)
        durable.sync_folder(self.folder)
        with only_one(self.directory / LOCK):
            self._move()
            durable.replace_file(self.directory / CURRENT, f"{self.name}\n".encode(), POINTER)
            lease = take_lease(self.target)
            with suppress(OSError):  # what cannot be removed now will be removed next time
                _clean_up(self.directory, keep=self.name)
        return StoredBuild(self.target, self.meta, lease)

    def release(self) -> None:
        """End the leases of the draft."""
        for lease in (self._lease, self._standing):
            if lease is not None:
                lease.release()

    def _move(self) -> None:
        builds = self.directory / BUILDS
        if (self.folder / QUADS).is_file() and not is_intact(self.target):
            self.release()  # Windows renames no folder with an open file
            if not durable.remove(self.target, builds, ASIDE):
                raise OSError(errno.EBUSY, f"somebody has files of '{self.target}' open")
            durable.patiently(lambda: self.folder.rename(self.target))
        elif (self.folder / STATE).is_dir():
            with suppress(OSError):  # the former state then stays, or none is there
                durable.remove(self.target / STATE, builds, ASIDE)
                (self.folder / STATE).rename(self.target / STATE)
        durable.sync_folder(builds)


@contextmanager
def draft_of(directory: Path, meta: Mapping[str, Any]) -> Iterator[Draft]:
    """Begin a build; what is left of it in the end is removed. Raises ``OSError``."""
    try:
        draft = _begin(directory, meta)
    except FileNotFoundError:  # another first build failed and took the folder with it
        draft = _begin(directory, meta)
    try:
        yield draft
    finally:
        draft.release()
        shutil.rmtree(draft.folder, ignore_errors=True)


def _begin(directory: Path, meta: Mapping[str, Any]) -> Draft:
    """Make a scratch folder and take a lease on it, before others take it for rubbish."""
    _make_folder(directory / BUILDS)
    with only_one(directory / LOCK):
        folder = durable.new_folder(directory / BUILDS, SCRATCH)
        try:
            (folder / META).write_bytes(text_of_meta(meta))
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return Draft(directory, folder, meta)


def load(folder: Path, data: bytes) -> None:
    """Make the store that queries see from lines of N-Quads. Raises ``OSError``."""
    with engine():
        store = pyoxigraph.Store(str(folder))
        # What is contested stays outside: a query sees the union of all graphs in the store.
        # The lines are our own, and validation has parsed every IRI that was given strictly.
        store.bulk_load(without_contested(data), pyoxigraph.RdfFormat.N_QUADS, lenient=True)
        store.optimize()
        store.flush()


@contextmanager
def engine() -> Iterator[None]:
    """Turn the errors that the storage engine has no better name for into ``OSError``."""
    try:
        yield
    except RuntimeError as error:
        raise OSError(str(error)) from error


# --- Steps ------------------------------------------------------------------------------


def _must_be_ours(directory: Path) -> None:
    taken = directory.exists() and not directory.is_dir()
    if directory.is_dir() and not is_store(directory):
        taken = any(
            entry.name not in (BUILDS, CURRENT, LOCK) and not entry.name.startswith(POINTER)
            for entry in directory.iterdir()
        )
    if taken:
        raise DiasporaKGError(
            "DKG601",
            f"'{directory}' already holds something that is no graph of diaspora-kg",
            "Choose a new or empty folder with -o.",
            Location(str(directory)),
        )


def _make_folder(builds: Path) -> None:
    missing = [folder for folder in (builds, *builds.parents) if not folder.exists()]
    builds.mkdir(parents=True, exist_ok=True)
    for folder in missing:
        durable.sync_folder(folder.parent)


def _clean_up(directory: Path, keep: str) -> None:
    """Remove what is neither current nor in use, but for the newest of the former builds.

    That one is kept for readers of whom no lock tells.
    """
    builds = directory / BUILDS
    others = [entry for entry in builds.iterdir() if entry.name != keep and entry.is_dir()]
    finished = [entry for entry in others if not entry.name.startswith(".")]
    former = max(finished, key=lambda entry: entry.stat().st_mtime, default=None)
    for entry in others:
        if entry != former and not is_leased(entry):
            durable.remove(entry, builds, ASIDE)
    for file in directory.glob(POINTER + "*"):
        file.unlink(missing_ok=True)
