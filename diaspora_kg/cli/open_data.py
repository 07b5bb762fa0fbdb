"""``diaspora-kg import KIND FILE`` for open data sets: one command a kind, the same options."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from diaspora_kg.cli.options import chosen_format, format_option, output_option, write_out
from diaspora_kg.cli.talk import say

_SUFFIXES = {".nq": "nquads", ".trig": "trig", ".ttl": "turtle", ".nt": "ntriples"}
_KINDS = {
    "code-list": (
        "Read a code list of IATI, or a list of codes with their names.",
        "CRSChannelCode.xml -o channels.nq",
    ),
    "indicator": (
        "Read World Development Indicators as the World Bank gives them for download.",
        "API_BM.TRF.PWKR.CD.DT.csv --retrieved 2021-09-15 -o paid.nq",
    ),
    "migrant-stock": (
        "Read the International Migrant Stock of UN DESA, in any of its layouts.",
        "undesa_stock.csv --edition 2019 -o stock.nq",
    ),
    "organizations": (
        "Read a dump of the Research Organization Registry.",
        "ror-data.json --edition v1.60 -o ror.nq",
    ),
    "remittances": (
        "Read a bilateral remittance matrix of the World Bank.",
        "bilateral-remittances-2017.xlsx -o remittances.nq",
    ),
    "sister-cities": (
        "Read pairs of twinned towns, as Wikidata identifiers.",
        "sister_relations.tsv -o towns.nq",
    ),
    "table": (
        "Read any other table of numbers, its columns described by a mapping in CSVW.",
        "presence.csv --mapping elcano-presence -o presence.nq",
    ),
}
_AFTER = """

What is read becomes a data set in a graph of its own, with publisher, file, checksum and licence:
measurements, never claims and never facts. What could not be mapped is counted and listed. The
same file gives the same bytes; another --edition is another data set beside it. Give the result
to 'build' together with your cases.
"""


def add_open_data(group: click.Group) -> None:
    """Add a command for each kind of open data to ``import``."""
    for kind, (first, example) in _KINDS.items():
        group.add_command(_command(kind, first, example))


def _command(kind: str, first: str, example: str) -> click.Command:
    @click.command(
        kind, help=first + _AFTER, epilog=f"Example: diaspora-kg import {kind} {example}"
    )
    @click.argument("file", type=click.Path(path_type=Path))
    @_of_the_data_set
    @format_option(list(_SUFFIXES.values()), "nquads")
    @output_option
    def command(file: Path, format_: str | None, output: Path | None, **options: Any) -> None:  # noqa: ANN401
        _import(kind, file, format_, output, options)

    if kind == "table":
        described = "A mapping in CSVW, or the name of a packaged one."
        command = click.option("--mapping", metavar="FILE|NAME", help=described)(command)
    return command


def _of_the_data_set(function: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(
        (
            click.option("--id", "id_", help="The id of the data set; else from kind and edition."),
            click.option("--title", help="Its title."),
            click.option("--publisher", help="Who publishes it, where the kind does not say it."),
            click.option("--edition", help="Which edition it is, such as 2019."),
            click.option("--licence", metavar="IRI", help="Under which licence."),
            click.option("--page", metavar="IRI", help="The publisher's page of it."),
            click.option("--retrieved", metavar="DATE", help="The day on which you downloaded it."),
            click.option("--indicator", help="What is measured: a member of the indicators."),
            click.option("--unit", help="In which unit: a member of the units."),
            click.option(
                "--areas",
                type=click.Path(path_type=Path),
                help="A CSV with columns word,country: what words of the file mean.",
            ),
        )
    ):
        function = option(function)
    return function


def _import(
    kind: str, file: Path, format_: str | None, output: Path | None, options: dict[str, Any]
) -> None:
    from diaspora_kg.cli.options import read_date
    from diaspora_kg.cubes.areas import Areas
    from diaspora_kg.cubes.importing import import_open_data
    from diaspora_kg.cubes.publishers import Given
    from diaspora_kg.cubes.spellings import read_spellings
    from diaspora_kg.exporting import serialise
    from diaspora_kg.store import nquads

    mapping = options.pop("mapping", None)
    retrieved, areas = options.pop("retrieved"), options.pop("areas")
    own = read_spellings(areas) if areas is not None else None
    given = Given(
        Areas(own),
        id=options.pop("id_") or "",
        retrieved=read_date(retrieved) if retrieved else None,
        **{key: value or "" for key, value in options.items()},
    )
    form = chosen_format(format_, output, _SUFFIXES, "nquads")
    found = import_open_data(kind, file, given, mapping)
    lines = form == "nquads"  # sorted once, without the look at repeats that others need
    write_out(nquads(found.quads) if lines else serialise(found.quads, form), output)
    for line in found.summary():
        say(line)
