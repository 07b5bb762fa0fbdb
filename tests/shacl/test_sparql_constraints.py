"""sh:sparql (section 5): what a query sees, what its rows become, and which queries are refused."""

import pytest

from diaspora_kg.shacl import ShapesError

DATA = """
ex:a a ex:T ; ex:p ex:b , ex:c ; ex:size 3 . ex:b a ex:T ; ex:p ex:b ; ex:size 1 . ex:c ex:size 2 .
"""
NODE = """ex:S sh:targetClass ex:T ; sh:sparql ex:Q . ex:Q sh:prefixes ex: ;
  sh:select \"\"\"%s\"\"\" ;
  sh:message "{$this} has {?value}, {?unknown}"@en .
ex: sh:declare [ sh:prefix "ex" ; sh:namespace "http://example.org/"^^xsd:anyURI ] ."""
PROPERTY = NODE.replace("sh:targetClass ex:T ;", "sh:targetClass ex:T ; sh:path ex:p ;")


class TestRows:
    """What a solution becomes (section 5.3.2)."""

    def test_value_and_message(self, check):
        """A solution gives focus node, value, and the variables of the message."""
        report = check(
            DATA, NODE % "SELECT $this ?value WHERE { $this ex:p ?value . $this ex:size 3 }"
        )

        first, second = report.results
        assert first.focus == second.focus == "<http://example.org/a>"
        assert (first.value, second.value) == ("<http://example.org/b>", "<http://example.org/c>")
        assert first.messages == ('"http://example.org/a has http://example.org/b, {?unknown}"@en',)
        assert first.constraint == "<http://example.org/Q>"

    def test_without_a_value(self, find):
        """At a node shape the focus node is the value; at a property shape there is none."""
        query = "SELECT $this WHERE { $this ex:size 3 }"

        assert find(DATA, NODE % query) == [("a", "", "a", "SPARQL")]
        assert find(DATA, PROPERTY % query) == [("a", "p", "", "SPARQL")]

    def test_path(self, find):
        """A path that a solution names is the path of the result."""
        query = (
            "SELECT $this (ex:size AS ?path) ?value WHERE { $this ex:size ?value . "
            "FILTER(?value > 2) }"
        )

        assert find(DATA, NODE % query) == [("a", "size", '"3"^^integer', "SPARQL")]

    def test_message_of_a_row(self, check):
        """A message that a solution names is the message of the result."""
        query = "SELECT $this (CONCAT('size ', STR(?n)) AS ?message) WHERE { $this ex:size ?n }"

        messages = [result.messages for result in check(DATA, NODE % query).results]

        assert messages == [('"size 3"',), ('"size 1"',)]

    def test_one_result_a_solution(self, find):
        """Every solution is a result, also one like another; DISTINCT makes one of them."""
        query = "SELECT $this WHERE { $this ex:p ?value }"

        assert [focus for focus, *_ in find(DATA, NODE % query)] == ["a", "a", "b"]
        assert len(find(DATA, NODE % query.replace("SELECT", "SELECT DISTINCT"))) == 2

    def test_message_of_the_shape(self, check):
        """A constraint without a message has that of its shape."""
        shapes = (NODE % "SELECT $this WHERE { $this ex:size 3 }").replace(
            'sh:message "', 'ex:no "'
        )

        (result,) = check(DATA, shapes + ' ex:S sh:message "of {$this}" .').results

        assert result.messages == ('"of http://example.org/a"',)

    def test_failure(self, check):
        """A query may report a failure: then nothing was validated."""
        with pytest.raises(ShapesError, match="reports a failure"):
            check(DATA, NODE % "SELECT $this (true AS ?failure) WHERE { $this ex:size 3 }")

    def test_each_way_to_a_focus_node(self, find):
        """In a property shape within a property shape, results come once for each way."""
        shapes = (NODE % "SELECT $this WHERE { $this ex:size 1 }").replace(
            "ex:S sh:targetClass ex:T ;",
            "ex:S sh:targetClass ex:T ; sh:path ex:p ; sh:property ex:I . ex:I sh:path ex:p ;",
        )

        assert find(DATA, shapes) == [("b", "p", "", "SPARQL")] * 2


