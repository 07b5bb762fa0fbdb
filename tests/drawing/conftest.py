"""Small stores with concept maps, written claim by claim."""

from collections.abc import Callable

import pyoxigraph
import pytest

PREFIXES = """
@prefix : <https://w3id.org/diaspora-kg/id/> .
@prefix c: <https://w3id.org/diaspora-kg/concept/core/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix dkg: <https://w3id.org/diaspora-kg/ontology#> .
@prefix dkgc: <https://w3id.org/diaspora-kg/concept/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

:map a dkg:ConceptMap ; rdfs:label "A map"@en , "Bir harita"@tr .
c:civil-society skos:prefLabel "civil society"@en , "sivil toplum"@tr .
c:soft-power skos:prefLabel "soft power"@en , "yumuşak güç"@tr .
c:foreign-policy skos:prefLabel "foreign policy"@en , "dış politika"@tr .
:ann2020 a dkg:Source ; rdfs:label "Ann 2020" ; dcterms:creator :ann ; dcterms:title "Maps"@en .
:bob2021 a dkg:Source ; rdfs:label "Bob 2021" ; dcterms:creator :bob .
:in-ann dkg:inSource :ann2020 ; dkg:locator "p. 1" .
:in-bob dkg:inSource :bob2021 ; dkg:locator "p. 9" .
"""

TRIANGLE = """
:k1 a dkg:Claim , dkg:Proposition ; dkg:inConceptMap :map ; dkg:reciprocalOf :k2 ;
    dkg:claimSubject c:civil-society ; dkg:claimPredicate dkg:isSourceOf ;
    dkg:claimObject c:soft-power ; dkg:linkingPhrase "is a source of"@en , "kaynağıdır"@tr ;
    dkg:evidence :in-ann .
:k2 a dkg:Claim , dkg:Proposition ; dkg:inConceptMap :map ;
    dkg:claimSubject c:soft-power ; dkg:claimPredicate dkg:dependsOn ;
    dkg:claimObject c:civil-society ; dkg:linkingPhrase "depends on"@en ;
    dkg:evidence :in-ann .
:k3 a dkg:Claim , dkg:Proposition ; dkg:inConceptMap :map ;
    dkg:claimSubject c:soft-power ; dkg:claimPredicate dkg:isApproachTo ;
    dkg:claimObject c:foreign-policy ; dkg:linkingPhrase "is an approach to"@en ;
    dkg:evidence :in-ann .
:k4 a dkg:Claim , dkg:Proposition ; dkg:inConceptMap :map ; dkg:restates :k3 ;
    dkg:claimSubject c:soft-power ; dkg:claimPredicate dkg:isApproachTo ;
    dkg:claimObject c:foreign-policy ; dkg:linkingPhrase "is a method of"@en ;
    dkg:evidence :in-bob .
"""
"""Three links: a pair, and one that another source restates."""

TWENTY_LINKS = """
civil-society | is regarded as a source of | soft-power
soft-power | depends on | civil-society
civil-society | serves as an instrument of | foreign-policy
foreign-policy | is a beneficiary of | civil-society
soft-power | is a persuasive approach to | foreign-policy
foreign-policy | is a component of | soft-power
public-diplomacy | is an instrument of | soft-power
diaspora-organization | takes part in | public-diplomacy
diaspora-organization | channels | remittances
remittances | supports the economy of | home-state
home-state | conducts | public-diplomacy
diaspora-organization | is based in | host-state
host-state | listens to | public-opinion
transnational-advocacy-network | mobilizes | public-opinion
transnational-advocacy-network | puts pressure on | foreign-policy
civil-society | gives rise to | transnational-advocacy-network
cultural-exchange | improves | national-image
national-image | is a resource of | soft-power
public-diplomacy | is carried out through | cultural-exchange
diaspora-organization | is a member of | transnational-advocacy-network
"""
"""Twelve concepts; the first six links are pairs."""

StoreOf = Callable[[str], pyoxigraph.Store]


def store_of(turtle: str) -> pyoxigraph.Store:
    """Return a store with some claims on three concepts."""
    store = pyoxigraph.Store()
    graph = pyoxigraph.NamedNode("https://w3id.org/diaspora-kg/graph/case/test")
    store.load((PREFIXES + turtle).encode(), pyoxigraph.RdfFormat.TURTLE, to_graph=graph)
    return store


@pytest.fixture
def a_store() -> StoreOf:
    """Return the function from Turtle to a store."""
    return store_of


@pytest.fixture
def triangle() -> pyoxigraph.Store:
    """Return a map with a pair of links and a link with a restatement."""
    return store_of(TRIANGLE)


@pytest.fixture
def twelve_concepts() -> pyoxigraph.Store:
    """Return a map of twelve concepts and twenty links, three pairs among them."""
    lines = []
    for number, line in enumerate(TWENTY_LINKS.strip().splitlines()):
        subject, phrase, obj = line.split(" | ")
        lines.append(
            f":k{number:02} a dkg:Claim , dkg:Proposition ; dkg:inConceptMap :map ;"
            f" dkg:claimSubject c:{subject} ; dkg:claimPredicate dkg:p ; dkg:claimObject c:{obj} ;"
            f' dkg:linkingPhrase "{phrase}"@en ; dkg:evidence :in-ann .'
        )
    pairs = " ".join(f":k{i:02} dkg:reciprocalOf :k{i + 1:02} ." for i in (0, 2, 4))
    return store_of("\n".join([*lines, pairs]))
