"""What names are looked up in: a snapshot of a registry as a file."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from diaspora_kg.cli.talk import say

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
