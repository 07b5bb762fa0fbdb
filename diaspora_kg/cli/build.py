"""``diaspora-kg build``."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from diaspora_kg.cli.distribution import Distribution, distribution_options
from diaspora_kg.cli.options import (
    FAIL_ON,
    fail_on_option,
    paths_argument,
    read_date,
)
from diaspora_kg.cli.patience import telling
from diaspora_kg.cli.talk import coloured, say, verbose
from diaspora_kg.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from diaspora_kg.assembly import BuildResult
    from diaspora_kg.store import StoredBuild


@click.command("build", epilog="Example: diaspora-kg build my-cases -o kg --min-origins 2")
@paths_argument
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("kg"),
    show_default=True,
    help="The folder that the graph is written to.",
)
@fail_on_option
@click.option(
    "--min-origins",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    help="Accept a claim only when so many independent origins say it.",
)
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    show_default=True,
    help="Accept a claim only when its coder was at least so sure of the reading.",
)
@click.option(
    "--min-tier",
    type=click.Choice(
        [
            "primary-data",
            "official",
            "scholarly",
            "registry",
            "news",
            "organisation",
            "tertiary",
            "blog",
        ]
    ),
    help="Accept a claim only from sources of this tier or a better one.",
)
@click.option(
    "--texts",
    type=click.Path(path_type=Path),
    help="A folder with the texts of the sources: the position of every quote is recorded.",
)
@click.option("--date", "build_date", metavar="DATE", help="The date of the build; none if absent.")
@click.option(
    "--endpoint",
    metavar="URL",
    envvar="DIASPORA_KG_ENDPOINT",
    help="Load the graph into this SPARQL 1.1 service as well, in place of the former one.",
)
@click.option(
    "--full",
    is_flag=True,
    help="Build everything anew, and not out of the former graph. The result is the same.",
)
@click.option(
    "--watch",
    "watching",
    is_flag=True,
    help="Go on building whenever a file is saved, and say what is new and what is mended.",
)
@distribution_options
def command(
    paths: tuple[Path, ...],
    output: Path,
    fail_on: str,
    min_origins: int,
    min_confidence: float,
    min_tier: str | None,
    texts: Path | None,
    build_date: str | None,
    endpoint: str | None,
    full: bool,
    watching: bool,
    distribution: Distribution,
) -> None:
    """Build the graph from case files: the main job.

    PATH is a case file, a table, a bibliography or a folder of them; without PATH the packaged
    cases are built. A build that fails leaves the former graph as it was. '--engine spark' spreads
    a large corpus over the cores of a machine or the machines of a cluster.

    A build into a folder that holds one takes from that one what did not change; '--watch' keeps
    at it while you write.
    """
    from diaspora_kg.acceptance import Policy
    from diaspora_kg.assembly import build
    from diaspora_kg.reporting import counted

    if endpoint:
        from diaspora_kg.services.addresses import read_address

        read_address(endpoint)  # a mistake in it is told before, not after, the build
    policy = Policy(min_origins=min_origins, min_confidence=min_confidence, min_tier=min_tier)
    with distribution.running() as engine:
        run = partial(
            build,
            paths or None,
            output,
            policy=policy,
            fail_on=FAIL_ON[fail_on],
            build_date=read_date(build_date),
            texts=texts,
            engine=engine,
            beside=None if engine is None else partial(distribution.keep, engine),
            full=full,
        )
        if watching:
            _watch(paths, output, run, endpoint)
            return
        with telling():
            result = run()
    for finding in result.report.findings:
        if finding.severity >= _shown():
            say(coloured(finding, err=True))
    counts = result.report.checked
    say(
        f"{counted(counts['cases'], 'case')}, {counted(counts['claims'], 'claim')} from "
        f"{counted(counts['sources'], 'source')}: {counts['accepted']:,} accepted, "
        f"{counted(counts['conflicts'], 'conflict')}, "
        f"{counted(counts['inferred'], 'statement')} inferred. {_data_in_words(counts)}"
        f"Written to {output}."
    )
    if endpoint:
        _upload(result.stored, endpoint)


def _data_in_words(counts: "Mapping[str, int]") -> str:
    from diaspora_kg.reporting import counted

    if not counts["data_sets"]:
        return ""
    observations = counted(counts["observations"], "observation")
    return f"{counted(counts['data_sets'], 'data set')}, {observations}. "


def _shown() -> Severity:
    return Severity.INFO if verbose() else Severity.WARNING


def _watch(
    paths: tuple[Path, ...],
    output: Path,
    run: "Callable[[], BuildResult]",
    endpoint: str | None,
) -> None:
    from diaspora_kg.assembly import packaged_cases
    from diaspora_kg.cli.watching import watch

    if endpoint or Path("-") in paths:
        raise click.UsageError("'--watch' goes with files, and not with '--endpoint'.")
    watch(paths or packaged_cases(), output, run, _shown())


def _upload(build: "StoredBuild", endpoint: str) -> None:
    from diaspora_kg.services.uploading import upload_build

    done = upload_build(build, endpoint, say if verbose() else lambda _: None)
    if not done.sent and not done.server:
        say(f"The service at {endpoint} holds this very graph already.")
        return
    say(f"{done.triples:,} triples in {done.graphs} graphs are on {endpoint}.")
    if done.withheld:
        say(f"note: {done.withheld:,} restricted passages were kept back, as from every export.")
    if not done.at_once:
        say(
            "note: this service cannot change all graphs at once; while it was switched, readers "
            "may have seen a mixture of the former graph and the new one."
        )
