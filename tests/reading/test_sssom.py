"""Mapping sets: what is read, what is refused and where, and that writing loses nothing."""

from pathlib import Path

import pytest

from diaspora_kg.errors import FindingsError
from diaspora_kg.linking.mapping_sets import as_sssom, mapping_set, shortened
from diaspora_kg.reading.links import CLOSE, EXACT, Link, Verdict
from diaspora_kg.reading.sssom import read_mapping_set, read_mapping_sets, read_mapping_text

HEAD = """\
#mapping_set_id: https://example.org/links
#license: https://creativecommons.org/publicdomain/zero/1.0/
#object_source: https://ror.org/
#curie_map:
#  dkgid: https://w3id.org/diaspora-kg/id/
#  ror: https://ror.org/
"""
COLUMNS = "subject_id\tpredicate_id\tobject_id\tmapping_justification"
ROW = "dkgid:ytb\tskos:exactMatch\tror:01\tsemapv:LexicalMatching"


def text_of(*rows: str, columns: str = COLUMNS) -> str:
    """Return a mapping set with the usual header."""
    return HEAD + "\n".join([columns, *rows]) + "\n"


def wrong(text: str) -> list[tuple[str, int]]:
    """Return the codes and lines of what is wrong with a text."""
    with pytest.raises(FindingsError) as error:
        read_mapping_text(text, "links.sssom.tsv")
    return [(f.code, f.location.line if f.location else 0) for f in error.value.findings]


class TestReading:
    """What a file says."""

    def test_identifiers_are_written_out(self) -> None:
        """Prefixes are resolved by the header, and slots of the header hold for every row."""
        (link,) = read_mapping_text(text_of(ROW), "links.sssom.tsv").links

        assert link.subject == "https://w3id.org/diaspora-kg/id/ytb"
        assert link.predicate == EXACT
        assert link.object == "https://ror.org/01"
        assert link.source == "https://ror.org/"
        assert (link.at.file, link.at.line) == ("links.sssom.tsv", 8)

    @pytest.mark.parametrize(
        ("more", "verdict"),
        [
            ({}, Verdict.SUGGESTED),
            ({"reviewer_label": "A"}, Verdict.ACCEPTED),
            ({"reviewer_label": "A", "reviewer_agreement": "0"}, Verdict.UNDECIDED),
            ({"reviewer_label": "A", "reviewer_agreement": "-1"}, Verdict.REJECTED),
            ({"predicate_modifier": "Not"}, Verdict.REJECTED),
        ],
    )
    def test_verdicts(self, more: dict[str, str], verdict: Verdict) -> None:
        """What was found by likeness is a suggestion until somebody has looked at it."""
        text = text_of("\t".join([ROW, *more.values()]), columns="\t".join([COLUMNS, *more.keys()]))

        (link,) = read_mapping_text(text, "links.sssom.tsv").links

        assert link.verdict is verdict

    def test_what_a_table_says_needs_no_second_look(self) -> None:
        """A link looked up in a table stands without a reviewer."""
        row = ROW.replace("LexicalMatching", "BackgroundKnowledgeBasedMatching")

        (link,) = read_mapping_text(text_of(row), "links.sssom.tsv").links

        assert link.verdict is Verdict.ACCEPTED


