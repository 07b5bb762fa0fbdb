"""What a row says of the things that it rests on not being there."""

from typing import TYPE_CHECKING

import pytest

from diaspora_kg.evidence.absence import CLAIMS, FITTING, Gap, spoken, together

if TYPE_CHECKING:
    from conftest import Tiny


class TestClaims:
    """A claim that is not there is named by its property, not by what every claim has."""

    def test_a_claim_is_named_by_its_property(self, tiny: "Tiny") -> None:
        """The properties of the claim model are not what is missing."""
        tiny.claim("one", "ex:a", "ex:p", "ex:b")

        answer = tiny.ask(
            """SELECT ?x { ?c dkg:claimSubject ?s ; dkg:claimPredicate ex:p
               OPTIONAL { ?d dkg:claimSubject ?s ; dkg:claimPredicate dkg:foundedOn ;
                            dkg:writtenForm ?x } }"""
        )

        assert answer.evidence[0].absent == ("claims with dkg:foundedOn",)

    def test_properties_of_a_list_are_one_phrase(self, tiny: "Tiny") -> None:
        """Of a VALUES list each property was looked for."""
        tiny.claim("one", "ex:a", "ex:p", "ex:b")

        answer = tiny.ask(
            """SELECT ?x { ?c dkg:claimSubject ?s ; dkg:claimPredicate ex:p
               OPTIONAL { VALUES ?to { dkg:succeededBy dkg:renamedTo dkg:mergedInto }
                 ?d dkg:claimSubject ?s ; dkg:claimPredicate ?to ; dkg:claimObject ?x .
                 ?x rdfs:label ?name } }"""
        )

        assert answer.evidence[0].absent == (
            "claims with dkg:mergedInto, dkg:renamedTo or dkg:succeededBy",
        )

    def test_a_union_says_what_each_branch_lacks(self, tiny: "Tiny") -> None:
        """Claims that would have come from another thing are told from a thing's own."""
        tiny.claim("one", "ex:a", "ex:p", "ex:b")

        answer = tiny.ask(
            """SELECT ?x { ?c dkg:claimSubject ?s ; dkg:claimPredicate ex:p
               OPTIONAL {
                 { ?d dkg:claimSubject ?s ; dkg:claimPredicate dkg:succeededBy ;
                     dkg:claimObject ?x }
                 UNION
                 { ?d dkg:claimObject ?s ; dkg:claimPredicate dkg:replaces ;
                     dkg:claimSubject ?x }
                 ?x rdfs:label ?name } }"""
        )

        assert answer.evidence[0].absent == (
            "claims about others with dkg:replaces",
            "claims with dkg:succeededBy",
        )

    def test_the_property_may_come_from_the_row(self, tiny: "Tiny") -> None:
        """A property that the row binds is named."""
        tiny.claim("one", "ex:a", "dkg:foundedOn", "ex:b")

        answer = tiny.ask(
            """SELECT ?p { ?c dkg:claimSubject ex:a ; dkg:claimPredicate ?p
               OPTIONAL { ?d dkg:claimSubject ex:z ; dkg:claimPredicate ?p } }"""
        )

        assert answer.evidence[0].absent == ("claims with dkg:foundedOn",)

    def test_a_figure_is_named_by_what_it_measures(self, tiny: "Tiny") -> None:
        """Where a query asks for an indicator and no property, the indicator is named."""
        tiny.claim("one", "ex:a", "ex:p", "ex:b")

        answer = tiny.ask(
            """SELECT ?x { ?c dkg:claimSubject ?s
               OPTIONAL { ?d dkg:claimSubject ?s ; dkg:indicator ex:stock ;
                            dkg:baseValue ?x } }"""
        )

        assert answer.evidence[0].absent == ("claims with http://example.org/stock",)

    def test_claims_of_any_property_say_which_end_is_known(self, tiny: "Tiny") -> None:
        """Without a property it is said whether the thing is spoken of or only named."""
        tiny.accepted("one", "ex:a", "ex:p", "ex:b")

        answer = tiny.ask(
            """SELECT ?x { ex:a ex:p ?x FILTER NOT EXISTS { ?c dkg:claimSubject ?x }
               OPTIONAL { ?d dkg:claimObject ex:a ; dkg:claimSubject ?y } }"""
        )

        assert answer.evidence[0].absent == ("claims about it", "claims that name it")

    def test_a_claim_that_is_known_lacks_the_property(self, tiny: "Tiny") -> None:
        """Of a claim of the row its own property is missing, not the claim."""
        tiny.claim("one", "ex:a", "ex:p", "ex:b")

        answer = tiny.ask("SELECT ?h { ?c dkg:claimSubject ex:a OPTIONAL { ?c dkg:hedge ?h } }")

        assert answer.evidence[0].absent == ("dkg:hedge",)


