"""Where the packaged ontology, shapes, queries and cases lie."""

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
