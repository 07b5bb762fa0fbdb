"""Property paths (section 2.3.1), targets (2.1.3), severities, messages and deactivation."""

import pytest

DATA = """
ex:a ex:p ex:b . ex:b ex:p ex:c . ex:c ex:p ex:a . ex:b ex:q ex:d . ex:e ex:q ex:b .
"""


class TestPaths:
    """What the value nodes of a path are, shown by a class that none of them has."""

    @pytest.mark.parametrize(
        ("path", "values"),
        [
            ("ex:p", ["c"]),
            ("[ sh:inversePath ex:p ]", ["a"]),
            ("( ex:p ex:p )", ["a"]),
            ("( ex:q [ sh:inversePath ex:q ] )", ["b"]),
            ("[ sh:alternativePath ( ex:p ex:q ) ]", ["c", "d"]),
            ("[ sh:zeroOrMorePath ex:p ]", ["a", "b", "c"]),
            ("[ sh:oneOrMorePath ex:p ]", ["a", "b", "c"]),
            ("[ sh:oneOrMorePath ex:q ]", ["d"]),
            ("[ sh:zeroOrOnePath ex:p ]", ["b", "c"]),
            ("[ sh:inversePath ( ex:p ex:p ) ]", ["c"]),
            ("( [ sh:zeroOrOnePath ex:p ] ex:p )", ["a", "c"]),
            (
                "[ sh:oneOrMorePath [ sh:alternativePath ( ex:p [ sh:inversePath ex:q ] ) ] ]",
                ["a", "b", "c", "e"],
            ),
            ("[ sh:zeroOrMorePath ( ex:p ex:p ) ]", ["a", "b", "c"]),
        ],
    )
    def test_values(self, find, path, values):
        """A path leads from the focus node to its value nodes, each once."""
        shapes = f"ex:S sh:targetNode ex:b ; sh:path {path} ; sh:class ex:None ."

        assert sorted(value for _, _, value, _ in find(DATA, shapes)) == values

    @pytest.mark.parametrize(
        ("path", "values"),
        [
            ("[ sh:zeroOrMorePath ex:p ]", ['"x"']),
            ("[ sh:zeroOrOnePath ex:p ]", ['"x"']),
            ("ex:p", []),
        ],
    )
    def test_staying_at_a_literal(self, find, path, values):
        """A path that may stay leads to its start, even if that is a literal, or in no triple."""
        shapes = f'ex:S sh:targetNode "x" ; sh:path {path} ; sh:class ex:None .'

        assert [value for _, _, value, _ in find(DATA, shapes)] == values

    def test_path_in_a_condition(self, find):
        """In a shape within a shape, paths lead to the same values."""
        shapes = """ex:S sh:targetNode ex:b ; sh:not [ sh:path ( [ sh:zeroOrMorePath ex:p
          ] ex:q ) ; sh:hasValue ex:d ] ;
          sh:node [ sh:path [ sh:inversePath ( ex:q ex:p ) ] ; sh:maxCount 0 ] ."""

        with pytest.raises(Exception, match="property shape"):
            find(DATA, shapes)
        shapes = shapes.replace("sh:node [", "sh:and ( [").replace("0 ]", "0 ] )")
        assert find(DATA, shapes) == [("b", "", "b", "Not")]

    @pytest.mark.parametrize("count", [1, 2, 3, 4])
    def test_counting_in_a_condition(self, find, count):
        """Counts in a shape within a shape see each value once."""
        shapes = f"""ex:S sh:targetNode ex:b ; sh:not
          [ sh:path [ sh:zeroOrMorePath [ sh:alternativePath ( ex:p ex:p ) ] ] ;
            sh:minCount {count} ] ."""

        assert bool(find(DATA, shapes)) == (count <= 3)

    def test_result_path(self, check):
        """A result shows its path as SPARQL writes it, and as Turtle for programs."""
        path = (
            "( [ sh:inversePath ex:p ] [ sh:zeroOrMorePath [ sh:alternativePath ( ex:p ex:q ) ] ] )"
        )

        report = check(DATA, f"ex:S sh:targetNode ex:b ; sh:path {path} ; sh:maxCount 0 .")

        written = str(report.results[0].path).replace("http://example.org/", "ex:")
        assert written == "^ex:p/(ex:p|ex:q)*"
        assert (
            "( [ sh:inversePath <http://example.org/p> ] [ sh:zeroOrMorePath" in report.to_turtle()
        )


