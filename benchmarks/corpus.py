"""The files that are measured on, written once for each size and kept beside the results.

``cases`` and ``tables`` hold the same generated cases as YAML and as CSV. ``stated.nt`` is what
these cases state; ``data.ttl`` the same with blemishes, so that shapes have something to find;
``closed.nt`` what is stated and accepted with the axioms of the ontology, to be closed.
"""

import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.case_files import write_tables, write_yaml
from benchmarks.generator import cases_for
from diaspora_kg.namespaces import DKG, PREFIXES, RDFS, XSD
from diaspora_kg.terms import Quad, Triple, dkg, typed_literal

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Files:
    """Where the files of one size lie."""

    folder: Path

    @property
    def cases(self) -> Path:
        """The folder of case files in YAML."""
        return self.folder / "cases"

    @property
    def tables(self) -> Path:
        """The folder of the same cases as tables."""
        return self.folder / "tables"

    @property
    def turtle(self) -> Path:
        """What the cases state, with blemishes, as Turtle."""
        return self.folder / "data.ttl"

    @property
    def stated(self) -> Path:
        """The triples of the Turtle file as N-Triples."""
        return self.folder / "data.nt"

    @property
    def closed(self) -> Path:
        """What is stated and accepted, with the axioms."""
        return self.folder / "closed.nt"

    @property
    def premises(self) -> Path:
        """What the pipeline infers from, with the axioms."""
        return self.folder / "premises.nt"

    @property
    def quads(self) -> Path:
        """The finished graph as N-Quads."""
        return self.folder / "graph.nq"

    @property
    def kg(self) -> Path:
        """The finished graph as a store."""
        return self.folder / "kg"


def prepare(folder: Path, size: int) -> Files:
    """Write the files of a size where they are not there yet; half-written ones are made anew.

    What needs much memory is done in a process of its own, so that the processes that are measured
    do not inherit a peak from this one.
    """
    files = Files(folder)
    done = folder / "complete"
    if not done.exists():
        shutil.rmtree(folder, ignore_errors=True)
        write_yaml(files.cases, cases_for(size))
        write_tables(files.tables, cases_for(size))
        command = [sys.executable, "-m", "benchmarks.corpus", str(folder)]
        subprocess.run(command, cwd=ROOT, check=True)
        done.write_text(f"{size}\n", "utf-8")
    return files


def write_graphs(files: Files) -> None:
    """Write what follows from the case files: the finished graph, and the data of the stages."""
    from diaspora_kg.assembly import build
    from diaspora_kg.inference.axioms import is_axiom
    from diaspora_kg.validation.packaged import stated

    result = build([files.cases], files.kg, fail_on=None)
    shutil.copy(result.stored.quads_file, files.quads)
    graph = result.graph
    axioms = [triple for triple in graph.ontology.triples if is_axiom(triple)]
    accepted = list(triples_of(graph.quads, "accepted"))
    beside = [*triples_of(graph.quads, "reference"), *triples_of(graph.quads, "links")]
    facts = {triple for triple in accepted if not triple[0].startswith(_FACT)}
    said = set(stated(graph.quads))
    write_lines(files.closed, {*said, *facts, *axioms})
    write_lines(files.premises, {*facts, *beside, *axioms})
    blemished = list(blemish(sorted(said)))
    write_lines(files.stated, blemished)
    _write_turtle(files.stated, files.turtle)


_FACT = "<https://w3id.org/diaspora-kg/id/fact/"


def triples_of(quads: Iterable[Quad], graph: str) -> Iterator[Triple]:
    """Yield the triples of one named graph of the project."""
    end = f"/graph/{graph}>"
    return ((s, p, o) for s, p, o, g in quads if g.endswith(end))


def blemish(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Yield triples with what people get wrong: every so many left out, doubled or mistyped.

    Counted along the sorted triples, so the same data has the same blemishes.
    """
    spoilt = {
        dkg("locator"): (47, _without),
        dkg("claimSubject"): (53, _without),
        dkg("confidence"): (59, _too_sure),
        dkg("codedOn"): (61, _no_date),
        dkg("polarity"): (67, _unknown_concept),
        f"<{RDFS}label>": (71, _in_another_language),
    }
    counts = dict.fromkeys(spoilt, 0)
    for triple in triples:
        every, spoil = spoilt.get(triple[1], (0, None))
        if spoil is not None:
            counts[triple[1]] += 1
            if counts[triple[1]] % every == 5:
                yield from spoil(triple)
                continue
        yield triple


def _without(_: Triple) -> Iterator[Triple]:
    return iter(())


def _too_sure(triple: Triple) -> Iterator[Triple]:
    yield triple[0], triple[1], typed_literal("1.7", XSD + "decimal")


def _no_date(triple: Triple) -> Iterator[Triple]:
    yield triple[0], triple[1], '"some day"'


def _unknown_concept(triple: Triple) -> Iterator[Triple]:
    yield triple[0], triple[1], f"<{DKG}undecided>"


def _in_another_language(triple: Triple) -> Iterator[Triple]:
    yield triple
    yield triple[0], triple[1], '"x"@xx'


def write_lines(file: Path, triples: Iterable[Triple]) -> None:
    """Write triples as sorted N-Triples."""
    with file.open("w", encoding="utf-8", newline="\n") as lines:
        lines.writelines(f"{s} {p} {o} .\n" for s, p, o in sorted(set(triples)))


def _write_turtle(source: Path, target: Path) -> None:
    import pyoxigraph as ox

    triples = (quad.triple for quad in ox.parse(path=source, format=ox.RdfFormat.N_TRIPLES))
    ox.serialize(triples, target, ox.RdfFormat.TURTLE, prefixes=PREFIXES)


if __name__ == "__main__":
    write_graphs(Files(Path(sys.argv[1])))
