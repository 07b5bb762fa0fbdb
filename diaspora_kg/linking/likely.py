"""Records that services found, with how like their names are to the one that was asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from diaspora_kg.labels import fold


@dataclass(frozen=True)
class Answer:
    """A record that a service found."""

    iri: str
    label: str
    probability: float
    """The likeness of the names, from 0 to 1. It is not calibrated, unlike that of a snapshot."""
    why: tuple[str, ...]
    country: str = ""
    types: tuple[str, ...] = ()


def likeness(one: str, names: Iterable[str]) -> float:
    """Return how like a name is to the most similar of some names, whatever the order of words."""
    asked = " ".join(sorted(fold(one).split()))
    return max(
        (
            SequenceMatcher(None, asked, " ".join(sorted(fold(name).split()))).ratio()
            for name in names
        ),
        default=0.0,
    )


def best_of(answers: Iterable[Answer], limit: int) -> list[Answer]:
    """Return each record once, with its best likeness, the most similar first."""
    best: dict[str, Answer] = {}
    for answer in answers:
        known = best.get(answer.iri)
        if known is None or answer.probability > known.probability:
            best[answer.iri] = answer
    return sorted(best.values(), key=lambda each: (-each.probability, each.iri))[:limit]
