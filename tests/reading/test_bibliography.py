"""Bibliographies: BibTeX and CSL-JSON from whatever program exported them."""

from pathlib import Path

import pytest

from diaspora_kg.errors import DiasporaKGError, Finding, Severity
from diaspora_kg.model import Source
from diaspora_kg.reading.authors import read_author, split_names
from diaspora_kg.reading.bibliography import is_bibliography, read_bibliography, read_entries


def read(folder: Path, text: str | bytes, name: str = "x.bib") -> tuple[Source, ...]:
    """Return the sources of a bibliography in which nothing is wrong."""
    sources, findings = look(folder, text, name)
    assert findings == ()
    return sources


def look(
    folder: Path, text: str | bytes, name: str = "x.bib"
) -> tuple[tuple[Source, ...], tuple[Finding, ...]]:
    """Return the sources of a bibliography, and what is wrong with it."""
    (folder / name).write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    return read_bibliography(folder / name)


def one(folder: Path, fields: str) -> Source:
    """Return the source of one BibTeX entry."""
    (source,) = read(folder, f"@article{{key2012, {fields} }}")
    return source


class TestAuthors:
    """Names."""

    @pytest.mark.parametrize(
        ("field", "names"),
        [
            ("Cohen, Robin", ["Cohen, Robin"]),
            ("Robin Cohen", ["Cohen, Robin"]),
            ("Joseph S. Nye", ["Nye, Joseph S."]),
            ("Keck, Margaret and Sikkink, Kathryn", ["Keck, Margaret", "Sikkink, Kathryn"]),
            ("Nye, J. and others", ["Nye, J.", "others"]),
            ("Ludwig van Beethoven", ["van Beethoven, Ludwig"]),
            ("Charles de la Vallée Poussin", ["de la Vallée Poussin, Charles"]),
            ("van Gogh", ["van Gogh"]),
            ("Usama bin Laden", ["bin Laden, Usama"]),
            ("King, Jr., Martin Luther", ["King Jr., Martin Luther"]),
            ("Martin Luther King Jr.", ["King Jr., Martin Luther"]),
            ("{World Bank}", ["{World Bank}"]),
            ("{Barnes and Noble} and Doe, J.", ["{Barnes and Noble}", "Doe, J."]),
            ("International Organization for Migration",
             ["{International Organization for Migration}"]),
            ("Doe, Jane; Roe, Richard; Poe, Edgar", ["Doe, Jane", "Roe, Richard", "Poe, Edgar"]),
            ("{Smith; Sons}", ["{Smith; Sons}"]),
            ("Waraa, Y. A. AND Islam, M. N.", ["Waraa, Y. A.", "Islam, M. N."]),
            ("{{Ö}}zt{ü}rk, {Ç}a{ğ}lar", ["Öztürk, Çağlar"]),
            ("{Ö}z, {Ş}ul{e}", ["Öz, Şule"]),
            ("Erdoğan, İsmail and Işık, Ayşe", ["Erdoğan, İsmail", "Işık, Ayşe"]),
            ("Plato", ["Plato"]),
            ("[Anonymous]", []),
            ("Smith &amp; Co; Doe, J.", ["{Smith & Co}", "Doe, J."]),
        ],
    )  # fmt: skip
    def test_names(self, field: str, names: list[str]) -> None:
        """Names are taken apart into family and given names; organisations are not."""
        found = [read_author(name) for name in split_names(field)]

        assert [name for name in found if name is not None] == names


