"""Fit the model that turns the agreement of a name and a thing into a probability.

    python scripts/fit_matcher.py ror-dump.json            writes diaspora_kg/linking/fitted.json
    python scripts/fit_matcher.py ror-dump.json --check    fits on one half, measures on the other

Needs scipy. The names are made from the registry by ``name_variants.py``: for each seed the
registry loses some things and aliases, and the names of the lost ones are asked for too. No file of
names with known answers is read here; such a file is for measuring ('diaspora-kg link evaluate').
The same registry, seeds and program give the same numbers.
"""

import argparse
import json
import sys
from pathlib import Path
from zlib import crc32

import numpy as np
from name_variants import NIL, make_gold
from scipy.optimize import minimize

from diaspora_kg.linking.building import build_index
from diaspora_kg.linking.evaluation import recall_at_precision
from diaspora_kg.linking.fitted import SURENESS, Model, sureness_features
from diaspora_kg.linking.matching import Matcher
from diaspora_kg.linking.registries import open_registry
from diaspora_kg.linking.scoring import FEATURES

TARGET = Path(__file__).parent.parent / "diaspora_kg" / "linking" / "fitted.json"
NOTE = (
    "Made by scripts/fit_matcher.py; not written by hand. Weights of the features of "
    "diaspora_kg/linking/scoring.py in two logistic models; see docs/linking.md."
)
_RANKING_PENALTY, _SURENESS_PENALTY = 0.0005, 0.0002


class Sample:
    """Names with the agreement of their candidates."""

    def __init__(self, rows: list[tuple[str, list[list[float]], int | None]]) -> None:
        """Take, for each name, what it means, its candidates, and which of these is right."""
        self.rows = rows

    def half(self, which: int) -> "Sample":
        """Return the names of one half of the things, split by their IRIs."""
        return Sample([row for row in self.rows if crc32(row[0].encode()) % 2 == which])


