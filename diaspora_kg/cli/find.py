"""``diaspora-kg find``."""

from pathlib import Path

import click

from diaspora_kg.cli.asking import goes_to_stdout, language_option, style_of, tell_of, width_of
from diaspora_kg.cli.options import (
    chosen_endpoint,
    chosen_format,
    endpoint_option,
    format_option,
    kg_option,
    output_option,
    write_out,
)
from diaspora_kg.cli.talk import say, wants_colour

_KINDS = ("entity", "concept", "term", "source", "holder", "claim", "conflict", "quote")
_SUFFIXES = {".txt": "text", ".json": "json", ".md": "md", ".csv": "csv", ".tsv": "tsv"}


@click.command("find", epilog="Example: diaspora-kg find 'yumuşak güç' --kind concept")
@click.argument("text", nargs=-1, required=True)
@click.option(
    "--kind",
    "kinds",
    type=click.Choice(_KINDS),
    multiple=True,
    help="Find only things of this kind; may be repeated.",
)
@click.option(
    "--limit",
    type=click.IntRange(0),
    default=20,
    show_default=True,
    help="At most so many; 0 for all.",
)
@language_option
@format_option(["text", "json", "md", "csv", "tsv"], "text")
@output_option
@kg_option
@endpoint_option
def command(
    text: tuple[str, ...],
    kinds: tuple[str, ...],
    limit: int,
    language: str,
    format_: str | None,
    output: Path | None,
    kg: Path | None,
    endpoint: str | None,
) -> None:
    """Find TEXT in names, definitions and quotes, in any language and script.

    Case, accents and the Turkish dotless i make no difference; a beginning of a word is enough.
    """
    from diaspora_kg.opening import open_kg
    from diaspora_kg.rendering.search import as_json, as_markdown, as_table, as_text
    from diaspora_kg.rendering.tables import as_separated

    graph = open_kg(kg, endpoint=chosen_endpoint(endpoint, kg))
    found = graph.find(" ".join(text), kinds=kinds, language=language)
    shown = found[:limit] if limit else found
    form = chosen_format(format_, output, _SUFFIXES, "text")
    if form == "text":
        is_coloured = goes_to_stdout(output) and wants_colour()
        out = as_text(shown, width_of(output), style_of(output), is_coloured=is_coloured)
    elif form == "json":
        out = as_json(shown)
    elif form == "md":
        out = as_markdown(shown)
    else:
        out = as_separated(as_table(shown), "," if form == "csv" else "\t")
    write_out(out, output)
    if len(shown) < len(found):
        say(f"{len(shown)} of {len(found)} shown; --limit 0 shows all, --kind narrows.")
    elif not found:
        say("Nothing found: every word must be in one name, definition or quote.")
    tell_of(graph)
