"""Findings as text, JSON and Turtle."""

import json
from pathlib import Path

from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import RDF, RDFS, SH

from diaspora_kg.assembly import validate_with_shapes
from diaspora_kg.errors import Finding, Location, Severity
from diaspora_kg.namespaces import DKGC, DKGID
from diaspora_kg.rendering.findings import render
from diaspora_kg.terms import iri
from diaspora_kg.validation.quotes import QuoteCheck, QuoteMatch

PTR = Namespace("http://www.w3.org/2009/pointers#")
EARL = Namespace("http://www.w3.org/ns/earl#")
BARE = Finding(
    "DKG202",
    "Evidence needs exactly one locator",
    "Write 'locator: p. 12'.",
    Severity.VIOLATION,
    Location("cases/ytb.yaml", 47, 9),
    focus=f"{DKGID}ytb/evidence/one",
)
IN_A_CELL = Finding(
    "DKG203", "No quote", "", Severity.WARNING, Location("t.xlsx", cell="claims!B7")
)


def turtle(*findings: Finding) -> Graph:
    """Return the report on some findings, read back."""
    return Graph().parse(data=render(findings, "turtle"), format="turtle")


class TestText:
    """Text is for people."""

    def test_place_severity_code_and_hint(self) -> None:
        """One line says where and what, the next what to write."""
        assert render([BARE], "text") == (
            "cases/ytb.yaml:47:9: error[DKG202]: Evidence needs exactly one locator\n"
            "  hint: Write 'locator: p. 12'.\n"
        )

    def test_a_cell(self) -> None:
        """A cell stands in place of line and column; no hint, no second line."""
        assert render([IN_A_CELL], "text") == "t.xlsx:claims!B7: warning[DKG203]: No quote\n"

    def test_a_wrong_value_is_shown(self) -> None:
        """What the message does not name stands behind it, in short."""
        finding = Finding("DKG213", "No modality of the list", value=f"{DKGC}perhaps")

        assert render([finding], "text") == (
            "error[DKG213]: No modality of the list (dkgc:perhaps)\n"
        )

    def test_a_long_value_is_cut(self) -> None:
        """A value of a page does not fill the screen."""
        finding = Finding("DKG225", "No language", value="word " * 100)

        assert render([finding], "text").endswith(" word …)\n")
        assert len(render([finding], "text")) < 150

    def test_a_node_without_a_place_is_named(self) -> None:
        """Where there is no file, the node stands in front."""
        finding = Finding("DKG202", "No locator", focus=f"{DKGID}ytb/evidence/one")

        assert render([finding], "text").startswith("dkgid:ytb/evidence/one: error[DKG202]")

    def test_nothing_found_is_nothing_written(self) -> None:
        """No finding, no line."""
        assert render([], "text") == ""


class TestJson:
    """JSON is for programs."""

    def test_every_field_that_is_known(self) -> None:
        """An entry has the code, the words, the place and the node, and no empty keys."""
        assert json.loads(render([BARE], "json")) == {
            "conforms": False,
            "findings": [
                {
                    "code": "DKG202",
                    "severity": "violation",
                    "message": "Evidence needs exactly one locator",
                    "hint": "Write 'locator: p. 12'.",
                    "location": {"file": "cases/ytb.yaml", "line": 47, "column": 9},
                    "focus": f"{DKGID}ytb/evidence/one",
                }
            ],
        }

    def test_warnings_conform(self) -> None:
        """As in the report of the API, only a violation does not conform."""
        tree = json.loads(render([IN_A_CELL], "json"))

        assert tree["conforms"] is True
        assert tree["findings"][0]["location"] == {"file": "t.xlsx", "cell": "claims!B7"}

    def test_quotes_are_listed_with_their_positions(self) -> None:
        """Each quote says where it stands; one that is absent says what is nearest."""
        one, two = iri(f"{DKGID}a/evidence/one"), iri(f"{DKGID}a/evidence/two")
        check = QuoteCheck(
            (
                QuoteMatch(one, "en", "exact", 10, 25, "", 1.0, "p", "p.txt"),
                QuoteMatch(two, "tr", "absent", -1, -1, "yakın bir söz", 0.61234, "p", "p.txt"),
            ),
            (),
            {"p": "p.txt"},
            ("nye1990",),
        )

        tree = json.loads(render([], "json", check))

        assert tree["quotes"] == [
            {
                "evidence": f"{DKGID}a/evidence/one",
                "source": "p",
                "language": "en",
                "file": "p.txt",
                "status": "exact",
                "start": 10,
                "end": 25,
            },
            {
                "evidence": f"{DKGID}a/evidence/two",
                "source": "p",
                "language": "tr",
                "file": "p.txt",
                "status": "absent",
                "nearest": "yakın bir söz",
                "similarity": 0.612,
            },
        ]
        assert tree["sources_without_text"] == ["nye1990"]


