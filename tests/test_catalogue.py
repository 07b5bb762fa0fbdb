"""The catalogue of codes: complete, and its examples do what they say."""

import re
from pathlib import Path

import pytest

import diaspora_kg
from diaspora_kg.assembly import validate
from diaspora_kg.catalogue import Entry, ShapeEntry, catalogue, explain, titles
from diaspora_kg.catalogue.shapes import shape_entries
from diaspora_kg.errors import DiasporaKGError, Severity
from diaspora_kg.reporting import Report

PACKAGE = Path(diaspora_kg.__file__).parent
ENTRIES = {
    "corpora.py",
    "federation.py",
    "form.py",
    "linking.py",
    "words.py",
    "checks.py",
    "questions.py",
    "working.py",
    "limits.py",
    "services.py",
    "proving.py",
}
PROGRAM = "".join(
    module.read_text("utf-8")
    for module in PACKAGE.rglob("*.py")
    if not (module.parent.name == "catalogue" and module.name in ENTRIES)
)

HEAD = """\
id: ytb
type: DiasporaInstitution
label:
  en: Presidency for Turks Abroad and Related Communities
  tr: Yurtdışı Türkler ve Akraba Topluluklar Başkanlığı
coding: {by: a-coder, on: 2025-01-15, codebook: 0.1.0}
defaults: {confidence: 0.9}
"""
SOURCES = """\
sources:
  law5978:
    type: statute
    title: {tr: "Teşkilat ve Görevleri Hakkında Kanun, No. 5978"}
    publisher: Resmî Gazete
    date: 2010-04-06
    tier: official
    access: full-text
  yurtnac2012:
    type: report
    title: {en: "Turkey's New Horizon: Turks Abroad and Related Communities"}
    author: ["Yurtnaç, Kemal"]
    date: 2012-10
    tier: official
    access: full-text
"""
ENTITIES = """\
entities:
  law-5978: {type: LegalAct, label: {en: Law No. 5978, tr: 5978 sayılı Kanun}}
  prime-ministry-tr:
    {type: StateBody, label: {en: Prime Ministry, tr: Başbakanlık}, state: TR}
  prime-ministry-xx:
    {type: StateBody, label: {en: Prime Ministry, tr: Bir başka başbakanlık}}
passages:
  under:
    source: yurtnac2012
    locator: section 2, summary
    quote: {en: is established as a public institution under the Prime Ministry}
  again:
    source: yurtnac2012
    locator: section 3
    quote: {en: under the Prime Ministry}
  adopted:
    source: law5978
    locator: heading of the law
    quote: {tr: "Kanun No. 5978 Kabul Tarihi: 24/3/2010"}
"""
LAW_AS_TEXT = "Kanun No. 5978    Kabul Tarihi: 24/3/2010\nMADDE 1 – (1) Bu Kanunun amacı"
YURTNAC_AS_TEXT = "YTB is established as a public institution under the Prime Ministry.\n"


def write(entry: Entry, which: str, folder: Path) -> None:
    """Write an example with as much around it as makes it whole."""
    example = entry.bad if which == "bad" else entry.good
    text = example.lines + "\n"
    if example.kind == "files":
        for part in text.split("=== ")[1:]:
            name, _, content = part.partition("\n")
            (folder / name).write_text(content, "utf-8")
    elif example.kind == "table":
        rows = ["type,DiasporaInstitution", "label.en,YTB", "label.tr,YTB", "coding.by,a-coder"]
        rows += ["coding.on,2025-01-15", "coding.codebook,0.1.0", "defaults.confidence,0.9"]
        (folder / "ytb.case.csv").write_text("\n".join(rows), "utf-8")
        (folder / "ytb.sources.csv").write_text(
            "key,type,title.en,author,date,tier,access\n"
            'yurtnac2012,report,New Horizon,"Yurtnaç, Kemal",2012-10,official,full-text\n',
            "utf-8",
        )
        (folder / "ytb.entities.csv").write_text(
            "id,type,label.en,label.tr\nprime-ministry-tr,StateBody,Prime Ministry,Başbakanlık\n",
            "utf-8",
        )
        (folder / "ytb.passages.csv").write_text(
            "id,source,locator,quote.en\nunder,yurtnac2012,section 2,under the Prime Ministry\n"
            "again,yurtnac2012,section 3,under the Prime Ministry\n",
            "utf-8",
        )
        (folder / "ytb.csv").write_text(text, "utf-8")
    elif example.kind == "bibliography":
        (folder / "sources.bib").write_text(text, "utf-8")
        (folder / "ytb.yaml").write_text(HEAD, "utf-8")
    elif example.kind == "case":
        (folder / "ytb.yaml").write_text(text, "utf-8")
    else:
        listed = text if example.kind == "claims" else "- " + text.replace("\n", "\n  ").rstrip(" ")
        if "evidence:" not in text:
            ends = re.compile(r"(?=^- )|\Z", re.MULTILINE)
            claims = [claim for claim in ends.split(listed) if claim.strip()]
            listed = "".join(f"{claim.rstrip()}\n  evidence: under\n" for claim in claims)
        (folder / "ytb.yaml").write_text(f"{HEAD}{SOURCES}{ENTITIES}claims:\n{listed}", "utf-8")


