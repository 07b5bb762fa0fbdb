"""How much a second evaluation may cost: a count of what it reads and holds, and no clock.

Counts are the same on every machine, so that evidence which is given once is given always.
"""

from collections.abc import Iterable, Iterator
from typing import TypeVar

_Any = TypeVar("_Any")

MOST_HELD = 500_000
"""Solutions that are kept while the query is followed; each takes about a kilobyte."""
MOST_READ = 5_000_000
"""Triples that are looked at; a minute or two."""


class NotTraceableError(Exception):
    """The query uses something that this evaluation does not follow."""


class TooMuchToTraceError(NotTraceableError):
    """Following the query would take more memory or time than is reasonable (DKG460)."""

    def __init__(self, what: str) -> None:
        """Take what there is too much of, in words."""
        super().__init__(f"it takes {what}, too many to trace (DKG460)")


class Effort:
    """What one evaluation has cost so far."""

    def __init__(self, most_held: int = MOST_HELD, most_read: int = MOST_READ) -> None:
        """Take how many solutions may be held and how many triples may be read."""
        self.most_held, self.most_read = most_held, most_read
        self._stays = 0
        self._read = 0

    def holding(self, solutions: Iterable[_Any], *, stays: bool = False) -> Iterator[_Any]:
        """Yield solutions that whoever asks gathers: to the end of all if they stay.

        Raises ``TooMuchToTraceError`` when with those that stay there are too many.
        """
        gathered = 0
        for solution in solutions:
            gathered += 1
            if self._stays + gathered > self.most_held:
                raise TooMuchToTraceError(f"more than {self.most_held:,} solutions at once")
            yield solution
        if stays:
            self._stays += gathered

    def read(self) -> None:
        """Count a triple that was looked at.

        Raises ``TooMuchToTraceError`` when there were too many.
        """
        self._read += 1
        if self._read > self.most_read:
            raise TooMuchToTraceError(f"more than {self.most_read:,} triples to be looked at")
