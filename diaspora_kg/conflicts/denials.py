"""The same content affirmed by one claim and negated by another."""

from collections import defaultdict
from collections.abc import Iterator

from diaspora_kg.conflicts.coded import about_of, kind_of
from diaspora_kg.conflicts.opposition import Opposition, oppose
from diaspora_kg.corpus import Corpus
from diaspora_kg.recorded import RecordedClaim
from diaspora_kg.terms import Term


def find_in_denials(corpus: Corpus) -> list[Opposition]:
    """Return the oppositions of claims to their denials, where both may speak of one time."""
    groups: dict[tuple[Term, ...], list[RecordedClaim]] = defaultdict(list)
    for claim in corpus.claims.values():
        if claim.is_assertion:
            groups[claim.subject, claim.predicate, *claim.objects].append(claim)
    return [found for key in sorted(groups) for found in _denials(groups[key], corpus)]


def _denials(claims: list[RecordedClaim], corpus: Corpus) -> Iterator[Opposition]:
    for denied in claims:
        for affirmed in claims:
            opposite = denied.polarity == "negated" and affirmed.polarity == "affirmed"
            if opposite and denied.valid.overlaps(affirmed.valid):
                kind = kind_of(denied, affirmed, corpus)
                about = about_of(kind, denied, affirmed)
                yield oppose(kind, denied.iri, affirmed.iri, about)
