"""The garbage collector pauses for bulk work, and only for that."""

import gc

import pytest

from diaspora_kg.collector import collector_paused


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
