"""Options for the services that SERVICE in a query may ask, and what is said of their rows."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

import click

from diaspora_kg.cli.talk import say

if TYPE_CHECKING:
    from diaspora_kg.outside import AllowedServices
    from diaspora_kg.table import Table

F = TypeVar("F", bound=Callable[..., Any])


def services_options(function: F) -> F:
    """Add ``--allow-service``, ``--offline`` and ``--refresh``; the function gets ``allowed``.

    ``allowed`` is None when no service is named.
    """

    @click.option(
        "--allow-service",
        "hosts",
        metavar="HOST[:PORT]",
        multiple=True,
        help="Let SERVICE in your SPARQL ask this host; may be repeated.",
    )
    @click.option(
        "--offline", is_flag=True, help="Send nothing; take what services answered before."
    )
    @click.option(
        "--refresh", is_flag=True, help="Ask services again, also where their answers are kept."
    )
    @wraps(function)
    def with_services(
        *args: Any,  # noqa: ANN401 - whatever the command takes
        hosts: tuple[str, ...],
        offline: bool,
        refresh: bool,
        **options: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        return function(*args, allowed=_allowed(hosts, offline, refresh), **options)

    return with_services  # type: ignore[return-value]


def tell_of_services(table: "Table") -> None:
    """Say which rows came from which service, and when."""
    for asked in table.asked:
        say(f"{'warning' if asked.failure else 'note'}: {asked}")


def _allowed(hosts: tuple[str, ...], offline: bool, refresh: bool) -> "AllowedServices | None":
    from diaspora_kg.outside import AllowedServices

    if offline and refresh:
        raise click.UsageError("Ask services again, or send nothing: not both.")
    if not hosts and (offline or refresh):
        raise click.UsageError("'--offline' and '--refresh' go with --allow-service HOST.")
    return AllowedServices(hosts, offline=offline, refresh=refresh) if hosts else None
