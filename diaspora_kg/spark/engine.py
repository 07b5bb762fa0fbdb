"""The engine: which part of a build runs where, and how the parts come together again."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from diaspora_kg.errors import Finding, Location
from diaspora_kg.layout import Inputs
from diaspora_kg.populating import Population, prepare
from diaspora_kg.reading.ontology import Ontology
from diaspora_kg.reading.states import Reference
from diaspora_kg.shacl import DataGraph, validate
from diaspora_kg.shacl.report import Result
from diaspora_kg.spark.nearness import packaged
from diaspora_kg.spark.neighbourhoods import Index, index_of, results_at, results_near
from diaspora_kg.spark.parts import Compression, write_parts
from diaspora_kg.spark.populating import Populated, populate
from diaspora_kg.spark.reading import ROWS_OF_A_SLICE, Read, read
from diaspora_kg.spark.session import spark_context
from diaspora_kg.spark.slices import Section
from diaspora_kg.terms import Quad, Term, Triple
from diaspora_kg.validation.packaged import order_of_classes, packaged_shapes, stated
from diaspora_kg.validation.results import findings_of

if TYPE_CHECKING:
    from pyspark import Broadcast, SparkContext


_BYTES_AT_ONCE = 1 << 23
"""How much of the graph is validated at once, about."""


class SparkEngine:
    """Reads, populates and validates on Spark, for one build at a time."""

    def __init__(self, context: "SparkContext", rows_of_a_slice: int = ROWS_OF_A_SLICE) -> None:
        """Take a running context; see ``spark_engine``."""
        self._context = context
        self._rows = rows_of_a_slice
        self._read: Read | None = None
        self._populated: Populated | None = None

    def read(self, paths: Iterable[Path]) -> Inputs:
        """Return an outline of what files and folders hold; the claims stay on the executors."""
        self._read = read(self._context, paths, self._rows)
        return self._read.inputs

    def populate(self, inputs: Inputs, ontology: Ontology, reference: Reference) -> Population:
        """Return the quads of what was read last."""
        assert self._read is not None
        shared = prepare(inputs.cases, inputs.sources, ontology, reference)
        self._populated = populate(self._context, self._read, shared)
        return self._populated.population

    def validate(
        self, quads: Iterable[Quad], places: Mapping[Term, Location]
    ) -> tuple[Finding, ...]:
        """Return what the packaged shapes find in the graph that was populated last.

        Near shapes look at each section on its executor, and here at what belongs to no case; far
        ones look at the whole, here.
        """
        assert self._populated is not None
        triples = sorted(set(stated(quads)))
        pieces = [_triples(piece) for piece in self._populated.pieces]
        in_cases = frozenset().union(*pieces)
        common = [*(t for t in triples if t not in in_cases), *order_of_classes()]
        index = index_of([*pieces, common], packaged().reach)
        known = self._context.broadcast(index)
        found = self._populated.sections.mapPartitions(partial(_validate, known=known)).collect()
        far = validate(DataGraph.from_terms(triples), packaged().far).results
        everything = [*found, *results_at(common, index), *far]
        everything.sort(key=lambda result: result.sort_key)
        return findings_of(everything, packaged_shapes(), places)

    def write_parts(
        self, quads: Iterable[Quad], folder: str, compression: Compression = "none"
    ) -> None:
        """Write the graph that was built last as sorted N-Quads parts; see ``parts``."""
        assert self._populated is not None
        write_parts(self._context, self._populated, quads, folder, compression)


@contextmanager
def spark_engine(
    master: str = "local[*]",
    *,
    settings: dict[str, str] | None = None,
    rows_of_a_slice: int = ROWS_OF_A_SLICE,
) -> Iterator[SparkEngine]:
    """Run a block with an engine on Spark: on this machine, or the cluster that is named.

    A cluster has to find diaspora-kg and the input files on each machine, at the same paths.

    Raises ``MissingPartError`` (DKG641) when pyspark or Java is not there, and
    ``DiasporaKGError`` (DKG642) for what fails inside Spark.
    """
    with spark_context(master, settings) as context:
        yield SparkEngine(context, rows_of_a_slice)


def _triples(quads: Iterable[Quad]) -> frozenset[Triple]:
    return frozenset((s, p, o) for s, p, o, _ in quads)


def _validate(sections: Iterable[Section], known: "Broadcast[Index]") -> Iterator[Result]:
    for piece in _together(sections):
        yield from results_near(piece, known.value)


def _together(sections: Iterable[Section]) -> Iterator[bytes]:
    """Yield the lines of several small sections at once: shapes are compiled for each piece."""
    lines: list[bytes] = []
    for section in sections:
        lines.append(section.lines)
        if sum(map(len, lines)) > _BYTES_AT_ONCE:
            yield b"".join(lines)
            lines = []
    if lines:
        yield b"".join(lines)
