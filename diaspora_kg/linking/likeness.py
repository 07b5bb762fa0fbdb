"""How alike two texts are, by rapidfuzz; importing this says so where it is not installed."""

from collections.abc import Sequence

from diaspora_kg.linking.parts import missing

try:
    from rapidfuzz.distance import OSA
    from rapidfuzz.fuzz import ratio, token_sort_ratio
    from rapidfuzz.process import extract
except ImportError as error:
    raise missing("rapidfuzz") from error


def likeness(one: str, other: str) -> float:
    """Return how alike two texts are, from 0 to 1: the share of letters that they have in common.

    The order counts; the measure is the normalised indel similarity.
    """
    return float(ratio(one, other)) / 100


def likeness_in_any_order(one: str, other: str) -> float:
    """Return how alike two texts are when the words of both are sorted, from 0 to 1."""
    return float(token_sort_ratio(one, other)) / 100


def spelling_likeness(one: str, other: str) -> float:
    """Return how alike two words are, from 0 to 1, by the slips that part them.

    A slip is a letter left out, put in, changed or exchanged with its neighbour (optimal string
    alignment), counted against the length of the longer word.
    """
    return float(OSA.normalized_similarity(one, other))


def nearest(word: str, pool: Sequence[str], least: float, limit: int) -> list[tuple[str, float]]:
    """Return the words of a pool that are spelt most like a word, at least so alike."""
    found = extract(
        word, pool, scorer=OSA.normalized_similarity, processor=None, score_cutoff=least,
        limit=limit,
    )  # fmt: skip
    return [(other, alike) for other, alike, _ in found]
