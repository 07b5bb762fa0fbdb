"""Asking a snapshot for every name that a thing has."""

from collections.abc import Iterable

from diaspora_kg.linking.matching import Candidate, Matcher
from diaspora_kg.linking.suggesting import Ask
from diaspora_kg.linking.things import Thing


def asking(matcher: Matcher) -> Ask:
    """Return what asks a matcher: all names of a thing, of each record its likeliest answer.

    Abbreviations are asked only for a thing that has no other name: 'EU' has many owners.
    """

    def ask(thing: Thing, limit: int) -> Iterable[Candidate]:
        best: dict[str, Candidate] = {}
        for name in _telling(thing):
            for candidate in matcher.candidates(name, thing.country or None, limit=limit):
                known = best.get(candidate.iri)
                if known is None or candidate.probability > known.probability:
                    best[candidate.iri] = candidate
        return sorted(best.values(), key=lambda found: (-found.probability, found.iri))

    return ask


def _telling(thing: Thing) -> list[str]:
    names = list(dict.fromkeys(text for text, _ in thing.names))
    full = [name for name in names if not (name.isupper() and " " not in name)]
    return full or names
