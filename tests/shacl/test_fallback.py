"""What is not compiled goes to pySHACL, and the report says what and why."""

import pytest

from diaspora_kg.shacl import ShapesError

DATA = """ex:a ex:size 3 ; ex:p ex:b , ex:c . ex:b ex:size 1 . _:n ex:size 5 . ex:d ex:code 01 ."""
LIMITED = """ex:S sh:targetSubjectsOf ex:size ; sh:sparql ex:Q . ex:Q sh:message "m" ; sh:select
  '''SELECT $this ?value WHERE {
    $this <http://example.org/size> ?value . FILTER(?value > 2) } LIMIT 1''' ."""


class TestHandedOver:
    """Each reason for which a shape is not compiled."""

    def test_one_by_one(self, check):
        """A query with LIMIT has to run for each focus node; its results are the same."""
        report = check(DATA, LIMITED)

        assert [result.focus for result in report.results] == ["<http://example.org/a>", "_:n"]
        assert report.results[0].value == '"3"^^<http://www.w3.org/2001/XMLSchema#integer>'
        assert report.results[0].constraint == "<http://example.org/Q>"
        (handed_over,) = report.handed_over
        assert handed_over.shape == "<http://example.org/S>"
        assert "LIMIT" in handed_over.reason

    def test_targets_of_the_advanced_features(self, check):
        """Focus nodes that a query names (sh:target) are found."""
        shapes = """ex:S a sh:NodeShape ; sh:nodeKind sh:BlankNode ; sh:target [ a sh:SPARQLTarget ;
          sh:select "SELECT ?this WHERE { ?this <http://example.org/size> 3 }" ] ."""

        report = check(DATA, shapes)

        assert [result.focus for result in report.results] == ["<http://example.org/a>"]
        assert "sh:target" in report.handed_over[0].reason

    def test_only_what_cannot_be_compiled(self, check):
        """Other shapes of the same graph are compiled, and found once."""
        more = (
            " ex:T sh:targetNode ex:a ; sh:node ex:U . ex:U sh:nodeKind sh:Literal ; "
            "sh:targetNode ex:b ."
        )

        report = check(DATA, LIMITED + more)

        assert len(report.results) == 4
        assert [each.shape for each in report.handed_over] == ["<http://example.org/S>"]

    def test_details(self, check):
        """What pySHACL nests stays nested."""
        shapes = LIMITED.replace("sh:sparql ex:Q .", "sh:node [ sh:sparql ex:Q ] .")

        report = check(DATA, shapes)

        assert [len(result.details) for result in report.results] == [1, 1]


class TestRefusals:
    """What pySHACL cannot do either, or must not do."""

    def test_no_network(self, check):
        """SERVICE is refused in what pySHACL would run as well."""
        shapes = """ex:S a sh:NodeShape ; sh:target [ a sh:SPARQLTarget ; sh:select
          "SELECT ?this WHERE { SERVICE <http://example.com/> { ?this ?p ?o } }" ] ."""

        with pytest.raises(ShapesError, match="SERVICE"):
            check(DATA, shapes)

    def test_malformed(self, check):
        """What pySHACL says is wrong is passed on."""
        with pytest.raises(ShapesError, match="pySHACL"):
            check(DATA, "ex:S a sh:NodeShape ; sh:target [ a ex:Unknown ] .")
