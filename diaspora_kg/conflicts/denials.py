"""The same content affirmed by one claim and negated by another."""

from collections.abc import Iterator

from diaspora_kg.conflicts.coded import about_of, kind_of
from diaspora_kg.conflicts.opposition import Opposition, oppose
from diaspora_kg.conflicts.rules import Context, Rule
from diaspora_kg.corpus import Corpus
from diaspora_kg.recorded import RecordedClaim
from diaspora_kg.terms import Term


class DenialRule(Rule):
    """Claims against their denials, where both may speak of one time."""

    name = "denial"

    def keys(self, claim: RecordedClaim, corpus: Corpus) -> Iterator[tuple[Term, ...]]:
        """Yield what the claim says, whether it affirms or denies it."""
        if claim.is_assertion:
            yield claim.subject, claim.predicate, *claim.objects

    def find(
        self, key: tuple[Term, ...], claims: list[RecordedClaim], context: Context
    ) -> Iterator[Opposition]:
        """Yield the oppositions of claims of one content."""
        denials = [claim for claim in claims if claim.polarity == "negated"]
        for denied in denials:
            for affirmed in claims:
                if affirmed.polarity == "affirmed" and denied.valid.overlaps(affirmed.valid):
                    kind = kind_of(denied, affirmed, context.corpus)
                    about = about_of(kind, denied, affirmed)
                    yield oppose(kind, denied.iri, affirmed.iri, about)
