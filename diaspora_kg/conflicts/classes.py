"""Kinds that one thing cannot be at once: classification conflicts.

OWL disjointness would make two accepted facts inconsistent; the ontology says by
``dkg:conflictsWithClass`` which classes sources cannot rightly give to one thing. A class is
given by a claim of ``rdf:type``, or follows under the ontology from what is said of the thing:
"its parent is the government" stands as "a state body" against "an NGO". What each holder says
is closed by itself; then all that is said together, for what follows from no holder alone. Types
that only a coder declared oppose nothing.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product

from diaspora_kg.conflicts.opposition import Opposition, oppose
from diaspora_kg.corpus import Corpus
from diaspora_kg.inference.closure import closure
from diaspora_kg.recorded import RecordedClaim
from diaspora_kg.terms import TYPE, Term, Triple, dkg, is_iri


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
    readings: dict[Term, dict[Term, set[_Reading]]] = defaultdict(lambda: defaultdict(set))
    for reading in _readings(corpus):
        readings[reading.entity][reading.cls].add(reading)
    found: set[Opposition] = set()
    for by_class in readings.values():
        for one, other in combinations(by_class, 2):
            if _conflict(one, other, conflicting, corpus):
                for pair in product(by_class[one], by_class[other]):
                    found.update(_oppositions(*pair, corpus))
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
    """Yield what claims make of things: the classes that they give, then those that follow."""
    groups = _by_holder(corpus)
    for claim in (claim for group in groups for claim in group if claim.predicate == TYPE):
        yield _Reading(claim.subject, claim.objects[0], frozenset([claim.iri]))
    everybody = [claim for group in groups for claim in group]
    world = _World(corpus, [*groups, everybody])
    followed = set()
    for number in range(len(groups) + 1):
        for reading in world.readings(number):
            if number < len(groups) or (reading.entity, reading.cls) not in followed:
                followed.add((reading.entity, reading.cls))
                yield reading


class _World:
    """The things that groups of claims speak of, each group with things of its own, in one run.

    A thing stands there twice: as it is said to be, and bare, without the classes that claims
    give to it. What follows of the bare thing follows from other claims than those.
    """

    def __init__(self, corpus: Corpus, groups: list[list[RecordedClaim]]) -> None:
        self.corpus = corpus
        self._origin: dict[Triple, set[Term]] = defaultdict(set)
        self._bare: dict[int, dict[Term, Term]] = defaultdict(dict)
        self._names: dict[Term, Term] = {}
        facts: set[Triple] = set()
        for number, claims in enumerate(groups):
            for claim in claims:
                for triple in self._written(claim, number):
                    self._origin[triple].add(claim.iri)
                    facts.add(triple)
        self._closure = closure(facts | self._declared(), corpus.ontology.triples)
        self._types: dict[Term, list[Term]] = defaultdict(list)
        for subject, predicate, obj in self._closure.triples:
            if predicate == TYPE and obj in corpus.ontology.classes:
                self._types[subject].append(obj)

    def readings(self, number: int) -> Iterator[_Reading]:
        """Yield the classes that follow for the things of one group of claims."""
        for bare, entity in self._bare[number].items():
            for cls in self._types.get(bare, ()):
                proof = self._closure.proof((bare, TYPE, cls))
                leaves = () if proof is None else proof.leaves
                claims = {claim for leaf in leaves for claim in self._origin.get(leaf, ())}
                about = {claim for claim in claims if self._speaks_of(claim, entity)}
                if about:
                    yield _Reading(entity, cls, frozenset(about))

    def _written(self, claim: RecordedClaim, number: int) -> Iterator[Triple]:
        subject, obj = claim.subject, claim.objects[0]
        said = [self._own(end, number, "") for end in (subject, obj)]
        yield said[0], claim.predicate, said[1]
        if claim.predicate != TYPE:
            yield self._own(subject, number, "bare"), claim.predicate, said[1]
            yield said[0], claim.predicate, self._own(obj, number, "bare")

    def _own(self, term: Term, number: int, manner: str) -> Term:
        if self.corpus.is_concept(term):
            return term
        own = f"{term[:-1]}#{manner}-{number}>"
        if manner:
            self._bare[number][own] = term
        self._names[own] = term
        return own

    def _declared(self) -> set[Triple]:
        names = self._names.items()
        return {(own, TYPE, cls) for own, term in names for cls in self.corpus.objects(term, TYPE)}

    def _speaks_of(self, claim: Term, entity: Term) -> bool:
        recorded = self.corpus.claims[claim]
        return entity in (recorded.subject, *recorded.objects)


def _by_holder(corpus: Corpus) -> list[list[RecordedClaim]]:
    groups: dict[Term, list[RecordedClaim]] = defaultdict(list)
    for claim in corpus.claims.values():
        about_things = is_iri(claim.objects[0]) and not corpus.is_concept(claim.subject)
        if about_things and claim.is_assertion and claim.polarity == "affirmed":
            groups[claim.holder or claim.iri].append(claim)
    return [groups[holder] for holder in sorted(groups)]
