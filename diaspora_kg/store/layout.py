"""What stands where on disk, and what a finished build is."""

import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

import pyoxigraph

from diaspora_kg.errors import DiasporaKGError, Location
from diaspora_kg.store.locking import Lease

FORMAT = 1
"""Raised when the layout of the store or the meaning of its graphs changes."""

CURRENT, BUILDS, LOCK = "CURRENT", "builds", ".lock"
META, QUADS, STORE, STATE, FILES = "build.json", "graph.nq", "store", "state", "files.json"
SCRATCH, ASIDE, POINTER = ".new-", ".old-", ".current-"
"""Beginnings of names: a build in the making, one on its way out, a pointer in the making."""

ENGINE = f"pyoxigraph {pyoxigraph.__version__}"
_TALK = ("LOG", "LOCK")
"""Beginnings of names of files without which the engine opens a store."""

_PIECE = 1 << 22


@dataclass(frozen=True)
class StoredBuild:
    """One finished build on disk; as long as this object lives, no build removes it."""

    folder: Path
    meta: Mapping[str, Any]
    lease: Lease | None = field(default=None, compare=False, repr=False)

    @property
    def name(self) -> str:
        """The identifier of the build: the same content gives the same one."""
        return self.folder.name

    @property
    def quads_file(self) -> Path:
        """The whole graph as sorted N-Quads, with every lexical form as it was written."""
        return self.folder / QUADS

    @property
    def state_folder(self) -> Path:
        """What the program kept to be faster next time; the folder may be missing."""
        return self.folder / STATE

    def open(self, *, contested: bool = False) -> pyoxigraph.Store:
        """Open the store for reading; other readers and a new build do not mind.

        With ``contested`` the whole graph is loaded into memory, for a look at what is disputed.

        Raises ``DiasporaKGError``: DKG602 when its files are damaged or gone, DKG603 when another
        version of the storage engine wrote them, which this one cannot read.
        """
        try:
            if contested:
                store = pyoxigraph.Store()
                store.bulk_load(self.quads_file.read_bytes(), pyoxigraph.RdfFormat.N_QUADS)
                return store
            return pyoxigraph.Store.read_only(str(self.folder / STORE))
        except (OSError, RuntimeError, ValueError, SyntaxError) as error:
            raise self._unreadable(error) from error

    def _unreadable(self, error: Exception) -> DiasporaKGError:
        directory = self.folder.parent.parent
        hint = f"Build it again: diaspora-kg build -o {directory}"
        engine = read_files(self.folder).get("engine", ENGINE)
        if engine != ENGINE:
            return DiasporaKGError(
                "DKG603",
                f"the graph in '{directory}' was written by {engine}, and {ENGINE} cannot read it",
                hint,
                Location(str(directory)),
            )
        return DiasporaKGError(
            "DKG602",
            f"the graph in '{directory}' cannot be opened: {_reason(error)}",
            hint,
            Location(str(directory)),
        )


def _reason(error: Exception) -> str:
    """Return what keeps a store closed; the engine's own words are of files and blocks."""
    if isinstance(error, OSError) and not isinstance(error, FileNotFoundError):
        return error.strerror or str(error).rpartition(": ")[2]
    return "its files are damaged or gone"


def text_of_meta(meta: Mapping[str, Any]) -> bytes:
    """Return what is said of a build as it stands in its file."""
    text = json.dumps(meta, ensure_ascii=False, indent=1, sort_keys=True)
    return (text + "\n").encode("utf-8")


def name_of(data: bytes, meta: Mapping[str, Any]) -> str:
    """Return the name of a build: the same graph, made in the same way, has the same name."""
    digest = hashlib.sha256(data)
    digest.update(text_of_meta(meta))
    return short_name(digest)


def short_name(digest: "hashlib._Hash") -> str:
    """Return the name of a build from the hash over its quads and what is said of it."""
    return digest.hexdigest()[:16]


def checksums(folder: Path, former: Path | None = None) -> dict[str, list[int]]:
    """Return size and CRC-32 of every file of the store inside a build.

    Files that the build shares with a former one are not read again.
    """
    known = read_files(former).get("store", {}) if former else {}
    found = {}
    for file in sorted((folder / STORE).iterdir()):
        if file.name.startswith(_TALK):
            continue
        if former and file.name in known and file.samefile(former / STORE / file.name):
            found[file.name] = known[file.name]
        else:
            found[file.name] = [file.stat().st_size, _crc(file)]
    return found


def _crc(file: Path) -> int:
    check = 0
    for piece in _pieces(file):
        check = zlib.crc32(piece, check)
    return check


def _pieces(file: Path) -> Iterator[bytes]:
    with file.open("rb", buffering=0) as stream:
        while piece := stream.read(_PIECE):
            yield piece


def read_files(folder: Path) -> dict[str, Any]:
    """Return what a build says of its own files; nothing when that cannot be read."""
    try:
        content = json.loads((folder / FILES).read_bytes())
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def is_intact(folder: Path) -> bool:
    """Tell whether all files of a build are as they were written.

    The name of a build is a hash of its quads and of what is said of it; the files of the store
    are checked by their CRC-32, so damage is told, but no forgery.
    """
    try:
        digest = hashlib.sha256()
        for file in (folder / QUADS, folder / META):
            for piece in _pieces(file):
                digest.update(piece)
        listed = read_files(folder)
        return (
            short_name(digest) == folder.name
            and listed.get("engine") == ENGINE
            and listed.get("store") == checksums(folder)
        )
    except OSError:
        return False


def mapped(file: Path) -> mmap | bytes:
    """Return the content of a file without reading it into memory."""
    if file.stat().st_size == 0:
        return b""  # nothing to map
    with file.open("rb") as stream:
        return mmap(stream.fileno(), 0, access=ACCESS_READ)
