"""The graph as open data: what a release holds, and that others can read and check it."""

import hashlib
import json
import subprocess
from datetime import date
from pathlib import Path

import pytest
from rdflib import Dataset, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, RDF, VOID

from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.graph import KnowledgeGraph
from diaspora_kg.namespaces import BASE, DKG, DKGG, DKGID, OWL, SKOS
from diaspora_kg.publishing import (
    Release,
    context_as_json,
    make_release,
    nanopublications_as_trig,
    release_of,
    write_release,
)
from diaspora_kg.publishing.description import Edition, describe_dataset, link_counts
from diaspora_kg.publishing.nanopublications import nanopublications
from diaspora_kg.terms import TYPE, Quad, iri, text_literal, typed_literal

NP = Namespace("http://www.nanopub.org/nschema#")
PROV = Namespace("http://www.w3.org/ns/prov#")
DATE = "http://www.w3.org/2001/XMLSchema#date"
EDITION = Edition("0.1.0", date(2026, 1, 31), "one origin", "abc123")
ORACLES = Path(__file__).parent.parent / ".venv" / "oracles" / "bin" / "python"


def one_claim() -> list[Quad]:
    """Return a claim with its evidence, coding, caveat and source, and the fact that it became."""
    case, sources = iri(f"{DKGG}case/demo"), iri(f"{DKGG}sources")
    accepted = iri(f"{DKGG}accepted")
    claim, source = iri(f"{DKGID}demo/claim/founded"), iri(f"{DKGID}source/paper")
    evidence, coding = iri(f"{DKGID}demo/evidence/1"), iri(f"{DKGID}demo/claim/founded/coding/1")

    def dkg(name: str) -> str:
        return iri(DKG + name)

    return [
        (claim, TYPE, dkg("Claim"), case),
        (claim, dkg("claimSubject"), iri(f"{DKGID}demo"), case),
        (claim, dkg("claimPredicate"), dkg("foundedOn"), case),
        (claim, dkg("claimValue"), text_literal("2010"), case),
        (claim, dkg("claimHolder"), iri(f"{DKGID}party/doe"), case),
        (claim, dkg("evidence"), evidence, case),
        (claim, dkg("coding"), coding, case),
        (claim, dkg("contentKey"), text_literal("0123"), case),
        (coding, dkg("coder"), iri(f"{DKGID}coder/a"), case),
        (coding, dkg("codedOn"), typed_literal("2026-01-05", DATE), case),
        (evidence, dkg("inSource"), source, case),
        (evidence, dkg("quote"), text_literal("founded in 2010", "en"), case),
        (source, iri(str(DCTERMS.title)), text_literal("A Paper", "en"), sources),
        (iri(f"{DKGID}demo"), dkg("foundedOn"), text_literal("2010"), accepted),
    ]


@pytest.fixture(scope="module")
def published() -> Dataset:
    """Return the nanopublication of the claim, read by another library."""
    dataset = Dataset()
    dataset.parse(data=nanopublications_as_trig(one_claim()), format="trig")
    return dataset


def graph(published: Dataset, part: str) -> Graph:
    """Return one of its four graphs."""
    return published.graph(URIRef(f"{BASE}np/demo/founded#{part}"))


@pytest.fixture(scope="module")
def release(packaged_kg: KnowledgeGraph) -> Release:
    """Return the release of the packaged cases."""
    return release_of(packaged_kg, date(2026, 1, 31))[0]


