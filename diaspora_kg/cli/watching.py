"""``build --watch``: the verdict on a case as soon as its file is saved."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import click

from diaspora_kg.cli.talk import coloured, say
from diaspora_kg.errors import DiasporaKGError, Finding, FindingsError, Severity

if TYPE_CHECKING:
    from diaspora_kg.assembly import BuildResult

_Key = tuple[str, str, str, str, str]
_Known = dict[_Key, Finding]

_READ, _POPULATED, _CHECKED = range(3)
"""How far a build comes: a stage with errors is its last, and what follows is not looked at."""
_UNREADABLE = {"DKG100", "DKG101", "DKG102", "DKG113"}
_OF_READING = _UNREADABLE | {
    f"DKG{number}" for number in (103, 109, 110, 111, *range(125, 130), 132, 133, *range(135, 139))
}


def watch(
    paths: Iterable[Path], folder: Path, build: Callable[[], "BuildResult"], least: Severity
) -> None:
    """Build into a folder whenever a file below some paths changes, until the person stops it.

    After every build it is said what was found: what is new, and what has been mended. Findings
    below ``least`` are not shown. A build with errors leaves the former graph as it was.

    Raises ``DiasporaKGError`` when the first build can read or write nothing at all.
    """
    from diaspora_kg.incremental.watching import changes

    listed = list(paths)
    known: _Known = {}
    is_first = True
    try:
        for _ in changes(listed):
            found = _build(build, folder, is_first=is_first)
            is_first = False
            if found is not None:
                present = {_key(each): each for each in found if each.severity >= least}
                unjudged = not_looked_for(known, found)
                judged = {key: known[key] for key in known if key not in unjudged}
                _tell(judged, present)
                known = unjudged | present
    except KeyboardInterrupt:
        say("Stopped.")


def _build(
    build: Callable[[], "BuildResult"], folder: Path, *, is_first: bool
) -> tuple[Finding, ...] | None:
    """Build once; return what was found, or None when nothing could be read or written."""
    from diaspora_kg.store import is_store

    start = perf_counter()
    try:
        result = build()
    except FindingsError as error:
        former = ": the former graph stands" if is_store(folder) else ""
        say(f"Not built{former} ({perf_counter() - start:.1f} s).")
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


def not_looked_for(known: _Known, found: Sequence[Finding]) -> _Known:
    """Return those former findings of which a build says nothing, be they mended or not.

    A file that cannot be read now may still hold them; and a build that ends at a stage with
    errors has not come to what later stages find.
    """
    errors = [finding for finding in found if finding.severity is Severity.VIOLATION]
    reached = max((_stage(finding) for finding in errors), default=_CHECKED)
    unread = {_file(finding) for finding in errors if finding.code in _UNREADABLE}
    present = {_key(finding) for finding in found}
    return {
        key: finding
        for key, finding in known.items()
        if key not in present and (_file(finding) in unread or _stage(finding) > reached)
    }


def _stage(finding: Finding) -> int:
    """Return at which stage of a build something is found; the first where it may be either."""
    if finding.code.startswith("DKG1") and finding.code not in _OF_READING:
        return _POPULATED
    return _CHECKED if finding.code.startswith("DKG2") else _READ


def _tell(known: _Known, present: _Known) -> None:
    mended, new = differences(known, present)
    for finding in mended:
        place = f"{finding.location}: " if finding.location is not None else ""
        say(f"{click.style('mended:', fg='green')} {place}{finding.message}")
    for finding in new:
        say(coloured(finding, err=True))
    left = len(present) - len(new)
    if left:
        say(f"{left} as before.")
    elif not present:
        say("Nothing to mend. Waiting for changes; stop with Ctrl-C.")


def differences(known: _Known, present: _Known) -> tuple[list[Finding], list[Finding]]:
    """Return which former findings are gone, and which are new.

    A finding of the same words at the same place is neither: a claim without an id has another
    name as soon as its quote changes, and its reader sees no difference.
    """
    gone = [finding for key, finding in known.items() if key not in present]
    come = [finding for key, finding in present.items() if key not in known]
    kept = {_as_read(finding) for finding in gone} & {_as_read(finding) for finding in come}
    return (
        [finding for finding in gone if _as_read(finding) not in kept],
        [finding for finding in come if _as_read(finding) not in kept],
    )


def _as_read(finding: Finding) -> tuple[str, str, str]:
    return str(finding.location), finding.code, finding.message


def _key(finding: Finding) -> _Key:
    """Return what makes a finding the same one when it has only moved within its file."""
    return _file(finding), finding.code, finding.message, finding.focus, finding.value


def _file(finding: Finding) -> str:
    return finding.location.file if finding.location is not None else ""
