"""Where the store would give back another term than was written, the written one decides."""

import pyoxigraph
import pytest

from diaspora_kg.shacl import DataGraph, ShapesGraph, validate

A_SHAPE = "ex:S sh:targetSubjectsOf ex:p ; sh:path ex:p ; %s ."


class TestLiterals:
    """A store turns 01 into 1, 1.50 into 1.5, and a byte into an integer."""

    def test_datatype(self, find):
        """A byte is a byte, however the store keeps it; an integer of the same value is none."""
        data = 'ex:x ex:p "5"^^xsd:byte , 5 , "300"^^xsd:byte .'

        assert find(data, A_SHAPE % "sh:datatype xsd:byte") == [
            ("x", "p", '"5"^^integer', "Datatype"),
            ("x", "p", '"300"^^byte', "Datatype"),
        ]

    def test_pattern_and_length(self, find):
        """The text is the one that was written, and so is the value that is reported."""
        found = find("ex:x ex:p 1.50 , 01 , 1 .", A_SHAPE % 'sh:pattern "^1$" ; sh:maxLength 3')

        assert found == [
            ("x", "p", '"01"^^integer', "Pattern"),
            ("x", "p", '"1.50"^^decimal', "MaxLength"),
            ("x", "p", '"1.50"^^decimal', "Pattern"),
        ]

    def test_two_forms_of_a_value_are_two_values(self, find):
        """Cardinality counts terms."""
        assert find("ex:x ex:p 1 , 01 , +1 .", A_SHAPE % "sh:maxCount 2") == [
            ("x", "p", "", "MaxCount")
        ]

    @pytest.mark.parametrize(("value", "missing"), [("01", False), ("1", True), ('"1"', True)])
    def test_has_value(self, find, value, missing):
        """A value is had as it is written or not at all."""
        assert bool(find("ex:x ex:p 01 .", A_SHAPE % f"sh:hasValue {value}")) is missing

    def test_in(self, find):
        """A list holds terms."""
        found = find("ex:x ex:p 01 , 1 , 1.0 .", A_SHAPE % "sh:in ( 1 1.0 )")

        assert [value for _, _, value, _ in found] == ['"01"^^integer']

    def test_equals_and_disjoint(self, find):
        """Two properties share a value only in the same form."""
        data = "ex:x ex:p 01 , 2 ; ex:q 1 , 2 ."

        assert [v for _, _, v, _ in find(data, A_SHAPE % "sh:equals ex:q")] == [
            '"01"^^integer',
            '"1"^^integer',
        ]
        assert [v for _, _, v, _ in find(data, A_SHAPE % "sh:disjoint ex:q")] == ['"2"^^integer']

    def test_order_goes_by_value(self, find):
        """Forms do not matter to an order, neither that of the value nor that of the bound."""
        found = find(
            "ex:x ex:p 01 , 1.50 , 02.0 .", A_SHAPE % "sh:maxInclusive 1.500 ; sh:lessThan ex:q"
        )

        assert found == [("x", "p", '"02.0"^^decimal', "MaxInclusive")]

    def test_numbers_beyond_the_engine(self, find):
        """Numbers with more digits than the engine computes with still have their order."""
        data = "ex:x ex:p 12345678901234567890123 , -12345678901234567890123 ."

        found = find(
            data, A_SHAPE % "sh:minInclusive 12345678901234567890122 ; sh:datatype xsd:integer"
        )

        assert found == [("x", "p", '"-12345678901234567890123"^^integer', "MinInclusive")]

    def test_focus_nodes(self, find):
        """Two forms are two focus nodes."""
        found = find("ex:x ex:p 01 , 1 .", "ex:S sh:targetObjectsOf ex:p ; sh:minLength 2 .")

        assert found == [('"1"^^integer', "", '"1"^^integer', "MinLength")]

    def test_only_in_the_shapes(self, find):
        """A form that only the shapes have is a term of its own as well."""
        shapes = """ex:S sh:targetNode 01 , "2016-01-07+00:00"^^xsd:date ; sh:datatype xsd:integer ;
          sh:minInclusive "2016-01-01Z"^^xsd:date ."""

        assert find("", shapes) == [
            ('"01"^^integer', "", '"01"^^integer', "MinInclusive"),
            ('"2016-01-07+00:00"^^date', "", '"2016-01-07+00:00"^^date', "Datatype"),
        ]

    def test_ill_formed(self, find):
        """An ill-formed literal is of no datatype, and compares with nothing, but has its text."""
        shapes = (
            A_SHAPE
            % 'sh:datatype xsd:date ; sh:minInclusive "2000-01-01"^^xsd:date ; sh:minLength 10'
        )

        found = find('ex:x ex:p "2016-02-30"^^xsd:date , "2016-02-29"^^xsd:date .', shapes)

        assert [component for *_, component in found] == ["Datatype", "MinInclusive"]


