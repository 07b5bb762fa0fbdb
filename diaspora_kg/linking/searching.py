"""Finding the few things of a registry that a name may mean."""

from __future__ import annotations

from collections.abc import Collection
from heapq import nlargest

from diaspora_kg.linking.building import tokens_of
from diaspora_kg.linking.expansion import Expander
from diaspora_kg.linking.index import Index
from diaspora_kg.linking.scoring import Question

_MOST_SEEN = 5_000
_MOST_WEIGHED, _MOST_FOUND, _FEWEST_FOUND = 400, 32, 6
_WORTH_A_LOOK = 0.4
"""The share of the best score below which a thing is hardly ever meant."""
_OTHER_COUNTRY = 0.55
_ACRONYM = 0.5
_MARKS = {"%": 0.45, "^": 0.4}


def search(
    index: Index, expander: Expander, asked: Question, types: Collection[str] | None = None
) -> list[int]:
    """Return the things that share the most telling words with a name, likeliest first.

    Rare words are looked up first; common ones only while few things have been seen, since a
    thing that shares nothing but them is told apart by its other words.
    """
    scores = _shared(index, _wanted(index, expander, asked))
    if types:
        wanted_types = frozenset(types)
        scores = {
            t: s for t, s in scores.items() if not wanted_types.isdisjoint(index.types[t].split())
        }
    if asked.country:
        best = _best(scores, _MOST_WEIGHED)
        countries, country = index.countries, asked.country
        scores = {
            thing: score if countries[thing] == country else score * _OTHER_COUNTRY
            for thing, score in best
        }
    found = _best(scores, _MOST_FOUND)
    least = _WORTH_A_LOOK * found[0][1] if found else 0.0
    return [
        thing for at, (thing, score) in enumerate(found) if at < _FEWEST_FOUND or score >= least
    ]


def _wanted(index: Index, expander: Expander, asked: Question) -> dict[int, float]:
    """Return the tokens to look up, with what finding them is worth."""
    wanted: dict[int, float] = {}

    def want(token: int | None, value: float) -> None:
        if token is not None:
            wanted[token] = max(wanted.get(token, 0.0), value)

    for part in asked.parts:
        for token, sureness in part.targets.items():
            is_meaning = index.vocabulary[token][0] == "~"
            want(token, sureness * (expander.weights[token] if is_meaning else part.weight))
    for mark in tokens_of(asked.name):
        if mark[0] in _MARKS:
            want(index.ids.get(mark), _MARKS[mark[0]] * expander.heaviest)
    for token in asked.acronyms:
        want(token, _ACRONYM * expander.heaviest)
    return wanted


def _shared(index: Index, wanted: dict[int, float]) -> dict[int, float]:
    """Return the things that have the tokens, with what they are worth together."""
    scores: dict[int, float] = {}
    seen = 0
    for token in sorted(wanted, key=lambda token: (index.frequency[token], token)):
        if seen and seen + index.frequency[token] > _MOST_SEEN:
            break
        seen += index.frequency[token]
        value = wanted[token]
        for thing in index.having(token):
            scores[thing] = scores.get(thing, 0.0) + value
    return scores


def _best(scores: dict[int, float], limit: int) -> list[tuple[int, float]]:
    """Return the things with the highest scores, in an order that depends on nothing else."""
    if len(scores) > limit:
        least = nlargest(limit, scores.values())[-1]
        pairs = [pair for pair in scores.items() if pair[1] >= least]
    else:
        pairs = list(scores.items())
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))[:limit]
