"""The garbage collector pauses for bulk work, and only for that."""

import gc
from collections.abc import Iterator

import pytest

from diaspora_kg.collector import collector_paused


@pytest.fixture
def _thawed() -> Iterator[None]:
    """Let the collector look at everything, as in a process of the program."""
    gc.unfreeze()
    yield
    gc.freeze()


def test_the_collector_pauses_in_the_block() -> None:
    """Within the block the collector is off, and after it on again."""
    with collector_paused():
        within = gc.isenabled()

    assert (within, gc.isenabled()) == (False, True)


def test_an_inner_block_does_not_end_the_pause() -> None:
    """A block within a block leaves the collector off for the outer one."""
    with collector_paused():
        with collector_paused():
            pass
        after_the_inner = gc.isenabled()

    assert after_the_inner is False


def test_an_error_ends_the_pause() -> None:
    """The collector is on again when the block fails."""

    @collector_paused()
    def fail() -> None:
        raise ValueError("bulk work failed")

    with pytest.raises(ValueError, match="bulk work failed"):
        fail()

    assert gc.isenabled() is True


@pytest.mark.usefixtures("_thawed")
def test_the_end_of_the_block_looks_at_nothing() -> None:
    """What was made in the block sets off no collection when the collector is on again."""
    gc.collect()
    before = gc.get_stats()[0]["collections"]
    with collector_paused():
        made = [[number] for number in range(10 * gc.get_threshold()[0])]

    more = [[number] for number in range(10)]

    assert gc.get_stats()[0]["collections"] == before, f"{len(made) + len(more)} lists"


@pytest.mark.usefixtures("_thawed")
def test_circles_of_the_block_are_found_later() -> None:
    """A circle that was made in the block is taken back by a later full collection."""
    gc.collect()
    with collector_paused():
        circle: list[object] = []
        circle.append(circle)
        del circle

    found = gc.collect()

    assert found == 1


def test_what_was_frozen_stays_frozen() -> None:
    """What somebody has frozen before the block is frozen after it."""
    held: list[object] = []
    gc.freeze()

    with collector_paused():
        pass

    assert gc.get_freeze_count() > 0
    assert all(known is not held for known in gc.get_objects())  # the frozen are not listed
