"""Options for what a query from outside may take, and what is said when that was not enough."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

import click

from diaspora_kg.cli.talk import coloured
from diaspora_kg.errors import EXIT_FINDINGS, EXIT_GOOD, Finding, Severity

if TYPE_CHECKING:
    from diaspora_kg.confinement.limits import Limits
    from diaspora_kg.table import Table

F = TypeVar("F", bound=Callable[..., Any])


def limits_options(function: F) -> F:
    """Add ``--timeout``, ``--max-rows`` and ``--max-memory``; the function gets ``limits``.

    ``limits`` is None when none of them was given.
    """

    @click.option(
        "--timeout",
        type=float,
        metavar="SECONDS",
        help="Stop SPARQL of your own after so long; 0: never.  [default: 60]",
    )
    @click.option(
        "--max-rows",
        type=int,
        metavar="N",
        help="Cut the answer to SPARQL of your own after N rows; 0: never.  [default: 100000]",
    )
    @click.option(
        "--max-memory",
        type=int,
        metavar="MB",
        help="Stop SPARQL of your own beyond so much memory; 0: never.  [default: 1024]",
    )
    @wraps(function)
    def with_limits(
        *args: Any,  # noqa: ANN401 - whatever the command takes
        timeout: float | None,
        max_rows: int | None,
        max_memory: int | None,
        **options: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        given = {"seconds": timeout, "rows": max_rows, "megabytes": max_memory}
        return function(*args, limits=_limits(given), **options)

    return with_limits  # type: ignore[return-value]


def tell_of_cut(table: "Table") -> int:
    """Say when an answer was cut, under ``-q`` as well, and return the exit status for it."""
    if not table.is_cut:
        return EXIT_GOOD
    kind = table.kind.removesuffix("s") if len(table) == 1 else table.kind
    finding = Finding(
        "DKG418",
        f"the answer was cut after {len(table)} {kind}; there are more",
        "Allow more with --max-rows N (0: all), or ask for less; without ORDER BY it is left to "
        "chance which come first.",
        Severity.WARNING,
    )
    click.echo(coloured(finding, err=True), err=True)
    return EXIT_FINDINGS


def _limits(given: dict[str, Any]) -> "Limits | None":
    from diaspora_kg.confinement.limits import Limits

    chosen = {name: value for name, value in given.items() if value is not None}
    return Limits(**chosen) if chosen else None
