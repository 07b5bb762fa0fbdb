"""Shapes over cases, each finding at its line or cell; and any shapes over any RDF."""

import io
import json
import logging
from contextlib import redirect_stderr
from pathlib import Path

import pytest

from diaspora_kg.assembly import assemble, validate, validate_with_shapes
from diaspora_kg.errors import DiasporaKGError, Finding, Location, Severity
from diaspora_kg.namespaces import DKG, DKGG, DKGID, RDFS
from diaspora_kg.terms import TYPE, Quad, iri, nquad, text_literal, typed_literal
from diaspora_kg.validation import validate_graph, validate_rdf

HEAD = """\
id: demo
type: DiasporaInstitution
label: {en: Demo Agency, tr: Demo Ajansı}
state: TR
coding: {by: Coder A, on: 2026-01-31}
sources:
  paper2025:
    {title: {en: A Paper}, author: ["Doe, Jane"], date: 2025, tier: scholarly, access: full-text}
claims:
"""
SHAPES = """\
@prefix ex: <http://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex:Person-name a sh:PropertyShape ; sh:targetClass ex:Person ; sh:path ex:name ; sh:minCount 1 .
"""
DATA = "@prefix ex: <http://example.org/> .\n"


def case(tmp_path: Path, claims: str) -> Path:
    """Write a case with these claims and return its file."""
    file = tmp_path / "demo.yaml"
    file.write_text(HEAD + claims, encoding="utf-8")
    return file


def places(findings: tuple[Finding, ...]) -> list[tuple[str, int, int]]:
    """Return code, line and column of each finding."""
    return [(f.code, f.location.line, f.location.column) for f in findings if f.location]


def check(tmp_path: Path, shapes: str, data: str, name: str = "data.ttl") -> tuple[Finding, ...]:
    """Run shapes over data, both as files."""
    (tmp_path / "shapes.ttl").write_text(shapes, encoding="utf-8")
    (tmp_path / name).write_text(data, encoding="utf-8")
    return validate_with_shapes([tmp_path / name], [tmp_path / "shapes.ttl"]).findings


def error(tmp_path: Path, shapes: str, data: str, name: str = "data.ttl") -> DiasporaKGError:
    """Return the error that these shapes and data end in."""
    with pytest.raises(DiasporaKGError) as caught:
        check(tmp_path, shapes, data, name)
    return caught.value


