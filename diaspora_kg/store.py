"""The store on disk: one folder a build, and a file ``CURRENT`` that is replaced atomically."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph

from diaspora_kg.errors import DiasporaKGError, Location
from diaspora_kg.namespaces import DKGG
from diaspora_kg.terms import Quad, nquad

FORMAT = 1
"""Raised when the layout of the store or the meaning of its graphs changes."""

_CURRENT, _BUILDS, _META, _QUADS, _STORE = "CURRENT", "builds", "build.json", "graph.nq", "store"


@dataclass(frozen=True)
class StoredBuild:
    """One finished build on disk."""

    folder: Path
    meta: Mapping[str, Any]

    @property
    def quads_file(self) -> Path:
        """The whole graph as sorted N-Quads, with every lexical form as it was written."""
        return self.folder / _QUADS

    def open(self, *, contested: bool = False) -> pyoxigraph.Store:
        """Open the store for reading; other readers and a new build do not mind.

        With ``contested`` the whole graph is loaded into memory, for a look at what is disputed.
        """
        if contested:
            store = pyoxigraph.Store()
            store.bulk_load(self.quads_file.read_bytes(), pyoxigraph.RdfFormat.N_QUADS)
            return store
        return pyoxigraph.Store.read_only(str(self.folder / _STORE))


def nquads(quads: Iterable[Quad]) -> bytes:
    """Return the quads as N-Quads, sorted, so that the same graph gives the same bytes."""
    return "".join(sorted(nquad(quad) for quad in quads)).encode("utf-8")


def read_nquads(data: bytes) -> list[Quad]:
    """Return the quads of lines as ``nquads`` writes them, every lexical form as it stands.

    This reads no other N-Quads: a general parser is slower, and would change terms.
    """
    quads: list[Quad] = []
    for line in data.decode("utf-8").split("\n"):  # not splitlines(): texts hold other line ends
        if line:
            subject, predicate, rest = line.removesuffix(" .").split(" ", 2)
            value, _, graph = rest.rpartition(" ")
            quads.append((subject, predicate, value, graph))
    return quads


def without_contested(data: bytes) -> bytes:
    """Return N-Quads lines without those of the graph of contested content."""
    end = f" <{DKGG}contested> .\n".encode()
    return b"".join(line for line in data.splitlines(keepends=True) if not line.endswith(end))


def write_build(directory: Path, data: bytes, meta: Mapping[str, Any]) -> StoredBuild:
    """Write a build beside the former one and make it current.

    A failure at any moment leaves the former build as it was. Raises ``DiasporaKGError``
    (DKG601) when the folder cannot be written, or holds something that is no store.
    """
    _must_be_ours(directory)
    try:
        builds = directory / _BUILDS
        builds.mkdir(parents=True, exist_ok=True)
        name = hashlib.sha256(data + _text(meta).encode("utf-8")).hexdigest()[:16]
        target = builds / name
        if not _is_complete(target):
            _write_folder(builds, target, data, meta)
        _replace(directory / _CURRENT, name + "\n")
    except OSError as error:
        raise DiasporaKGError(
            "DKG601",
            f"the store cannot be written: {error.strerror or error}",
            "Check the free space and that you may write there; the former graph is untouched.",
            Location(str(directory)),
        ) from error
    _remove_former(builds, keep=name)
    return StoredBuild(target, meta)


def read_build(directory: Path) -> StoredBuild:
    """Return the current build of a store.

    Raises ``DiasporaKGError``: DKG602 when the folder holds no store, DKG603 when another
    version of the program wrote it.
    """
    pointer = directory / _CURRENT
    try:
        folder = directory / _BUILDS / pointer.read_text("utf-8").strip()
        meta = json.loads((folder / _META).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise DiasporaKGError(
            "DKG602",
            f"there is no graph in '{directory}'",
            "Build one with 'diaspora-kg build', or name another folder with --kg.",
            Location(str(directory)),
        ) from error
    if meta.get("format") != FORMAT:
        raise DiasporaKGError(
            "DKG603",
            "this graph was written by another version of diaspora-kg",
            "Build it again: diaspora-kg build -o " + str(directory),
            Location(str(directory)),
        )
    return StoredBuild(folder, meta)


def is_store(directory: Path) -> bool:
    """Tell whether a folder holds a store."""
    return (directory / _CURRENT).is_file()


# --- Writing ----------------------------------------------------------------------------


def _must_be_ours(directory: Path) -> None:
    taken = directory.exists() and not directory.is_dir()
    if directory.is_dir() and not is_store(directory):
        taken = any(entry.name not in (_BUILDS, _CURRENT) for entry in directory.iterdir())
    if taken:
        raise DiasporaKGError(
            "DKG601",
            f"'{directory}' already holds something that is no graph of diaspora-kg",
            "Choose a new or empty folder with -o.",
            Location(str(directory)),
        )


def _text(meta: Mapping[str, Any]) -> str:
    return json.dumps(meta, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _is_complete(folder: Path) -> bool:
    return (folder / _META).is_file()


def _write_folder(builds: Path, target: Path, data: bytes, meta: Mapping[str, Any]) -> None:
    with _scratch(builds) as scratch:
        store = pyoxigraph.Store(str(scratch / _STORE))
        # What is contested stays outside: a query sees the union of all graphs in the store.
        store.bulk_load(without_contested(data), pyoxigraph.RdfFormat.N_QUADS)
        store.optimize()
        store.flush()
        del store  # releases the lock of the folder before it moves
        (scratch / _QUADS).write_bytes(data)
        _write_durably(scratch / _META, _text(meta))
        if target.exists():
            shutil.rmtree(target)  # the rest of a build that was killed
        scratch.rename(target)
        _sync_folder(builds)


@contextmanager
def _scratch(builds: Path) -> Iterator[Path]:
    scratch = Path(tempfile.mkdtemp(prefix=".new-", dir=builds))
    try:
        yield scratch
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _replace(file: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(prefix=".current-", dir=file.parent)
    os.close(handle)
    try:
        _write_durably(Path(name), text)
        Path(name).chmod(0o644)
        Path(name).replace(file)
        _sync_folder(file.parent)
    finally:
        Path(name).unlink(missing_ok=True)


def _write_durably(file: Path, text: str) -> None:
    with file.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows has no handle on a folder to flush
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove_former(builds: Path, keep: str) -> None:
    """Remove all but the current and the one before it: somebody may still read that one."""
    others = [entry for entry in builds.iterdir() if entry.name != keep and entry.is_dir()]
    finished = sorted(
        (entry for entry in others if not entry.name.startswith(".new-")),
        key=lambda entry: entry.stat().st_mtime,
    )
    for entry in finished[:-1]:
        shutil.rmtree(entry, ignore_errors=True)
