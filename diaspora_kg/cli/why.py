"""``diaspora-kg why``."""

from pathlib import Path

import click

from diaspora_kg.cli.asking import language_option, style_of, tell_of, width_of
from diaspora_kg.cli.options import (
    chosen_endpoint,
    chosen_format,
    endpoint_option,
    format_option,
    kg_option,
    output_option,
    write_out,
)


@click.command("why", epilog="Example: diaspora-kg why 'Peace Corps' a 'state body'")
@click.argument("subject")
@click.argument("predicate", required=False)
@click.argument("object_", metavar="[OBJECT]", required=False)
@language_option
@format_option(["text", "json", "md", "svg"], "text")
@output_option
@kg_option
@endpoint_option
def command(
    subject: str,
    predicate: str | None,
    object_: str | None,
    language: str,
    format_: str | None,
    output: Path | None,
    kg: Path | None,
    endpoint: str | None,
) -> None:
    """Say why something is said of SUBJECT: claims, quotes, sources, and the proof if inferred.

    Each part is a short name, an id such as moia or moia/claim/created, or a label. Of a claim,
    see its evidence and why it is or is not accepted; of a conflict, the sides with their quotes.
    What was inferred comes with its proof, step by step, down to accepted claims and their quotes:
    as a tree in text and JSON, with '-f svg' as a picture.
    """
    from diaspora_kg.opening import open_kg
    from diaspora_kg.rendering.explanations import SUFFIXES, render

    graph = open_kg(kg, endpoint=chosen_endpoint(endpoint, kg))
    explanation = graph.why(subject, predicate, object_, language=language)
    form = chosen_format(format_, output, SUFFIXES, "text")
    text = render(explanation, form, width_of(output), style_of(output), language)
    write_out(text, output)
    tell_of(graph)
