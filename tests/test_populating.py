"""From case files to quads: the same content gives the same bytes, however it was written."""

import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import diaspora_kg
from diaspora_kg.assembly import assemble
from diaspora_kg.errors import Severity
from diaspora_kg.inputs import read_inputs
from diaspora_kg.namespaces import DKG, DKGG, DKGID
from diaspora_kg.populating import Population, populate
from diaspora_kg.reading.ontology import Ontology, read_ontology
from diaspora_kg.reading.states import Reference, read_reference
from diaspora_kg.store import nquads
from diaspora_kg.terms import TYPE, iri, text_literal

CASE = """\
id: ytb
type: DiasporaInstitution
label: {en: Presidency for Turks Abroad, tr: Yurtdışı Türkler Başkanlığı}
state: TR
coding: {by: a-coder, on: 2025-01-15, codebook: 0.1.0}
defaults: {confidence: 0.9}
"""
SOURCES = """\
sources:
  yurtnac2012:
    type: report
    title: {en: "Turkey's New Horizon"}
    author: ["Yurtnaç, Kemal"]
    date: 2012-10
    tier: official
    access: full-text
"""
ENTITIES = """\
entities:
  prime-ministry: {type: StateBody, label: {en: Prime Ministry, tr: Başbakanlık}, state: TR}
"""
CLAIMS = """\
claims:
  - id: parent
    property: administrativeParent
    object: prime-ministry
    phrase: {en: established under}
    hedge: [often, can]
    valid: {from: 2010-04-06, until: c. 2018}
    attributed-to: [prime-ministry]
    evidence:
      - {source: yurtnac2012, locator: "section 2, summary", quote: {en: under the Prime Ministry}}
      - {source: yurtnac2012, locator: section 3, quote: {en: "it, too, is", tr: o da}}
  - property: statedPurpose
    value: {en: to coordinate, tr: eşgüdüm sağlamak}
    modality: possible
    confidence: 0.5
    evidence:
      source: yurtnac2012
      locator: p. 4
      quote: {en: to coordinate}
      translation: {tr: eşgüdüm}
  - subject: NO
    property: hasFigure
    value: "600,5"
    indicator: indicator/diaspora-size
    unit: unit/persons
    bound: at-least
    period: 2012-10
    caveat: {kind: wording, text: {en: a wording}}
    evidence: {source: yurtnac2012, locator: p. 9, quote: {en: over 600}}
"""
WHOLE = CASE + SOURCES + ENTITIES + CLAIMS

TABLES = {
    "ytb.case.csv": """\
key,value
type,DiasporaInstitution
label.en,Presidency for Turks Abroad
label.tr,Yurtdışı Türkler Başkanlığı
state,TR
coding.by,a-coder
coding.on,2025-01-15
coding.codebook,0.1.0
defaults.confidence,0.9
""",
    "ytb.sources.csv": """\
key,type,title.en,author,date,tier,access
yurtnac2012,report,Turkey's New Horizon,"Yurtnaç, Kemal",2012-10,official,full-text
""",
    "ytb.entities.csv": """\
id,type,label.en,label.tr,state
prime-ministry,StateBody,Prime Ministry,Başbakanlık,TR
""",
    "ytb.csv": """\
id,subject,property,object,value,value.en,value.tr,modality,phrase.en,hedge,valid.from,valid.until,\
attributed-to,indicator,unit,bound,period,caveat.kind,caveat.text.en,confidence,\
source,locator,quote.en,quote.tr,translation.tr
parent,,administrativeParent,prime-ministry,,,,,established under,often|can,2010-04-06,c. 2018,\
prime-ministry,,,,,,,,yurtnac2012,"section 2, summary",under the Prime Ministry,,
parent,,,,,,,,,,,,,,,,,,,,yurtnac2012,section 3,"it, too, is",o da,
,,statedPurpose,,,to coordinate,eşgüdüm sağlamak,possible,,,,,,,,,,,,0.5,\
yurtnac2012,p. 4,to coordinate,,eşgüdüm
,NO,hasFigure,,"600,5",,,,,,,,,indicator/diaspora-size,unit/persons,at-least,2012-10,\
wording,a wording,,yurtnac2012,p. 9,over 600,,
""",
}

