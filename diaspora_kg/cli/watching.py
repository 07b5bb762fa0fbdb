"""``build --watch``: the verdict on a case as soon as its file is saved."""

from collections.abc import Callable, Iterable
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import click

from diaspora_kg.cli.talk import coloured, say
from diaspora_kg.errors import DiasporaKGError, Finding, FindingsError, Severity

if TYPE_CHECKING:
    from diaspora_kg.assembly import BuildResult

_Key = tuple[str, str, str, str, str]


def watch(paths: Iterable[Path], build: Callable[[], "BuildResult"], least: Severity) -> None:
    """Build whenever a file below some paths changes, until the person stops it.

    After every build it is said what was found: what is new, and what has been mended. Findings
    below ``least`` are not shown. A build with errors leaves the former graph as it was.

    Raises ``DiasporaKGError`` when the first build can read or write nothing at all.
    """
    from diaspora_kg.incremental.watching import changes

    listed = list(paths)
    known: dict[_Key, Finding] = {}
    is_first = True
    try:
        for _ in changes(listed):
            found = _build(build, is_first=is_first)
            is_first = False
            if found is not None:
                present = {_key(each): each for each in found if each.severity >= least}
                _tell(known, present)
                known = present
    except KeyboardInterrupt:
        say("Stopped.")


def _build(build: Callable[[], "BuildResult"], *, is_first: bool) -> tuple[Finding, ...] | None:
    """Build once; return what was found, or None when nothing could be read or written."""
    start = perf_counter()
    try:
        result = build()
    except FindingsError as error:
        say(f"Not built: the former graph stands ({perf_counter() - start:.1f} s).")
        return error.findings
    except DiasporaKGError as error:
        if is_first:
            raise  # a wrong path, more likely than a file that is being moved
        for finding in error.findings:
            say(coloured(finding, err=True))
        return None
    how = "Updated" if result.is_update else "Built"
    say(f"{how} in {perf_counter() - start:.1f} s: {result.report.checked['quads']:,} quads.")
    return result.report.findings


def _tell(known: dict[_Key, Finding], present: dict[_Key, Finding]) -> None:
    for key, finding in known.items():
        if key not in present:
            place = f"{finding.location}: " if finding.location is not None else ""
            say(f"{click.style('mended:', fg='green')} {place}{finding.message}")
    for key, finding in present.items():
        if key not in known:
            say(coloured(finding, err=True))
    left = len(present.keys() & known.keys())
    if left:
        say(f"{left} as before.")
    elif not present:
        say("Nothing to mend. Waiting for changes; stop with Ctrl-C.")


def _key(finding: Finding) -> _Key:
    """Return what makes a finding the same one when it has only moved within its file."""
    file = finding.location.file if finding.location is not None else ""
    return file, finding.code, finding.message, finding.focus, finding.value
