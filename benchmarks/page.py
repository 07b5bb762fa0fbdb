"""docs/performance.md, out of what was measured: figures, what they are worth, what falls short."""

import os
import platform
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks import commands, incremental
from benchmarks.figures import (
    SLOW_QUERY,
    SMALLEST,
    TARGET_SIZE,
    aimed_at,
    given_up,
    growth_exponent,
    in_seconds,
    query_seconds,
    ratio_of,
    seconds_of,
)
from benchmarks.outcome import Stage
from benchmarks.reasons import reason_of
from benchmarks.results import Results
from benchmarks.shortfalls import shortfalls
from benchmarks.stages import STAGES
from benchmarks.stages.closing import CLOSURE, PREMISES
from benchmarks.stages.limits import LOADING_THE_RESULT, PARSING
from benchmarks.stages.pipelines import FROM_TABLES, FROM_YAML
from benchmarks.stages.querying import LIMIT, QUERIES

_INTRODUCTION = """\
# Performance

Measured by `make bench` (`python -m benchmarks.run`), which anyone can run: seeded cases of the
domain are generated, and ours and other engines take turns at each stage, every run in a process
of its own. Figures are medians; *peak* is the most memory that the process held. A size is the
number of triples that the cases state together with the table of states and regions; the finished
graph, with the ontology and what is inferred, is larger by half and more. What has to be there
before a stage begins, such as loading the data to be validated, is not counted.

Ratios are worth more than seconds, which belong to this machine:"""

_METHOD = f"""\
## How it is measured

The generator (`benchmarks/generator.py`) draws every case from a chance of its own, seeded by its
number: claims with evidence, coding, attributions and hedges, sources, entities, figures, and
claims that stand against one another. The data to be validated have a blemish in about one of
sixty locators, subjects, confidences, dates, polarities and labels. The 44 property shapes are
`benchmarks/shapes.ttl`.

*The others* of the whole pipeline read, find conflicts and accept with our code, for there is no
other; then an rdflib graph is made, validated by pySHACL and serialised. The closure is counted
with owlrl's seconds on what the pipeline infers from at 10,000 triples, scaled linearly to the
size: owlrl cannot do more in a time that anyone would wait.

Queries run with the examples of their required parameters, things of the generated cases in place
of those of the packaged ones. Ours ask the store on disk, rdflib a graph in memory. A query of
rdflib is given up after {LIMIT:g} seconds, which then is what it counts; its rows are not compared.

    python -m benchmarks.run --quick                     the smallest size, once, in minutes
    python -m benchmarks.run --stages load,shapes        some stages
    python -m benchmarks.run --sizes 10000,100000        some sizes

A run that is broken off goes on where it was. `python -m benchmarks.inference` compares the
closure with owlrl's on the packaged graph, or on any RDF files."""


def write_page(results: Results, sizes: Sequence[int]) -> str:
    """Return the page as Markdown."""
    parts = [
        _INTRODUCTION,
        f"{_machine()}.",
        *_section("What is aimed at", _targets(results)),
        *_section("The whole pipeline", _pipeline(results, sizes)),
        *_section("Every stage", _stages(results, sizes)),
        *_section("Queries", _queries(results, sizes)),
        *_section("What a person waits for", _commands(results)),
        *_section("One case of a thousand changed", _incremental(results)),
        *_section("Equal results", _equality(results, sizes)),
        *_section("What falls short", shortfalls(results, sizes)),
        _METHOD,
    ]
    return "\n\n".join(parts) + "\n"


def _section(title: str, lines: Iterable[str]) -> list[str]:
    held = list(lines)
    return [f"## {title}", "\n".join(held)] if held else []


def _machine() -> str:
    """Describe the machine in a line, without its name."""
    memory = ""
    if hasattr(os, "sysconf"):
        held = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
        memory = f", {held:.0f} GiB of memory"
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores{memory}, "
        f"Python {platform.python_version()}"
    )


# --- Figures ----------------------------------------------------------------------------


def _targets(results: Results) -> Iterator[str]:
    rows = []
    for stage in STAGES.values():
        size = aimed_at(stage)
        ratio = ratio_of(results, stage, size)
        if stage.aim is None or ratio is None:
            continue
        runs = [len(results.good(stage.name, e, size)) for e in ("ours", stage.against)]
        rows.append(
            f"| {stage.title} | {size:,} | {in_seconds(seconds_of(results, stage, 'ours', size))} "
            f"| {stage.against} {in_seconds(seconds_of(results, stage, stage.against, size))} "
            f"| {_at_least(results, stage, size)}{ratio:.0f} times | {stage.aim:g} times "
            f"| {_agreement(results, stage, size)} "
            f"| {runs[0]}, {runs[1]} |"
        )
    if rows:
        yield "| stage | triples | ours | against | faster | aim | results | runs |"
        yield "|---|---|---|---|---|---|---|---|"
        yield from rows


