"""The ontology is complete, and reads as a person would write it."""

import re
from collections import Counter
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef

from diaspora_kg.resources import folder

BASE = "https://w3id.org/diaspora-kg/ontology"
DKG = Namespace(f"{BASE}#")
DKGC = "https://w3id.org/diaspora-kg/concept/"
SH = Namespace("http://www.w3.org/ns/shacl#")
VANN = Namespace("http://purl.org/vocab/vann/")
FOLDER = Path(str(folder("ontology")))
SHAPE_FOLDER = Path(str(folder("shapes")))
FILES = sorted(FOLDER.rglob("*.ttl"))
MODULES = [file for file in FILES if file.parent == FOLDER]
ALIGNMENTS = sorted((FOLDER / "alignments").glob("*.ttl"))
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)


def load(files: list[Path]) -> Graph:
    graph = Graph()
    for file in files:
        graph.parse(file)
    return graph


EVERYTHING = load(FILES)
ONTOLOGY = load(MODULES)
SHAPES = load([SHAPE_FOLDER / "ontology.ttl"])
PROPERTY_SHAPES = sorted(SHAPES.subjects(RDF.type, SH.PropertyShape))
TERMS = sorted(set(ONTOLOGY.subjects(RDFS.isDefinedBy)))


def header_of(file: Path) -> URIRef:
    """Return the IRI that a file should have, by its place."""
    name = file.relative_to(FOLDER).with_suffix("").as_posix()
    return URIRef(
        {"diaspora-kg": BASE, "alignments/all": f"{BASE}/alignments"}.get(name, f"{BASE}/{name}")
    )


# --- Completeness ----------------------------------------------------------------------


def test_the_ontology_conforms_to_its_shapes() -> None:
    """No term, module or concept lacks what ``shapes/ontology.ttl`` asks of it."""
    _, report, text = validate(EVERYTHING, shacl_graph=SHAPES)

    assert isinstance(report, Graph), text
    results = [
        f"{report.value(r, SH.focusNode)} {report.value(r, SH.value)}: "
        f"{report.value(r, SH.resultMessage)}"
        for r in report.subjects(RDF.type, SH.ValidationResult)
    ]
    assert results == []


@pytest.mark.parametrize("shape", PROPERTY_SHAPES, ids=lambda shape: shape.split("#")[1])
def test_a_shape_finds_the_invalid_nodes_of_its_example_alone(shape: URIRef) -> None:
    """Of the nodes in the example of its name, a shape reports exactly those named invalid."""
    name = shape.split("#")[1]
    example = load([SHAPE_FOLDER / "examples" / f"{name}.ttl"])

    _, report, text = validate(example, shacl_graph=SHAPES)

    assert isinstance(report, Graph), text
    reported = {
        report.value(result, SH.focusNode)
        for result in report.subjects(SH.sourceShape, shape)
        if (result, RDF.type, SH.ValidationResult) in report
    }
    nodes = set(example.subjects()) | set(example.objects())
    assert reported == {node for node in nodes if "/invalid-" in node}


def test_every_shape_says_what_is_wrong_and_what_to_write() -> None:
    """A property shape has a name, a description, a severity, a code, and two sentences."""
    codes = Counter(str(code) for code in SHAPES.objects(None, RDFS.seeAlso))

    assert len(PROPERTY_SHAPES) > 30
    for shape in PROPERTY_SHAPES:
        message = str(SHAPES.value(shape, SH.message))
        assert re.fullmatch(r"[^.]+\. Write .+\.", message), shape
        assert SHAPES.value(shape, SH.name), shape
        assert SHAPES.value(shape, SH.description), shape
        assert SHAPES.value(shape, SH.severity), shape
        code = str(SHAPES.value(shape, RDFS.seeAlso))
        assert re.fullmatch(r"https://w3id\.org/diaspora-kg/errors#DKG3\d\d", code), shape
        assert codes[code] == 1, code


def test_no_label_names_two_terms() -> None:
    """A label is borne by one class or property, in English and in Turkish."""
    labels = Counter(label for term in TERMS for label in ONTOLOGY.objects(term, RDFS.label))

    assert [label for label, times in labels.items() if times > 1] == []


