"""What names are looked up in: a snapshot of a registry as a file."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from diaspora_kg.cli.talk import say
from diaspora_kg.errors import DiasporaKGError

if TYPE_CHECKING:
    from diaspora_kg.linking.matching import Matcher

F = TypeVar("F", bound=Callable[..., Any])


def to_option(function: F) -> F:
    """Add ``--to``."""
    return click.option(
        "--to",
        "to",
        required=True,
        metavar="FILE",
        help="A dump of ROR, a table of GeoNames, or an RDF file whose things have labels. "
        "It is indexed the first time.",
    )(function)


def matcher_for(to: str) -> "Matcher":
    """Return what answers from the file after ``--to``.

    Raises ``DiasporaKGError`` (DKG502) when there is no such file or it is no registry.
    """
    from diaspora_kg.linking.matching import open_matcher

    return open_matcher(Path(to), tell=say)


def must_be_known(to: str, snapshot: Path | None = None) -> None:
    """Refuse a word after ``--to`` that names no registry, also where a snapshot is given.

    A file is known by being there, or by looking like one: what is wrong with it is said when it is
    opened. Raises ``DiasporaKGError`` (DKG502) otherwise.
    """
    from diaspora_kg.linking.targets import TARGETS
    from diaspora_kg.suggestions import closest

    is_file = snapshot is None and (Path(to).exists() or Path(to).suffix or "/" in to)
    if to in TARGETS or is_file:
        return
    near = closest(to, TARGETS, limit=1)
    meant = f"Did you mean {near[0]}? " if near else ""
    raise DiasporaKGError(
        "DKG502",
        f"'{to}' is neither a file nor a registry that is known by a word",
        f"{meant}The words are {', '.join(TARGETS)}; else give a registry as a file.",
    )
