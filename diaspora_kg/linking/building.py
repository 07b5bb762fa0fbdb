"""Making the index of a registry."""

from __future__ import annotations

import gc
from array import array
from collections.abc import Iterable, Iterator
from itertools import pairwise

from diaspora_kg.linking.entries import Entry
from diaspora_kg.linking.index import KIND_ACRONYM, KIND_FULL, KIND_TITLE, Index
from diaspora_kg.linking.lexicon import lexicon
from diaspora_kg.linking.names import Name, analyse
from diaspora_kg.linking.scripts import skeleton
from diaspora_kg.linking.translations import TranslationLearner

_SHORTEST_WORD = 3


def build_index(entries: Iterable[Entry]) -> Index:
    """Index the things of a registry; their order makes no difference to any answer."""
    builder = _Builder()
    was_on = gc.isenabled()
    gc.disable()  # nothing here goes in circles, and looking for it takes a fifth of the time
    try:
        for entry in sorted(entries, key=lambda entry: entry.iri):
            builder.add(entry)
        return builder.finish()
    finally:
        if was_on:
            gc.enable()


class _Builder:
    """Collects, with numbers for tokens in the order in which they come."""

    def __init__(self) -> None:
        self.ids: dict[str, int] = {}
        self.texts: dict[str, list[str]] = {
            key: [] for key in ("iris", "labels", "countries", "types", "names", "plain")
        }
        self.names_from, self.kinds = array("I", [0]), array("I")
        self.tokens_from, self.tokens = array("I", [0]), array("I")
        self.context_from, self.context = array("I", [0]), array("I")
        self.postings: list[list[int]] = []
        self.places: set[int] = set()
        self.learner = TranslationLearner()

    def number(self, token: str) -> int:
        """Return the number of a token, a new one for a new token."""
        number = self.ids.setdefault(token, len(self.ids))
        if number == len(self.postings):
            self.postings.append([])
        return number

    def add(self, entry: Entry) -> None:
        """Take in one thing."""
        thing = len(self.texts["iris"])
        for key in ("iri", "label", "country"):
            plural = {"iri": "iris", "label": "labels", "country": "countries"}[key]
            self.texts[plural].append(_one_line(getattr(entry, key)))
        self.texts["types"].append(" ".join(entry.types))
        having: set[int] = set()
        full = [(analyse(text), language) for text, language in entry.names]
        known = [(name, KIND_FULL) for name, _ in full]
        known += [(analyse(text), KIND_ACRONYM) for text in entry.acronyms]
        known += [(analyse(text), KIND_TITLE) for text in entry.titles]
        for name, kind in _distinct(known):
            having.update(self._add_name(name, kind))
        self.names_from.append(len(self.kinds))
        having.update(self._add_context(entry))
        for number in having:
            self.postings[number].append(thing)
        self.learner.add(full)

    def _add_name(self, name: Name, kind: int) -> list[int]:
        numbers = [self.number(token) for token in tokens_of(name, kind)]
        self.tokens.extend(numbers)
        self.tokens_from.append(len(self.tokens))
        self.kinds.append(kind)
        self.texts["names"].append(_one_line(name.text))
        self.texts["plain"].append(name.plain)
        return numbers

    def _add_context(self, entry: Entry) -> list[int]:
        """Add what is not in the names; return what a search may begin with."""
        said = {token for place in entry.places for token in analyse(place).tokens}
        if entry.country:
            said.add("~" + entry.country.lower())
        places = {self.number(token) for token in said}
        self.places |= {self.ids[t] for t in said if t[0] != "~" or t in lexicon().places}
        hosts = [self.number("@" + host) for host in entry.hosts]
        related = {self.number(t) for name in entry.related for t in analyse(name).tokens}
        self.context.extend(sorted(places | related) + hosts)
        self.context_from.append(len(self.context))
        return hosts

    def finish(self) -> Index:
        """Return the index, with the tokens in their order."""
        vocabulary = sorted(self.ids)
        rank = array("I", bytes(4 * len(vocabulary)))
        for place, token in enumerate(vocabulary):
            rank[self.ids[token]] = place
        by_place = [self.postings[self.ids[token]] for token in vocabulary]
        words = [t for t in vocabulary if len(t) >= _SHORTEST_WORD and t[0] not in "~#@%^"]
        learnt = {
            s: [(self.ids[t], share) for t, share in targets if t in self.ids]
            for s, targets in self.learner.learnt().items()
        }
        sources = sorted(source for source, targets in learnt.items() if targets)
        flat = [pair for source in sources for pair in learnt[source]]
        arrays = {
            "names_from": self.names_from,
            "kinds": self.kinds,
            "tokens_from": self.tokens_from,
            "tokens": array("I", (rank[t] for t in self.tokens)),
            "context_from": self.context_from,
            "context": array("I", (rank[t] for t in self.context)),
            "postings_from": _starts(map(len, by_place)),
            "postings": array("I", (thing for things in by_place for thing in things)),
            "frequency": array("I", (len(things) for things in by_place)),
            "places": array("I", sorted(rank[t] for t in self.places)),
            "targets_from": _starts(len(learnt[source]) for source in sources),
            "targets": array("I", (rank[t] for t, _ in flat)),
            "shares": array("I", (round(share * 1000) for _, share in flat)),
        }
        return Index(
            **self.texts,
            vocabulary=vocabulary,
            backwards=sorted(word[::-1] for word in words),
            skeletons=sorted(f"{skeleton(word)} {word}" for word in words),
            sources=sources,
            arrays=arrays,
        )


def tokens_of(name: Name, kind: int = KIND_FULL) -> list[str]:
    """Return what a name is found by: its tokens, and the marks of its writing and sound."""
    marks = [bigram for run in name.han for bigram in bigrams_of(run)]
    if sound := name.sound_key:
        marks.append("%" + sound)
    if kind != KIND_ACRONYM:
        marks.extend("^" + letters for letters in name.initials)
    return [*(t for t in name.tokens if t[0] != "#"), *marks]


def bigrams_of(run: str) -> Iterator[str]:
    """Yield the pairs of neighbours in a run of Chinese characters; one alone is itself."""
    if len(run) == 1:
        yield "#" + run
    for first, second in pairwise(run):
        yield "#" + first + second


def _distinct(names: Iterable[tuple[Name, int]]) -> Iterator[tuple[Name, int]]:
    """Leave out a name whose tokens another has: case and accents are not kept here."""
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for name, kind in names:
        if (name.plain, name.tokens) not in seen and name.words:
            seen.add((name.plain, name.tokens))
            yield name, kind


def _starts(lengths: Iterable[int]) -> array[int]:
    starts = array("I", [0])
    for length in lengths:
        starts.append(starts[-1] + length)
    return starts


def _one_line(text: str) -> str:
    return " ".join(text.split())
