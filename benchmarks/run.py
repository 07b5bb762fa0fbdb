"""Measure everything that is claimed of speed, and write docs/performance.md.

    python -m benchmarks.run                    all sizes, five paired runs: hours
    python -m benchmarks.run --quick            10,000 triples, one run each, no page: minutes
    python -m benchmarks.run --sizes 10000,100000 --stages load,shapes
    python -m benchmarks.run --fresh            forget what was measured before

Ours and the other engines take turns, each run in a process of its own. What was measured is kept
under .cache/benchmarks, so that a run that is broken off goes on where it was; it is forgotten
when the program has changed since, unless --keep is given.
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks import commands, incremental
from benchmarks.corpus import ROOT, Files
from benchmarks.corpus import prepare as prepare_files
from benchmarks.measuring import Run, measure
from benchmarks.outcome import Stage
from benchmarks.page import write_page
from benchmarks.results import Results, compare, fingerprint
from benchmarks.stages import STAGES

SIZES = (10_000, 100_000, 1_000_000)
CACHE = ROOT / ".cache" / "benchmarks"
PAGE = ROOT / "docs" / "performance.md"
COMMANDS = "commands"
_THREE_FROM, _ONE_FROM = 20.0, 100.0
"""Seconds from which on three runs, or one, have to do."""


def main() -> None:
    """Measure what is asked for and write, or print, the page."""
    options = _options()
    results = Results(CACHE / "results.json")
    _begin(results, options)
    for size in options.sizes:
        chosen = [STAGES[name] for name in options.stages if name in STAGES]
        if chosen:
            _say(f"{size:,} triples")
            files = prepare_files(CACHE / str(size), size)
            for stage in chosen:
                _measure_stage(stage, size, files, results, options.runs)
    if COMMANDS in options.stages:
        _measure_commands(results, options.runs)
    if incremental.STAGE in options.stages:
        _measure_incremental(results, min(3, options.runs))
    page = write_page(results, options.sizes)
    if options.quick:
        print(page)
    else:
        options.page.write_text(page, "utf-8")
        _say(f"written to {options.page}")


def _options() -> argparse.Namespace:
    everything = [*STAGES, COMMANDS, incremental.STAGE]
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", help="numbers of triples, with commas between them")
    parser.add_argument("--stages", help=f"with commas between them: {', '.join(everything)}")
    parser.add_argument("--runs", type=int, help="paired runs of each stage (5)")
    parser.add_argument("--quick", action="store_true", help="the smallest size, once, no page")
    parser.add_argument("--keep", action="store_true", help="keep results of an older program")
    parser.add_argument("--fresh", action="store_true", help="forget all results")
    parser.add_argument("--page", type=Path, default=PAGE, help="where the page is written")
    options = parser.parse_args()
    default = SIZES[:1] if options.quick else SIZES
    options.runs = options.runs or (1 if options.quick else 5)
    options.sizes = _numbers(options.sizes, parser) if options.sizes else default
    usual = [name for name in everything if not (options.quick and name == incremental.STAGE)]
    named = options.stages.split(",") if options.stages else usual
    options.stages = [name.strip() for name in named]
    for name in set(options.stages) - set(everything):
        parser.error(f"there is no stage '{name}'; stages are {', '.join(everything)}")
    return options


def _numbers(text: str, parser: argparse.ArgumentParser) -> tuple[int, ...]:
    try:
        sizes = tuple(int(part.replace("_", "")) for part in text.split(","))
    except ValueError:
        parser.error(f"'{text}' is no list of numbers; write 10000,100000")
    if min(sizes) < 5_000:
        parser.error("a size below 5,000 triples holds little but the table of states")
    return sizes


def _begin(results: Results, options: argparse.Namespace) -> None:
    now = fingerprint()
    if options.fresh or (results.fingerprint != now and not options.keep):
        if results.runs:
            _say("the program has changed since the last run, or --fresh was given: begin anew")
        results.forget()
        for size in (*SIZES, *options.sizes):
            shutil.rmtree(CACHE / str(size), ignore_errors=True)
    results.fingerprint = now
    results.forget_failures()


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


# --- Measuring --------------------------------------------------------------------------


def _measure_stage(stage: Stage, size: int, files: Files, results: Results, runs: int) -> None:
    engines = list(stage.engines_at(size))
    for number in range(runs):
        for engine in engines:
            done = results.of(stage.name, engine, size)
            if len(done) > number or not _is_wanted(done, number):
                continue
            answer = files.folder / f"{stage.name}.{engine}.txt"
            run = measure(stage.name, engine, size, files.folder, answer)
            results.add(stage.name, engine, size, run)
            _say(f"  {stage.name}, {engine}: {run.failure or f'{run.seconds:.3f} s'}")
            if number == 0 and not run.failure:
                _compare(stage, engines[0], engine, size, files, results)


def _is_wanted(done: list[Run], number: int) -> bool:
    """Tell whether another run is worth its time; one that failed fails again."""
    if any(run.failure for run in done):
        return False
    longest = max((run.seconds for run in done), default=0.0)
    return number < (1 if longest >= _ONE_FROM else 3 if longest >= _THREE_FROM else number + 1)


def _compare(
    stage: Stage, ours: str, engine: str, size: int, files: Files, results: Results
) -> None:
    paths = [files.folder / f"{stage.name}.{name}.txt" for name in (ours, engine)]
    if engine == ours or not paths[0].is_file():
        return
    mine, theirs = (path.read_text("utf-8").split("\n")[:-1] for path in paths)
    if stage.finished is not None:
        mine, theirs = stage.finished(mine, theirs)
    if mine and theirs:
        told = stage.compared.get(engine, str)
        comparison = compare(map(told, mine), theirs, stage.argued)
        results.compare(stage.name, engine, size, comparison)


def _measure_commands(results: Results, runs: int) -> None:
    _say("commands")
    with tempfile.TemporaryDirectory() as folder:
        kg = Path(folder) / "kg"
        commands.run(("build", "-o", str(kg)))
        for number in range(runs):
            for job in commands.jobs(kg):
                if len(results.of(job.name, "ours", commands.PACKAGED)) <= number:
                    if job.arguments[0] == "build":
                        shutil.rmtree(kg)  # a build that finds its own result has nothing to do
                    run = commands.run(job.arguments)
                    results.add(job.name, "ours", commands.PACKAGED, run)
                    _say(f"  {job.name}: {run.failure or f'{run.seconds:.3f} s'}")


def _measure_incremental(results: Results, runs: int) -> None:
    _say(f"{incremental.CASES:,} cases, one of them changed")
    folder = CACHE / "incremental"
    incremental.prepare(folder)
    for number in range(runs):
        if len(results.of(incremental.STAGE, "rebuild", incremental.CASES)) <= number:
            full, rebuilt = incremental.measure(folder, number)
            results.add(incremental.STAGE, "full build", incremental.CASES, full)
            results.add(incremental.STAGE, "rebuild", incremental.CASES, rebuilt)
            _say(f"  {full.seconds:.2f} s, {rebuilt.failure or f'{rebuilt.seconds:.2f} s'}")


if __name__ == "__main__":
    main()
