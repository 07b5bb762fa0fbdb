"""Each constraint component of SHACL Core (section 4): what it reports, and what it lets pass."""

import pytest

A_SHAPE = "ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:p ; sh:property [ sh:path ex:p ; %s ] ."


class TestValueTypes:
    """sh:class, sh:datatype, sh:nodeKind."""

    def test_class(self, find):
        """A value has to be an instance of the class or of one below it; a literal is none."""
        data = """ex:B rdfs:subClassOf ex:A . ex:a a ex:A . ex:b a ex:B . ex:c a ex:C .
        ex:x ex:p ex:a , ex:b , ex:c , "a" ."""

        found = find(data, A_SHAPE % "sh:class ex:A")

        assert found == [("x", "p", '"a"', "Class"), ("x", "p", "c", "Class")]

    def test_class_without_instances(self, find):
        """Of a class that no node has, every value is a violation."""
        assert find("ex:x ex:p ex:y .", A_SHAPE % "sh:class ex:A") == [("x", "p", "y", "Class")]

    def test_datatype(self, find):
        """A value has to be a literal of just this datatype, and well-formed."""
        data = 'ex:x ex:p 1 , 1.5 , "1" , "one"^^xsd:integer , ex:y .'

        found = find(data, A_SHAPE % "sh:datatype xsd:integer")

        assert found == [
            ("x", "p", '"1"', "Datatype"),
            ("x", "p", '"1.5"^^decimal', "Datatype"),
            ("x", "p", '"one"^^integer', "Datatype"),
            ("x", "p", "y", "Datatype"),
        ]

    def test_datatype_of_texts_in_a_language(self, find):
        """A text in a language is rdf:langString, never xsd:string."""
        found = find('ex:x ex:p "a" , "b"@en .', A_SHAPE % "sh:datatype rdf:langString")

        assert found == [("x", "p", '"a"', "Datatype")]

    @pytest.mark.parametrize(
        ("kind", "wrong"),
        [
            ("IRI", ['"a"', "_:b"]),
            ("Literal", ["y", "_:b"]),
            ("BlankNode", ['"a"', "y"]),
            ("BlankNodeOrIRI", ['"a"']),
            ("IRIOrLiteral", ["_:b"]),
            ("BlankNodeOrLiteral", ["y"]),
        ],
    )
    def test_node_kind(self, find, kind, wrong):
        """A value has to be of the kind; blank nodes, IRIs and literals are told apart."""
        found = find('ex:x ex:p ex:y , "a" , _:b .', A_SHAPE % f"sh:nodeKind sh:{kind}")

        assert [value for _, _, value, _ in found] == wrong


class TestCardinality:
    """sh:minCount and sh:maxCount."""

    @pytest.mark.parametrize(
        ("count", "missing"), [(0, []), (1, ["x"]), (2, ["x", "y"]), (3, ["x", "y", "z"])]
    )
    def test_min_count(self, find, count, missing):
        """A node with fewer values is reported once, without a value."""
        data = "ex:x a ex:T . ex:y a ex:T ; ex:p 1 . ex:z a ex:T ; ex:p 1 , 2 ."
        shapes = (
            f"[] a sh:NodeShape ; sh:targetClass ex:T ; sh:property [ sh:path ex:p ; "
            f"sh:minCount {count} ] ."
        )

        assert find(data, shapes) == [(node, "p", "", "MinCount") for node in missing]

    @pytest.mark.parametrize(
        ("count", "full"), [(0, ["x", "y", "z"]), (1, ["y", "z"]), (2, ["z"]), (3, [])]
    )
    def test_max_count(self, find, count, full):
        """A node with more values is reported once, without a value."""
        data = "ex:x ex:p 1 . ex:y ex:p 1 , 2 . ex:z ex:p 1 , 2 , 3 ."

        found = find(data, A_SHAPE % f"sh:maxCount {count}")

        assert found == [(node, "p", "", "MaxCount") for node in full]

    def test_values_reached_twice_count_once(self, find):
        """Value nodes are a set, however many ways lead to one."""
        data = "ex:x ex:p ex:a , ex:b . ex:a ex:q ex:c . ex:b ex:q ex:c ."
        shapes = "ex:S sh:targetNode ex:x ; sh:path ( ex:p ex:q ) ; sh:maxCount 1 ; sh:minCount 2 ."

        assert find(data, shapes) == [("x", "p/q", "", "MinCount")]


