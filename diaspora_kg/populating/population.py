"""The first stage of a build: cases and sources to quads, in any order with the same result."""

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property

from diaspora_kg.errors import Finding, Location, Severity
from diaspora_kg.model import AdjudicationNote, Case, ObservationTable, Source, Written
from diaspora_kg.namespaces import DKGG, PROV
from diaspora_kg.naming import individual, slug
from diaspora_kg.populating.claims import ClaimWriter
from diaspora_kg.populating.entities import PACKAGED_CODER as PACKAGED_CODER
from diaspora_kg.populating.entities import write_case
from diaspora_kg.populating.observations import Observed, observe, repeated, spans
from diaspora_kg.populating.quads import DESCRIPTION, LABEL, GraphWriter
from diaspora_kg.populating.sources import Dated, write_sources
from diaspora_kg.populating.workspace import Workspace
from diaspora_kg.reading.observations import without_repetition
from diaspora_kg.reading.ontology import Ontology
from diaspora_kg.reading.states import Reference
from diaspora_kg.resolution import Names
from diaspora_kg.terms import TYPE, Quad, Term, dkg, iri, text_literal

_PACKAGED_CODING = individual(PACKAGED_CODER)


@dataclass(frozen=True)
class PopulatedCase:
    """What one case says: its quads, all of one named graph, and the place of each node."""

    quads: AbstractSet[Quad]
    places: Mapping[Term, Location]
    findings: tuple[Finding, ...]
    asked: frozenset[str]
    """The names that it asked for, as ``Names.take_asked`` has them: all that it depends on."""


@dataclass(frozen=True)
class PopulatedSources(PopulatedCase):
    """What the sources say of themselves, and who speaks in each of them and when."""

    dated: Mapping[str, Dated]


