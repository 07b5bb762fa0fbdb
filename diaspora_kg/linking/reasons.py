"""What speaks for a candidate and against it, in words that a reviewer can check."""

from __future__ import annotations

from diaspora_kg.linking.names import analyse
from diaspora_kg.linking.scoring import FEATURES, Question

_AT = {name: place for place, name in enumerate(FEATURES)}
_MUCH, _MOST = 0.9, 0.75
_MARKS = "()[],;.\"'"


_SIMPLE = {
    "acronym": "its acronym is in the name",
    "initials of name": "its acronym is the first letters of the name",
    "short for name": "the name has the first letters of its name",
    "host": "a word of the name is in its web address",
    "same country": "same country ({country})",
    "other country": "other country ({country}, not {asked})",
    "place differs": "the name has a place that it has not",
    "place left over": "its name has '{left}', and no country is known here: check the country",
    "numbers differ": "the numbers differ",
    "kind differs": "it is another kind of thing",
}
"""Features that speak for themselves."""


def reasons(
    asked: Question, features: list[float], name: str, country: str, left_over: str = ""
) -> tuple[str, ...]:
    """Return the reasons; the first says how the names agree.

    ``left_over`` is the token of the place of the thing that its ``name`` has and ours has not.
    """
    left = _as_written(left_over, name) if left_over else ""
    said = (words for feature, words in _SIMPLE.items() if features[_AT[feature]] > 0)
    filled = (words.format(country=country, asked=asked.country, left=left) for words in said)
    return (_of_words(features, name, left), *filled)


def _of_words(features: list[float], name: str, left: str) -> str:
    covered, covering = features[_AT["covered"]], features[_AT["covering"]]
    if features[_AT["same text"]]:
        return f"the same as its name '{name}'"
    if features[_AT["same words"]]:
        return f"the same words as its name '{name}'{f', but for {left!r}' if left else ''}"
    if features[_AT["alike"]] > _MUCH:
        return f"nearly the same as its name '{name}'"
    if covered > _MOST and covering > _MOST:
        return f"most words agree with its name '{name}', some by meaning or sound"
    if covered > _MOST:
        return f"its name '{name}' has these words and more"
    if covering > _MOST:
        return f"the name has all words of its name '{name}' and more"
    return f"some words agree with its name '{name}'"


def _as_written(token: str, name: str) -> str:
    """Return the words of a name that a token stands for, as they are written there."""
    words = [word.strip(_MARKS) for word in name.split()]
    for length in (1, 2, 3, 4):
        for start in range(len(words) - length + 1):
            run = " ".join(words[start : start + length])
            if analyse(run).tokens == (token,):
                return run
    return token.lstrip("~")
