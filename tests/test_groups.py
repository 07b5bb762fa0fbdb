"""Tests of one group go to one worker."""

import pytest


@pytest.mark.xdist_group("together")
def test_the_scheduler_learns_of_groups(request: pytest.FixtureRequest) -> None:
    """The id of a test ends with its group when tests are handed out by groups."""
    if not getattr(request.config.option, "loadgroup", False):
        pytest.skip("tests are not handed out by groups: pytest -n 2 --dist loadgroup")

    assert request.node.nodeid.endswith("::test_the_scheduler_learns_of_groups@together")
