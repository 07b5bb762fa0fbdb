"""The second stage: slices to quads on the executors, put together here."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from diaspora_kg.errors import Finding, Location
from diaspora_kg.model import Case, ObservationTable
from diaspora_kg.populating import Population, Shared, populate_case
from diaspora_kg.populating.observations import observe, repeated, spans
from diaspora_kg.populating.sources import Dated
from diaspora_kg.reading.observations import without_repetition
from diaspora_kg.resolution import Names
from diaspora_kg.spark.reading import Read, kept
from diaspora_kg.spark.slices import Section, Slice, compared, signs, whole, written
from diaspora_kg.store import nquads, read_nquads
from diaspora_kg.terms import Quad, Term

if TYPE_CHECKING:
    from pyspark import RDD, Broadcast, SparkContext

Known = tuple[Names, Mapping[str, Dated]]
"""What is broadcast: the names of all cases, and the sources."""


@dataclass(frozen=True)
class Measured:
    """What some rows of observations say, ready to be sent on."""

    lines: bytes
    places: dict[Term, list[Location]]
    findings: list[Finding]


@dataclass(frozen=True)
class Populated:
    """What all cases say: the lines on the executors, and the whole here."""

    sections: "RDD[Section]"
    measured: "RDD[Measured]"
    population: Population
    pieces: list[frozenset[Quad]] = field(default_factory=list)
    """The quads of each section."""
    elsewhere: frozenset[Quad] = frozenset()
    """The quads that executors hold."""


def populate(context: "SparkContext", read: Read, shared: Shared) -> Populated:
    """Return what the cases and observations say that were read."""
    wanted = frozenset(read.homes[id(case)] for case in shared.cases)
    known = context.broadcast((shared.names, shared.dated))
    sections = kept(_sections(read, wanted, known))
    measured = kept(read.tables.map(partial(_measure, known=known)))
    return _put_together(sections, measured, shared, read)


def _sections(read: Read, wanted: frozenset[str], known: "Broadcast[Known]") -> "RDD[Section]":
    slices = read.slices.filter(lambda part: part.case is not None and part.home in wanted)
    sections = slices.map(partial(_write, known=known))
    if not read.cut:
        return sections
    apart = read.cut
    sections = kept(sections)
    seen = sections.filter(lambda part: part.home in apart).flatMap(signs).reduceByKey(compared)
    wrong = seen.filter(lambda node: not node[1][3]).map(lambda node: node[0][0])
    again = frozenset(wrong.distinct().collect())
    if not again:
        return sections
    mended = (
        slices.filter(lambda part: part.home in again)
        .groupBy(lambda part: part.home)
        .map(lambda found: _write(whole(found[1]), known))
    )
    return sections.filter(lambda part: part.home not in again).union(mended)


def _put_together(
    sections: "RDD[Section]", measured: "RDD[Measured]", shared: Shared, read: Read
) -> Populated:
    by_home: dict[str, list[Section]] = defaultdict(list)
    for section in sections.collect():
        by_home[section.home].append(section)
    findings = list(shared.findings)
    places: dict[Term, Location] = dict(shared.places)
    pieces: list[frozenset[Quad]] = []
    for case in shared.cases:
        own = by_home.pop(read.homes[id(case)], [])
        places.update(_earliest(own))
        findings += (finding for section in own for finding in section.findings)
        pieces += (frozenset(read_nquads(section.lines)) for section in own)
    observed: dict[Term, list[Location]] = defaultdict(list)
    found: list[Finding] = []
    elsewhere: set[Quad] = set().union(*pieces)
    numbers: set[Quad] = set()
    for part in measured.collect():
        numbers.update(read_nquads(part.lines))
        found += part.findings
        for node, where in part.places.items():
            observed[node] += where
    elsewhere |= numbers
    findings += (*without_repetition(found), *repeated(observed))
    places.update((node, min(where)) for node, where in observed.items())
    unique = sorted(set(findings), key=lambda finding: finding.sort_key)
    quads = tuple(sorted({*elsewhere, *shared.quads, *spans(numbers)}))
    population = Population(quads, places, tuple(unique))
    return Populated(sections, measured, population, pieces, frozenset(elsewhere))


def _earliest(sections: Iterable[Section]) -> dict[Term, Location]:
    """Return the place of each node; of several, the first that a reader of the rows meets."""
    found: dict[Term, Location] = {}
    for section in sections:
        for node, place in section.places.items():
            found[node] = min(place, found.get(node, place))
    return found


# --- On the executors -------------------------------------------------------------------


def _write(part: Slice, known: "Broadcast[Known]") -> Section:
    case: Case | None = part.case
    assert case is not None  # those without have been left out
    names, dated = known.value
    return written(part, case, populate_case(case, names, dated))


def _measure(table: ObservationTable, known: "Broadcast[Known]") -> Measured:
    names, dated = known.value
    observed = observe(table, names, dated)
    return Measured(nquads(observed.quads), observed.places, observed.findings)