class TestTaken:
    """MINUS and NOT EXISTS say what they ask for."""

    def test_minus_speaks_of_another_claim(self, tiny: "Tiny") -> None:
        """Where the row has such a claim, it rests on there being no other."""
        tiny.claim("one", "ex:a", "dkg:foundedOn", "ex:b", more='ex:one dkg:writtenForm "2010" .')

        answer = tiny.ask(
            """SELECT ?w { ?c dkg:claimSubject ?s ; dkg:claimPredicate dkg:foundedOn ;
                  dkg:writtenForm ?w .
               MINUS { ?c dkg:claimSubject ?s ; dkg:claimPredicate dkg:foundedOn ;
                  dkg:writtenForm ?w .
                 ?d dkg:claimSubject ?s ; dkg:claimPredicate dkg:foundedOn ; dkg:writtenForm ?v .
                 FILTER (?v != ?w) } }"""
        )

        assert answer.evidence[0].absent == ("other claims with dkg:foundedOn",)

    def test_what_the_row_has_is_not_missing(self, tiny: "Tiny") -> None:
        """Of what a NOT EXISTS asks for, the first thing that is not there is named."""
        tiny.accepted("one", "ex:a", "dkg:homeState", "ex:b")

        answer = tiny.ask(
            """SELECT ?x { ?x dkg:homeState ?y
               FILTER NOT EXISTS { ?x dkg:homeState ?y . ?y a dkg:State ; rdfs:label ?n } }"""
        )

        assert answer.evidence[0].absent == ("a dkg:State",)

    def test_what_is_there_and_does_not_fit_is_told(self, tiny: "Tiny") -> None:
        """A thing that a condition refuses is not called missing."""
        tiny.accepted("one", "ex:a", "dkg:homeState", "ex:b")

        answer = tiny.ask(
            """SELECT ?x { ?x dkg:homeState ex:b
               FILTER NOT EXISTS { ?x dkg:homeState ?y FILTER (?y = ex:c) } }"""
        )

        assert answer.evidence[0].absent == ("fitting dkg:homeState",)

    def test_a_name_in_another_language_is_told(self, tiny: "Tiny") -> None:
        """A label that is there in another language is missing in that language."""
        tiny.accepted("one", "ex:a", "dkg:homeState", "ex:b")
        tiny.turtle("dkgg:sources", 'ex:b rdfs:label "B"@en .')

        answer = tiny.ask(
            """SELECT ?y { ex:a dkg:homeState ?y
               FILTER NOT EXISTS { ?y rdfs:label ?n FILTER (LANG(?n) = "tr") } }"""
        )

        assert answer.evidence[0].absent == ("rdfs:label in that language",)

    def test_an_exists_beside_what_holds_adds_nothing(self, tiny: "Tiny") -> None:
        """Where the other side of an OR holds, nothing rests on the NOT EXISTS."""
        tiny.accepted("one", "ex:a", "dkg:homeState", "ex:b")

        answer = tiny.ask(
            """SELECT ?y { ex:a dkg:homeState ?y
               FILTER (?y = ex:b || NOT EXISTS { ?y rdfs:label ?n }) }"""
        )

        assert answer.evidence[0].absent == ()


