"""Who may do what at once: one process at a time changes a store, and readers keep what they read.

Locks belong to open files, so the system ends them with the process, however it dies: none can be
left over. Where a file system knows no locks, everything works, but the builds of two processes
at the very same moment may get into each other's way.
"""

import errno
import os
import sys
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from diaspora_kg.errors import DiasporaKGError, Location

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

PATIENCE = 60.0
"""Seconds to wait for another process that puts a build in its place, which takes an instant."""

_PAUSE = 0.02
_LEASED = "build.json"
_TAKEN = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)


class Lease:
    """A mark on the folder of a build that says: somebody needs this. It ends with the object.

    On Windows an open file is enough, since nobody can then rename or remove its folder; elsewhere
    it is a shared lock on that file, which needs no right to write.
    """

    def __init__(self, folder: Path, handle: int) -> None:
        """Take over the open file of a folder."""
        self.folder = folder
        self.release = weakref.finalize(self, os.close, handle)
        """End the lease at once; a second call does nothing."""


def take_lease(folder: Path) -> Lease | None:
    """Return a lease on the folder of a build, or nothing when it is gone or on its way out.

    Raises ``PermissionError`` when the user may not read it.
    """
    file = folder / _LEASED
    try:
        handle = os.open(file, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    except OSError as error:
        if isinstance(error, PermissionError) and sys.platform != "win32":
            raise
        return None  # on Windows a file that is being removed is one that nobody may open
    lease = Lease(folder, handle)
    if sys.platform != "win32":
        try:
            if _lock(handle, shared=True) and os.path.samestat(os.fstat(handle), file.stat()):
                return lease
        except OSError:
            pass  # the folder was renamed between the two steps
        lease.release()
        return None
    return lease


def is_leased(folder: Path) -> bool:
    """Tell whether somebody, this process included, holds a lease on a folder.

    On Windows the answer is no: renaming the folder is what tells.
    """
    if sys.platform == "win32":
        return False
    try:
        handle = os.open(folder / _LEASED, os.O_RDWR)
    except OSError:
        return False
    try:
        return not _lock(handle, shared=False)
    finally:
        os.close(handle)


@contextmanager
def only_one(file: Path, patience: float | None = None) -> Iterator[None]:
    """Let one process at a time do what is inside; ``file`` is made, and stays.

    Others wait for ``patience`` seconds, ``PATIENCE`` if not given.

    Raises ``DiasporaKGError`` (DKG608) when another process does not come to an end, ``OSError``
    when the file cannot be opened.
    """
    deadline = time.monotonic() + (PATIENCE if patience is None else patience)
    while (handle := _locked(file)) is None:
        if time.monotonic() > deadline:
            raise _blocked(file.parent)
        time.sleep(_PAUSE)
    try:
        yield
    finally:
        os.close(handle)


def _locked(file: Path) -> int | None:
    """Return the locked file, or nothing when another process has it or has just removed it."""
    handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        if _lock(handle, shared=False) and os.path.samestat(os.fstat(handle), file.stat()):
            return handle
    except FileNotFoundError:
        pass
    except BaseException:
        os.close(handle)
        raise
    os.close(handle)
    return None


def _lock(handle: int, *, shared: bool) -> bool:
    """Lock an open file if nobody else has; where there are no locks, all is free."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in _TAKEN
    return True


def _blocked(directory: Path) -> DiasporaKGError:
    return DiasporaKGError(
        "DKG608",
        f"another process is putting a graph into '{directory}' and does not come to an end",
        "It may be stopped or hang: end it, or build into another folder with -o.",
        Location(str(directory)),
    )
