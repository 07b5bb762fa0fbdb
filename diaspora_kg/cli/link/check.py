"""``diaspora-kg link check``."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from diaspora_kg.cli.link.files import HERE, finder
from diaspora_kg.cli.options import FAIL_ON, fail_on_option, kg_option
from diaspora_kg.cli.talk import coloured, say
from diaspora_kg.errors import EXIT_FINDINGS, EXIT_GOOD, DiasporaKGError

if TYPE_CHECKING:
    from collections.abc import Callable

    from diaspora_kg.errors import Finding
    from diaspora_kg.linking.things import Thing
    from diaspora_kg.reading.links import Link


@click.command("check", epilog="Example: diaspora-kg link check links.sssom.tsv")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--snapshot",
    "snapshots",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A registry as a file, to look for records that are gone; may be repeated.",
)
@click.option(
    "--to",
    "asked",
    multiple=True,
    type=click.Choice(["ror", "openalex", "crossref"]),
    help="Ask the service of this registry for every record that is linked to; may be repeated.",
)
@click.option("--service", metavar="URL", help="Another address of the service after --to.")
@click.option("--offline", is_flag=True, help="Send nothing; take what services answered before.")
@fail_on_option
@kg_option
def command(
    files: tuple[Path, ...],
    snapshots: tuple[Path, ...],
    asked: tuple[str, ...],
    service: str | None,
    offline: bool,
    fail_on: str,
    kg: Path | None,
) -> int:
    """Tell which links contradict one another, the graph, or the registry they lead into.

    FILE is a mapping set; without one, 'links.sssom.tsv' here, else the packaged links. Without
    '--snapshot' and '--to' the links are compared among themselves and with the graph alone.
    """
    from diaspora_kg.linking.checking import (
        base_of,
        check_against,
        check_links,
        findings_by_line,
        linked_registries,
    )
    from diaspora_kg.linking.packaged import packaged_mapping_set
    from diaspora_kg.linking.records import records_of
    from diaspora_kg.linking.registries import open_registry
    from diaspora_kg.reading.sssom import read_mapping_sets
    from diaspora_kg.reporting import counted

    chosen = files or ((HERE,) if HERE.is_file() else ())
    links, findings = read_mapping_sets(chosen)
    links = links if chosen else list(packaged_mapping_set().links)
    find = finder(kg)
    findings += check_links(links, find)
    for path in snapshots:
        registry = open_registry(path)
        records = records_of(registry, {link.object for link in links})
        base = base_of(records)
        if not base:
            raise DiasporaKGError(
                "DKG536",
                f"none of the links leads into '{path.name}'",
                "Give the snapshot of a registry that is linked to.",
            )
        findings += check_against(links, records, base, find)
    if asked:
        findings += _asked(links, asked, service, find, offline=offline)
    for finding in findings_by_line(findings):
        click.echo(coloured(finding))
    counts = ", ".join(f"{n:,} to {name}" for name, n in linked_registries(links).items())
    say(f"{counted(len(findings), 'finding')}. Links: {counts or 'none'}.")
    least = FAIL_ON[fail_on]
    is_grave = least is not None and any(finding.severity >= least for finding in findings)
    return EXIT_FINDINGS if is_grave else EXIT_GOOD


def _asked(
    links: "list[Link]",
    registries: tuple[str, ...],
    url: str | None,
    find: "Callable[[str], Thing | None]",
    *,
    offline: bool,
) -> "list[Finding]":
    """Return what services say of the records that are linked to."""
    from diaspora_kg.linking.checking import check_against
    from diaspora_kg.linking.rest_services import SERVICES
    from diaspora_kg.linking.targets import TARGETS
    from diaspora_kg.linking.web import Web
    from diaspora_kg.reading.links import Verdict

    web, found = Web(offline=offline), []
    for name in registries:
        base = TARGETS[name].base
        service = SERVICES[name](web, url) if url else SERVICES[name](web)
        wanted = {
            link.object
            for link in links
            if link.verdict is Verdict.ACCEPTED and link.object.startswith(base)
        }
        each = {address: service.record(address) for address in sorted(wanted)}
        records = {address: record for address, record in each.items() if record is not None}
        found += check_against(links, records, base, find)
    return found
