"""Names of the project in a query that nothing is called by."""

import pytest

from diaspora_kg.graph import KnowledgeGraph
from diaspora_kg.misspelling import unknown_names


def said(sparql: str, graph: KnowledgeGraph) -> list[tuple[str, str]]:
    """Return what is wrong with a query, and the hints."""
    return [(each.message, each.hint) for each in unknown_names(sparql, graph.lookup.existing)]


class TestUnknownNames:
    """What is a slip, and what is none."""

    def test_a_class_in_short(self, packaged_kg: KnowledgeGraph) -> None:
        """A slip in a class has the class that was meant as its hint."""
        [(message, hint)] = said("SELECT * { ?s a dkg:Diaspra }", packaged_kg)

        assert message == "dkg:Diaspra is no term of the ontology"
        assert hint.startswith("Did you mean dkg:Diaspora or ")

    def test_the_case_of_letters(self, packaged_kg: KnowledgeGraph) -> None:
        """What differs in the case of its letters alone is what was meant."""
        assert said("ASK { ?s a dkg:diaspora }", packaged_kg) == [
            ("dkg:diaspora is no term of the ontology", "Did you mean dkg:Diaspora?")
        ]

    def test_a_property_in_full(self, packaged_kg: KnowledgeGraph) -> None:
        """A name is recognised as a full IRI too, and properties are proposed for a property."""
        query = "SELECT * { ?s <https://w3id.org/diaspora-kg/ontology#foundedOnn> ?o }"

        [(message, hint)] = said(query, packaged_kg)

        assert message == "dkg:foundedOnn is no term of the ontology"
        assert hint.startswith("Did you mean dkg:foundedOn")

    def test_under_another_prefix(self, packaged_kg: KnowledgeGraph) -> None:
        """Whatever prefix the query declares, the name is the same."""
        query = "PREFIX my: <https://w3id.org/diaspora-kg/ontology#> SELECT * { ?s a my:Diaspra }"

        assert [message for message, _ in said(query, packaged_kg)] == [
            "dkg:Diaspra is no term of the ontology"
        ]

    def test_a_thing(self, packaged_kg: KnowledgeGraph) -> None:
        """A thing that the graph does not know is told too, once."""
        query = "SELECT * { dkgid:moja ?p ?o . ?s ?q dkgid:moja }"

        assert said(query, packaged_kg) == [
            (
                "dkgid:moja is nothing that this graph knows",
                "Look for its name: diaspora-kg find 'moja'.",
            )
        ]

    @pytest.mark.parametrize(
        "query",
        [
            "SELECT * { dkgid:moia a dkg:DiasporaInstitution ; dkg:foundedOn ?when }",
            "SELECT * { ?s a ?c . FILTER(STRSTARTS(STR(?c), STR(dkg:))) }",
            "SELECT * { ?s rdfs:label 'dkg:Diaspra' } # dkg:Diaspra",
            "SELECT * { ?s a <https://example.org/ontology#Diaspra> }",
            "CONSTRUCT { ?s dkg:mine { } } WHERE { ?s a dkg:State }",
            "CONSTRUCT { ?s dkg:mine ?o } WHERE { ?s dkg:foundedOn ?o }",
            "SELECT * { ?s a dkg:State ; my:own ?o }",
            "SELECT * { ?s a <https://w3id.org/diaspora-kg/ontology#a%zz> }",
        ],
        ids=[
            *("known", "a namespace", "text", "foreign", "broken", "a template", "no such prefix"),
            "no IRI",
        ],
    )
    def test_no_slip(self, packaged_kg: KnowledgeGraph, query: str) -> None:
        """What is known, foreign, a text, coined, or not well-formed is no slip."""
        assert said(query, packaged_kg) == []

    def test_what_only_the_graph_has(self, packaged_kg: KnowledgeGraph) -> None:
        """A term that the graph uses and the ontology has not is known."""
        [row] = packaged_kg.sparql(
            "SELECT ?x { ?x a dkg:Claim FILTER(STRSTARTS(STR(?x), STR(dkgid:))) } LIMIT 1"
        ).rows

        assert said(f"SELECT * {{ {row[0]} ?p ?o }}", packaged_kg) == []
