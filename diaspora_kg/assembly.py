"""Readers and operations in their order: what the API and the commands offer."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from pathlib import Path

from diaspora_kg.acceptance import Policy
from diaspora_kg.collector import collector_paused
from diaspora_kg.errors import DiasporaKGError, Finding, FindingsError, Severity
from diaspora_kg.execution import Engine, LocalEngine
from diaspora_kg.incremental.memory import Revision, StaleError
from diaspora_kg.incremental.recording import Recorder, Workings
from diaspora_kg.incremental.updating import update
from diaspora_kg.inputs import read_inputs
from diaspora_kg.metadata import meta_of
from diaspora_kg.model import Case
from diaspora_kg.neighbours import point_at_neighbours
from diaspora_kg.parallel import aside
from diaspora_kg.progress import doing
from diaspora_kg.reporting import Report
from diaspora_kg.resources import folder
from diaspora_kg.stages import (
    Graph,
    Stated,
    checked,
    compute,
    look_up_quotes,
    stop_at_violations,
    with_positions,
)
from diaspora_kg.store import StoredBuild, nquads, read_build, write_build, write_successor
from diaspora_kg.validation import validate_rdf

RDF_SUFFIXES = (".ttl", ".nt", ".nq", ".trig", ".rdf", ".owl", ".jsonld", ".n3")


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


def packaged_cases() -> list[Path]:
    """Return the folder of the packaged cases as a path."""
    return [Path(str(folder("cases")))]


def read_cases(paths: Iterable[Path | str] | None = None) -> tuple[Case, ...]:
    """Return the cases of files and folders (the packaged ones when no path is given) as values.

    Raises ``FindingsError`` when a file is not well-formed.
    """
    chosen = packaged_cases() if paths is None else [Path(path) for path in paths]
    inputs = read_inputs(chosen)
    stop_at_violations(inputs.findings)
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
    engine = engine or LocalEngine()
    stated = Stated.of(packaged_cases() if paths is None else paths, engine)
    if not shapes:
        return compute(stated, policy or Policy(), build_date)
    with aside(lambda: stated.check(engine)) as found:
        graph = compute(stated, policy or Policy(), build_date)
        return checked(graph, found())


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
    engine = engine or LocalEngine(recorder.files if recorder else None)
    stated = Stated.of(_files(chosen), engine)
    with aside(partial(_looked_at, stated, engine, recorder)) as looked_at:
        graph = compute(stated, policy, build_date)
        if texts is not None:
            graph = with_positions(graph, Path(texts))
        making = _Making(graph, looked_at, fail_on, recorder, beside)
        meta = meta_of(policy, build_date, graph.counts, graph.inputs, packaged=chosen is None)
        doing(f"writing {len(graph.statements):,} quads")
        stored = write_build(
            Path(output),
            nquads(graph.statements),
            meta,
            state=making.remember,
            meanwhile=making.check,
        )
    return BuildResult(stored, Report(making.graph.findings, graph.counts), lambda: making.graph)


_LookedAt = tuple[tuple[Finding, ...], Revision | None]
"""What shapes find in what is stated, and what is to be remembered of it."""


def _looked_at(stated: Stated, engine: Engine, recorder: Recorder | None) -> _LookedAt:
    findings = stated.check(engine)
    if recorder is None:
        return findings, None
    return findings, recorder.of_stated(stated.inputs, stated.population)


class _Making:
    """A graph that is checked while the store is being made of it: on a core that is idle."""

    def __init__(
        self,
        graph: Graph,
        looked_at: Callable[[], "_LookedAt"],
        fail_on: Severity | None,
        recorder: Recorder | None,
        beside: Callable[[Graph, Path], None] | None,
    ) -> None:
        self.graph, self._looked_at, self._fail_on = graph, looked_at, fail_on
        self._recorder, self._beside = recorder, beside
        self._revision: Revision | None = None

    def check(self) -> None:
        """Check the graph; raise ``FindingsError`` when that ends the build."""
        counts = self.graph.counts  # looking for findings changes none of them
        of_shapes, revision = self._looked_at()
        self.graph = checked(self.graph, of_shapes)
        if Report(self.graph.findings).at_or_above(self._fail_on):
            raise FindingsError(self.graph.findings)
        if self._recorder is not None and revision is not None:
            work = _workings(self.graph, counts)
            self._revision = self._recorder.revision(self.graph.inputs, work, revision)

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
        doing("comparing the files with the former graph")
        made = update(_files(chosen), former, policy, build_date)
    except FindingsError as error:
        files = _files(chosen)
        raise FindingsError(tuple(point_at_neighbours(error.findings, (), files))) from error
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
        lambda: nquads(assembled().statements),
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
    quotes = None
    if texts is not None:
        quotes = look_up_quotes(graph, Path(texts))
        findings.extend(quotes.findings)
        findings.sort(key=lambda finding: finding.sort_key)
    return Report(tuple(findings), graph.counts, quotes)


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


def _files(chosen: list[Path] | None) -> list[Path]:
    return packaged_cases() if chosen is None else chosen


def _workings(graph: Graph, counts: Mapping[str, int]) -> Workings:
    return Workings(
        graph.population,
        graph.corpus,
        graph.oppositions,
        graph.conflicts,
        graph.acceptance,
        graph.closure,
        graph.statements,
        graph.findings,
        counts,
    )
