"""``diaspora-kg link check``."""

from pathlib import Path

import click

from diaspora_kg.cli.link.files import HERE, finder
from diaspora_kg.cli.options import FAIL_ON, fail_on_option, kg_option
from diaspora_kg.cli.talk import coloured, say
from diaspora_kg.errors import EXIT_FINDINGS, EXIT_GOOD, DiasporaKGError


@click.command("check", epilog="Example: diaspora-kg link check links.sssom.tsv")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--snapshot",
    "snapshots",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A registry as a file, to look for records that are gone; may be repeated.",
)
@fail_on_option
@kg_option
def command(
    files: tuple[Path, ...], snapshots: tuple[Path, ...], fail_on: str, kg: Path | None
) -> int:
    """Tell which links contradict one another, the graph, or the registry they lead into.

    FILE is a mapping set; without one, 'links.sssom.tsv' here, else the packaged links. Without a
    snapshot the links are compared among themselves and with the graph alone.
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
    for finding in findings_by_line(findings):
        click.echo(coloured(finding))
    counts = ", ".join(f"{n:,} to {name}" for name, n in linked_registries(links).items())
    say(f"{len(findings):,} findings. Links: {counts or 'none'}.")
    least = FAIL_ON[fail_on]
    is_grave = least is not None and any(finding.severity >= least for finding in findings)
    return EXIT_FINDINGS if is_grave else EXIT_GOOD
