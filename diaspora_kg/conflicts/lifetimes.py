"""Spoken of at a time when it was not: validity conflicts, and dates that cannot both be right.

The ontology says what a property tells of a life: ``dkg:marksBeginningOf`` and
``dkg:marksEndOf`` name the end of the claim (``subject``, ``object``) that begins or ends, and
``dkg:presupposes`` the end that is spoken of as existing. Only an explicit claim without a
validity of its own is taken to speak of the time it speaks from. Where a coder has already held
a source against the end of a thing, that choice of claims stands.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from diaspora_kg.conflicts.opposition import Opposition, oppose
from diaspora_kg.conflicts.rules import Context, Rule
from diaspora_kg.corpus import Corpus
from diaspora_kg.recorded import RecordedClaim, Span
from diaspora_kg.terms import Term, dkg, is_iri, text_of
from diaspora_kg.times import parse_time

_Turn = tuple[RecordedClaim, Span]
"""A claim that something began or ended, and when."""


@dataclass
class _Life:
    """What claims tell of the life of one thing."""

    begins: list[_Turn]
    ends: list[_Turn]
    spoken_of: list[RecordedClaim]


class LifetimeRule(Rule):
    """Claims against the beginning or the end of what they speak of."""

    name = "lifetime"

    def keys(self, claim: RecordedClaim, corpus: Corpus) -> Iterator[tuple[Term, ...]]:
        """Yield the things of whose life a claim tells, or that it speaks of as existing."""
        if claim.is_assertion and claim.polarity == "affirmed":
            presumed = _presupposes(claim)
            for mark in ("marksBeginningOf", "marksEndOf", *(("presupposes",) if presumed else ())):
                yield from ((entity,) for entity in _ends(claim, mark, corpus))

    def find(
        self, key: tuple[Term, ...], claims: list[RecordedClaim], context: Context
    ) -> Iterator[Opposition]:
        """Yield the oppositions about the life of one thing."""
        (entity,) = key
        life = _life_of(entity, claims, context.corpus)
        yield from _out_of_time(entity, life, context.judged.get(entity, frozenset()))
        yield from _different_dates(entity, life)


class EndedRelationRule(Rule):
    """What one source has ended against what another says of it for a later time."""

    name = "ended"

    def keys(self, claim: RecordedClaim, corpus: Corpus) -> Iterator[tuple[Term, ...]]:
        """Yield what the claim says of a particular thing."""
        plain = claim.figure is None and not corpus.is_concept(claim.subject)
        if plain and claim.is_assertion and claim.polarity == "affirmed":
            yield claim.subject, claim.predicate, *claim.objects

    def find(
        self, key: tuple[Term, ...], claims: list[RecordedClaim], context: Context
    ) -> Iterator[Opposition]:
        """Yield the oppositions of claims of one content."""
        for ended in (claim for claim in claims if claim.valid_until is not None):
            for standing in claims:
                apart = not set(ended.sources) & set(standing.sources)
                unbounded = standing.valid_until is None and standing.explicitness == "explicit"
                after = _is_after(_time_of_standing(standing), Span(None, ended.valid.last))
                if apart and unbounded and after:
                    yield oppose("validity", ended.iri, standing.iri, (ended.subject,))


def judged_lifetimes(coded: Iterable[Opposition], corpus: Corpus) -> dict[Term, frozenset[Term]]:
    """Return the things whose lifetimes coders have judged, with the sources that they judged."""
    found: dict[Term, set[Term]] = defaultdict(set)
    for opposition in coded:
        if opposition.kind == "validity":
            claims = [corpus.claims[claim] for claim in opposition.pair]
            sources = {source for claim in claims for source in claim.sources}
            for claim in claims:
                for thing in (claim.subject, *claim.objects):
                    found[thing] |= sources
    return {thing: frozenset(sources) for thing, sources in found.items()}


def turns_told(claim: RecordedClaim, corpus: Corpus) -> set[Term]:
    """Return the things of whose beginning or end a claim tells."""
    if not claim.is_assertion or claim.polarity != "affirmed":
        return set()
    marks = ("marksBeginningOf", "marksEndOf")
    return {entity for mark in marks for entity in _ends(claim, mark, corpus)}


def _life_of(entity: Term, claims: Iterable[RecordedClaim], corpus: Corpus) -> _Life:
    life = _Life([], [], [])
    for claim in claims:
        if entity in _ends(claim, "marksBeginningOf", corpus):
            life.begins.append((claim, _time_of_turn(claim)))
        if entity in _ends(claim, "marksEndOf", corpus):
            life.ends.append((claim, _time_of_turn(claim)))
        if _presupposes(claim) and entity in _ends(claim, "presupposes", corpus):
            life.spoken_of.append(claim)
    return life


def _presupposes(claim: RecordedClaim) -> bool:
    return claim.explicitness == "explicit" and claim.valid_until is None


def _ends(claim: RecordedClaim, annotation: str, corpus: Corpus) -> Iterator[Term]:
    for value in corpus.ontology.objects(claim.predicate, dkg(annotation)):
        end = claim.subject if text_of(value) == "subject" else claim.objects[0]
        if is_iri(end) and not corpus.is_concept(end):
            yield end


def _time_of_turn(claim: RecordedClaim) -> Span:
    """Return when a beginning or end took place; at the latest when it was spoken of as past."""
    if claim.value_time.is_known:
        return claim.value_time
    if claim.valid_from is not None:
        time = parse_time(text_of(claim.valid_from))
        if time is not None:
            return Span(time.earliest, time.latest)
    return Span(None, claim.spoken.last)


def _time_of_standing(claim: RecordedClaim) -> Span:
    """Return when something is said to stand: from its validity, else when it is said."""
    if claim.valid_from is not None:
        time = parse_time(text_of(claim.valid_from))
        return Span() if time is None else Span(time.earliest, time.latest)
    return claim.spoken


def _out_of_time(entity: Term, life: _Life, judged: frozenset[Term]) -> Iterator[Opposition]:
    turns = [(turn, True) for turn in life.ends] + [(turn, False) for turn in life.begins]
    for (turn, when), is_end in turns:
        historians = {source for claim, _ in life.ends for source in claim.sources}
        for claim in life.spoken_of:
            if historians & set(claim.sources) or set(turn.sources) & set(claim.sources):
                continue  # who tells of the end knows of it
            if not judged.isdisjoint(claim.sources):
                continue
            standing = _time_of_standing(claim)
            if _is_after(standing, when) if is_end else _is_after(when, standing):
                yield oppose("validity", claim.iri, turn.iri, (entity,))


def _is_after(time: Span, other: Span) -> bool:
    return time.first is not None and other.last is not None and time.first > other.last


def _different_dates(entity: Term, life: _Life) -> Iterator[Opposition]:
    """Oppose dates that one property gives to one beginning or end, and that share no day."""
    for turns in (life.begins, life.ends):
        for (one, when), (other, then) in combinations(turns, 2):
            dated = one.value_time.is_known and other.value_time.is_known
            if dated and one.predicate == other.predicate and not when.overlaps(then):
                yield oppose("value", one.iri, other.iri, (entity, one.predicate))
