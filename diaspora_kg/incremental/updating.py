"""A build made out of the former one: the stages of a whole build, on what a change touches."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from diaspora_kg.acceptance import Policy
from diaspora_kg.conflicts.declared import find_declared_clashes
from diaspora_kg.conflicts.observed import Data
from diaspora_kg.errors import Finding, FindingsError
from diaspora_kg.incremental.encoding import dumps, loads
from diaspora_kg.incremental.former import FormerGraph, Statements
from diaspora_kg.incremental.inferring import Inferred, infer
from diaspora_kg.incremental.memory import Memory, Revision, StaleError
from diaspora_kg.incremental.part import PartOfCorpus
from diaspora_kg.incremental.places import Places
from diaspora_kg.incremental.reaccepting import Reaccepted, reaccept
from diaspora_kg.incremental.reconsidering import Change, Reconsidered, reconsider
from diaspora_kg.incremental.repopulating import (
    Repopulated,
    form_findings,
    look,
    repopulate,
    violations,
)
from diaspora_kg.incremental.revalidating import revalidate
from diaspora_kg.incremental.settings import fingerprint
from diaspora_kg.incremental.touching import touched_claims
from diaspora_kg.inference.axioms import compile_axioms
from diaspora_kg.inputs import parts_of
from diaspora_kg.layout import Inputs, Layout, find_inputs, lay_out
from diaspora_kg.linking.packaged import links_in_force
from diaspora_kg.linking.statements import link_quads, premises
from diaspora_kg.metadata import describe_sizes
from diaspora_kg.reading.ontology import read_ontology
from diaspora_kg.reading.sssom import read_mapping_sets
from diaspora_kg.reading.states import read_reference
from diaspora_kg.store import StoredBuild
from diaspora_kg.store.lines import Changes, UnfitError
from diaspora_kg.terms import TYPE, Quad, Term, Triple, dkg, iri

_SOURCE = dkg("Source")
REFERENCE = ("<https://w3id.org/diaspora-kg/id/state/", "<https://w3id.org/diaspora-kg/id/region/")


@dataclass(frozen=True)
class Update:
    """A build as it differs from the former one, not yet written."""

    former: StoredBuild
    changes: Changes
    counts: Mapping[str, int]
    findings: tuple[Finding, ...]
    inputs: Inputs
    """The files, with nothing read of them."""
    remember: Callable[[Path], None]
    """Writes what is to be remembered of the build into a folder."""


def update(
    paths: Iterable[Path], former: StoredBuild, policy: Policy, build_date: date | None
) -> Update:
    """Return the build that some paths give now, made out of a former build.

    Raises ``StaleError`` when only a whole build can tell, and ``FindingsError`` when the files
    cannot be made into a graph.
    """
    try:
        inputs = find_inputs(paths)
        parts = lay_out(inputs.files)
        if not is_covered(inputs, parts):
            raise StaleError("there are files that only a whole build reads")
        key = fingerprint(policy, build_date, parts.outside)
        with Memory.open(former.state_folder, key) as memory, FormerGraph(former) as graph:
            return _Update(inputs, parts, former, memory, graph, policy, build_date).run()
    except (LookupError, OSError, TypeError, UnfitError, ValueError) as error:
        raise StaleError(f"the former build is damaged: {error}") from error


def is_covered(inputs: Inputs, layout: Layout) -> bool:
    """Tell whether each file can be read by itself: folders of cases and bibliographies can."""
    return not (inputs.named or layout.corpora or layout.observations or Path("-") in inputs.files)


class _Update:
    def __init__(
        self,
        inputs: Inputs,
        layout: Layout,
        former: StoredBuild,
        memory: Memory,
        graph: FormerGraph,
        policy: Policy,
        build_date: date | None,
    ) -> None:
        self.inputs, self.layout, self.former = inputs, layout, former
        self.memory, self.graph = memory, graph
        self.policy, self.build_date = policy, build_date
        self.revision = Revision()
        self.ontology, self.reference = read_ontology(), read_reference()

    def run(self) -> Update:
        """Go through the stages."""
        now = look(parts_of(self.layout), self.memory)
        form = [*self.inputs.findings, *form_findings(now, self.memory, self.revision)]
        _stop(form)
        populated = repopulate(
            now, self.memory, self.graph, self.ontology, self.reference, self.revision
        )
        written = [*populated.findings, *self._kept_findings(populated)]
        _stop([*form, *sorted(set(written), key=lambda finding: finding.sort_key)])
        change = self._change(populated)
        rules = compile_axioms(self.ontology.triples)
        conflicts = reconsider(change, self.memory, rules, self._data(), self.revision)
        accepted = reaccept(
            change,
            conflicts.unsettled,
            conflicts.conflicts,
            self.memory,
            self.graph,
            self.policy,
            self.revision,
        )
        inferred = infer(
            change, accepted, self.memory, self.graph, self._given(), rules, self.revision
        )
        places = Places(self.memory, populated.units, populated.places, populated.source_places)
        found = self._declared_clashes(change, places, populated.moved)
        found += revalidate(change, places, populated.moved, self.memory, self.revision)
        removed, added = self._difference(populated, conflicts, accepted, inferred)
        findings = [*form, *sorted(set(written), key=lambda f: f.sort_key), *found]
        findings.sort(key=lambda finding: finding.sort_key)
        counts = self._counts(populated, conflicts, accepted, inferred, removed, added)
        return Update(
            self.former,
            Changes(removed, added),
            counts,
            tuple(findings),
            self.inputs,
            lambda folder: self.revision.write(folder, self.former.state_folder),
        )

    # --- Between the stages -------------------------------------------------------------

    def _data(self) -> Data:
        """Return the data sets: those of the former build, since with others all is made anew."""

        def referring(thing: Term, predicate: Term) -> list[Term]:
            return sorted({quad[0] for quad in self.graph.referring(thing, predicate)})

        return Data(self.graph.quads_of, referring)

    def _kept_findings(self, populated: Repopulated) -> list[Finding]:
        """Return what is to be said of the cases that were not written anew."""
        rows = self.memory.rows("SELECT id, findings FROM unit")
        kept = populated.units.keys() - set(populated.written)
        return [finding for unit, text in rows if unit in kept for finding in loads(text)]

    def _given(self) -> set[Triple]:
        """Return what inference starts from besides claims: reference tables and links."""
        own, _ = read_mapping_sets(self.layout.mapping_sets)
        links = link_quads(links_in_force(own))
        return {*(quad[:3] for quad in self.reference.quads), *premises(links)}

    def _change(self, populated: Repopulated) -> Change:
        before = PartOfCorpus(Statements(self.graph), self.ontology)
        statements = Statements(self.graph, populated.removed, populated.added)
        after = PartOfCorpus(statements, self.ontology)
        quads = frozenset(populated.removed | populated.added)
        return Change(before, after, touched_claims(quads, before, after), quads)

    def _declared_clashes(self, change: Change, places: Places, moved: set[Term]) -> list[Finding]:
        """Return what is to be said of declared and claimed classes."""
        part = change.after.with_claims(change.touched)
        fresh = find_declared_clashes(part.claims.values(), part, places)
        kept = loads(self.memory.text("declared clashes"))
        anew = {iri[1:-1] for iri in change.touched}
        found = [finding for finding in kept if finding.focus not in anew]
        found = [places.settle(finding, (iri(finding.focus),), moved) for finding in found]
        found = sorted([*found, *fresh], key=lambda finding: finding.sort_key)
        self.revision.keep("declared clashes", dumps(tuple(found)))
        return found

    def _difference(
        self,
        populated: Repopulated,
        conflicts: Reconsidered,
        accepted: Reaccepted,
        inferred: Inferred,
    ) -> tuple[set[Quad], set[Quad]]:
        """Return the quads that go and come, with those that tell how many there are."""
        stages = (populated, conflicts, accepted, inferred)
        removed = {quad for stage in stages for quad in stage.removed}
        added = {quad for stage in stages for quad in stage.added}
        before = Counter(self.memory.json("sizes"))
        after = Counter(before)
        after.update(quad[3] for quad in added)
        after.subtract(quad[3] for quad in removed)
        sizes = {graph: size for graph, size in sorted(after.items()) if size}
        self.revision.keep_json("sizes", sizes)
        old = set(describe_sizes(before, self.policy, self.build_date))
        new = set(describe_sizes(sizes, self.policy, self.build_date))
        return removed | (old - new), added | (new - old)

    def _counts(
        self,
        populated: Repopulated,
        conflicts: Reconsidered,
        accepted: Reaccepted,
        inferred: Inferred,
        removed: set[Quad],
        added: set[Quad],
    ) -> dict[str, int]:
        before = self.memory.json("counts")
        more = sum(not t[0].startswith(REFERENCE) for t in inferred.come)
        fewer = sum(not t[0].startswith(REFERENCE) for t in inferred.gone)
        counts = {
            "cases": len(populated.units),
            "claims": sum(declared.size for declared in populated.units.values()),
            "sources": before["sources"] + self._sources_more(removed, added),
            "accepted": before["accepted"] + accepted.accepted,
            "conflicts": len(conflicts.conflicts.conflicts),
            "inferred": before["inferred"] + more - fewer,
            "quads": before["quads"] + len(added) - len(removed),
            # with another data set all is made anew
            "data_sets": before["data_sets"],
            "observations": before["observations"],
        }
        self.revision.keep_json("counts", counts)
        return counts

    def _sources_more(self, removed: set[Quad], added: set[Quad]) -> int:
        """Return by how much the number of things that are sources grew."""
        more = 0
        for node in {quad[0] for quad in removed | added if quad[1:3] == (TYPE, _SOURCE)}:
            old = {quad for quad in self.graph.quads_of(node) if quad[1:3] == (TYPE, _SOURCE)}
            new = (old - removed) | {quad for quad in added if quad[:3] == (node, TYPE, _SOURCE)}
            more += bool(new) - bool(old)
        return more


def _stop(findings: Iterable[Finding]) -> None:
    listed = list(findings)
    if violations(listed):
        raise FindingsError(tuple(sorted(listed, key=lambda finding: finding.sort_key)))
