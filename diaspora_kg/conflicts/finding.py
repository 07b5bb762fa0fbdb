"""Conflicts of a graph: found by rule, seen by coders, one for each group that hangs together."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from diaspora_kg.conflicts.adjudication import decide
from diaspora_kg.conflicts.classes import find_in_classes
from diaspora_kg.conflicts.coded import CodedRule
from diaspora_kg.conflicts.denials import DenialRule
from diaspora_kg.conflicts.figures import FigureRule
from diaspora_kg.conflicts.lifetimes import EndedRelationRule, LifetimeRule, judged_lifetimes
from diaspora_kg.conflicts.measured import MeasuredRule
from diaspora_kg.conflicts.observed import Data, data_in
from diaspora_kg.conflicts.opposition import Conflict, Conflicts, Opposition, components
from diaspora_kg.conflicts.rules import Context, Key, Rule
from diaspora_kg.conflicts.wording import conflict_description, conflict_label
from diaspora_kg.corpus import Corpus
from diaspora_kg.namespaces import DCTERMS, DKGG, RDFS
from diaspora_kg.naming import individual, short_hash
from diaspora_kg.reading.ontology import Ontology
from diaspora_kg.recorded import RecordedClaim
from diaspora_kg.terms import TYPE, Quad, Term, dkg, dkgc, iri, text_literal

GRAPH = iri(DKGG + "conflicts")


RULES: tuple[Rule, ...] = (
    FigureRule(),
    DenialRule(),
    LifetimeRule(),
    EndedRelationRule(),
    MeasuredRule(),
)
"""The rules that look at groups of claims; classes are looked at by a reasoner, see ``classes``."""
CODED: Rule = CodedRule()

Found = Mapping[Key, tuple[Opposition, ...]]
"""What rules found, by the group in which they found it."""


def find_conflicts(quads: Iterable[Quad], ontology: Ontology) -> Conflicts:
    """Return the conflicts of the claims of a graph, in no matter what order they come.

    Data sets and links among the quads are looked at too.
    """
    listed = list(quads)
    return conflicts_among(Corpus(listed, ontology), data_in(listed))


def conflicts_among(corpus: Corpus, data: Data | None = None) -> Conflicts:
    """Return the conflicts between the claims of a corpus, and with data sets beside them."""
    return conclude(find_oppositions(corpus, data), restatements(corpus.claims.values()), corpus)


def find_oppositions(corpus: Corpus, data: Data | None = None) -> Found:
    """Return all that coders and rules hold against one another, group by group."""
    claims = corpus.claims.values()
    coded = apply_rules(group_claims(claims, corpus, (CODED,)), Context(corpus))
    judged = judged_lifetimes((one for found in coded.values() for one in found), corpus)
    by_rule = apply_rules(group_claims(claims, corpus, RULES), Context(corpus, judged, data))
    return {**coded, **by_rule, **by_thing(find_in_classes(corpus))}


def group_claims(
    claims: Iterable[RecordedClaim], corpus: Corpus, rules: Iterable[Rule]
) -> dict[Key, list[RecordedClaim]]:
    """Return claims by the keys of some rules, in the order in which they come."""
    groups: dict[Key, list[RecordedClaim]] = defaultdict(list)
    chosen = tuple(rules)
    for claim in claims:
        for rule in chosen:
            for key in dict.fromkeys(rule.keys(claim, corpus)):
                groups[rule.name, *key].append(claim)
    return groups


def apply_rules(
    groups: Mapping[Key, list[RecordedClaim]], context: Context
) -> dict[Key, tuple[Opposition, ...]]:
    """Return what rules find in groups of claims, for the groups in which they find something."""
    rules = {rule.name: rule for rule in (*RULES, CODED)}
    found = {}
    for key in sorted(groups):
        name, *rest = key
        oppositions = tuple(sorted(set(rules[name].find(tuple(rest), groups[key], context))))
        if oppositions:
            found[key] = oppositions
    return found


def by_thing(oppositions: Iterable[Opposition]) -> dict[Key, tuple[Opposition, ...]]:
    """Return the oppositions about the classes of things, by these things."""
    found: dict[Key, list[Opposition]] = defaultdict(list)
    for opposition in oppositions:
        found["class", opposition.about[0]].append(opposition)
    return {key: tuple(sorted(listed)) for key, listed in found.items()}


def standing(found: Found, same: Mapping[Term, Term]) -> list[tuple[Opposition, ...]]:
    """Return the oppositions that make up each conflict.

    A pair of claims that a coder has held against one another is of the kind that the coder
    said, and no rule adds to it. Claims that restate one another do not conflict.
    """
    every = {opposition for oppositions in found.values() for opposition in oppositions}
    settled = {opposition.pair for opposition in every if opposition.is_coded}

    def stands(opposition: Opposition) -> bool:
        if opposition.is_coded:
            return True
        first, second = opposition.pair
        return opposition.pair not in settled and same.get(first, first) != same.get(second, second)

    return components(opposition for opposition in every if stands(opposition))


def conclude(found: Found, same: Mapping[Term, Term], corpus: Corpus) -> Conflicts:
    """Return the conflicts that oppositions make up, with what adjudications decided of them."""
    made = (make_conflict(group, corpus) for group in standing(found, same))
    return in_order(decide(made, corpus))


def in_order(conflicts: Iterable[Conflict]) -> Conflicts:
    """Return conflicts as a person reads them, with their quads."""
    ordered = sorted(conflicts, key=lambda one: (one.kind, one.label, one.iri))
    written = {quad for conflict in ordered for quad in conflict_quads(conflict)}
    return Conflicts(tuple(ordered), tuple(sorted(written)))


def restatements(claims: Iterable[RecordedClaim]) -> dict[Term, Term]:
    """Return every claim of those that restate others, to the first of them at any distance."""
    return restatement_classes({claim.iri: claim.restates for claim in claims if claim.restates})


def restatement_classes(restated: Mapping[Term, Iterable[Term]]) -> dict[Term, Term]:
    """Return claims to the first of those with which they hang together by restating."""
    beside: dict[Term, set[Term]] = defaultdict(set)
    for claim, others in restated.items():
        for other in others:
            beside[claim].add(other)
            beside[other].add(claim)
    found: dict[Term, Term] = {}
    for first in sorted(beside):
        waiting = [first]
        while waiting:
            current = waiting.pop()
            if current not in found:
                found[current] = first
                waiting.extend(beside[current])
    return found


def make_conflict(group: tuple[Opposition, ...], corpus: Corpus) -> Conflict:
    """Return the conflict that some oppositions make up, as nobody has decided it yet."""
    kind = group[0].kind
    ends = sorted({end for opposition in group for end in opposition.pair})
    claims = tuple(end for end in ends if end in corpus.claims)
    observations = tuple(end for end in ends if end not in corpus.claims)
    sources = {source for claim in claims for source in corpus.claims[claim].sources}
    return Conflict(
        iri=individual("conflict", short_hash(kind, *claims, *observations)),
        kind=kind,
        claims=claims,
        oppositions=group,
        label=conflict_label(kind, claims, corpus, with_data=bool(observations)),
        description=conflict_description(claims, group, corpus),
        within_source=next(iter(sources)) if len(sources) == 1 and not observations else None,
        observations=observations,
    )


def conflict_quads(conflict: Conflict) -> list[Quad]:
    """Return what is written of a conflict."""
    node = conflict.iri
    quads = [
        (node, TYPE, dkg("Conflict"), GRAPH),
        (node, iri(RDFS + "label"), text_literal(conflict.label, "en"), GRAPH),
        (node, iri(DCTERMS + "description"), text_literal(conflict.description, "en"), GRAPH),
        (node, dkg("conflictKind"), dkgc(f"{conflict.kind}-conflict"), GRAPH),
        (node, dkg("status"), dkgc(conflict.status), GRAPH),
    ]
    quads += [(node, dkg("between"), side, GRAPH) for side in conflict.sides]
    if conflict.within_source is not None:
        quads.append((node, dkg("withinSource"), conflict.within_source, GRAPH))
    quads += [(ruling, dkg("decides"), node, GRAPH) for ruling in conflict.adjudications]
    return quads