class TestTurtle:
    """Turtle is a SHACL validation report."""

    def test_the_place_is_a_pointer(self) -> None:
        """Line and column survive, in the vocabulary that the W3C has for them."""
        report = turtle(BARE)

        pointer = report.value(None, PTR.lineNumber, Literal(47))

        assert report.value(pointer, PTR.charNumber) == Literal(9)
        assert report.value(pointer, PTR.reference) == Literal("cases/ytb.yaml")
        assert report.value(None, EARL.pointer, pointer) is not None

    def test_a_cell_is_an_expression(self) -> None:
        """A cell is a pointer too."""
        assert turtle(IN_A_CELL).value(None, PTR.expression, Literal("claims!B7")) is not None

    def test_what_no_shape_found_is_no_validation_result(self) -> None:
        """A finding without shape and component is one of the wider class."""
        report = turtle(BARE)

        (result,) = report.objects(None, SH.result)

        assert list(report.objects(result, RDF.type)) == [SH.AbstractResult]

    def test_a_report_conforms_only_without_results(self) -> None:
        """SHACL has it so, whatever the severity."""
        (with_warning,) = turtle(IN_A_CELL).objects(None, SH.conforms)
        (with_nothing,) = turtle().objects(None, SH.conforms)

        assert (with_warning, with_nothing) == (Literal(False), Literal(True))

    def test_terms_of_a_result_stay_as_they_are(self, tmp_path: Path) -> None:
        """Values keep datatype and language, paths their form, and messages their own words."""
        shapes, data = tmp_path / "shapes.ttl", tmp_path / "data.ttl"
        prefixes = "@prefix ex: <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> ."
        shapes.write_text(
            f"{prefixes} ex:S a sh:PropertyShape ; sh:targetClass ex:P ; sh:nodeKind sh:IRI ; "
            'sh:path ( ex:a [ sh:inversePath ex:b ] ) ; sh:message "Nein."@de .',
            encoding="utf-8",
        )
        data.write_text(f"{prefixes} ex:x a ex:P ; ex:a ex:y . [] ex:b ex:y .", encoding="utf-8")

        findings = validate_with_shapes([data], [shapes]).findings
        report = turtle(*findings)

        (result,) = report.objects(None, SH.result)
        (path,) = report.objects(result, SH.resultPath)
        inverse = list(report.items(path))[1]
        assert report.value(result, SH.focusNode) == URIRef("http://example.org/x")
        assert report.value(result, SH.sourceShape) == URIRef("http://example.org/S")
        assert report.value(result, SH.resultMessage) == Literal("Nein.", lang="de")
        assert report.value(inverse, SH.inversePath) == URIRef("http://example.org/b")
        assert isinstance(report.value(result, SH.value), BNode)

    def test_a_code_of_ours_is_a_link(self) -> None:
        """The code leads to its explanation."""
        (link,) = turtle(BARE).objects(None, RDFS.seeAlso)

        assert str(link) == "https://w3id.org/diaspora-kg/errors#DKG202"
