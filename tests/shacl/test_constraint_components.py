"""Constraint components that a shapes graph declares (section 6 of the Recommendation)."""

import pytest

from diaspora_kg.shacl import ShapesError

HEAD = """ex: sh:declare [ sh:prefix "ex" ; sh:namespace "http://example.org/" ] .
ex:InLanguage a sh:ConstraintComponent ; sh:parameter [ sh:path ex:language ] ,
  [ sh:path ex:also ; sh:optional true ] ;
"""
ASK = """[ sh:prefixes ex: ; sh:message "not in {$language}" ;
  sh:ask "ASK { FILTER(LANG($value) = $language || LANG($value) = COALESCE(?also, '-')) }" ] ."""
SELECT = """[ sh:prefixes ex: ; sh:message "{?value} is not in {$language}" ;
  sh:select '''SELECT $this ?value WHERE {
    $this $PATH ?value . FILTER(LANG(?value) != $language) }''' ] ."""
NODE_SELECT = """[ sh:prefixes ex: ;
  sh:select '''SELECT $this WHERE {
    FILTER NOT EXISTS { $this ?p ?text . FILTER(LANG(?text) = $language) } }''' ] ."""
DATA = 'ex:x ex:p "a"@en , "b"@tr , "c"@fr , "d" .'


class TestValidators:
    """sh:validator, sh:nodeValidator and sh:propertyValidator."""

    def test_ask(self, find):
        """An ASK validator is asked about each value; where it says no, the value is reported."""
        shapes = (
            HEAD + f"sh:validator {ASK} ex:S sh:targetNode ex:x ; sh:path ex:p ; ex:language 'en' ."
        )

        found = find(DATA, shapes)

        assert found == [
            ("x", "p", value, "http://example.org/InLanguage"[19:])
            for value in ('"b"@tr', '"c"@fr', '"d"')
        ]

    def test_ask_at_a_node_shape(self, find):
        """At a node shape the value is the focus node."""
        shapes = HEAD + f"sh:validator {ASK} ex:S sh:targetObjectsOf ex:p ; ex:language 'en' ."

        assert [row[:3] for row in find(DATA, shapes)] == [
            (v, "", v) for v in ('"b"@tr', '"c"@fr', '"d"')
        ]

    def test_select_at_a_property_shape(self, check):
        """A SELECT validator of property shapes knows the path, and fills its message."""
        shapes = HEAD + (
            f"sh:propertyValidator {SELECT} ex:S sh:targetNode ex:x ; sh:path ex:p ; "
            f"ex:language 'en' ."
        )

        results = check(DATA, shapes).results

        assert [result.messages for result in results] == [
            ('"b is not in en"',),
            ('"c is not in en"',),
            ('"d is not in en"',),
        ]
        assert {result.component for result in results} == {"<http://example.org/InLanguage>"}
        assert {result.constraint for result in results} == {None}

    def test_select_at_a_node_shape(self, find):
        """A SELECT validator of node shapes is asked about focus nodes."""
        shapes = (
            HEAD + f"sh:nodeValidator {NODE_SELECT} ex:S sh:targetNode ex:x ; ex:language 'de' ."
        )

        assert [row[:3] for row in find(DATA, shapes)] == [("x", "", "x")]
        assert find(DATA, shapes.replace("'de'", "'tr'")) == []

    def test_the_special_validator_comes_first(self, find):
        """A validator for the kind of shape is preferred to the general one."""
        shapes = HEAD + (
            f"sh:propertyValidator {SELECT.rstrip(' .')} ; sh:validator {ASK} ex:S sh:targetNode "
            f"ex:x ; sh:path ex:p ; ex:language 'en' ; ex:also 'tr' ."
        )

        assert len(find(DATA, shapes)) == 3

    def test_none_for_the_kind_of_shape(self, find):
        """Without a validator for its kind of shape, a component is ignored there."""
        shapes = (
            HEAD + f"sh:propertyValidator {SELECT} ex:S sh:targetNode ex:x ; ex:language 'de' ."
        )

        assert find(DATA, shapes) == []

    def test_in_a_condition(self, find):
        """A component decides on conformance within other shapes too."""
        shapes = HEAD + (
            f"sh:validator {ASK} ex:S sh:targetNode ex:x ; sh:path ex:p ; sh:or ( [ "
            f"ex:language 'en' ] [ sh:in ( 'd' ) ] ) ."
        )

        assert [value for _, _, value, _ in find(DATA, shapes)] == ['"b"@tr', '"c"@fr']