class TestRanges:
    """sh:minExclusive, sh:minInclusive, sh:maxExclusive, sh:maxInclusive."""

    @pytest.mark.parametrize(
        ("constraint", "outside"),
        [
            ("minExclusive", ["1", "2"]),
            ("minInclusive", ["1"]),
            ("maxExclusive", ["2", "3"]),
            ("maxInclusive", ["3"]),
        ],
    )
    def test_bounds(self, find, constraint, outside):
        """Each value outside the bound is reported."""
        found = find("ex:x ex:p 1 , 2 , 3 .", A_SHAPE % f"sh:{constraint} 2")

        assert [value for _, _, value, _ in found] == [f'"{n}"^^integer' for n in outside]

    def test_numbers_of_several_datatypes_compare_by_value(self, find):
        """An integer, a decimal and a double compare as numbers."""
        found = find("ex:x ex:p 2 , 1.9 , 1.8e0 .", A_SHAPE % "sh:minInclusive 1.85")

        assert [value for _, _, value, _ in found] == ['"1.8e0"^^double']

    def test_what_cannot_be_compared_is_outside(self, find):
        """A text, an IRI or a blank node is outside every bound of numbers."""
        found = find('ex:x ex:p 5 , "5" , ex:five , _:five .', A_SHAPE % "sh:minInclusive 1")

        assert len(found) == 3

    def test_times_with_and_without_a_zone(self, find):
        """Times whose order is open, for one has no zone, cannot be compared."""
        data = """ex:x ex:p "2002-10-10T12:00:00-05:00"^^xsd:dateTime ,
          "2002-10-09T12:00:00"^^xsd:dateTime ,
        "2002-10-10T12:00:01-05:00"^^xsd:dateTime ."""
        bound = 'sh:maxInclusive "2002-10-10T12:00:00"^^xsd:dateTime'

        assert len(find(data, A_SHAPE % bound)) == 2

    def test_truth_values(self, find):
        """False comes before true."""
        found = find("ex:x ex:p true , false .", A_SHAPE % "sh:maxExclusive true")

        assert found == [("x", "p", '"true"^^boolean', "MaxExclusive")]


class TestStrings:
    """sh:minLength, sh:maxLength, sh:pattern, sh:languageIn, sh:uniqueLang."""

    def test_lengths(self, find):
        """Length counts characters of the text of a literal or an IRI; a blank node has none."""
        shapes = A_SHAPE % "sh:minLength 2 ; sh:maxLength 3"

        found = find('ex:x ex:p "ü" , "üü" , "üüüü" , _:b , 12 .', shapes)

        assert found == [
            ("x", "p", '"ü"', "MinLength"),
            ("x", "p", '"üüüü"', "MaxLength"),
            ("x", "p", "_:b", "MaxLength"),
            ("x", "p", "_:b", "MinLength"),
        ]

    def test_pattern(self, find):
        """A pattern is searched for in the text of a literal or an IRI; flags are honoured."""
        data = 'ex:x ex:p "Abc" , "bc" , "xabc"@en , ex:abc , _:abc .'

        found = find(data, A_SHAPE % 'sh:pattern "^a|/a" ; sh:flags "i"')

        assert [value for _, _, value, _ in found] == ['"bc"', '"xabc"@en', "_:abc"]

    def test_pattern_beyond_the_engine(self, find):
        """Looking ahead and back references, which the engine ignores in silence, work."""
        found = find('ex:x ex:p "aa" , "ab" .', A_SHAPE % r'sh:pattern "^(a)(?=a)\\1$"')

        assert found == [("x", "p", '"ab"', "Pattern")]

    def test_pattern_with_subtraction(self, find):
        """A class of characters minus another is read as XML Schema writes it."""
        found = find('ex:x ex:p "b" , "c" .', A_SHAPE % 'sh:pattern "^[a-z-[aeiouc]]$"')

        assert found == [("x", "p", '"c"', "Pattern")]

    def test_language_in(self, find):
        """A language fits its own range and a wider one; no language fits none."""
        data = 'ex:x ex:p "a"@en , "b"@en-GB , "c"@fr , "d" , 1 .'

        found = find(data, A_SHAPE % 'sh:languageIn ( "en" "tr" )')

        assert [value for _, _, value, _ in found] == ['"1"^^integer', '"c"@fr', '"d"']

    def test_unique_lang(self, find):
        """Each language with several values is reported once; texts without one do not count."""
        data = 'ex:x ex:p "a"@en , "b"@EN , "c"@tr , "d"@tr , "e"@tr , "f"@fr , "g" , "h" .'

        found = find(data, A_SHAPE % "sh:uniqueLang true")

        assert found == [("x", "p", "", "UniqueLang")] * 2

    def test_only_the_term_true_switches_on(self, find):
        """The number one is no ``true``, as the test suite of the W3C has it."""
        data = 'ex:x ex:p "a"@en , "b"@en .'

        assert find(data, A_SHAPE % 'sh:uniqueLang "1"^^xsd:boolean') == []


