"""The index of a registry: which things have which words in their names, ready to be asked."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

KIND_FULL, KIND_ACRONYM, KIND_TITLE = 0, 1, 2
"""What a name is: in full, an acronym, or the title of a page."""


@dataclass
class Index:
    """Everything is a list of texts or an array of numbers, so that it lies on disk as it is.

    ``x_from`` holds for each item where its part of the array ``x`` begins.
    """

    iris: list[str]
    labels: list[str]
    countries: list[str]
    types: list[str]
    """The types of each thing, with blanks between."""
    names: list[str]
    """All names in full, acronyms and titles, those of one thing together."""
    plain: list[str]
    """The words of each name in Latin letters."""
    vocabulary: list[str]
    """All tokens, sorted."""
    backwards: list[str]
    """The words of the vocabulary spelt from the end, sorted."""
    skeletons: list[str]
    """``skeleton`` blank ``word``, sorted."""
    sources: list[str]
    """Words, and runs of characters, that have translations, sorted."""
    arrays: dict[str, array[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Bind the arrays, which are looked at often."""
        get = self.arrays.__getitem__
        self.names_from = get("names_from")
        self.kinds = get("kinds")
        self.tokens_from, self.tokens = get("tokens_from"), get("tokens")
        self.context_from, self.context = get("context_from"), get("context")
        self.postings_from, self.postings = get("postings_from"), get("postings")
        self.frequency = get("frequency")
        self.targets_from, self.targets = get("targets_from"), get("targets")
        self.shares = get("shares")
        self.place_tokens = frozenset(get("places"))
        self.ids = {token: number for number, token in enumerate(self.vocabulary)}

    def __len__(self) -> int:
        """Return the number of things."""
        return len(self.iris)

    def having(self, token: int) -> array[int]:
        """Return the things that have a token in a name, in ascending order."""
        return self.postings[self.postings_from[token] : self.postings_from[token + 1]]

    def tokens_of(self, name: int) -> array[int]:
        """Return the tokens of a name."""
        return self.tokens[self.tokens_from[name] : self.tokens_from[name + 1]]

    def context_of(self, thing: int) -> array[int]:
        """Return the tokens of the places, hosts and parents of a thing."""
        return self.context[self.context_from[thing] : self.context_from[thing + 1]]

    def translations(self, source: str) -> list[tuple[int, float]]:
        """Return the tokens that a word is translated by, with their probability."""
        at = bisect_left(self.sources, source)
        if at == len(self.sources) or self.sources[at] != source:
            return []
        span = range(self.targets_from[at], self.targets_from[at + 1])
        return [(self.targets[i], self.shares[i] / 1000) for i in span]


def beginning_with(words: Sequence[str], prefix: str) -> Sequence[str]:
    """Return the words of a sorted list that begin so."""
    return words[bisect_left(words, prefix) : bisect_left(words, prefix + "\uffff")]
