"""A new build made out of the former one: what did not change is neither loaded nor computed.

The immutable files of the former store get a second name (a hard link, where the file system has
them), and only changed quads are taken out and put in. The lines between two changes are copied
as they stand. The outcome has the bytes and the name that writing the whole graph would give.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from mmap import mmap
from pathlib import Path
from typing import Any

import pyoxigraph

from diaspora_kg.store.layout import (
    FORMAT,
    QUADS,
    STORE,
    StoredBuild,
    is_intact,
    mapped,
    short_name,
    text_of_meta,
)
from diaspora_kg.store.lines import (
    Changes,
    UnfitError,
    is_contested,
    lines_with_prefix,
    merged,
)
from diaspora_kg.store.writing import Draft, State, draft_of, engine, write_build, writing
from diaspora_kg.terms import Quad, nquad

_N_QUADS = pyoxigraph.RdfFormat.N_QUADS
_LARGE = 20_000
"""From so many new lines on, loading in bulk is faster than one transaction."""

_SHARE = 0.25
"""From such a share of changed text on, writing the whole graph is faster."""


def write_successor(
    directory: Path,
    former: StoredBuild,
    changes: Changes,
    meta: Mapping[str, Any],
    whole: Callable[[], bytes],
    *,
    state: State | None = None,
) -> StoredBuild:
    """Write the build that differs from a former one by some quads, and make it current.

    The outcome is that of ``write_build(directory, whole(), meta)``, sooner. ``whole`` returns the
    new graph as ``nquads`` does; it is called only when the former build cannot serve: it is
    damaged or of another format, the changes do not fit it, or are so many that writing the whole
    is faster. Raises as ``write_build`` does.
    """
    with writing(directory):
        try:
            with draft_of(directory, meta) as draft:
                difference = _difference(former, changes)
                if draft.is_new(_write_lines(draft, former, difference)):
                    _change_store(draft.folder, former.folder, difference)
                else:
                    (draft.folder / QUADS).unlink()
                draft.keep(state)
                return draft.publish(former.folder)
        except (OSError, UnfitError):
            pass
    return write_build(directory, whole(), meta, state=state)


@dataclass(frozen=True)
class _Difference:
    removed: set[bytes]
    added: set[bytes]


def _difference(former: StoredBuild, changes: Changes) -> _Difference:
    """Return the lines that change. Raises ``UnfitError`` when the former build cannot serve."""
    if former.meta.get("format") != FORMAT:
        raise UnfitError
    removed, added = set(changes.removed), set(changes.added)
    removed, added = removed - added, added - removed
    if any(_has_blank_node(quad) for quad in removed | added):
        raise UnfitError  # a store gives blank nodes names of its own
    return _Difference(_lines(removed), _lines(added))


def _write_lines(draft: Draft, former: StoredBuild, difference: _Difference) -> str:
    """Write the quads of the new build and return its name, checking the former one meanwhile."""
    digest = hashlib.sha256()
    data = mapped(former.quads_file)
    try:
        if sum(map(len, difference.removed | difference.added)) > len(data) * _SHARE:
            raise UnfitError
        with ThreadPoolExecutor(1) as aside, (draft.folder / QUADS).open("wb") as stream:
            intact = aside.submit(is_intact, former.folder)
            for piece in merged(data, difference.removed, difference.added):
                digest.update(piece)
                stream.write(piece)
            if not intact.result():
                raise UnfitError
    finally:
        if isinstance(data, mmap):
            data.close()
    digest.update(text_of_meta(draft.meta))
    return short_name(digest)


def _change_store(folder: Path, former: Path, difference: _Difference) -> None:
    """Make the store of a build from that of the former one. Raises ``OSError``."""
    with engine():
        pyoxigraph.Store.read_only(str(former / STORE)).backup(str(folder / STORE))
        store = pyoxigraph.Store(str(folder / STORE))
        removed = [line for line in difference.removed if not is_contested(line)]
        added = {line for line in difference.added if not is_contested(line)}
        for quad in pyoxigraph.parse(b"".join(removed), _N_QUADS):
            store.remove(quad)
        added |= _equal_in_store(folder / QUADS, removed)
        fill = store.load if len(added) < _LARGE else store.bulk_load
        fill(b"".join(added), _N_QUADS)
        store.flush()


def _equal_in_store(quads: Path, removed: Iterable[bytes]) -> set[bytes]:
    """Return lines that stay but may have gone from the store with a removed one.

    A store holds values: ``1.50`` and ``1.5`` are one quad in it, and two lines in the file.
    """
    prefixes = {b" ".join(line.split(b" ", 2)[:2]) + b' "' for line in removed if _is_value(line)}
    data = mapped(quads)
    try:
        found = (line for prefix in prefixes for line in lines_with_prefix(data, prefix))
        return {line for line in found if not is_contested(line)}
    finally:
        if isinstance(data, mmap):
            data.close()


def _is_value(line: bytes) -> bool:
    """Tell whether the object is a literal with a datatype or a language."""
    value = line.split(b" ", 2)[2].rsplit(b" ", 2)[0]
    return value.startswith(b'"') and not value.endswith(b'"')


def _has_blank_node(quad: Quad) -> bool:
    return any(term.startswith("_:") for term in quad)


def _lines(quads: Iterable[Quad]) -> set[bytes]:
    return {nquad(quad).encode("utf-8") for quad in quads}