class TestTargets:
    """sh:targetNode, sh:targetClass, sh:targetSubjectsOf, sh:targetObjectsOf, and classes."""

    @pytest.mark.parametrize(
        ("target", "nodes"),
        [
            ("sh:targetNode ex:a , ex:nowhere , 'x' , 1", ['"1"^^integer', '"x"', "a", "nowhere"]),
            ("sh:targetClass ex:A", ["a", "b"]),
            ("sh:targetSubjectsOf ex:p", ["a", "c"]),
            ("sh:targetObjectsOf ex:p", ['"1"^^integer', "b", "_:n"]),
            ("sh:targetClass ex:B ; sh:targetNode ex:b ; sh:targetObjectsOf ex:q", ["b", "c"]),
            ("sh:targetClass ex:Unused", []),
        ],
    )
    def test_focus_nodes(self, find, target, nodes):
        """A target names focus nodes; what several targets name counts once."""
        data = """ex:B rdfs:subClassOf ex:A . ex:a a ex:A ; ex:p ex:b , 1 . ex:b a ex:A , ex:B .
        ex:c ex:p _:n . ex:a ex:q ex:c ."""

        found = find(data, f"ex:S {target} ; sh:class ex:None .")

        assert [focus for focus, *_ in found] == nodes

    def test_a_class_that_is_a_shape(self, find):
        """The instances of a class that is a shape are its focus nodes."""
        shapes = """ex:A a rdfs:Class , sh:NodeShape ; sh:nodeKind sh:BlankNode .
        ex:Kind rdfs:subClassOf rdfs:Class . ex:B a ex:Kind ; sh:nodeKind sh:BlankNode .
        ex:C a owl:Class , sh:NodeShape ; sh:nodeKind sh:BlankNode ."""

        found = find("ex:a a ex:A . ex:b a ex:B . ex:c a ex:C .", shapes)

        assert [focus for focus, *_ in found] == ["a", "b"]

    def test_classes_in_a_circle(self, find):
        """Classes that are below one another have the same instances."""
        data = "ex:A rdfs:subClassOf ex:B . ex:B rdfs:subClassOf ex:A . ex:x a ex:A ."

        assert len(find(data, "ex:S sh:targetClass ex:B ; sh:nodeKind sh:Literal .")) == 1

    def test_shapes_without_targets_are_not_read(self, find):
        """A shape that nothing leads to may be ill-formed."""
        assert find(DATA, "ex:S a sh:PropertyShape ; sh:minCount 'x' .") == []


class TestCharacteristics:
    """sh:severity, sh:message, sh:deactivated."""

    def test_severity(self, check):
        """A result has the severity of its shape; every severity makes a report not conform."""
        shapes = """ex:S sh:targetNode ex:b ; sh:nodeKind sh:Literal ; sh:severity ex:Mine ;
          sh:property [ sh:path ex:p ; sh:maxCount 0 ; sh:severity sh:Info ] , [ sh:path ex:q ;
            sh:maxCount 0 ] ."""

        report = check(DATA, shapes)

        found = {
            result.severity.rpartition("/")[2].split("#")[-1][:-1] for result in report.results
        }
        assert found == {"Mine", "Info", "Violation"}
        assert not check(
            DATA, shapes.replace("sh:Literal", "sh:IRI").split("sh:severity ex")[0] + "."
        ).results
        assert not report.conforms

    def test_messages(self, check):
        """The messages of a shape are those of its results, in every language."""
        shapes = (
            'ex:S sh:targetNode ex:b ; sh:nodeKind sh:Literal ; sh:message "no"@en , "nein"@de .'
        )

        (result,) = check(DATA, shapes).results

        assert result.messages == ('"nein"@de', '"no"@en')

    def test_plain_message(self, check):
        """Without a message, a result says in words what is wrong, and with which property."""
        shapes = "ex:S sh:targetNode ex:b ; sh:path rdfs:label ; sh:minCount 1 ."

        (result,) = check(DATA, shapes).results

        assert result.messages == ('"rdfs:label: There are fewer values than 1."',)

    @pytest.mark.parametrize("kind", ["ex:S", "ex:P"])
    def test_deactivated(self, find, kind):
        """A deactivated shape, or property shape, finds nothing."""
        shapes = "ex:S sh:targetNode ex:b ; sh:property ex:P . ex:P sh:path ex:p ; sh:maxCount 0 ."

        assert find(DATA, shapes + f" {kind} sh:deactivated true .") == []
