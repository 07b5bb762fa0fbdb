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

_WHOLE = ["nanopubs", "context"]
_FORMATS = ["nquads", "trig", "turtle", "ntriples", "jsonld", "rdfxml", "csv", *_WHOLE]
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
@click.option(
    "--release",
    is_flag=True,
    help="Write a folder to publish: graph, tables, cases, description, checksums, RO-Crate.",
)
@click.option("--date", "day", metavar="DATE", help="With --release: its date; else today.")
def command(
    format_: str | None,
    output: Path | None,
    kg: Path | None,
    name: str | None,
    table: str | None,
    bom: bool,
    release: bool,
    day: str | None,
) -> None:
    """Write the graph as RDF, as flat tables for R, Stata and Excel, or as a release.

    Without -f csv, one file or stdout. With it, -o is a folder for all tables with a table of
    their columns, unless --table names one. Restricted passages are never written.
    """
    from diaspora_kg.exporting import withhold
    from diaspora_kg.opening import open_kg
    from diaspora_kg.store import read_nquads

    if release:
        if format_ or name or table or bom:
            raise click.UsageError("--release writes a folder with everything; it goes with -o.")
        _release(kg, output, day)
        return
    form = "csv" if table else chosen_format(format_, output, _SUFFIXES, "nquads")
    _must_go_together(form, name, table, bom, day)
    graph = open_kg(kg)
    allowed = withhold(read_nquads(graph.build.quads_file.read_bytes()))
    if form == "csv":
        _write_tables(allowed.quads, table, output, bom)
    else:
        write_out(_document(allowed.quads, name, form), output)
    for line in graph.notices() if name != "ontology" else ():
        say(line)
    if allowed.passages:
        many = "passages were" if allowed.passages > 1 else "passage was"
        say(f"{allowed.passages:,} restricted {many} kept back.")


def _must_go_together(
    form: str, name: str | None, table: str | None, bom: bool, day: str | None
) -> None:
    if day is not None:
        raise click.UsageError("--date goes with --release.")
    if form == "csv" and name is not None:
        raise click.UsageError("--graph goes with RDF; a table draws on all graphs.")
    if form in _WHOLE and name is not None:
        raise click.UsageError(f"--graph goes with RDF; '{form}' has a form of its own.")
    if form != "csv" and (table or bom):
        raise click.UsageError("--table and --bom go with '-f csv'.")


def _document(quads: list[tuple[str, str, str, str]], name: str | None, form: str) -> bytes:
    from diaspora_kg.exporting import choose, serialise

    if form == "nanopubs":
        from diaspora_kg.publishing import nanopublications_as_trig

        return nanopublications_as_trig(quads)
    if form == "context":
        from diaspora_kg.publishing import context_as_json

        return context_as_json()
    return serialise(choose(quads, name, form), form)


def _release(kg: Path | None, output: Path | None, day: str | None) -> None:
    from diaspora_kg.cli.options import read_date
    from diaspora_kg.opening import open_kg
    from diaspora_kg.publishing import release_of, write_release

    graph = open_kg(kg)
    made, kept_back = release_of(graph, read_date(day))
    directory = output or Path(f"diaspora-kg-{made.edition.version}")
    write_release(made, directory)
    say(f"{len(made.files):,} files written to {directory}; check with: sha256sum -c SHA256SUMS")
    for line in (*kept_back, *graph.notices()):
        say(line)


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
    from diaspora_kg.outputs import unwritable

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
        raise unwritable(folder, error) from error
