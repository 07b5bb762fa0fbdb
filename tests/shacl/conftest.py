"""Small graphs and shapes in Turtle, and what is found, in as few words as possible."""

from collections.abc import Callable

import pyoxigraph
import pytest

from diaspora_kg.shacl import DataGraph, Result, ShapesGraph, ValidationReport, validate

PREFIXES = """
@prefix ex: <http://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
Row = tuple[str, str, str, str]
Check = Callable[[str, str], ValidationReport]
Find = Callable[[str, str], list[Row]]


def short(term: str | None) -> str:
    """Return a term without the namespaces of these tests."""
    text = (
        (term or "").replace("<http://example.org/", "").replace("<http://www.w3.org/ns/shacl#", "")
    )
    return text.replace("http://www.w3.org/2001/XMLSchema#", "").replace("<", "").replace(">", "")


def row(result: Result) -> Row:
    """Return focus node, path, value and component of a result."""
    path = str(result.path or "").replace("http://example.org/", "")
    component = short(result.component).removesuffix("ConstraintComponent")
    return (short(result.focus), path, short(result.value), component)


@pytest.fixture
def check() -> Check:
    """Return the report on data and shapes, both in Turtle with the usual prefixes."""

    def checked(data: str, shapes: str) -> ValidationReport:
        graph = DataGraph.from_document(PREFIXES + data, pyoxigraph.RdfFormat.TURTLE)
        return validate(graph, ShapesGraph.from_turtle(PREFIXES + shapes))

    return checked


@pytest.fixture
def find(check: Check) -> Find:
    """Return the results on data and shapes as rows: focus node, path, value, component."""
    return lambda data, shapes: [row(result) for result in check(data, shapes).results]
