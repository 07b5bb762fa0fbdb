"""Compare the closure with owlrl's on any graph: equal triples, time and memory.

    python -m benchmarks.inference                       the packaged graph with its ontology
    python -m benchmarks.inference DATA.nt ONTOLOGY.ttl  what some RDF files hold together
    … --ours                                             without owlrl, which takes minutes

Each closure runs in a process of its own. Compared is what both infer of a graph that holds facts
and axioms together, tautologies left out; a difference is printed, and the exit status is 1 when
one is not among those that docs/inference.md argues.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from benchmarks.corpus import Files, triples_of, write_lines
from benchmarks.measuring import Run, measure
from benchmarks.results import compare
from benchmarks.stages.closing import CLOSURE
from diaspora_kg.terms import Triple


def packaged() -> list[Triple]:
    """Return what the packaged graph is inferred from, with the axioms of the ontology."""
    from diaspora_kg.assembly import assemble
    from diaspora_kg.inference.axioms import is_axiom

    graph = assemble(shapes=False)
    facts = {
        triple
        for name in ("reference", "links", "accepted")
        for triple in triples_of(graph.quads, name)
    }
    return sorted(facts | {triple for triple in graph.ontology.triples if is_axiom(triple)})


def read(files: Iterable[Path]) -> list[Triple]:
    """Return the triples of some RDF files."""
    import pyoxigraph as ox

    return [
        (str(quad.subject), str(quad.predicate), str(quad.object))
        for file in files
        for quad in ox.parse(path=file)
    ]


def main() -> int:
    """Compare, print, and return the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--ours", action="store_true", help="without owlrl")
    options = parser.parse_args()
    graph = read(options.files) if options.files else packaged()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_lines(Files(folder).closed, graph)
        engines = ["ours"] if options.ours else ["ours", "owlrl"]
        runs = {
            engine: measure(CLOSURE.name, engine, len(graph), folder, folder / f"{engine}.txt")
            for engine in engines
        }
        for engine, run in runs.items():
            _say(engine, run)
        if options.ours or any(run.failure for run in runs.values()):
            return 0
        print(f"{runs['owlrl'].seconds / runs['ours'].seconds:.0f} times as fast")
        return _compare(folder)


def _say(engine: str, run: Run) -> None:
    if run.failure:
        print(f"{engine}: {run.failure}")
        return
    counts = ", ".join(f"{number:,} {name}" for name, number in run.counts.items())
    print(f"{engine}: {run.seconds:.3f} s, {run.peak:.0f} MB; {counts}")


def _compare(folder: Path) -> int:
    mine, theirs = (
        (folder / f"{engine}.txt").read_text("utf-8").split("\n")[:-1]
        for engine in ("ours", "owlrl")
    )
    found = compare(mine, theirs, CLOSURE.argued)
    print(
        f"{found.same:,} the same, {found.only_ours:,} only ours, {found.only_theirs:,} only owlrl"
    )
    for reason, number in sorted(found.argued.items()):
        print(f"  {number:,} explained: {reason}")
    for line in found.unargued:
        print(f"  not explained: {line}")
    return 0 if found.is_equal else 1


if __name__ == "__main__":
    sys.exit(main())
