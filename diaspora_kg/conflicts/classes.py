"""Kinds that one thing cannot be at once: classification conflicts.

OWL disjointness would make two accepted facts inconsistent; the ontology says by
``dkg:conflictsWithClass`` which classes sources cannot rightly give to one thing. A class is
given by a claim of ``rdf:type``, or follows under the ontology from what is said of the thing:
"its parent is the government" stands as "a state body" against "an NGO". What each holder says
is closed by itself; then all that is said together, for what follows from no holder alone. Types
that only a coder declared oppose nothing.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, product

from diaspora_kg.conflicts.opposition import Opposition, oppose
from diaspora_kg.corpus import Corpus
from diaspora_kg.inference.closure import reasoner_of
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
    clashes = _Clashes(corpus)
    if not clashes.pairs:
        return []
    groups = _by_holder(corpus)
    suspects = _suspects(corpus, groups, clashes)
    readings: dict[Term, dict[Term, set[_Reading]]] = defaultdict(lambda: defaultdict(set))
    for reading in _readings(corpus, groups, suspects, clashes.opposed):
        readings[reading.entity][reading.cls].add(reading)
    found: set[Opposition] = set()
    for by_class in readings.values():
        for one, other in clashes.among(by_class):
            for pair in product(by_class[one], by_class[other]):
                found.update(_oppositions(*pair, corpus))
    return sorted(found)


class _Clashes:
    """Which classes cannot be given to one thing, superclasses counted in."""

    def __init__(self, corpus: Corpus) -> None:
        self.ontology = corpus.ontology
        predicate = dkg("conflictsWithClass")
        self.pairs = {frozenset((s, o)) for s, p, o in self.ontology.triples if p == predicate}
        clashing = {cls for pair in self.pairs for cls in pair}
        self.opposed = frozenset(
            cls
            for cls in self.ontology.classes
            if clashing & {cls, *self.ontology.superclasses(cls)}
        )
        """The classes that conflict with another one, or are below one that does."""
        self._known: dict[tuple[Term, Term], bool] = {}

    def among(self, classes: Iterable[Term]) -> Iterator[tuple[Term, Term]]:
        """Yield every two classes that conflict, in the order given."""
        for pair in combinations(classes, 2):
            if pair not in self._known:
                self._known[pair] = self._clash(*pair)
            if self._known[pair]:
                yield pair

    def _clash(self, one: Term, other: Term) -> bool:
        above = [{cls} | self.ontology.superclasses(cls) for cls in (one, other)]
        return any(frozenset(pair) in self.pairs for pair in product(*above))


def _suspects(
    corpus: Corpus, groups: list[list[RecordedClaim]], clashes: _Clashes
) -> frozenset[Term]:
    """Return the things that would be of conflicting classes if all that is said held.

    Whatever follows from one holder follows from all, so nothing else needs a second look.
    """
    facts = {(c.subject, c.predicate, c.objects[0]) for group in groups for c in group}
    named = {end for subject, _, obj in facts for end in (subject, obj)}
    facts |= {(term, TYPE, cls) for term in named for cls in corpus.objects(term, TYPE)}
    types: dict[Term, list[Term]] = defaultdict(list)
    # of two classes that are asked for, the clash of the one above shows in the one below
    reasoner = reasoner_of(corpus.ontology.triples).towards(clashes.opposed, known="cax-sco")
    for subject, predicate, obj in {*facts, *reasoner.closure(facts).triples}:
        if predicate == TYPE and obj in clashes.opposed:
            types[subject].append(obj)
    return frozenset(
        term
        for term, found in types.items()
        if not corpus.is_concept(term) and next(clashes.among(found), None)
    )


def _oppositions(one: _Reading, other: _Reading, corpus: Corpus) -> Iterator[Opposition]:
    for claim, against in product(sorted(one.claims), sorted(other.claims)):
        if claim in other.claims or against in one.claims:
            continue
        spans = corpus.claims[claim].valid, corpus.claims[against].valid
        if spans[0].overlaps(spans[1]):
            yield oppose("classification", claim, against, (one.entity,))


def _readings(
    corpus: Corpus,
    groups: list[list[RecordedClaim]],
    suspects: frozenset[Term],
    opposed: frozenset[Term],
) -> Iterator[_Reading]:
    """Yield what claims make of suspects: the classes that they give, then those that follow."""
    if not suspects:
        return
    everybody = [claim for group in groups for claim in group]
    for claim in everybody:
        if claim.predicate == TYPE and claim.subject in suspects:
            yield _Reading(claim.subject, claim.objects[0], frozenset([claim.iri]))
    speaking = [group for group in groups if any(_speaks(claim, suspects) for claim in group)]
    world = _World(corpus, [*speaking, everybody], suspects, opposed)
    followed = set()
    for number in range(len(speaking) + 1):
        for reading in world.readings(number):
            if number < len(speaking) or (reading.entity, reading.cls) not in followed:
                followed.add((reading.entity, reading.cls))
                yield reading


def _speaks(claim: RecordedClaim, of: Container[Term]) -> bool:
    return claim.subject in of or any(obj in of for obj in claim.objects)


class _World:
    """The things that groups of claims speak of, each group with things of its own, in one run.

    A suspect stands there twice: as it is said to be, and bare, without the classes that claims
    give to it. What follows of the bare thing follows from other claims than those.
    """

    def __init__(
        self,
        corpus: Corpus,
        groups: list[list[RecordedClaim]],
        suspects: frozenset[Term],
        opposed: frozenset[Term],
    ) -> None:
        self.corpus = corpus
        self.suspects = suspects
        reasoner = reasoner_of(corpus.ontology.triples)
        self._named = frozenset(term for rule in reasoner.rules.rules for term in rule.terms)
        self._origin: dict[Triple, set[Term]] = defaultdict(set)
        self._bare: dict[int, dict[Term, Term]] = defaultdict(dict)
        self._names: dict[Term, Term] = {}
        facts: set[Triple] = set()
        for number, claims in enumerate(groups):
            for claim in claims:
                for triple in self._written(claim, number):
                    self._origin[triple].add(claim.iri)
                    facts.add(triple)
        self._closure = reasoner.towards(opposed).closure(facts | self._declared())
        self._types: dict[Term, list[Term]] = defaultdict(list)
        for subject, predicate, obj in self._closure.triples:
            if predicate == TYPE and obj in opposed:
                self._types[subject].append(obj)

    def readings(self, number: int) -> Iterator[_Reading]:
        """Yield the classes that follow for the things of one group of claims."""
        for bare, entity in self._bare[number].items():
            for cls in self._types.get(bare, ()):
                proof = self._closure.proof((bare, TYPE, cls))
                leaves = () if proof is None else proof.leaves
                claims = {claim for leaf in leaves for claim in self._origin.get(leaf, ())}
                about = {c for c in claims if _speaks(self.corpus.claims[c], (entity,))}
                if about:
                    yield _Reading(entity, cls, frozenset(about))

    def _written(self, claim: RecordedClaim, number: int) -> Iterator[Triple]:
        subject, obj = claim.subject, claim.objects[0]
        said = [self._own(end, number, "") for end in (subject, obj)]
        yield said[0], claim.predicate, said[1]
        if claim.predicate != TYPE and subject in self.suspects:
            yield self._own(subject, number, "bare"), claim.predicate, said[1]
        if claim.predicate != TYPE and obj in self.suspects:
            yield said[0], claim.predicate, self._own(obj, number, "bare")

    def _own(self, term: Term, number: int, manner: str) -> Term:
        if term in self._named:
            return term  # the ontology speaks of this very concept
        own = f"{term[:-1]}#{manner}-{number}>"
        if manner:
            self._bare[number][own] = term
        self._names[own] = term
        return own

    def _declared(self) -> set[Triple]:
        names = self._names.items()
        return {(own, TYPE, cls) for own, term in names for cls in self.corpus.objects(term, TYPE)}


def _by_holder(corpus: Corpus) -> list[list[RecordedClaim]]:
    groups: dict[Term, list[RecordedClaim]] = defaultdict(list)
    for claim in corpus.claims.values():
        if says_class(claim, corpus):
            groups[claim.holder or claim.iri].append(claim)
    return [groups[holder] for holder in sorted(groups)]


def says_class(claim: RecordedClaim, corpus: Corpus) -> bool:
    """Tell whether it can follow from a claim what kind of thing something is."""
    about_things = is_iri(claim.objects[0]) and not corpus.is_concept(claim.subject)
    return about_things and claim.is_assertion and claim.polarity == "affirmed"


def opposed_classes(corpus: Corpus) -> frozenset[Term]:
    """Return the classes that conflict with another one, or are below one that does."""
    return _Clashes(corpus).opposed
