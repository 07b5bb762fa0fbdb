"""Mapping sets on the command line: which are known, and how one is written."""

import os
import tempfile
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from diaspora_kg.outputs import unwritable

if TYPE_CHECKING:
    from diaspora_kg.linking.things import Thing
    from diaspora_kg.reading.links import Link
    from diaspora_kg.reading.sssom import MappingSet

F = TypeVar("F", bound=Callable[..., Any])

HERE = Path("links.sssom.tsv")


def reviewer_options(function: F) -> F:
    """Add ``--reviewer`` and ``--date``."""
    function = click.option(
        "--date", "day", metavar="DATE", help="The day of the review; today if absent."
    )(function)
    return click.option(
        "--reviewer",
        metavar="NAME",
        envvar="DIASPORA_KG_REVIEWER",
        help="Who looks at the candidates: a name, a pseudonym, or an ORCID as an IRI.",
    )(function)


def reviewer_of(given: str | None) -> str:
    """Return who reviews. Raises ``click.UsageError`` when nobody is named."""
    if given and given.strip():
        return given.strip()
    raise click.UsageError("Say who reviews: --reviewer NAME.")


def day_of(given: str | None) -> str:
    """Return the day of a review, ``2026-01-31``.

    Raises ``DiasporaKGError`` (DKG117) when the text is no day.
    """
    from diaspora_kg.cli.options import read_date

    return (read_date(given) or date.today()).isoformat()


def known_links(files: Iterable[Path]) -> list["Link"]:
    """Return the links of some files, of ``links.sssom.tsv`` here, and the packaged ones.

    Raises ``FindingsError`` when one of the files is wrong.
    """
    from diaspora_kg.errors import FindingsError
    from diaspora_kg.linking.packaged import packaged_mapping_set
    from diaspora_kg.reading.sssom import read_mapping_sets

    chosen = list(files) or ([HERE] if HERE.is_file() else [])
    links, findings = read_mapping_sets(chosen)
    if findings:
        raise FindingsError(tuple(findings))
    return [*links, *packaged_mapping_set().links]


def write_mapping_set(given: "MappingSet", path: Path) -> None:
    """Write a mapping set into a file, whole or not at all.

    Raises ``DiasporaKGError`` (DKG604) when it cannot be written.
    """
    from diaspora_kg.linking.mapping_sets import as_sssom

    data = as_sssom(given).encode("utf-8")
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise unwritable(path, error) from error


def finder(kg: Path | None, *, with_quotes: bool = False) -> "Callable[[str], Thing | None]":
    """Return what finds the things of a graph; None for what the graph says nothing of."""
    from functools import cache

    from diaspora_kg.linking.things import exists, thing_of
    from diaspora_kg.opening import open_kg

    store = open_kg(kg).store

    @cache
    def find(address: str) -> "Thing | None":
        if not exists(store, address):
            return None
        return thing_of(store, address, with_quotes=with_quotes)

    return find
