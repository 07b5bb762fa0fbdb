"""Every packaged shape says what it wants, and finds what its examples say and nothing else."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS, SH, SKOS

from diaspora_kg.errors import Finding
from diaspora_kg.namespaces import DKG, DKGC, DKGSH
from diaspora_kg.reading.ontology import read_ontology
from diaspora_kg.reading.rdf import read_triples
from diaspora_kg.resources import folder
from diaspora_kg.shacl import DataGraph
from diaspora_kg.terms import Triple
from diaspora_kg.validation import packaged_shapes as compiled_shapes
from diaspora_kg.validation.shacl import check

EX = "https://example.org/"
EXAMPLES = Path(str(folder("shapes"))) / "examples"
COMPUTED = {"Coder", "Codebook", "Conflict", "Fact"}
TARGETS = (SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf)
TAKEN_BY_THE_PROGRAM = {"DKG200", "DKG204", "DKG250", "DKG251", "DKG252"}


def local(node: object) -> str:
    """Return the name of a shape without its namespace."""
    return str(node).removeprefix(DKGSH)


@cache
def packaged_shapes() -> Graph:
    """Return the shapes over data as another library reads them."""
    shapes = Graph()
    for file in EXAMPLES.parent.glob("*.ttl"):
        if file.name != "ontology.ttl":
            shapes.parse(file)
    return shapes


def property_shapes() -> list[str]:
    """Return the names of the property shapes over data."""
    found = packaged_shapes().subjects(RDF.type, SH.PropertyShape)
    return sorted(local(shape) for shape in found)


@cache
def class_order() -> tuple[Triple, ...]:
    """Return which class is below which."""
    below = f"<{RDFS.subClassOf}>"
    return tuple(t for t in read_ontology().triples if t[1] == below and t[2].startswith("<"))


def example(name: str) -> Graph:
    """Return the nodes of an example file."""
    return Graph().parse(EXAMPLES / f"{name}.ttl")


@cache
def found_in(name: str) -> tuple[Finding, ...]:
    """Return what the shapes find in an example file."""
    data = DataGraph.from_terms((*read_triples([EXAMPLES / f"{name}.ttl"]), *class_order()))
    return check(data, compiled_shapes(), {})


def expected(data: Graph) -> set[str]:
    """Return the nodes whose name says that they are invalid."""
    names = {str(node) for node in data.subjects() if str(node).startswith(EX)}
    return {name.removeprefix(EX) for name in names if name.startswith(f"{EX}invalid-")}


class TestExamples:
    """The examples of a shape are its specification."""

    @pytest.mark.parametrize("name", property_shapes())
    def test_a_shape_reports_its_invalid_nodes_and_no_others(self, name: str) -> None:
        """Exactly the nodes called invalid-… are reported by the shape of the file's name."""
        findings = found_in(name)

        found = {f.focus.removeprefix(EX) for f in findings if f.shape == DKGSH + name}
        assert found == expected(example(name))

    @pytest.mark.parametrize("name", property_shapes())
    def test_an_example_shows_both(self, name: str) -> None:
        """An example file has a valid and an invalid node, and says so in their names."""
        subjects = {str(node).removeprefix(EX) for node in example(name).subjects()}

        kinds = {subject.partition("-")[0] for subject in subjects}

        assert {"valid", "invalid"} <= kinds

    def test_no_example_lacks_its_shape(self) -> None:
        """Every example file is named for a property shape."""
        files = {file.name.removesuffix(".ttl") for file in EXAMPLES.iterdir()}
        over_ontology = Graph().parse(EXAMPLES.parent / "ontology.ttl")

        others = {local(shape) for shape in over_ontology.subjects(RDF.type, SH.PropertyShape)}

        assert files - others == set(property_shapes())


