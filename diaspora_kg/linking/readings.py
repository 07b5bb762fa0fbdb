"""How a Japanese name in Chinese characters may be read: 倉敷 is kurashiki, 大原 ohara or daihara.

A character has several readings, and a consonant may soften inside a word (kuchi, Kawaguchi); all
ways are given, and the registry decides which of them is a word of its names.
"""

from functools import cache, lru_cache
from importlib.resources import files

_LONGEST_WORD, _MOST = 4, 160
_SOFTENED = (
    ("sh", "j"), ("ch", "j"), ("ts", "z"), ("k", "g"), ("s", "z"), ("t", "d"), ("h", "b"),
    ("f", "b"),
)  # fmt: skip


@lru_cache(maxsize=20_000)
def readings_of(word: str) -> frozenset[str]:
    """Return the readings of a short word, in Latin letters; none where one part is not known."""
    found: set[str] = set()
    for length in range(1, min(_LONGEST_WORD, len(word)) + 1):
        rest = word[length:]
        following = readings_of(rest) if rest else frozenset([""])
        for first in _readings().get(word[:length], ()):
            for other in following:
                found.update(first + way for way in _ways(other))
                if len(found) > _MOST:
                    return frozenset(sorted(found)[:_MOST])
    return frozenset(found)


def _ways(part: str) -> tuple[str, ...]:
    for hard, soft in _SOFTENED:
        if part.startswith(hard):
            return (part, soft + part[len(hard) :])
    return (part,)


@cache
def _readings() -> dict[str, tuple[str, ...]]:
    text = (files("diaspora_kg") / "linking" / "readings.tsv").read_text("utf-8")
    rows = (line.partition("\t") for line in text.splitlines() if line and line[0] != "#")
    return {word: tuple(readings.split()) for word, _, readings in rows}
