"""The conflicts of a graph after a change: the groups that it touches are looked at again.

What rules found in a group depends on the claims of the group, so only groups with a touched claim
are looked at. Classes are found by a reasoner: there, those things are looked at to whose classes
a touched claim can matter under the rules of the ontology. What oppositions make up is put
together anew from all of them, which is little work; only conflicts that differ are worded.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from diaspora_kg.conflicts import Conflict, Conflicts
from diaspora_kg.conflicts.adjudication import decided
from diaspora_kg.conflicts.classes import find_in_classes, opposed_classes, says_class
from diaspora_kg.conflicts.finding import (
    CODED,
    Found,
    apply_rules,
    by_thing,
    conflict_quads,
    in_order,
    make_conflict,
    restatement_classes,
    standing,
)
from diaspora_kg.conflicts.lifetimes import judged_lifetimes
from diaspora_kg.conflicts.observed import Data
from diaspora_kg.conflicts.opposition import Opposition
from diaspora_kg.conflicts.rules import Context, Key
from diaspora_kg.incremental.encoding import dumps, loads
from diaspora_kg.incremental.memory import Memory, Revision, StaleError, key_number
from diaspora_kg.incremental.part import PartOfCorpus
from diaspora_kg.incremental.remembering import found_as_json, found_from_json, keys_of, restated
from diaspora_kg.inference.axioms import Rules
from diaspora_kg.inference.dependence import Dependence, Edge, Is, Need, UnboundedError, needs_met
from diaspora_kg.inference.rules import SAME_AS
from diaspora_kg.recorded import RecordedClaim
from diaspora_kg.terms import TYPE, Quad, Term, dkg


@dataclass
class Change:
    """What is known of a change to the stated part of a graph."""

    before: PartOfCorpus
    after: PartOfCorpus
    touched: set[Term]
    """The claims that it touches, former and present ones."""
    quads: frozenset[Quad]
    """The stated quads that were removed or added."""


@dataclass(frozen=True)
class Reconsidered:
    """The conflicts after a change."""

    conflicts: Conflicts
    unsettled: frozenset[Term]
    """The claims whose conflicts are not what they were."""
    removed: frozenset[Quad]
    added: frozenset[Quad]


def reconsider(
    change: Change, memory: Memory, rules: Rules, data: Data, revision: Revision
) -> Reconsidered:
    """Return the conflicts after a change, and what changed in their graph.

    ``data`` are the data sets of the former build, which are those of the present one.

    Raises ``StaleError`` when it cannot be told what depends on the change.
    """
    former = tuple(loads(memory.text("conflicts")))
    found = _found(change, memory, rules, data)
    same = _restatements(change, memory, revision)
    present = _conclude(change, found, same, former)
    revision.keep_json("found", found_as_json(found))
    revision.keep("conflicts", dumps(present.conflicts))
    return _compare(former, present)


def _compare(former: tuple[Conflict, ...], present: Conflicts) -> Reconsidered:
    old, new = set(former), set(present.conflicts)
    quads = {quad for conflict in former for quad in conflict_quads(conflict)}
    differing = old ^ new
    return Reconsidered(
        present,
        frozenset(claim for conflict in differing for claim in conflict.claims),
        frozenset(quads - set(present.quads)),
        frozenset(set(present.quads) - quads),
    )


# --- Oppositions ------------------------------------------------------------------------


def _found(change: Change, memory: Memory, rules: Rules, data: Data) -> Found:
    groups = _Groups(change, memory)
    kept = dict(found_from_json(memory.json("found")))
    coded_before = {key: value for key, value in kept.items() if key[0] == CODED.name}
    keys = groups.touched
    coded = {key for key in keys if key[0] == CODED.name}
    _replace(kept, coded, apply_rules(groups.members(coded), Context(change.after)))
    judged_before = _judged(coded_before, change.before)
    judged = _judged({k: v for k, v in kept.items() if k[0] == CODED.name}, change.after)
    for thing in judged.keys() | judged_before.keys():
        if judged.get(thing) != judged_before.get(thing):
            keys.add(("lifetime", thing))
    other = keys - coded
    context = Context(change.after, judged, data)
    _replace(kept, other, apply_rules(groups.members(other), context))
    things = _Things(change, memory, rules)
    affected = {("class", thing) for thing in things.affected}
    _replace(kept, affected, by_thing(things.oppositions()))
    return kept


def _replace(kept: dict[Key, tuple[Opposition, ...]], keys: Iterable[Key], found: Found) -> None:
    for key in keys:
        kept.pop(key, None)
        if key in found:
            kept[key] = found[key]


def _judged(coded: Found, corpus: PartOfCorpus) -> Mapping[Term, frozenset[Term]]:
    return judged_lifetimes((one for each in coded.values() for one in each), corpus)


class _Groups:
    """Groups of claims, of which the touched ones are known anew."""

    def __init__(self, change: Change, memory: Memory) -> None:
        self._change, self._memory = change, memory
        self._members: dict[Key, list[Term]] = defaultdict(list)
        self.touched: set[Key] = set()
        for iri in sorted(change.touched):
            old, new = change.before.claims.get(iri), change.after.claims.get(iri)
            if old is not None:
                self.touched.update(keys_of(old, change.before))
            if new is not None:
                for key in keys_of(new, change.after):
                    self.touched.add(key)
                    self._members[key].append(iri)
        self.touched = {key for key in self.touched if key[0] != "turn"}

    def members(self, keys: Iterable[Key]) -> dict[Key, list[RecordedClaim]]:
        """Return the claims of some groups, sorted by IRI."""
        claims = self._change.after.claims
        return {key: [claims[iri] for iri in sorted(self._iris(key))] for key in keys}

    def _iris(self, key: Key) -> set[Term]:
        if key[0] == "lifetime" and not self._has_turn(key[1]):
            return set()  # nothing is said of its beginning or end, and nothing can oppose it
        return {*self._members.get(key, ()), *(c for c in self._kept(key) if self._is_in(c, key))}

    def _has_turn(self, thing: Term) -> bool:
        return bool(self._members.get(("turn", thing)) or self._kept(("turn", thing)))

    def _kept(self, key: Key) -> set[Term]:
        rows = self._memory.rows("SELECT claim FROM member WHERE key = ?", key_number(key))
        return {claim for (claim,) in rows} - self._change.touched

    def _is_in(self, iri: Term, key: Key) -> bool:
        """Tell whether a claim is of a group: two keys may share a number."""
        claim = self._change.after.claims.get(iri)
        return claim is not None and key in keys_of(claim, self._change.after)


# --- Classes ----------------------------------------------------------------------------


class _Things:
    """The things to whose classes a change can matter."""

    def __init__(self, change: Change, memory: Memory, rules: Rules) -> None:
        self._change, self._memory = change, memory
        self._rows: dict[Term, list[tuple[Term, Edge]]] = {}
        self._new: dict[Term, list[tuple[Term, Edge]]] = defaultdict(list)
        self._classes = opposed_classes(change.after)
        if memory.rows("SELECT claim FROM said WHERE predicate = ? LIMIT 1", SAME_AS):
            raise StaleError("things are said to be one")
        try:
            self._dependence = Dependence(rules.rules)
        except UnboundedError as error:
            raise StaleError(str(error)) from error
        self.affected = self._affected()

    def oppositions(self) -> list[Opposition]:
        """Return what is found about the affected things."""
        edges: set[Edge] = set()
        for thing in sorted(self.affected):
            reached = self._dependence.reach(thing, self._classes, self._now, self._is_certain)
            edges |= reached
            edges |= {edge for edge in self._now(thing) if edge[:2] == (thing, TYPE)}
        ends = {end for edge in edges for end in (edge[0], edge[2])}
        claims = {claim for end in ends for claim, edge in self._after(end) if edge in edges}
        found = find_in_classes(self._change.after.with_claims(claims))
        return [opposition for opposition in found if opposition.about[0] in self.affected]

    def _affected(self) -> set[Term]:
        edges: set[Edge] = set()
        for iri in self._change.touched:
            query = "SELECT subject, predicate, object FROM said WHERE claim = ?"
            edges.update((s, p, o) for s, p, o in self._memory.rows(query, iri))
            claim = self._change.after.claims.get(iri)
            if claim is not None and says_class(claim, self._change.after):
                edge = claim.subject, claim.predicate, claim.objects[0]
                edges.add(edge)
                for end in {edge[0], edge[2]}:
                    self._new[end].append((iri, edge))
        if any(edge[1] == SAME_AS for edge in edges):
            raise StaleError("things are said to be one")
        changed = [met for edge in edges for met in needs_met(edge)]
        changed.extend(self._declared_anew())
        found = self._dependence.affected(changed, self._classes, self._ever, self._is_certain)
        found |= {end for edge in edges for end in (edge[0], edge[2])}
        return {thing for thing in found if not self._change.after.is_concept(thing)}

    def _declared_anew(self) -> Iterable[tuple[Term, Need]]:
        """Yield the classes that things were declared to be of, or are now, and not both."""
        for node in sorted({quad[0] for quad in self._change.quads if quad[1] == TYPE}):
            old, new = (c.objects(node, TYPE) for c in (self._change.before, self._change.after))
            yield from ((node, Is(cls)) for cls in sorted(set(old) ^ set(new)))

    def _is_certain(self, node: Term, cls: Term) -> bool:
        change = self._change
        return cls in change.before.objects(node, TYPE) and cls in change.after.objects(node, TYPE)

    def _now(self, node: Term) -> Collection[Edge]:
        return {edge for _, edge in self._after(node)}

    def _ever(self, node: Term) -> Collection[Edge]:
        return {edge for _, edge in (*self._before(node), *self._new.get(node, ()))}

    def _after(self, node: Term) -> list[tuple[Term, Edge]]:
        kept = [(c, edge) for c, edge in self._before(node) if c not in self._change.touched]
        return [*kept, *self._new.get(node, ())]

    def _before(self, node: Term) -> list[tuple[Term, Edge]]:
        if node not in self._rows:
            query = "SELECT claim, subject, predicate, object FROM said WHERE"
            rows = self._memory.rows(f"{query} subject = ? UNION {query} object = ?", node, node)
            self._rows[node] = [(claim, (s, p, o)) for claim, s, p, o in rows]
        return self._rows[node]


# --- Conflicts --------------------------------------------------------------------------


def _restatements(change: Change, memory: Memory, revision: Revision) -> Mapping[Term, Term]:
    edges = {c: o for c, o in memory.json("restated").items() if c not in change.touched}
    present = (change.after.claims.get(iri) for iri in change.touched)
    edges.update(restated(claim for claim in present if claim is not None))
    revision.keep_json("restated", dict(sorted(edges.items())))
    return restatement_classes(edges)


def _conclude(
    change: Change, found: Found, same: Mapping[Term, Term], former: tuple[Conflict, ...]
) -> Conflicts:
    """Return all conflicts; those that are as they were are taken from the former ones."""
    known = {conflict.oppositions: conflict for conflict in former}
    ruled = _ruled_anew(change)
    conflicts = []
    for group in standing(found, same):
        conflict = known.get(group)
        claims = {claim for opposition in group for claim in opposition.pair}
        if conflict is None or claims & change.touched or claims & ruled:
            conflict = make_conflict(group, change.after)
            conflict = decided(conflict, _rulings(conflict, change.after), change.after)
        conflicts.append(conflict)
    return in_order(conflicts)


def _rulings(conflict: Conflict, corpus: PartOfCorpus) -> set[Term]:
    between = dkg("decidesBetween")
    graph = corpus.statements
    on_claims = {node for side in conflict.sides for node in graph.subjects(between, side)}
    return on_claims | set(graph.subjects(dkg("decides"), conflict.iri))


def _ruled_anew(change: Change) -> set[Term]:
    """Return the claims between which an adjudication decides, or decided, that changed."""
    nodes = {quad[0] for quad in change.quads}
    between = dkg("decidesBetween")
    corpora = (change.before, change.after)
    return {
        claim for node in nodes for corpus in corpora for claim in corpus.objects(node, between)
    }