class TestBlankNodes:
    """A store renames the blank nodes that it loads."""

    def test_names(self, find):
        """A result names a blank node as the data does."""
        data = "_:one ex:p _:two . _:two ex:p 1 ."

        assert find(data, A_SHAPE % "sh:nodeKind sh:Literal") == [
            ("_:one", "p", "_:two", "NodeKind")
        ]

    def test_in_a_list_of_the_shapes(self, find):
        """A blank node of the shapes is none of the data, even if they are written alike."""
        assert len(find("ex:x ex:p _:one .", A_SHAPE % "sh:in ( _:one )")) == 1

    def test_patterns_and_kinds(self, find):
        """A blank node has no text, however it is kept."""
        assert len(find("ex:x ex:p _:one .", A_SHAPE % 'sh:pattern "."')) == 1


QUERY = """ex:S sh:targetSubjectsOf ex:p ; sh:sparql [ sh:message "{?value}" ; sh:select
'''PREFIX ex: <http://example.org/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
SELECT DISTINCT $this ?value WHERE { %s }''' ] ."""


class TestQueries:
    """A query of the shapes sees the terms that were written, and computes with their values."""

    DATA = """ex:x ex:p 01 , 2.50 , "5"^^xsd:byte , "x"^^xsd:integer , "01" ; ex:q 1 .
    ex:y ex:p _:b , ex:z , +7 ; ex:r 7 ."""

    @pytest.mark.parametrize(
        ("where", "values"),
        [
            ("$this ex:p ?value FILTER(?value = 1)", ["01"]),
            ("$this ex:p ?value FILTER(?value > 2 && ?value <= 5.0)", ["2.50", "5"]),
            ("$this ex:p ?value FILTER(?value IN (5, 7))", ["5", "+7"]),
            ("$this ex:p ?value FILTER(?value + 1 = 2)", ["01"]),
            ("$this ex:p ?value ; ex:q ?n FILTER(?value = ?n)", ["01"]),
            ("$this ex:p ?value ; ex:q ?value", []),
            ("$this ex:p ?value FILTER(sameTerm(?value, 01))", ["01"]),
            ("$this ex:p ?value FILTER(sameTerm(?value, 1))", []),
            ("$this ex:p ?value , 01 FILTER(?value = 5)", ["5"]),
            ("$this ex:p ?value , 1 FILTER(?value = 5)", []),
            ("$this ex:p ?value , +7 FILTER(?value = 7)", ["+7"]),
            ('$this ex:p ?value , "5"^^xsd:byte FILTER(?value = 1)', ["01"]),
            ("$this ex:p ?value FILTER(STR(?value) = '01')", ["01", "01"]),
            ("$this ex:p ?value FILTER(STRLEN(STR(?value)) = 4)", ["2.50"]),
            ("$this ex:p ?value FILTER(REGEX(STR(?value), '^[+]'))", ["+7"]),
            ("$this ex:p ?value FILTER(DATATYPE(?value) = xsd:byte)", ["5"]),
            ("$this ex:p ?value FILTER(isNumeric(?value) && ?value < 2)", ["01"]),
            ("$this ex:p ?value FILTER(isIRI(?value))", ["z"]),
            ("$this ex:p ?value FILTER(isBlank(?value))", ["_:b"]),
            ("$this ex:p ?value FILTER(!isLiteral(?value) && !BOUND(?no))", ["_:b", "z"]),
            ("$this ex:p ?value FILTER(COALESCE(STR(?value), 'none') = 'none')", ["_:b"]),
            ("$this ex:p ?one BIND(?one AS ?value) FILTER(ABS(?one) = 7)", ["+7"]),
            (
                "$this ex:r ?n ; ex:p ?value FILTER EXISTS { $this ex:p ?m FILTER(?m = ?n) }"
                " FILTER(isLiteral(?value))",
                ["+7"],
            ),
            (
                "{ SELECT $this (MAX(?n) AS ?value) WHERE { $this ex:p ?n FILTER(isNumeric(?n)) }"
                " GROUP BY $this } FILTER(?value = 7)",
                ["7"],
            ),
            (
                "{ SELECT $this (COUNT(DISTINCT ?n) AS ?c) WHERE { $this ex:p ?n } GROUP BY $this }"
                " $this ex:p ?value FILTER(?c = 5 && ?value = 1)",
                ["01"],
            ),
        ],
    )
    def test_query(self, find, where, values):
        """Patterns compare terms, functions on text see the text, operators see values."""
        found = find(self.DATA, QUERY % where)

        texts = [value.split("^^")[0].strip('"') for _, _, value, _ in found]
        assert sorted(texts) == sorted(values)

    def test_message(self, check):
        """A message shows the text that was written."""
        report = check(self.DATA, QUERY % "$this ex:p ?value FILTER(?value = 7)")

        assert report.results[0].messages == ('"+7"',)
        assert report.handed_over == ()

    def test_in_a_condition(self, find):
        """In a condition, constraints on terms and queries about values go together."""
        shapes = """ex:S sh:targetSubjectsOf ex:p ; sh:path ex:p ; sh:not [ sh:pattern "^0" ;
          sh:sparql [ sh:select "SELECT $this WHERE { FILTER($this > 1) }" ] ] ."""

        assert [value for _, _, value, _ in find(self.DATA, shapes)] == ['"01"', '"01"^^integer']

    def test_parameters(self, find):
        """A parameter is a term in a pattern, and a value in an expression."""
        shapes = """ex:C a sh:ConstraintComponent ; sh:parameter [ sh:path ex:bound ] ;
          sh:validator [ sh:ask "ASK { { FILTER($value < $bound) } UNION { ?x ?y $bound } }" ] .
        ex:S sh:targetNode ex:x ; sh:path ex:q ; ex:bound %s ."""

        assert find(self.DATA, shapes % "02") == []
        assert find(self.DATA, shapes % "01") == []
        assert len(find(self.DATA, shapes % "+1")) == 1


