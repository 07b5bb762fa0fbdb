"""Which files changed, which cases have to be written anew, and what that changes in the graph.

A case is written anew when its file changed, or when a name that it asked for means something
else by now: an entity got another class or label, a label came to stand for something else, a
claim or a source appeared or went. Everything else is taken from the former graph.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from diaspora_kg.errors import Finding, Location, Severity
from diaspora_kg.incremental.encoding import loads
from diaspora_kg.incremental.former import FormerGraph
from diaspora_kg.incremental.memory import Memory, Revision, StaleError
from diaspora_kg.incremental.remembering import (
    SOURCES,
    Declared,
    asked_rows,
    located_rows,
    part_digest,
    part_key,
    part_row,
    places_of,
    unit_row,
)
from diaspora_kg.incremental.works import Works
from diaspora_kg.inputs import Part, read_part
from diaspora_kg.layout import Inputs
from diaspora_kg.model import Case, Entity
from diaspora_kg.namespaces import DKGG
from diaspora_kg.populating import populate_case
from diaspora_kg.reading.ontology import Ontology
from diaspora_kg.reading.states import Reference
from diaspora_kg.resolution import Names, folded
from diaspora_kg.terms import Quad, Term, iri


@dataclass
class Repopulated:
    """What changed between cases and graph: quads, places, and what is wrong."""

    removed: set[Quad] = field(default_factory=set)
    added: set[Quad] = field(default_factory=set)
    written: list[str] = field(default_factory=list)
    """The cases that were written anew, by their ids."""
    gone: list[str] = field(default_factory=list)
    """The cases that are no more."""
    moved: set[Term] = field(default_factory=set)
    """The nodes whose places may have changed."""
    places: dict[str, Mapping[Term, Location]] = field(default_factory=dict)
    """Where nodes are written in the cases that were written anew."""
    source_places: Mapping[Term, Location] = field(default_factory=dict)
    units: Mapping[str, Declared] = field(default_factory=dict)
    """All cases that there are now."""
    findings: list[Finding] = field(default_factory=list)

    def take(self, old: Iterable[Quad], new: Iterable[Quad]) -> None:
        """Take note of what was and is said in one graph."""
        before, after = set(old), set(new)
        self.removed |= before - after
        self.added |= after - before


@dataclass(frozen=True)
class Now:
    """The parts that there are now, and what was read of those that changed."""

    parts: Mapping[str, Part]
    digests: Mapping[str, str]
    changed: Mapping[str, Inputs]
    gone: frozenset[str]


def look(parts: Iterable[Part], memory: Memory) -> Now:
    """Return which parts changed since the former build, reading those. Raises ``OSError``."""
    now = {part_key(part): part for part in parts}
    digests = {key: part_digest(part) for key, part in now.items()}
    before: dict[str, str] = dict(memory.rows("SELECT key, digest FROM part"))
    fresh = [key for key in now if before.get(key) != digests[key]]
    changed = {key: read_part(now[key]) for key in fresh}
    return Now(now, digests, changed, frozenset(before.keys() - now.keys()))


def form_findings(now: Now, memory: Memory, revision: Revision) -> list[Finding]:
    """Return what is to be said of the form of all files, those that did not change included."""
    found: list[Finding] = []
    for key, findings in memory.rows("SELECT key, findings FROM part"):
        if key in now.parts and key not in now.changed:
            found.extend(loads(findings))
    revision.delete("part", "key", [*now.changed, *now.gone])
    for key, inputs in now.changed.items():
        found.extend(inputs.findings)
        unit = str(inputs.cases[0].id) if inputs.cases else None
        row = part_row(now.parts[key], now.digests[key], inputs.findings, unit)
        revision.insert("part", [row])
    return found


def repopulate(
    now: Now,
    memory: Memory,
    former: FormerGraph,
    ontology: Ontology,
    reference: Reference,
    revision: Revision,
) -> Repopulated:
    """Return what changes in the graph because files changed.

    Raises ``StaleError`` when names are declared twice, which only a whole build explains.
    """
    return _Repopulation(now, memory, former, ontology, reference, revision).run()


class _Repopulation:
    """One look at all declarations, with the cases that have to be written anew."""

    def __init__(
        self,
        now: Now,
        memory: Memory,
        former: FormerGraph,
        ontology: Ontology,
        reference: Reference,
        revision: Revision,
    ) -> None:
        self.now, self.memory, self.former, self.revision = now, memory, former, revision
        self.result = Repopulated()
        self.read = [(key, case) for key, each in now.changed.items() for case in each.cases]
        stale = now.changed.keys() | now.gone
        rows = memory.rows("SELECT id, part, declared FROM unit")
        self.part_of = {unit: part for unit, part, _ in rows if part not in stale}
        self.before = {unit: Declared(unit, text) for unit, part, text in rows if part in stale}
        units = {unit: Declared(unit, text) for unit, part, text in rows if part not in stale}
        for _, case in self.read:
            if case.id in units:
                raise StaleError(f"two cases have the id '{case.id}'")
            units[str(case.id)] = Declared.of(case)
        self.result.units = units
        in_order = sorted(units.items(), key=lambda item: (item[0], str(item[1].at)))
        declarations = [declared.declarations for _, declared in in_order]
        self.works = Works(now.changed, now.gone, memory, revision)
        self.names = Names(ontology, reference, declarations, self.works.sources)
        if self.names.take_findings():
            raise StaleError("an entity is declared twice")

    def run(self) -> Repopulated:
        """Write anew what has to be, and return what that changes."""
        result = self.result
        asked = self._changed_names()
        asked |= self._write_sources(asked)
        affected = {
            unit
            for _, unit in self.memory.rows_for("SELECT * FROM asked WHERE name IN {}", asked)
            if unit != SOURCES
        }
        fresh = {str(case.id) for _, case in self.read}
        result.gone = sorted(self.before.keys() - fresh)
        again = [
            (self.part_of[unit], self._case(unit))
            for unit in sorted(affected)
            if unit in self.part_of
        ]
        for unit in result.gone:
            self._forget(unit)
            result.take(self._former_quads(unit), ())
        for part, case in sorted((*self.read, *again), key=lambda pair: pair[1].id):
            self._write(part, case)
        result.source_places = self.works.places
        return result

    def _case(self, unit: str) -> Case:
        """Return a case whose file did not change. Raises ``StaleError`` when it did just now."""
        for case in read_part(self.now.parts[self.part_of[unit]]).cases:
            if case.id == unit:
                return case
        raise StaleError(f"the case '{unit}' was changed meanwhile")

    # --- Names --------------------------------------------------------------------------

    def _changed_names(self) -> set[str]:
        """Return the names that mean something else than in the former build."""
        old, new = (
            _declared(self.before),
            _declared({str(c.id): Declared.of(c) for _, c in self.read}),
        )
        changed = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
        entities = [name for name in changed if name.startswith("entity:")]
        for name in entities:
            for _, labels in filter(None, (old.get(name), new.get(name))):
                changed |= {f"label:{folded(label)}" for _, label in labels}
        return changed

    def _write_sources(self, asked: set[str]) -> set[str]:
        """Write the sources anew if they have to be; return the names that change with them."""
        packaged = any(declared.packaged for declared in self.result.units.values())
        units = self.memory.rows_for("SELECT unit FROM asked WHERE name IN {}", asked)
        if not self.works.have_changed(packaged) and (SOURCES,) not in set(units):
            self.result.moved |= self.works.move(self.names)
            return set()
        names, written = self.works.write_all(self.names, packaged)
        self.result.take(self.works.former_quads(), written.quads)
        self.result.findings.extend(written.findings)
        self.result.moved |= self.works.moved(written)
        return names

    # --- Cases --------------------------------------------------------------------------

    def _write(self, part: str, case: Case) -> None:
        unit, result = str(case.id), self.result
        populated = populate_case(case, self.names, self.works.dated(self.names))
        result.take(self._former_quads(unit), populated.quads)
        result.moved |= populated.places.keys()
        result.places[unit] = populated.places
        result.findings.extend(populated.findings)
        result.written.append(unit)
        self._forget(unit)
        self.revision.insert("unit", [unit_row(part, case, populated)])
        self.revision.insert("asked", asked_rows(unit, populated))
        self.revision.insert("located", located_rows(unit, populated))

    def _forget(self, unit: str) -> None:
        self.revision.delete("unit", "id", [unit])
        self.revision.delete("asked", "unit", [unit])
        self.revision.delete("located", "unit", [unit])

    def _former_quads(self, unit: str) -> Iterator[Quad]:
        graph = iri(f"{DKGG}case/{unit}")
        for (nodes,) in self.memory.rows("SELECT nodes FROM unit WHERE id = ?", unit):
            known = places_of(nodes)
            self.result.moved |= known.keys()
            for node in known:
                yield from (quad for quad in self.former.quads_of(node) if quad[3] == graph)


_Meaning = tuple[tuple[str, ...], tuple[tuple[str, str], ...]]


def _declared(units: Mapping[str, Declared]) -> dict[str, _Meaning]:
    """Return the names that cases declare, with what others may learn of them."""
    found: dict[str, _Meaning] = {}
    for unit, declared in units.items():
        for entity in declared.declarations.entities:
            found[f"entity:{entity.id}"] = _meaning(entity)
        for claim in declared.declarations.claims:
            found[f"claim:{unit}/{claim}"] = (), ()
    return found


def _meaning(entity: Entity) -> _Meaning:
    labels = tuple((wording.language, str(wording.text)) for wording in entity.labels)
    return tuple(map(str, entity.types)), labels


def violations(findings: Iterable[Finding]) -> bool:
    """Tell whether a finding stops a build."""
    return any(finding.severity >= Severity.VIOLATION for finding in findings)
