"""The reasons that are given for slow queries."""

import pytest

pytest.importorskip("benchmarks", reason="the benchmarks stand in a checkout only")

from benchmarks.reasons import REASONS, reason_of
from diaspora_kg.reading.queries import packaged_queries


def test_a_reason_is_given_only_of_queries_that_exist() -> None:
    """No reason outlives its query."""
    assert set(REASONS) <= set(packaged_queries())


def test_a_query_without_a_known_reason_is_not_excused() -> None:
    """What nobody has looked into is said to be unknown."""
    assert reason_of("caveats") == "the reason is not known"