def _at_least(results: Results, stage: Stage, size: int) -> str:
    """Return what stands before a ratio in which queries count that were given up."""
    return "at least " if stage is QUERIES and given_up(results, size) else ""


def _agreement(results: Results, stage: Stage, size: int) -> str:
    comparison = results.comparison(stage.name, stage.against, size)
    if comparison is None:
        counts = [
            run[0].counts.get("quads", run[0].counts.get("triples"))
            for run in (results.good(stage.name, e, size) for e in ("ours", stage.against))
        ]
        return "equal in number" if counts[0] == counts[1] else f"{counts[0]} against {counts[1]}"
    if not comparison.is_equal:
        return "differ"
    return "equal, but for what is argued below" if comparison.argued else "equal"


def _stages(results: Results, sizes: Sequence[int]) -> Iterator[str]:
    head = " | ".join(f"{size:,}, s | peak, MB | runs" for size in sizes)
    rows = []
    for stage in STAGES.values():
        for engine in stage.engines:
            if any(results.of(stage.name, engine, size) for size in sizes):
                cells = " | ".join(_cells(results, stage.name, engine, size) for size in sizes)
                rows.append(f"| {stage.title} | {engine} | {cells} |")
    if rows:
        yield f"| stage | by | {head} |"
        yield "|---|---|" + "---|---|---|" * len(sizes)
        yield from rows


def _cells(results: Results, stage: str, engine: str, size: int) -> str:
    runs = results.of(stage, engine, size)
    good = results.good(stage, engine, size)
    if not good:
        return "failed |  | " if runs else "– |  | "
    seconds, peak = results.seconds(stage, engine, size), results.peak(stage, engine, size)
    return f"{in_seconds(seconds)} | {peak:.0f} | {len(good)}"


# --- The pipeline -----------------------------------------------------------------------


def _pipeline(results: Results, sizes: Sequence[int]) -> Iterator[str]:
    rows = []
    before: dict[str, tuple[int, float]] = {}
    for size in sizes:
        for stage in (FROM_YAML, FROM_TABLES):
            ours = results.seconds(stage.name, "ours", size)
            load = results.seconds(LOADING_THE_RESULT.name, "Oxigraph", size)
            if ours is None:
                continue
            quads = results.good(stage.name, "ours", size)[0].counts["quads"]
            times = "–" if load is None else f"{ours / load:.1f}"
            peak = results.peak(stage.name, "ours", size)
            growth = _growth(before.get(stage.name), (size, ours))
            before[stage.name] = (size, ours)
            rows.append(
                f"| {stage.title} | {size:,} | {quads:,} | {in_seconds(ours)} | {times} "
                f"| {peak:.0f} | {growth} |"
            )
    if rows:
        yield (
            "*Times loading* is what the pipeline takes in units of what Oxigraph needs to load "
            "the finished graph into memory; *growth* the exponent of the seconds from the size "
            "above, beside that of n log n."
        )
        yield ""
        yield "| pipeline | triples | quads of the graph | s | times loading | peak, MB | growth |"
        yield "|---|---|---|---|---|---|---|"
        yield from rows
    yield from _beside_others(results)
    yield from _rates(results, sizes)


def _beside_others(results: Results) -> Iterator[str]:
    """Yield how the ratio depends on what owlrl is counted with."""
    owlrl = results.seconds(PREMISES.name, "owlrl", SMALLEST)
    whole = results.seconds(CLOSURE.name, "owlrl", SMALLEST)
    given = [results.good(PREMISES.name, "ours", size) for size in (SMALLEST, TARGET_SIZE)]
    rows = []
    for stage in (FROM_YAML, FROM_TABLES):
        ours = results.seconds(stage.name, "ours", TARGET_SIZE)
        theirs = results.seconds(stage.name, "others", TARGET_SIZE)
        if not ours or not theirs or not owlrl or not whole or not all(given):
            continue
        larger = given[1][0].counts["given"] / given[0][0].counts["given"]
        scale = TARGET_SIZE / SMALLEST
        closures = (0.0, owlrl * larger, owlrl * scale, whole * scale)
        cells = " | ".join(f"{(theirs + closure) / ours:.1f}" for closure in closures)
        rows.append(f"| {stage.title} | {cells} |")
    if rows:
        yield ""
        yield (
            f"How many times as fast as the others at {TARGET_SIZE:,} triples depends on what "
            "owlrl is counted with:"
        )
        yield ""
        yield (
            "| pipeline | no closure at all | what is accepted, scaled by the triples given | the "
            "same, scaled by the size (as aimed at) | all that is stated, scaled by the size |"
        )
        yield "|---|---|---|---|---|"
        yield from rows


