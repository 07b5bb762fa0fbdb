"""Every quote looked up in the text of its source: exact, near with the nearest passage, absent."""

from pathlib import Path

import pytest

from diaspora_kg.errors import DiasporaKGError, Location, Severity
from diaspora_kg.namespaces import DKG, DKGG, DKGID
from diaspora_kg.terms import Quad, Term, iri, text_literal
from diaspora_kg.validation.folding import fold
from diaspora_kg.validation.quotes import QuoteMatch, check_quotes, find_quote, positions

GRAPH = iri(f"{DKGG}case/a")
PAPER = (
    "Diasporas have evolved from passive outcomes of migration to active partners of states.\n"
    "Home states, in turn, have created institutions that speak with their emigrants."
)


def evidence(name: str, source: str, *quotes: tuple[str, str]) -> list[Quad]:
    """Return the quads of one passage with its quotes."""
    node = iri(f"{DKGID}a/evidence/{name}")
    in_source = (node, iri(f"{DKG}inSource"), iri(f"{DKGID}source/{source}"), GRAPH)
    return [
        in_source,
        *((node, iri(f"{DKG}quote"), text_literal(text, lang), GRAPH) for lang, text in quotes),
    ]


def find(quote: str, text: str) -> QuoteMatch:
    """Look one quote up in one text."""
    return find_quote(iri(f"{DKGID}a/evidence/x"), "en", quote, fold(text))


def passage(quote: str, text: str) -> str:
    """Return what stands in the text at the position that was found."""
    match = find(quote, text)
    assert match.status == "exact"
    return text[match.start : match.end]


class TestFolding:
    """What two editions of a text differ in makes no difference."""

    @pytest.mark.parametrize(
        ("quote", "text"),
        [
            ("passive outcomes of migration", "passive\n   outcomes\tof\u00a0migration"),
            ('the "homeland" of a people', "the “homeland” of a people"),
            ("the state's «soft» power", "the state’s “soft” power"),
            ("O'zbekiston tashqi siyosati", "Oʻzbekiston tashqi siyosati"),
            ("long-distance nationalism", "long‑distance nationalism"),
            ("power - hard or soft", "power – hard or soft"),
            ("power—hard or soft", "power — hard or soft"),
            ("international relations", "inter-\nnational relations"),
            ("international relations", "inter\u00adnational relations"),
            ("international relations", "inter\u00ad\nnational relations"),
            ("well-known and international", "well-\nknown and inter-\r\n  national"),
            ("inter- national relations", "international relations"),
            ("well-known cases", "well-known cases"),
            ("the first influence", "the ﬁrst inﬂuence"),
            ("yurtdışı Türkler", "yurtdışı Tu\u0308rkler"),
            ("Tu\u0308rkiye ve İstanbul", "Türkiye ve İstanbul"),
            ("القوة الناعمة في السياسة", "القـــوة الناعمة\u200f في\nالسياسة"),
            ("نرم طاقت اور خارجہ پالیسی", "نرم\u200c طاقت\nاور خارجہ پالیسی"),
            ("it goes on … and on", "it goes on ... and on"),
        ],
    )
    def test_it_is_exact(self, quote: str, text: str) -> None:
        """White space, quotation marks, hyphens, ligatures and direction signs are folded."""
        assert find(quote, f"Before it. {text} After it.").status == "exact"

    @pytest.mark.parametrize(
        ("quote", "text"),
        [
            ("Soft power is everything to them", "soft power is everything to them"),
            ("the ılısu dam in the east", "the ilisu dam in the east"),
            ("states create institutions", "states created institutions"),
        ],
    )
    def test_case_and_letters_are_not_folded(self, quote: str, text: str) -> None:
        """A capital, a dotless i or an ending more is another wording."""
        assert find(quote, text).status == "near"

    def test_a_position_is_that_of_the_text_as_it_is(self) -> None:
        """Start and end count the characters of the file, with all that was folded away."""
        text = "One.\n\n  The  “inter-\nnational”  order holds."

        assert passage('"international" order', text) == "“inter-\nnational”  order"

    def test_a_letter_taken_apart_is_found_whole(self) -> None:
        """The position covers the letter and its mark."""
        assert passage("Türkler", "Yurtdışı Tu\u0308rkler") == "Tu\u0308rkler"


class TestElision:
    """Words that the coder left out."""

    @pytest.mark.parametrize("mark", ["[…]", "[...]", "(…)", "[. . .]", "…"])
    def test_words_left_out(self, mark: str) -> None:
        """The parts stand in their order, and the position covers all of them."""
        quote = f"Diasporas have evolved {mark} to active partners"

        assert passage(quote, PAPER) == PAPER[: PAPER.index(" of states")]

    def test_the_order_of_the_parts_counts(self) -> None:
        """Parts in another order are another quote."""
        quote = "have created institutions […] Diasporas have evolved"

        assert find(quote, PAPER).status != "exact"

    def test_the_shortest_stretch_is_taken(self) -> None:
        """Where the first part recurs, the one nearest to the second is meant."""
        text = "The state acts. A long aside follows here. The state speaks of its emigrants."

        assert passage("The state […] its emigrants", text) == text[43:-1]

    def test_sic_is_the_coders(self) -> None:
        """``[sic]`` in a quote is no word of the source."""
        assert find("remurative [sic] power", "of remurative power").status == "exact"


