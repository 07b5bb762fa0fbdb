"""Shapes that are not well-formed, or that SHACL leaves undefined, are refused by name."""

import pytest

from diaspora_kg.shacl import ShapesError

REAL = "ex:S sh:targetNode ex:x ; "


class TestRecursion:
    """A shape that refers to itself (section 3.4.3)."""

    @pytest.mark.parametrize(
        "shapes",
        [
            "sh:node ex:S .",
            "sh:property [ sh:path ex:p ; sh:node ex:S ] .",
            "sh:not ex:B . ex:B sh:and ( ex:C ) . ex:C sh:or ( ex:S ) .",
            "sh:property ex:P . ex:P sh:path ex:p ; sh:property ex:P .",
            (
                "sh:property ex:P . ex:P sh:path ex:p ; sh:qualifiedMinCount 1 ; "
                "sh:qualifiedValueShape ex:S ."
            ),
        ],
    )
    def test_refused(self, check, shapes):
        """The circle is shown, and what to do instead is said."""
        with pytest.raises(ShapesError, match=r"refers to itself: .* -> ") as refusal:
            check("", REAL + shapes)

        assert "SPARQL constraint" in refusal.value.hint
        assert refusal.value.code == "DKG204"

    def test_one_shape_in_two_places(self, check):
        """A shape that two others use is no recursion."""
        shapes = REAL + (
            "sh:node ex:A , ex:B . ex:A sh:node ex:C . ex:B sh:node ex:C . ex:C "
            "sh:nodeKind sh:IRI ."
        )

        assert check("", shapes).conforms


class TestIllFormed:
    """Each parameter with a value that it cannot have."""

    @pytest.mark.parametrize(
        ("shapes", "message"),
        [
            ("sh:minCount 1 .", "sh:minCount stands at .* no property shape"),
            ("sh:path ex:p ; sh:minCount 'one' .", "whole number"),
            ("sh:path ex:p ; sh:minCount 1 , 2 .", "2 values of .*minCount"),
            ("sh:path ex:p , ex:q .", "2 values of sh:path"),
            ("sh:path [ ex:no ex:p ] .", "no well-formed path"),
            (
                "sh:path [ sh:inversePath ex:p ; sh:zeroOrMorePath ex:q ] .",
                "2 kinds of path at once",
            ),
            ("sh:path 'p' .", "is no path"),
            ("sh:path ( ex:p ) .", "at least two members"),
            ("sh:path _:a . _:a sh:inversePath _:a .", "part of itself"),
            ("a sh:PropertyShape .", "has no sh:path"),
            ("sh:class 'C' .", "needs an IRI"),
            ("sh:datatype 'd' .", "needs an IRI"),
            ("sh:nodeKind sh:Iri .", "no kind of node"),
            ("sh:minInclusive ex:one .", "needs a literal"),
            ("sh:pattern 1 .", "needs a string"),
            ("sh:pattern '[' .", "the pattern .* is wrong"),
            (r"sh:pattern '\\i+' .", "class of characters of XML Schema"),
            ("sh:pattern 'a' ; sh:flags 'y' .", "no flags"),
            ("sh:pattern 'a' , 'b' ; sh:flags 'i' .", "sh:flags with several"),
            ("sh:in ex:list .", "no well-formed list"),
            ("sh:or () .", "is empty"),
            ("sh:not 'x' .", "where a shape is expected"),
            ("sh:property ex:P . ex:P sh:class ex:C .", "has no sh:path"),
            ("sh:node ex:P . ex:P sh:path ex:p .", "is a property shape"),
            ("sh:targetClass 'C' .", "is no IRI"),
            ("sh:targetNode [] .", "a blank node is no target"),
            ("sh:severity sh:Info , sh:Warning .", "2 values of .*severity"),
            ("sh:js ex:script .", "JavaScript"),
            (
                "sh:class ex:C . ex:G sh:entailment <http://www.w3.org/ns/entailment/RDFS> .",
                "entailment",
            ),
        ],
    )
    def test_refused(self, check, shapes, message):
        """Nothing is validated, and the message says what is wrong."""
        with pytest.raises(ShapesError, match=message):
            check("", REAL + shapes)

    def test_no_turtle(self, check):
        """Shapes that are no Turtle are refused."""
        with pytest.raises(ShapesError, match="not well-formed"):
            check("", "ex:S sh:targetNode")
