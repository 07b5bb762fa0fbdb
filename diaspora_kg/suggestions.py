"""What a misspelt word was probably meant to be, in one place."""

from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache


def closest(word: str, known: Iterable[str], limit: int = 3) -> list[str]:
    """Return the known words most like a misspelt one, best first; case is not looked at."""
    return list(_closest(word, tuple(known), limit))


@lru_cache(maxsize=2048)  # the same slip tends to stand in a file many times
def _closest(word: str, known: tuple[str, ...], limit: int) -> tuple[str, ...]:
    by_folded: dict[str, str] = {}
    for name in known:
        by_folded.setdefault(name.casefold(), name)
    matches = get_close_matches(word.casefold(), by_folded, n=limit, cutoff=0.6)
    return tuple(by_folded[match] for match in matches)


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """Return the hint for a misspelt word: a suggestion, or what else to do."""
    names = tuple(known)
    near = closest(word, names)
    if near:
        return f"Did you mean {' or '.join(repr(name) for name in near)}?"
    if otherwise:
        return otherwise
    if names and len(names) <= 12:
        return f"Known are: {', '.join(sorted(names))}."
    return ""
