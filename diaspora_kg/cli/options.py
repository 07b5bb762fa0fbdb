"""Options that several commands share, spelt the same everywhere."""

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from diaspora_kg.errors import DiasporaKGError, Severity
from diaspora_kg.outputs import unwritable

F = TypeVar("F", bound=Callable[..., Any])

FAIL_ON = {
    "violation": Severity.VIOLATION,
    "warning": Severity.WARNING,
    "info": Severity.INFO,
    "never": None,
}


def paths_argument(function: F) -> F:
    """Add ``[PATH…]``."""
    return click.argument("paths", nargs=-1, type=click.Path(path_type=Path))(function)


def fail_on_option(function: F) -> F:
    """Add ``--fail-on``."""
    return click.option(
        "--fail-on",
        type=click.Choice(list(FAIL_ON)),
        default="violation",
        show_default=True,
        help="The weakest finding that makes the command fail (exit status 1).",
    )(function)


def output_option(function: F) -> F:
    """Add ``-o/--output``."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path),
        help="Write to a file instead of stdout; '-' is stdout.",
    )(function)


def kg_option(function: F) -> F:
    """Add ``--kg``."""
    return click.option(
        "--kg",
        "kg",
        type=click.Path(path_type=Path),
        envvar="DIASPORA_KG",
        help="The folder of the graph. Without it ./kg, else the packaged cases.",
    )(function)


def endpoint_option(function: F) -> F:
    """Add ``--endpoint``."""
    return click.option(
        "--endpoint",
        metavar="URL",
        envvar="DIASPORA_KG_ENDPOINT",
        help="Ask this SPARQL 1.1 service instead of a graph on disk.",
    )(function)


def chosen_endpoint(endpoint: str | None, kg: Path | None = None) -> str | None:
    """Return the service that is meant, if one is.

    A folder named on the command line goes before a service that only the environment names.

    Raises ``click.UsageError`` when both are named on the command line.
    """
    given = is_typed("endpoint")
    if kg is not None and is_typed("kg"):
        if endpoint and given:
            raise click.UsageError("Ask either a folder with --kg or a service with --endpoint.")
        return None
    return endpoint or None


def is_typed(name: str) -> bool:
    """Tell whether an option was given on the command line, and not by the environment."""
    source = click.get_current_context().get_parameter_source(name)
    return source is click.core.ParameterSource.COMMANDLINE


def format_option(choices: list[str], default: str | None = None) -> Callable[[F], F]:
    """Add ``-f/--format``; without it the suffix of ``-o`` decides."""

    def decorate(function: F) -> F:
        shown = f" Default: {default}." if default else ""
        return click.option(
            "-f",
            "--format",
            "format_",
            type=click.Choice(choices),
            help=f"The form of the output; else the suffix of -o decides.{shown}",
        )(function)

    return decorate


def chosen_format(
    given: str | None, output: Path | None, suffixes: dict[str, str], default: str
) -> str:
    """Return the format that was asked for, by name or by the suffix of the output file.

    Raises ``DiasporaKGError`` (DKG412) for a suffix that stands for no format.
    """
    if given is not None:
        return given
    suffix = output.suffix.lower() if output is not None else ""
    if suffix and suffix not in suffixes:
        raise DiasporaKGError(
            "DKG412",
            f"nothing here is written in the form of a file '*{suffix}'",
            f"Use one of {', '.join(suffixes)}, or name the form with -f.",
        )
    return suffixes.get(suffix, default)


def read_date(text: str | None) -> date | None:
    """Return a day given as ``2026-01-31``, or the day of ``SOURCE_DATE_EPOCH`` if that is set.

    Raises ``DiasporaKGError`` (DKG117) when the text is no day.
    """
    import os
    from datetime import UTC, datetime

    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        if text is not None:
            return date.fromisoformat(text)
        return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else None
    except (ValueError, OverflowError, OSError) as error:
        raise DiasporaKGError(
            "DKG117", f"'{text or epoch}' is no date", "Write it as 2026-01-31."
        ) from error


def write_out(text: str | bytes, output: Path | None) -> None:
    """Write a result to a file, or to stdout.

    Raises ``DiasporaKGError`` (DKG604) when the file cannot be written.
    """
    data = text.encode("utf-8") if isinstance(text, str) else text
    if output is None or str(output) == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        output.write_bytes(data)
    except OSError as error:
        raise unwritable(output, error) from error
