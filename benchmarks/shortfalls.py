"""What misses its aim, said plainly."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks import commands, incremental
from benchmarks.figures import (
    LARGEST,
    SLOW_QUERY,
    SMALLEST,
    aimed_at,
    given_up,
    growth_exponent,
    query_seconds,
    ratio_of,
)
from benchmarks.results import Results
from benchmarks.stages import STAGES
from benchmarks.stages.limits import LOADING_THE_RESULT
from benchmarks.stages.pipelines import FROM_TABLES, FROM_YAML

_TIMES_OF_LOADING, _MEMORY = 8.0, 4096.0


def shortfalls(results: Results, sizes: Sequence[int]) -> Iterator[str]:
    """Yield a line for everything that misses its aim, differs unexplained, or failed."""
    found = [*_missed(results, sizes), *_slow(results, sizes), *_failed(results, sizes)]
    yield from (f"* {line}" for line in found)
    if not found:
        yield "Nothing of what was measured misses its aim."


def _missed(results: Results, sizes: Sequence[int]) -> Iterator[str]:
    for stage in STAGES.values():
        ratio = ratio_of(results, stage, aimed_at(stage))
        if stage.aim is not None and ratio is not None and ratio < stage.aim:
            yield f"{stage.title}: {ratio:.1f} times {stage.against}, {stage.aim:g} are aimed at."
        for engine in stage.engines:
            for size in sizes:
                compared = results.comparison(stage.name, engine, size)
                if compared is not None and not compared.is_equal:
                    first = "; ".join(f"`{line}`" for line in compared.unargued[:2])
                    yield f"{stage.title}, {engine} at {size:,}: unexplained differences: {first}"
    if LARGEST in sizes:
        yield from _missed_at_the_top(results)


def _missed_at_the_top(results: Results) -> Iterator[str]:
    load = results.seconds(LOADING_THE_RESULT.name, "Oxigraph", LARGEST)
    for stage in (FROM_YAML, FROM_TABLES):
        ours = results.seconds(stage.name, "ours", LARGEST)
        peak = results.peak(stage.name, "ours", LARGEST)
        least = results.seconds(stage.name, "ours", SMALLEST)
        if ours and load and ours / load > _TIMES_OF_LOADING:
            yield f"{stage.title}: {ours / load:.1f} times loading the result, not below 8."
        if peak and peak > _MEMORY:
            yield f"{stage.title}: {peak:.0f} MB at {LARGEST:,} triples, not below 4 GB."
        if ours and least:
            exponent, bound = growth_exponent((SMALLEST, least), (LARGEST, ours))
            if exponent > bound:
                yield f"{stage.title}: grows by {exponent:.2f}, n log n by {bound:.2f}."


def _slow(results: Results, sizes: Sequence[int]) -> Iterator[str]:
    for size in sizes:
        for name, seconds in sorted(query_seconds(results, size).items()):
            if seconds > SLOW_QUERY:
                yield f"Query {name}: {seconds:.1f} s at {size:,} triples."
        unfinished = given_up(results, size)
        if unfinished:
            yield (
                f"rdflib did not finish {len(unfinished)} queries at {size:,} triples, whose rows "
                f"are not compared: {', '.join(unfinished)}."
            )
    for job in commands.jobs(Path("kg")):
        median = results.seconds(job.name, "ours", commands.PACKAGED)
        if median is not None and median > job.aim:
            yield f"{job.name}: {median:.2f} s, {job.aim:g} s are aimed at."


def _failed(results: Results, sizes: Sequence[int]) -> Iterator[str]:
    for stage in STAGES.values():
        for engine in stage.engines:
            for size in sizes:
                for run in results.of(stage.name, engine, size):
                    if run.failure:
                        yield f"{stage.title}, {engine} at {size:,}: {run.failure}"
    for run in results.of(incremental.STAGE, "rebuild", incremental.CASES):
        if run.failure:
            yield f"one case of a thousand changed: {run.failure}"
