"""``diaspora-kg link suggest``."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from diaspora_kg.cli.link.proposing import propose
from diaspora_kg.cli.link.targets import matcher_for, must_be_known, to_option
from diaspora_kg.cli.options import (
    chosen_format,
    format_option,
    kg_option,
    output_option,
    write_out,
)

if TYPE_CHECKING:
    from diaspora_kg.linking.reconciliation import Constraints

_PROPOSED, _SHOWN = 0.5, 0.05
"""The least probability of a candidate that is written to be reviewed, or shown for a name."""
_SUFFIXES = {".txt": "text", ".json": "json", ".csv": "csv", ".tsv": "tsv", ".md": "md"}


@click.command(
    "suggest",
    epilog="Example: diaspora-kg link suggest 'Bayındırlık Bakanlığı' --to organisations.ttl "
    "--country TR",
)
@click.argument("names", nargs=-1, metavar="[NAME...]")
@to_option
@click.option("--country", metavar="CODE", help="Where it is, as ISO 3166-1 alpha-2, if known.")
@click.option(
    "--type",
    "types",
    multiple=True,
    help="Only things of this type; may be repeated. Without names: a type of the service.",
)
@click.option(
    "--property",
    "properties",
    multiple=True,
    metavar="PROPERTY=VALUE",
    help="Without names: a property of the service that speaks for a candidate; '{country}' in "
    "VALUE stands for the ISO code of the thing's country. May be repeated.",
)
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=5,
    show_default=True,
    help="At most so many candidates for each name.",
)
@click.option(
    "--snapshot",
    type=click.Path(path_type=Path),
    help="The registry as a file, where --to names it by a word.",
)
@click.option(
    "--service",
    metavar="URL",
    help="Without names: ask this reconciliation service, or this address of --to's own.",
)
@click.option("--offline", is_flag=True, help="Send nothing; take what services answered before.")
@click.option(
    "--links",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Links that are known, rejected ones too; 'links.sssom.tsv' here if absent.",
)
@click.option(
    "--least",
    type=click.FloatRange(0, 1),
    help="Leave out candidates that are less likely. Default: 0.5, with names 0.05.",
)
@kg_option
@format_option(["text", "json", "csv", "tsv", "md"], "text")
@output_option
def command(
    names: tuple[str, ...],
    to: str,
    country: str | None,
    types: tuple[str, ...],
    properties: tuple[str, ...],
    limit: int,
    snapshot: Path | None,
    service: str | None,
    offline: bool,
    links: tuple[Path, ...],
    least: float | None,
    kg: Path | None,
    format_: str | None,
    output: Path | None,
) -> None:
    """Say what each NAME may mean, how likely, and why.

    A probability says how likely a candidate is right, not how alike the names are: of candidates
    with 0.9, nine of ten are right. '-' reads names from stdin, one a line.

    Without NAME, candidates are looked for what the graph holds and has no link to the registry,
    and written as SSSOM, to be reviewed by 'link review'. '--to' is then a file, or one of
    wikidata, ror, geonames, eurovoc, openalex and crossref: with '--snapshot FILE' nothing goes
    over the network, without it the service of the registry is asked.
    """
    if not names:
        if format_ is not None or country:
            raise click.UsageError("'-f' and '--country' go with names.")
        constraints = _constraints(types, properties) if types or properties else None
        propose(
            to, snapshot, kg, links, limit, _PROPOSED if least is None else least, output, service,
            offline=offline, constraints=constraints,
        )  # fmt: skip
        return
    if service or offline or properties:
        raise click.UsageError("Names are looked up in a file: give it with --to or --snapshot.")
    from diaspora_kg.linking.targets import TARGETS
    from diaspora_kg.rendering import linking as rendering

    if to in TARGETS and snapshot is None:
        raise click.UsageError(f"Names are looked up in a file: --to {to} --snapshot FILE.")
    must_be_known(to, snapshot)
    form = chosen_format(format_, output, _SUFFIXES, "text")
    matcher = matcher_for(str(snapshot or to))
    lowest = _SHOWN if least is None else least
    answers = [
        (name, [c for c in found if c.probability >= lowest])
        for name in _all(names)
        for found in [matcher.candidates(name, country, types or None, limit)]
    ]
    if form in ("csv", "tsv"):
        text = rendering.candidates_as_csv(answers, "," if form == "csv" else "\t")
    elif form == "json":
        text = rendering.candidates_as_json(answers)
    elif form == "md":
        text = rendering.candidates_as_markdown(answers)
    else:
        text = rendering.candidates_as_text(answers)
    write_out(text, output)


def _constraints(types: tuple[str, ...], properties: tuple[str, ...]) -> "Constraints":
    from diaspora_kg.linking.reconciliation import Constraints

    given = [each.partition("=") for each in properties]
    for name, _, value in given:
        if not name or not value:
            raise click.UsageError("Write a property as NAME=VALUE: --property P31=Q43229.")
    return Constraints(types, tuple((name, value) for name, _, value in given))


def _all(names: tuple[str, ...]) -> list[str]:
    """Return the names, those on stdin in place of ``-``."""
    found: list[str] = []
    for name in names:
        if name == "-":
            lines = sys.stdin.buffer.read().decode("utf-8-sig", "replace").splitlines()
            found.extend(line.strip() for line in lines if line.strip())
        else:
            found.append(name)
    return found