Populate = Callable[..., Population]


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    """Return the packaged ontology, read once."""
    return read_ontology()


@pytest.fixture(scope="module")
def reference() -> Reference:
    """Return the packaged states, read once."""
    return read_reference()


@pytest.fixture
def populated(tmp_path: Path, ontology: Ontology, reference: Reference) -> Populate:
    """Return what makes quads of some files, given by name."""

    def run(**files: str | bytes) -> Population:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        for name, content in files.items():
            data = content.encode("utf-8") if isinstance(content, str) else content
            (folder / name).write_bytes(data)
        inputs = read_inputs([folder])
        assert [f for f in inputs.findings if f.severity is Severity.VIOLATION] == []
        return populate(inputs.cases, inputs.sources, ontology, reference)

    return run


def graph(population: Population, name: str = "case/ytb") -> bytes:
    """Return one named graph as N-Quads."""
    return nquads(quad for quad in population.quads if quad[3] == iri(DKGG + name))


def violations(population: Population) -> list[str]:
    """Return the codes of errors."""
    return [f.code for f in population.findings if f.severity is Severity.VIOLATION]


class TestOneContent:
    """The same content, written in other ways."""

    def test_yaml_and_tables_agree(self, populated: Populate) -> None:
        """A case as YAML and as tables gives the same bytes, sources included."""
        as_yaml = populated(**{"ytb.yaml": WHOLE})
        as_tables = populated(**TABLES)

        assert violations(as_yaml) == []
        assert graph(as_yaml).decode() == graph(as_tables).decode()
        assert graph(as_yaml, "sources") == graph(as_tables, "sources")

    @pytest.mark.parametrize(
        "encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
    )
    def test_letters_of_a_file(self, populated: Populate, encoding: str) -> None:
        """UTF-8 and UTF-16, with and without their mark, give what UTF-8 gives."""
        expected = graph(populated(**{"ytb.yaml": WHOLE}))

        assert graph(populated(**{"ytb.yaml": WHOLE.encode(encoding)})) == expected

    @pytest.mark.parametrize("end", ["\r\n", "\r"])
    def test_ends_of_lines(self, populated: Populate, end: str) -> None:
        """The line ends of Windows and of old Macs change nothing."""
        expected = graph(populated(**{"ytb.yaml": WHOLE}))

        assert graph(populated(**{"ytb.yaml": WHOLE.replace("\n", end)})) == expected

    def test_tables_of_a_turkish_excel(self, populated: Populate) -> None:
        """Semicolons, windows-1254 and a decimal comma give what commas and UTF-8 give."""
        rows = TABLES["ytb.csv"].splitlines()
        turkish = {
            **TABLES,
            "ytb.csv": "\r\n".join(_with_semicolons(row) for row in rows).encode("windows-1254"),
        }

        expected = graph(populated(**TABLES))

        assert graph(populated(**turkish)) == expected

    @pytest.mark.parametrize(("name", "separator"), [("ytb.tsv", "\t"), ("ytb.csv", ";")])
    def test_separators(self, populated: Populate, name: str, separator: str) -> None:
        """Tabs and semicolons separate cells as commas do."""
        rows = TABLES["ytb.csv"].splitlines()
        files = {key: text for key, text in TABLES.items() if key != "ytb.csv"}
        files[name] = "\n".join(_with_semicolons(row).replace(";", separator) for row in rows)

        assert graph(populated(**files)) == graph(populated(**TABLES))

    def test_populating_twice(self, populated: Populate) -> None:
        """The same files give the same bytes a second time."""
        first = populated(**{"ytb.yaml": WHOLE})
        second = populated(**{"ytb.yaml": WHOLE})

        assert nquads(first.quads) == nquads(second.quads)

    def test_order_of_claims(self, populated: Populate) -> None:
        """Claims in another order give the same bytes."""
        expected = graph(populated(**{"ytb.yaml": WHOLE}))

        for seed in range(5):
            assert graph(populated(**{"ytb.yaml": _claims_in_order(seed)})) == expected


def _with_semicolons(row: str) -> str:
    import csv
    import io

    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="").writerow(next(csv.reader([row])))
    return out.getvalue()