class TestCases:
    """What the packaged shapes find in case files."""

    def test_a_claim_that_is_complete_gives_no_finding(self, tmp_path: Path) -> None:
        """The shortest claim that is checked and dated passes without a word."""
        file = case(
            tmp_path,
            "  - property: statedPurpose\n"
            "    value: {en: to serve}\n"
            "    confidence: 0.9\n"
            "    evidence: {source: paper2025, locator: p. 1, quote: {en: to serve}}\n",
        )

        assert validate([file]).findings == ()

    def test_evidence_without_locator_and_quote_is_found_where_it_stands(
        self, tmp_path: Path
    ) -> None:
        """Two shapes speak of one passage, each with its code, at the line of the evidence."""
        file = case(
            tmp_path,
            "  - property: statedPurpose\n"
            "    value: {en: to serve}\n"
            "    confidence: 0.9\n"
            "    evidence: {source: paper2025}\n",
        )

        findings = validate([file]).findings

        assert places(findings) == [("DKG202", 13, 15), ("DKG203", 13, 15)]
        assert findings[0].message == "Evidence needs exactly one locator"
        assert findings[0].hint == "Write 'locator: p. 12' or 'locator: art. 1(1)(a)'."
        assert [f.severity for f in findings] == [Severity.VIOLATION, Severity.WARNING]

    def test_a_claim_without_evidence_is_found_at_the_claim(self, tmp_path: Path) -> None:
        """A claim needs a passage, and without a source nobody holds it."""
        file = case(
            tmp_path, "  - property: statedPurpose\n    value: {en: to serve}\n    confidence: 1\n"
        )

        findings = validate([file]).findings

        assert places(findings) == [("DKG201", 10, 5), ("DKG211", 10, 5)]

    def test_a_claim_that_supports_itself_is_found(self, tmp_path: Path) -> None:
        """A claim is no evidence of itself."""
        file = case(
            tmp_path,
            "  - id: one\n"
            "    property: statedPurpose\n"
            "    value: {en: to serve}\n"
            "    confidence: 0.9\n"
            "    supports: one\n"
            "    evidence: {source: paper2025, locator: p. 1, quote: {en: to serve}}\n",
        )

        assert places(validate([file]).findings) == [("DKG218", 10, 5)]

    def test_the_european_union_is_no_state(self, tmp_path: Path) -> None:
        """What the reasoner would conclude from a claim does not make the claim right."""
        file = case(
            tmp_path,
            "  - property: homeState\n"
            "    object: union\n"
            "    confidence: 0.9\n"
            "    evidence: {source: paper2025, locator: p. 1, quote: {en: the Union}}\n"
            "entities:\n"
            "  union: {type: RegionalOrganization, label: {en: Union, tr: Birlik}}\n",
        )

        findings = validate([file]).findings

        assert places(findings) == [("DKG263", 10, 5)]
        assert findings[0].value == f"{DKGID}union"

    def test_a_cell_survives_into_the_finding(self, tmp_path: Path) -> None:
        """In a table the place is a cell of the row."""
        rows = {
            "demo.csv": "id,property,value.en,confidence,evidence.source,evidence.quote.en\n"
            "a,statedPurpose,to serve,0.9,paper2025,to serve\n",
            "demo.sources.csv": "key,title.en,author,date,tier,access\n"
            'paper2025,A Paper,"Doe, Jane",2025,scholarly,full-text\n',
            "demo.case.csv": "key,value\nid,demo\ntype,DiasporaInstitution\nlabel.en,Demo\n"
            "label.tr,Demo\nstate,TR\ncoding.by,Coder A\ncoding.on,2026-01-31\n",
        }
        for name, text in rows.items():
            (tmp_path / name).write_text(text, encoding="utf-8")

        findings = validate([tmp_path / name for name in rows]).findings

        assert [f.code for f in findings] == ["DKG202"]
        assert str(findings[0].location).endswith("demo.csv:A2")

    def test_what_a_whole_case_lacks_is_said_once(self, tmp_path: Path) -> None:
        """A missing date of coding is one finding, not one for each claim."""
        passage = "{source: paper2025, locator: p. 1, quote: {en: to serve}}"
        file = case(
            tmp_path,
            "".join(
                f"  - property: statedPurpose\n    value: {{en: to {verb}}}\n"
                f"    confidence: 0.9\n    evidence: {passage}\n"
                for verb in ("serve", "protect", "inform")
            ),
        )
        text = file.read_text(encoding="utf-8").replace(", on: 2026-01-31", "")
        file.write_text(text, encoding="utf-8")

        assert places(validate([file]).findings) == [("DKG277", 1, 1)]

    def test_the_packaged_cases_conform(self) -> None:
        """The packaged cases have neither violations nor warnings."""
        report = validate()

        assert [f for f in report.findings if f.severity > Severity.INFO] == []


class TestGraphs:
    """What the shapes look at, and how it gets to them."""

    def test_only_what_is_stated_is_looked_at(self) -> None:
        """A type that was inferred satisfies no shape."""
        node, other = iri(f"{DKGID}agency"), iri(f"{DKGID}union")
        stated, inferred = iri(f"{DKGG}case/a"), iri(f"{DKGG}inferred")
        quads: list[Quad] = [
            (node, TYPE, iri(f"{DKG}DiasporaInstitution"), stated),
            (node, iri(f"{RDFS}label"), text_literal("agency", "en"), stated),
            (node, iri(f"{DKG}identifiedWithState"), other, stated),
            (other, TYPE, iri(f"{DKG}State"), inferred),
            (
                iri(f"{DKG}DiasporaInstitution"),
                iri(f"{RDFS}subClassOf"),
                iri(f"{DKG}Actor"),
                iri(f"{DKGG}ontology"),
            ),
        ]

        findings = validate_graph(quads, {node: Location("a.yaml", 3, 1)})

        found = [(f.code, str(f.location)) for f in findings if f.severity is Severity.VIOLATION]
        assert found == [("DKG259", "a.yaml:3:1")]

    def test_a_node_that_two_targets_reach_is_found_once(self) -> None:
        """A source dated by two bounds without a reason has one finding."""
        source, graph = iri(f"{DKGID}source/x"), iri(f"{DKGG}sources")
        year = typed_literal("2020", "http://www.w3.org/2001/XMLSchema#gYear")
        quads = [
            (source, TYPE, iri(f"{DKG}Source"), graph),
            (source, iri(f"{DKG}issuedNotBefore"), year, graph),
            (source, iri(f"{DKG}issuedNotAfter"), year, graph),
        ]

        assert [f.code for f in validate_graph(quads, {})] == ["DKG258"]


