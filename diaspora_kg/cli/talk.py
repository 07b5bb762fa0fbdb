"""Talk goes to stderr: summaries, warnings, errors."""

import os
import sys

import click

from diaspora_kg.errors import DiasporaKGError, Finding, Severity

_COLOURS = {Severity.VIOLATION: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}


def say(text: str) -> None:
    """Say something on stderr, unless ``-q`` was given."""
    if not _setting("quiet"):
        click.echo(text, err=True)


def verbose() -> bool:
    """Tell whether ``-v`` was given."""
    return bool(_setting("verbose"))


def _setting(name: str) -> object:
    ctx = click.get_current_context(silent=True)
    settings = ctx.find_root().obj if ctx is not None else None
    return settings.get(name) if settings else None


def show_error(error: DiasporaKGError) -> None:
    """Print everything that an error found."""
    for finding in error.findings:
        click.echo(coloured(finding, err=True), err=True)


def coloured(finding: Finding, *, err: bool = False) -> str:
    """Return a finding as text, with its severity in colour on a terminal."""
    from diaspora_kg.rendering.findings import as_text  # brings the validation along

    text = as_text(finding)
    if not wants_colour(err=err):
        return text
    word = f"{finding.severity.word}[{finding.code}]"
    return text.replace(word, click.style(word, fg=_COLOURS[finding.severity], bold=True), 1)


def wants_colour(*, err: bool = False) -> bool:
    """Tell whether colour is welcome: on a terminal, and not under ``NO_COLOR``."""
    stream = sys.stderr if err else sys.stdout
    return stream.isatty() and not os.environ.get("NO_COLOR")


def is_at_terminal() -> bool:
    """Tell whether a person can be shown a screen and asked for keys."""
    return sys.stdin.isatty() and sys.stdout.isatty()
