"""Which tables belong to one case.

They share a stem (``ytb.csv``, ``ytb.case.csv``, ``ytb.sources.csv`` …) or a folder
(``ytb/claims.csv``, ``ytb/case.csv`` …).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from diaspora_kg.reading.records import SUFFIXES
from diaspora_kg.reading.sssom import is_mapping_set

PARTS = ("claims", "case", "sources", "entities", "passages")


@dataclass
class TableGroup:
    """The tables of one case."""

    stem: str
    parts: dict[str, Path] = field(default_factory=dict)


def is_table(path: Path) -> bool:
    """Tell whether a file is a table of claims by its name."""
    return path.suffix.lower() in SUFFIXES and not is_mapping_set(path)


def home_of(path: Path) -> tuple[Path, str, str]:
    """Return what the tables of one case share, the case's name, and which part this file is."""
    stem, dot, part = path.stem.rpartition(".")
    if path.stem in PARTS:
        return path.parent, path.parent.resolve().name, path.stem
    if dot and part in PARTS:
        return path.parent / stem, stem, part
    return path.parent / path.stem, path.stem, "claims"


def group_tables(paths: Iterable[Path]) -> list[TableGroup]:
    """Return the tables case by case, by what their names share."""
    groups: dict[Path, TableGroup] = {}
    for path in paths:
        home, name, part = home_of(path)
        groups.setdefault(home, TableGroup(name)).parts.setdefault(part, path)
    return _joined(groups)


def _joined(groups: dict[Path, TableGroup]) -> list[TableGroup]:
    """Give ``case.csv``, ``sources.csv`` … of a folder to its only table of claims."""
    below: dict[Path, list[TableGroup]] = {}
    for home, group in groups.items():
        below.setdefault(home.parent, []).append(group)
    for home, loose in list(groups.items()):
        inside = below.get(home, [])
        if "claims" not in loose.parts and len(inside) == 1:
            inside[0].parts = {**loose.parts, **inside[0].parts}
            del groups[home]
            below[home.parent].remove(loose)
    return list(groups.values())