class TestRefusing:
    """What is wrong is said at its line."""

    def test_no_header(self) -> None:
        """A table without a header is no mapping set."""
        assert wrong(f"{COLUMNS}\n{ROW}\n") == [("DKG520", 1)]

    def test_no_licence(self) -> None:
        """A header needs a licence."""
        assert wrong(text_of(ROW).replace("#license", "#note")) == [("DKG521", 1)]

    def test_broken_header(self) -> None:
        """A header that is no YAML is refused at the line where it breaks."""
        assert wrong("#a: [1\n#b: }\n" + COLUMNS + "\n") == [("DKG521", 2)]

    def test_unknown_column(self) -> None:
        """A misspelt column is refused in the line of the columns."""
        assert wrong(text_of(columns=COLUMNS + "\tconfidance")) == [("DKG522", 7)]

    def test_all_mistakes_of_all_rows(self) -> None:
        """Every row is looked at, and every mistake is told at once."""
        text = text_of(
            ROW.replace("ror:", "grid:"),
            ROW,
            ROW.replace("ror:01", ""),
            ROW.replace("LexicalMatching", "Guessing"),
            ROW.replace("skos:exactMatch", "owl:sameAs"),
        )

        assert wrong(text) == [("DKG523", 8), ("DKG524", 10), ("DKG525", 11), ("DKG526", 12)]

    @pytest.mark.parametrize(
        ("column", "cell"),
        [
            ("confidence", "1.2"),
            ("confidence", "nan"),
            ("mapping_date", "21.11.2026"),
            ("mapping_date", "20261121"),
            ("predicate_modifier", "Maybe"),
        ],
    )
    def test_values_out_of_bounds(self, column: str, cell: str) -> None:
        """A number, a day or a modifier that cannot be is refused."""
        assert wrong(text_of(f"{ROW}\t{cell}", columns=f"{COLUMNS}\t{column}")) == [("DKG525", 8)]

    def test_a_review_without_reviewer(self) -> None:
        """Who says that somebody agrees has to say who."""
        text = text_of(f"{ROW}\t1", columns=f"{COLUMNS}\treviewer_agreement")

        assert wrong(text) == [("DKG528", 8)]

    def test_kept_and_rejected(self, tmp_path: Path) -> None:
        """One mapping cannot be kept in one file and rejected in another."""
        (tmp_path / "a.sssom.tsv").write_text(text_of(ROW), "utf-8")
        rejected = text_of(f"{ROW}\tNot", columns=f"{COLUMNS}\tpredicate_modifier")
        (tmp_path / "b.sssom.tsv").write_text(rejected, "utf-8")

        _, findings = read_mapping_sets([tmp_path / "a.sssom.tsv", tmp_path / "b.sssom.tsv"])

        assert [(f.code, Path(str(f.location)).name) for f in findings] == [
            ("DKG527", "b.sssom.tsv:8:1")
        ]


class TestWriting:
    """What is written can be read again."""

    LINKS = (
        Link(
            "https://w3id.org/diaspora-kg/id/ytb",
            CLOSE,
            "https://ror.org/01",
            "CompositeMatching",
            "Başkanlık",
            'A "quoted" name',
            is_negated=True,
            confidence=0.25,
            author="https://w3id.org/diaspora-kg/id/packaged-coding",
            reviewer="A. Coder",
            agreement=1.0,
            review_date="2026-11-21",
            date="2026-11-20",
            source="https://ror.org/",
            source_version="sha256:00",
            tool="diaspora-kg",
            tool_version="0.1.0",
            comment="looked at both pages",
            more=(("match_string", "baskanlik"),),
        ),
        Link("https://w3id.org/diaspora-kg/id/a", EXACT, "urn:isbn:1", "LogicalReasoning"),
    )

    def test_nothing_is_lost(self) -> None:
        """Links come back as they were, sorted by subject."""
        text = as_sssom(mapping_set(self.LINKS, "https://example.org/s", "https://example.org/l"))

        found = read_mapping_text(text, "links.sssom.tsv")

        assert [link.without_place() for link in found.links] == [self.LINKS[1], self.LINKS[0]]
        assert found.identifier == "https://example.org/s"

    def test_order_does_not_matter(self) -> None:
        """The same links give the same bytes."""
        one = as_sssom(mapping_set(self.LINKS, "https://example.org/s", "https://example.org/l"))
        other = mapping_set(reversed(self.LINKS), "https://example.org/s", "https://example.org/l")

        assert as_sssom(other) == one

    def test_an_address_that_no_prefix_fits(self) -> None:
        """An identifier without a known prefix is written in full."""
        assert shortened("http://example.org/x") == "http://example.org/x"
        assert shortened("https://ror.org/00rn4r370") == "ror:00rn4r370"

    def test_the_packaged_file_is_as_it_would_be_written(self) -> None:
        """Reading the packaged links and writing them changes no byte."""
        file = Path(__file__).parents[2] / "cases" / "links.sssom.tsv"

        assert as_sssom(read_mapping_set(file)) == file.read_text("utf-8")
