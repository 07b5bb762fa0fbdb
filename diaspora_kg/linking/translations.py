"""Translations learnt from a registry itself, where things have names in several languages.

What two names of one thing have not in common probably translates: 長崎病院 and Nagasaki Hospital
leave 長崎 and Nagasaki, once the lexicon has explained the rest. Pairs are ranked by Dice's
coefficient over all things (Melamed 2000, Models of translational equivalence among words).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from diaspora_kg.linking.names import Name

_MOST_WORDS = 7
_LONGEST_RUN = 5
_LEAST_DICE = 0.2
_LEAST_ALONE = 0.5
_SURE_ALONE = 0.45
_MOST_TARGETS = 4

Pair = tuple[str, str]


class TranslationLearner:
    """Counts what stands against what, thing by thing."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._pairs: Counter[Pair] = Counter()
        self._alone: Counter[Pair] = Counter()
        self._left: Counter[str] = Counter()
        self._right: Counter[str] = Counter()

    def add(self, names: Sequence[tuple[Name, str]]) -> None:
        """Take the names of one thing, each with its language."""
        pairs: set[Pair] = set()
        alone: set[Pair] = set()
        for name, language in names:
            for other, its_language in names:
                if other is name or (language == its_language and not name.is_foreign):
                    continue
                if not other.is_foreign:
                    self._pair(name, other, pairs, alone)
        self._pairs.update(pairs)
        self._alone.update(alone)
        self._left.update({left for left, _ in pairs})
        self._right.update({right for _, right in pairs})

    def _pair(self, name: Name, other: Name, pairs: set[Pair], alone: set[Pair]) -> None:
        theirs = set(other.tokens)
        left = [t for t in dict.fromkeys(name.tokens) if t not in theirs and _is_word(t)]
        ours = set(name.tokens)
        right = [t for t in dict.fromkeys(other.tokens) if t not in ours and _is_word(t)]
        units = [*left, *(unit for run in name.han for unit in units_of(run))]
        if not right or len(left) > _MOST_WORDS or len(right) > _MOST_WORDS:
            return
        pairs.update((unit, token) for unit in units for token in right)
        gap = [*left, *name.han]
        if len(gap) == 1 and len(right) == 1:
            alone.add((gap[0], right[0]))

    def learnt(self) -> dict[str, list[tuple[str, float]]]:
        """Return the translations of each word, likeliest first, with a probability."""
        found: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for pair, together in self._pairs.items():
            source, target = pair
            dice = 2 * together / (self._left[source] + self._right[target])
            share = together / self._left[source]
            alone = self._alone[pair]
            if together > 1 and dice >= _LEAST_DICE:
                found[source].append((target, min(0.95, max(dice, share * (1 - 0.5 / together)))))
            elif alone and share >= _LEAST_ALONE:
                found[source].append((target, _SURE_ALONE))
        ranked = {}
        for source in sorted(found):
            best = sorted(found[source], key=lambda pair: (-pair[1], pair[0]))
            ranked[source] = best[:_MOST_TARGETS]
        return ranked


def units_of(run: str) -> Iterable[str]:
    """Return the parts of a run of Chinese characters that may be words."""
    for start in range(len(run)):
        for length in range(2, _LONGEST_RUN):
            if start + length <= len(run):
                yield run[start : start + length]


def _is_word(token: str) -> bool:
    return len(token) > 2 and token[0] != "#" and not token.isdigit()