class TestNanopublications:
    """A claim as four small graphs."""

    def test_the_head_names_the_parts(self, published: Dataset) -> None:
        """Assertion, provenance and publication info hang from the nanopublication."""
        this = URIRef(f"{BASE}np/demo/founded")

        head = graph(published, "Head")

        assert (this, RDF.type, NP.Nanopublication) in head
        assert head.value(this, NP.hasAssertion) == URIRef(f"{this}#assertion")
        assert head.value(this, NP.hasProvenance) == URIRef(f"{this}#provenance")
        assert head.value(this, NP.hasPublicationInfo) == URIRef(f"{this}#pubInfo")

    def test_what_is_asserted_is_the_claim_and_not_its_content(self, published: Dataset) -> None:
        """That a source says so is asserted; that it is so is in no nanopublication."""
        claim = URIRef(f"{DKGID}demo/claim/founded")

        said = graph(published, "assertion")

        assert set(said.subjects()) == {claim}
        assert (claim, URIRef(DKG + "claimValue"), Literal("2010")) in said
        plain = (URIRef(DKGID + "demo"), URIRef(DKG + "foundedOn"), None, None)
        assert list(published.quads(plain)) == []

    def test_provenance_leads_to_quote_and_source(self, published: Dataset) -> None:
        """Who holds it, in which source it stands, with which words."""
        provenance = graph(published, "provenance")
        assertion = URIRef(f"{BASE}np/demo/founded#assertion")

        assert set(provenance.predicate_objects(assertion)) == {
            (PROV.wasDerivedFrom, URIRef(f"{DKGID}source/paper")),
            (PROV.wasAttributedTo, URIRef(f"{DKGID}party/doe")),
            (PROV.wasGeneratedBy, URIRef(f"{DKGID}demo/claim/founded/coding/1")),
        }
        assert Literal("founded in 2010", lang="en") in set(provenance.objects())
        assert Literal("A Paper", lang="en") in set(provenance.objects())

    def test_publication_info_names_the_coder_and_the_day(self, published: Dataset) -> None:
        """The coder made it, on the day of the coding; no clock is asked."""
        this = URIRef(f"{BASE}np/demo/founded")

        about = graph(published, "pubInfo")

        assert about.value(this, DCTERMS.creator) == URIRef(f"{DKGID}coder/a")
        assert str(about.value(this, DCTERMS.created)) == "2026-01-05T00:00:00+00:00"

    def test_what_is_computed_stays_out(self, published: Dataset) -> None:
        """Keys that the program compares by are nobody's assertion."""
        assert list(published.quads((None, URIRef(DKG + "contentKey"), None, None))) == []

    def test_every_packaged_claim_is_one(
        self, packaged_kg: KnowledgeGraph, release: Release
    ) -> None:
        """There are as many nanopublications as claims."""
        heads = release.files["nanopublications.trig"].count(b"nschema#Nanopublication>")

        assert heads == packaged_kg.meta["counts"]["claims"]


class TestDescription:
    """DCAT for catalogues, VoID for crawlers."""

    @pytest.fixture
    def described(self) -> Graph:
        """Return the description of a graph with links to two targets."""
        links = iri(f"{DKGG}links")
        exact, close = iri(SKOS + "exactMatch"), iri(SKOS + "closeMatch")
        quads = [
            (iri(f"{DKGID}a"), exact, iri("http://www.wikidata.org/entity/Q1"), links),
            (iri(f"{DKGID}b"), exact, iri("http://www.wikidata.org/entity/Q2"), links),
            (iri(f"{DKGID}b"), close, iri("https://ror.org/000000000"), links),
            (iri(f"{DKGID}b"), exact, iri(f"{DKGID}a"), links),
            *one_claim(),
        ]
        return Graph().parse(data=describe_dataset(quads, (), EDITION), format="turtle")

    def test_links_are_counted_per_target(self, described: Graph) -> None:
        """A linkset for each target and predicate; links among our own are none."""
        found = {
            (
                str(described.value(linkset, VOID.objectsTarget)).removeprefix(DKGG),
                str(described.value(linkset, VOID.linkPredicate)).removeprefix(SKOS),
                int(str(described.value(linkset, VOID.triples))),
            )
            for linkset in described.subjects(RDF.type, VOID.Linkset)
        }

        assert found == {("target/wikidata", "exactMatch", 2), ("target/ror", "closeMatch", 1)}

    def test_sizes_are_counted(self, described: Graph) -> None:
        """Four links, and the fourteen statements of the claim."""
        assert str(described.value(URIRef(DKGG[:-1]), VOID.triples)) == "18"

    def test_an_equality_is_a_link_too(self) -> None:
        """``owl:sameAs`` to the outside counts under its own predicate."""
        same = iri(OWL + "sameAs")
        quad = (iri(f"{DKGID}a"), same, iri("https://ror.org/1"), iri(f"{DKGG}links"))

        assert link_counts([quad]) == {("ror.org", same): 1}


