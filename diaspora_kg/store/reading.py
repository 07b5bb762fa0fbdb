"""Finding the current build of a store while others may be replacing it."""

import json
import time
from pathlib import Path

from diaspora_kg.errors import DiasporaKGError, Location
from diaspora_kg.store.layout import (
    BUILDS,
    CURRENT,
    FORMAT,
    META,
    QUADS,
    STORE,
    StoredBuild,
)
from diaspora_kg.store.locking import Lease, take_lease

_ATTEMPTS = 100
_UNCHANGED = 3


def read_build(directory: Path) -> StoredBuild:
    """Return the current build of a store, and keep it from being removed while it is in use.

    Raises ``DiasporaKGError``: DKG602 when the folder holds no store or a damaged one, DKG603 when
    another version of the program wrote it.
    """
    try:
        lease = _lease_of_current(directory)
        meta = json.loads((lease.folder / META).read_text("utf-8"))
        written = meta["format"]
        whole = (lease.folder / QUADS).is_file() and (lease.folder / STORE).is_dir()
    except PermissionError as error:
        raise DiasporaKGError(
            "DKG602",
            f"the graph in '{directory}' cannot be opened: {error.strerror}",
            "Ask its owner for the right to read it, or name another folder with --kg.",
            Location(str(directory)),
        ) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _no_build(directory) from error
    if written != FORMAT:
        raise _other_version(directory, written, meta.get("version"))
    if not whole:
        raise _no_build(directory)
    return StoredBuild(lease.folder, meta, lease)


def is_store(directory: Path) -> bool:
    """Tell whether a folder holds a store; one that the user may not look into may well do so."""
    try:
        return (directory / CURRENT).is_file()
    except PermissionError:
        return True


def _lease_of_current(directory: Path) -> Lease:
    """Return a lease on the build that the pointer names, following it when it moves.

    Between reading the pointer and taking the lease, newer builds may come and remove this one;
    the pointer then says something else. Raises ``OSError`` when it names nothing.
    """
    before, same = "", 0
    for _ in range(_ATTEMPTS):
        name = (directory / CURRENT).read_text("utf-8").strip()
        if not name or name != Path(name).name:
            break
        if (lease := take_lease(directory / BUILDS / name)) is not None:
            return lease
        same = same + 1 if name == before else 0
        if same == _UNCHANGED:
            break
        before = name
        time.sleep(0.005)
    raise FileNotFoundError(str(directory / BUILDS))


def _no_build(directory: Path) -> DiasporaKGError:
    place = Location(str(directory))
    if is_store(directory):
        return DiasporaKGError(
            "DKG602",
            f"the graph in '{directory}' is damaged",
            f"Build it again: diaspora-kg build -o {directory}",
            place,
        )
    return DiasporaKGError(
        "DKG602",
        f"there is no graph in '{directory}'",
        "Build one with 'diaspora-kg build', or name another folder with --kg.",
        place,
    )


def _other_version(directory: Path, written: object, version: object) -> DiasporaKGError:
    newer = isinstance(written, int) and written > FORMAT
    by = f"{'a newer' if newer else 'another'} version of diaspora-kg"
    again = f"Build it again: diaspora-kg build -o {directory}"
    return DiasporaKGError(
        "DKG603",
        f"the graph in '{directory}' was written by {by}" + (f" ({version})" if version else ""),
        f"Install that version to read it. {again}" if newer else again,
        Location(str(directory)),
    )
