"""The garbage collector, kept out of the way of bulk work.

Python's collector looks at all that lives again and again while millions of terms are made, and
finds nothing: they hang in no circles. Half of the time of a large build went there.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Run a block, or as a decorator a function, without collections of the garbage collector.

    What nothing refers to any more is freed all the same; only circles wait. Inside another such
    block, and where the collector is switched off already, it stays off. What was made in the
    block and still lives counts as old after it: it is looked at again only with all the rest.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if not gc.get_freeze_count():  # what somebody else has frozen stays so
                gc.freeze()
                gc.unfreeze()  # into the oldest generation; the young would be looked at now
            gc.enable()
