"""The measurement counts what a person would count."""

from pathlib import Path

import pytest

from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.linking.evaluation import (
    Gold,
    Outcome,
    evaluate,
    figures_of,
    read_gold,
    recall_at_precision,
)
from diaspora_kg.linking.matching import Matcher

HEAD = "name,country,expected,kind\n"


def outcome(expected: str, found: str, probability: float, kind: str = "alias") -> Outcome:
    """Return what was said of some name."""
    return Outcome(Gold("a name", "", expected, kind), found, probability)


class TestFigures:
    """Figures of four names, computed by hand."""

    FOUR = (
        outcome("a", "a", 0.9),
        outcome("b", "b", 0.8, "display"),
        outcome("NIL", "c", 0.7, "nil"),
        outcome("d", "d", 0.6, "alias:en"),
    )

    def test_first_candidate(self) -> None:
        """Three names have an answer, and all three have the right first candidate."""
        measured = figures_of(self.FOUR)

        assert (measured.total.answers, measured.total.first) == (3, 3)
        assert measured.total.first_candidate == 1.0

    def test_recall_at_98_precision(self) -> None:
        """Below 0.8 a wrong answer would be accepted, so two of three are found."""
        measured = figures_of(self.FOUR)

        assert measured.threshold == 0.8
        assert measured.recall_at_98_precision == pytest.approx(2 / 3)
        assert measured.nil_rejected == 1.0

    def test_brier(self) -> None:
        """The mean of the squared distances 0.1, 0.2, 0.7 and 0.4."""
        assert figures_of(self.FOUR).brier == pytest.approx((0.01 + 0.04 + 0.49 + 0.16) / 4)

    def test_kinds(self) -> None:
        """What stands behind a colon belongs to the kind before it."""
        kinds = {part.kind: part for part in figures_of(self.FOUR).kinds}

        assert sorted(kinds) == ["alias", "display", "nil"]
        assert (kinds["alias"].names, kinds["alias"].accepted) == (2, 1)
        assert kinds["nil"].first_candidate is None

    def test_bins(self) -> None:
        """Each bin tells what was said and what was so."""
        bins = figures_of(self.FOUR).bins

        assert [(part.lowest, part.names, part.right) for part in bins] == [
            (0.6, 1, 1.0),
            (0.7, 1, 0.0),
            (0.8, 1, 1.0),
            (0.9, 1, 1.0),
        ]


class TestThreshold:
    """The threshold for a precision."""

    def test_a_mistake_among_many(self) -> None:
        """One mistake in fifty is 98 % precision; the threshold may fall below it."""
        answered = [(0.9, True)] * 30 + [(0.8, False)] + [(0.7, True)] * 19

        assert recall_at_precision(answered, 49, 0.98) == (1.0, 0.7)

    def test_equals_are_accepted_together(self) -> None:
        """Of answers with one probability none is picked out."""
        assert recall_at_precision([(0.9, True), (0.5, True), (0.5, False)], 3, 0.98) == (
            pytest.approx(1 / 3),
            0.9,
        )

    def test_nothing_good_enough(self) -> None:
        """Where the surest answer is wrong, nothing is accepted."""
        recall, threshold = recall_at_precision([(0.9, False), (0.8, True)], 2, 0.98)

        assert recall == 0.0
        assert threshold > 1

    def test_no_answers(self) -> None:
        """Names of which none has an answer have no recall."""
        assert recall_at_precision([(0.9, False)], 0, 0.98)[0] == 0.0


class TestReading:
    """The table of names with known answers."""

    def test_rows(self, tmp_path: Path) -> None:
        """A row is read with its line."""
        path = tmp_path / "gold.csv"
        path.write_text(HEAD + "Velmar,DE,http://example.org/a,alias\nOther,,NIL,nil\n", "utf-8")

        assert read_gold(path) == [
            Gold("Velmar", "DE", "http://example.org/a", "alias", 2),
            Gold("Other", "", "NIL", "nil", 3),
        ]

    def test_semicolons(self, tmp_path: Path) -> None:
        """Columns may be parted by semicolons or tabs, as spreadsheets of many countries do."""
        path = tmp_path / "gold.csv"
        path.write_text("name;country;expected;kind\nVelmar, old;DE;NIL;nil\n", "utf-8")

        assert read_gold(path) == [Gold("Velmar, old", "DE", "NIL", "nil", 2)]

    @pytest.mark.parametrize(
        ("text", "code", "line"),
        [
            ("name,expected\na,NIL\n", "DKG504", 1),
            (HEAD, "DKG505", 2),
            (HEAD + "a,,NIL,nil\n,,NIL,nil\n", "DKG505", 3),
            (HEAD + "a,DE\n", "DKG505", 2),
            (HEAD + "a,Germany,NIL,nil\n", "DKG505", 2),
            ("", "DKG505", 1),
        ],
        ids=["columns", "no rows", "no name", "short row", "country", "empty"],
    )
    def test_what_is_wrong(self, tmp_path: Path, text: str, code: str, line: int) -> None:
        """A table that cannot be used is refused at the line."""
        path = tmp_path / "gold.csv"
        path.write_text(text, "utf-8")

        with pytest.raises(DiasporaKGError) as error:
            read_gold(path)

        assert error.value.code == code
        assert error.value.location is not None
        assert error.value.location.line == line


class TestEvaluating:
    """The matcher is asked for every name."""

    def test_a_tiny_gold(self, matcher: Matcher) -> None:
        """Two names are found, the third has no answer and none is given."""
        gold = [
            Gold("velmar university", "DE", "http://example.org/velmar-uni", "noisy"),
            Gold("Sandova Opera", "", "http://example.org/opera", "display"),
            Gold("Society of Dutch Beekeepers", "NL", "NIL", "nil"),
        ]

        measured = evaluate(gold, matcher)

        assert measured.total.first_candidate == 1.0
        assert measured.recall_at_98_precision == 1.0
        assert measured.nil_rejected == 1.0

    def test_an_answer_that_the_registry_has_not(self, matcher: Matcher) -> None:
        """Gold for another registry is refused at the row, before anything is measured."""
        gold = [Gold("Velmar", "", "http://example.org/nobody", "alias", 7)]

        with pytest.raises(DiasporaKGError) as error:
            evaluate(gold, matcher, "gold.csv")

        assert (error.value.code, str(error.value.location)) == ("DKG506", "gold.csv:7:1")
