"""What follows from what is accepted, after a change, and the types that stated types imply."""

from array import array
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from diaspora_kg.acceptance import ACCEPTED
from diaspora_kg.conflicts import type_nodes
from diaspora_kg.incremental.former import FormerGraph
from diaspora_kg.incremental.memory import Memory, Revision, StaleError
from diaspora_kg.incremental.part import PartOfCorpus
from diaspora_kg.incremental.reaccepting import Reaccepted, accepted_statements
from diaspora_kg.incremental.reconsidering import Change
from diaspora_kg.inference.axioms import Rules
from diaspora_kg.inference.closure import Closure, Reasoner
from diaspora_kg.inference.maintenance import (
    NotMaintainableError,
    Statements,
    inferred_among,
    is_inferred,
    maintain,
    statements_of,
)
from diaspora_kg.namespaces import DKGG
from diaspora_kg.terms import TYPE, Quad, Term, Triple, iri

INFERRED = iri(DKGG + "inferred")


@dataclass
class Inferred:
    """What changed in what follows."""

    removed: set[Quad] = field(default_factory=set)
    added: set[Quad] = field(default_factory=set)
    gone: frozenset[Triple] = frozenset()
    """What followed from accepted statements, and does not any more."""
    come: frozenset[Triple] = frozenset()


def infer(
    change: Change,
    accepted: Reaccepted,
    memory: Memory,
    former: FormerGraph,
    given: Collection[Triple],
    rules: Rules,
    revision: Revision,
) -> Inferred:
    """Return what changed in the graph of inferred statements.

    ``given`` are the premises that do not come from claims.

    Raises ``StaleError`` when accepted statements cannot all be true: a whole build tells why.
    """
    result = Inferred()
    if accepted.changed:
        result.gone, result.come = _difference(accepted, memory, frozenset(given), rules, revision)
    typed_before, typed_after = (_typed(change, c) for c in (change.before, change.after))
    followed = _followed({quad[:3] for quad in typed_before - typed_after}, memory)
    candidates = {(*triple, INFERRED) for triple in result.gone | result.come}
    for quad in candidates | (typed_before ^ typed_after):
        was = quad in former.quads_of(quad[0])
        if quad in _types_of(quad[0], change.after) or quad[:3] in result.come:
            is_now = True
        elif quad[:3] in result.gone:
            is_now = False
        else:  # an implied type that went: it may follow from accepted statements too
            is_now = quad[:3] in followed
        if was and not is_now:
            result.removed.add(quad)
        elif is_now and not was:
            result.added.add(quad)
    return result


def keep_closure(closure: Closure, revision: Revision) -> None:
    """Keep what follows: so that it can be maintained, or where it cannot, as it is."""
    try:
        _keep(statements_of(closure), revision)
        revision.keep("inferred", "")
    except NotMaintainableError:
        revision.keep_json("closure", None)
        revision.keep("inferred", "\n".join(map(" ".join, closure.triples)))


def _keep(statements: Statements, revision: Revision) -> None:
    kept = [list(statements.terms), statements.given, list(statements.codes)]
    revision.keep_json("closure", kept)


def _kept(memory: Memory) -> Statements | None:
    kept = memory.json("closure")
    return None if kept is None else Statements(tuple(kept[0]), kept[1], array("i", kept[2]))


def _difference(
    accepted: Reaccepted,
    memory: Memory,
    always: frozenset[Triple],
    rules: Rules,
    revision: Revision,
) -> tuple[frozenset[Triple], frozenset[Triple]]:
    """Return what does not follow any more, and what follows now and did not."""
    removed = {t for t in accepted.changed if (*t, ACCEPTED) in accepted.removed} - always
    added = {t for t in accepted.changed if (*t, ACCEPTED) in accepted.added} - always
    statements = _kept(memory)
    if statements is not None:
        try:
            maintained = maintain(rules.rules, statements, removed, added)
        except NotMaintainableError:
            former = inferred_among(rules.rules, statements)
        else:
            _must_be(maintained.is_consistent)
            _keep(maintained.statements, revision)
            return maintained.gone, maintained.come
    else:
        former = frozenset(_lines(memory))
    closure = Reasoner(rules).closure([*accepted_statements(memory, accepted), *always])
    _must_be(not closure.inconsistencies)
    keep_closure(closure, revision)
    present = frozenset(closure.triples)
    return former - present, present - former


def _must_be(consistent: bool) -> None:
    if not consistent:
        raise StaleError("accepted statements cannot all be true")


def _followed(wanted: Collection[Triple], memory: Memory) -> set[Triple]:
    """Return which of some statements followed from what was accepted."""
    if not wanted:
        return set()
    statements = _kept(memory)
    return (
        set(wanted) & set(_lines(memory)) if statements is None else is_inferred(wanted, statements)
    )


def _lines(memory: Memory) -> Iterable[Triple]:
    for line in memory.text("inferred").split("\n"):
        if line:
            subject, predicate, obj = line.split(" ", 2)
            yield subject, predicate, obj


def _typed(change: Change, corpus: PartOfCorpus) -> set[Quad]:
    """Return the implied types of the nodes of which types are stated that were not, or gone."""
    nodes = {quad[0] for quad in change.quads if quad[1] == TYPE}
    return {quad for node in nodes for quad in _types_of(node, corpus)}


def _types_of(node: Term, corpus: PartOfCorpus) -> list[Quad]:
    return type_nodes(corpus.statements.quads_of(node), corpus.ontology)
