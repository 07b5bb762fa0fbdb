"""``diaspora-kg link apply``."""

from pathlib import Path

import click

from diaspora_kg.cli.link.files import HERE, write_mapping_set
from diaspora_kg.cli.talk import say


@click.command("apply", epilog="Example: diaspora-kg link apply suggestions.sssom.tsv")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    default=HERE,
    show_default=True,
    help="The mapping set that keeps the links; lay it beside the cases.",
)
def command(file: Path, into: Path) -> None:
    """Write the reviewed candidates of FILE into the links, rejected ones as well.

    The next build takes the accepted ones into the graph. What was rejected or left open stays in
    the file, so that it is not proposed again. Candidates that nobody has looked at stay behind.
    """
    from dataclasses import replace

    from diaspora_kg.linking.mapping_sets import mapping_set
    from diaspora_kg.linking.reviewing import merged
    from diaspora_kg.reading.links import Verdict
    from diaspora_kg.reading.sssom import read_mapping_set

    reviewed = read_mapping_set(file)
    if into.is_file():
        known = read_mapping_set(into)
    else:
        known = mapping_set((), f"{reviewed.identifier}-reviewed", reviewed.licence)
    links, came, changed = merged(known.links, reviewed.links)
    if came or changed:
        write_mapping_set(replace(known, links=links), into)
    waiting = sum(link.verdict is Verdict.SUGGESTED for link in reviewed.links)
    say(f"{into}: {came:,} came, {changed:,} changed; {waiting:,} not reviewed stay in {file}.")
