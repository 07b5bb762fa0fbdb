"""The packaged graph on real services: the same rows, the same evidence, the same findings."""

import csv
from collections.abc import Iterable
from pathlib import Path

import pytest

from diaspora_kg.errors import DiasporaKGError, Finding
from diaspora_kg.graph import KnowledgeGraph
from diaspora_kg.reading.queries import packaged_queries
from diaspora_kg.services.build import ServiceBuild
from diaspora_kg.services.holdings import CONTESTED
from diaspora_kg.services.validating import (
    ServiceCheck,
    validate_service,
    validate_service_with,
)
from diaspora_kg.shacl import DataGraph, ShapesGraph
from diaspora_kg.store import read_nquads
from diaspora_kg.validation import validate_graph
from diaspora_kg.validation.shacl import check
from tests.services.conftest import Loaded

QUERIES = packaged_queries()
EXPECTED = Path(__file__).parent.parent / "queries"


def examples(name: str) -> dict[str, str]:
    """Return the example values of the parameters that a query cannot do without."""
    return {p.name: p.example for p in QUERIES[name].parameters if p.required}


def content(finding: Finding) -> tuple[str, ...]:
    """Return a finding without its place, which only files have."""
    return (finding.code, finding.focus, finding.path, finding.value, finding.message)


class TestQueries:
    """What a service answers."""

    @pytest.mark.parametrize("name", QUERIES)
    def test_every_packaged_query_gives_the_expected_rows(self, loaded: Loaded, name: str) -> None:
        """A packaged query gives its expected rows, in their order, on every service."""
        with (EXPECTED / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
            header, *rows = csv.reader(lines)

        table = loaded.kg.query(name, **examples(name))

        assert list(table.columns) == header
        assert table.texts() == rows

    def test_a_query_sees_nothing_contested(self, loaded: Loaded) -> None:
        """What sources dispute is not among the triples that an ordinary query sees."""
        query = "ASK { dkgid:peace-corps a dkg:StateBody }"

        assert not loaded.kg.sparql(query).is_true

    def test_a_query_that_asks_for_it_sees_what_is_contested(self, loaded: Loaded) -> None:
        """Who names the contested graph sees it."""
        query = "ASK { GRAPH dkgg:contested { dkgid:peace-corps a dkg:StateBody } }"

        assert loaded.kg.sparql(query).is_true

    def test_a_triple_of_two_graphs_counts_once(
        self, loaded: Loaded, packaged_kg: KnowledgeGraph
    ) -> None:
        """The graphs are seen as one set of triples, as on disk."""
        query = "SELECT (COUNT(*) AS ?n) WHERE { ?s a dkg:StateActor }"

        assert loaded.kg.sparql(query).rows == packaged_kg.sparql(query).rows

    def test_a_construct_gives_the_same_triples(
        self, loaded: Loaded, packaged_kg: KnowledgeGraph
    ) -> None:
        """A CONSTRUCT comes back as triples, whatever form the service sends."""
        query = "CONSTRUCT { ?s rdfs:label ?o } WHERE { ?s a dkg:State ; rdfs:label ?o }"

        assert loaded.kg.sparql(query).rows == packaged_kg.sparql(query).rows

    def test_a_query_with_a_mistake_is_refused(self, loaded: Loaded) -> None:
        """A service says what it does not understand, and nothing is shown as an answer."""
        with pytest.raises(DiasporaKGError) as caught:
            loaded.kg.sparql("SELECT * WHERE { ?s ?p }")

        assert caught.value.code == "DKG624"
        assert caught.value.exit_status == 2


class TestEvidence:
    """What rows and statements rest on, over the network."""

    @pytest.mark.parametrize("name", ["claims-about", "institutions-of-states", "conflicts"])
    def test_rows_rest_on_the_same_claims(
        self, loaded: Loaded, packaged_kg: KnowledgeGraph, name: str
    ) -> None:
        """The evidence of a row is the same as on disk."""
        here = packaged_kg.evidence(name, **examples(name))

        there = loaded.kg.evidence(name, **examples(name))

        assert there == here

    @pytest.mark.parametrize(
        "words",
        [("Peace Corps", "a", "state body"), ("action-agency", "a", "Actor"), ("moia",)],
        ids=["contested", "inferred", "of-a-thing"],
    )
    def test_why_gives_the_same_explanation(
        self, loaded: Loaded, packaged_kg: KnowledgeGraph, words: tuple[str, ...]
    ) -> None:
        """Claims, quotes, conflicts and proofs are the same as on disk."""
        here = packaged_kg.why(*words)

        assert loaded.kg.why(*words) == here
        assert here.statements

    def test_find_finds_the_same(self, loaded: Loaded, packaged_kg: KnowledgeGraph) -> None:
        """A search by words gives the same things in the same order."""
        assert loaded.kg.find("yumuşak güç") == packaged_kg.find("yumuşak güç")

    def test_following_evidence_takes_few_requests(self, loaded: Loaded) -> None:
        """Sixteen rows with their passages are followed in tens of requests, not in thousands."""
        kg = KnowledgeGraph(loaded.kg.source)
        before = kg.source.client.requests

        kg.evidence("claims-about", entity="dkgid:moia")

        assert kg.source.client.requests - before < 100


@pytest.fixture(scope="module")
def checked(loaded: Loaded) -> ServiceCheck:
    """Validate the graph of a service once."""
    assert isinstance(loaded.kg.source, ServiceBuild)
    return validate_service(loaded.kg.source)


class TestValidation:
    """The shapes over the graph of a service."""

    def test_finds_what_is_found_on_disk(
        self, checked: ServiceCheck, packaged_kg: KnowledgeGraph
    ) -> None:
        """The findings are those of the graph on disk."""
        quads = read_nquads(packaged_kg.build.quads_file.read_bytes())
        here = validate_graph(quads, {})

        assert sorted(map(content, checked.findings)) == sorted(map(content, here))
        assert here

    def test_says_whether_the_service_changes_literals(
        self, loaded: Loaded, checked: ServiceCheck
    ) -> None:
        """A service that keeps values and not forms is said to do so."""
        keeps_forms = {"oxigraph": False, "fuseki": True, "virtuoso": False}

        assert (checked.changed == ()) is keeps_forms[loaded.name]
        assert (
            any("how literals were written" in n for n in checked.notes())
            is not (keeps_forms[loaded.name])
        )

    def test_runs_there_unless_the_service_is_not_relied_on(
        self, loaded: Loaded, checked: ServiceCheck
    ) -> None:
        """The shapes run as queries of the service; Virtuoso's triples are fetched instead."""
        assert checked.ran_there is (loaded.name != "virtuoso")


SHAPES = """
@prefix dkg: <https://w3id.org/diaspora-kg/ontology#> .
@prefix dkgsh: <https://w3id.org/diaspora-kg/shapes#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
dkgsh:Fact sh:targetClass dkg:Fact ; sh:property [ sh:path dkg:validFrom ; sh:minCount 1 ] .
dkgsh:Label sh:targetClass dkg:Organization ; sh:property [ sh:path rdfs:label ;
  sh:languageIn ( "tr" ) ] .
dkgsh:Chain sh:targetSubjectsOf owl:propertyChainAxiom ; sh:property [
  sh:path owl:propertyChainAxiom ; sh:nodeKind sh:IRI ] .
"""
FORM = "dkgsh:Form sh:targetSubjectsOf dkg:confidence ; sh:path dkg:confidence ; sh:in ( 0.50 ) ."
DETAIL = """dkgsh:Detail sh:targetSubjectsOf owl:propertyChainAxiom ;
  sh:path owl:propertyChainAxiom ; sh:node [ sh:nodeKind sh:IRI ] ."""


class TestOwnShapes:
    """Shapes of one's own over what queries to a service see."""

    @pytest.mark.parametrize(
        ("more", "runs_there"),
        [("", True), (FORM, False), (DETAIL, False)],
        ids=["plain", "form of a literal", "nameless node"],
    )
    def test_find_what_they_find_on_disk(
        self, loaded: Loaded, packaged_kg: KnowledgeGraph, more: str, runs_there: bool
    ) -> None:
        """Facts and the ontology are looked at too; what cannot be asked there is fetched."""
        shapes = ShapesGraph.from_turtle(SHAPES + more)
        quads = read_nquads(packaged_kg.build.quads_file.read_bytes())
        seen = [quad for quad in quads if quad[3] != f"<{CONTESTED}>"]
        assert isinstance(loaded.kg.source, ServiceBuild)

        there = validate_service_with(loaded.kg.source, shapes, {})

        def results(findings: Iterable[Finding]) -> list[tuple[str, ...]]:
            return sorted((f.focus, f.path, f.component) for f in findings)

        here = check(DataGraph.from_terms(seen), shapes, {})
        assert results(there.findings) == results(here)
        assert len(here) > 100
        assert there.ran_there is (runs_there and loaded.name != "virtuoso")


class TestLoading:
    """What was told of loading the graph."""

    def test_says_whether_readers_could_see_a_mixture(self, loaded: Loaded) -> None:
        """Only a service known to change all graphs in one transaction is said to do so."""
        assert loaded.uploaded.at_once is (loaded.name != "virtuoso")

    def test_the_service_keeps_what_is_known_of_the_build(
        self, loaded: Loaded, packaged_kg: KnowledgeGraph
    ) -> None:
        """Version, policy and counts are read from the service; no name of a file gets there."""
        told = ("counts", "date", "format", "packaged", "policy", "version")

        assert loaded.kg.meta == {name: packaged_kg.meta[name] for name in told}
        assert loaded.kg.source.name == packaged_kg.build.name

    def test_nothing_staged_is_left(self, loaded: Loaded) -> None:
        """The graphs into which pieces were loaded are gone."""
        rows = loaded.kg.source.client.select(
            "SELECT ?s WHERE { GRAPH ?g { ?s ?p ?o } "
            'FILTER(STRSTARTS(STR(?g), "https://w3id.org/diaspora-kg/graph/staging/")) } LIMIT 1'
        )

        assert rows == []
