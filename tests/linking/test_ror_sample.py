"""The matcher on real names, where the data are beside the repository."""

import pytest

from diaspora_kg.linking.evaluation import Evaluation, evaluate, read_gold
from diaspora_kg.linking.matching import open_matcher
from tests.linking.conftest import SHARED

REGISTRY = SHARED / "ror-registry-sample.json"
GOLD = SHARED / "ror-linking-dev.csv"

pytestmark = pytest.mark.skipif(
    not (REGISTRY.exists() and GOLD.exists()),
    reason="needs ror-registry-sample.json and ror-linking-dev.csv beside the repository",
)


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    """Measure the packaged model."""
    return evaluate(read_gold(GOLD), open_matcher(REGISTRY, tmp_path_factory.mktemp("cache")))


def test_first_candidates(measured: Evaluation) -> None:
    """At least 92 of 100 names that have an answer have the right first candidate."""
    assert measured.total.first_candidate is not None
    assert measured.total.first_candidate >= 0.92


def test_recall_at_98_precision(measured: Evaluation) -> None:
    """At least 88 of 100 are found where two of 100 accepted may be wrong."""
    assert measured.recall_at_98_precision >= 0.88
    assert measured.total.precision is not None
    assert measured.total.precision >= 0.98


def test_names_without_an_answer(measured: Evaluation) -> None:
    """At that threshold, most names without an answer get none."""
    assert measured.nil_rejected is not None
    assert measured.nil_rejected >= 0.85


def test_probabilities_are_calibrated(measured: Evaluation) -> None:
    """What is said to be nearly sure is right as often as it is said."""
    surest = measured.bins[-1]

    assert abs(surest.said - surest.right) < 0.02
    assert measured.brier < 0.05
