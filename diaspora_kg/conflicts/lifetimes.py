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
from itertools import combinations, product

from diaspora_kg.conflicts.opposition import Opposition, oppose
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


def find_in_lifetimes(corpus: Corpus, coded: Iterable[Opposition]) -> list[Opposition]:
    """Return the oppositions of claims to the beginning or the end of what they speak of."""
    lives = _lives(corpus)
    settled = _coded_speakers(corpus, coded)
    found: list[Opposition] = []
    for entity in sorted(lives):
        life = lives[entity]
        found.extend(_out_of_time(entity, life, settled))
        found.extend(_different_dates(entity, life))
    found.extend(_ended_relations(corpus))
    return found


def _lives(corpus: Corpus) -> dict[Term, _Life]:
    lives: dict[Term, _Life] = defaultdict(lambda: _Life([], [], []))
    for claim in corpus.claims.values():
        if not claim.is_assertion or claim.polarity != "affirmed":
            continue
        for entity in _ends(claim, "marksBeginningOf", corpus):
            lives[entity].begins.append((claim, _time_of_turn(claim)))
        for entity in _ends(claim, "marksEndOf", corpus):
            lives[entity].ends.append((claim, _time_of_turn(claim)))
        if claim.explicitness == "explicit" and claim.valid_until is None:
            for entity in _ends(claim, "presupposes", corpus):
                lives[entity].spoken_of.append(claim)
    return lives


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


def _out_of_time(
    entity: Term, life: _Life, settled: set[tuple[Term, Term]]
) -> Iterator[Opposition]:
    turns = [(turn, True) for turn in life.ends] + [(turn, False) for turn in life.begins]
    for (turn, when), is_end in turns:
        historians = {source for claim, _ in life.ends for source in claim.sources}
        for claim in life.spoken_of:
            if historians & set(claim.sources) or set(turn.sources) & set(claim.sources):
                continue  # who tells of the end knows of it
            if any((entity, source) in settled for source in claim.sources):
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


def _ended_relations(corpus: Corpus) -> Iterator[Opposition]:
    """Oppose what one source has ended to what another says of it for a later time."""
    groups: dict[tuple[Term, ...], list[RecordedClaim]] = defaultdict(list)
    for claim in corpus.claims.values():
        plain = claim.figure is None and not corpus.is_concept(claim.subject)
        if plain and claim.is_assertion and claim.polarity == "affirmed":
            groups[claim.subject, claim.predicate, *claim.objects].append(claim)
    for key in sorted(groups):
        for ended in groups[key]:
            for standing in groups[key]:
                apart = not set(ended.sources) & set(standing.sources)
                unbounded = standing.valid_until is None and standing.explicitness == "explicit"
                is_over = ended.valid_until is not None
                after = _is_after(_time_of_standing(standing), Span(None, ended.valid.last))
                if apart and unbounded and is_over and after:
                    yield oppose("validity", ended.iri, standing.iri, (ended.subject,))


def _coded_speakers(corpus: Corpus, coded: Iterable[Opposition]) -> set[tuple[Term, Term]]:
    """Return the things, and the sources on them, that coders have already judged."""
    found = set()
    for opposition in coded:
        if opposition.kind == "validity":
            claims = [corpus.claims[claim] for claim in opposition.pair]
            things = {end for claim in claims for end in (claim.subject, *claim.objects)}
            sources = {source for claim in claims for source in claim.sources}
            found |= set(product(things, sources))
    return found