def test_every_name_of_the_namespace_is_declared() -> None:
    """What is used as a term, here or in the concepts, a module declares."""
    used = {
        node
        for triple in EVERYTHING
        for node in triple
        if isinstance(node, URIRef) and node.startswith(DKG) and node != URIRef(DKG)
    }

    assert used - set(TERMS) == set()


def test_notes_name_terms_that_exist() -> None:
    """A scope note that sends the reader to another term sends nobody into the void."""
    concepts = {str(c) for c in EVERYTHING.subjects(RDF.type, SKOS.Concept)}
    text = " ".join(
        str(o) for p in (SKOS.scopeNote, SKOS.example) for o in ONTOLOGY.objects(None, p)
    )

    terms = {DKG[name] for name in re.findall(r"\bdkg:(\w+)", text)}
    values = {DKGC + name for name in re.findall(r"\bdkgc:([\w/-]+)", text)}
    values |= {DKGC + name for name in re.findall(r"\b((?:core|unit|indicator)/[\w-]+)", text)}

    assert terms - set(TERMS) == set()
    assert values - concepts == set()


def test_sources_of_terms_are_the_packaged_documents() -> None:
    """A notion comes from one of the five documents, or was coined here."""
    documents = ("bano-khalid", "diplo-citizen-diplomacy", "rustamova", "shahrood-nonstate")
    known = {f"https://w3id.org/diaspora-kg/id/source/{key}" for key in (*documents, "waraa-islam")}

    sources = {str(o) for term in TERMS for o in ONTOLOGY.objects(term, DCTERMS.source)}

    assert sources == known | {"coined here"}


# --- Classes and concepts --------------------------------------------------------------


def test_nothing_is_both_class_and_concept() -> None:
    """A class stands for things, a concept for a notion; ``dkg:hasConcept`` points across."""
    terms = {s for kind in KINDS for s in EVERYTHING.subjects(RDF.type, kind)}
    concepts = set(EVERYTHING.subjects(RDF.type, SKOS.Concept))

    assert terms & concepts == set()
    assert {c for c in concepts if not str(c).startswith(DKGC)} == set()
    assert set(ONTOLOGY.objects(None, DKG.hasConcept)) <= concepts


def test_no_match_joins_a_class_and_a_concept() -> None:
    """Neither equivalence nor a SKOS match leads from the ontology into the concepts."""
    joins = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, OWL.sameAs)

    joined = [t for p in joins for t in EVERYTHING.triples((None, p, None)) if DKG in str(t)]

    assert joined == []


# --- Times -----------------------------------------------------------------------------


def test_no_axiom_uses_a_date_datatype() -> None:
    """HermiT knows no years, months and days, so that no range is one; shapes check them."""
    dates = {XSD.gYear, XSD.gYearMonth, XSD.date}

    assert set(EVERYTHING.objects()) & dates == set()
    assert [o for o in EVERYTHING.objects() if isinstance(o, Literal) and o.datatype in dates] == []


def test_a_time_says_that_it_is_one() -> None:
    """A datatype property without a range has ``dkg:valueKind``, or takes any literal at all."""
    any_literal = {DKG[n] for n in ("claimValue", "factValue", "abbreviation", "hasRecordName")}
    any_literal |= {DKG[n] for n in ("hasTitle", "frequency", "hedge", "memo")}

    bare = {
        term
        for term in ONTOLOGY.subjects(RDF.type, OWL.DatatypeProperty)
        if not ONTOLOGY.value(term, RDFS.range) and not ONTOLOGY.value(term, DKG.valueKind)
    }

    assert bare == any_literal
    assert {str(o) for o in ONTOLOGY.objects(None, DKG.valueKind)} == {"time"}


# --- Headers and imports ---------------------------------------------------------------


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_is_the_ontology_of_its_name(file: Path) -> None:
    """The header of a file has the IRI and the version IRI that its place gives it."""
    graph = Graph().parse(file)
    iri = header_of(file)

    assert list(graph.subjects(RDF.type, OWL.Ontology)) == [iri]
    version = str(graph.value(iri, OWL.versionInfo))
    expected = str(iri).replace(BASE, f"{BASE}/{version}", 1)
    assert str(graph.value(iri, OWL.versionIRI)) == expected