class TestParts:
    """Sub-selects, groups and paths."""

    def test_a_group_lacks_what_its_members_lack(self, tiny: "Tiny") -> None:
        """An OPTIONAL count of nothing says what would have been counted."""
        tiny.accepted("one", "ex:a", "dkg:homeState", "ex:b")

        answer = tiny.ask(
            """SELECT ?n { ?x dkg:homeState ex:b
               OPTIONAL { SELECT ?x (COUNT(?e) AS ?n) { ?e dkg:eventActor ?x } GROUP BY ?x } }"""
        )

        assert answer.evidence[0].absent == ("dkg:eventActor",)

    def test_a_branch_for_something_else_is_not_named(self, tiny: "Tiny") -> None:
        """A branch that gives another value than the row has could not have matched."""
        tiny.accepted("one", "ex:a", "dkg:homeState", "ex:b")

        answer = tiny.ask(
            """SELECT ?k { ?x dkg:homeState ex:b BIND (ex:first AS ?k)
               OPTIONAL { { ?x dkg:abbreviation ?v BIND (ex:first AS ?k) }
                          UNION { ?x dkg:hostState ?v BIND (ex:second AS ?k) } } }"""
        )

        assert answer.evidence[0].absent == ("dkg:abbreviation",)

    def test_a_path_names_its_alternatives(self, tiny: "Tiny") -> None:
        """A path is said by its properties, without steps that need not be taken."""
        tiny.accepted("one", "ex:a", "dkg:homeState", "ex:b")

        answer = tiny.ask(
            """SELECT ?y { ?x dkg:homeState ex:b
               OPTIONAL { ?x ((dkg:target|dkg:outcome)/dkg:instrument*)+ ?y } }"""
        )

        assert answer.evidence[0].absent == ("dkg:target or dkg:outcome",)

    def test_a_step_that_need_not_be_taken_is_not_missing(self, tiny: "Tiny") -> None:
        """Behind ``?`` the thing itself is looked at, so what comes next is missing."""
        tiny.accepted("one", "ex:a", "dkg:homeState", "ex:b")

        answer = tiny.ask(
            "SELECT ?y { ?x dkg:homeState ex:b OPTIONAL { ?x skos:member?/dkg:hostState ?y } }"
        )

        assert answer.evidence[0].absent == ("dkg:hostState",)

    def test_a_question_answered_no_says_what_is_not_there(self, tiny: "Tiny") -> None:
        """No rests on the first thing that was not found."""
        tiny.claim("one", "ex:a", "ex:p", "ex:b")

        answer = tiny.ask(
            "ASK { ?c dkg:claimSubject ex:a ; dkg:claimPredicate dkg:dissolvedOn ; dkg:hedge ?h }"
        )

        assert answer.evidence[0].absent == ("claims with dkg:dissolvedOn",)


class TestWords:
    """How missing things are said."""

    @pytest.mark.parametrize(
        ("gap", "words"),
        [
            (Gap("a dkg:State"), "a dkg:State"),
            (Gap("a dkg:State", manner=FITTING), "a fitting dkg:State"),
            (Gap("dkg:foundedOn", CLAIMS, FITTING), "fitting claims with dkg:foundedOn"),
        ],
    )
    def test_of_one(self, gap: Gap, words: str) -> None:
        """A thing, a class and claims are each said in plain words."""
        assert spoken([gap]) == {words}

    def test_of_things_that_do_not_belong_together(self) -> None:
        """Things that are there, but not in one solution, are said as one."""
        assert together([Gap("dkg:unit"), Gap("dkg:scope")]) == "dkg:scope together with dkg:unit"

    def test_of_claims_of_any_property_beside_others(self) -> None:
        """Claims of any property do not swallow those with one."""
        assert spoken([Gap("", CLAIMS), Gap("dkg:hostState", CLAIMS)]) == {
            "claims about it",
            "claims with dkg:hostState",
        }
