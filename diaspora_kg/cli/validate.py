"""``diaspora-kg validate``."""

import sys
from pathlib import Path

import click

from diaspora_kg.cli.options import (
    FAIL_ON,
    chosen_format,
    fail_on_option,
    format_option,
    output_option,
    paths_argument,
    write_out,
)
from diaspora_kg.cli.talk import coloured, say, verbose
from diaspora_kg.errors import EXIT_GOOD, Severity, status_of

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
    help="Check RDF files against these SHACL shapes instead; may be repeated.",
)
@fail_on_option
@format_option(["text", "json", "turtle"], "text")
@output_option
def command(
    paths: tuple[Path, ...],
    texts: Path | None,
    shapes: tuple[Path, ...],
    fail_on: str,
    format_: str | None,
    output: Path | None,
) -> int:
    """Check case files, tables or RDF files, and find every quote in its text.

    Without PATH the packaged cases are checked. Each finding says where, what, and what to
    write; 'diaspora-kg explain CODE' says more.
    """
    from diaspora_kg.assembly import counted, validate, validate_with_shapes
    from diaspora_kg.rendering.findings import render

    report = validate_with_shapes(paths, shapes) if shapes else validate(paths or None, texts=texts)
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
