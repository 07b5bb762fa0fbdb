"""The DL check: what HermiT says, and that silence never reads as consent."""

import shutil

import pytest

from diaspora_kg.errors import MissingPartError
from diaspora_kg.inference.dl import check_dl
from diaspora_kg.inference.dl_causes import find_causes
from diaspora_kg.inference.hermit import Hermit
from diaspora_kg.reading.ontology import parse_turtle
from diaspora_kg.terms import Triple

PREFIXES = """
@prefix : <http://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<http://example.org/onto> a owl:Ontology .
:Ngo a owl:Class . :State a owl:Class ; owl:disjointWith :Ngo .
:founded a owl:DatatypeProperty .
"""

needs_java = pytest.mark.skipif(shutil.which("java") is None, reason="HermiT runs on Java")


def triples(turtle: str) -> list[Triple]:
    return list(parse_turtle(PREFIXES + turtle))


@needs_java
class TestAnswers:
    """What HermiT says."""

    def test_consistent(self) -> None:
        """Facts that the axioms allow are consistent."""
        found = check_dl(triples(":x a :Ngo ."))

        assert (found.answer, found.is_good) == ("consistent", True)

    def test_inconsistent(self) -> None:
        """A member of two disjoint classes makes the whole inconsistent."""
        found = check_dl(triples(":x a :Ngo , :State ."))

        assert (found.answer, found.is_good) == ("inconsistent", False)

    def test_unsatisfiable_classes_are_named(self) -> None:
        """A class below two disjoint classes can have no member, and is named."""
        found = check_dl(triples(":Gongo a owl:Class ; rdfs:subClassOf :Ngo , :State ."))

        assert found.answer == "unsatisfiable-classes"
        assert found.unsatisfiable == ("<http://example.org/Gongo>",)

    def test_dates_are_left_out_and_counted(self) -> None:
        """Literals that HermiT refuses are left out of its copy, and it is said how many."""
        facts = ':x a :Ngo ; :founded "2004"^^xsd:gYear , "2016-01-07"^^xsd:date .'

        found = check_dl(triples(facts))

        assert found.answer == "consistent"
        assert found.omitted == {"date": 1, "gYear": 1}

    def test_inferred_subsumptions(self) -> None:
        """A class that must be below another is told; what is stated step by step is not."""
        found = check_dl(
            triples(
                """
                :Body a owl:Class . :Public a owl:Class . :runs a owl:ObjectProperty .
                :Agency a owl:Class ; rdfs:subClassOf :Ngo , [ a owl:Restriction ;
                    owl:onProperty :runs ; owl:someValuesFrom :Body ] .
                :Ngo rdfs:subClassOf :Public .
                :Runner a owl:Class ; owl:equivalentClass [ a owl:Restriction ;
                    owl:onProperty :runs ; owl:someValuesFrom owl:Thing ] .
                """
            )
        )

        assert found.answer == "consistent"
        assert found.subsumptions == (
            ("<http://example.org/Agency>", "<http://example.org/Runner>"),
        )

    def test_datatype_that_it_refuses_in_an_axiom(self) -> None:
        """An axiom over a datatype that HermiT does not know leaves nothing to be told."""
        found = check_dl(
            triples(
                ":Old a owl:Class ; rdfs:subClassOf [ a owl:Restriction ;"
                " owl:onProperty :founded ; owl:allValuesFrom xsd:gYear ] ."
                " :x a :Old ; :founded 3 ."
            )
        )

        assert found.answer == "could-not-tell"

    def test_imports_are_not_followed(self) -> None:
        """An import that leads nowhere changes nothing: the copy holds all modules already."""
        found = check_dl(
            triples("<http://example.org/onto> owl:imports <http://nowhere.invalid/> .")
        )

        assert found.answer == "consistent"


