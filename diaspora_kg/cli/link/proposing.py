"""``diaspora-kg link suggest`` without names: candidates for the things of the graph."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from diaspora_kg.cli.link.files import known_links, write_mapping_set
from diaspora_kg.cli.options import write_out
from diaspora_kg.cli.talk import say

if TYPE_CHECKING:
    from diaspora_kg.linking.suggesting import Ask, Snapshot
    from diaspora_kg.linking.targets import Target


def propose(
    to: str,
    snapshot: Path | None,
    kg: Path | None,
    links: tuple[Path, ...],
    limit: int,
    least: float,
    output: Path | None,
) -> None:
    """Write candidates for what the graph holds and has not linked, as a mapping set.

    Raises ``DiasporaKGError`` when the registry or the graph cannot be read.
    """
    from diaspora_kg.graph import open_kg
    from diaspora_kg.linking.mapping_sets import as_sssom
    from diaspora_kg.linking.suggesting import is_linked, suggest
    from diaspora_kg.linking.targets import TARGETS
    from diaspora_kg.linking.things import things_of

    known = known_links(links)
    target = TARGETS.get(to)
    ask, asked = _asked(to, target, snapshot)
    classes = target.holds if target else sorted({c for t in TARGETS.values() for c in t.holds})
    things = [
        thing
        for thing in things_of(open_kg(kg).store, classes)
        if target is None or not is_linked(thing, target)
    ]
    found = suggest(things, ask, asked, known=known, least=least, limit=limit)
    if output is None or str(output) == "-":
        write_out(as_sssom(found), None)
    else:
        write_mapping_set(found, output)
    proposed = len({link.subject for link in found.links})
    say(
        f"{len(things):,} things without a link were looked up; {len(found.links):,} candidates "
        f"for {proposed:,} of them. None is a link before it is reviewed: diaspora-kg link review."
    )


def _asked(to: str, target: "Target | None", snapshot: Path | None) -> "tuple[Ask, Snapshot]":
    from diaspora_kg.linking.asking import asking
    from diaspora_kg.linking.matching import matcher_of
    from diaspora_kg.linking.registries import open_registry
    from diaspora_kg.linking.suggesting import Snapshot

    if target is not None and snapshot is None:
        raise click.UsageError(f"Name the registry as a file: --to {to} --snapshot FILE.")
    registry = open_registry(snapshot or Path(to))
    version = f"sha256:{registry.digest}"
    return (
        asking(matcher_of(registry, tell=say)),
        Snapshot(target.home if target else "", version),
    )