class TestWording:
    """A finding says what is wrong and what to write."""

    @pytest.mark.parametrize("name", property_shapes())
    def test_a_shape_is_complete(self, name: str) -> None:
        """A property shape has one each of name, description, severity and code."""
        shape, shapes = URIRef(DKGSH + name), packaged_shapes()

        values = {
            "name": list(shapes.objects(shape, SH.name)),
            "description": list(shapes.objects(shape, SH.description)),
            "severity": list(shapes.objects(shape, SH.severity)),
            "code": list(shapes.objects(shape, RDFS.seeAlso)),
        }

        assert {key: len(found) for key, found in values.items()} == dict.fromkeys(values, 1)
        assert re.search(r"/errors#DKG2\d\d$", str(values["code"][0]))

    @pytest.mark.parametrize("name", property_shapes())
    def test_a_message_has_two_sentences(self, name: str) -> None:
        """The first sentence says what is wrong, the second begins with: Write."""
        (message,) = packaged_shapes().objects(URIRef(DKGSH + name), SH.message)

        wrong, *advice = re.split(r"(?<=[.])\s+(?=[A-Z])", str(message))

        assert len(advice) == 1
        assert wrong.endswith(".")
        assert advice[0].startswith("Write ")
        assert advice[0].endswith(".")

    @pytest.mark.parametrize("name", property_shapes())
    def test_a_shape_is_named_for_its_node_shape(self, name: str) -> None:
        """A property shape is called <NodeShape>-<property>, and that node shape leads to it."""
        shapes = packaged_shapes()
        node_shape = URIRef(DKGSH + name.partition("-")[0])

        reached = set(shapes.transitive_objects(node_shape, SH.property))

        assert (node_shape, RDF.type, SH.NodeShape) in shapes
        assert URIRef(DKGSH + name) in reached

    def test_codes_are_unique(self) -> None:
        """No two shapes share a code, and none has a code of the program's own."""
        shapes = packaged_shapes()
        kinds = shapes.subjects(RDF.type, SH.PropertyShape)

        codes = Counter(str(link)[-6:] for shape in kinds for link in shapes[shape : RDFS.seeAlso])

        assert [code for code, count in codes.items() if count > 1] == []
        assert not TAKEN_BY_THE_PROGRAM & set(codes)

    def test_a_nameless_step_reports_nothing(self) -> None:
        """A property shape without a name is a step to others, or part of a condition."""
        shapes = packaged_shapes()
        nameless = set(shapes.subjects(SH.path)) - set(shapes.subjects(RDF.type, SH.PropertyShape))

        reporting = [
            step
            for step in nameless
            for parent in shapes.subjects(SH.property, step)
            if any((parent, target, None) in shapes for target in TARGETS)
            and set(shapes.predicates(step)) != {SH.path, SH.property}
        ]

        assert reporting == []

    def test_what_must_hold_stops_and_what_should_hold_warns(self) -> None:
        """Force is by file: only the shapes of recommended.ttl are weaker than a violation."""
        force = {}
        for file in EXAMPLES.parent.glob("*.ttl"):
            if file.name != "ontology.ttl":
                graph = Graph().parse(file)
                force[file.name] = {local(value)[-9:] for value in graph.objects(None, SH.severity)}

        recommended = force.pop("recommended.ttl")

        assert {str(SH.Violation)[-9:]} == set().union(*force.values())
        assert str(SH.Violation)[-9:] not in recommended


class TestVocabulary:
    """Shapes speak of what the ontology has, and leave no class out."""

    def test_every_term_of_ours_is_declared(self) -> None:
        """A misspelt property in a shape would never find anything."""
        ontology = read_ontology()
        known = {term[1:-1] for term in (*ontology.classes, *ontology.properties)}
        known |= {term[1:-1] for term in ontology.concepts}

        used = {str(node) for triple in packaged_shapes() for node in triple}

        ours = {name for name in used if name.startswith((DKG, DKGC))}
        assert ours - known == set()

    def test_every_class_that_is_filled_in_has_a_shape(self) -> None:
        """Whatever class a case gives a node, some shape looks at it."""
        ontology, shapes = read_ontology(), packaged_shapes()
        targets = {f"<{cls}>" for cls in shapes.objects(None, SH.targetClass)}

        without = {
            term[1:-1].removeprefix(DKG)
            for term in ontology.classes
            if not targets & {term, *ontology.superclasses(term)}
        }

        assert without == COMPUTED

    @pytest.mark.parametrize(
        ("shape", "scheme"),
        [
            ("Access-accessLevel", "access-level"),
            ("Adjudication-outcome", "adjudication-outcome"),
            ("Attribution-stance", "stance"),
            ("Caveat-caveatKind", "caveat-kind"),
            ("Claim-explicitness", "explicitness"),
            ("Claim-modality", "modality"),
            ("Claim-polarity", "polarity"),
            ("Contrariety-conflictKind", "conflict-kind"),
            ("FigureClaim-aggregation", "aggregation"),
            ("FigureClaim-bound", "bound"),
            ("FigureClaim-estimateStatus", "estimate-status"),
            ("FigureClaim-flow", "stock-or-flow"),
            ("FigureClaim-populationCriterion", "population-criterion"),
            ("Source-sourceTier", "source-tier"),
        ],
    )
    def test_a_closed_list_is_its_concept_scheme(self, shape: str, scheme: str) -> None:
        """The values that a shape allows are the members of the scheme, no more and no less."""
        shapes = packaged_shapes()
        (values,) = shapes.objects(URIRef(DKGSH + shape), SH["in"])
        member_of = (f"<{SKOS.inScheme}>", f"<{DKGC}{scheme}>")

        allowed = {f"<{value}>" for value in shapes.items(values)}

        members = {s for s, p, o in read_ontology().triples if (p, o) == member_of}
        not_stated = {f"<{DKGC}not-stated>"}
        assert allowed - not_stated == members - not_stated

    @pytest.mark.parametrize("name", property_shapes())
    def test_a_message_names_the_values_of_a_closed_list(self, name: str) -> None:
        """Who has written a wrong value reads the right ones."""
        shapes, shape = packaged_shapes(), URIRef(DKGSH + name)
        (message,) = shapes.objects(shape, SH.message)
        lists = list(shapes.objects(shape, SH["in"]))

        values = {str(value) for one in lists for value in shapes.items(one)}

        short = {re.sub(r"^caveat-|-conflict$", "", v.removeprefix(DKGC)) for v in values}
        assert {value for value in short if value not in str(message)} == set()

    def test_messages_are_english(self) -> None:
        """Messages, names and descriptions carry their language."""
        shapes = packaged_shapes()
        texts = [
            text
            for prop in (SH.message, SH.name, SH.description)
            for text in shapes.objects(None, prop)
        ]

        assert {text.language for text in texts if isinstance(text, Literal)} == {"en"}