class TestPairs:
    """sh:equals, sh:disjoint, sh:lessThan, sh:lessThanOrEquals."""

    def test_equals(self, find):
        """What one of the two properties has and the other has not is reported, both ways."""
        found = find("ex:x ex:p 1 , 2 ; ex:q 2 , 3 .", A_SHAPE % "sh:equals ex:q")

        assert found == [
            ("x", "p", '"1"^^integer', "Equals"),
            ("x", "p", '"3"^^integer', "Equals"),
        ]

    def test_equals_on_the_node_itself(self, find):
        """At a node shape the value is the focus node."""
        shapes = "ex:S sh:targetSubjectsOf ex:p ; sh:equals ex:p ."

        assert find("ex:x ex:p ex:x . ex:y ex:p ex:z .", shapes) == [
            ("y", "", "y", "Equals"),
            ("y", "", "z", "Equals"),
        ]

    def test_disjoint(self, find):
        """A value of both properties is reported."""
        found = find("ex:x ex:p 1 , 2 ; ex:q 2 , 3 .", A_SHAPE % "sh:disjoint ex:q")

        assert found == [("x", "p", '"2"^^integer', "Disjoint")]

    def test_less_than(self, find):
        """There is a result for each pair that is not in order, or cannot be compared."""
        found = find('ex:x ex:p 1 , 2 ; ex:q 2 , 3 , "a" .', A_SHAPE % "sh:lessThan ex:q")

        assert found == [
            ("x", "p", '"1"^^integer', "LessThan"),
            ("x", "p", '"2"^^integer', "LessThan"),
            ("x", "p", '"2"^^integer', "LessThan"),
        ]

    def test_less_than_or_equals(self, find):
        """Equal values are in order here."""
        found = find("ex:x ex:p 1 , 3 ; ex:q 1 , 3 .", A_SHAPE % "sh:lessThanOrEquals ex:q")

        assert found == [("x", "p", '"3"^^integer', "LessThanOrEquals")]


class TestLogic:
    """sh:not, sh:and, sh:or, sh:xone."""

    def test_not(self, find):
        """A value that conforms is reported."""
        found = find('ex:x ex:p 1 , "a" .', A_SHAPE % "sh:not [ sh:datatype xsd:integer ]")

        assert found == [("x", "p", '"1"^^integer', "Not")]

    def test_and(self, find):
        """A value that fails one of the shapes is reported once."""
        shapes = A_SHAPE % "sh:and ( [ sh:minInclusive 2 ] [ sh:maxInclusive 3 ] )"

        assert find("ex:x ex:p 1 , 2 , 4 .", shapes) == [
            ("x", "p", '"1"^^integer', "And"),
            ("x", "p", '"4"^^integer', "And"),
        ]

    def test_or(self, find):
        """A value that fails all of the shapes is reported."""
        shapes = A_SHAPE % "sh:or ( [ sh:datatype xsd:integer ] [ sh:minLength 2 ] )"

        assert find('ex:x ex:p 1 , "a" , "ab" .', shapes) == [("x", "p", '"a"', "Or")]

    def test_xone(self, find):
        """A value that conforms to none, or to two, is reported."""
        shapes = A_SHAPE % "sh:xone ( [ sh:minInclusive 2 ] [ sh:maxInclusive 3 ] )"

        assert find('ex:x ex:p 1 , 2 , "a" .', shapes) == [
            ("x", "p", '"2"^^integer', "Xone"),
            ("x", "p", '"a"', "Xone"),
        ]

    def test_property_shapes_in_lists(self, find):
        """The members may be property shapes: then the values of the value are looked at."""
        shapes = (
            "ex:S sh:targetClass ex:T ; sh:or ( [ sh:path ex:p ; sh:minCount 1 ] [ sh:path "
            "ex:q ; sh:minCount 1 ] ) ."
        )

        assert find("ex:x a ex:T ; ex:q 1 . ex:y a ex:T .", shapes) == [("y", "", "y", "Or")]


