"""``diaspora-kg link review``."""

import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from diaspora_kg.cli.link.files import (
    day_of,
    finder,
    reviewer_of,
    reviewer_options,
    write_mapping_set,
)
from diaspora_kg.cli.options import kg_option, write_out
from diaspora_kg.cli.talk import is_at_terminal, say

if TYPE_CHECKING:
    from diaspora_kg.linking.records import Record
    from diaspora_kg.linking.reviewing import Review
    from diaspora_kg.linking.things import Thing
    from diaspora_kg.reading.links import Link
    from diaspora_kg.reading.sssom import MappingSet

_KEYS = {
    "a": "accept",
    "c": "close",
    "b": "broad",
    "n": "narrow",
    "r": "reject",
    "?": "not sure",
}
_ENDS = ("q", "\x1b", "\x04", "")
"""Keys that end a review: q, Escape, Ctrl-D; the empty text is the end of input."""
_HELP = (
    "a accept   c close   b broader   n narrower   r reject   ? not sure   "
    "s skip   u undo   q save and quit"
)


@click.command(
    "review",
    epilog="Example: diaspora-kg link review suggestions.sssom.tsv --to-csv suggestions.csv",
)
@click.argument("file", type=click.Path(path_type=Path))
@reviewer_options
@click.option(
    "--snapshot",
    type=click.Path(path_type=Path),
    help="The registry as a file, so that its records are shown beside ours.",
)
@click.option("--to-csv", type=click.Path(path_type=Path), help="Write a spreadsheet instead.")
@click.option("--from-csv", type=click.Path(path_type=Path), help="Take decisions from it.")
@click.option(
    "--replay",
    "former",
    type=click.Path(path_type=Path),
    help="Decide as in this former review wherever the candidate is the same.",
)
@kg_option
def command(
    file: Path,
    reviewer: str | None,
    day: str | None,
    snapshot: Path | None,
    to_csv: Path | None,
    from_csv: Path | None,
    former: Path | None,
    kg: Path | None,
) -> None:
    """Decide about the candidates in FILE, one key each; the decisions are kept in FILE.

    'a' says it is the same thing, 'c' that it is close to it, 'b' that theirs is broader, 'n'
    narrower, 'r' that it is another, '?' that you cannot tell. Every decision is saved at once.
    '--to-csv' and '--from-csv' do the same in a spreadsheet.
    """
    from diaspora_kg.linking.reviewing import Review
    from diaspora_kg.reading.sssom import read_mapping_set

    given = read_mapping_set(file)
    if former is not None:
        given = _replayed(given, former, file)
    if from_csv is not None:
        from diaspora_kg.linking.sheets import from_sheet

        links = from_sheet(from_csv, given.links, reviewer_of(reviewer), day_of(day))
        write_mapping_set(replace(given, links=links), file)
        _say_state(links, file)
    elif to_csv is not None:
        from diaspora_kg.linking.sheets import as_sheet

        write_out(as_sheet(given.links, finder(kg), _records(given, snapshot)), to_csv)
    elif former is None or is_at_terminal():
        review = Review(given.links, reviewer_of(reviewer), day_of(day))
        if not is_at_terminal():
            raise click.UsageError(
                "A review by keys needs a terminal; use --to-csv and --from-csv, or --replay FILE."
            )
        _ask(review, given, file, finder(kg, with_quotes=True), _records(given, snapshot))
        _say_state(review.links, file)


def _replayed(given: "MappingSet", former: Path, file: Path) -> "MappingSet":
    from diaspora_kg.linking.mapping_sets import shortened
    from diaspora_kg.linking.reviewing import replay
    from diaspora_kg.reading.sssom import read_mapping_set

    done = replay(given.links, read_mapping_set(former).links)
    again = replace(given, links=done.links)
    write_mapping_set(again, file)
    say(f"{done.repeated:,} decided as before, {done.fresh:,} to be decided.")
    for link in done.gone:
        pair = f"{shortened(link.subject)} {shortened(link.object)}"
        say(f"no candidate any more, though it was accepted: {pair}")
    return again


def _records(given: "MappingSet", snapshot: Path | None) -> "Mapping[str, Record]":
    if snapshot is None:
        return {}
    from diaspora_kg.linking.records import records_of
    from diaspora_kg.linking.registries import open_registry

    return records_of(open_registry(snapshot), {link.object for link in given.links})


def _ask(
    review: "Review",
    given: "MappingSet",
    file: Path,
    find: "Callable[[str], Thing | None]",
    records: "Mapping[str, Record]",
) -> None:
    from diaspora_kg.linking.reviewing import DECISIONS
    from diaspora_kg.rendering.reviews import side_by_side

    while (link := review.current) is not None:
        width = min(120, shutil.get_terminal_size().columns)
        click.clear()
        click.echo(side_by_side(link, find(link.subject), records.get(link.object), width))
        click.echo(f"{review.left:,} left.   {_HELP}")
        key = _key()
        if key in _KEYS:
            review.decide(DECISIONS[_KEYS[key]])
        elif key == "u":
            review.undo()
        elif key == "s":
            review.skip()
        elif key in _ENDS:
            return
        else:
            continue
        write_mapping_set(replace(given, links=tuple(review.links)), file)


def _key() -> str:
    """Return the key that is pressed, in lower case; nothing at the end of input."""
    try:
        return click.getchar().lower()
    except EOFError:
        return ""


def _say_state(links: "Iterable[Link]", file: Path) -> None:
    from collections import Counter

    from diaspora_kg.reading.links import Verdict

    counts = Counter(link.verdict for link in links)
    told = ", ".join(f"{counts[verdict]:,} {verdict.value}" for verdict in Verdict)
    say(f"{file}: {told}. 'diaspora-kg link apply {file}' makes links of what is accepted.")
