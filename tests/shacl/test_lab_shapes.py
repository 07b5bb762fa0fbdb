"""A domain's worth of shapes and generated data, against pySHACL, where the generator is at hand.

It is not part of the project: ``../shared/lab`` beside the checkout, or ``DIASPORA_KG_LAB``.
"""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pyoxigraph
import pytest

from diaspora_kg.shacl import DataGraph, ShapesGraph, validate
from diaspora_kg.shacl.graph import read_triples
from diaspora_kg.shacl.reading import ShapesReader

ROOT = Path(__file__).resolve().parents[2]
LAB = Path(os.environ.get("DIASPORA_KG_LAB", ROOT.parent / "shared" / "lab"))

pytestmark = pytest.mark.skipif(
    not (LAB / "gen.py").is_file(), reason=f"there is no generator in {LAB}"
)
fallback = pytest.importorskip("diaspora_kg.shacl.fallback")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> DataGraph:
    """Return some thousand generated triples with the order of their classes."""
    folder = tmp_path_factory.mktemp("lab")
    for arguments in (["4000", "data"], ["onto"]):
        command = [sys.executable, str(LAB / "gen.py"), *arguments]
        subprocess.run(command, check=True, capture_output=True, cwd=folder)
    ontology = read_triples((folder / "onto.ttl").read_bytes(), pyoxigraph.RdfFormat.TURTLE)
    lines = "".join(f"{s} {p} {o} .\n" for s, p, o in ontology)
    return DataGraph((folder / "data.nt").read_bytes() + lines.encode())


def test_the_same_results(data):
    """Both engines find the same in what the generator hides, and nothing is handed over."""
    shapes = ShapesGraph.from_turtle((LAB / "shapes.ttl").read_bytes())
    targeted = [shape.node for shape in ShapesReader(shapes).targeted()]

    report = validate(data, shapes)
    expected = fallback.results_of_pyshacl(data, shapes, targeted)

    def keys(results):
        return Counter((r.focus, r.path, r.value, r.shape, r.component) for r in results)

    assert report.handed_over == ()
    assert len(report.results) > 50
    assert keys(report.results) == keys(expected)