class TestShapesInShapes:
    """sh:node, sh:property, sh:qualifiedValueShape."""

    def test_node(self, find):
        """A value that does not conform to the shape is reported with the outer focus node."""
        shapes = (
            A_SHAPE % "sh:node ex:Inner"
            + " ex:Inner sh:property [ sh:path ex:q ; sh:minCount 1 ] ."
        )

        found = find("ex:x ex:p ex:y , ex:z . ex:y ex:q 1 .", shapes)

        assert found == [("x", "p", "z", "Node")]

    def test_property_in_property(self, find):
        """What a property shape within finds is reported with the value as its focus node."""
        shapes = A_SHAPE % "sh:property [ sh:path ex:q ; sh:minCount 1 ]"

        assert find("ex:x ex:p ex:y .", shapes) == [("y", "q", "", "MinCount")]

    def test_each_way_to_a_node_is_a_validation(self, find):
        """A node that two nodes have as a value is validated, and reported, twice."""
        shapes = A_SHAPE % "sh:property [ sh:path ex:q ; sh:minCount 1 ]"

        assert find("ex:x ex:p ex:z . ex:y ex:p ex:z .", shapes) == [("z", "q", "", "MinCount")] * 2

    @pytest.mark.parametrize(
        ("bounds", "found"),
        [
            ("sh:qualifiedMinCount 1", []),
            ("sh:qualifiedMinCount 2", []),
            ("sh:qualifiedMinCount 3", ["QualifiedMinCount"]),
            ("sh:qualifiedMaxCount 1", ["QualifiedMaxCount"]),
            (
                "sh:qualifiedMinCount 3 ; sh:qualifiedMaxCount 1",
                ["QualifiedMaxCount", "QualifiedMinCount"],
            ),
        ],
    )
    def test_qualified_counts(self, find, bounds, found):
        """Only values that conform to the shape are counted."""
        shapes = A_SHAPE % f"sh:qualifiedValueShape [ sh:class ex:T ] ; {bounds}"
        data = "ex:x ex:p ex:a , ex:b , ex:c . ex:a a ex:T . ex:b a ex:T ."

        assert [component for *_, component in find(data, shapes)] == found

    def test_disjoint_siblings(self, find):
        """A value that conforms to the shape of a sibling counts for neither."""
        shapes = """ex:Hand sh:targetClass ex:Hand ; sh:property
          [ sh:path ex:digit ; sh:qualifiedValueShape [ sh:class ex:Thumb ] ;
            sh:qualifiedMinCount 1 ; sh:qualifiedValueShapesDisjoint true ] ,
          [ sh:path ex:digit ; sh:qualifiedValueShape [ sh:class ex:Finger ] ;
            sh:qualifiedMinCount 1 ; sh:qualifiedValueShapesDisjoint true ] ."""
        data = (
            "ex:h a ex:Hand ; ex:digit ex:a , ex:b . ex:a a ex:Thumb . ex:b a ex:Thumb , "
            "ex:Finger ."
        )

        assert find(data, shapes) == [("h", "digit", "", "QualifiedMinCount")]

    def test_a_deactivated_shape_finds_nothing(self, find):
        """A node conforms to a deactivated shape, whatever the shape says."""
        shapes = (
            A_SHAPE % "sh:node ex:Inner" + " ex:Inner sh:deactivated true ; sh:datatype xsd:date ."
        )

        assert find("ex:x ex:p 1 .", shapes) == []


class TestOther:
    """sh:closed, sh:hasValue, sh:in."""

    def test_closed(self, find):
        """Each triple with another property is reported, with its property and object."""
        shapes = """ex:S sh:targetClass ex:T ; sh:closed true ; sh:ignoredProperties ( rdf:type ) ;
          sh:property [ sh:path ex:p ] , [ sh:path [ sh:inversePath ex:q ] ] ."""

        found = find("ex:x a ex:T ; ex:p 1 ; ex:q 2 , 3 .", shapes)

        assert found == [
            ("x", "q", '"2"^^integer', "Closed"),
            ("x", "q", '"3"^^integer', "Closed"),
        ]

    def test_closed_with_nothing_allowed(self, find):
        """Without properties and exceptions, every triple is reported."""
        shapes = "ex:S sh:targetNode ex:x ; sh:closed true ."

        assert find("ex:x ex:p 1 .", shapes) == [("x", "p", '"1"^^integer', "Closed")]

    def test_has_value(self, find):
        """The value has to be among the values; it is reported missing without a value."""
        data = "ex:x ex:p 1 , 2 . ex:y ex:p 2 ."

        assert find(data, A_SHAPE % "sh:hasValue 1") == [("y", "p", "", "HasValue")]

    def test_in(self, find):
        """Every value has to be one of the list, as a term, not by value."""
        data = 'ex:x ex:p ex:a , ex:b , 1 , 1.0 , "a"@en .'

        found = find(data, A_SHAPE % 'sh:in ( ex:a 1 "a" )')

        assert [value for _, _, value, _ in found] == ['"1.0"^^decimal', '"a"@en', "b"]

    def test_in_a_long_list(self, find):
        """A list of hundreds is the same."""
        listed = " ".join(f"ex:n{n} {n}" for n in range(150)) + r' "a\tb\"c"@EN "x"^^xsd:string 01'
        data = r'ex:x ex:p ex:n7 , ex:n150 , 149 , 150 , 01 , 02 , "x" , "a\tb\"c"@en .'

        found = find(data, A_SHAPE % f"sh:in ( {listed} )")

        assert [value for _, _, value, _ in found] == ['"02"^^integer', '"150"^^integer', "n150"]

    def test_in_an_empty_list(self, find):
        """Nothing is in an empty list."""
        assert find("ex:x ex:p 1 .", A_SHAPE % "sh:in ()") == [("x", "p", '"1"^^integer', "In")]
