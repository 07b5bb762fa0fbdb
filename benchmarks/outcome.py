"""What a stage is, and what one run of it gives."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.corpus import Files


@dataclass
class Outcome:
    """One run of one engine."""

    seconds: float = 0.0
    """What the stage takes; what has to be there before, such as loading, is not counted."""
    parts: dict[str, float] = field(default_factory=dict)
    """Seconds of what is worth telling apart."""
    counts: dict[str, int] = field(default_factory=dict)
    """How many of what came out."""
    answer: list[str] = field(default_factory=list)
    """What came out, a line each, to be compared with what other engines give."""
    peak: float = 0.0
    """Megabytes that the process held at most."""

    @contextmanager
    def timed(self, part: str = "") -> Iterator[None]:
        """Count what the block takes; under the name of a part, if one is given."""
        start = time.perf_counter()
        try:
            yield
        finally:
            taken = time.perf_counter() - start
            self.seconds += taken
            if part:
                self.parts[part] = self.parts.get(part, 0.0) + taken


Engine = Callable[[Files, Path], Outcome]
"""Runs a stage on the files of a size; the path is an empty folder for what it writes."""


@dataclass(frozen=True)
class Stage:
    """Something that is measured."""

    name: str
    title: str
    engines: Mapping[str, Engine]
    """``ours`` first."""
    up_to: Mapping[str, int] = field(default_factory=dict)
    """The largest size of an engine that takes too long beyond it."""
    aim: float | None = None
    """How many times as fast as ``against`` it should be at 100,000 triples."""
    against: str = ""
    compared: Mapping[str, Callable[[str], str]] = field(default_factory=dict)
    """What of a line of ours can be compared with an engine that tells less."""
    finished: Callable[[list[str], list[str]], tuple[list[str], list[str]]] | None = None
    """Returns the parts of two answers that both engines came to."""
    argued: Callable[[str], str | None] = lambda line: None
    """Return why a line that only one engine gives is no mistake; None when it is one."""

    def engines_at(self, size: int) -> Iterable[str]:
        """Return the engines that are run at a size."""
        return (name for name in self.engines if size <= self.up_to.get(name, size))