class TestBibTeX:
    """BibTeX."""

    def test_latex_letters(self, tmp_path: Path) -> None:
        """Accents, cedillas, dotless i, dashes and escaped signs become what they mean."""
        source = one(
            tmp_path,
            r"author = {G{\"o}z, {\c{S}}ule and {\.I}nan, {\'E}mile},"
            r"title = {{Yurtd{\i}{\c s}{\i}} T{\"u}rkler \& Soft Power: 50\% of \textit{states} --"
            r" a ``view''}",
        )

        assert list(source.authors) == ["Göz, Şule", "İnan, Émile"]
        assert source.titles[0].text == "Yurtdışı Türkler & Soft Power: 50% of states – a “view”"

    def test_signs_that_are_no_latex(self, tmp_path: Path) -> None:
        """A bare per cent sign ends nothing, and addresses stay as they are."""
        source = one(
            tmp_path,
            "title = {50% of all}, url = {https://e.org/~x?a=10%2f20&b--c\\_d}, file = {C:\\Users}",
        )

        assert source.titles[0].text == "50% of all"
        assert source.url == "https://e.org/~x?a=10%2f20&b--c_d"

    def test_strings_and_months(self, tmp_path: Path) -> None:
        """Abbreviations of the file stand for their text, and months for their number."""
        (source,) = read(
            tmp_path,
            '@string{jis = "Journal of Institutions"}\n@article{a, title = "T", journal = jis, '
            "year = 2010, month = mar}",
        )

        assert (source.container, source.date) == ("Journal of Institutions", "2010-03")

    @pytest.mark.parametrize(
        ("fields", "date"),
        [
            ("year = 2012", "2012"),
            ("year = {{2012}}", "2012"),
            ("year = 2012, month = {OCT 5}", "2012-10"),
            ("year = 2012, month = 10", "2012-10"),
            ("year = 2012, month = {MAR-JUN}", "2012"),
            ("date = {2012-10-05}, year = 2011", "2012-10-05"),
            ("date = {2012/2013}", "2012/2013"),
            ("year = {c. 2004}", "c. 2004"),
            ("title = {T}", None),
        ],
    )
    def test_dates(self, tmp_path: Path, fields: str, date: str | None) -> None:
        """The date is as exact as the entry, and no more."""
        assert one(tmp_path, fields).date == date

    @pytest.mark.parametrize(
        ("fields", "doi", "url"),
        [
            ("doi = {10.1000/x}", "10.1000/x", None),
            ("doi = {https://doi.org/10.1000/x}", "10.1000/x", None),
            ("doi = {http://dx.doi.org/10.1000/x}", "10.1000/x", None),
            ("doi = {doi: 10.1000/x}", "10.1000/x", None),
            ("url = {https://doi.org/10.1000/x}", "10.1000/x", "https://doi.org/10.1000/x"),
            ("eprint = {2101.12345}, archivePrefix = {arXiv}", None,
             "https://arxiv.org/abs/2101.12345"),
        ],
    )  # fmt: skip
    def test_identifiers(
        self, tmp_path: Path, fields: str, doi: str | None, url: str | None
    ) -> None:
        """A DOI is bare wherever it stood, and a preprint has its address."""
        source = one(tmp_path, fields)

        assert (source.doi, source.url) == (doi, url)

    def test_pages(self, tmp_path: Path) -> None:
        """Pages have one dash; R's NA is no page."""
        assert one(tmp_path, "pages = {12--34}").pages == "12–34"
        assert one(tmp_path, "pages = {97 -- 116}").pages == "97–116"
        assert one(tmp_path, "pages = {NA -- NA}").pages is None

    def test_fields_of_ours(self, tmp_path: Path) -> None:
        """Tier, access, origin and state of resolution are read as well."""
        source = one(
            tmp_path,
            "title = {T}, titletr = {B}, langid = {english}, tier = {official}, "
            "access = {abstract}, derivedfrom = {a2001, b2002}, keywords = {x, unresolved}, "
            "issuednotbefore = {2025}, issuedreason = {cites 2025}, textfile = {t.txt}",
        )

        assert [(t.language, t.text) for t in source.titles] == [("en", "T"), ("tr", "B")]
        assert (source.tier, source.access, source.text) == ("official", "abstract", "t.txt")
        assert source.derived_from == ("a2001", "b2002")
        assert source.unresolved
        assert source.issued_not_before == "2025"

    @pytest.mark.parametrize(
        ("written", "key"),
        [
            ("Nye2004", "nye2004"),
            ("WOS:000606895300006", "wos-000606895300006"),
            (" key with space", "key-with-space"),
            ("abdi_country-level_2012", "abdi_country-level_2012"),
            ("göz2010", "goz2010"),
        ],
    )
    def test_keys(self, tmp_path: Path, written: str, key: str) -> None:
        """A key becomes one that a case can cite and an address can hold."""
        (source,) = read(tmp_path, f"@article{{{written}, title = {{T}}}}")

        assert source.key == key

    def test_a_field_that_stands_twice(self, tmp_path: Path) -> None:
        """Exports repeat fields; the first counts, and the entry is good."""
        (source,) = read(
            tmp_path, "@misc{a, note = {one}, title = {{T}}, note = {two}, year={2012}}"
        )

        assert (source.note, source.titles[0].text, source.date) == ("one", "T", "2012")

    def test_broken_entries_are_shown_and_the_others_kept(self, tmp_path: Path) -> None:
        """An entry that breaks off costs itself, with the line at which it begins."""
        text = (
            "@book{first, title = {One}}\n@book{broken,\n  title = {Never closed,\n}\n"
            "@book{second, title = {Two}}\n@misc{nocomma\n title = {T}}\n"
            "@book{third, title={Three}}"
        )

        sources, findings = look(tmp_path, text)

        assert [source.key for source in sources] == ["first", "second", "third"]
        assert [(f.code, f.location and f.location.line) for f in findings] == [
            ("DKG125", 2),
            ("DKG125", 6),
        ]

    def test_a_key_that_stands_twice(self, tmp_path: Path) -> None:
        """The second entry is shown with the line of the first; both are whole."""
        text = "@book{A2012, title = {{One}}}\n@book{a2012, title = {{Two}}, author = {Doe, J.}}"

        sources, (finding,) = look(tmp_path, text)

        assert [source.titles[0].text for source in sources] == ["One"]
        assert finding.code == "DKG129"
        assert str(finding.location).endswith("x.bib:2:1")
        entries, _ = read_entries(tmp_path / "x.bib")
        assert [e.titles[0].text for e in entries] == ["One", "Two"]

    def test_an_entry_without_a_key_gets_one(self, tmp_path: Path) -> None:
        """A missing key is made of author and year, with a warning."""
        sources, (finding,) = look(tmp_path, "@book{, title={T}, author={Doe, Jane}, year=2012}")

        assert sources[0].key == "doe2012"
        assert (finding.code, finding.severity) == ("DKG125", Severity.WARNING)

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    @pytest.mark.parametrize("end", ["\n", "\r\n"])
    def test_letters_and_line_ends(self, tmp_path: Path, encoding: str, end: str) -> None:
        """Marks and the line ends of Windows do not matter."""
        text = f"@book{{işık2012,{end} title = {{Işık}},{end} year = 2012{end}}}{end}"

        (source,) = read(tmp_path, text.encode(encoding))

        assert (source.titles[0].text, source.date) == ("Işık", "2012")

    def test_letters_of_windows(self, tmp_path: Path) -> None:
        """Without Unicode the letters are those of western Windows, with a warning."""
        sources, (finding,) = look(tmp_path, "@book{a, title = {Émile}}".encode("windows-1252"))

        assert sources[0].titles[0].text == "Émile"
        assert (finding.code, finding.severity) == ("DKG126", Severity.WARNING)

    @pytest.mark.parametrize("text", ["Just a list of books.", "% a comment\n", "@comment{x}"])
    def test_no_entry(self, tmp_path: Path, text: str) -> None:
        """A file without entries is no empty bibliography."""
        with pytest.raises(DiasporaKGError) as error:
            look(tmp_path, text)

        assert error.value.code == "DKG125"