def main() -> None:
    """Fit, check or write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("registry", type=Path)
    parser.add_argument("--seeds", default="1,2,3", help="one made registry a seed")
    parser.add_argument("--names", type=int, default=2500, help="names a seed")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    seeds = [int(seed) for seed in options.seeds.split(",")]
    sample = make_sample(options.registry, seeds, options.names)
    if options.check:
        for which in (0, 1):
            report(fit(sample.half(which)), sample.half(1 - which), f"held-out half {1 - which}")
        return
    model = fit(sample)
    report(model, sample, "the names it was fitted on")
    TARGET.write_text(as_json(model, options, seeds), "utf-8")


def make_sample(path: Path, seeds: list[int], names: int) -> Sample:
    """Make names from a registry and compare them with it."""
    entries = list(open_registry(path).entries())
    blank = Model((0.0,) * len(FEATURES), (0.0,) * len(SURENESS), 0.0)
    rows = []
    for seed in seeds:
        kept, asked = make_gold(entries, seed)
        matcher = Matcher(build_index(kept), blank)
        number = {iri: at for at, iri in enumerate(matcher.index.iris)}
        for row in asked[:names]:
            _, things, features = matcher.compared(row.name, row.country)
            right = number.get(row.expected)
            at = things.index(right) if right in things else None
            key = row.expected if row.expected != NIL else NIL + row.name
            rows.append((key, features, at))
    return Sample(rows)


def fit(sample: Sample) -> Model:
    """Fit the ranking, then how sure its best candidate is."""
    ranking = fit_ranking([(f, at) for _, f, at in sample.rows if at is not None and len(f) > 1])
    sure, right = sureness_of(sample, ranking)
    weights, intercept = fit_sureness(sure, right)
    return Model(tuple(ranking), tuple(weights), intercept)


def fit_ranking(rows: list[tuple[list[list[float]], int]]) -> np.ndarray:
    """Maximise the likelihood of the right candidate among all (McFadden's conditional logit)."""
    values = np.vstack([np.array(features) for features, _ in rows])
    scale = values.std(0) + 1e-6
    values = values / scale
    lengths = [len(features) for features, _ in rows]
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    group = np.repeat(np.arange(len(rows)), lengths)
    right = starts + np.array([at for _, at in rows])
    chosen = np.zeros(len(values))
    chosen[right] = 1

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = values @ weights
        highest = np.maximum.reduceat(scores, starts)
        powers = np.exp(scores - highest[group])
        totals = np.add.reduceat(powers, starts)
        likelihood = (scores[right] - highest - np.log(totals)).mean()
        slope = values.T @ (powers / totals[group] - chosen) / len(rows)
        penalty = _RANKING_PENALTY * weights @ weights
        return penalty - likelihood, slope + 2 * _RANKING_PENALTY * weights

    return minimize(loss, np.zeros(values.shape[1]), jac=True, method="L-BFGS-B").x / scale


def ordered(features: list[list[float]], ranking: np.ndarray) -> tuple[list[int], list[float]]:
    """Return the candidates best first, and their rank values."""
    ranks = np.array(features) @ ranking
    order = np.argsort(-ranks, kind="stable")
    return list(order), list(ranks[order])


def sureness_of(sample: Sample, ranking: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return what the second model sees, and whether the best candidate was right."""
    seen, right = [], []
    for _, features, at in sample.rows:
        if features:
            order, ranks = ordered(features, ranking)
            seen.append(sureness_features([features[i] for i in order], ranks))
            right.append(order[0] == at)
    return np.array(seen), np.array(right, dtype=float)


def fit_sureness(values: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, float]:
    """Fit a logistic model with a small penalty."""
    middle, scale = values.mean(0), values.std(0) + 1e-6
    given = np.hstack([(values - middle) / scale, np.ones((len(values), 1))])
    sign = 2 * right - 1

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        margin = sign * (given @ weights)
        value = np.logaddexp(0, -margin).mean() + _SURENESS_PENALTY * weights[:-1] @ weights[:-1]
        slope = -(given.T @ (sign / (1 + np.exp(margin)))) / len(given)
        slope[:-1] += 2 * _SURENESS_PENALTY * weights[:-1]
        return value, slope

    found = minimize(loss, np.zeros(given.shape[1]), jac=True, method="L-BFGS-B").x
    weights = found[:-1] / scale
    return weights, float(found[-1] - weights @ middle)


def report(model: Model, sample: Sample, what: str) -> None:
    """Say how good a model is on some names."""
    ranking = np.array(model.ranking)
    outcomes, answers = [], 0
    for key, features, at in sample.rows:
        answers += not key.startswith(NIL)
        if features:
            order, ranks = ordered(features, ranking)
            sure = model.probabilities([features[i] for i in order], ranks)[0]
            outcomes.append((sure, order[0] == at))
    first = sum(right for _, right in outcomes) / answers
    recall, threshold = recall_at_precision(outcomes, answers, 0.98)
    brier = sum((sure - right) ** 2 for sure, right in outcomes) / len(outcomes)
    print(
        f"{what}: first {first:.3f}, recall at 98 % {recall:.3f} from {threshold:.2f} on, "
        f"Brier {brier:.4f}, {len(sample.rows)} names",
        file=sys.stderr,
    )


def as_json(model: Model, options: argparse.Namespace, seeds: list[int]) -> str:
    """Return the model as it is kept."""
    numbers = {
        "note": NOTE,
        "fitted on": f"{options.names} names for each of the seeds {seeds}",
        "ranking": {n: round(w, 4) for n, w in zip(FEATURES, model.ranking, strict=True)},
        "sureness": {n: round(w, 4) for n, w in zip(SURENESS, model.sureness, strict=True)},
        "intercept": round(model.intercept, 4),
    }
    return json.dumps(numbers, indent=2) + "\n"


if __name__ == "__main__":
    main()
