"""Files that are whole on disk before anything points at them."""

import os
import shutil
import sys
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

if sys.platform != "win32":
    import fcntl

_ATTEMPTS = 50


def new_folder(parent: Path, beginning: str) -> Path:
    """Make a folder of its own in ``parent``, with the rights that the user's folders have."""
    folder = parent / (beginning + uuid.uuid4().hex[:12])
    folder.mkdir()
    return folder


def replace_file(file: Path, data: bytes, beginning: str) -> None:
    """Replace a file in one step: a reader sees the former content or the new one.

    Raises ``OSError``; then the former content stands, or the new one does.
    """
    fresh = file.parent / (beginning + uuid.uuid4().hex[:12])
    try:
        fresh.write_bytes(data)
        sync_file(fresh)
        patiently(lambda: fresh.replace(file))
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    sync_folder(file.parent)


def sync_file(file: Path) -> None:
    """Wait until the content of a file is on disk. Raises ``OSError``."""
    with file.open("rb+") as stream:  # Windows flushes only what is open for writing
        _sync(stream.fileno())


def sync_tree(folder: Path) -> None:
    """Wait until a folder is on disk with all that is in it. Raises ``OSError``."""
    for entry in folder.iterdir():
        if entry.is_dir():
            sync_tree(entry)
        else:
            sync_file(entry)
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on disk; Windows has no such call."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        _sync(handle)
    finally:
        os.close(handle)


def _sync(handle: int) -> None:
    """Wait until an open file is on disk, not only in the memory of the disk."""
    if sys.platform == "darwin":
        with suppress(OSError):  # not every file system knows it
            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)  # what fsync does elsewhere
            return
    os.fsync(handle)


def remove(folder: Path, parent: Path, beginning: str) -> bool:
    """Remove a folder so that nobody ever sees half of it; tell whether it is out of the way.

    On Windows it stays when somebody has a file of it open.
    """
    aside = parent / (beginning + uuid.uuid4().hex[:12])
    try:
        folder.rename(aside)
    except OSError:
        return not folder.exists()
    shutil.rmtree(aside, ignore_errors=True)
    return True


def patiently(step: Callable[[], object]) -> None:
    """Do a step; on Windows again when another process has the file open for an instant."""
    for _ in range(_ATTEMPTS if sys.platform == "win32" else 0):
        try:
            step()
        except PermissionError:
            time.sleep(0.02)
        else:
            return
    step()