def test_the_root_imports_every_module_and_concept_file() -> None:
    """A file that is added is imported by the root, or by the root of the alignments."""
    imported = set(ONTOLOGY.objects(URIRef(BASE), OWL.imports))
    aligned = set(EVERYTHING.objects(URIRef(f"{BASE}/alignments"), OWL.imports))

    roots = {URIRef(BASE), URIRef(f"{BASE}/alignments")}
    outside = {header_of(file) for file in ALIGNMENTS} - roots
    assert imported == {header_of(file) for file in FILES} - outside - roots
    assert aligned == outside | {URIRef(BASE)}


@pytest.mark.parametrize(
    "file", [file for file in FILES if "concepts" not in file.parts], ids=lambda file: file.stem
)
def test_a_module_imports_the_modules_whose_terms_it_uses(file: Path) -> None:
    """Opened by itself in an editor, a module finds what it speaks of."""
    graph = Graph().parse(file)
    iri = header_of(file)

    used = {
        ONTOLOGY.value(node, RDFS.isDefinedBy)
        for s, p, o in graph
        for node in ((s, o) if p != DKG.conflictsWithClass else (s,))
        if isinstance(node, URIRef) and node in TERMS
    }

    assert used - {iri} <= set(graph.objects(iri, OWL.imports))


def test_the_root_says_what_it_is() -> None:
    """Title, abstract, creator, licence, dates, prefix, namespace, citation, first version."""
    root = URIRef(BASE)

    def text(predicate: URIRef) -> set[str]:
        return {str(o) for o in ONTOLOGY.objects(root, predicate)}

    assert {o.language for o in ONTOLOGY.objects(root, DCTERMS.title)} == {"en", "tr"}
    assert {o.language for o in ONTOLOGY.objects(root, DCTERMS.abstract)} == {"en", "tr"}
    assert text(DCTERMS.creator) == {"diaspora-kg contributors"}
    assert text(DCTERMS.license) == {"https://creativecommons.org/licenses/by/4.0/"}
    assert text(VANN.preferredNamespacePrefix) == {"dkg"}
    assert text(VANN.preferredNamespaceUri) == {str(DKG)}
    for date in (DCTERMS.created, DCTERMS.issued, DCTERMS.modified):
        assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", value) for value in text(date)), date
        assert text(date)
    (version,) = text(OWL.versionInfo)
    assert any(version in citation for citation in text(DCTERMS.bibliographicCitation))
    assert text(OWL.priorVersion) or any("no prior version" in n for n in text(SKOS.historyNote))
    assert not set(ONTOLOGY.subjects(RDFS.isDefinedBy, root))


# --- The hand ---------------------------------------------------------------------------


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.stem)
def test_terms_stand_in_the_order_of_the_alphabet(file: Path) -> None:
    """Within classes, object, datatype and annotation properties a term is found by its name."""
    sections = re.split(r"^# --- .*$", file.read_text("utf-8"), flags=re.MULTILINE)

    for section in sections[1:]:
        names = re.findall(r"^dkg:(\w+)$", section, re.MULTILINE)
        assert names == sorted(names)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_prefixes_are_sorted_and_used(file: Path) -> None:
    """Prefixes stand in order, and each of them is used."""
    text = file.read_text("utf-8")

    prefixes = re.findall(r"^@prefix ([\w-]+):", text, re.MULTILINE)

    body = re.sub(r"^@prefix.*$", "", text, flags=re.MULTILINE)
    assert prefixes == sorted(prefixes)
    assert [p for p in prefixes if not re.search(rf"(?<![\w/#-]){p}:", body)] == []


@pytest.mark.parametrize("file", ALIGNMENTS, ids=lambda file: file.stem)
def test_mappings_stand_only_in_alignments(file: Path) -> None:
    """An alignment adds to terms of ours what they are elsewhere, and defines none of its own."""
    graph = Graph().parse(file)

    assert (None, RDFS.isDefinedBy, None) not in graph
    assert {s for s in graph.subjects() if str(s).startswith(DKG)} <= set(TERMS)


def test_modules_hold_no_mapping() -> None:
    """A superclass or superproperty that a module names is a term of ours."""
    mapped = [
        (s, p, o)
        for p in (RDFS.subClassOf, RDFS.subPropertyOf, OWL.equivalentClass)
        for s, o in ONTOLOGY.subject_objects(p)
        if isinstance(o, URIRef) and not str(o).startswith(DKG)
    ]

    assert mapped == []