def _claims_in_order(seed: int) -> str:
    claims = CLAIMS.removeprefix("claims:\n").split("\n  - ")
    claims = [claims[0].removeprefix("  - "), *claims[1:]]
    random.Random(seed).shuffle(claims)
    listed = "".join("  - " + claim.rstrip("\n") + "\n" for claim in claims)
    return CASE + SOURCES + ENTITIES + "claims:\n" + listed


PROGRAM = """
import sys
from pathlib import Path
from diaspora_kg.assembly import assemble
from diaspora_kg.store import nquads
graph = assemble([Path(name) for name in sys.argv[1:]], shapes=False)
sys.stdout.buffer.write(nquads(graph.quads))
"""


def test_bytes_do_not_depend_on_hashes_or_order(tmp_path: Path) -> None:
    """Another hash seed, another order of files and claims: the whole graph has the same bytes."""
    law = "id: law\ntype: CaseStudy\nlabel: {en: The law, tr: Kanun}\nclaims:\n"
    claims = [
        "  - {subject: ytb, property: homeState, object: TR, evidence: "
        "{source: yurtnac2012, locator: p. 1, quote: {en: of Turkey}}}\n",
        "  - {subject: ytb, property: foundedOn, value: c. 2010, evidence: "
        "{source: yurtnac2012, locator: p. 2, quote: {en: founded about 2010}}}\n",
    ]
    answers = []
    for seed, names in (("0", ["ytb.yaml", "law.yaml"]), ("77", ["law.yaml", "ytb.yaml"])):
        folder = tmp_path / "same"  # the same names, so that nothing else differs
        folder.mkdir(exist_ok=True)
        (folder / "ytb.yaml").write_text(_claims_in_order(int(seed)), "utf-8")
        ordered = claims if seed == "0" else claims[::-1]
        (folder / "law.yaml").write_text(law + "".join(ordered), "utf-8")
        run = subprocess.run(
            [sys.executable, "-c", PROGRAM, *(str(folder / name) for name in names)],
            capture_output=True,
            check=True,
            env={
                "PYTHONHASHSEED": seed,
                "PYTHONPATH": str(Path(diaspora_kg.__file__).parents[1]),
                "PATH": "",
            },
        )
        answers.append(run.stdout)

    assert answers[0]
    assert answers[0] == answers[1]


class TestIdentity:
    """What a claim without an id is called."""

    UNNAMED = """\
  - property: administrativeParent
    object: prime-ministry
    evidence: {source: yurtnac2012, locator: p. 1, quote: {en: under the Prime Ministry}}
"""
    INSERTED = """\
  - property: homeState
    object: TR
    evidence: {source: yurtnac2012, locator: p. 2, quote: {en: of Turkey}}
"""

    def claims(self, population: Population) -> set[str]:
        """Return the addresses of claims."""
        return {q[0] for q in population.quads if q[1] == iri(DKG + "claimPredicate")}

    def test_it_is_named_by_its_content(self, populated: Populate) -> None:
        """A claim without an id has twelve hex digits in its place, always the same."""
        found = populated(**{"ytb.yaml": CASE + SOURCES + ENTITIES + "claims:\n" + self.UNNAMED})

        assert self.claims(found) == {iri(DKGID + "ytb/claim/cb3233667235")}

    def test_inserting_a_row_renames_nothing(self, populated: Populate) -> None:
        """A claim that is put before others changes the name of none of them."""
        head = CASE + SOURCES + ENTITIES + "claims:\n"
        before = self.claims(populated(**{"ytb.yaml": head + self.UNNAMED}))

        after = self.claims(populated(**{"ytb.yaml": head + self.INSERTED + self.UNNAMED}))

        assert len(after) == 2
        assert before < after

    def test_typing_a_passage_otherwise_renames_nothing(self, populated: Populate) -> None:
        """Other quotation marks and other white space in a quote keep the name of its claim."""
        head = CASE + SOURCES + ENTITIES + "claims:\n"
        quoted = self.UNNAMED.replace("{en: under the Prime Ministry}", "{en: the “Ministry” is}")
        retyped = self.UNNAMED.replace(
            "{en: under the Prime Ministry}", "{en: 'the  \"Ministry\"  is'}"
        )

        first = self.claims(populated(**{"ytb.yaml": head + quoted}))

        assert self.claims(populated(**{"ytb.yaml": head + retyped})) == first

    def test_another_passage_is_another_claim(self, populated: Populate) -> None:
        """The same content on another page is a claim of its own."""
        head = CASE + SOURCES + ENTITIES + "claims:\n"
        elsewhere = self.UNNAMED.replace("p. 1", "p. 7")

        assert len(self.claims(populated(**{"ytb.yaml": head + self.UNNAMED + elsewhere}))) == 2

    def test_identical_claims_merge_with_a_warning(self, populated: Populate) -> None:
        """A claim that is written twice stands once, and it is said so."""
        head = CASE + SOURCES + ENTITIES + "claims:\n"

        found = populated(**{"ytb.yaml": head + self.UNNAMED + self.UNNAMED})

        assert len(self.claims(found)) == 1
        assert [(f.code, f.severity) for f in found.findings] == [("DKG122", Severity.WARNING)]