class TestPrebinding:
    """The focus node is joined into every group (appendix A of the Recommendation)."""

    @pytest.mark.parametrize(
        "where",
        [
            "FILTER($this = ex:a)",
            "{ FILTER(false) } UNION { FILTER($this = ex:a) }",
            "{ { FILTER($this = ex:a) } FILTER(BOUND($this)) } FILTER(true)",
            "BIND($this AS ?that) FILTER(?that = ex:a)",
            "{ BIND($this AS ?that) } FILTER(?that = ex:a)",
            "{ SELECT $this WHERE { FILTER($this = ex:a) } }",
            (
                "{ SELECT $this (COUNT(?x) AS ?n) WHERE { $this ex:p ?x } GROUP BY $this } "
                "FILTER(?n = 2)"
            ),
            (
                "{ SELECT $this (COUNT(?x) AS ?n) WHERE { ?x a ex:T . FILTER($this = ex:a) } "
                "GROUP BY $this } ?x a ex:T FILTER(?n = 2 && ?x = ex:a)"
            ),
            "OPTIONAL { FILTER($this != ex:a) BIND(1 AS ?other) } FILTER(!BOUND(?other))",
            "FILTER NOT EXISTS { $this ex:size 1 }",
            "FILTER NOT EXISTS { { FILTER($this = ex:b) } }",
            "FILTER EXISTS { ?x ex:size 3 . FILTER(?x = $this) }",
            "OPTIONAL { $this ex:nothing ?n } FILTER(!BOUND(?n)) FILTER($this = ex:a)",
            "?x ex:size 3 . FILTER(sameTerm(?x, $this))",
        ],
    )
    def test_groups(self, find, where):
        """Wherever the focus node is named, it is the focus node."""
        assert find(DATA, NODE % f"SELECT DISTINCT $this WHERE {{ {where} }}") == [
            ("a", "", "a", "SPARQL")
        ]

    def test_focus_nodes_keep_apart(self, find):
        """A query without the focus node in any pattern finds every focus node."""
        found = find(DATA, NODE % "SELECT DISTINCT $this WHERE { ?x ex:size 2 }")

        assert [focus for focus, *_ in found] == ["a", "b"]

    def test_having(self, find):
        """Groups are those of one focus node."""
        query = "SELECT $this WHERE { $this ex:p ?x } GROUP BY $this HAVING(COUNT(?x) > 1)"

        assert find(DATA, NODE % query) == [("a", "", "a", "SPARQL")]

    def test_blank_and_literal_focus_nodes(self, find):
        """A focus node may be a blank node or a literal."""
        shapes = (NODE % "SELECT $this WHERE { FILTER(!isIRI($this)) }").replace(
            "targetClass ex:T", "targetObjectsOf ex:r"
        )

        found = find('ex:x ex:r ex:y , _:z , "text" , 01 .', shapes)

        assert [focus for focus, *_ in found] == ['"01"^^integer', '"text"', "_:z"]

    def test_path_of_the_shape(self, find):
        """$PATH is the path of the property shape, whatever its form."""
        shapes = (
            PROPERTY % "SELECT $this ?value WHERE { $this $PATH ?value . FILTER(?value = ex:b) }"
        )

        assert find(DATA, shapes) == [("a", "p", "b", "SPARQL"), ("b", "p", "b", "SPARQL")]
        inverse = shapes.replace("sh:path ex:p", "sh:path [ sh:inversePath ex:p ]")
        assert find(DATA, inverse) == [("b", "^p", "b", "SPARQL")]

    def test_shapes_graph(self, find):
        """A query may look into the shapes graph, for its own shape."""
        query = (
            "SELECT $this WHERE { GRAPH $shapesGraph { $currentShape ex:only $this "
            "FILTER(BOUND($shapesGraph)) } }"
        )

        assert find(DATA, NODE % query + " ex:S ex:only ex:b .") == [("b", "", "b", "SPARQL")]

    def test_a_shape_without_a_name(self, find):
        """The shape in the shapes graph may be a blank node."""
        shapes = """ex:S sh:targetNode ex:a ; sh:property [
          sh:path ex:size ; ex:most 02 ; sh:sparql [ sh:select '''
          SELECT $this ?value WHERE { $this $PATH ?value .
            GRAPH $shapesGraph { $currentShape <http://example.org/most> ?most }
            FILTER(?value > ?most && isBlank($currentShape)) }''' ] ] ."""

        assert find(DATA, shapes) == [("a", "size", '"3"^^integer', "SPARQL")]

    def test_in_a_shape_within(self, find):
        """A query decides whether a value conforms to a shape within a shape."""
        shapes = """ex:O sh:targetClass ex:T ; sh:path ex:p ; sh:not ex:S .""" + (
            NODE
            % (
                "SELECT $this WHERE { { FILTER($this = ex:c) } UNION { $this ex:size ?value "
                "FILTER(?value = 1) } }"
            )
        ).replace("sh:targetClass ex:T ;", "")

        assert find(DATA, shapes) == []
        assert len(find(DATA, shapes.replace("ex:c)", "ex:z)"))) == 1

    @pytest.mark.parametrize(
        ("where", "count"),
        [
            ("$this ex:n -1", 1),
            ("$this ex:n ?n FILTER(?n<0&&?n>-2)", 1),
            ("$this ex:n ?n FILTER(?n+1=0 || ?n -1 = -2)", 1),
            ("$this ex:p/ex:p?/^ex:p|ex:n ?x", 1),
            ("$this ex:m|ex:n ?n ; a ex:T . FILTER(?n IN (-1,5))", 1),
            (r"$this ex:n ?n FILTER(STR(?n) != 'it\\'s # no comment' && ?n!=7) # one", 1),
        ],
    )
    def test_spelling(self, find, where, count):
        """Queries are read however they are spaced."""
        data = DATA + " ex:a ex:n -1 ."

        found = find(data, NODE % f"SELECT DISTINCT $this{{ {where}\n}}")

        assert [focus for focus, *_ in found][:1] == ["a"]
        assert len(found) >= count

    def test_text_is_no_query(self, find):
        """What looks like a keyword or a variable in a text, a comment or an IRI is none."""
        query = """SELECT $this WHERE { # MINUS and VALUES $other
          FILTER($this = ex:a && 'VALUES $this SERVICE' != '')
          FILTER(<http://example.org/#MINUS> != 1) }"""

        assert find(DATA, NODE % query) == [("a", "", "a", "SPARQL")]


