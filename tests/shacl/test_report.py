"""The report: frozen, in the order in which people read, with details, and as Turtle."""

from dataclasses import FrozenInstanceError

import pyoxigraph
import pytest

from diaspora_kg.shacl import Result, ValidationReport
from diaspora_kg.shacl.graph import ShapesGraph, read_triples

DATA = "ex:c10 ex:p 1 , 2 . ex:c9 ex:p 1 . ex:c9 ex:q 'x' ."
SHAPES = """ex:S sh:targetSubjectsOf ex:p ; sh:property [ sh:path ex:p ; sh:maxInclusive 0 ;
  sh:severity sh:Info ] ,
 [ sh:path ex:q ; sh:minCount 1 ] , [ sh:path ex:q ; sh:datatype xsd:integer ] ."""


class TestOrder:
    """By focus node, as people count; there the worst first."""

    def test_order(self, find):
        """Nine comes before ten, a violation before an information, a path before the next."""
        assert find(DATA, SHAPES) == [
            ("c9", "q", '"x"', "Datatype"),
            ("c9", "p", '"1"^^integer', "MaxInclusive"),
            ("c10", "q", "", "MinCount"),
            ("c10", "p", '"1"^^integer', "MaxInclusive"),
            ("c10", "p", '"2"^^integer', "MaxInclusive"),
        ]

    def test_the_order_of_the_input_does_not_matter(self, check):
        """The same graph and shapes give the same bytes."""
        backwards = " . ".join(reversed(DATA.rstrip(" .").split(" . "))) + " ."

        assert check(backwards, SHAPES).to_turtle() == check(DATA, SHAPES).to_turtle()


class TestDetails:
    """sh:detail: why a value does not conform to a shape within the shape."""

    SHAPES = """ex:S sh:targetNode ex:x ; sh:property [ sh:path ex:p ; %s ] .
    ex:A sh:property [ sh:path ex:q ; sh:minCount 1 ] , [ sh:path ex:r ; sh:node ex:B ] .
    ex:B sh:datatype xsd:integer ."""

    def test_node(self, check):
        """The results of the shape within hang from the result, and theirs from them."""
        report = check("ex:x ex:p ex:y . ex:y ex:r 'a' .", self.SHAPES % "sh:node ex:A")

        (result,) = report.results
        first, second = result.details
        assert [first.component.split("#")[1], second.component.split("#")[1]] == [
            "MinCountConstraintComponent>",
            "NodeConstraintComponent>",
        ]
        assert second.details[0].focus == '"a"'
        assert report.to_turtle().count("sh:detail") == 3

    @pytest.mark.parametrize(
        ("constraint", "count"),
        [
            ("sh:and ( ex:A ex:B )", 2),
            ("sh:or ( ex:A ex:B )", 2),
            ("sh:xone ( ex:A ex:B )", 2),
            ("sh:not [ sh:nodeKind sh:IRI ]", 0),
        ],
    )
    def test_logic(self, check, constraint, count):
        """What a value fails in each of several shapes is told; after sh:not there is nothing."""
        (result,) = check("ex:x ex:p ex:y .", self.SHAPES % constraint).results

        assert len(result.details) == count

    def test_details_are_no_results(self, check):
        """Only the outermost results are results of the report."""
        report = check("ex:x ex:p ex:y , _:z .", self.SHAPES % "sh:node ex:A")

        assert len(report.results) == 2
        assert all(result.details for result in report.results)


class TestTurtle:
    """The report as a sh:ValidationReport."""

    def test_it_reads_back(self, check):
        """Every property of every result is there, with its terms as they were written."""
        shapes = SHAPES + (
            ' ex:S sh:sparql [ sh:message "m"@en ; sh:select "SELECT $this WHERE { $this '
            '?p 2 }" ] .'
        )

        report = check(DATA + " ex:c9 ex:p 01 .", shapes)

        graph = ShapesGraph(read_triples(report.to_turtle(), pyoxigraph.RdfFormat.TURTLE))
        written = {(p, o) for _, p, o in graph.triples}
        sh = "<http://www.w3.org/ns/shacl#"
        (root,) = graph.subjects(TYPE, f"{sh}ValidationReport>")
        assert len(graph.objects(root, f"{sh}result>")) == len(report.results) == 7
        assert graph.objects(root, f"{sh}conforms>") == (
            '"false"^^<http://www.w3.org/2001/XMLSchema#boolean>',
        )
        for result in report.results:
            assert (f"{sh}focusNode>", result.focus) in written
            assert (f"{sh}sourceConstraintComponent>", result.component) in written
            assert (f"{sh}resultSeverity>", result.severity) in written
            assert result.value is None or (f"{sh}value>", result.value) in written
        assert (f"{sh}resultMessage>", '"m"@en') in written

    def test_nothing_found(self, check):
        """A report without results conforms and says so."""
        report = check("", SHAPES)

        assert report.to_turtle().endswith("[] a sh:ValidationReport ;\n    sh:conforms true .\n")

    def test_prefixes(self):
        """Names of the project are written short, where that is safe."""
        focus = "<https://w3id.org/diaspora-kg/id/ytb/claim/1>"
        result = Result(focus, "<https://w3id.org/diaspora-kg/shapes#Claim>", SH_IN, SH_VIOLATION)

        text = ValidationReport((result,)).to_turtle()

        assert "sh:sourceShape dkgsh:Claim" in text
        assert f"sh:focusNode {focus}" in text
        assert text.startswith(
            "@prefix dkgsh: <https://w3id.org/diaspora-kg/shapes#> .\n@prefix sh:"
        )


def test_a_report_is_frozen(check):
    """Nobody can change a report or a result."""
    report = check(DATA, SHAPES)

    with pytest.raises(FrozenInstanceError):
        report.results = ()
    with pytest.raises(FrozenInstanceError):
        report.results[0].value = None


TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
SH_IN = "<http://www.w3.org/ns/shacl#InConstraintComponent>"
SH_VIOLATION = "<http://www.w3.org/ns/shacl#Violation>"
