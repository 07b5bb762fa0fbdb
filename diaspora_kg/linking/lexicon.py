"""What generic words of names mean: university, national, hospital …, and names of places."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from diaspora_kg.linking.scripts import fold

_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
_SHORT_STEM = 5
_ENDINGS = frozenset({"~science", "~technology", "~engineering", "~chemistry", "~physics"})
"""Meanings all of whose words also end compounds: neuroscience, biotecnología."""
_NEARNESS = {"!near": 0.75, "!kin": 0.45}
_SHORTEST_HEAD = 3
"""Letters that must stand before the last part of a compound."""


@dataclass
class Lexicon:
    """Meanings by word; a meaning is written ``~university``."""

    words: dict[str, str] = field(default_factory=dict)
    stems: dict[str, str] = field(default_factory=dict)
    endings: dict[str, str] = field(default_factory=dict)
    phrases: dict[tuple[str, str], str] = field(default_factory=dict)
    phrase_heads: frozenset[str] = frozenset()
    unspaced: dict[str, str] = field(default_factory=dict)
    """Words of scripts that put no space between words."""
    stops: frozenset[str] = frozenset()
    legal: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    """Meanings that are places: countries, and towns and regions with several names."""
    heads: frozenset[str] = frozenset()
    """What a name may say that its bearer is: university, hospital …"""
    kin: dict[str, dict[str, float]] = field(default_factory=dict)
    """Meanings that one language uses where another uses the other, with how near they are."""
    _parts: re.Pattern[str] | None = None

    def meaning(self, word: str) -> str | None:
        """Return the meaning of a word, by itself or by the stem that it begins with."""
        found = self.words.get(word)
        if found is not None:
            return found
        for length in range(min(len(word), 14), 1, -1):
            found = self.stems.get(word[:length])
            if found is not None and (length >= _SHORT_STEM or len(word) <= length + 3):
                return found
        return None

    def split(self, word: str) -> tuple[str, str] | None:
        """Return the head of a compound and the meaning of its last part, or None."""
        for start in range(_SHORTEST_HEAD, len(word) - 2):
            found = self.endings.get(word[start:])
            if found is not None:
                return word[:start].rstrip("-"), found
        return None

    @property
    def parts(self) -> re.Pattern[str]:
        """Finds the longest known words in a run of text without spaces."""
        if self._parts is None:
            longest_first = sorted(self.unspaced, key=lambda word: (-len(word), word))
            self._parts = re.compile("|".join(map(re.escape, longest_first)))
        return self._parts


@cache
def lexicon() -> Lexicon:
    """Return the words that come with the program."""
    book = Lexicon()
    sets: dict[str, set[str]] = {"!stop": set(), "!legal": set()}
    generic, places = _texts()
    for text in (generic, places):
        for line in text.splitlines():
            meaning, _, words = line.partition("\t")
            if meaning in _NEARNESS:
                _enter_kin(book, ["~" + word for word in words.split()], _NEARNESS[meaning])
            elif meaning == "!heads":
                book.heads = frozenset("~" + word for word in words.split())
            elif meaning in sets:
                _enter_all(book, meaning, words.split())
                sets[meaning].update(fold(word) for word in words.split())
            elif words and not line.startswith("#"):
                _enter_all(book, "~" + meaning.lower().lstrip("~"), words.split())
                if text is places:
                    book.places |= {"~" + meaning.lower().lstrip("~")}
                if meaning.isupper() and len(meaning) == len("XX"):
                    book.countries |= {"~" + meaning.lower()}
    book.phrase_heads = frozenset(first for first, _ in book.phrases)
    book.stops = frozenset(sets["!stop"])
    book.legal = frozenset(sets["!legal"])
    return book


def _texts() -> list[str]:
    """Return the files of words."""
    folder = files("diaspora_kg") / "linking"
    return [(folder / name).read_text("utf-8") for name in ("lexicon.tsv", "places.tsv")]


def _enter_all(book: Lexicon, meaning: str, words: Iterable[str]) -> None:
    """Enter words under a meaning; a word that has one already keeps it."""
    for written in words:
        word = fold(written.strip("*+"))
        if "_" in word:
            first, _, rest = word.partition("_")
            book.phrases.setdefault((first, rest.replace("_", " ")), meaning)
        elif _UNSPACED.match(word):
            book.unspaced.setdefault(word, meaning)
        elif meaning.startswith("!"):
            continue
        else:
            book.words.setdefault(word, meaning)
            if written.endswith("*"):
                book.stems.setdefault(word, meaning)
            if len(word) >= _SHORT_STEM and (written.startswith("+") or meaning in _ENDINGS):
                book.endings.setdefault(word, meaning)


def _enter_kin(book: Lexicon, group: list[str], nearness: float) -> None:
    for one in group:
        for other in group:
            if other != one:
                book.kin.setdefault(one, {}).setdefault(other, nearness)
