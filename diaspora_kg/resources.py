"""Where the packaged ontology, shapes, queries and cases lie."""

import os
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


def folder(name: str) -> Traversable:
    """Return the folder ``ontology``, ``shapes``, ``queries`` or ``cases``, installed or not."""
    package = files("diaspora_kg")
    installed = package / "_data" / name
    if installed.is_dir():
        return installed
    return Path(str(package)).parent / name


def files_below(directory: Traversable, suffix: str) -> list[Traversable]:
    """Return all files below a folder whose name ends in the suffix, in a fixed order."""
    found: list[Traversable] = []
    for entry in sorted(directory.iterdir(), key=lambda item: item.name):
        if entry.is_dir():
            found.extend(files_below(entry, suffix))
        elif entry.name.endswith(suffix):
            found.append(entry)
    return found


def cache_folder() -> Path:
    """Return the folder of this user for what can be made again at any time."""
    if os.environ.get("XDG_CACHE_HOME"):
        return Path(os.environ["XDG_CACHE_HOME"]) / "diaspora-kg"
    if os.name == "nt" and os.environ.get("LOCALAPPDATA"):
        return Path(os.environ["LOCALAPPDATA"]) / "diaspora-kg" / "cache"
    return Path.home() / ".cache" / "diaspora-kg"
