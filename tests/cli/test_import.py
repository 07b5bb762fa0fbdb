"""``diaspora-kg import``."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from diaspora_kg.assembly import validate
from diaspora_kg.importing import as_bibtex, as_yaml, import_bibliography
from diaspora_kg.model import Source, Written
from diaspora_kg.reading.bibliography import read_bibliography
from diaspora_kg.reading.forms import Form
from diaspora_kg.reading.source_entries import read_sources
from diaspora_kg.reading.tree import Mapping
from diaspora_kg.reading.yaml_files import read_tree

Run = Callable[..., Any]

BIBTEX = r"""
@book{Cohen2008,
  author = {Cohen, Robin}, title = {Global {Diasporas}: An Introduction},
  publisher = {Routledge \& Sons}, year = 2008, doi = {https://doi.org/10.4324/9780203928943},
}
@article{keck1998,
  author = {Keck, Margaret E. and Sikkink, Kathryn}, title = {Activists}, year = {1998},
  pages = {1--9},
}
@misc{nothing, note = {neither author nor date: "nothing"}}
@report{bank, author = {{World Bank} and others}, title = {Brief 39}, year = {in press}}
"""
WHOLE = "@book{a2001, author={Doe, J.}, title={T}, date={2001}}\n"

SAMPLES = os.environ.get("DIASPORA_KG_SAMPLES", "")
"""A folder with exports of reference managers, below ``bibtex`` and ``csl-json``."""


def bare(source: Source) -> dict[str, object]:
    """Return a source without places and language tags that formats write differently."""

    def plain(value: object) -> object:
        if isinstance(value, tuple):
            return tuple(plain(item) for item in value)
        if hasattr(value, "language"):
            return (value.language, str(value.text))
        return str(value) if isinstance(value, Written) else value

    fields = {name: plain(value) for name, value in vars(source).items() if name != "at"}
    return {name: value for name, value in fields.items() if name not in ("language", "type")}


def from_yaml(text: str) -> list[Source]:
    """Return the sources of a ``sources:`` block."""
    tree = read_tree(text, "x.yaml")
    assert isinstance(tree, Mapping)
    form = Form()
    sources = read_sources(form, tree.get("sources"))
    assert form.findings == []
    return list(sources)


class TestCommand:
    """``import bibliography``."""

    def test_as_sources_of_a_case(self, dkg: Run, tmp_path: Path) -> None:
        """The block can be put into a case as it is."""
        (tmp_path / "x.bib").write_text(WHOLE, "utf-8")

        done = dkg("import", "bibliography", tmp_path / "x.bib")

        assert done.status == 0
        assert done.out == (
            'sources:\n  a2001:\n    type: book\n    title: {en: "T"}\n'
            '    author: ["Doe, J."]\n    date: 2001\n'
        )
        case = "id: x\ntype: CaseStudy\nlabel: {en: X, tr: X}\n" + done.out
        (tmp_path / "case.yaml").write_text(case, "utf-8")
        assert validate([tmp_path / "case.yaml"]).conforms

    def test_as_clean_bibtex(self, dkg: Run, tmp_path: Path) -> None:
        """The suffix of the output is enough to ask for BibTeX."""
        (tmp_path / "x.bib").write_text(BIBTEX, "utf-8")

        done = dkg("import", "bibliography", tmp_path / "x.bib", "-o", tmp_path / "out.bib")

        assert (done.status, done.out) == (0, "")
        text = (tmp_path / "out.bib").read_text("utf-8")
        assert "@book{cohen2008,\n  author    = {Cohen, Robin},\n" in text
        assert "doi       = {10.4324/9780203928943}" in text
        assert "publisher = {Routledge \\& Sons}" in text

    def test_what_is_said(self, dkg: Run, tmp_path: Path) -> None:
        """What lacks something, and what is no date, is said on stderr."""
        (tmp_path / "x.bib").write_text(BIBTEX, "utf-8")

        done = dkg("import", "bibliography", tmp_path / "x.bib", "-o", "-")

        assert done.status == 0
        *findings, works, authors, dates, titles = done.err.splitlines()
        assert [line.partition(": ")[2] for line in findings[:1]] == [
            "warning[DKG117]: 'in press' is no date that can be read"
        ]
        assert [works, authors, dates, titles] == [
            "4 works read.",
            "1 without author or publisher: nothing",
            "1 without date: nothing",
            "1 without title: nothing",
        ]

    def test_broken_entries(self, dkg: Run, tmp_path: Path) -> None:
        """A broken entry makes the status 1, shows its line, and costs only itself."""
        (tmp_path / "x.bib").write_text("@book{b, title={Never\n\n" + WHOLE, "utf-8")

        done = dkg("import", "bibliography", tmp_path / "x.bib")

        assert done.status == 1
        assert "  a2001:\n" in done.out
        assert f"{tmp_path / 'x.bib'}:1:1: error[DKG125]" in done.err

    def test_no_bibliography(self, dkg: Run, tmp_path: Path) -> None:
        """A file that is none is unreadable input."""
        (tmp_path / "x.bib").write_text("Cohen, Robin (2008)", "utf-8")

        done = dkg("import", "bibliography", tmp_path / "x.bib")

        assert (done.status, done.out) == (2, "")
        assert "error[DKG125]" in done.err

    def test_several_files(self, dkg: Run, tmp_path: Path) -> None:
        """Several files become one bibliography; one of them may be missing."""
        (tmp_path / "x.bib").write_text(WHOLE, "utf-8")
        (tmp_path / "y.json").write_text('[{"id": "b", "type": "book", "title": "B"}]', "utf-8")

        paths = [tmp_path / name for name in ("x.bib", "y.json", "none.bib")]
        done = dkg("import", "bibliography", *paths)

        assert done.status == 2
        assert "  a2001:\n" in done.out
        assert "  b:\n" in done.out
        assert "none.bib: error[DKG100]" in done.err

    def test_a_kind_that_is_none(self, dkg: Run) -> None:
        """A misspelt kind is a wrong use, with a suggestion."""
        done = dkg("import", "bibliograpy", "x.bib")

        assert done.status == 2
        assert "Did you mean 'bibliography'?" in done.err


class TestKeys:
    """Each work once, under one key."""

    def import_(self, folder: Path, text: str, **options: bool) -> Any:
        """Import a BibTeX text."""
        (folder / "x.bib").write_text(text, "utf-8")
        return import_bibliography([folder / "x.bib"], **options)

    def test_the_same_work_is_left_out(self, tmp_path: Path) -> None:
        """An entry that repeats a key for the same work is left out, and named."""
        found = self.import_(tmp_path, WHOLE + WHOLE.replace("Doe, J.", "Doe, Jane"))

        assert [source.key for source in found.sources] == ["a2001"]
        assert found.repeated == ("a2001 (line 2)",)

    def test_another_work_gets_another_key(self, tmp_path: Path) -> None:
        """An entry that repeats a key for another work is renamed, and named."""
        found = self.import_(tmp_path, WHOLE + WHOLE.replace("{T}", "{Another title}"))

        assert [source.key for source in found.sources] == ["a2001", "a2001b"]
        assert found.renamed == (("a2001", "a2001b"),)

    def test_keys_of_author_and_year(self, tmp_path: Path) -> None:
        """Two families at most, else the first alone, and the year."""
        text = (
            "@book{x1, author={Keck, M. and Sikkink, K.}, title={A}, date={1998}}"
            "@book{x2, author={A, B and C, D and E, F}, title={B}, date={2004-05}}"
            "@book{x3, author={Nye, J. and others}, title={C}, date={1990}}"
            "@book{x4, author={{World Bank}}, title={D}, date={2023}}"
            "@book{x5, author={Şahin, Ü.}, title={E}}"
            "@book{x6, title={Global Diasporas Today Again}, date={2008}}"
        )

        found = self.import_(tmp_path, text, author_year_keys=True)

        assert [source.key for source in found.sources] == [
            "keck-sikkink1998",
            "a2004",
            "nye1990",
            "world-bank2023",
            "sahin",
            "global-diasporas-today2008",
        ]


class TestWriting:
    """What is written can be read again."""

    @pytest.mark.parametrize("name", ["yaml", "bib"])
    def test_round_trip(self, tmp_path: Path, name: str) -> None:
        """Sources come back from YAML and from BibTeX as they were."""
        (tmp_path / "x.bib").write_text(BIBTEX, "utf-8")
        sources = import_bibliography([tmp_path / "x.bib"]).sources

        if name == "yaml":
            again = from_yaml(as_yaml(sources))
        else:
            (tmp_path / "y.bib").write_text(as_bibtex(sources), "utf-8")
            again = list(read_bibliography(tmp_path / "y.bib")[0])

        assert [bare(source) for source in again] == [bare(source) for source in sources]

    @pytest.mark.parametrize(
        "title",
        ["yes", "12: a colon", "- dash", "{braces} in", "tab\\tand \\ backslash", "#hash & 5%",
         "'quotes' \"both\"", "a\u2028b", "الجالية", "@at", "*star", "~"],
    )  # fmt: skip
    def test_texts_that_yaml_would_misread(self, title: str) -> None:
        """Any title survives YAML."""
        at = Written("x", read_tree("a: b", "x").at).at
        source = Source(Written("k", at), at, publisher=Written(title, at), note=Written(title, at))

        (again,) = from_yaml(as_yaml([source]))

        assert (again.publisher, again.note) == (title, title)


@pytest.mark.skipif(not SAMPLES, reason="DIASPORA_KG_SAMPLES names no folder with exports")
class TestSamples:
    """Exports as reference managers wrote them."""

    def test_every_entry_is_read(self) -> None:
        """Every file is read, every entry of BibTeX is kept, and nothing is broken."""
        files = sorted(Path(SAMPLES).glob("bibtex/*.bib"))
        files += sorted(Path(SAMPLES).glob("csl-json/*.json"))
        assert files

        for file in files:
            found = import_bibliography([file])
            kept = len(found.sources) + len(found.repeated)
            text = file.read_text("utf-8-sig")
            if file.suffix == ".bib":
                assert kept == sum(line.startswith("@") for line in text.splitlines()), file.name
            assert from_yaml(as_yaml(found.sources)), file.name
            braces = [name for s in found.sources for name in s.authors if "{" in name[1:]]
            assert braces == [], file.name
            assert not any(name.endswith("}") and " and " in name for s in found.sources
                           for name in s.authors), file.name  # fmt: skip
