"""The SHACL test suite of the W3C, whole reports compared, where it is at hand.

It is not part of the project: put it into ``../shared/suites`` beside the checkout, or name the
folder in ``DIASPORA_KG_SUITES``. The cases are found by their manifests, in any subfolder.
"""

import os
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urlparse

import pyoxigraph
import pytest

from diaspora_kg.shacl import DataGraph, ShapesError, ShapesGraph, validate
from diaspora_kg.shacl.graph import read_triples
from diaspora_kg.shacl.paths import read_path
from diaspora_kg.terms import TYPE, Term, iri_of

ROOT = Path(__file__).resolve().parents[2]
SUITES = Path(os.environ.get("DIASPORA_KG_SUITES", ROOT.parent / "shared" / "suites"))
FILES = sorted((SUITES / "shacl").rglob("*.ttl"))
MF = "<http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
SHT = "<http://www.w3.org/ns/shacl-test#"
SH = "<http://www.w3.org/ns/shacl#"


def read(file: Path) -> ShapesGraph:
    return ShapesGraph(read_triples(file.read_bytes(), pyoxigraph.RdfFormat.TURTLE, file.as_uri()))


def cases(file: Path) -> list[Term]:
    text = file.read_text("utf-8")
    return list(read(file).subjects(TYPE, f"{SHT}Validate>")) if "Validate" in text else []


CASES = [(file, case) for file in FILES for case in cases(file)]


class Case:
    """One test case: its graphs and the report that it expects."""

    def __init__(self, file: Path, case: Term) -> None:
        self.graph = read(file)
        action = self.graph.one(case, f"{MF}action>") or ""
        self.data = self.part(action, "dataGraph")
        self.shapes = self.part(action, "shapesGraph")
        self.expected = self.graph.one(case, f"{MF}result>") or ""
        self.is_one_file = self.data == self.shapes == file

    def part(self, action: Term, name: str) -> Path:
        """Return the file of a graph of the case."""
        address = iri_of(self.graph.one(action, f"{SHT}{name}>") or "")
        return Path(unquote(urlparse(address).path))

    def plain(self, term: Term | None) -> Term | None:
        """Return a term by which results can be compared: in other files, blank nodes are alike."""
        is_blank = term is not None and term.startswith("_:")
        return "_:" if is_blank and not self.is_one_file else term

    @property
    def names_messages(self) -> bool:
        """Whether the expected report has messages; else those found do not count."""
        return any(p == f"{SH}resultMessage>" for _, p, _ in self.graph.triples)

    @property
    def names_constraints(self) -> bool:
        """Whether the expected report names SPARQL constraints."""
        return any(p == f"{SH}sourceConstraint>" for _, p, _ in self.graph.triples)

    def expected_results(self) -> Counter[object]:
        """Return the results of the expected report."""
        graph = self.graph

        def one(result: Term, name: str) -> Term | None:
            return self.plain(graph.one(result, f"{SH}{name}>"))

        return Counter(
            (
                one(result, "focusNode"),
                one(result, "value"),
                self.path(graph.one(result, f"{SH}resultPath>")),
                one(result, "resultSeverity"),
                one(result, "sourceConstraintComponent"),
                one(result, "sourceShape"),
                graph.objects(result, f"{SH}resultMessage>"),
                one(result, "sourceConstraint"),
            )
            for result in graph.objects(self.expected, f"{SH}result>")
        )

    def path(self, node: Term | None) -> str:
        """Return a path as text."""
        return str(read_path(self.graph, node)) if node else ""

    def results(self) -> Counter[object]:
        """Return the results that are found."""
        report = validate(DataGraph.from_terms(read(self.data).triples), read(self.shapes))
        return Counter(
            (
                self.plain(result.focus),
                self.plain(result.value),
                str(result.path or ""),
                result.severity,
                result.component,
                self.plain(result.shape),
                result.messages if self.names_messages else (),
                self.plain(result.constraint) if self.names_constraints else None,
            )
            for result in report.results
        )


@pytest.mark.skipif(not CASES, reason=f"the test suite of the W3C is not in {SUITES}")
@pytest.mark.parametrize(
    ("file", "case"), CASES, ids=[case.rpartition("/")[2].rstrip(">") for _, case in CASES]
)
def test_whole_report(file, case):
    """The report is the expected one, result for result; or the expected failure is one."""
    test = Case(file, case)

    if test.expected == f"{SHT}Failure>":
        with pytest.raises(ShapesError):
            test.results()
    else:
        assert test.results() == test.expected_results()


@pytest.mark.skipif(not CASES, reason=f"the test suite of the W3C is not in {SUITES}")
def test_the_core_part_is_whole():
    """All 98 cases of the Core part are there to be run."""
    core = [file for file, _ in CASES if "core" in file.relative_to(SUITES).parts]

    assert len(core) == 98
