"""``diaspora-kg import``."""

from pathlib import Path

import click

from diaspora_kg.cli.groups import Kinds
from diaspora_kg.cli.open_data import add_open_data
from diaspora_kg.cli.options import chosen_format, format_option, output_option, write_out
from diaspora_kg.cli.talk import coloured, say
from diaspora_kg.errors import EXIT_GOOD, Severity, status_of


@click.group(
    "import",
    cls=Kinds,
    epilog="Example: diaspora-kg import bibliography zotero.bib -o sources.bib",
)
def command() -> None:
    """Take over data of other programs, in the form that cases need."""


@command.command(
    "bibliography",
    epilog="Example: diaspora-kg import bibliography zotero.json --keys author-year -o sources.bib",
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@format_option(["yaml", "bib"], "yaml")
@output_option
@click.option(
    "--keys",
    type=click.Choice(["keep", "author-year"]),
    default="keep",
    show_default=True,
    help="Keep the keys of the file, or make them of authors and year.",
)
def bibliography(
    files: tuple[Path, ...], format_: str | None, output: Path | None, keys: str
) -> int:
    """Read BibTeX or CSL-JSON and write it as 'sources:' of a case, or as clean BibTeX.

    What was read, what lacks an author or a date, and which keys stand twice is said on stderr.
    Entries that cannot be read make the exit status 1, files 2; the others are written all the
    same.
    """
    from diaspora_kg.importing import as_bibtex, as_yaml, import_bibliography

    imported = import_bibliography(files, author_year_keys=keys == "author-year")
    form = chosen_format(format_, output, {".bib": "bib", ".yaml": "yaml", ".yml": "yaml"}, "yaml")
    write = as_bibtex if form == "bib" else as_yaml
    write_out(write(imported.sources), output)
    for finding in imported.findings:
        click.echo(coloured(finding, err=True), err=True)
    for line in imported.summary():
        say(line)
    failures = [f for f in imported.findings if f.severity is Severity.VIOLATION]
    return status_of(failures) if failures else EXIT_GOOD


add_open_data(command)