class TestNear:
    """What is not there word for word."""

    def test_the_nearest_passage_is_shown(self) -> None:
        """A wrong word is near, with the passage as the text has it, and its position."""
        match = find("Diasporas have developed from passive outcomes of migration", PAPER)

        assert match.status == "near"
        assert match.nearest == "Diasporas have evolved from passive outcomes of migration"
        assert PAPER[match.start : match.end] == match.nearest

    def test_the_nearest_passage_ends_with_whole_words(self) -> None:
        """A word that was cut off is shown whole."""
        match = find("Home state, in turn, have create institutions that spea", PAPER)

        assert match.nearest == "Home states, in turn, have created institutions that speak"

    def test_what_has_no_likeness_is_absent(self) -> None:
        """A quote of another text has no nearest passage and no position."""
        match = find("Erasmus programmes finance the mobility of teachers", PAPER)

        assert (match.status, match.start, match.end, match.nearest) == ("absent", -1, -1, "")

    def test_what_is_half_like_is_absent_and_shown(self) -> None:
        """A passage that is half like the quote is a hint, not a place."""
        match = find("Home states, by contrast, have dissolved all bodies for emigrants", PAPER)

        assert (match.status, match.is_found) == ("absent", False)
        assert match.nearest.startswith("Home states")

    def test_a_script_without_spaces(self) -> None:
        """Nearness does not depend on words."""
        text = "前言。公共外交是软实力的重要工具，也是国家形象的来源。结语。"

        match = find("公共外交是软实力的主要工具，也是国家形象的来源", text)

        assert match.status == "near"
        assert match.nearest == "公共外交是软实力的重要工具，也是国家形象的来源"

    def test_a_long_text_is_searched_in_little_time(self) -> None:
        """A paragraph that is nowhere in a book is given up without comparing it everywhere."""
        book = " ".join(
            f"Sentence {n} on the power of states and of societies." for n in range(9000)
        )
        quote = " ".join(f"Clause {n} about the influence of nobody at all." for n in range(20))

        assert find(quote, book).status == "absent"