class TestParameters:
    """sh:parameter and sh:optional."""

    def test_optional(self, find):
        """An optional parameter that is there is bound, one that is not is unbound."""
        shapes = HEAD + (
            f"sh:validator {ASK} ex:S sh:targetNode ex:x ; sh:path ex:p ; ex:language 'en' "
            f"; ex:also 'tr' ."
        )

        assert [value for _, _, value, _ in find(DATA, shapes)] == ['"c"@fr', '"d"']

    def test_missing(self, find):
        """Without its mandatory parameters a component does not apply."""
        shapes = (
            HEAD + f"sh:validator {ASK} ex:S sh:targetNode ex:x ; sh:path ex:p ; ex:also 'tr' ."
        )

        assert find(DATA, shapes) == []

    def test_several_values_of_the_only_parameter(self, find):
        """Each value of a single parameter is a constraint of its own."""
        shapes = """ex:Not a sh:ConstraintComponent ; sh:parameter [ sh:path ex:bad ] ;
          sh:validator [ sh:ask "ASK { FILTER($value != $bad) }" ] .
        ex:S sh:targetNode ex:x ; sh:path ex:p ; ex:bad 1 , 2 ."""

        assert [value for _, _, value, _ in find("ex:x ex:p 1 , 2 , 3 .", shapes)] == [
            '"1"^^integer',
            '"2"^^integer',
        ]

    def test_in_a_pattern_and_a_projection(self, check):
        """A parameter may stand in a pattern, be returned, grouped by, and asked whether bound."""
        shapes = """ex:Max a sh:ConstraintComponent ; sh:parameter [ sh:path ex:of ] ,
          [ sh:path ex:most ] ;
          sh:nodeValidator [ sh:message "{?n} of {$of}" ; sh:select \"\"\"
            SELECT $this $of (COUNT(?x) AS ?n)
            WHERE { $this $of ?x . FILTER(BOUND($of) && BOUND($most)) }
            GROUP BY $this $of HAVING(COUNT(?x) > $most)\"\"\" ] .
        ex:S sh:targetNode ex:x ; ex:of ex:p ; ex:most 3 ."""

        (result,) = check(DATA, shapes).results

        assert result.messages == ('"4 of http://example.org/p"',)

    def test_components_of_a_class_below(self, find):
        """An instance of a subclass of sh:ConstraintComponent is one."""
        shapes = """ex:Kind rdfs:subClassOf sh:ConstraintComponent . ex:C a ex:Kind ;
          sh:parameter [ sh:path ex:never ] ;
          sh:validator [ sh:ask "ASK { FILTER(false) }" ] . ex:S sh:targetNode ex:x ;
            ex:never true ."""

        assert [row[:3] for row in find("", shapes)] == [("x", "", "x")]

    @pytest.mark.parametrize(
        ("component", "message"),
        [
            ("sh:validator [ sh:ask 'ASK {}' ]", "has no sh:parameter"),
            (
                "sh:parameter [ sh:path ex:this ] ; sh:validator [ sh:ask 'ASK {}' ]",
                "'this' is no name",
            ),
            ("sh:parameter [ sh:path ( ex:a ex:b ) ]", "needs an IRI as sh:path"),
            (
                (
                    "sh:parameter [ sh:path ex:a ] ; sh:validator [ sh:ask 'ASK { BIND(1 AS "
                    "?value) }' ]"
                ),
                "assigns to",
            ),
            ("sh:parameter [ sh:path ex:a ] ; sh:validator [ ]", "needs a text as sh:select"),
            (
                (
                    "sh:parameter [ sh:path ex:a ] , [ sh:path ex:b ] ; sh:validator [ sh:ask "
                    "'ASK {}' ]"
                ),
                "several values",
            ),
        ],
    )
    def test_ill_formed(self, check, component, message):
        """A component that is not well-formed is an error."""
        with pytest.raises(ShapesError, match=message):
            check(
                "",
                (
                    f"ex:C a sh:ConstraintComponent ; {component} . ex:S sh:targetNode ex:x ; "
                    f"ex:a 1 , 2 ; ex:b 1 ."
                ),
            )
