"""``diaspora-kg new``."""

from pathlib import Path

import click

from diaspora_kg.cli.groups import Kinds
from diaspora_kg.cli.options import write_out
from diaspora_kg.cli.talk import say
from diaspora_kg.naming import slug

_name = click.argument("name")
_output = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="The file to write; '-' is stdout. Without it, NAME with its ending, in this folder.",
)


@click.group("new", cls=Kinds, epilog="Example: diaspora-kg new case diyanet-foundation")
def command() -> None:
    """Write a commented file to start from. What is there already is never overwritten."""


@command.command("case", epilog="Example: diaspora-kg new case diyanet-foundation")
@_name
@_output
def case(name: str, output: Path | None) -> None:
    """Write NAME.yaml: a case that works as it stands, to be replaced line by line."""
    from diaspora_kg.templates import new_case

    _write(new_case(_stem(name, output)), name, ".yaml", output)


@command.command("source", epilog="Example: diaspora-kg new source cohen2008")
@click.argument("key")
@_output
def source(key: str, output: Path | None) -> None:
    """Write KEY.bib: a BibTeX entry with the fields that this program adds."""
    from diaspora_kg.templates import new_source

    _write(new_source(Path(key).stem), key, ".bib", output)


@command.command("query", epilog="Example: diaspora-kg new query claims-by-year")
@_name
@_output
def query(name: str, output: Path | None) -> None:
    """Write NAME.rq: a query with its header and a parameter."""
    from diaspora_kg.templates import new_query

    _write(new_query(_stem(name, output)), name, ".rq", output)


@command.command(
    "table", epilog="Example: diaspora-kg new table diyanet-foundation --delimiter ';'"
)
@_name
@click.option(
    "--delimiter",
    type=click.Choice([",", ";", "tab"]),
    default=",",
    show_default=True,
    help="What stands between cells; ';' for an Excel that writes decimals with a comma.",
)
@click.option(
    "-f",
    "--format",
    "format_",
    type=click.Choice(["csv", "xlsx"]),
    default="csv",
    show_default=True,
    help="Files in CSV, or one workbook with lists to choose from.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder to write to; without it, this one.",
)
def table(name: str, delimiter: str, format_: str, output: Path | None) -> None:
    """Write NAME.csv, NAME.case.csv and NAME.sources.csv: a case as tables for a spreadsheet.

    With -f xlsx, write NAME.xlsx, which has them as sheets, and the words of the ontology to choose
    from.
    """
    from diaspora_kg.templates import new_table, write_new

    folder = output or Path(name).parent
    if format_ == "xlsx":
        path = folder / (slug(Path(name).name.removesuffix(".xlsx")) + ".xlsx")
        write_new({path: _workbook(path.stem)})
        say(f"Written: {path}.")
        return
    texts = new_table(Path(name).name, "\t" if delimiter == "tab" else delimiter)
    write_new({folder / file: text for file, text in texts.items()}, mark=True)
    say(f"Written: {', '.join(str(folder / file) for file in texts)}.")


def _workbook(name: str) -> bytes:
    from diaspora_kg.rendering.workbooks import case_workbook
    from diaspora_kg.templates import choices, new_sheets

    return case_workbook(new_sheets(name), choices())


def _stem(name: str, output: Path | None) -> str:
    """Return what the file is about: the name of the file that is written, without its ending."""
    chosen = Path(name) if output is None or str(output) == "-" else output
    return chosen.name.partition(".")[0] or "new"


def _write(text: str, name: str, suffix: str, output: Path | None) -> None:
    from diaspora_kg.templates import write_new

    if output is not None and str(output) == "-":
        write_out(text, None)
        return
    path = output or Path(name).with_name(slug(Path(name).name.removesuffix(suffix)) + suffix)
    write_new({path: text})
    say(f"Written: {path}.")
