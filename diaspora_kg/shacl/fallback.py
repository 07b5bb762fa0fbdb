"""What is not compiled: pySHACL, on plain rdflib graphs that keep every lexical form."""

import logging
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import pyshacl
import rdflib
from rdflib.namespace import RDF, RDFS, XSD
from rdflib.plugins import sparql
from rdflib.term import BNode, Literal, Node

from diaspora_kg.shacl.data import DataGraph
from diaspora_kg.shacl.failures import ShapesError
from diaspora_kg.shacl.graph import ShapesGraph
from diaspora_kg.shacl.paths import read_path
from diaspora_kg.shacl.report import Result
from diaspora_kg.shacl.vocabulary import VIOLATION, sh
from diaspora_kg.terms import Term, Triple, literal_parts, text_literal, typed_literal
from diaspora_kg.tokens import asks_others

_LOGGERS = ("rdflib", "rdflib.term", "pyshacl", "pyshacl-validate")
_EXPLICIT_STRING = re.compile(rb'"\^\^<%s> \.$' % str(XSD.string).encode(), re.MULTILINE)
_TARGETS = frozenset(
    sh(name)
    for name in ("target", "targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf")
)


def results_of_pyshacl(data: DataGraph, shapes: ShapesGraph, nodes: Sequence[Term]) -> list[Result]:
    """Return the results of some targeted shapes, validated by pySHACL.

    The other shapes lose their targets, so that they count only where these refer to them.

    Raises ``ShapesError`` when pySHACL cannot run them either.
    """
    _must_stay_at_home(shapes)
    kept = (triple for triple in shapes.triples if not _is_target_of_other(triple, nodes))
    lines = "".join(f"{s} {p} {o} .\n" for s, p, o in kept).encode("utf-8")
    labels: dict[str, str] = {}
    with _as_written():
        report = _report(_graph(data.ntriples, labels), _graph(lines, labels))
    return list(_results(report, labels))


def _graph(lines: bytes, labels: dict[str, str]) -> rdflib.Graph:
    """Return a graph of N-Triples, and note which blank node had which label."""
    # a plain string and an explicit xsd:string are one term in RDF and two in rdflib
    data = _EXPLICIT_STRING.sub(rb'" .', lines)
    blanks: dict[str, BNode] = {}
    graph = rdflib.Graph().parse(data=data, format="nt", bnode_context=blanks)
    labels.update({str(node): label for label, node in blanks.items()})
    return graph


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
    except Exception as error:  # what a malformed shape runs into differs with its mistake
        lines = str(error).splitlines() or [type(error).__name__]
        raise ShapesError(f"pySHACL: {lines[0][:200]}") from error
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
def _as_written() -> Iterator[None]:
    """Let rdflib keep ``"01"`` as it is, where by itself it does what the store does.

    The libraries are silent and off the network meanwhile.
    """
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    before = [logger.disabled for logger in loggers]
    normalizes, follows = rdflib.NORMALIZE_LITERALS, sparql.SPARQL_LOAD_GRAPHS
    rdflib.NORMALIZE_LITERALS = sparql.SPARQL_LOAD_GRAPHS = False
    for logger in loggers:
        logger.disabled = True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        rdflib.NORMALIZE_LITERALS, sparql.SPARQL_LOAD_GRAPHS = normalizes, follows
        for logger, state in zip(loggers, before, strict=True):
            logger.disabled = state


def _must_stay_at_home(shapes: ShapesGraph) -> None:
    for name in ("select", "ask", "construct", "update"):
        for node in shapes.having(sh(name)):
            for query in shapes.objects(node, sh(name)):
                if asks_others(literal_parts(query)[0]):
                    raise ShapesError(
                        f"the query of {node} asks another service for data (SERVICE)",
                        "Take SERVICE out of the query; validation uses no network.",
                    )


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
