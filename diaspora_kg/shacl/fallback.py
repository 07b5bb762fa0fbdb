"""What is not compiled: pySHACL, on plain rdflib graphs that keep every lexical form."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import pyshacl
import rdflib
from pyshacl.errors import ReportableRuntimeError, ShapeLoadError, ValidationFailure
from rdflib.namespace import RDF, RDFS, XSD
from rdflib.term import BNode, Literal, Node

from diaspora_kg.shacl.data import DataGraph
from diaspora_kg.shacl.failures import ShapesError
from diaspora_kg.shacl.graph import ShapesGraph
from diaspora_kg.shacl.paths import read_path
from diaspora_kg.shacl.report import Result
from diaspora_kg.shacl.vocabulary import VIOLATION, sh
from diaspora_kg.terms import Term, Triple, text_literal, typed_literal

_TARGETS = frozenset(
    sh(name)
    for name in ("target", "targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf")
)


def results_of_pyshacl(data: DataGraph, shapes: ShapesGraph, nodes: Sequence[Term]) -> list[Result]:
    """Return the results of some targeted shapes, validated by pySHACL.

    The other shapes lose their targets, so that they count only where these refer to them.

    Raises ``ShapesError`` when pySHACL cannot run them either.
    """
    kept = (triple for triple in shapes.triples if not _is_target_of_other(triple, nodes))
    lines = "".join(f"{s} {p} {o} .\n" for s, p, o in kept)
    of_data: dict[str, BNode] = {}
    of_shapes: dict[str, BNode] = {}
    with _forms_kept():
        report = _report(
            rdflib.Graph().parse(data=data.ntriples, format="nt", bnode_context=of_data),
            rdflib.Graph().parse(data=lines, format="nt", bnode_context=of_shapes),
        )
    labels = {str(node): label for label, node in (*of_data.items(), *of_shapes.items())}
    return list(_results(report, labels))


def _report(data: rdflib.Graph, shapes: rdflib.Graph) -> rdflib.Graph:
    try:
        _, report, _ = pyshacl.validate(
            data,
            shacl_graph=shapes,
            inference="none",
            advanced=True,
            do_owl_imports=False,
            inplace=True,  # a copy would have other blank nodes
        )
    except (ShapeLoadError, ReportableRuntimeError, ValidationFailure) as error:
        raise ShapesError(f"pySHACL: {str(error).splitlines()[0][:200]}") from error
    if not isinstance(report, rdflib.Graph):
        raise ShapesError(f"pySHACL: {report}")
    return report


def _is_target_of_other(triple: Triple, nodes: Sequence[Term]) -> bool:
    subject, predicate, obj = triple
    if subject in nodes:
        return False
    implicit = (f"<{RDF.type}>", f"<{RDFS.Class}>")
    return predicate in _TARGETS or (predicate, obj) == implicit


@contextmanager
def _forms_kept() -> Iterator[None]:
    """Let rdflib keep ``"01"`` as it is; by itself it does what the store does."""
    before = rdflib.NORMALIZE_LITERALS
    rdflib.NORMALIZE_LITERALS = False
    try:
        yield
    finally:
        rdflib.NORMALIZE_LITERALS = before


def _results(report: rdflib.Graph, labels: Mapping[str, str]) -> Iterator[Result]:
    def term(node: Node) -> Term:
        if isinstance(node, Literal):
            datatype = str(node.datatype or XSD.string)
            language = node.language
            return text_literal(node, language) if language else typed_literal(node, datatype)
        return f"_:{labels.get(str(node), node)}" if isinstance(node, BNode) else f"<{node}>"

    graph = ShapesGraph((term(s), term(p), term(o)) for s, p, o in report)
    top = {
        node for root in graph.having(sh("result")) for node in graph.objects(root, sh("result"))
    }
    nested = {detail for node in graph.nodes for detail in graph.objects(node, sh("detail"))}
    for node in top - nested:
        yield _result(graph, node)


def _result(graph: ShapesGraph, node: Term) -> Result:
    path = graph.one(node, sh("resultPath"))
    details = (_result(graph, detail) for detail in graph.objects(node, sh("detail")))
    return Result(
        focus=graph.one(node, sh("focusNode")) or "",
        shape=graph.one(node, sh("sourceShape")) or "",
        component=graph.one(node, sh("sourceConstraintComponent")) or "",
        severity=graph.one(node, sh("resultSeverity")) or VIOLATION,
        path=read_path(graph, path) if path else None,
        value=graph.one(node, sh("value")),
        messages=graph.objects(node, sh("resultMessage")),
        constraint=graph.one(node, sh("sourceConstraint")),
        details=tuple(sorted(details, key=lambda result: result.sort_key)),
    )
