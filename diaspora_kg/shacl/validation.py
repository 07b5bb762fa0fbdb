"""The door of the package: data and shapes in, a report out."""

from collections.abc import Container, Iterable

import pyoxigraph

from diaspora_kg.shacl.data import DataGraph
from diaspora_kg.shacl.graph import ShapesGraph
from diaspora_kg.shacl.report import ValidationReport
from diaspora_kg.terms import Quad, Term, Triple

Data = DataGraph | pyoxigraph.Store | bytes | Iterable[Triple | Quad]
"""A prepared graph, a store, N-Triples or N-Quads, or triples or quads of terms."""
Shapes = ShapesGraph | str | Iterable[tuple[Term, Term, Term]]
"""A prepared graph, Turtle, or triples of terms."""


def validate(
    data: Data, shapes: Shapes, among: Container[tuple[Term, Term]] | None = None
) -> ValidationReport:
    """Validate a data graph against the shapes of a shapes graph that have targets.

    With ``among``, only results for these focus nodes by these shapes are reported: the data need
    not say of other nodes all that there is.

    What cannot be compiled is given to pySHACL; the report says what and why. Nothing is
    inferred and no import is followed.

    Raises ``ShapesError`` (DKG204) when the shapes are not well-formed, are recursive, ask for an
    entailment regime, or hold a query that pre-binding does not allow.
    """
    from diaspora_kg.shacl.running import Validation  # often in a process of its own

    graph = data_graph(data)
    shapes_graph = _shapes_graph(shapes)
    validation = Validation(graph, shapes_graph, among)
    compiled, handed_over = validation.compiled()
    results = [r for queries in compiled.values() for r in validation.results(queries)]
    if handed_over:
        from diaspora_kg.shacl.fallback import results_of_pyshacl

        others = results_of_pyshacl(graph, shapes_graph, [each.shape for each in handed_over])
        results += [r for r in others if among is None or (r.focus, r.shape) in among]
    results.sort(key=lambda result: result.sort_key)
    return ValidationReport(tuple(results), tuple(handed_over))


def data_graph(data: Data) -> DataGraph:
    """Return data prepared for validation, so that it need not be prepared again."""
    if isinstance(data, DataGraph):
        return data
    if isinstance(data, pyoxigraph.Store):
        return DataGraph.from_store(data)
    if isinstance(data, bytes):
        return DataGraph(data)
    return DataGraph.from_terms(data)


def _shapes_graph(shapes: Shapes) -> ShapesGraph:
    if isinstance(shapes, ShapesGraph):
        return shapes
    if isinstance(shapes, str):
        return ShapesGraph.from_turtle(shapes)
    return ShapesGraph(shapes)