@needs_java
class TestSilence:
    """When HermiT says nothing."""

    def test_what_the_reasoner_refuses(self) -> None:
        """An ontology that HermiT refuses to read is neither consistent nor inconsistent."""
        found = check_dl(
            triples(":p a owl:ObjectProperty , owl:TransitiveProperty , owl:AsymmetricProperty .")
        )

        assert (found.answer, found.is_good) == ("could-not-tell", False)
        assert "Non-simple property" in found.reason

    def test_timeout(self) -> None:
        """An answer that does not come in time is no answer."""
        found = check_dl(triples(":x a :Ngo ."), timeout=0.05)

        assert (found.answer, found.reason) == ("could-not-tell", "no answer within 0.05 seconds")

    def test_too_little_memory(self) -> None:
        """A Java that cannot start within its memory has said nothing."""
        found = check_dl(triples(":x a :Ngo ."), memory=1)

        assert found.answer == "could-not-tell"

    def test_java_that_says_nothing(self) -> None:
        """A program that ends well and says nothing has not said that all is well."""
        found = check_dl(triples(":x a :Ngo ."), java=shutil.which("true"))

        assert (found.answer, found.is_good) == ("could-not-tell", False)
        assert "without an answer" in found.reason

    def test_java_that_says_nothing_of_causes(self) -> None:
        """Nor has it said why something cannot be."""
        found = find_causes(triples(":x a :Ngo , :State ."), java=shutil.which("true"))

        assert (found.members, found.is_minimal) == ((), False)
        assert "without an answer" in found.reason

    def test_no_java(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without Java the error says that it is missing, and what to do."""
        monkeypatch.setenv("PATH", "")

        with pytest.raises(MissingPartError) as error:
            check_dl(triples(":x a :Ngo ."))

        assert error.value.code == "DKG701"


@needs_java
class TestCauses:
    """Why it cannot be."""

    def test_smallest_set_of_axioms_and_statements(self) -> None:
        """Of many statements only those are named without which the rest could be."""
        noise = " ".join(
            f":y{n} a :Ngo . :N{n} a owl:Class ; rdfs:subClassOf :Ngo ." for n in range(40)
        )
        needed = ":x a :Party . :x a :State . :Party rdfs:subClassOf :Ngo ."

        found = find_causes(triples(f":Party a owl:Class . {noise} {needed}"))

        assert found.is_minimal
        assert {triple for member in found.members for triple in member} == {
            *triples(needed)[-3:],
            (
                "<http://example.org/State>",
                "<http://www.w3.org/2002/07/owl#disjointWith>",
                "<http://example.org/Ngo>",
            ),
        }

    def test_beyond_the_rules(self) -> None:
        """A clash that only a DL reasoner sees is explained too, and no member can be dropped."""
        graph = triples(
            """
            :A a owl:Class ; rdfs:subClassOf [ a owl:Class ; owl:unionOf ( :B :C ) ] .
            :B a owl:Class ; rdfs:subClassOf :Ngo . :C a owl:Class ; rdfs:subClassOf :Ngo .
            :D a owl:Class ; rdfs:subClassOf :Ngo . :x a :A , :State . :y a :D .
            """
            + " ".join(f":z{n} a :D ." for n in range(40))
        )

        found = find_causes(graph)

        members = {triple for member in found.members for triple in member}
        assert found.is_minimal
        assert len(found.members) == 6
        assert not any("/D>" in term for triple in members for term in triple)
        without = [[t for t in graph if t not in dropped] for dropped in found.members]
        hermit = Hermit("java", 1000, 60)
        assert hermit.check([*without, graph]).first_inconsistent == len(without)

    def test_unsatisfiable_class(self) -> None:
        """For a class without possible members the set names the axioms that forbid them."""
        graph = triples(":Gongo a owl:Class ; rdfs:subClassOf :Ngo , :State . :x a :Ngo .")

        found = find_causes(graph, "<http://example.org/Gongo>")

        assert found.is_minimal
        assert len(found.members) == 3

    def test_consistent_has_no_cause(self) -> None:
        """What can be has no cause for not being."""
        found = find_causes(triples(":x a :Ngo ."))

        assert (found.members, found.is_minimal) == ((), False)

    def test_limits(self) -> None:
        """When the reasoner may not go on, nothing is called minimal."""
        found = find_causes(triples(":x a :Ngo , :State ."), timeout=0.01)

        assert not found.is_minimal
        assert "0.01 seconds" in found.reason
