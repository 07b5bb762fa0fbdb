"""What a whole build remembers, so that the next one can be made out of it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from diaspora_kg.acceptance import BECAUSE, META, Acceptance, Policy
from diaspora_kg.conflicts import Conflicts
from diaspora_kg.conflicts.finding import Found
from diaspora_kg.corpus import Corpus
from diaspora_kg.errors import DiasporaKGError, Finding
from diaspora_kg.incremental.encoding import dumps
from diaspora_kg.incremental.inferring import keep_closure
from diaspora_kg.incremental.memory import Revision
from diaspora_kg.incremental.remembering import (
    SOURCES,
    asked_rows,
    called_in,
    claim_row,
    files_of,
    found_as_json,
    located_rows,
    member_rows,
    own_unit,
    part_digest,
    part_key,
    part_row,
    places_as_json,
    plain_rows,
    restated,
    said_rows,
    source_row,
    unit_row,
)
from diaspora_kg.incremental.revalidating import keep_reach
from diaspora_kg.incremental.settings import fingerprint
from diaspora_kg.incremental.updating import is_covered
from diaspora_kg.inference.closure import Closure
from diaspora_kg.inputs import Part, parts_of
from diaspora_kg.layout import Inputs, Layout, find_inputs, lay_out
from diaspora_kg.populating import Population
from diaspora_kg.populating.population import PACKAGED_CODER, Shared
from diaspora_kg.store import nquads
from diaspora_kg.terms import Quad
from diaspora_kg.validation.results import ShaclFinding

_DECLARED_CLASH = "DKG294"


@dataclass(frozen=True)
class Workings:
    """What the stages of a build made on their way."""

    population: Population
    corpus: Corpus
    found: Found
    conflicts: Conflicts
    acceptance: Acceptance
    closure: Closure
    quads: Iterable[Quad]
    findings: tuple[Finding, ...]
    counts: Mapping[str, int]


class Recorder:
    """Remembers a build; made before its files are read, so that a later change is noticed."""

    def __init__(self, paths: Iterable[Path], policy: Policy, build_date: date | None) -> None:
        """Look at the files. Where nothing can be remembered, ``revision`` returns nothing."""
        self._parts: tuple[Part, ...] = ()
        self._digests: dict[str, str] = {}
        self._fingerprint = ""
        self._found = 0
        self.files: tuple[Inputs, Layout] | None = None
        """The files as they were found, to be read by whoever builds; None when none were."""
        try:
            inputs = find_inputs(paths)
            layout = lay_out(inputs.files)
            self.files = (inputs, layout)
            if is_covered(inputs, layout):
                self._parts = parts_of(layout)
                self._digests = {part_key(part): part_digest(part) for part in self._parts}
                self._found = len(inputs.findings)  # reading adds to them
                self._fingerprint = fingerprint(policy, build_date, layout.outside)
        except (DiasporaKGError, OSError):
            self._parts = ()  # reading the files will tell

    def of_stated(self, inputs: Inputs, population: Population) -> Revision:
        """Return what to remember of cases, sources and shapes, whatever is made of them."""
        revision, files = Revision(), files_of(self._parts)
        if self._parts and population.shared is not None:
            self._cases(revision, inputs, files, population)
            self._sources(revision, files, population.shared)
            keep_reach(revision)
        return revision

    def revision(self, inputs: Inputs, work: Workings, revision: Revision) -> Revision | None:
        """Return what to remember of a build, or None when it cannot be built upon.

        ``revision`` is what ``of_stated`` returned; the rest is added to it.
        """
        shared = work.population.shared
        files = files_of(self._parts)
        by_part: dict[str, list[Finding]] = {part_key(part): [] for part in self._parts}
        of_form = [finding for finding in inputs.findings if _file(finding) in files]
        for finding in of_form:
            by_part[part_key(files[_file(finding)])].append(finding)
        shapes = [finding for finding in work.findings if isinstance(finding, ShaclFinding)]
        clashes = [finding for finding in work.findings if finding.code == _DECLARED_CLASH]
        own = {finding for each in work.population.cases.values() for finding in each.findings}
        known = len(inputs.findings) + len(own) + len(shapes) + len(clashes)
        of_no_part = len(inputs.findings) - len(of_form) - self._found
        if not self._parts or shared is None or of_no_part or known != len(work.findings):
            return None  # something was said that a part of a build would not say again
        self._files(revision, inputs, files, by_part)
        _claims(revision, work)
        revision.keep("fingerprint", self._fingerprint)
        revision.keep_json("restated", restated(work.corpus.claims.values()))
        revision.keep_json("found", found_as_json(work.found))
        revision.keep("conflicts", dumps(work.conflicts.conflicts))
        revision.keep("findings", dumps(tuple(shapes)))
        revision.keep("declared clashes", dumps(tuple(clashes)))
        keep_closure(work.closure, revision)
        revision.keep_json("counts", dict(work.counts))
        revision.keep_json("sizes", _sizes(work.quads))
        return revision

    def _files(
        self,
        revision: Revision,
        inputs: Inputs,
        files: Mapping[str, Part],
        findings: Mapping[str, list[Finding]],
    ) -> None:
        units = {part_key(files[case.at.file]): str(case.id) for case in inputs.cases}
        for part in self._parts:
            key = part_key(part)
            row = part_row(part, self._digests[key], findings[key], units.get(key))
            revision.insert("part", [row])

    def _cases(
        self, revision: Revision, inputs: Inputs, files: Mapping[str, Part], population: Population
    ) -> None:
        for case in inputs.cases:
            unit, populated = str(case.id), population.cases[case.id]
            part = part_key(files[case.at.file])
            revision.insert("unit", [unit_row(part, case, populated)])
            revision.insert("asked", asked_rows(unit, populated))
            revision.insert("located", located_rows(unit, populated))

    def _sources(self, revision: Revision, files: Mapping[str, Part], shared: Shared) -> None:
        packaged = any(case.coding.by == PACKAGED_CODER for case in shared.cases)
        revision.keep_json("packaged coder", packaged)
        revision.insert("asked", asked_rows(SOURCES, shared.sources))
        revision.keep("quads of sources", nquads(shared.sources.quads).decode("utf-8"))
        revision.keep_json("places of sources", places_as_json(shared.sources.places))
        for dated in shared.sources.dated.values():
            part = part_key(files[dated.source.at.file])
            revision.insert("source", [source_row(part, dated.source, called_in(dated))])


def _sizes(quads: Iterable[Quad]) -> dict[str, int]:
    """Return how many quads each graph has, but for those that tell just this."""
    sizes = Counter(quad[3] for quad in quads if quad[3] != META or quad[1] == BECAUSE)
    return dict(sorted(sizes.items()))


def _claims(revision: Revision, work: Workings) -> None:
    claims = list(work.corpus.claims.values())
    revision.insert(
        "claim", (claim_row(claim, own_unit(claim.iri), work.acceptance) for claim in claims)
    )
    corpus = work.corpus
    revision.insert("member", (row for claim in claims for row in member_rows(claim, corpus)))
    revision.insert("said", (row for claim in claims for row in said_rows(claim, corpus)))
    revision.insert("plain", sorted(set(plain_rows(claims, work.acceptance))))


def _file(finding: Finding) -> str:
    return finding.location.file if finding.location is not None else ""
