"""What the words of a question may stand for in the vocabulary of an index."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import log

from diaspora_kg.linking.building import bigrams_of
from diaspora_kg.linking.index import Index, beginning_with
from diaspora_kg.linking.lexicon import lexicon
from diaspora_kg.linking.likeness import nearest, spelling_likeness
from diaspora_kg.linking.names import Name
from diaspora_kg.linking.readings import readings_of
from diaspora_kg.linking.scripts import latin, skeleton
from diaspora_kg.linking.translations import units_of

_HOST, _INITIALS, _READING = 0.6, 0.85, 0.8
_LONGEST_ACRONYM = 8
_LEAST_LIKE = 0.74
_LONGER, _LONG, _SHORTEST = 9, 6, 4
_USUAL = 20
"""From so many things on, a word is no slip for another."""
_MOST_LIKE = 8
_UNKNOWN = 0.75
"""The weight of a word that the registry has not, as a share of the heaviest."""
_BIGRAM = 0.5


@dataclass(slots=True)
class Part:
    """A word of the question, what it may be in the index, and how much it tells."""

    word: str
    token: str
    weight: float
    targets: dict[int, float] = field(default_factory=dict)
    """Tokens of the index with how surely the word stands for them, from 0 to 1."""
    is_translated: bool = False


class Expander:
    """Looks words up in one index."""

    def __init__(self, index: Index) -> None:
        """Compute what each token of the index tells: the rarer, the more."""
        self._index = index
        total = len(index) + 1
        self.heaviest = log(1 + total)
        self.weights = [
            log(1 + total / (1 + count)) * _share(token)
            for token, count in zip(index.vocabulary, index.frequency, strict=True)
        ]
        self._usual = max(_USUAL, total // 2000)
        self._related = {
            meaning: [
                (index.ids[other], nearness)
                for other, nearness in sorted(kin.items())
                if other in index.ids
            ]
            for meaning, kin in lexicon().kin.items()
        }

    def parts(self, name: Name) -> list[Part]:
        """Return the words of a name with what they may be."""
        found: list[Part] = []
        for word, token in zip(name.words, name.tokens, strict=True):
            if token[0] == "#":
                found.extend(self._han(token[1:]))
            else:
                found.append(self._word(word, token, is_foreign=name.is_foreign))
        if name.is_short:
            for part in found:
                self._as_acronym(part)
        for part in found:
            host = self._index.ids.get("@" + part.word)
            if host is not None and part.token[0] != "~":
                part.targets[host] = _HOST
        return found

    def _as_acronym(self, part: Part) -> None:
        """Let a short word also stand for the first letters of a name."""
        number = self._index.ids.get("^" + part.word)
        if number is not None and len(part.word) <= _LONGEST_ACRONYM:
            part.targets[number] = _INITIALS

    def _word(self, word: str, token: str, *, is_foreign: bool) -> Part:
        index = self._index
        targets: dict[int, float] = {}
        number = index.ids.get(token)
        is_meaning = token[0] == "~"
        targets.update(self._related.get(token, ()))
        for other, share in index.translations(token):
            targets[other] = max(targets.get(other, 0.0), 0.9 * share)
        has_translation = bool(targets)
        is_usual = number is not None and self._index.frequency[number] > self._usual
        if not (is_meaning or is_usual or token.isdigit()) and len(token) >= _SHORTEST:
            for other, likeness in self._alike(token, is_foreign=is_foreign):
                targets[other] = max(targets.get(other, 0.0), likeness)
        if number is not None:
            targets[number] = 1.0
            weight = self.weights[number]
        elif targets:
            best = max(targets, key=lambda other: (targets[other], -other))
            weight = max(self.weights[best], 0.5 * self.heaviest)
        else:
            weight = _UNKNOWN * self.heaviest
        return Part(word, token, weight, targets, has_translation and number is None)

    def _alike(self, word: str, *, is_foreign: bool) -> Iterator[tuple[int, float]]:
        """Yield the words that a slip of the pen or another spelling makes of this one."""
        index = self._index
        length = 4 if len(word) >= _LONGER else 3 if len(word) >= _LONG else 2
        pools = (
            (1, beginning_with(index.vocabulary, word[:length])),
            (-1, beginning_with(index.backwards, word[: -length - 1 : -1])),
        )
        for step, pool in pools:
            for other, alike in nearest(word[::step], pool, _LEAST_LIKE, _MOST_LIKE):
                yield index.ids[other[::step]], 2.2 * (alike - 0.6)
        sound = skeleton(word)
        for key in (sound, sound[1:]) if is_foreign else (sound,):
            if len(key) > 2:
                for entry in beginning_with(index.skeletons, key + " ")[:200]:
                    other = entry[len(key) + 1 :]
                    alike = spelling_likeness(word, other)
                    yield index.ids[other], (0.35 if key == sound else 0.2) + 0.5 * alike

    def _han(self, run: str) -> Iterator[Part]:
        """Yield the words of a run of Chinese characters, by what their translations tell."""
        end = 0
        for start, unit, targets in self._known_units(run):
            yield from self._bigrams(run[end:start])
            part = Part(latin(unit), "#" + unit, 0.0, targets, is_translated=True)
            for bigram in bigrams_of(unit):
                number = self._index.ids.get(bigram)
                if number is not None:
                    part.targets.setdefault(number, 0.9)
            best = max(targets, key=lambda other: (targets[other], -other))
            part.weight = max(self.weights[best], 0.4 * self.heaviest)
            yield part
            end = start + len(unit)
        yield from self._bigrams(run[end:])

    def _known_units(self, run: str) -> list[tuple[int, str, dict[int, float]]]:
        """Return parts of a run that have translations: the longest first, none over another."""
        taken = [False] * len(run)
        found = []
        units = sorted(
            {
                (start, run[start : start + len(unit)])
                for unit in units_of(run)
                for start in range(len(run))
                if run.startswith(unit, start)
            },
            key=lambda pair: (-len(pair[1]), pair[0]),
        )
        for start, unit in units:
            span = range(start, start + len(unit))
            if any(taken[i] for i in span):
                continue
            targets = {other: 0.9 * share for other, share in self._index.translations(unit)}
            for reading in (latin(unit), *readings_of(unit)):
                number = self._index.ids.get(reading)
                if number is not None and len(reading) >= _SHORTEST:
                    targets.setdefault(number, _READING)
            if targets:
                found.append((start, unit, targets))
                for i in span:
                    taken[i] = True
        return sorted(found)

    def _bigrams(self, run: str) -> Iterator[Part]:
        if not run:
            return
        for bigram in bigrams_of(run):
            number = self._index.ids.get(bigram)
            weight = _BIGRAM * self.heaviest if number is None else self.weights[number]
            yield Part(latin(bigram[1:]), bigram, weight, {} if number is None else {number: 1.0})


def _share(token: str) -> float:
    """Return how much of its weight a token keeps: marks only help to find."""
    if token[0] in "%^@":
        return 0.0
    return _BIGRAM if token[0] == "#" else 1.0
