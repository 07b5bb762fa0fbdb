"""Kinds that one thing cannot be at once: classification conflicts.

OWL disjointness would make two accepted facts inconsistent; the ontology says by
``dkg:conflictsWithClass`` which classes sources cannot rightly give to one thing. What each
holder says is closed under the ontology by itself, so "its parent is the government" stands as
"a state body" against "an NGO". Types that only a coder declared oppose nothing.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product

from diaspora_kg.conflicts.opposition import Opposition, oppose
from diaspora_kg.corpus import Corpus, RecordedClaim, dkg
from diaspora_kg.inference.closure import Closure, closure
from diaspora_kg.terms import TYPE, Term, Triple, is_iri


@dataclass(frozen=True)
class _Reading:
    """What a holder makes a thing to be, and the claims from which that follows."""

    entity: Term
    cls: Term
    claims: frozenset[Term]


def find_in_classes(corpus: Corpus) -> list[Opposition]:
    """Return the oppositions of claims by which things would be of conflicting classes."""
    conflicting = _conflicting_classes(corpus)
    if not conflicting:
        return []
    readings: dict[Term, set[_Reading]] = defaultdict(set)
    for reading in _readings(corpus):
        readings[reading.entity].add(reading)
    found: set[Opposition] = set()
    for entity in sorted(readings):
        ordered = sorted(readings[entity], key=lambda r: (r.cls, sorted(r.claims)))
        for one, other in combinations(ordered, 2):
            if _conflict(one.cls, other.cls, conflicting, corpus):
                found.update(_oppositions(one, other, corpus))
    return sorted(found)


def _conflicting_classes(corpus: Corpus) -> set[frozenset[Term]]:
    predicate = dkg("conflictsWithClass")
    return {frozenset((s, o)) for s, p, o in corpus.ontology.triples if p == predicate}


def _conflict(one: Term, other: Term, conflicting: set[frozenset[Term]], corpus: Corpus) -> bool:
    above = [{cls} | corpus.ontology.superclasses(cls) for cls in (one, other)]
    return any(frozenset(pair) in conflicting for pair in product(*above))


def _oppositions(one: _Reading, other: _Reading, corpus: Corpus) -> Iterator[Opposition]:
    for claim, against in product(sorted(one.claims), sorted(other.claims)):
        if claim in other.claims or against in one.claims:
            continue
        spans = corpus.claims[claim].valid, corpus.claims[against].valid
        if spans[0].overlaps(spans[1]):
            yield oppose("classification", claim, against, (one.entity,))


def _readings(corpus: Corpus) -> Iterator[_Reading]:
    """Close what each holder says, all in one run: every holder has things of its own there."""
    facts: set[Triple] = set()
    origin: dict[Triple, set[Term]] = defaultdict(set)
    named: dict[Term, Term] = {}
    for number, claims in enumerate(_by_holder(corpus)):
        for claim in claims:
            subject, obj = (_own(end, number, corpus) for end in (claim.subject, claim.objects[0]))
            named.update({subject: claim.subject, obj: claim.objects[0]})
            triple = (subject, claim.predicate, obj)
            facts.add(triple)
            origin[triple].add(claim.iri)
    declared = {
        (own, TYPE, cls) for own, term in named.items() for cls in corpus.objects(term, TYPE)
    }
    closed = closure(facts | declared, corpus.ontology.triples)
    for triple in sorted({*closed.triples, *facts}):
        if triple[1] == TYPE and triple[0] in named and triple[2] in corpus.ontology.classes:
            yield from _reading(triple, closed, origin, named)


def _reading(
    triple: Triple, closed: Closure, origin: dict[Triple, set[Term]], named: dict[Term, Term]
) -> Iterator[_Reading]:
    proof = closed.proof(triple)
    leaves = () if proof is None else proof.leaves
    claims = {claim for leaf in leaves for claim in origin.get(leaf, ())}
    if claims:
        yield _Reading(named[triple[0]], triple[2], frozenset(claims))


def _by_holder(corpus: Corpus) -> list[list[RecordedClaim]]:
    groups: dict[Term, list[RecordedClaim]] = defaultdict(list)
    for claim in corpus.claims.values():
        about_things = is_iri(claim.objects[0]) and not corpus.is_concept(claim.subject)
        if about_things and claim.is_assertion and claim.polarity == "affirmed":
            groups[claim.holder or claim.iri].append(claim)
    return [groups[holder] for holder in sorted(groups)]


def _own(term: Term, number: int, corpus: Corpus) -> Term:
    """Return a holder's own name for a thing, so that what others say of it stays apart."""
    return term if corpus.is_concept(term) else f"{term[:-1]}#as-held-by-{number}>"
