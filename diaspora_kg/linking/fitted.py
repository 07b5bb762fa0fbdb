"""The fitted model: from the numbers of an agreement to a probability.

Two logistic models, fitted by ``scripts/fit_matcher.py`` on names that were made from a registry.
The first ranks the candidates of a name (a conditional logit: the right one among all); the
second says how likely the best one is right, also from its lead over the others.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp, log1p

from diaspora_kg.linking.scoring import FEATURES

SURENESS = (*FEATURES, "rank", "lead", "log lead", "share", "rank squared", "others alike")
"""What the second model looks at."""

_MOST_LEAD = 8.0


@dataclass(frozen=True, slots=True)
class Model:
    """The numbers of both models."""

    ranking: tuple[float, ...]
    """A weight for each of ``FEATURES``."""
    sureness: tuple[float, ...]
    """A weight for each of ``SURENESS``."""
    intercept: float

    def rank(self, features: list[float]) -> float:
        """Return the rank value of a candidate; the highest is the best."""
        return sum(map(float.__mul__, self.ranking, features))

    def probabilities(self, features: list[list[float]], ranks: list[float]) -> list[float]:
        """Return how likely each candidate is the right one; they are given best first.

        The ranking says how likely each is right if one of them is. The best can be no surer
        than that, and the others follow from it by their rank values.
        """
        if not features:
            return []
        given = sureness_features(features, ranks)
        first = 1 / (1 + exp(-self.intercept - sum(map(float.__mul__, self.sureness, given))))
        first = min(first, given[SURENESS.index("share")])
        return [first * exp(rank - ranks[0]) for rank in ranks]


def sureness_features(features: list[list[float]], ranks: list[float]) -> list[float]:
    """Return what says how sure the best candidate is; they are given best first."""
    lead = min(_MOST_LEAD, ranks[0] - ranks[1]) if len(ranks) > 1 else _MOST_LEAD
    share = 1 / sum(exp(rank - ranks[0]) for rank in ranks)
    words = FEATURES.index("same words")
    alike = float(sum(candidate[words] for candidate in features[1:]))
    return [
        *features[0],
        ranks[0],
        lead,
        log1p(lead),
        share,
        ranks[0] ** 2 / 50,
        min(3.0, alike),
    ]


@cache
def fitted_model() -> Model:
    """Return the model that comes with the program."""
    text = (files("diaspora_kg") / "linking" / "fitted.json").read_text("utf-8")
    numbers = json.loads(text)
    return Model(
        ranking=tuple(float(numbers["ranking"][name]) for name in FEATURES),
        sureness=tuple(float(numbers["sureness"][name]) for name in SURENESS),
        intercept=float(numbers["intercept"]),
    )
