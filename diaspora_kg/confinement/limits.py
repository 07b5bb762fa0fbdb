"""What a query from outside may take."""

import math
from dataclasses import dataclass, replace

from diaspora_kg.errors import DiasporaKGError

_MOMENT = 0.001


@dataclass(frozen=True)
class Limits:
    """Limits of one query; 0 stands for no limit. Raises ``DiasporaKGError`` (DKG415)."""

    seconds: float = 60.0
    """Wall-clock time, from the moment at which the graph is open to the last row."""
    rows: int = 100_000
    """Rows of an answer. More are left out, and the answer says so."""
    megabytes: int = 1024
    """Memory for the query on top of the opened graph; its answer may not be larger either."""
    spent: float = 0.0
    """Seconds of the time that are over: for asking other services."""

    def __post_init__(self) -> None:
        """Check that each limit is a number of at least nought."""
        for name, value in (
            ("time", self.seconds),
            ("rows", self.rows),
            ("memory", self.megabytes),
        ):
            if not math.isfinite(value) or value < 0:
                raise DiasporaKGError(
                    "DKG415",
                    f"{value} is no limit of {name}",
                    "Write a number of seconds, rows or megabytes; 0 means no limit.",
                )

    def less(self, seconds: float) -> "Limits":
        """Return the limits of a query that has taken so many seconds already."""
        return replace(self, spent=self.spent + seconds)

    @property
    def left(self) -> float:
        """The seconds that are left, a moment at least; 0 where there is no limit."""
        return max(self.seconds - self.spent, _MOMENT) if self.seconds else 0.0

    @property
    def bytes(self) -> int:
        """The limit of memory in bytes."""
        return self.megabytes * 1024 * 1024
