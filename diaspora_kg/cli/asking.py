"""What the commands share that ask a graph: opening it, telling of its age, the look of answers."""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from diaspora_kg.cli.talk import say, wants_colour
from diaspora_kg.errors import DiasporaKGError

if TYPE_CHECKING:
    from diaspora_kg.graph import KnowledgeGraph
    from diaspora_kg.rendering.layout import Style
    from diaspora_kg.rendering.tables import Manner

F = TypeVar("F", bound=Callable[..., Any])

_WIDEST, _NARROWEST, _USUAL = 140, 40, 100
_LOOKS: dict[str, dict[str, Any]] = {
    "head": {"bold": True},
    "quote": {"italic": True},
    "mark": {"bold": True, "fg": "yellow"},
    "dim": {"dim": True},
    "warn": {"fg": "yellow"},
    "good": {"fg": "green"},
}


def language_option(function: F) -> F:
    """Add ``--language``."""
    return click.option(
        "--language",
        metavar="TAG",
        default="en",
        show_default=True,
        help="The language of names and headings, such as tr; English where there is none.",
    )(function)


def tell_of(kg: "KnowledgeGraph") -> None:
    """Say what a reader of answers must know of the graph that they come from."""
    for notice in kg.notices():
        say(f"note: {notice}")


def manner_of(
    kg: "KnowledgeGraph",
    output: Path | None,
    *,
    language: str = "en",
    short_names: bool = False,
    all_claims: bool = False,
) -> "Manner":
    """Return how tables are shown: as wide as the terminal, in colour only there."""
    from diaspora_kg.rendering.tables import Manner

    return Manner(
        labels=None if short_names else kg.labels(language),
        width=width_of(output),
        style=style_of(output),
        language=language,
        all_claims=all_claims,
    )


def width_of(output: Path | None) -> int:
    """Return how wide a text may be: as the terminal, or as is usual for files and pipes."""
    if "COLUMNS" not in os.environ and not (sys.stdout.isatty() and goes_to_stdout(output)):
        return _USUAL
    return max(_NARROWEST, min(shutil.get_terminal_size((_USUAL, 24)).columns, _WIDEST))


def style_of(output: Path | None) -> "Style":
    """Return the colours of a terminal, and none for a file or a pipe."""
    from diaspora_kg.rendering.layout import plain

    if not (goes_to_stdout(output) and wants_colour()):
        return plain
    return lambda role, text: click.style(text, **_LOOKS.get(role, {}))


def goes_to_stdout(output: Path | None) -> bool:
    """Tell whether a result is written to stdout and not to a file."""
    return output is None or str(output) == "-"


def must_fit(form: str, forms: tuple[str, ...], what: str) -> str:
    """Return a form that fits what is written.

    Raises ``DiasporaKGError`` (DKG412) for one that does not.
    """
    if form not in forms:
        raise DiasporaKGError(
            "DKG412", f"{what} has no form '{form}'", f"Write -f with one of: {', '.join(forms)}."
        )
    return form