class TestCheck:
    """All quotes of a graph against a folder of texts."""

    @pytest.fixture
    def texts(self, tmp_path: Path) -> Path:
        """Return a folder with one text, under a name that is no key."""
        folder = tmp_path / "texts"
        folder.mkdir()
        (folder / "first-download.txt").write_text(PAPER, encoding="utf-8")
        return folder

    def test_the_file_is_found_by_its_content(self, texts: Path) -> None:
        """A text that bears another name than the key is known by the quotes in it."""
        (texts / "other.txt").write_text("Another text about other things.", encoding="utf-8")
        quads = evidence("one", "paper2024", ("en", PAPER[:86])) + evidence(
            "two", "paper2024", ("en", "Home states have a word that is not there")
        )

        check = check_quotes(quads, {}, texts)

        assert check.files == {"paper2024": "first-download.txt"}
        assert [match.status for match in check.matches] == ["exact", "absent"]

    def test_the_file_named_for_the_key_is_taken(self, texts: Path) -> None:
        """A name decides before the content does."""
        (texts / "paper2024.txt").write_text("Another text about other things.", encoding="utf-8")

        check = check_quotes(evidence("one", "paper2024", ("en", PAPER[:86])), {}, texts)

        assert check.files == {"paper2024": "paper2024.txt"}
        assert check.count("absent") == 1

    def test_the_file_that_the_source_names_is_taken(self, texts: Path) -> None:
        """What a source says in 'text:' decides before all else."""
        (texts / "paper2024.txt").write_text("Another text about other things.", encoding="utf-8")
        quads = evidence("one", "paper2024", ("en", PAPER[:86]))

        check = check_quotes(quads, {}, texts, {"paper2024": "first-download.txt"})

        assert check.count("exact") == 1

    def test_pages_of_one_site_are_told_apart(self, texts: Path) -> None:
        """A text that is one source's is not another's for a sentence that both have."""
        quads = evidence("one", "page", ("en", PAPER))
        quads += evidence("two", "other-page", ("en", PAPER[:86]), ("tr", "Burada olmayan bir söz"))

        check = check_quotes(quads, {}, texts)

        assert check.files == {"page": "first-download.txt"}
        assert check.without_text == ("other-page",)

    def test_a_source_that_repeats_another_shares_its_text(self, texts: Path) -> None:
        """A copy whose quotes all stand in the text is checked against it."""
        quads = evidence("one", "page", ("en", PAPER)) + evidence("two", "copy", ("en", PAPER[:86]))

        assert sorted(check_quotes(quads, {}, texts).files) == ["copy", "page"]

    def test_a_few_common_words_do_not_make_a_text_that_of_a_source(self, texts: Path) -> None:
        """A source without a text is named, not compared with the wrong one."""
        check = check_quotes(evidence("one", "nye1990", ("en", "Home states")), {}, texts)

        assert (check.matches, check.without_text) == ((), ("nye1990",))

    def test_an_absent_quote_is_a_violation_at_its_line(self, texts: Path) -> None:
        """The finding has a code, a place, the evidence, and the nearest passage."""
        quads = evidence("one", "p", ("en", PAPER[:86])) + evidence(
            "two", "p", ("en", "Home states, by contrast, have dissolved all bodies for emigrants")
        )
        place = Location("a.yaml", 14, 7)

        check = check_quotes(quads, {iri(f"{DKGID}a/evidence/two"): place}, texts)

        (finding,) = check.findings
        assert (finding.code, finding.severity, finding.location) == (
            "DKG250",
            Severity.VIOLATION,
            place,
        )
        assert finding.focus == f"{DKGID}a/evidence/two"
        assert "Nearest passage: Home states" in finding.hint

    def test_a_near_quote_is_a_warning(self, texts: Path) -> None:
        """It says how near, and what the text has."""
        quads = evidence("one", "p", ("en", PAPER[:86].replace("evolved", "developed")))
        quads += evidence("two", "p", ("en", PAPER[88:]))

        check = check_quotes(quads, {}, texts)

        (finding,) = check.findings
        assert (finding.code, finding.severity) == ("DKG251", Severity.WARNING)
        assert finding.hint == f"Nearest passage: {PAPER[:86]}"

    def test_positions_go_into_the_graph_of_the_evidence(self, texts: Path) -> None:
        """Start and end are quads beside the quote; what is not exact gets none."""
        quads = evidence("one", "p", ("en", PAPER[:86])) + evidence("two", "p", ("en", "nowhere"))
        check = check_quotes(quads, {}, texts)

        found = positions(check, quads)

        node, integer = iri(f"{DKGID}a/evidence/one"), "<http://www.w3.org/2001/XMLSchema#integer>"
        assert found == [
            (node, iri(f"{DKG}quoteEnd"), f'"86"^^{integer}', GRAPH),
            (node, iri(f"{DKG}quoteStart"), f'"0"^^{integer}', GRAPH),
        ]

    def test_a_quote_in_two_languages_has_no_one_position(self, texts: Path) -> None:
        """Two quotes of one passage stand at two places."""
        quads = evidence("one", "p", ("en", PAPER[:86]), ("tr", PAPER[88:]))

        assert positions(check_quotes(quads, {}, texts), quads) == []

    @pytest.mark.parametrize(
        ("encoding", "text"),
        [("utf-16", PAPER), ("utf-8-sig", PAPER), ("windows-1254", "Yurtdışı Türkler. " + PAPER)],
    )
    def test_a_text_in_another_encoding_is_read(
        self, tmp_path: Path, encoding: str, text: str
    ) -> None:
        """Word and Notepad save texts as they like."""
        (tmp_path / "p.txt").write_bytes(text.encode(encoding))

        check = check_quotes(evidence("one", "p", ("en", text)), {}, tmp_path)

        assert [match.status for match in check.matches] == ["exact"]

    def test_an_empty_text_is_one_that_has_nothing(self, texts: Path) -> None:
        """An empty file among the texts stops nothing."""
        (texts / "empty.txt").write_bytes(b"")

        check = check_quotes(evidence("one", "p", ("en", PAPER[:86])), {}, texts)

        assert check.count("exact") == 1

    @pytest.mark.parametrize("name", ["not-there", "empty"])
    def test_a_folder_without_texts(self, tmp_path: Path, name: str) -> None:
        """The error says what should be in the folder."""
        (tmp_path / "empty").mkdir()

        with pytest.raises(DiasporaKGError) as caught:
            check_quotes([], {}, tmp_path / name)

        assert caught.value.code == "DKG100"
        assert "KEY.txt" in caught.value.hint

    def test_the_order_is_that_of_sources_and_passages(self, texts: Path) -> None:
        """Whatever order the quads come in, the result is the same."""
        quads = evidence("two", "p", ("en", PAPER[88:])) + evidence("one", "p", ("en", PAPER[:86]))

        nodes: list[Term] = [m.evidence for m in check_quotes(quads, {}, texts).matches]

        assert nodes == [iri(f"{DKGID}a/evidence/{name}") for name in ("one", "two")]
