"""``diaspora-kg validate``."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from diaspora_kg.cli.options import (
    FAIL_ON,
    chosen_format,
    fail_on_option,
    format_option,
    is_typed,
    output_option,
    paths_argument,
    write_out,
)
from diaspora_kg.cli.patience import telling
from diaspora_kg.cli.talk import coloured, say, verbose
from diaspora_kg.errors import EXIT_GOOD, Severity, status_of

if TYPE_CHECKING:
    from diaspora_kg.reporting import Report

_SUFFIXES = {".json": "json", ".ttl": "turtle"}


@click.command(
    "validate", epilog="Example: diaspora-kg validate my-cases --texts my-texts --fail-on warning"
)
@paths_argument
@click.option(
    "--texts",
    type=click.Path(path_type=Path),
    help="A folder with the texts of the sources: every quote is looked up in them.",
)
@click.option(
    "--shapes",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Check RDF files, or a service, against these SHACL shapes instead; may be repeated.",
)
@click.option(
    "--endpoint",
    metavar="URL",
    envvar="DIASPORA_KG_ENDPOINT",
    help="Check the graph that this SPARQL 1.1 service holds; the shapes run there.",
)
@fail_on_option
@format_option(["text", "json", "turtle"], "text")
@output_option
def command(
    paths: tuple[Path, ...],
    texts: Path | None,
    shapes: tuple[Path, ...],
    endpoint: str | None,
    fail_on: str,
    format_: str | None,
    output: Path | None,
) -> int:
    """Check case files, tables or RDF files, and find every quote in its text.

    Without PATH the packaged cases are checked. Each finding says where, what, and what to
    write; 'diaspora-kg explain CODE' says more.
    """
    from diaspora_kg.rendering.findings import render
    from diaspora_kg.reporting import counted

    with telling():
        report = _report(paths, texts, shapes, endpoint)
    chosen = chosen_format(format_, output, _SUFFIXES, "text")
    findings = report.findings
    if chosen == "text" and fail_on != "info" and not verbose():
        findings = tuple(f for f in findings if f.severity > Severity.INFO)
    if chosen == "text" and output is None and sys.stdout.isatty():
        for finding in findings:
            click.echo(coloured(finding))
    else:
        write_out(render(findings, chosen, report.quotes), output)
    hidden = len(report.findings) - len(findings)
    for line in report.summary():
        say(line)
    if hidden:
        say(f"-v shows {counted(hidden, 'remark')} on what would be good to have.")
    return status_of(report.findings) if report.at_or_above(FAIL_ON[fail_on]) else EXIT_GOOD


def _report(
    paths: tuple[Path, ...], texts: Path | None, shapes: tuple[Path, ...], endpoint: str | None
) -> "Report":
    from diaspora_kg.assembly import validate, validate_with_shapes

    names_files = bool(paths or texts)
    if endpoint and names_files and is_typed("endpoint"):
        raise click.UsageError("Check either files or the graph of a service with --endpoint.")
    if endpoint and not names_files:
        return _report_of_service(endpoint, shapes)
    if shapes:
        return validate_with_shapes(paths, shapes)
    return validate(paths or None, texts=texts)


def _report_of_service(endpoint: str, shapes: tuple[Path, ...]) -> "Report":
    from diaspora_kg.reporting import Report
    from diaspora_kg.services.build import open_service
    from diaspora_kg.services.validating import validate_service, validate_service_with
    from diaspora_kg.validation import own_shapes

    if shapes:
        with own_shapes(shapes) as own:
            check = validate_service_with(open_service(endpoint), own.graph, own.prefixes)
    else:
        check = validate_service(open_service(endpoint))
    for note in check.notes():
        say(f"note: {note}")
    return Report((*own.findings, *check.findings) if shapes else check.findings)