class TestContent:
    """What is written becomes what was meant."""

    def test_states_stay_states(self, populated: Populate) -> None:
        """NO is Norway and NA is Namibia, in YAML and in a table."""
        claims = "claims:\n" + "".join(
            f"  - property: basedIn\n    object: {code}\n"
            f"    evidence: {{source: yurtnac2012, locator: p. 1, quote: {{en: in {code}}}}}\n"
            for code in ("NO", "NA")
        )

        found = populated(**{"ytb.yaml": CASE + SOURCES + claims})

        objects = {q[2] for q in found.quads if q[1] == iri(DKG + "claimObject")}
        assert objects == {iri(DKGID + "state/NO"), iri(DKGID + "state/NA")}

    @pytest.mark.parametrize(
        ("written", "literal", "earliest", "latest"),
        [
            ("2012-10", '"2012-10"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>',
             "2012-10-01", "2012-10-31"),
            ("c. 2013", '"2013"^^<http://www.w3.org/2001/XMLSchema#gYear>',
             "2012-01-01", "2014-12-31"),
            ("6.4.2010", '"2010-04-06"^^<http://www.w3.org/2001/XMLSchema#date>',
             "2010-04-06", "2010-04-06"),
            ("2011/2012", '"2011/2012"', "2011-01-01", "2012-12-31"),
        ],
    )  # fmt: skip
    def test_times(
        self, populated: Populate, written: str, literal: str, earliest: str, latest: str
    ) -> None:
        """A time keeps its precision, and its first and last day stand beside it."""
        claims = (
            f'claims:\n  - {{id: x, property: homeState, object: TR, valid: {{from: "{written}", '
            f'until: "{written}"}}, evidence: '
            "{source: yurtnac2012, locator: p. 1, quote: {en: of Turkey}}}\n"
        )

        found = populated(**{"ytb.yaml": CASE + SOURCES + claims})

        node = iri(DKGID + "ytb/claim/x")
        said = {q[1]: q[2] for q in found.quads if q[0] == node}
        assert said[iri(DKG + "validFrom")] == literal
        assert said[iri(DKG + "earliest")].startswith(f'"{earliest}"')
        assert said[iri(DKG + "latest")].startswith(f'"{latest}"')

    @pytest.mark.parametrize(
        "text",
        ["ışık ve İstanbul", "الجالية التركية في الخارج", "تارکین وطن — «سمندر پار»", "海外侨民"],
    )
    def test_texts_of_any_script(self, populated: Populate, text: str) -> None:
        """A quote comes out as it went in: dotless i, right-to-left, Chinese."""
        claims = (
            "claims:\n  - {id: x, property: homeState, object: TR, evidence: "
            f'{{source: yurtnac2012, locator: p. 1, quote: {{und: "{text}"}}}}}}\n'
        )

        found = populated(**{"ytb.yaml": CASE + SOURCES + claims})

        quotes = [q[2] for q in found.quads if q[1] == iri(DKG + "quote")]
        assert quotes == [text_literal(text, "und")]

    @pytest.mark.parametrize(
        "word",
        ["ytb/x", "ytb/claim/x", "dkgid:ytb/claim/x", DKGID + "ytb/claim/x"],
    )
    def test_a_claim_by_its_address(self, populated: Populate, word: str) -> None:
        """A claim of another case is named by case and id, or by its address as answers show it."""
        evidence = "evidence: {source: yurtnac2012, locator: p. 1, quote: {en: of Turkey}}"
        one = f"claims:\n  - {{id: x, property: homeState, object: TR, {evidence}}}\n"
        other = (
            "id: other\ntype: Organization\nlabel: {en: Other}\n"
            "coding: {by: a-coder, on: 2025-01-15}\nclaims:\n"
            f"  - {{id: y, property: homeState, object: TR, supports: ['{word}'], {evidence}}}\n"
        )

        found = populated(**{"ytb.yaml": CASE + SOURCES + one, "other.yaml": other})

        supported = [q[2] for q in found.quads if q[1] == iri(DKG + "supports")]
        assert supported == [iri(DKGID + "ytb/claim/x")]
        assert violations(found) == []

    def test_a_bare_number_is_a_figure(self, populated: Populate) -> None:
        """A figure without unit or indicator is one all the same, and keeps its written form."""
        claims = (
            'claims:\n  - {id: x, property: hasFigure, value: "5.10", evidence: '
            "{source: yurtnac2012, locator: p. 1, quote: {en: it has 5.10}}}\n"
        )

        found = populated(**{"ytb.yaml": CASE + SOURCES + claims})

        node = iri(DKGID + "ytb/claim/x")
        said = {(q[1], q[2]) for q in found.quads if q[0] == node}
        assert (TYPE, iri(DKG + "FigureClaim")) in said
        assert (iri(DKG + "writtenForm"), text_literal("5.10")) in said

    def test_a_label_in_capitals_of_any_language(self, populated: Populate) -> None:
        """A label finds its thing in capitals too, with the dot of either i."""
        claims = (
            "claims:\n  - {id: x, property: administrativeParent, object: BAŞBAKANLIK, evidence: "
            "{source: yurtnac2012, locator: p. 1, quote: {en: under it}}}\n"
        )

        found = populated(**{"ytb.yaml": CASE + SOURCES + ENTITIES + claims})

        objects = [q[2] for q in found.quads if q[1] == iri(DKG + "claimObject")]
        assert objects == [iri(DKGID + "prime-ministry")]

    @pytest.mark.parametrize(("coder", "marks"), [("packaged-coding", 2), ("a-coder", 0)])
    def test_turkish_that_no_native_reader_has_seen(
        self, populated: Populate, coder: str, marks: int
    ) -> None:
        """What the packaged coder calls in Turkish is marked so; what a scholar does is not."""
        case = WHOLE.replace("a-coder", coder)

        found = populated(**{"ytb.yaml": case}).quads

        marked = {q[0] for q in found if q[1] == iri(DKG + "unreviewedLanguage")}
        assert len(marked) == marks
        assert marked <= {iri(DKGID + "ytb"), iri(DKGID + "prime-ministry")}

    def test_two_formats_of_sources(self, populated: Populate) -> None:
        """A source in BibTeX and in CSL-JSON is the same source."""
        bibtex = (
            "@book{cohen2008, author = {Cohen, Robin}, title = {Global Diasporas}, "
            "publisher = {Routledge}, date = {2008}, doi = {10.4324/9780203928943}}"
        )
        csl = (
            '[{"id": "cohen2008", "type": "book", "title": "Global Diasporas", '
            '"author": [{"family": "Cohen", "given": "Robin"}], "publisher": "Routledge", '
            '"issued": {"date-parts": [[2008]]}, "DOI": "10.4324/9780203928943"}]'
        )

        first = populated(**{"ytb.yaml": CASE, "sources.bib": bibtex})
        second = populated(**{"ytb.yaml": CASE, "sources.json": csl})

        assert graph(first, "sources") == graph(second, "sources")
        assert b"Cohen 2008" in graph(first, "sources")


def test_many_claims_in_reasonable_time(tmp_path: Path) -> None:
    """Two thousand claims are built, checked by shapes and all, in well under a minute."""
    header = "property,value.en,source,locator,quote.en\n"
    rows = "".join(
        f"statesThat,statement {i} of the report,yurtnac2012,p. {i},passage {i} of the report\n"
        for i in range(2000)
    )
    for name, text in {**TABLES, "ytb.csv": header + rows}.items():
        (tmp_path / name).write_text(text, "utf-8")
    started = time.process_time()

    built = assemble([tmp_path])

    assert built.counts["claims"] == 2000
    assert time.process_time() - started < 60