class TestPrefixes:
    """sh:prefixes and sh:declare (section 5.2.1)."""

    def test_imported(self, find):
        """Declarations are those of the value of sh:prefixes and of what it imports."""
        shapes = """ex:S sh:targetNode ex:a ; sh:sparql [ sh:prefixes ex:one ;
          sh:select "SELECT $this WHERE { $this e:size one:x }" ] .
        ex:one owl:imports ex:two ; sh:declare [ sh:prefix "one" ;
          sh:namespace "http://example.org/one#" ] .
        ex:two owl:imports ex:one ; sh:declare [ sh:prefix "e" ;
          sh:namespace "http://example.org/" ] ."""

        assert len(find("ex:a ex:size <http://example.org/one#x> .", shapes)) == 1

    def test_of_the_query_itself(self, find):
        """A query may have prefixes of its own."""
        query = "PREFIX e: <http://example.org/> SELECT $this WHERE { $this e:size 3 }"

        assert len(find(DATA, NODE % query)) == 1

    @pytest.mark.parametrize(
        ("query", "message"),
        [("SELECT $this WHERE { $this no:thing 1 }", "prefix 'no:' of a query is not declared")],
    )
    def test_undeclared(self, check, query, message):
        """A prefix that is not declared is an error."""
        with pytest.raises(ShapesError, match=message):
            check(DATA, NODE % query)

    def test_ambiguous(self, check):
        """One prefix for two namespaces is an error."""
        more = ' ex: sh:declare [ sh:prefix "ex" ; sh:namespace "http://example.com/" ] .'

        with pytest.raises(ShapesError, match="two namespaces"):
            check(DATA, NODE % "SELECT $this WHERE { $this ex:p 1 }" + more)


class TestRefusals:
    """What pre-binding does not allow is an error, and never 'nothing found'."""

    @pytest.mark.parametrize(
        ("query", "message"),
        [
            ("SELECT $this WHERE { $this ?p ?o MINUS { $this ?p 1 } }", "uses MINUS"),
            ("SELECT $this WHERE { $this ?p ?o VALUES ?o { 1 } }", "uses VALUES"),
            (
                "SELECT $this WHERE { $this ?p ?o . SERVICE <http://example.com/> { ?a ?b ?c } }",
                "uses SERVICE",
            ),
            ("SELECT $this FROM <http://example.com/> WHERE { $this ?p ?o }", "FROM"),
            (
                "SELECT $this WHERE { $this ?p ?o . { SELECT ?o WHERE { ?o ?p ?q } } }",
                "subquery of it does not return",
            ),
            ("SELECT $this WHERE { BIND(1 AS $this) }", "assigns to"),
            ("SELECT ?value WHERE { $this ex:p ?value }", "does not return"),
            ("ASK { $this ex:p ?value }", "no SELECT query"),
            ("SELECT $this WHERE { $this ex:p }", "no SPARQL"),
            ("", "no SELECT query"),
            ("SELECT $this WHERE { $this ex:p 1", "braces do not match"),
            ("PREFIX", "without an IRI"),
        ],
    )
    def test_query(self, check, query, message):
        """Each is told by name."""
        with pytest.raises(ShapesError, match=message):
            check(DATA, NODE % query)

    def test_deactivated(self, find):
        """A deactivated constraint is not even read."""
        assert find(DATA, NODE % "no query" + " ex:Q sh:deactivated true .") == []