class TestRdfOfOurs:
    """RDF in the terms of the ontology, against the packaged shapes."""

    def test_classes_and_states_need_not_be_repeated(self, tmp_path: Path) -> None:
        """The shapes for every entity look at a ministry; Türkiye is known to be a state."""
        data = tmp_path / "data.ttl"
        data.write_text(
            f"@prefix dkg: <{DKG}> . @prefix id: <{DKGID}> .\n"
            "id:ytb a dkg:DiasporaInstitution ; dkg:identifiedWithState <"
            + DKGID
            + "state/TR> .\n",
            encoding="utf-8",
        )

        findings = validate_rdf([data])

        violations = [f for f in findings if f.severity is Severity.VIOLATION]
        assert [(f.code, f.location) for f in violations] == [("DKG260", Location(str(data), 2, 1))]

    def test_what_was_built_conforms_as_rdf(self, tmp_path: Path) -> None:
        """The quads of a case pass as they passed when they were built."""
        file = case(
            tmp_path,
            "  - property: statedPurpose\n"
            "    value: {en: to serve}\n"
            "    confidence: 0.9\n"
            "    evidence: {source: paper2025, locator: p. 1, quote: {en: to serve}}\n",
        )
        graph = assemble([file], shapes=False)
        stated = (quad for quad in graph.quads if "graph/case/" in quad[3] or "sources>" in quad[3])
        (tmp_path / "graph.nq").write_text("".join(map(nquad, stated)), encoding="utf-8")

        assert validate_rdf([tmp_path / "graph.nq"]) == ()