class TestCslJson:
    """CSL-JSON."""

    def item(self, folder: Path, fields: str) -> Source:
        """Return the source of one item."""
        (source,) = read(folder, f'[{{"id": "x1", "type": "book", {fields}}}]', "x.json")
        return source

    def test_an_item(self, tmp_path: Path) -> None:
        """Particles, suffixes, dates, languages and pages are read."""
        source = self.item(
            tmp_path,
            '"title": "A <i>title</i>\\n of it", "language": "tr-TR", "page": "1-9", "author": '
            '[{"family": "Gogh", "given": "V.", "non-dropping-particle": "van"}, '
            '{"family": "King", "given": "M.", "suffix": "Jr."}, {"literal": "World Bank"}], '
            '"issued": {"date-parts": [["2012", 3]]}',
        )

        assert [(t.language, t.text) for t in source.titles] == [("tr", "A title of it")]
        assert list(source.authors) == ["van Gogh, V.", "King Jr., M.", "{World Bank}"]
        assert (source.date, source.pages) == ("2012-03", "1–9")

    @pytest.mark.parametrize(
        ("fields", "key"),
        [
            ('"id": "http://zotero.org/groups/1/items/AB12"', "ab12"),
            ('"id": 7, "citation-key": "Cohen2008"', "cohen2008"),
            ('"id": "", "author": [{"family": "Cohen", "given": "R."}]', "cohen"),
        ],
    )
    def test_keys(self, tmp_path: Path, fields: str, key: str) -> None:
        """The citation key is taken first, then the last part of the id."""
        (source,) = read(tmp_path, f'[{{"type": "book", {fields}}}]', "x.json")

        assert source.key == key

    def test_half_letters_and_control_characters(self, tmp_path: Path) -> None:
        """What JSON may hold and no file can, does not get in."""
        source = self.item(tmp_path, '"title": "a\\ud800b\\u0007c"')

        assert source.titles[0].text == "a?b c"

    def test_an_item_that_is_none(self, tmp_path: Path) -> None:
        """One bad item is shown; the others are kept."""
        text = '[{"id": "a", "type": "book", "title": "T"}, "no item"]'

        sources, (finding,) = look(tmp_path, text, "x.json")

        assert [source.key for source in sources] == ["a"]
        assert (finding.code, finding.message) == (
            "DKG125",
            "item 2 of the list is no item of a bibliography",
        )

    @pytest.mark.parametrize(
        "text", ['{"name": "x"}', "[1, 2]", "[", "{}", '"text"', "[" * 100_000]
    )
    def test_other_json(self, tmp_path: Path, text: str) -> None:
        """JSON that is no bibliography is told apart, and refused when it was named."""
        (tmp_path / "x.json").write_text(text)

        assert not is_bibliography(tmp_path / "x.json")
        with pytest.raises(DiasporaKGError) as error:
            read_bibliography(tmp_path / "x.json")
        assert error.value.code == "DKG125"


def test_an_abbreviation_that_stands_twice(tmp_path: Path) -> None:
    """Of two meanings of an abbreviation the first counts; entries that repeat a key know it."""
    text = (
        '@string{j = "One"}\n@string{j = "Two"}\n@misc{a, journal = j}\n'
        "@misc{a, journal = j, title = {T}}"
    )
    (tmp_path / "x.bib").write_text(text, "utf-8")

    entries, _ = read_entries(tmp_path / "x.bib")

    assert [entry.container for entry in entries] == ["One", "One"]
