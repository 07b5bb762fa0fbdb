"""Places that cannot be written: what to say of them."""

from pathlib import Path

from diaspora_kg.errors import DiasporaKGError, Location


def unwritable(path: Path, error: OSError, location: Location | None = None) -> DiasporaKGError:
    """Return the error (DKG604) for a file or folder that could not be written."""
    hint = what_is_in_the_way(path) or "Check the folder and your right to write there."
    if isinstance(error, FileExistsError):
        hint = "A file has this name already: name a folder."
    return DiasporaKGError("DKG604", f"'{path}' cannot be written: {reason(error)}", hint, location)


def reason(error: OSError) -> str:
    """Return why the system refused, in a few words."""
    return error.strerror or str(error).rpartition(": ")[2]


def what_is_in_the_way(path: Path) -> str:
    """Return what to do where the place itself is the reason; nothing where it is not."""
    try:
        if path.is_dir():
            return f"'{path}' is a folder: name a file in it."
        for parent in path.parents:
            if parent.is_dir():
                break
            if parent.exists():
                return f"'{parent}' is a file, so nothing can be written below it: name a folder."
        if not path.parent.exists():
            return f"There is no folder '{path.parent}': make it, or name another."
    except OSError:
        return ""
    return ""
