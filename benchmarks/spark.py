"""Builds on Spark beside local ones: the same corpus, seconds beside bytes.

    python -m benchmarks.spark --cases 400 --cores 1 2

The corpus is generated: all cases in one table of claims, as CSV and as Parquet. What is measured
is the part that Spark does, a graph with its findings, without the beginning of the session, which
is shown by itself. Needs diaspora-kg[spark] and Java.
"""

import argparse
import csv
import io
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.case_files import tables_of
from benchmarks.generator import generate_cases
from diaspora_kg.assembly import assemble
from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.execution import Engine
from diaspora_kg.spark import spark_engine
from diaspora_kg.stages import Graph
from diaspora_kg.store import nquads

_ROW_GROUP = 5_000


def main() -> int:
    """Measure, print a table, and return 1 when two graphs differ."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--cores", type=int, nargs="+", default=[2])
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folders = write_corpus(Path(scratch), chosen.cases)
        seconds, graph = timed(folders["CSV"], None)
        expected = nquads(graph.quads)
        print(f"{graph.counts['claims']:,} claims, {len(graph.quads):,} quads\n")
        print("| engine | table | session, s | graph, s | same bytes | same findings |")
        print("|---|---|---:|---:|---|---|")
        print(f"| local | CSV | | {seconds:.1f} | | |")
        good = True
        for cores in chosen.cores:
            begun = time.perf_counter()
            with spark_engine(f"local[{cores}]") as engine:
                session = time.perf_counter() - begun
                for kind, folder in folders.items():
                    local = graph if kind == "CSV" else timed(folder, None)[1]
                    seconds, spread = timed(folder, engine)
                    same = nquads(spread.quads) == expected, spread.findings == local.findings
                    good = good and all(same)
                    shown = " | ".join("yes" if each else "NO" for each in same)
                    print(f"| local[{cores}] | {kind} | {session:.1f} | {seconds:.1f} | {shown} |")
    return 0 if good else 1


def timed(folder: Path, engine: Engine | None) -> tuple[float, Graph]:
    """Return the graph of a folder, with the seconds that it took."""
    begun = time.perf_counter()
    graph = assemble([folder], engine=engine)
    return time.perf_counter() - begun, graph


def write_corpus(folder: Path, count: int) -> dict[str, Path]:
    """Write so many generated cases as one table of claims; return the folder of each format."""
    parts: dict[str, list[dict[str, str]]] = {}
    for case in generate_cases(count):
        for name, text in tables_of(case).items():
            part = name.removesuffix(".csv").removeprefix(case.id).lstrip(".") or "claims"
            if part == "case":
                fields = {row[0]: row[1] for row in csv.reader(io.StringIO(text)) if row}
                fields.pop("key", None)
                parts.setdefault("cases", []).append({**fields, "id": case.id})
            else:
                of_case = {} if part == "sources" else {"case": case.id}
                rows = csv.DictReader(io.StringIO(text))
                parts.setdefault(part, []).extend({**of_case, **row} for row in rows)
    return {kind: write(parts, folder / kind) for kind, write in _FORMATS.items()}


def _write_csv(parts: dict[str, list[dict[str, str]]], folder: Path) -> Path:
    folder.mkdir()
    for part, rows in parts.items():
        with (folder / f"{part}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, _columns(rows), restval="")
            writer.writeheader()
            writer.writerows(rows)
    return folder


def _write_parquet(parts: dict[str, list[dict[str, str]]], folder: Path) -> Path:
    import pyarrow
    from pyarrow import parquet

    folder.mkdir()
    for part, rows in parts.items():
        columns = {name: [row.get(name) for row in rows] for name in _columns(rows)}
        table = pyarrow.table(columns)
        parquet.write_table(table, folder / f"{part}.parquet", row_group_size=_ROW_GROUP)
    return folder


def _columns(rows: list[dict[str, str]]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row))


_FORMATS: dict[str, Callable[[dict[str, list[dict[str, str]]], Path], Path]] = {
    "CSV": _write_csv,
    "Parquet": _write_parquet,
}

if __name__ == "__main__":
    try:
        sys.exit(main())
    except DiasporaKGError as error:
        print(f"{error.code}: {error.message}\n  hint: {error.hint}", file=sys.stderr)
        sys.exit(error.exit_status)
