"""Cells that hold several things: ``|`` stands between the items of a list."""

import re

from diaspora_kg.model import Written
from diaspora_kg.reading.tree import Scalar, Sequence

_JOINT = re.compile(r"\s\+\s")
"""Between works that are cited together; names may hold a plus sign, but none between blanks."""


def listed(value: Written) -> Sequence:
    """Return the list of a cell: ``a | b``."""
    return Sequence(tuple(parts_of(value)), value.at)


def parts_of(value: Written) -> list[Scalar]:
    """Return the items of a cell; empty ones are left out."""
    parts = (part.strip() for part in value.split("|"))
    return [Scalar(Written(part, value.at)) for part in parts if part]


def chain_of(value: Written) -> Sequence:
    """Return whom a passage cites, nearest first: ``a + b | c`` is a and b together, then c."""
    links = []
    for part in parts_of(value):
        together = tuple(Scalar(Written(one.strip(), value.at)) for one in _JOINT.split(part.text))
        links.append(together[0] if len(together) == 1 else Sequence(together, value.at))
    return Sequence(tuple(links), value.at)
