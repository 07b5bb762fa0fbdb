"""``diaspora-kg export``."""

from pathlib import Path

import click

from diaspora_kg.cli.options import (
    chosen_format,
    format_option,
    kg_option,
    output_option,
    write_out,
)
from diaspora_kg.cli.talk import say

_FORMATS = ["nquads", "trig", "turtle", "ntriples", "jsonld", "rdfxml", "csv"]
_SUFFIXES = {
    ".nq": "nquads", ".trig": "trig", ".ttl": "turtle", ".nt": "ntriples", ".jsonld": "jsonld",
    ".json": "jsonld", ".rdf": "rdfxml", ".xml": "rdfxml", ".csv": "csv",
}  # fmt: skip


@click.command("export", epilog="Example: diaspora-kg export --graph accepted -o accepted.ttl")
@format_option(_FORMATS, "nquads")
@output_option
@kg_option
@click.option(
    "--graph",
    "name",
    metavar="NAME",
    help="One named graph: ontology, reference, sources, case/ID, accepted, contested, …",
)
@click.option(
    "--table",
    metavar="NAME",
    help="With csv: one table (claims, evidence, sources, entities, conflicts, facts).",
)
@click.option("--bom", is_flag=True, help="With csv: begin with the mark that Excel wants.")
def command(
    format_: str | None,
    output: Path | None,
    kg: Path | None,
    name: str | None,
    table: str | None,
    bom: bool,
) -> None:
    """Write the graph as RDF, or as flat tables for R, Stata and Excel.

    Without -f csv, one file or stdout. With it, -o is a folder for all tables with a table of
    their columns, unless --table names one. Restricted passages are never written.
    """
    from diaspora_kg.exporting import withhold
    from diaspora_kg.graph import open_kg
    from diaspora_kg.store import read_nquads

    form = "csv" if table else chosen_format(format_, output, _SUFFIXES, "nquads")
    if form == "csv" and name is not None:
        raise click.UsageError("--graph goes with RDF; a table draws on all graphs.")
    if form != "csv" and (table or bom):
        raise click.UsageError("--table and --bom go with '-f csv'.")
    graph = open_kg(kg)
    allowed = withhold(read_nquads(graph.build.quads_file.read_bytes()))
    if form == "csv":
        _write_tables(allowed.quads, table, output, bom)
    else:
        from diaspora_kg.exporting import choose, serialise

        write_out(serialise(choose(allowed.quads, name, form), form), output)
    for line in graph.notices() if name != "ontology" else ():
        say(line)
    if allowed.passages:
        many = "passages were" if allowed.passages > 1 else "passage was"
        say(f"{allowed.passages:,} restricted {many} kept back.")


def _write_tables(
    quads: list[tuple[str, str, str, str]], table: str | None, output: Path | None, bom: bool
) -> None:
    from diaspora_kg.exporting import TABLES, as_csv, flat_tables, table_of_columns

    if table is not None:
        write_out(as_csv(flat_tables(quads, [table])[0], mark=bom), output)
        return
    if output is None or str(output) == "-" or output.suffix:
        raise click.UsageError(
            f"name a folder with -o, or one table with --table: {', '.join(TABLES)}."
        )
    tables = flat_tables(quads)
    _make_folder(output)
    for each in (*tables, table_of_columns(tables)):
        write_out(as_csv(each, mark=bom), output / f"{each.name}.csv")
    say(f"{len(tables)} tables and the meaning of their columns written to {output}.")


def _make_folder(folder: Path) -> None:
    from diaspora_kg.errors import DiasporaKGError

    holds_others = folder.is_dir() and any(folder.iterdir())
    if holds_others and not (folder / "columns.csv").is_file():
        raise DiasporaKGError(
            "DKG604",
            f"'{folder}' already holds files that no export wrote",
            "Name a new or empty folder: the tables would replace files of the same names.",
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DiasporaKGError(
            "DKG604",
            f"'{folder}' cannot be written: {error.strerror}",
            "Check the name and your right to write there.",
        ) from error
