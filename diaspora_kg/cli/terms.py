"""``diaspora-kg terms``."""

from pathlib import Path

import click

from diaspora_kg.cli.asking import language_option, must_fit, style_of, width_of
from diaspora_kg.cli.completion import complete_terms
from diaspora_kg.cli.options import chosen_format, format_option, output_option, write_out

_KINDS = ("class", "property", "scheme", "concept", "collection")
_FORMS = ("text", "table", "json", "md", "csv", "tsv")
_SUFFIXES = {".txt": "text", ".json": "json", ".md": "md", ".csv": "csv", ".tsv": "tsv"}


@click.command("terms", epilog="Example: diaspora-kg terms DiasporaInstitution")
@click.argument("name", nargs=-1, shell_complete=complete_terms)
@click.option(
    "--kind",
    "kinds",
    type=click.Choice(_KINDS),
    multiple=True,
    help="List only these; may be repeated. Without NAME classes, properties and schemes.",
)
@language_option
@format_option(list(_FORMS))
@output_option
def command(
    name: tuple[str, ...],
    kinds: tuple[str, ...],
    language: str,
    format_: str | None,
    output: Path | None,
) -> None:
    """List the terms of the ontology and the concepts, or explain the one of a NAME.

    NAME is a short name (dkg:memberOf), a name (memberOf, core/soft-power) or a label in any
    language. The explanation ends with how the term is written in a case file.
    """
    from diaspora_kg.glossary import Glossary
    from diaspora_kg.reading.ontology import read_ontology
    from diaspora_kg.rendering import glossary as rendering
    from diaspora_kg.rendering.tables import Manner, render

    glossary = Glossary(read_ontology(include_alignments=False))
    if name:
        entries = glossary.explain(" ".join(name))
        entries = [entry for entry in entries if not kinds or entry.kind in kinds] or entries
    else:
        entries = glossary.entries(kinds or ("class", "property", "scheme"))
    usual = "text" if name else "table"
    form = must_fit(chosen_format(format_, output, _SUFFIXES, usual), _FORMS, "an explanation")
    width, style = width_of(output), style_of(output)
    out: str | bytes
    if form == "text":
        out = rendering.as_text(entries, language, width, style)
    elif form == "json":
        out = rendering.as_json(entries)
    elif form == "md" and name:
        out = rendering.as_markdown(entries, language)
    else:
        table = rendering.as_table(entries, language)
        out = render(table, form, Manner(width=width, style=style, language="en"))
    write_out(out, output)
