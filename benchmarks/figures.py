"""Figures out of what was measured: medians, ratios, growth."""

import math

from benchmarks.outcome import Stage
from benchmarks.results import Results
from benchmarks.stages.closing import PREMISES
from benchmarks.stages.querying import LIMIT, QUERIES

TARGET_SIZE, SMALLEST, LARGEST = 100_000, 10_000, 1_000_000
"""The size at which aims hold, and those between which growth is looked at."""
SLOW_QUERY = 2.0
"""Seconds that no packaged query should take."""


def seconds_of(results: Results, stage: Stage, engine: str, size: int) -> float | None:
    """Return the median seconds of an engine; for the other pipeline with owlrl's closure."""
    seconds = results.seconds(stage.name, engine, size)
    if seconds is None or engine != "others":
        return seconds
    closure = results.seconds(PREMISES.name, "owlrl", SMALLEST)
    return None if closure is None else seconds + closure * size / SMALLEST


def ratio_of(results: Results, stage: Stage, size: int) -> float | None:
    """Return how many times as fast ours is as what it is held against."""
    ours = seconds_of(results, stage, "ours", size)
    theirs = seconds_of(results, stage, stage.against, size)
    return theirs / ours if ours and theirs else None


def aimed_at(stage: Stage) -> int:
    """Return the size at which a stage is held to its aim: the largest that both can do."""
    return min(TARGET_SIZE, stage.up_to.get(stage.against, TARGET_SIZE))


def query_seconds(results: Results, size: int, engine: str = "ours") -> dict[str, float]:
    """Return the median seconds of every query at a size."""
    runs = results.good(QUERIES.name, engine, size)
    names = [name for name in (runs[0].parts if runs else {}) if name != "opening"]
    return {name: sorted(run.parts[name] for run in runs)[len(runs) // 2] for name in names}


def given_up(results: Results, size: int) -> list[str]:
    """Return the queries that rdflib did not finish at a size."""
    taken = query_seconds(results, size, "rdflib")
    return [name for name, seconds in taken.items() if seconds >= LIMIT]


def growth_exponent(before: tuple[int, float], now: tuple[int, float]) -> tuple[float, float]:
    """Return the exponent by which seconds grow between two sizes, and that of n log n."""
    larger = math.log(now[0] / before[0])
    slower = math.log(now[1] / before[1])
    log_linear = math.log(now[0] * math.log(now[0]) / (before[0] * math.log(before[0])))
    return slower / larger, log_linear / larger


def in_seconds(seconds: float | None) -> str:
    """Return seconds with three figures or so; a dash for nothing measured."""
    if seconds is None:
        return "–"
    return (
        f"{seconds:.3f}"
        if seconds < 1
        else f"{seconds:.2f}"
        if seconds < 100
        else f"{seconds:,.0f}"
    )
