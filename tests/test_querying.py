"""Questions: what is refused, what a typed name means, what a malformed query is told."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from diaspora_kg.errors import DiasporaKGError, FindingsError
from diaspora_kg.lookup import View
from diaspora_kg.namespaces import PREFIXES
from diaspora_kg.parameters import Resolver
from diaspora_kg.querying import (
    free_question,
    packaged_question,
    question_of_text,
    read_sparql,
    run,
    with_day,
)
from diaspora_kg.reading.queries import packaged_query

HEAD = "".join(f"@prefix {name}: <{address}> .\n" for name, address in PREFIXES.items())
NAMES = """
dkgg:ontology {
  dkg:Diaspora a owl:Class ; rdfs:label "diaspora"@en .
  dkg:memberOf a owl:ObjectProperty ; rdfs:label "member of"@en .
  <https://w3id.org/diaspora-kg/concept/core/diaspora> a skos:Concept ;
    skos:prefLabel "diaspora"@en , "diaspora"@tr .
  <https://w3id.org/diaspora-kg/concept/core/power> a skos:Concept ; skos:prefLabel "power"@en .
  <https://w3id.org/diaspora-kg/concept/other/power> a skos:Concept ; skos:prefLabel "Power"@en .
}
<https://w3id.org/diaspora-kg/graph/case/c> {
  dkgid:ytb a dkg:Organization ; rdfs:label "Presidency for Turks Abroad"@en ,
    "Yurtdışı Türkler Başkanlığı"@tr ; dkg:abbreviation "YTB" .
  dkgid:one a dkg:Claim ; rdfs:label "YTB"@en ; dkg:claimSubject dkgid:ytb ; dkg:claimObject
    <https://w3id.org/diaspora-kg/concept/core/power> .
}
"""
HEADER = """#+ title: {en: About}
#+ description: {en: About}
#+ question: {en: What?}
#+ params:
#+   what: {type: iri, required: true, description: {en: What}, example: dkgid:ytb}
#+ columns:
#+   claim: {en: Claim}
SELECT ?claim { VALUES (?what) { (UNDEF) } ?claim dkg:claimObject ?what } ORDER BY ?claim
"""


@pytest.fixture(scope="module")
def view() -> View:
    """Return a small graph of things with names."""
    store = ox.Store()
    store.bulk_load((HEAD + NAMES).encode("utf-8"), ox.RdfFormat.TRIG)
    return View(store)


class TestRefusal:
    """What does not leave the machine and does not change the graph."""

    @pytest.mark.parametrize(
        "sparql",
        [
            "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }",
            "SELECT * { service silent <http://x/> { ?s ?p ?o } }",
            "SELECT * { ?s ?p ?o SERVICE ?s { ?a ?b ?c } }",
            "PREFIX : <http://x/> SELECT * { SERVICE:y { ?s ?p ?o } }",
            "PREFIX a: <http://x/> SELECT * { SERVICEa:y { ?s ?p ?o } }",
            "PREFIX : <http://x/> SELECT * { SERVICESILENT:y { ?s ?p ?o } }",
            "SELECT * { ?s ?p 1SERVICE<http://x/>{ ?a ?b ?c } }",
            "SELECT * { SERVICE#note\n<http://x/>#note\n{ ?s ?p ?o } }",
            "SELECT * { ?a ?b ?c FILTER(?c<3)SERVICE?a#>\n{ ?s ?p ?o } }",
            'SELECT * { { ?s ?p ?o } UNION { # """\nSERVICE <http://x/> { ?s ?p ?o } } # """\n }',
            "SELECT * { FILTER EXISTS {SERVICE<http://x/>{ ?s ?p ?o } } }",
            "SELECT * { \\u0053ERVICE <http://x/> { ?s ?p ?o } }",
        ],
    )
    def test_service_is_refused_however_it_is_written(self, sparql: str) -> None:
        """No SERVICE clause gets through to the engine, which would follow it."""
        with pytest.raises(DiasporaKGError) as raised:
            free_question(sparql)

        assert raised.value.code == "DKG408"

    @pytest.mark.parametrize(
        "sparql",
        [
            "SELECT ?service ?x { ?service ?p ?x }",
            "SELECT ?myservice ?x { ?myservice ?p ?x }",
            "SELECT * { GRAPH ?service { ?s ?p ?o } }",
            "PREFIX service: <http://x/> SELECT * { service:a service:b ?c . { ?s ?p ?o } }",
            "# a service: of no kind\nSELECT * { ?s <http://x/service> 'SERVICE' }",
        ],
    )
    def test_the_word_alone_is_no_harm(self, sparql: str) -> None:
        """Variables, prefixes, strings and comments may hold the word."""
        assert free_question(sparql).sparql == sparql

    @pytest.mark.parametrize(
        "sparql",
        [
            "INSERT DATA { dkgid:a dkg:b dkgid:c }",
            "delete where { ?s ?p ?o }",
            "PREFIX a: <http://x/> PREFIX b: <http://y/> DROP ALL",
            "# note\nBASE <http://x/>\nLOAD <http://y/>",
            "WITH dkgg:a DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        ],
    )
    def test_updates_are_refused(self, sparql: str) -> None:
        """What would change the graph is no question."""
        with pytest.raises(DiasporaKGError) as raised:
            free_question(sparql)

        assert raised.value.code == "DKG409"


class TestMalformed:
    """SPARQL that cannot be read."""

    def test_the_place_is_told(self, view: View) -> None:
        """Line and column say where it goes wrong."""
        with pytest.raises(DiasporaKGError) as raised:
            run(free_question("SELECT * {\n  ?s ?p }"), view)

        assert raised.value.code == "DKG406"
        assert raised.value.message == (
            "this is not well-formed SPARQL at or before line 2, column 10: ?s ?p }"
        )

    def test_an_undeclared_prefix_is_named(self, view: View) -> None:
        """A prefix that is not of the project must be declared."""
        with pytest.raises(DiasporaKGError) as raised:
            run(free_question("SELECT * { ?s zz:p dkg:Claim }"), view)

        assert raised.value.message == "the prefix 'zz:' is not declared"

    def test_a_missing_file_is_told(self) -> None:
        """A text without braces is taken for the name of a file."""
        for name in ("nothing.rq", "clear.rq"):
            with pytest.raises(DiasporaKGError) as raised:
                read_sparql(name)

            assert raised.value.code == "DKG411"

    def test_a_change_without_braces_is_no_file(self) -> None:
        """An update is told to be one, not to be a file that is missing."""
        with pytest.raises(DiasporaKGError, match="change") as raised:
            free_question(read_sparql("DROP ALL"))

        assert raised.value.code == "DKG409"

    def test_a_file_is_read(self, tmp_path: Path) -> None:
        """The name of a file stands for what is in it."""
        file = tmp_path / "mine.rq"
        file.write_text("ASK {}", "utf-8")

        assert read_sparql(str(file)) == "ASK {}"


class TestNames:
    """What a person means by a name."""

    @pytest.mark.parametrize(
        "name",
        [
            "dkgid:ytb",
            "ytb",
            "<https://w3id.org/diaspora-kg/id/ytb>",
            "https://w3id.org/diaspora-kg/id/ytb",
            "YTB",
            "presidency for turks abroad",
            "YURTDIŞI TÜRKLER BAŞKANLIĞI",
            "yurtdisi turkler baskanligi",
        ],
    )
    def test_a_thing_has_many_spellings(self, name: str, view: View) -> None:
        """Short name, id, IRI, abbreviation and labels of any language and case meet."""
        found = Resolver(view.store).thing(name)

        assert found == "<https://w3id.org/diaspora-kg/id/ytb>"

    def test_an_ambiguous_label_lists_its_candidates(self, view: View) -> None:
        """A label of two things is refused with both of them named."""
        with pytest.raises(DiasporaKGError) as raised:
            Resolver(view.store).thing("power")

        assert raised.value.code == "DKG405"
        assert raised.value.message == "'power' may mean 2 things"
        assert raised.value.hint == (
            "Write one of: dkgc:core/power (concept “power”); dkgc:other/power (concept “Power”)"
        )

    def test_a_thing_is_meant_before_a_term_of_the_ontology(self, view: View) -> None:
        """Where a concept and a class share a label, a query about things takes the concept."""
        found = Resolver(view.store).thing("diaspora")

        assert found == "<https://w3id.org/diaspora-kg/concept/core/diaspora>"

    def test_a_term_is_meant_where_one_is_asked_for(self, view: View) -> None:
        """A parameter for classes and properties takes the class."""
        found = Resolver(view.store).term("diaspora")

        assert found == "<https://w3id.org/diaspora-kg/ontology#Diaspora>"

    def test_a_misspelt_name_gets_a_suggestion(self, view: View) -> None:
        """A name that nothing bears is answered with what is like it."""
        with pytest.raises(DiasporaKGError) as raised:
            Resolver(view.store).thing("Presidency for Turks Abraod")

        assert raised.value.code == "DKG404"
        assert raised.value.hint == "Did you mean 'Presidency for Turks Abroad'?"

    def test_an_unknown_address_is_no_silent_nothing(self, view: View) -> None:
        """A short name that is not in the graph is an error, not an empty answer."""
        with pytest.raises(DiasporaKGError) as raised:
            Resolver(view.store).thing("dkgid:ybt")

        assert raised.value.code == "DKG404"
        assert raised.value.hint == "Did you mean 'dkgid:ytb'?"


class TestLanguage:
    """The parameter ``language``."""

    def test_a_word_is_no_code(self, view: View) -> None:
        """The name of a language would match nothing, so it is refused with an example."""
        with pytest.raises(DiasporaKGError) as raised:
            packaged_question("institutions-of-states", {"language": "Turkish"}, view)

        assert raised.value.code == "DKG404"
        assert raised.value.message == (
            "'Turkish' is no code of a language, as the parameter 'language' wants"
        )
        assert raised.value.hint == "Such as: -p language='tr'"

    def test_capitals_do_not_matter(self, view: View) -> None:
        """``TR`` asks for the texts that are marked ``tr``."""
        question = packaged_question("institutions-of-states", {"language": "TR"}, view)

        assert question.values == {"language": '"tr"'}


class TestHeader:
    """SPARQL with a header of its own."""

    def test_its_parameters_take_values(self, view: View) -> None:
        """A query text with ``params`` is asked like a packaged query."""
        question = question_of_text(HEADER, {"what": "dkgc:core/power"}, view)

        assert run(question, view).texts() == [["dkgid:one"]]
        assert not question.sparql.startswith("#+")

    def test_of_an_ambiguous_name_the_only_answerable_is_taken(self, view: View) -> None:
        """Of two things of one name, the one for which there are rows is meant, and it is said."""
        question = question_of_text(HEADER, {"what": "power"}, view)

        assert question.values == {"what": "<https://w3id.org/diaspora-kg/concept/core/power>"}
        assert question.notes == (
            "'power' is taken as dkgc:core/power (concept “power”): the query has no answer for "
            "the others of that name (dkgc:other/power).",
        )

    @pytest.mark.parametrize(
        ("cls", "notes"),
        [
            ("dkg:Organization", ()),
            ("dkg:Diaspora", ("'YTB' is dkgid:ytb ({kind}) and no diaspora, as the query wants.",)),
            ("skos:Concept", ("'YTB' is dkgid:ytb ({kind}) and no concept, as the query wants.",)),
        ],
    )
    def test_a_value_of_another_class_is_told(
        self, view: View, cls: str, notes: tuple[str, ...]
    ) -> None:
        """A thing that is none of the class that a query is about may well give no rows."""
        text = HEADER.replace("type: iri,", f"type: iri, of: '{cls}',")

        question = question_of_text(text, {"what": "YTB"}, view)

        kind = "dkg:Organization “Presidency for Turks Abroad”"
        assert question.notes == tuple(note.format(kind=kind) for note in notes)

    def test_the_class_of_a_value_needs_an_address(self, view: View) -> None:
        """A word that is no prefixed name and no IRI is no class."""
        text = HEADER.replace("type: iri,", "type: iri, of: state,")

        with pytest.raises(FindingsError) as raised:
            question_of_text(text, {}, view)

        assert [str(finding.message) for finding in raised.value.findings] == [
            "'state' names no class"
        ]

    def test_a_plain_query_takes_no_values(self, view: View) -> None:
        """Without a header there is nothing to put values into."""
        with pytest.raises(DiasporaKGError) as raised:
            question_of_text("SELECT * { ?s ?p ?o }", {"what": "x"}, view)

        assert raised.value.code == "DKG402"


class TestTime:
    """``--as-of``."""

    def test_a_query_with_a_time_takes_the_day(self) -> None:
        """The day becomes the value of ``as_of``."""
        query = packaged_query("institutions-of-states")

        assert with_day(query, {"state": "IN"}, "2015") == {"state": "IN", "as_of": "2015"}

    def test_a_query_without_a_time_says_so(self) -> None:
        """A day for a query that has none is refused, not ignored."""
        with pytest.raises(DiasporaKGError) as raised:
            with_day(packaged_query("sources"), {}, "2015")

        assert raised.value.code == "DKG410"
        assert raised.value.message == (
            "the query 'sources' has no time that --as-of could restrict"
        )
