"""What to cite."""

import json

import pyoxigraph as ox
import pytest

from diaspora_kg.citing import Citation, cite, read_work
from diaspora_kg.evidence import ClaimRecord, EvidencedTable, Link, Passage, RowEvidence
from diaspora_kg.lookup import Lookup
from diaspora_kg.namespaces import DKGID, PREFIXES
from diaspora_kg.querying import Question
from diaspora_kg.rendering.citations import render
from diaspora_kg.table import Table
from diaspora_kg.terms import iri

HEAD = "".join(f"@prefix {name}: <{address}> .\n" for name, address in PREFIXES.items())
TURTLE = """
<https://w3id.org/diaspora-kg/id/source/article> a dkg:Source ; rdfs:label "Öz & Ali 2024" ;
  dcterms:creator <https://w3id.org/diaspora-kg/id/party/ayse-oz-zeki-ali> ;
  dcterms:title "Power and Place"@en ; dcterms:issued "2024"^^xsd:gYear ; dcterms:type "article" ;
  dcterms:isPartOf "Journal of Power" ; bibo:volume "3" ; bibo:issue "2" ; bibo:pages "1-9" ;
  bibo:doi "10.1/x" .
<https://w3id.org/diaspora-kg/id/party/ayse-oz-zeki-ali> a dkg:Party ; rdfs:label "Öz & Ali" ;
  dkg:partyMember <https://w3id.org/diaspora-kg/id/person/zeki-ali> ,
    <https://w3id.org/diaspora-kg/id/person/ayse-oz> .
<https://w3id.org/diaspora-kg/id/person/zeki-ali> rdfs:label "Zeki Ali" ; dkg:familyName "Ali" .
<https://w3id.org/diaspora-kg/id/person/ayse-oz> rdfs:label "Ayşe Öz" ; dkg:familyName "Öz" .
<https://w3id.org/diaspora-kg/id/source/page> a dkg:Source , dkg:UnresolvedReference ;
  rdfs:label "Office, 2016 or later" ; dkg:issuedNotBefore "2016-01-07"^^xsd:date ;
  dcterms:publisher <https://w3id.org/diaspora-kg/id/party/office> ;
  schema:url "https://office.example/"^^xsd:anyURI .
<https://w3id.org/diaspora-kg/id/party/office> rdfs:label "Office" .
"""
META = {
    "version": "0.1.0",
    "date": None,
    "policy": {"min_origins": 2, "min_confidence": 0.0, "min_tier": None},
}


@pytest.fixture(scope="module")
def lookup() -> Lookup:
    """Return two sources."""
    store = ox.Store()
    store.bulk_load((HEAD + TURTLE).encode("utf-8"), ox.RdfFormat.TURTLE)
    return Lookup(store)


@pytest.fixture
def citation(lookup: Lookup) -> Citation:
    """Return what to cite for an answer of one row that rests on one claim."""
    passage = Passage(
        "e", (("en", "words"),), DKGID + "source/article", "Öz & Ali 2024", "", "p. 1"
    )
    claim = ClaimRecord(
        iri=DKGID + "c/claim/one",
        label="Öz & Ali: x",
        subject=iri(DKGID + "a"),
        predicate=iri(DKGID + "p"),
        objects=(),
        holder="Öz & Ali",
        polarity="affirmed",
        modality="factual",
        explicitness="explicit",
        passages=(passage,),
        links=(Link(1, "Office", "", DKGID + "source/page", "endorses"),),
    )
    answer = EvidencedTable(Table(("x",), (('"1"',),)), (RowEvidence(claims=(claim,)),))
    return cite(Question("SELECT ?x {}"), answer, META, "0123abcd", lookup)


def test_a_work_is_cited_by_author_and_date(lookup: Lookup) -> None:
    """Authors in their order, date, title, container with volume, and the DOI."""
    work = read_work(DKGID + "source/article", lookup)

    assert str(work) == (
        "Öz, Ayşe & Ali, Zeki. 2024. “Power and Place.” Journal of Power 3(2): 1-9. "
        "https://doi.org/10.1/x"
    )


def test_a_date_that_is_only_bounded_says_so(lookup: Lookup) -> None:
    """A source without a date has what is known of it; a title that is not known is not made up."""
    work = read_work(DKGID + "source/page", lookup)

    assert str(work) == "Office. 2016 or later. (title not known here). https://office.example/"


def test_the_text_names_question_graph_policy_and_works(citation: Citation) -> None:
    """Everything that a reader needs to find the answer again."""
    assert render(citation, "text") == (
        "Query      SELECT ?x {}\n"
        "Graph      diaspora-kg 0.1.0, build 0123abcd\n"
        "Accepted   at least 2 independent origins, and no conflict that is open or was decided "
        "against it\n"
        "Date       undated build\n"
        "Answer     1 row, resting on 1 claim\n"
        "\n"
        "Works that the answer rests on\n"
        "  Öz, Ayşe & Ali, Zeki. 2024. “Power and Place.” Journal of Power 3(2): 1-9.\n"
        "      https://doi.org/10.1/x\n"
        "\n"
        "Works that these name as standing behind what they say\n"
        "  Office. 2016 or later. (title not known here). https://office.example/ "
        "[not read for this\n"
        "      graph]\n"
        "\n"
        "The graph\n"
        "  diaspora-kg contributors. n.d. diaspora-kg: claims with evidence. Version 0.1.0, build\n"
        "      0123abcd. Data set. https://w3id.org/diaspora-kg/graph. CC BY 4.0.\n"
    )


def test_json_has_the_same(citation: Citation) -> None:
    """What the text says, for programs."""
    value = json.loads(render(citation, "json"))

    assert value["graph"]["date"] is None
    assert [work["key"] for work in value["works"]] == ["article"]
    assert value["works"][0]["authors"] == [
        {"family": "Öz", "given": "Ayşe"},
        {"family": "Ali", "given": "Zeki"},
    ]
    assert [work["key"] for work in value["namedWorks"]] == ["page"]


def test_bibtex_has_an_entry_for_each_work_and_for_the_graph(citation: Citation) -> None:
    """Entries go by the keys of the case files."""
    text = render(citation, "bibtex")

    assert text.startswith(
        "@article{article,\n"
        "  author = {Öz, Ayşe and Ali, Zeki},\n"
        "  title = {Power and Place},\n"
        "  year = {2024},\n"
        "  journal = {Journal of Power},\n"
        "  volume = {3},\n"
        "  number = {2},\n"
        "  pages = {1-9},\n"
        "  doi = {10.1/x},\n"
        "}\n"
    )
    assert "@misc{page,\n" in text
    assert "  note = {2016 or later, not read for this graph},\n" in text
    assert "@misc{diaspora-kg,\n" in text