class TestContext:
    """Short names for JSON-LD."""

    def test_values_have_their_type(self) -> None:
        """A thing is an address, a text with languages a map, a date a date."""
        context = json.loads(context_as_json())["@context"]

        assert context["claimObject"] == {"@id": "dkg:claimObject", "@type": "@id"}
        assert context["quote"] == {"@id": "dkg:quote", "@container": "@language"}
        assert context["Claim"] == "dkg:Claim"


class TestRelease:
    """The folder that is published."""

    def test_it_holds_what_a_reader_needs(self, release: Release) -> None:
        """Graph, tables, cases, ontology, shapes, queries, description, citation."""
        wanted = {
            "graph.nq",
            "graph.trig",
            "accepted.ttl",
            "nanopublications.trig",
            "tables/claims.csv",
            "tables/columns.csv",
            "cases/ytb.yaml",
            "cases/sources.bib",
            "ontology/claims.ttl",
            "ontology/concepts/core.ttl",
            "queries/institutions-of-states.rq",
            "shapes/claims.ttl",
            "context.jsonld",
            "dataset.ttl",
            "dataset.jsonld",
            "ro-crate-metadata.json",
            "w3id/.htaccess",
            "CITATION.cff",
            "README.md",
            "SHA256SUMS",
        }

        assert wanted - set(release.files) == set()
        assert not any("examples" in path for path in release.files)

    def test_checksums_cover_every_other_file(self, release: Release) -> None:
        """``sha256sum -c`` finds each file as it was."""
        lines = release.files["SHA256SUMS"].decode().splitlines()

        listed = {line[66:]: line[:64] for line in lines}

        others = {path for path in release.files if path != "SHA256SUMS"}
        assert set(listed) == others
        assert all(
            hashlib.sha256(release.files[path]).hexdigest() == listed[path] for path in others
        )

    def test_every_file_is_a_distribution_with_its_size(self, release: Release) -> None:
        """The catalogue says of the graph what it weighs."""
        described = Graph().parse(data=release.files["dataset.ttl"], format="turtle")
        whole = URIRef(f"{BASE}release/0.1.0/graph.nq")

        assert (URIRef(DKGG[:-1]), DCAT.distribution, whole) in described
        size = described.value(whole, DCAT.byteSize)
        assert int(str(size)) == len(release.files["graph.nq"])

    def test_the_same_graph_gives_the_same_bytes(self, release: Release) -> None:
        """A release can be made again and compared."""
        first = make_release(one_claim(), EDITION)
        second = make_release(reversed(one_claim()), EDITION)

        assert first.files == second.files

    def test_a_folder_that_holds_something_is_left_alone(self, tmp_path: Path) -> None:
        """A release is never changed."""
        (tmp_path / "mine.txt").write_text("mine")

        with pytest.raises(DiasporaKGError) as caught:
            write_release(Release(EDITION, {"a": b"b"}), tmp_path)

        assert caught.value.code == "DKG604"
        assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]

    @pytest.mark.skipif(
        not ORACLES.is_file(), reason="the libraries of others: run 'make .venv/oracles'"
    )
    def test_the_libraries_of_others_find_nothing_wrong(self, tmp_path: Path) -> None:
        """RO-Crate validator and nanopub library accept a release."""
        write_release(make_release(one_claim(), EDITION), tmp_path / "release")
        script = Path(__file__).parent.parent / "scripts" / "check_release.py"

        done = subprocess.run(
            [ORACLES, script, tmp_path / "release"], capture_output=True, text=True, check=False
        )

        assert (done.stdout, done.returncode) == ("", 0)


def test_nanopublications_are_sorted() -> None:
    """In whatever order the quads come, the result is the same."""
    assert nanopublications(reversed(one_claim()), "1") == nanopublications(one_claim(), "1")
