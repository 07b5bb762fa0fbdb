"""What executors read: whole files, or some row groups of a Parquet file."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from diaspora_kg.errors import DiasporaKGError, Finding, MissingPartError
from diaspora_kg.inputs import read_case_file
from diaspora_kg.layout import STDIN, Layout
from diaspora_kg.model import Case, ObservationTable, Written
from diaspora_kg.reading import parquet
from diaspora_kg.reading.cases import case_from_tree
from diaspora_kg.reading.corpora import Fragment, fragments
from diaspora_kg.reading.observations import digest_of, read_observations
from diaspora_kg.reading.records import read_records
from diaspora_kg.reading.table_groups import TableGroup
from diaspora_kg.reading.tables import name_of


@dataclass(frozen=True)
class Job:
    """One thing to read."""

    kind: Literal["case", "rows", "observations"]
    path: str
    part: str = ""
    home: str = ""
    """What the tables of one case or corpus share."""
    case: Written | None = None
    """The case of all rows; none where a column says it."""
    groups: range | None = None
    digest: str = ""


@dataclass(frozen=True)
class Piece:
    """What a job brought: one of a whole case, rows of a case, observations, or a finding."""

    home: str
    case: Case | None = None
    fragment: Fragment | None = None
    table: ObservationTable | None = None
    finding: Finding | None = None
    missing: str = ""
    """What an executor has not installed."""


def jobs_of(layout: Layout) -> list[Job]:
    """Return the jobs for the files of a command; sources that belong to no case are none.

    Raises ``MissingPartError`` (DKG702) for Parquet without pyarrow.
    """
    jobs = [Job("case", str(path), home=str(path)) for path in layout.cases if path != STDIN]
    for group in layout.groups:
        if set(group.parts) != {"sources"}:
            jobs += _jobs_of_group(group)
    for corpus in layout.corpora:
        home = f"{corpus.folder}/"
        for part, path in corpus.tables:
            jobs += [Job("rows", str(path), part, home, groups=g) for g in _ranges(path)]
    for path in layout.observations:
        jobs += _jobs_of_observations(path)
    return jobs


def run(job: Job) -> Iterator[Piece]:
    """Yield what a job brings; a file that cannot be read is a finding, as it is anywhere."""
    try:
        yield from {"case": _case, "rows": _rows, "observations": _observations}[job.kind](job)
    except MissingPartError as error:
        yield Piece(job.home, missing=error.message)
    except DiasporaKGError as error:
        yield from (Piece(job.home, finding=finding) for finding in error.findings)


def _jobs_of_group(group: TableGroup) -> list[Job]:
    name = name_of(group)
    home = str(next(iter(group.parts.values())))
    return [
        Job("rows", str(path), part, home, name, groups)
        for part, path in group.parts.items()
        for groups in (_ranges(path) if part == "claims" else [None])
    ]


def _jobs_of_observations(path: Path) -> list[Job]:
    try:
        digest = digest_of(path)
    except DiasporaKGError:
        digest = ""  # whoever reads the file will say why it cannot be read
    ranges = _ranges(path)
    return [Job("observations", str(path), groups=g, digest=digest) for g in ranges]


def _ranges(path: Path) -> list[range | None]:
    if path.suffix.lower() != parquet.SUFFIX:
        return [None]
    try:
        count = len(parquet.row_groups(path))
    except MissingPartError:
        raise
    except DiasporaKGError:
        return [None]  # whoever reads the file will say what is wrong with it
    return [range(n, n + 1) for n in range(count)] or [None]


def _case(job: Job) -> Iterator[Piece]:
    tree, told = read_case_file(Path(job.path))
    case, findings = case_from_tree(tree)
    yield from (Piece(job.home, finding=finding) for finding in (*told, *findings))
    if case is not None:
        yield Piece(job.home, case=case)


def _rows(job: Job) -> Iterator[Piece]:
    records = read_records(Path(job.path), job.groups)
    if job.case is None:
        found, findings = fragments(job.part, Path(job.path), records)
    else:
        found, findings = [Fragment(job.part, job.case, records)], []
    yield from (Piece(job.home, finding=f) for f in (*records.findings, *findings))
    yield from (Piece(f"{job.home}\n{each.case}", fragment=each) for each in found)


def _observations(job: Job) -> Iterator[Piece]:
    records = read_records(Path(job.path), job.groups)
    table, findings = read_observations(Path(job.path), records, job.digest)
    yield from (Piece("", finding=f) for f in (*records.findings, *findings))
    yield Piece("", table=table)