@dataclass(frozen=True)
class Shared:
    """What all cases of a build share: the names, the sources, the reference table."""

    cases: tuple[Case, ...]
    """In the order in which they are written; of two with one id, the first."""
    names: Names
    wrong: tuple[Finding, ...]
    """What is declared twice."""
    reference: Reference
    sources: PopulatedSources

    @cached_property
    def dated(self) -> Mapping[str, Dated]:
        """The sources by their keys; which of them a case asks for is noted."""
        return self.names.noting_sources(self.sources.dated)

    @property
    def quads(self) -> AbstractSet[Quad]:
        """What is said of sources, states and regions."""
        return {*self.reference.quads, *self.sources.quads}

    @property
    def places(self) -> Mapping[Term, Location]:
        """Where sources and their authors are written."""
        return self.sources.places

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with declarations and sources."""
        return (*self.wrong, *self.sources.findings)


@dataclass(frozen=True)
class Population:
    """What the cases say, as quads, with the place that each node was written at."""

    quads: tuple[Quad, ...]
    places: Mapping[Term, Location]
    findings: tuple[Finding, ...]
    shared: Shared | None = None
    """What cases share; None where it was not kept."""
    cases: Mapping[str, PopulatedCase] = field(default_factory=dict)
    """What each case said, by its id, where it was kept."""


def populate(
    cases: Iterable[Case],
    sources: Iterable[Source],
    ontology: Ontology,
    reference: Reference,
    observations: Iterable[ObservationTable] = (),
    write: "Callable[[Shared], Mapping[str, PopulatedCase]] | None" = None,
) -> Population:
    """Return the quads of cases, their sources, the reference table and observations.

    Everything that is wrong is in the findings; the quads then hold what could be understood.
    ``write`` returns what each case says, by its id; by default ``write_cases`` does.
    """
    shared = prepare(cases, sources, ontology, reference)
    observed = Observed()
    for table in observations:
        observed.add(observe(table, shared.names, shared.dated))
    findings = [*shared.findings, *without_repetition(observed.findings)]
    findings.extend(repeated(observed.places))
    quads = sorted({*shared.quads, *observed.quads, *spans(observed.quads)})
    places: dict[Term, Location] = dict(shared.places)
    written = (write or write_cases)(shared)
    each = {str(case.id): written[case.id] for case in shared.cases}
    for populated in each.values():
        quads += sorted(populated.quads)  # of a named graph of its own
        places.update(populated.places)
        findings.extend(populated.findings)
    places.update((node, min(found)) for node, found in observed.places.items())
    unique = sorted(set(findings), key=lambda finding: finding.sort_key)
    return Population(tuple(sorted(quads)), places, tuple(unique), shared, each)


def write_cases(shared: Shared) -> dict[str, PopulatedCase]:
    """Return what each of some cases says, by its id."""
    return {str(case.id): populate_case(case, shared.names, shared.dated) for case in shared.cases}


def prepare(
    cases: Iterable[Case], sources: Iterable[Source], ontology: Ontology, reference: Reference
) -> Shared:
    """Return what cases share, before any of their claims is written.

    Of a claim nothing is looked at but its id: the rest may be elsewhere.
    """
    ordered = sorted(cases, key=lambda case: (case.id, str(case.at)))
    findings: list[Finding] = []
    ordered = _once_each(ordered, findings)
    library = _library(ordered, sources, findings)
    names = Names(ontology, reference, ordered, library)
    findings.extend(names.take_findings())
    packaged = any(case.coding.by == PACKAGED_CODER for case in ordered)
    return Shared(
        tuple(ordered),
        names,
        tuple(findings),
        reference,
        populate_sources(library, names, packaged_coder=packaged),
    )


def populate_sources(
    library: Mapping[str, Source], names: Names, *, packaged_coder: bool
) -> PopulatedSources:
    """Return what all sources say of themselves; with who coded the packaged cases, if it did."""
    names.take_asked()
    writer, dated, found = write_sources(library, names)
    if packaged_coder:
        _write_packaged_coder(writer)
    findings = (*found, *names.take_findings())
    return PopulatedSources(writer.quads, writer.places, findings, names.take_asked(), dated)


def _once_each(cases: list[Case], findings: list[Finding]) -> list[Case]:
    kept: dict[str, Case] = {}
    for case in cases:
        first = kept.setdefault(case.id, case)
        if first is not case:
            findings.append(
                Finding(
                    "DKG114",
                    f"two cases have the id '{case.id}'; the other is {first.at.file}",
                    "Give one of them another id; nothing of either is lost.",
                    Severity.VIOLATION,
                    case.id.at,
                )
            )
    return list(kept.values())


def _library(
    cases: list[Case], sources: Iterable[Source], findings: list[Finding]
) -> dict[str, Source]:
    library: dict[str, Source] = {}
    for source in (*sources, *(source for case in cases for source in case.sources)):
        first = library.setdefault(source.key, source)
        if first is not source:
            findings.append(
                Finding(
                    "DKG129",
                    f"the source '{source.key}' is already declared at {first.at}",
                    "Keep one entry, or give the other work another key.",
                    Severity.VIOLATION,
                    source.key.at,
                )
            )
    return library


def _write_packaged_coder(writer: GraphWriter) -> None:
    writer.add(_PACKAGED_CODING, TYPE, iri(PROV + "SoftwareAgent"))
    writer.add(_PACKAGED_CODING, TYPE, dkg("Coder"))
    label = "packaged coding (machine-assisted, coded once, not adjudicated)"
    writer.add(_PACKAGED_CODING, LABEL, text_literal(label, "en"))


def populate_case(case: Case, names: Names, dated: Mapping[str, Dated]) -> PopulatedCase:
    """Return what one case says, given the names and the sources of the whole build.

    Nothing else of the other cases is looked at, so cases can be written one by one, in any order
    and anywhere. ``names`` keeps no findings of the case afterwards.
    """
    names.take_asked()
    writer = GraphWriter(iri(f"{DKGG}case/{case.id}"))
    node = write_case(writer, case, names)
    space = Workspace(case, node, writer, names, dated)
    claims = ClaimWriter(space)
    for claim in case.claims:
        claims.write(claim)
    for note in case.adjudications:
        _write_adjudication(space, note)
    findings = (*space.findings, *names.take_findings())
    return PopulatedCase(writer.quads, writer.places, findings, names.take_asked())


def _write_adjudication(space: Workspace, note: AdjudicationNote) -> None:
    writer, names, case = space.writer, space.names, space.case
    node = individual(case.id, "adjudication", note.id)
    writer.node(node, note.at, "Adjudication")
    for words, name in (
        ((*note.between, *note.upholds, *note.rejects), "decidesBetween"),
        (note.upholds, "upholds"),
        (note.rejects, "rejects"),
    ):
        for word in words:
            writer.add(node, dkg(name), names.side(word, case))
    if note.outcome is not None:
        outcome = names.from_list(note.outcome, "adjudication-outcome")
        writer.add(node, dkg("outcome"), outcome)
    if note.by is not None:
        writer.add(node, dkg("decidedBy"), _decider(writer, names, note.by))
    decided_on = space.time(note.on)
    if decided_on is not None:
        writer.time(node, dkg("decidedOn"), decided_on)
    writer.wordings(node, DESCRIPTION, note.reason)


def _decider(writer: GraphWriter, names: Names, word: Written) -> Term:
    if word in names.entities:
        return individual(word)
    coder = individual("coder", slug(word))
    writer.node(coder, word.at, "Coder")
    writer.text(coder, LABEL, word)
    return coder
