"""What each row of an answer rests on, for every form of SPARQL."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Tiny


class TestPattern:
    """Basic graph patterns."""

    def test_a_row_rests_on_the_claim_of_its_triple(self, tiny: "Tiny") -> None:
        """Each row has the claim behind the triple that it matched, and no other."""
        tiny.accepted("one", "ex:a", "ex:p", "ex:b")
        tiny.accepted("two", "ex:a", "ex:p", "ex:c")

        answer = tiny.ask("SELECT ?x { ex:a ex:p ?x } ORDER BY ?x")

        assert tiny.claims(answer) == [["one"], ["two"]]
        assert [row.claims[0].passages[0].quote for row in answer.evidence] == [
            "words of one",
            "words of two",
        ]

    def test_a_row_of_two_triples_rests_on_both(self, tiny: "Tiny") -> None:
        """A join rests on what stands behind both sides."""
        tiny.accepted("one", "ex:a", "ex:p", "ex:b")
        tiny.accepted("two", "ex:b", "ex:q", "ex:c")

        answer = tiny.ask("SELECT ?y { ex:a ex:p ?x . ?x ex:q ?y }")

        assert tiny.claims(answer) == [["one", "two"]]

    def test_a_fact_that_two_claims_state_rests_on_both(self, tiny: "Tiny") -> None:
        """Every claim behind a fact is evidence for it."""
        tiny.claim("one", "ex:a", "ex:p", "ex:b")
        tiny.claim("two", "ex:a", "ex:p", "ex:b")
        tiny.fact("ex:a", "ex:p", "ex:b", "one", "two")

        answer = tiny.ask("SELECT ?x { ex:a ex:p ?x }")

        assert tiny.claims(answer) == [["one", "two"]]

    def test_a_row_about_a_claim_rests_on_that_claim(self, tiny: "Tiny") -> None:
        """The claim itself is evidence when the query asks for claims."""
        tiny.claim("one", "ex:a", "ex:p", "ex:b")

        answer = tiny.ask("SELECT ?c { ?c dkg:claimSubject ex:a }")

        assert tiny.claims(answer) == [["one"]]

    def test_of_claims_with_a_common_passage_a_row_rests_on_its_own(self, tiny: "Tiny") -> None:
        """A passage that serves two claims makes neither evidence for the other."""
        tiny.claim("one", "ex:a", "ex:p", "ex:b")
        tiny.claim("two", "ex:a", "ex:p", "ex:c", passage="ex:one-passage")

        answer = tiny.ask(
            "SELECT ?x ?q { ?c dkg:claimObject ?x ; dkg:evidence/dkg:quote ?q } ORDER BY ?x"
        )

        assert tiny.claims(answer) == [["one"], ["two"]]

    def test_a_row_about_a_passage_alone_rests_on_all_claims_of_it(self, tiny: "Tiny") -> None:
        """Where no claim is named, all claims of the passage are meant."""
        tiny.claim("one", "ex:a", "ex:p", "ex:b")
        tiny.claim("two", "ex:a", "ex:p", "ex:c", passage="ex:one-passage")

        answer = tiny.ask("SELECT ?q { ?e dkg:quote ?q }")

        assert tiny.claims(answer) == [["one", "two"]]

    def test_alike_rows_have_one_solution_each(self, tiny: "Tiny") -> None:
        """Without DISTINCT every one of some equal rows rests on its own solution."""
        tiny.accepted("one", "ex:a", "ex:p", "ex:b")
        tiny.accepted("two", "ex:c", "ex:p", "ex:b")

        answer = tiny.ask("SELECT ?x { ?who ex:p ?x }")

        assert sorted(tiny.claims(answer)) == [["one"], ["two"]]

    def test_with_distinct_a_row_rests_on_all_its_solutions(self, tiny: "Tiny") -> None:
        """DISTINCT joins solutions, and their evidence with them."""
        tiny.accepted("one", "ex:a", "ex:p", "ex:b")
        tiny.accepted("two", "ex:c", "ex:p", "ex:b")

        answer = tiny.ask("SELECT DISTINCT ?x { ?who ex:p ?x }")

        assert tiny.claims(answer) == [["one", "two"]]


class TestOptional:
    """OPTIONAL, matched and unmatched."""

    def test_a_match_is_part_of_the_evidence(self, tiny: "Tiny") -> None:
        """What an OPTIONAL matched counts."""
        tiny.accepted("one", "ex:a", "ex:p", "ex:b")
        tiny.accepted("two", "ex:b", "ex:q", "ex:c")

        answer = tiny.ask("SELECT ?x ?y { ex:a ex:p ?x OPTIONAL { ?x ex:q ?y } }")

        assert tiny.claims(answer) == [["one", "two"]]
        assert not answer.evidence[0].rests_on_absence

    def test_no_match_is_absence(self, tiny: "Tiny") -> None:
        """A row whose OPTIONAL found nothing says what was not there."""
        tiny.accepted("one", "ex:a", "ex:p", "ex:b")
        tiny.accepted("two", "ex:other", "ex:q", "ex:c")

        answer = tiny.ask("SELECT ?x ?y { ex:a ex:p ?x OPTIONAL { ?x ex:q ?y } }")

        assert tiny.claims(answer) == [["one"]]
        assert answer.evidence[0].rests_on_absence
        assert answer.evidence[0].absent == ("http://example.org/q",)

    def test_absence_names_the_first_thing_that_is_not_there(self, tiny: "Tiny") -> None:
        """Of several patterns in an OPTIONAL the one that fails is named."""
        tiny.claim("one", "ex:a", "ex:p", "ex:b")

        answer = tiny.ask(
            """SELECT ?t { ?c dkg:claimSubject ex:a
               OPTIONAL { ?c dkg:evidence ?e . ?e dkg:translation ?t } }"""
        )

        assert answer.evidence[0].absent == ("dkg:translation",)

    def test_absence_is_exact_in_an_optional_of_parts(self, tiny: "Tiny") -> None:
        """Where an OPTIONAL has parts of its own, what its beginning lacks is named."""
        tiny.claim("one", "ex:a", "ex:p", "ex:b")

        answer = tiny.ask(
            """SELECT ?n { ?c dkg:claimSubject ex:a
               OPTIONAL { ?c dkg:attribution ?l . ?l dkg:agent ?a OPTIONAL { ?l dkg:work ?w }
                          BIND (COALESCE(?w, ?a) AS ?who) ?who rdfs:label ?n } }"""
        )

        assert answer.evidence[0].absent == ("dkg:attribution",)

    def test_a_filter_inside_decides_what_matched(self, tiny: "Tiny") -> None:
        """An OPTIONAL whose filter fails has not matched."""
        tiny.accepted("one", "ex:a", "ex:p", "ex:b")
        tiny.accepted("two", "ex:b", "ex:q", "ex:c")

        answer = tiny.ask("SELECT ?y { ex:a ex:p ?x OPTIONAL { ?x ex:q ?y FILTER(?y = ex:d) } }")

        assert tiny.claims(answer) == [["one"]]
        assert answer.evidence[0].rests_on_absence


class TestUnion:
    """UNION."""

    def test_only_the_branch_that_matched_counts(self, tiny: "Tiny") -> None:
        """Each row rests on its own branch."""
        tiny.accepted("one", "ex:a", "ex:p", "ex:b")
        tiny.accepted("two", "ex:a", "ex:q", "ex:c")

        answer = tiny.ask("SELECT ?x { { ex:a ex:p ?x } UNION { ex:a ex:q ?x } } ORDER BY ?x")

        assert tiny.claims(answer) == [["one"], ["two"]]


class TestPath:
    """Property paths."""

    def test_a_path_rests_on_its_shortest_way(self, tiny: "Tiny") -> None:
        """Of two ways between the same ends, the shorter is the evidence."""
        tiny.accepted("direct", "ex:a", "ex:p", "ex:c")
        tiny.accepted("first", "ex:a", "ex:p", "ex:b")
        tiny.accepted("second", "ex:b", "ex:p", "ex:c")

        answer = tiny.ask("SELECT ?x { ex:a ex:p+ ?x FILTER(?x = ex:c) }")

        assert tiny.claims(answer) == [["direct"]]

    def test_every_step_of_the_way_counts(self, tiny: "Tiny") -> None:
        """All triples of the way are part of the evidence."""
        tiny.accepted("first", "ex:a", "ex:p", "ex:b")
        tiny.accepted("second", "ex:b", "ex:p", "ex:c")

        answer = tiny.ask("SELECT ?x { ex:a ex:p+ ?x FILTER(?x = ex:c) }")

        assert tiny.claims(answer) == [["first", "second"]]

    def test_a_circle_ends(self, tiny: "Tiny") -> None:
        """A path through a circle is followed once round."""
        tiny.accepted("there", "ex:a", "ex:p", "ex:b")
        tiny.accepted("back", "ex:b", "ex:p", "ex:a")

        answer = tiny.ask("SELECT ?x { ex:a ex:p+ ?x } ORDER BY ?x")

        assert tiny.claims(answer) == [["back", "there"], ["there"]]

    def test_a_way_of_no_length_rests_on_nothing(self, tiny: "Tiny") -> None:
        """That a thing is itself needs no evidence."""
        tiny.accepted("one", "ex:a", "ex:p", "ex:b")

        answer = tiny.ask("SELECT ?x { ex:a ex:p* ?x } ORDER BY ?x")

        assert tiny.claims(answer) == [[], ["one"]]
        assert answer.gaps == []

    def test_inverse_and_alternative_paths_are_followed(self, tiny: "Tiny") -> None:
        """``^`` and ``|`` take the triples that they matched."""
        tiny.accepted("one", "ex:a", "ex:p", "ex:b")
        tiny.accepted("two", "ex:a", "ex:q", "ex:c")

        answer = tiny.ask("SELECT ?x { ex:b ^ex:p/(ex:q|ex:r) ?x }")

        assert tiny.claims(answer) == [["one", "two"]]

    def test_a_negated_path_is_followed(self, tiny: "Tiny") -> None:
        """``!`` takes the triples of the other properties."""
        tiny.accepted("one", "ex:a", "ex:p", "ex:b")
        tiny.accepted("two", "ex:a", "ex:q", "ex:c")

        answer = tiny.ask("SELECT ?x { ex:a !ex:p ?x }")

        assert tiny.claims(answer) == [["two"]]


class TestAggregate:
    """Groups."""

    def test_a_group_rests_on_all_its_members(self, tiny: "Tiny") -> None:
        """The whole group is the evidence of its row, and it is counted."""
        tiny.accepted("one", "ex:a", "ex:p", "ex:b")
        tiny.accepted("two", "ex:a", "ex:p", "ex:c")
        tiny.accepted("three", "ex:z", "ex:p", "ex:c")

        answer = tiny.ask("SELECT ?s (COUNT(?x) AS ?n) { ?s ex:p ?x } GROUP BY ?s ORDER BY ?s")

        assert tiny.claims(answer) == [["one", "two"], ["three"]]
        assert [row.group_size for row in answer.evidence] == [2, 1]
        assert answer.evidence[0].is_group

    def test_a_count_of_nothing_rests_on_absence(self, tiny: "Tiny") -> None:
        """Zero is an answer, and it rests on there being nothing."""
        tiny.accepted("one", "ex:a", "ex:p", "ex:b")

        answer = tiny.ask("SELECT (COUNT(?x) AS ?n) { ex:nobody ex:p ?x }")

        assert answer.table.texts() == [["0"]]
        assert tiny.claims(answer) == [[]]
        assert answer.evidence[0].absent == ("http://example.org/p",)

    def test_having_keeps_only_groups_that_hold(self, tiny: "Tiny") -> None:
        """A group that HAVING drops is no evidence of another."""
        tiny.accepted("one", "ex:a", "ex:p", "ex:b")
        tiny.accepted("two", "ex:a", "ex:p", "ex:c")
        tiny.accepted("three", "ex:z", "ex:p", "ex:c")

        answer = tiny.ask(
            "SELECT (COUNT(?x) AS ?n) { ?s ex:p ?x } GROUP BY ?s HAVING (COUNT(?x) > 1)"
        )

        assert tiny.claims(answer) == [["one", "two"]]

    def test_a_joined_text_may_be_in_another_order(self, tiny: "Tiny") -> None:
        """A computed value that two engines write differently does not lose its row."""
        for name in ("one", "two", "three", "four"):
            tiny.accepted(name, "ex:a", "ex:p", f'"{name}"')

        answer = tiny.ask(
            'SELECT ?s (GROUP_CONCAT(?x; separator="+") AS ?t) { ?s ex:p ?x } GROUP BY ?s'
        )

        assert tiny.claims(answer) == [["four", "one", "three", "two"]]


class TestAbsence:
    """EXISTS, NOT EXISTS, MINUS."""

    def test_exists_has_a_witness(self, tiny: "Tiny") -> None:
        """What an EXISTS found is part of the evidence."""
        tiny.accepted("one", "ex:a", "ex:p", "ex:b")
        tiny.accepted("two", "ex:b", "ex:q", "ex:c")

        answer = tiny.ask("SELECT ?x { ex:a ex:p ?x FILTER EXISTS { ?x ex:q ?y } }")

        assert tiny.claims(answer) == [["one", "two"]]
        assert not answer.evidence[0].rests_on_absence

    def test_not_exists_is_absence(self, tiny: "Tiny") -> None:
        """A row that NOT EXISTS let through rests on absence."""
        tiny.accepted("one", "ex:a", "ex:p", "ex:b")

        answer = tiny.ask("SELECT ?x { ex:a ex:p ?x FILTER NOT EXISTS { ?x a dkg:State } }")

        assert tiny.claims(answer) == [["one"]]
        assert answer.evidence[0].absent == ("a dkg:State",)

    def test_a_denied_exists_is_absence(self, tiny: "Tiny") -> None:
        """``!EXISTS`` is NOT EXISTS in other words."""
        tiny.accepted("one", "ex:a", "ex:p", "ex:b")

        answer = tiny.ask("SELECT ?x { ex:a ex:p ?x FILTER (!EXISTS { ?x ex:q ?y }) }")

        assert answer.evidence[0].rests_on_absence

    def test_exists_in_an_if_is_no_absence(self, tiny: "Tiny") -> None:
        """An EXISTS that merely chooses a value does not make the row rest on absence."""
        tiny.accepted("one", "ex:a", "ex:p", "ex:b")

        answer = tiny.ask(
            'SELECT ?x ?how { ex:a ex:p ?x BIND (IF(EXISTS { ?x ex:q ?y }, "yes", "no") AS ?how) }'
        )

        assert answer.table.texts()[0][1] == "no"
        assert not answer.evidence[0].rests_on_absence

    def test_minus_is_absence(self, tiny: "Tiny") -> None:
        """A row that MINUS left rests on absence; what it took away is no evidence."""
        tiny.accepted("one", "ex:a", "ex:p", "ex:b")
        tiny.accepted("two", "ex:a", "ex:p", "ex:c")
        tiny.accepted("three", "ex:c", "ex:q", "ex:d")

        answer = tiny.ask("SELECT ?x { ex:a ex:p ?x MINUS { ?x ex:q ?y } }")

        assert tiny.claims(answer) == [["one"]]
        assert answer.evidence[0].absent == ("http://example.org/q",)

    def test_an_ask_that_is_false_rests_on_absence(self, tiny: "Tiny") -> None:
        """No is an answer that rests on there being nothing."""
        tiny.accepted("one", "ex:a", "ex:p", "ex:b")

        answer = tiny.ask("ASK { ex:a ex:q ?x }")

        assert not answer.table.is_true
        assert answer.evidence[0].rests_on_absence

    def test_an_ask_that_is_true_has_a_witness(self, tiny: "Tiny") -> None:
        """Yes rests on one solution."""
        tiny.accepted("one", "ex:a", "ex:p", "ex:b")
        tiny.accepted("two", "ex:a", "ex:p", "ex:c")

        answer = tiny.ask("ASK { ex:a ex:p ?x }")

        assert answer.table.is_true
        assert [len(row) for row in tiny.claims(answer)] == [1]


class TestLayers:
    """Inferred, given, contested."""

    def test_an_inferred_triple_rests_on_the_leaves_of_its_proof(self, tiny: "Tiny") -> None:
        """What a rule found rests on the claims that it started from."""
        tiny.turtle("dkgg:ontology", "ex:p owl:inverseOf ex:q . ex:q a owl:ObjectProperty .")
        tiny.accepted("one", "ex:a", "ex:p", "ex:b")
        tiny.turtle("dkgg:inferred", "ex:b ex:q ex:a .")

        answer = tiny.ask("SELECT ?x { ex:b ex:q ?x }")

        assert tiny.claims(answer) == [["one"]]
        assert answer.evidence[0].layers == ("accepted", "inferred")
        assert answer.evidence[0].inferred == (
            ("<http://example.org/b>", "<http://example.org/q>", "<http://example.org/a>"),
        )

    def test_a_class_above_that_of_the_coder_is_the_coders(self, tiny: "Tiny") -> None:
        """A class that follows from how a coder typed a thing rests on that, and is named."""
        tiny.turtle("dkgg:ontology", "ex:Ngo rdfs:subClassOf ex:Actor .")
        tiny.turtle("case:c", "ex:a a ex:Ngo .")
        tiny.turtle("dkgg:inferred", "ex:a a ex:Actor .")

        answer = tiny.ask("SELECT ?x { ?x a ex:Actor }")

        assert tiny.claims(answer) == [[]]
        assert answer.evidence[0].named == ("the coder's identification of a thing",)

    def test_a_class_above_that_of_the_bibliography_is_named(self, tiny: "Tiny") -> None:
        """A class that follows from what the bibliography says rests on the bibliography."""
        tiny.turtle("dkgg:ontology", "dkg:Party rdfs:subClassOf ex:Actor .")
        tiny.turtle("dkgg:inferred", "ex:author a ex:Actor .")

        answer = tiny.ask("SELECT ?x { ?x a ex:Actor }")

        assert answer.evidence[0].named == ("the bibliography",)
        assert answer.gaps == []

    def test_an_adjudication_is_named(self, tiny: "Tiny") -> None:
        """A decision is no claim; it is named."""
        tiny.turtle("case:c", "ex:ruling a dkg:Adjudication ; dkg:decidedOn 2026 .")

        answer = tiny.ask("SELECT ?d { ex:ruling dkg:decidedOn ?d }")

        assert answer.evidence[0].named == ("an adjudication",)

    def test_reference_data_is_named(self, tiny: "Tiny") -> None:
        """The table of states is named, not quoted."""
        tiny.turtle("dkgg:reference", 'ex:tr dkg:isoAlpha2 "TR" .')

        answer = tiny.ask('SELECT ?x { ?x dkg:isoAlpha2 "TR" }')

        assert tiny.claims(answer) == [[]]
        assert answer.evidence[0].named == ("reference data on states and regions",)
        assert answer.gaps == []

    def test_a_data_set_is_named(self, tiny: "Tiny") -> None:
        """An imported observation is named by its data set."""
        tiny.turtle("<https://w3id.org/diaspora-kg/graph/dataset/migrants>", "ex:o ex:value 3 .")

        answer = tiny.ask("SELECT ?v { ex:o ex:value ?v }")

        assert answer.evidence[0].named == ("the data set migrants",)

    def test_contested_content_marks_the_row(self, tiny: "Tiny") -> None:
        """A row that rests on what is disputed says so."""
        tiny.contested("one", "ex:a", "ex:p", "ex:b")

        answer = tiny.ask("SELECT ?x { ex:a ex:p ?x }")

        assert tiny.claims(answer) == [["one"]]
        assert answer.evidence[0].is_contested

    def test_hidden_content_is_only_seen_by_name(self, tiny: "Tiny") -> None:
        """What is disputed is in no answer unless the query names its graph."""
        tiny.contested("one", "ex:a", "ex:p", "ex:b")

        unseen = tiny.ask("SELECT ?x { ex:a ex:p ?x }", hidden=True)
        seen = tiny.ask("SELECT ?x { GRAPH dkgg:contested { ex:a ex:p ?x } }", hidden=True)

        assert len(unseen.table) == 0
        assert tiny.claims(seen) == [["one"]]

    def test_a_triple_of_nowhere_is_a_gap(self, tiny: "Tiny") -> None:
        """Evidence is never partial in silence."""
        tiny.turtle("ex:somewhere", "ex:a ex:p ex:b .")

        answer = tiny.ask("SELECT ?x { ex:a ex:p ?x }")

        assert answer.gaps == [
            "Nothing stands behind http://example.org/a http://example.org/p http://example.org/b."
        ]

    def test_a_conflict_rests_on_its_sides(self, tiny: "Tiny") -> None:
        """A row about a conflict rests on the claims between which it is."""
        tiny.claim("one", "ex:a", "ex:p", "ex:b")
        tiny.claim("two", "ex:a", "ex:p", "ex:c")
        tiny.turtle("dkgg:conflicts", "ex:k a dkg:Conflict ; dkg:between ex:one , ex:two .")

        answer = tiny.ask("SELECT ?k { ?k a dkg:Conflict }")

        assert tiny.claims(answer) == [["one", "two"]]


class TestOtherForms:
    """Sub-selects, VALUES, GRAPH, FROM, CONSTRUCT, DESCRIBE."""

    def test_values_bind_what_is_asked(self, tiny: "Tiny") -> None:
        """A VALUES row, as packaged queries have it, narrows the answer."""
        tiny.accepted("one", "ex:a", "ex:p", "ex:b")
        tiny.accepted("two", "ex:z", "ex:p", "ex:b")

        answer = tiny.ask(
            "SELECT ?x { VALUES (?who ?language) { (ex:a UNDEF) } ?who ex:p ?x "
            "FILTER (!BOUND(?language)) }"
        )

        assert tiny.claims(answer) == [["one"]]

    def test_a_sub_select_with_limit_takes_what_it_took(self, tiny: "Tiny") -> None:
        """LIMIT inside a sub-select decides what the row rests on."""
        tiny.accepted("one", "ex:a", "ex:p", "ex:b")
        tiny.accepted("two", "ex:a", "ex:p", "ex:c")

        answer = tiny.ask("SELECT ?x { { SELECT ?x { ex:a ex:p ?x } ORDER BY DESC(?x) LIMIT 1 } }")

        assert tiny.claims(answer) == [["two"]]

    def test_a_group_inside_is_joined_outside(self, tiny: "Tiny") -> None:
        """A row of a grouped sub-select brings the evidence of its group."""
        tiny.accepted("one", "ex:a", "ex:p", "ex:b")
        tiny.accepted("two", "ex:a", "ex:p", "ex:c")
        tiny.accepted("three", "ex:a", "ex:q", "ex:d")

        answer = tiny.ask(
            "SELECT ?y ?n { ?s ex:q ?y { SELECT ?s (COUNT(?x) AS ?n) { ?s ex:p ?x } GROUP BY ?s } }"
        )

        assert answer.table.texts()[0][1] == "2"
        assert tiny.claims(answer) == [["one", "three", "two"]]

    def test_a_filter_does_not_see_outside_of_its_braces(self, tiny: "Tiny") -> None:
        """As in the store's own engine, a filter sees its own group only."""
        tiny.accepted("one", "ex:a", "ex:p", "ex:b")
        tiny.accepted("two", "ex:c", "ex:q", "ex:b")

        answer = tiny.ask("SELECT ?x { ex:a ex:p ?x { ex:c ex:q ?y FILTER (?y = ?x) } }")

        assert len(answer.table) == 0

    def test_from_names_the_only_graphs(self, tiny: "Tiny") -> None:
        """FROM narrows what is seen, and what is traced."""
        tiny.accepted("one", "ex:a", "ex:p", "ex:b")
        tiny.turtle("ex:other", "ex:a ex:p ex:z .")

        answer = tiny.ask("SELECT ?x FROM dkgg:accepted { ex:a ex:p ?x }")

        assert answer.table.texts() == [["http://example.org/b"]]
        assert tiny.claims(answer) == [["one"]]

    def test_a_named_graph_can_be_asked_for(self, tiny: "Tiny") -> None:
        """GRAPH with a variable tells where a triple stands."""
        tiny.accepted("one", "ex:a", "ex:p", "ex:b")

        answer = tiny.ask("SELECT ?g { GRAPH ?g { ex:a ex:p ex:b } }")

        assert answer.table.texts() == [["dkgg:accepted"]]
        assert tiny.claims(answer) == [["one"]]

    def test_a_constructed_triple_rests_on_its_solutions(self, tiny: "Tiny") -> None:
        """Each triple of a CONSTRUCT has the claims of the solutions that made it."""
        tiny.accepted("one", "ex:a", "ex:p", "ex:b")
        tiny.accepted("two", "ex:c", "ex:p", "ex:d")

        answer = tiny.ask("CONSTRUCT { ?x ex:made ?y } WHERE { ?y ex:p ?x }")

        assert tiny.claims(answer) == [["one"], ["two"]]

    def test_a_short_construct_rests_on_its_triples(self, tiny: "Tiny") -> None:
        """``CONSTRUCT WHERE`` gives the triples it matched."""
        tiny.accepted("one", "ex:a", "ex:p", "ex:b")

        answer = tiny.ask("CONSTRUCT WHERE { ?y ex:p ?x }")

        assert tiny.claims(answer) == [["one"]]

    def test_a_described_triple_rests_on_itself(self, tiny: "Tiny") -> None:
        """Each triple of a DESCRIBE has the claims behind it."""
        tiny.accepted("one", "ex:a", "ex:p", "ex:b")

        answer = tiny.ask("DESCRIBE ex:a")

        assert tiny.claims(answer) == [["one"]]

    def test_what_cannot_be_followed_is_said(self, tiny: "Tiny") -> None:
        """A form that the tracer does not follow leaves a gap and no guess."""
        tiny.accepted("one", "ex:a", "ex:p", "ex:b")

        answer = tiny.ask("SELECT ?x { ex:a !(ex:q|^ex:r) ?x }")

        assert answer.gaps[0].startswith("The evidence of this query cannot be traced:")
        assert not answer.evidence[0].is_traced