class TestWaysIn:
    """A store, bytes and terms give the same report."""

    DATA = (
        "<http://example.org/x> <http://example.org/p> "
        '"01"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
    )
    SHAPES = """@prefix ex: <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
    ex:S sh:targetSubjectsOf ex:p ; sh:path ex:p ; sh:maxLength 1 ; sh:nodeKind sh:IRI ."""

    def test_bytes_and_terms(self):
        """Lines of N-Triples, of N-Quads, and tuples of terms keep every form."""
        quads = self.DATA.replace(" .", " <http://example.org/graph> .").encode()
        terms = [tuple(self.DATA.split()[:3])]

        reports = [validate(each, self.SHAPES) for each in (self.DATA.encode(), quads, terms)]

        assert {report.to_turtle() for report in reports} == {reports[0].to_turtle()}
        assert reports[0].results[0].value == self.DATA.split()[2]

    def test_store(self):
        """Of a store, its own terms are the original ones; its graphs count as one."""
        store = pyoxigraph.Store()
        store.load(self.DATA.encode(), pyoxigraph.RdfFormat.N_TRIPLES)

        report = validate(store, self.SHAPES)

        assert [r.value for r in report.results] == [
            '"1"^^<http://www.w3.org/2001/XMLSchema#integer>'
        ]

    def test_a_store_is_used_as_it_is(self):
        """A store in which nothing has to be written in another way is not copied."""
        store = pyoxigraph.Store()
        store.load(self.DATA.encode(), pyoxigraph.RdfFormat.N_TRIPLES)

        assert DataGraph.from_store(store).store is store

    def test_shapes_as_terms(self):
        """Shapes may come as triples."""
        triples = ShapesGraph.from_turtle(self.SHAPES).triples

        assert len(validate(self.DATA.encode(), triples).results) == 2

    def test_untidy_lines(self):
        """Comments, empty lines and other white space do no harm."""
        untidy = ("# a comment\n\n" + self.DATA.replace(" ", "\t ") + self.DATA.strip()).encode()

        assert len(validate(untidy, self.SHAPES).results) == 2
