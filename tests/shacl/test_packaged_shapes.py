"""The shapes of the project itself: all are compiled, and find what pySHACL finds."""

from collections import Counter

import pyoxigraph
import pytest

from diaspora_kg.namespaces import DKGSH
from diaspora_kg.resources import folder
from diaspora_kg.shacl import DataGraph, Result, ShapesGraph, validate
from diaspora_kg.shacl.graph import read_triples
from diaspora_kg.shacl.reading import ShapesReader
from diaspora_kg.terms import Triple

fallback = pytest.importorskip("diaspora_kg.shacl.fallback")


ONTOLOGY = "ontology.ttl"


def read(name: str) -> list[Triple]:
    """Return the triples of a file below ``shapes``; its blank nodes are its own."""
    file = folder("shapes")
    for part in name.split("/"):
        file = file / part
    scope = file.name.removesuffix(".ttl") + "-"
    return list(read_triples(file.read_bytes(), pyoxigraph.RdfFormat.TURTLE, scope=scope))


def names(*path: str) -> list[str]:
    place = folder("shapes")
    for part in path:
        place = place / part
    return sorted(file.name for file in place.iterdir() if file.name.endswith(".ttl"))


def key(result: Result) -> tuple[object, ...]:
    return (
        result.focus,
        result.path,
        result.value,
        result.severity,
        result.shape,
        result.component,
    )


@pytest.mark.parametrize("over", ["the ontology", "data"])
def test_the_same_results_on_all_examples(over):
    """On what the examples show as valid and as invalid, both engines say the same."""
    files = [name for name in names() if (name == ONTOLOGY) is (over == "the ontology")]
    shapes = ShapesGraph([triple for name in files for triple in read(name)])
    own = [name for name in names("examples") if f"<{DKGSH}{name[:-4]}>" in shapes.nodes]
    data = DataGraph.from_terms([triple for name in own for triple in read(f"examples/{name}")])
    targeted = [shape.node for shape in ShapesReader(shapes).targeted()]

    report = validate(data, shapes)
    expected = fallback.results_of_pyshacl(data, shapes, targeted)

    assert report.handed_over == ()
    assert len(report.results) > 30
    assert Counter(map(key, report.results)) == Counter(map(key, expected))
