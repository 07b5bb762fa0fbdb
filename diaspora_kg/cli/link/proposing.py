"""``diaspora-kg link suggest`` without names: candidates for the things of the graph."""

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from diaspora_kg.cli.link.files import known_links, write_mapping_set
from diaspora_kg.cli.link.targets import must_be_known
from diaspora_kg.cli.options import write_out
from diaspora_kg.cli.talk import say
from diaspora_kg.errors import DiasporaKGError, MissingPartError

if TYPE_CHECKING:
    from diaspora_kg.linking.reconciliation import Constraints
    from diaspora_kg.linking.suggesting import Ask, Found, Snapshot
    from diaspora_kg.linking.targets import Target
    from diaspora_kg.linking.things import Thing
    from diaspora_kg.reading.sssom import MappingSet

    Prepare = Callable[[list[Thing], int], None]
    """Asks for many things at once, so that each is answered at once."""


def propose(
    to: str,
    snapshot: Path | None,
    kg: Path | None,
    links: tuple[Path, ...],
    limit: int,
    least: float,
    output: Path | None,
    service: str | None = None,
    *,
    offline: bool = False,
    constraints: "Constraints | None" = None,
) -> None:
    """Write candidates for what the graph holds and has not linked, as a mapping set.

    Raises ``DiasporaKGError`` when the registry or the graph cannot be read.
    """
    from diaspora_kg.linking.rest_services import SERVICES
    from diaspora_kg.linking.suggesting import is_linked, suggest
    from diaspora_kg.linking.targets import TARGETS
    from diaspora_kg.linking.things import things_of
    from diaspora_kg.opening import open_kg
    from diaspora_kg.reporting import counted

    if service is None:
        must_be_known(to, snapshot)
    known = known_links(links)
    target = TARGETS.get(to)
    silent: list[str] = []
    by_service = snapshot is None and (target is not None or service is not None)
    if constraints is not None and (to in SERVICES or not by_service):
        raise click.UsageError(
            "'--type' and '--property' without names go with a reconciliation service: "
            "'--to wikidata', or '--service URL'."
        )
    prepare: Prepare | None = None
    if by_service:
        ask, asked, prepare = _asked_service(
            to, target, service, silent, offline=offline, constraints=constraints
        )
    else:
        ask, asked = _asked(target, snapshot or Path(to))
    classes = target.holds if target else sorted({c for t in TARGETS.values() for c in t.holds})
    things = [
        thing
        for thing in things_of(open_kg(kg).store, classes)
        if target is None or not is_linked(thing, target)
    ]
    if prepare is not None:
        prepare(things, limit)
    found = suggest(things, ask, asked, known=known, least=least, limit=limit)
    if silent and len(silent) == len(things):
        raise _nothing_kept(to, service)
    _write(found, output)
    if silent:
        say(f"nothing is kept of what the service says of {len(silent):,} of them.")
    proposed = len({link.subject for link in found.links})
    say(
        f"{counted(len(things), 'thing')} without a link: {counted(len(found.links), 'candidate')} "
        f"for {proposed:,} of them. None is a link before it is reviewed: diaspora-kg link review."
    )


def _write(found: "MappingSet", output: Path | None) -> None:
    from diaspora_kg.linking.mapping_sets import as_sssom

    if output is None or str(output) == "-":
        write_out(as_sssom(found), None)
    else:
        write_mapping_set(found, output)


def _asked(target: "Target | None", file: Path) -> "tuple[Ask, Snapshot]":
    from diaspora_kg.linking.asking import asking
    from diaspora_kg.linking.matching import matcher_of
    from diaspora_kg.linking.registries import open_registry
    from diaspora_kg.linking.suggesting import Snapshot

    registry = open_registry(file)
    version = f"sha256:{registry.digest}"
    return (
        asking(matcher_of(registry, tell=say)),
        Snapshot(target.home if target else "", version),
    )


def _asked_service(
    to: str,
    target: "Target | None",
    url: str | None,
    silent: list[str],
    *,
    offline: bool,
    constraints: "Constraints | None",
) -> "tuple[Ask, Snapshot, Prepare | None]":
    from diaspora_kg.linking.reconciliation import WIKIDATA, Reconciler
    from diaspora_kg.linking.rest_services import SERVICES
    from diaspora_kg.linking.suggesting import Snapshot
    from diaspora_kg.linking.web import Web

    web = Web(offline=offline)
    find: Ask
    prepare: Prepare | None = None
    if to in SERVICES:
        find = (SERVICES[to](web, url) if url else SERVICES[to](web)).find
    elif url or to == "wikidata":
        reconciler = Reconciler(web, url or WIKIDATA, constraints)
        find, prepare = reconciler.find, reconciler.prepare
    else:
        raise click.UsageError(
            f"{to} has no service that is asked here: name a registry as a file with --snapshot "
            "FILE, or a reconciliation service with --service URL."
        )

    def ask(thing: "Thing", limit: int) -> "Iterable[Found]":
        try:
            return find(thing, limit)
        except DiasporaKGError as error:
            if not (offline and error.code == "DKG538"):
                raise
            silent.append(thing.iri)
            return ()

    day = "" if offline else date.today().isoformat()  # what is kept has other days
    home = target.home if target else ""
    asked = Snapshot(home, day, justification="LexicalSimilarityThresholdMatching")
    return ask, asked, prepare


def _nothing_kept(to: str, url: str | None) -> MissingPartError:
    """Return the error for a question that nobody has answered: no candidates are no finding."""
    service = url or f"the service of {to}"
    return MissingPartError(
        "DKG538",
        f"'--offline' asks nobody, and nothing is kept of what {service} says",
        "Give the registry as a file with '--snapshot FILE', or ask once without '--offline'.",
    )
