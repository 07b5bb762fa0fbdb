"""The first stage: files to slices, spread over the executors, with an outline of each here."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from math import ceil
from operator import add
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from diaspora_kg.errors import Finding, MissingPartError
from diaspora_kg.inputs import read_bibliographies, read_inputs, read_outside
from diaspora_kg.layout import STDIN, Inputs, find_inputs, lay_out
from diaspora_kg.model import Case, ObservationTable
from diaspora_kg.neighbours import cited_by, sources_beside
from diaspora_kg.reading.corpora import Fragment
from diaspora_kg.reading.observations import without_repetition
from diaspora_kg.spark.jobs import Piece, jobs_of, run
from diaspora_kg.spark.slices import Outline, Slice, cut, outline, outlined, size_of, slice_of

if TYPE_CHECKING:
    from pyspark import RDD, SparkContext

_BYTES_OF_A_TASK = 1 << 18

T = TypeVar("T")

ROWS_OF_A_SLICE = 5_000
"""A case with more rows of claims than this is cut into several slices."""


@dataclass(frozen=True)
class Read:
    """What was read: an outline here, the rest on the executors."""

    inputs: Inputs
    slices: "RDD[Slice]"
    tables: "RDD[ObservationTable]"
    homes: Mapping[int, str]
    """Of every case of the inputs (its ``id()``), what its slices share."""
    cut: frozenset[str]
    """The homes of the cases that were cut into several slices."""


def read(context: "SparkContext", paths: Iterable[Path], rows: int = ROWS_OF_A_SLICE) -> Read:
    """Return what files and folders hold; ``rows`` is how many rows of claims make a slice.

    Raises as ``read_inputs`` does, and ``MissingPartError`` (DKG702) when an executor lacks
    pyarrow.
    """
    inputs = find_inputs(paths)
    layout = lay_out(inputs.files)
    read_bibliographies(layout, inputs)
    read_outside(layout, inputs)
    jobs = jobs_of(layout)
    pieces = kept(
        context.parallelize(
            jobs, tasks(context, len(jobs), _bytes_of(inputs) / _BYTES_OF_A_TASK)
        ).flatMap(run)
    )
    _take_findings(pieces, inputs)
    ways = [pieces.flatMap(_whole_case)]
    counts: dict[str, int] = {}
    if any(job.kind == "rows" for job in jobs):
        sizes = pieces.flatMap(_sizes).reduceByKey(add).collect()
        counts = {home: -(-size // rows) for home, size in sizes if size > rows}
        cuts = pieces.flatMap(partial(_cut, counts=counts))
        number = len(sizes) + sum(counts.values())
        rows_of_all = sum(size for _, size in sizes)
        ways.append(cuts.groupByKey(tasks(context, number, rows_of_all / rows)).map(_slice))
    if STDIN in layout.cases:
        ways.append(context.parallelize(_from_here(inputs), 1))
    slices = kept(context.union(ways))
    homes = _outline(slices, inputs)
    tables = pieces.flatMap(lambda piece: [] if piece.table is None else [piece.table])
    return Read(inputs, slices, tables, homes, frozenset(counts))


def tasks(context: "SparkContext", things: int, worth: float) -> int:
    """Return into how many tasks so many things are divided that are worth so many.

    Every core gets one if there are things enough; more than three a core gain nothing.
    """
    cores = int(context.defaultParallelism)
    return max(1, min(things, max(cores, min(ceil(worth), 3 * cores))))


def _bytes_of(inputs: Inputs) -> int:
    return sum(path.stat().st_size for path in inputs.files if path.is_file())


def kept(rdd: "RDD[T]") -> "RDD[T]":
    """Return a data set that is computed once; what does not fit into memory goes to disk."""
    from pyspark import StorageLevel

    return rdd.persist(StorageLevel.MEMORY_AND_DISK)


def _from_here(inputs: Inputs) -> list[Slice]:
    """Return the case that only this process can read: the one on stdin."""
    found = read_inputs([STDIN])
    inputs.findings += found.findings
    return [Slice(str(STDIN), 0, case) for case in found.cases]


def _take_findings(pieces: "RDD[Piece]", inputs: Inputs) -> None:
    told = pieces.filter(lambda piece: piece.finding is not None or piece.missing).collect()
    for piece in told:
        if piece.missing:
            raise MissingPartError(
                "DKG702",
                f"on an executor: {piece.missing}",
                "Install diaspora-kg[spark] on every machine of the cluster.",
            )
    found = {piece.finding for piece in told if piece.finding is not None}
    of_observations = {finding for finding in found if finding.code == "DKG645"}
    inputs.findings += found - of_observations
    inputs.findings += without_repetition(list(of_observations))


def _outline(slices: "RDD[Slice]", inputs: Inputs) -> dict[int, str]:
    """Put the outlines of all cases into the inputs, and return where each is at home."""
    beside = sources_beside(inputs.named, inputs.files)
    by_home: dict[str, list[Outline]] = {}
    for each in slices.map(partial(outline, keys=frozenset(beside))).collect():
        by_home.setdefault(each.home, []).append(each)
    homes: dict[int, str] = {}
    cites: set[str] = set()
    findings: set[Finding] = set()
    for home, parts in sorted(by_home.items()):
        findings.update(finding for part in parts for finding in part.findings)
        cites.update(word for part in parts for word in part.cites)
        case = outlined(parts)
        if case is not None:
            homes[id(case)] = home
            inputs.cases.append(case)
    inputs.findings += findings
    taken = {source.key for source in inputs.sources} | _own_sources(inputs.cases)
    inputs.sources += cited_by(beside, cites, taken)
    return homes


def _own_sources(cases: Iterable[Case]) -> set[str]:
    return {source.key for case in cases for source in case.sources}


# --- On the executors -------------------------------------------------------------------


def _sizes(piece: Piece) -> Iterator[tuple[str, int]]:
    if piece.fragment is not None:
        yield piece.home, size_of(piece.fragment)


def _whole_case(piece: Piece) -> Iterator[Slice]:
    if piece.case is not None:
        yield Slice(piece.home, 0, piece.case)


def _cut(piece: Piece, counts: Mapping[str, int]) -> Iterator[tuple[tuple[str, int], Fragment]]:
    if piece.fragment is not None:
        for number, fragment in cut(piece.fragment, counts.get(piece.home, 1)):
            yield (piece.home, number), fragment


def _slice(found: tuple[tuple[str, int], Iterable[Fragment]]) -> Slice:
    (home, number), fragments = found
    return slice_of(home, number, fragments)
