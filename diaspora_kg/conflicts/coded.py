"""What coders saw: ``dkg:contraryTo``, with the kind that they gave or the kind that it must be."""

from collections.abc import Iterator

from diaspora_kg.conflicts.figures import kind_of_difference, subject_of_comparison
from diaspora_kg.conflicts.opposition import KINDS, Opposition, oppose
from diaspora_kg.conflicts.rules import Context, Rule
from diaspora_kg.corpus import Corpus
from diaspora_kg.recorded import RecordedClaim
from diaspora_kg.terms import TYPE, Term, dkg

_TELLS_OF_A_LIFE = ("marksBeginningOf", "marksEndOf")


class CodedRule(Rule):
    """Claims that a coder has held against one another; a pair stands once a kind."""

    name = "coded"

    def keys(self, claim: RecordedClaim, corpus: Corpus) -> Iterator[tuple[Term, ...]]:
        """Yield the pairs that a claim forms with those that are held against it."""
        for contrary in claim.contraries:
            if contrary.claim != claim.iri:
                yield tuple(sorted((claim.iri, contrary.claim)))

    def find(
        self, key: tuple[Term, ...], claims: list[RecordedClaim], context: Context
    ) -> Iterator[Opposition]:
        """Yield the oppositions of one pair, each with the first reason that was given for it."""
        corpus = context.corpus
        found: dict[str, Opposition] = {}
        for claim in claims:
            for contrary in claim.contraries:
                other = corpus.claims.get(contrary.claim)
                if other is None or other is claim or contrary.claim not in key:
                    continue
                kind = (contrary.kind or "").removesuffix("-conflict")
                if kind not in KINDS:
                    kind = kind_of(claim, other, corpus)
                about = about_of(kind, claim, other)
                made = oppose(kind, claim.iri, other.iri, about, contrary.why or "", coded=True)
                if kind not in found or (made.why and not found[kind].why):
                    found[kind] = made
        yield from found.values()


def kind_of(one: RecordedClaim, other: RecordedClaim, corpus: Corpus) -> str:
    """Return the kind of a conflict between two claims of which no kind was coded.

    In this order: the work that one cites is where the other stands, so *attribution*; two
    figures, *value* or *scope*; a definition on either side, *definition*; a class on either
    side, *classification*; a statement about a source, *attribution*; a beginning or an end,
    *validity*; a concept as a subject, *definition*; a citation on one side only, *attribution*;
    and else *value*, for the same question is answered in two ways.
    """
    if _cites(one, other, corpus) or _cites(other, one, corpus):
        return "attribution"
    if one.figure is not None and other.figure is not None:
        return kind_of_difference(one, other)
    if one.is_definition or other.is_definition:
        return "definition"
    if TYPE in (one.predicate, other.predicate):
        return "classification"
    if one.subject in corpus.sources and other.subject in corpus.sources:
        return "attribution"
    if any(
        corpus.ontology.objects(claim.predicate, dkg(mark))
        for claim in (one, other)
        for mark in _TELLS_OF_A_LIFE
    ):
        return "validity"
    if corpus.is_concept(one.subject) or corpus.is_concept(other.subject):
        return "definition"
    if bool(one.attributions) != bool(other.attributions):
        return "attribution"
    return "value"


def about_of(kind: str, one: RecordedClaim, other: RecordedClaim) -> tuple[Term, ...]:
    """Return what two claims are held against one another on, as the rules of the kind see it."""
    if kind in ("value", "scope"):
        return subject_of_comparison(one, other)
    if kind in ("classification", "validity"):
        shared = {one.subject, *one.objects} & {other.subject, *other.objects}
        things = [one.subject] if one.subject in shared else sorted(shared)
        return tuple(things[:1])
    return ()


def _cites(one: RecordedClaim, other: RecordedClaim, corpus: Corpus) -> bool:
    """Tell whether a claim is ascribed to where another stands, or to who holds it."""
    stands_in = set(other.sources)
    for source in other.sources:
        if source in corpus.sources:
            stands_in |= {*corpus.sources[source].derived_from, *corpus.sources[source].creators}
    if other.holder is not None:
        stands_in.add(other.holder)
    return any({link.work, link.agent} & stands_in for link in one.attributions)
