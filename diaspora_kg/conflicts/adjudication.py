"""What was decided: adjudications, and the conflicts that they close.

An adjudication settles the opposition of two claims when it decides between both, or rejects
one of them. A conflict is decided when every opposition in it is settled. Whoever upholds a
claim rejects those that stand against it, except between definitions: there nobody loses. Where
one adjudication upholds what another rejects, the conflict stays open.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from diaspora_kg.conflicts.opposition import Conflict, Opposition
from diaspora_kg.corpus import Corpus
from diaspora_kg.terms import Term, dkg, dkgc


@dataclass(frozen=True)
class _Ruling:
    """One adjudication, as far as it bears on one conflict."""

    iri: Term
    between: frozenset[Term]
    upholds: frozenset[Term]
    rejects: frozenset[Term]
    is_undecidable: bool

    def settles(self, opposition: Opposition) -> bool:
        ends = set(opposition.pair)
        return ends <= self.between or bool(ends & self.rejects)


def decide(conflicts: Iterable[Conflict], corpus: Corpus) -> list[Conflict]:
    """Return the conflicts with what adjudications in the graph decided of them."""
    on_claim: dict[Term, set[Term]] = defaultdict(set)
    on_conflict: dict[Term, set[Term]] = defaultdict(set)
    for node in corpus.of_type(dkg("Adjudication")):
        for claim in corpus.objects(node, dkg("decidesBetween")):
            on_claim[claim].add(node)
        for decision in corpus.objects(node, dkg("decides")):
            on_conflict[decision].add(node)
    return [
        decided(
            conflict,
            on_conflict[conflict.iri].union(*(on_claim[side] for side in conflict.sides)),
            corpus,
        )
        for conflict in conflicts
    ]


def decided(conflict: Conflict, nodes: Iterable[Term], corpus: Corpus) -> Conflict:
    """Return a conflict with what some adjudications decided of it."""
    rulings = [ruling for node in sorted(nodes) if (ruling := _ruling(node, conflict, corpus))]
    if not rulings:
        return conflict
    upheld = frozenset().union(*(ruling.upholds for ruling in rulings))
    rejected = frozenset().union(*(ruling.rejects for ruling in rulings))
    settled = all(any(r.settles(o) for r in rulings) for o in conflict.oppositions)
    agreed = not upheld & rejected
    undecidable = frozenset().union(*(r.between for r in rulings if r.is_undecidable))
    return replace(
        conflict,
        status="decided" if settled and agreed else "open",
        upheld=upheld,
        rejected=rejected,
        undecidable=undecidable - upheld - rejected,
        adjudications=tuple(ruling.iri for ruling in rulings),
    )


def _ruling(node: Term, conflict: Conflict, corpus: Corpus) -> _Ruling | None:
    members = frozenset(conflict.sides)
    between = members & frozenset(corpus.objects(node, dkg("decidesBetween")))
    if conflict.iri in corpus.objects(node, dkg("decides")):
        between = members
    if len(between) < 2:
        return None
    upholds = members & frozenset(corpus.objects(node, dkg("upholds")))
    rejects = members & frozenset(corpus.objects(node, dkg("rejects")))
    if conflict.kind == "definition":
        upholds, rejects = frozenset(), frozenset()
    against = {
        end
        for opposition in conflict.oppositions
        if set(opposition.pair) & upholds and set(opposition.pair) <= between
        for end in opposition.pair
    }
    outcome = corpus.one(node, dkg("outcome"))
    one_side = outcome in (None, dkgc("one-side"))
    return _Ruling(
        node,
        between,
        upholds,
        rejects | (frozenset(against) - upholds if one_side else frozenset()),
        outcome == dkgc("undecidable"),
    )
