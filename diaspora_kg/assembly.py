"""Readers and operations in their order: what the API and the commands offer."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import chain
from pathlib import Path

from diaspora_kg.acceptance import Acceptance, Policy, accept_among
from diaspora_kg.collector import collector_paused
from diaspora_kg.conflicts import Conflicts, type_nodes
from diaspora_kg.conflicts.declared import find_declared_clashes
from diaspora_kg.conflicts.finding import Found, conclude, find_oppositions, restatements
from diaspora_kg.conflicts.observed import data_beside
from diaspora_kg.corpus import Corpus
from diaspora_kg.errors import DiasporaKGError, Finding, FindingsError, Location, Severity
from diaspora_kg.execution import Engine, LocalEngine
from diaspora_kg.inconsistencies import find_inconsistencies
from diaspora_kg.incremental.memory import Revision, StaleError
from diaspora_kg.incremental.recording import Recorder, Workings
from diaspora_kg.incremental.updating import update
from diaspora_kg.inference.closure import Closure, reasoner_of
from diaspora_kg.inputs import Inputs, read_inputs
from diaspora_kg.linking.packaged import links_in_force
from diaspora_kg.linking.statements import link_quads, premises
from diaspora_kg.metadata import describe, meta_of
from diaspora_kg.model import Case
from diaspora_kg.namespaces import DKGG, DKGID
from diaspora_kg.neighbours import point_at_neighbours
from diaspora_kg.populating import Population
from diaspora_kg.reading.ontology import Ontology, read_ontology
from diaspora_kg.reading.states import read_reference
from diaspora_kg.reporting import Report
from diaspora_kg.resources import folder
from diaspora_kg.store import StoredBuild, nquads, read_build, write_build, write_successor
from diaspora_kg.terms import TYPE, Quad, Term, iri
from diaspora_kg.validation import validate_rdf
from diaspora_kg.validation.quotes import QuoteCheck, check_quotes, positions

ONTOLOGY_GRAPH = iri(DKGG + "ontology")
RDF_SUFFIXES = (".ttl", ".nt", ".nq", ".trig", ".rdf", ".owl", ".jsonld", ".n3")
INFERRED_GRAPH = iri(DKGG + "inferred")
_REFERENCE_GRAPH = iri(DKGG + "reference")


@dataclass(frozen=True)
class Graph:
    """A graph in memory, complete but not yet written."""

    quads: tuple[Quad, ...]
    places: Mapping[Term, Location]
    conflicts: Conflicts
    acceptance: Acceptance
    closure: Closure
    ontology: Ontology
    policy: Policy
    inputs: Inputs
    population: Population
    corpus: Corpus
    oppositions: Found
    """What conflicts are made up of, by the group of claims in which it was found."""
    findings: tuple[Finding, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """What a person wants to know first: how many of what."""
        return {
            "cases": len(self.inputs.cases),
            "claims": sum(len(case.claims) for case in self.inputs.cases),
            "sources": len({q[0] for q in self.quads if q[2] == _SOURCE and q[1] == TYPE}),
            "accepted": len(self.acceptance.accepted),
            "conflicts": len(self.conflicts.conflicts),
            "inferred": sum(not t[0].startswith(_REFERENCE) for t in self.closure.triples),
            "quads": len(self.quads),
        }


@dataclass(frozen=True)
class BuildResult:
    """A build that was written, with what was found on the way."""

    stored: StoredBuild
    report: Report
    assembled: Callable[[], Graph]
    is_update: bool = False
    """Whether the build was made out of the former one."""

    @cached_property
    def graph(self) -> Graph:
        """The graph in memory; of a build that was made out of another, it is assembled anew."""
        return self.assembled()


# what follows for states and regions alone is the same in every graph and counts for nothing
_REFERENCE = (f"<{DKGID}state/", f"<{DKGID}region/")
_SOURCE = iri("https://w3id.org/diaspora-kg/ontology#Source")


def packaged_cases() -> list[Path]:
    """Return the folder of the packaged cases as a path."""
    return [Path(str(folder("cases")))]


def read_cases(paths: Iterable[Path | str] | None = None) -> tuple[Case, ...]:
    """Return the cases of files and folders (the packaged ones when no path is given) as values.

    Raises ``FindingsError`` when a file is not well-formed.
    """
    chosen = packaged_cases() if paths is None else [Path(path) for path in paths]
    inputs = read_inputs(chosen)
    _stop_at_violations(inputs.findings)
    return tuple(sorted(inputs.cases, key=lambda case: case.id))


@collector_paused()
def assemble(
    paths: Iterable[Path] | None = None,
    *,
    policy: Policy | None = None,
    build_date: date | None = None,
    shapes: bool = True,
    engine: Engine | None = None,
) -> Graph:
    """Return the graph of some case files (the packaged ones when no path is given).

    Stages run in the order of the model: read, populate, find conflicts, accept, infer,
    validate. A stage with violations is the last one: what follows would only echo them.
    ``engine`` carries out those stages that go case by case; by default this process does.

    Raises ``FindingsError`` when the files cannot be made into a graph.
    """
    policy = policy or Policy()
    engine = engine or LocalEngine()
    inputs = engine.read(packaged_cases() if paths is None else paths)
    _stop_at_violations(inputs.findings)
    ontology = read_ontology()
    population = engine.populate(inputs, ontology, read_reference())
    unknown = point_at_neighbours(population.findings, inputs.named, inputs.files)
    findings = [*inputs.findings, *unknown]
    _stop_at_violations(findings)
    graph = _with_findings(_compute(inputs, population, ontology, policy, build_date), findings)
    return _checked(graph, engine) if shapes else graph


@collector_paused()
def build(
    paths: Iterable[Path | str] | None = None,
    output: Path | str = "kg",
    *,
    policy: Policy | None = None,
    fail_on: Severity | None = Severity.VIOLATION,
    build_date: date | None = None,
    texts: Path | str | None = None,
    engine: Engine | None = None,
    beside: Callable[[Graph, Path], None] | None = None,
    full: bool = False,
) -> BuildResult:
    """Build a graph from case files and write it to a folder.

    ``paths`` are files or folders; without them the packaged cases are built. ``build_date`` is
    the only date that gets into the graph; without it none does. A build whose findings reach
    ``fail_on`` writes nothing, and the former graph stays as it was. With ``texts``, a folder with
    the texts of the sources, the position of every quote is recorded. ``engine`` is as in
    ``assemble``; ``beside`` writes, into a folder that comes and goes with the build, what else
    is to be kept of the graph. A build into a folder that holds one is made out of that one, with
    the same result, unless it is to be made in ``full``.

    Raises ``FindingsError`` for findings at or above the threshold, and ``DiasporaKGError``
    when files cannot be read or the store cannot be written.
    """
    chosen = None if paths is None else [Path(path) for path in paths]
    policy = policy or Policy()
    is_plain = texts is None and engine is None and beside is None
    if is_plain and not full:
        updated = _update(chosen, Path(output), policy, fail_on, build_date)
        if updated is not None:
            return updated
    recorder = Recorder(_files(chosen), policy, build_date) if is_plain else None
    graph = assemble(chosen, policy=policy, build_date=build_date, shapes=False, engine=engine)
    if texts is not None:
        graph = _with_positions(graph, Path(texts))
    making = _Making(graph, engine or LocalEngine(), fail_on, recorder, beside)
    meta = meta_of(policy, build_date, graph.counts, graph.inputs, packaged=chosen is None)
    stored = write_build(
        Path(output), nquads(graph.quads), meta, state=making.remember, meanwhile=making.check
    )
    return BuildResult(stored, Report(making.graph.findings, graph.counts), lambda: making.graph)


class _Making:
    """A graph that is checked while the store is being made of it: on a core that is idle."""

    def __init__(
        self,
        graph: Graph,
        engine: Engine,
        fail_on: Severity | None,
        recorder: Recorder | None,
        beside: Callable[[Graph, Path], None] | None,
    ) -> None:
        self.graph, self._engine, self._fail_on = graph, engine, fail_on
        self._recorder, self._beside = recorder, beside
        self._revision: Revision | None = None

    def check(self) -> None:
        """Check the graph; raise ``FindingsError`` when that ends the build."""
        self.graph = _checked(self.graph, self._engine)
        if Report(self.graph.findings).at_or_above(self._fail_on):
            raise FindingsError(self.graph.findings)
        if self._recorder is not None:
            self._revision = self._recorder.revision(self.graph.inputs, _workings(self.graph))

    def remember(self, folder: Path) -> None:
        """Write what is kept of the graph beside it into a folder."""
        if self._beside is not None:
            self._beside(self.graph, folder)
        elif self._revision is not None:
            self._revision.write(folder)


def _update(
    chosen: list[Path] | None,
    output: Path,
    policy: Policy,
    fail_on: Severity | None,
    build_date: date | None,
) -> BuildResult | None:
    """Make a build out of the former one; None when it has to be made as a whole."""

    def assembled() -> Graph:
        return assemble(chosen, policy=policy, build_date=build_date)

    try:
        former = read_build(output)
        made = update(_files(chosen), former, policy, build_date)
    except FindingsError:
        raise
    except (DiasporaKGError, StaleError):
        return None
    report = Report(made.findings, made.counts)
    if report.at_or_above(fail_on):
        raise FindingsError(made.findings)
    meta = meta_of(policy, build_date, made.counts, made.inputs, packaged=chosen is None)
    stored = write_successor(
        output,
        former,
        made.changes,
        meta,
        lambda: nquads(assembled().quads),
        state=made.remember,
    )
    return BuildResult(stored, report, assembled, is_update=True)


@collector_paused()
def validate(
    paths: Iterable[Path | str] | None = None, *, texts: Path | str | None = None
) -> Report:
    """Check case files, and with ``texts`` find every quote in the text of its source.

    RDF files are checked by the same shapes. All mistakes of one stage are reported at once; the
    next stage runs when there are none.
    """
    chosen = None if paths is None else [Path(path) for path in paths]
    if chosen and all(path.suffix.lower() in RDF_SUFFIXES for path in chosen):
        return Report(validate_rdf(chosen))
    try:
        graph = assemble(chosen)
    except FindingsError as error:
        return Report(error.findings)
    findings = list(graph.findings)
    checked = graph.counts
    quotes = None
    if texts is not None:
        quotes = _look_up_quotes(graph, Path(texts))
        findings.extend(quotes.findings)
        findings.sort(key=lambda finding: finding.sort_key)
    return Report(tuple(findings), checked, quotes)


@collector_paused()
def validate_with_shapes(paths: Iterable[Path], shapes: Iterable[Path]) -> Report:
    """Check any RDF files against any SHACL shapes; nothing is added, no import is followed.

    Raises ``DiasporaKGError`` when no RDF file was named or a file cannot be read.
    """
    files = list(paths)
    if not files:
        raise DiasporaKGError(
            "DKG100", "no RDF file was named", "Write: diaspora-kg validate DATA.ttl --shapes S.ttl"
        )
    return Report(validate_rdf(files, shapes))


# --- Stages -----------------------------------------------------------------------------


def _stop_at_violations(findings: Sequence[Finding]) -> None:
    if any(finding.severity >= Severity.VIOLATION for finding in findings):
        raise FindingsError(tuple(sorted(findings, key=lambda finding: finding.sort_key)))


def _compute(
    inputs: Inputs,
    population: Population,
    ontology: Ontology,
    policy: Policy,
    build_date: date | None,
) -> Graph:
    typed = type_nodes(population.quads, ontology)
    stated = (*population.quads, *typed)
    corpus = Corpus(stated, ontology)
    links = link_quads(links_in_force(inputs.links))
    data = data_beside(corpus, population.quads, links, inputs.data_sets)
    oppositions = find_oppositions(corpus, data)
    conflicts = conclude(oppositions, restatements(corpus.claims.values()), corpus)
    acceptance = accept_among(corpus, conflicts, policy)
    # what is contested is no premise
    beside = [(s, p, o) for s, p, o, g in population.quads if g == _REFERENCE_GRAPH]
    beside += premises(links)
    closure = reasoner_of(ontology.triples).closure([*acceptance.triples, *beside])
    inferred = sorted((s, p, o, INFERRED_GRAPH) for s, p, o in closure.triples)
    # most of these are sorted already, and sorting what hangs together is fast
    quads = sorted(
        chain(
            stated,
            links,
            inputs.data_sets,
            conflicts.quads,
            acceptance.quads,
            acceptance.reasons,
            inferred,
            ((s, p, o, ONTOLOGY_GRAPH) for s, p, o in ontology.triples),
        )
    )
    quads = list(dict.fromkeys(quads))
    quads += describe(quads, policy, build_date)
    return Graph(
        tuple(dict.fromkeys(sorted(quads))),
        population.places,
        conflicts,
        acceptance,
        closure,
        ontology,
        policy,
        inputs,
        population,
        corpus,
        oppositions,
        tuple(find_declared_clashes(corpus.claims.values(), corpus, population.places)),
    )


def _checked(graph: Graph, engine: Engine) -> Graph:
    clashes = find_inconsistencies(graph.quads, graph.closure, graph.places)
    return _with_findings(graph, (*engine.validate(graph.quads, graph.places), *clashes))


def _with_findings(graph: Graph, more: Iterable[Finding]) -> Graph:
    findings = sorted((*graph.findings, *more), key=lambda finding: finding.sort_key)
    return replace(graph, findings=tuple(findings))


def _look_up_quotes(graph: Graph, texts: Path) -> QuoteCheck:
    declared = (*graph.inputs.sources, *(s for case in graph.inputs.cases for s in case.sources))
    named = {str(source.key): str(source.text) for source in declared if source.text is not None}
    return check_quotes(graph.quads, graph.places, texts, named)


def _with_positions(graph: Graph, texts: Path) -> Graph:
    quotes = _look_up_quotes(graph, texts)
    quads = tuple(sorted({*graph.quads, *positions(quotes, graph.quads)}))
    return _with_findings(replace(graph, quads=quads), quotes.findings)


def _files(chosen: list[Path] | None) -> list[Path]:
    return packaged_cases() if chosen is None else chosen


def _workings(graph: Graph) -> Workings:
    return Workings(
        graph.population,
        graph.corpus,
        graph.oppositions,
        graph.conflicts,
        graph.acceptance,
        graph.closure,
        graph.quads,
        graph.findings,
        graph.counts,
    )