class TestAnyRdf:
    """``validate --shapes``: any shapes over any RDF."""

    def test_a_shape_without_code_gets_the_general_one_and_words(self, tmp_path: Path) -> None:
        """Code DKG200, the node, the path and what is wrong, at the line of the node."""
        (finding,) = check(tmp_path, SHAPES, DATA + "ex:one a ex:Person .\n")

        assert finding.code == "DKG200"
        assert finding.message == "ex:one: ex:name has fewer values than 1"
        assert finding.hint == "The shape is ex:Person-name."
        assert finding.location == Location(str(tmp_path / "data.ttl"), 2, 1)

    def test_a_message_of_the_shape_is_kept(self, tmp_path: Path) -> None:
        """The first sentence is what is wrong, the second the hint, in English if there is one."""
        message = ' ; sh:message "Adı yok."@tr , "No name. Write one."@en .'
        shapes = SHAPES.replace("sh:minCount 1 .", f"sh:minCount 1{message}")

        (finding,) = check(tmp_path, shapes, DATA + "ex:one a ex:Person .\n")

        assert (finding.message, finding.hint) == ("ex:one: No name", "Write one.")

    def test_a_code_of_ours_is_kept(self, tmp_path: Path) -> None:
        """The packaged shapes can be named like any others."""
        shapes = Path(__file__).parent.parent / "shapes" / "claims.ttl"
        data = tmp_path / "data.ttl"
        data.write_text(f"<http://example.org/e> a <{DKG}Evidence> .", encoding="utf-8")

        findings = validate_with_shapes([data], [shapes]).findings

        assert [f.code for f in findings] == ["DKG202", "DKG224"]

    def test_severities_are_kept(self, tmp_path: Path) -> None:
        """A shape that warns gives a warning, and one that informs an info."""
        for severity in ("Warning", "Info"):
            shapes = SHAPES.replace(
                "sh:minCount 1 .", f"sh:minCount 1 ; sh:severity sh:{severity} ."
            )

            (finding,) = check(tmp_path, shapes, DATA + "ex:one a ex:Person .\n")

            assert finding.severity.name == severity.upper()

    def test_nothing_is_inferred(self, tmp_path: Path) -> None:
        """A domain makes nothing a person; the data are taken as they are."""
        data = (
            DATA + "ex:name <http://www.w3.org/2000/01/rdf-schema#domain> ex:Person .\n"
            "ex:one ex:name 'One' . ex:two ex:knows ex:one .\n"
        )

        assert check(tmp_path, SHAPES, data) == ()

    def test_no_import_is_followed(self, tmp_path: Path) -> None:
        """An import of shapes that cannot be had is no error, since nobody asks for it."""
        imports = (
            "<http://example.org/s> <http://www.w3.org/2002/07/owl#imports> <http://x.invalid/> .\n"
        )

        findings = check(tmp_path, SHAPES + imports, DATA + imports + "ex:one a ex:Person .\n")

        assert [f.code for f in findings] == ["DKG200"]

    def test_a_blank_node_is_called_one(self, tmp_path: Path) -> None:
        """Its random name is shown to nobody; the place is the file."""
        (finding,) = check(tmp_path, SHAPES, DATA + "[] a ex:Person .\n")

        assert finding.message == "a blank node: ex:name has fewer values than 1"
        assert finding.focus == ""
        assert finding.location == Location(str(tmp_path / "data.ttl"))

    def test_named_graphs_are_looked_at_as_one(self, tmp_path: Path) -> None:
        """Quads and JSON-LD with named graphs are data like any other."""
        quads = (
            "<http://example.org/one> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
            "<http://example.org/Person> <http://example.org/g> .\n"
        )
        tree = {"@id": "http://example.org/g", "@graph": [
            {"@id": "http://example.org/one", "@type": "http://example.org/Person"}]}  # fmt: skip

        from_quads = check(tmp_path, SHAPES, quads, "data.nq")
        from_json = check(tmp_path, SHAPES, json.dumps(tree), "data.jsonld")

        assert [f.focus for f in (*from_quads, *from_json)] == ["http://example.org/one"] * 2
        assert from_quads[0].location == Location(str(tmp_path / "data.nq"), 1, 1)

    def test_rdf_xml_says_its_own_encoding(self, tmp_path: Path) -> None:
        """A file in Latin-1 that says so is read, and the node is found at its line."""
        text = (
            '<?xml version="1.0" encoding="iso-8859-1"?>\n'
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"\n'
            '  xmlns:ex="http://example.org/">\n'
            '  <ex:Person rdf:about="http://example.org/one"><ex:n>é</ex:n></ex:Person>\n'
            "</rdf:RDF>\n"
        )
        (tmp_path / "shapes.ttl").write_text(SHAPES, encoding="utf-8")
        (tmp_path / "data.rdf").write_bytes(text.encode("latin-1"))

        report = validate_with_shapes([tmp_path / "data.rdf"], [tmp_path / "shapes.ttl"])

        assert [f.location.line for f in report.findings if f.location] == [4]

    def test_a_literal_that_is_none_of_its_type_is_a_finding_and_no_noise(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        """The libraries write tracebacks to the log for such a literal; here nothing is written."""
        shapes = SHAPES.replace("sh:minCount 1", "sh:datatype xsd:integer")
        literal = "'forty'^^<http://www.w3.org/2001/XMLSchema#integer>"
        stderr = io.StringIO()

        with redirect_stderr(stderr), caplog.at_level(logging.DEBUG):
            findings = check(tmp_path, shapes, DATA + f"ex:one a ex:Person ; ex:name {literal} .\n")

        assert [f.message for f in findings] == [
            "ex:one: ex:name 'forty' is not of the datatype xsd:integer"
        ]
        assert (stderr.getvalue(), caplog.records) == ("", [])

    def test_a_switch_counts_only_when_it_is_true(self, tmp_path: Path) -> None:
        """``"1"^^xsd:boolean`` is not the term ``true``, and SHACL asks for the term."""
        shapes = SHAPES.replace("sh:minCount 1", 'sh:uniqueLang "1"^^xsd:boolean')
        data = DATA + "ex:one a ex:Person ; ex:name 'a'@en , 'b'@en .\n"

        assert check(tmp_path, shapes, data) == ()

    def test_a_path_is_shown_as_sparql_writes_it(self, tmp_path: Path) -> None:
        """A path of several steps reads as one."""
        shapes = SHAPES.replace(
            "sh:path ex:name", "sh:path ( [ sh:inversePath ex:knows ] ex:name )"
        )

        (finding,) = check(tmp_path, shapes, DATA + "ex:one a ex:Person .\n")

        assert finding.message == "ex:one: ^ex:knows/ex:name has fewer values than 1"
        assert finding.path == "^<http://example.org/knows>/<http://example.org/name>"

    def test_a_prefix_and_a_relative_name_lead_to_the_line(self, tmp_path: Path) -> None:
        """A node is found under each of its spellings; as a subject before as an object."""
        data = (
            "PREFIX e: <http://example.org/>\n"
            "e:three e:knows e:one .\n"
            "  e:one a e:Person .\n"
            "<#two> a e:Person .\n"
        )

        findings = check(tmp_path, SHAPES, data)

        assert [(f.location.line, f.location.column) for f in findings if f.location] == [
            (3, 3),
            (4, 1),
        ]

    def test_what_is_not_compiled_is_run_by_pyshacl_and_said(self, tmp_path: Path) -> None:
        """A target in SPARQL is an advanced feature; a remark says who ran it."""
        target = "sh:target [ a sh:SPARQLTarget ; sh:select 'SELECT ?this WHERE { ?this ?p ?o }' ]"
        shapes = SHAPES.replace("sh:targetClass ex:Person", target)

        found = check(tmp_path, shapes, DATA + "ex:one a ex:Person .\n")

        assert [(f.code, f.severity) for f in found] == [
            ("DKG200", Severity.VIOLATION),
            ("DKG299", Severity.INFO),
        ]
        assert "pySHACL" in found[1].message

    def test_a_slip_of_the_pen_in_shapes_is_told(self, tmp_path: Path) -> None:
        """A word that SHACL has not checks nothing; that is a warning at the place of the word."""
        shapes = SHAPES.replace("sh:minCount 1", "sh:mincount 1")

        (finding,) = check(tmp_path, shapes, DATA + "ex:one a ex:Person .\n")

        assert (finding.code, finding.severity) == ("DKG298", Severity.WARNING)
        assert finding.location == Location(str(tmp_path / "shapes.ttl"), 4, 82)
        assert finding.message.startswith("sh:mincount is no word of SHACL")
        assert finding.hint.startswith("Did you mean 'minCount'")

    def test_a_deactivated_shape_finds_nothing(self, tmp_path: Path) -> None:
        """Shapes of which all are deactivated are shapes with targets; nothing is wrong."""
        shapes = SHAPES.replace("sh:minCount 1", "sh:minCount 1 ; sh:deactivated true")

        assert check(tmp_path, shapes, DATA + "ex:one a ex:Person .\n") == ()


class TestWhatCannotBeRead:
    """A mistake in a file is a line and a hint, never a traceback."""

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        """The name is repeated."""
        (tmp_path / "shapes.ttl").write_text(SHAPES, encoding="utf-8")

        with pytest.raises(DiasporaKGError) as caught:
            validate_with_shapes([tmp_path / "no.ttl"], [tmp_path / "shapes.ttl"])

        assert caught.value.code == "DKG100"
        assert "no.ttl" in caught.value.message

    def test_a_folder_is_no_file(self, tmp_path: Path) -> None:
        """RDF files are named one by one."""
        (tmp_path / "shapes.ttl").write_text(SHAPES, encoding="utf-8")

        with pytest.raises(DiasporaKGError) as caught:
            validate_with_shapes([tmp_path], [tmp_path / "shapes.ttl"])

        assert (caught.value.code, caught.value.message) == (
            "DKG100",
            "this is a folder, not a file",
        )

    def test_no_data_at_all(self, tmp_path: Path) -> None:
        """Shapes alone validate nothing, and that is said."""
        with pytest.raises(DiasporaKGError, match="no RDF file was named"):
            validate_with_shapes([], [tmp_path / "shapes.ttl"])

    @pytest.mark.parametrize(("text", "what"), [("", "empty"), ("# nothing\n", "no statement")])
    def test_an_empty_file_does_not_conform_in_silence(
        self, tmp_path: Path, text: str, what: str
    ) -> None:
        """Data with nothing in them would conform to anything."""
        caught = error(tmp_path, SHAPES, text)

        assert caught.code == "DKG100"
        assert what in caught.message

    def test_a_file_named_twice_is_no_empty_one(self, tmp_path: Path) -> None:
        """What repeats another file adds nothing and is all right."""
        (tmp_path / "shapes.ttl").write_text(SHAPES, encoding="utf-8")
        data = tmp_path / "data.ttl"
        data.write_text(DATA + "ex:one a ex:Person ; ex:name 'One' .\n", encoding="utf-8")

        report = validate_with_shapes([data, data], [tmp_path / "shapes.ttl"])

        assert report.findings == ()

    def test_data_that_are_not_well_formed_are_named_with_their_line(self, tmp_path: Path) -> None:
        """The parser's line is the place."""
        caught = error(tmp_path, SHAPES, DATA + "ex:one a ex:Person ;\n  ex:name 'One\n")

        assert caught.code == "DKG100"
        assert caught.location is not None
        assert caught.location.line == 3

    def test_shapes_that_have_no_target_find_nothing_and_say_so(self, tmp_path: Path) -> None:
        """A file of data in place of the shapes is noticed."""
        caught = error(tmp_path, DATA + "ex:one a ex:Person .\n", DATA + "ex:one a ex:Person .\n")

        assert (caught.code, caught.message) == (
            "DKG204",
            "there is no shape with a target in the shapes files",
        )

    @pytest.mark.parametrize(
        ("mistake", "what"),
        [
            ("sh:path 'name' ; sh:minCount 1", "is no path"),
            ("sh:path ex:name ; sh:minCount 'one'", "needs a whole number"),
            ("sh:path ex:name ; sh:pattern '(('", 'the pattern "((" is wrong'),
            ("sh:path ex:name ; sh:in ex:notAList", "is no well-formed list"),
            ("sh:path ex:name , ex:label ; sh:minCount 1", "has 2 values of sh:path"),
            ("sh:path ex:name ; sh:property ex:NotThere", "which has no sh:path"),
            (
                "sh:path ex:name ; sh:sparql [ sh:select 'SELECT $this WHERE { $this ' ]",
                "is no SPARQL",
            ),
        ],
    )
    def test_shapes_that_are_not_well_formed(self, tmp_path: Path, mistake: str, what: str) -> None:
        """Whatever is wrong with a shape, it is said in one line, with the file it stands in."""
        shapes = SHAPES.replace("sh:path ex:name ; sh:minCount 1", mistake)

        caught = error(tmp_path, shapes, DATA + "ex:one a ex:Person ; ex:name 'One' .\n")

        assert caught.code == "DKG204"
        assert "\n" not in caught.message
        assert what in caught.message
        assert caught.location == Location(str(tmp_path / "shapes.ttl"))

    def test_a_query_of_a_shape_reaches_no_other_service(self, tmp_path: Path) -> None:
        """SERVICE is refused before anything is asked."""
        query = "SELECT $this WHERE { SERVICE <http://localhost:9/sparql> { $this ?p ?o } }"
        shapes = SHAPES.replace("sh:minCount 1", f"sh:sparql [ sh:select '{query}' ]")

        caught = error(tmp_path, shapes, DATA + "ex:one a ex:Person .\n")

        assert (caught.code, "SERVICE" in caught.message) == ("DKG204", True)

    def test_a_context_on_the_network_is_refused(self, tmp_path: Path) -> None:
        """JSON-LD that takes its context from an address would be fetched from there."""
        tree = {"@context": "http://localhost:9/context.jsonld", "@id": "http://example.org/one"}

        caught = error(tmp_path, SHAPES, json.dumps(tree), "data.jsonld")

        assert caught.code == "DKG100"
        assert "http://localhost:9/context.jsonld" in caught.message

    def test_shapes_that_go_round_in_a_circle_are_refused(self, tmp_path: Path) -> None:
        """SHACL leaves recursion undefined, so no result would mean anything."""
        shapes = SHAPES + (
            "ex:A a sh:NodeShape ; sh:targetClass ex:Person ; sh:property ex:B .\n"
            "ex:B a sh:PropertyShape ; sh:path ex:knows ; sh:node ex:A .\n"
        )

        caught = error(tmp_path, shapes, DATA + "ex:one a ex:Person ; ex:name 'One' .\n")

        assert caught.code == "DKG204"
        assert "itself" in caught.message