def _growth(before: tuple[int, float] | None, now: tuple[int, float]) -> str:
    if before is None:
        return "–"
    exponent, bound = growth_exponent(before, now)
    return f"{exponent:.2f} ({bound:.2f})"


def _rates(results: Results, sizes: Sequence[int]) -> Iterator[str]:
    for size in sizes[-1:]:
        runs = results.good(PARSING.name, "Oxigraph", size)
        seconds = results.seconds(PARSING.name, "Oxigraph", size)
        if runs and seconds:
            quads, held = runs[0].counts["quads"], runs[0].counts["bytes"]
            yield ""
            yield (
                f"The physical limit: Oxigraph parses that graph at {size:,} triples in a stream "
                f"at {held / seconds / 1e6:.0f} MB/s, {quads / seconds:,.0f} quads a second."
            )


# --- Queries ----------------------------------------------------------------------------


def _queries(results: Results, sizes: Sequence[int]) -> Iterator[str]:
    measured = [size for size in sizes if results.good(QUERIES.name, "ours", size)]
    if not measured:
        return
    largest = measured[-1]
    slowest = sorted(query_seconds(results, largest).items(), key=lambda item: -item[1])
    yield f"The ten slowest of the packaged queries at {largest:,} triples:"
    yield ""
    yield "| query | " + " | ".join(f"{size:,}, s" for size in measured) + " | rows |"
    yield "|---|" + "---|" * (len(measured) + 1)
    rows = results.good(QUERIES.name, "ours", largest)[0].counts
    for name, _ in slowest[:10]:
        cells = " | ".join(in_seconds(query_seconds(results, size).get(name)) for size in measured)
        yield f"| {name} | {cells} | {rows.get(name, 0):,} |"
    late = [name for name, seconds in slowest if seconds > SLOW_QUERY]
    yield ""
    if not late:
        yield f"No query takes over {SLOW_QUERY:g} s."
    else:
        yield f"Over {SLOW_QUERY:g} s, and why:"
        yield ""
        yield from (f"* {name}: {reason_of(name)}." for name in late)


# --- Processes --------------------------------------------------------------------------


def _commands(results: Results) -> Iterator[str]:
    rows = []
    for job in commands.jobs(Path("kg")):
        runs = [run.seconds for run in results.good(job.name, "ours", commands.PACKAGED)]
        if runs:
            peak = results.peak(job.name, "ours", commands.PACKAGED)
            median = results.seconds(job.name, "ours", commands.PACKAGED)
            rows.append(
                f"| {job.name} | {median:.2f} | {min(runs):.2f} | {max(runs):.2f} | {job.aim:g} "
                f"| {peak:.0f} |"
            )
    if rows:
        yield "Whole processes, from start to exit, on the packaged cases."
        yield ""
        yield "| what | median, s | fastest, s | slowest, s | aim, s | peak, MB |"
        yield "|---|---|---|---|---|---|"
        yield from rows
        yield ""
        loaded = commands.libraries_loaded_for_help()
        yield f"RDF libraries loaded for help: {', '.join(loaded) or 'none'}."


def _incremental(results: Results) -> Iterator[str]:
    full = results.seconds(incremental.STAGE, "full build", incremental.CASES)
    again = results.seconds(incremental.STAGE, "rebuild", incremental.CASES)
    if full and again:
        runs = len(results.good(incremental.STAGE, "rebuild", incremental.CASES))
        yield (
            f"A full build of {incremental.CASES:,} cases takes {in_seconds(full)} s, a build "
            f"after one of them was edited {in_seconds(again)} s: {full / again:.1f} times as "
            f"fast, whole processes, medians of {runs} edits. The graphs are the same to the byte."
        )


# --- What differs --------------------------------------------------------------------


def _equality(results: Results, sizes: Sequence[int]) -> Iterator[str]:
    rows = []
    for stage in STAGES.values():
        for engine in stage.engines:
            for size in sizes:
                found = results.comparison(stage.name, engine, size)
                if found is not None:
                    reasons = "; ".join(f"{n:,} × {why}" for why, n in sorted(found.argued.items()))
                    rows.append(
                        f"| {stage.title} | {engine} | {size:,} | {found.same:,} "
                        f"| {found.only_ours:,} | {found.only_theirs:,} | {reasons} |"
                    )
    if rows:
        yield "| stage | beside | triples | same | only ours | only theirs | explained |"
        yield "|---|---|---|---|---|---|---|"
        yield from rows