def check(folder: Path, entry: Entry) -> Report:
    """Validate what was written, with the texts of the sources where the code is about quotes."""
    if entry.code not in ("DKG250", "DKG251"):
        return validate([folder])
    texts = folder.parent / "texts"
    texts.mkdir()
    (texts / "law5978.txt").write_text(LAW_AS_TEXT, "utf-8")
    (texts / "yurtnac2012.txt").write_text(YURTNAC_AS_TEXT, "utf-8")
    return validate([folder], texts=texts)


CASES = [entry for entry in catalogue().values() if entry.bad.kind != "command"]


def code_of(entry: Entry) -> str:
    """Name an entry in the list of tests."""
    return entry.code


class TestCompleteness:
    """Every code has an explanation, and every explanation a code."""

    def test_every_code_of_the_program_is_explained(self) -> None:
        """Every code that stands anywhere in the program is in the catalogue or a shape's."""
        used = set(re.findall(r"\bDKG\d{3}\b", PROGRAM))

        assert sorted(used - set(titles())) == []

    def test_every_entry_is_about_a_code_of_the_program(self) -> None:
        """The catalogue explains no code that nothing uses any more."""
        assert [code for code in catalogue() if code not in PROGRAM] == []

    def test_a_code_is_explained_in_one_place(self) -> None:
        """No code is both an entry of the catalogue and a shape."""
        assert sorted(set(catalogue()) & set(shape_entries())) == []

    def test_no_code_stands_for_two_shapes(self) -> None:
        """A code of a shape belongs to that shape alone."""
        shared = [code for code, shapes in shape_entries().items() if len(shapes) > 1]

        assert shared == []

    @pytest.mark.parametrize("entry", catalogue().values(), ids=code_of)
    def test_an_entry_is_written_for_people(self, entry: Entry) -> None:
        """A title is a phrase, an explanation is made of sentences, and the examples differ."""
        assert re.fullmatch(r"DKG\d{3}", entry.code)
        assert entry.title[0].islower() or entry.title.startswith(("SPARQL", "DL"))
        assert not entry.title.endswith(".")
        assert entry.explanation.endswith(".")
        assert entry.bad != entry.good


class TestExamples:
    """The examples are run."""

    @pytest.mark.parametrize("entry", CASES, ids=code_of)
    def test_the_bad_example_gives_the_code(self, entry: Entry, tmp_path: Path) -> None:
        """What is shown as wrong is found, under this very code."""
        folder = tmp_path / "case"
        folder.mkdir()
        write(entry, "bad", folder)

        report = check(folder, entry)

        assert entry.code in {finding.code for finding in report.findings}

    @pytest.mark.parametrize("entry", CASES, ids=code_of)
    def test_the_good_example_is_good(self, entry: Entry, tmp_path: Path) -> None:
        """What is shown as right gives neither this code nor any other error."""
        folder = tmp_path / "case"
        folder.mkdir()
        write(entry, "good", folder)

        report = check(folder, entry)

        found = [f for f in report.findings if f.severity is Severity.VIOLATION]
        assert found == []
        assert entry.code not in {finding.code for finding in report.findings}


class TestLookingUp:
    """How a code is asked for."""

    @pytest.mark.parametrize("word", ["DKG104", "dkg104", "104", "Dkg-104", " dkg 104 "])
    def test_spellings_of_a_code(self, word: str) -> None:
        """Case, hyphen and the letters before the number do not matter."""
        found = explain(word)

        assert isinstance(found, Entry)
        assert found.code == "DKG104"

    def test_a_code_of_a_shape(self) -> None:
        """A shape is explained by its own words and the nodes of its examples."""
        found = explain("DKG302")

        assert isinstance(found, tuple)
        shape = found[0]
        assert isinstance(shape, ShapeEntry)
        assert shape.name == "Term-definition"
        assert shape.severity == "error"
        assert shape.message.startswith("A term needs one definition in English")
        assert [node.split()[0] for node in shape.valid] == ["ex:valid-phrases"]
        assert "ex:invalid-full-stop" in [node.split()[0] for node in shape.invalid]

    def test_a_number_that_is_no_code(self) -> None:
        """A number without a code is refused with the way to the list, not with a guess."""
        with pytest.raises(DiasporaKGError) as error:
            explain("DKG999")

        assert error.value.code == "DKG607"
        assert error.value.hint == "'diaspora-kg explain' lists all codes."
