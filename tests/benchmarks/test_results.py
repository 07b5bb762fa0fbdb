"""What is made of measurements: medians, comparisons, growth, and the page."""

from pathlib import Path

import pytest

pytest.importorskip("benchmarks", reason="the benchmarks stand in a checkout only")

from benchmarks.corpus import blemish
from benchmarks.figures import growth_exponent
from benchmarks.measuring import Run
from benchmarks.page import write_page
from benchmarks.results import Results, compare
from benchmarks.stages.querying import finished
from benchmarks.stages.validating import LAB
from diaspora_kg.terms import Triple, dkg


@pytest.fixture
def results(tmp_path: Path) -> Results:
    """Return the results of a run that was broken off, read back."""
    held = Results(tmp_path / "results.json")
    for seconds in (1.0, 9.0, 2.0):
        held.add("load", "ours", 100_000, Run(seconds, 50.0 + seconds))
    held.add("load", "rdflib", 100_000, Run(30.0, 400.0))
    held.add("load", "pyrudof", 100_000, Run(0.0, 0.0, failure="no module named pyrudof"))
    return Results(tmp_path / "results.json")


class TestResults:
    """What was measured."""

    def test_are_kept_between_runs(self, results: Results) -> None:
        """A run that is broken off goes on with what it has."""
        assert len(results.of("load", "ours", 100_000)) == 3

    def test_give_the_median(self, results: Results) -> None:
        """One slow run does not move the figure."""
        assert results.seconds("load", "ours", 100_000) == 2.0

    def test_give_the_largest_peak(self, results: Results) -> None:
        """Memory is what is needed at worst."""
        assert results.peak("load", "ours", 100_000) == 59.0

    def test_count_no_failure(self, results: Results) -> None:
        """A run that failed has no seconds."""
        assert results.seconds("load", "pyrudof", 100_000) is None

    def test_try_failures_again(self, results: Results) -> None:
        """What failed is not taken as done by the next run."""
        results.forget_failures()

        assert results.of("load", "pyrudof", 100_000) == []


class TestComparison:
    """Two answers beside each other."""

    def test_counts_what_each_has_alone(self) -> None:
        """A line that stands twice on one side and once on the other is alone once."""
        found = compare(["a", "b", "b"], ["b", "c"], lambda line: None)

        assert (found.same, found.only_ours, found.only_theirs) == (1, 2, 1)

    def test_is_equal_when_all_that_differs_is_argued(self) -> None:
        """A reason for every line that differs makes two answers equal."""
        found = compare(["a"], ["a", "x"], lambda line: "known" if line == "x" else None)

        assert found.is_equal

    def test_is_not_equal_when_something_is_not_argued(self) -> None:
        """A line without a reason is shown."""
        found = compare(["a"], ["a", "x"], lambda line: None)

        assert (found.is_equal, found.unargued) == (False, ["x"])

    def test_leaves_out_queries_that_were_not_finished(self) -> None:
        """The rows of a query that rdflib gave up are not compared."""
        ours, theirs = finished(["q: 1", "r: 2"], ["q: (unfinished) given up", "r: 2"])

        assert (ours, theirs) == (["r: 2"], ["r: 2"])


class TestPage:
    """The page of figures."""

    def test_shows_the_ratio_beside_its_aim(self, results: Results) -> None:
        """Thirty seconds against two are fifteen times, of twelve aimed at."""
        page = write_page(results, [100_000])

        assert "| rdflib 30.00 | 15 times | 12 times |" in page

    def test_names_what_failed(self, results: Results) -> None:
        """A part that is not installed stands among what falls short."""
        page = write_page(results, [100_000])

        assert "pyrudof at 100,000: no module named pyrudof" in page


def test_the_page_tells_what_a_ratio_is_counted_with(tmp_path: Path) -> None:
    """Beside the ratio aimed at stands what it is without any closure, and by triples given."""
    held = Results(tmp_path / "results.json")
    held.add("from-yaml", "ours", 100_000, Run(10.0, 1.0, counts={"quads": 1}))
    held.add("from-yaml", "others", 100_000, Run(50.0, 1.0))
    held.add("closure", "owlrl", 10_000, Run(40.0, 1.0))
    held.add("closure-of-accepted", "owlrl", 10_000, Run(20.0, 1.0))
    for size, given in ((10_000, 1000), (100_000, 2000)):
        held.add("closure-of-accepted", "ours", size, Run(1.0, 1.0, counts={"given": given}))

    page = write_page(held, [10_000, 100_000])

    assert "| 5.0 | 9.0 | 25.0 | 45.0 |" in page


def test_linear_growth_has_the_exponent_one() -> None:
    """Ten times the triples in ten times the seconds grow by 1, n log n by somewhat more."""
    exponent, bound = growth_exponent((10_000, 2.0), (100_000, 20.0))

    assert exponent == pytest.approx(1.0)
    assert bound == pytest.approx(1.0969, abs=0.001)


def test_blemishes_are_found_where_they_were_made() -> None:
    """Of fifty locators the fifth is left out."""
    triples: list[Triple] = [(f"<e{n:02}>", dkg("locator"), '"p. 1"') for n in range(50)]

    left_out = set(triples) - set(blemish(triples))

    assert left_out == {("<e04>", dkg("locator"), '"p. 1"')}


def test_there_are_forty_four_property_shapes() -> None:
    """The shapes that are measured are as many as the page says."""
    lines = LAB.read_text("utf-8").splitlines()
    names = {line.split()[0] for line in lines if " a sh:PropertyShape ; sh:path " in line}
    nested = {"ex:SaysOfAThing-object", "ex:SaysAValue-value", "ex:DatedCoding-date"}

    assert len(names - nested) == 44
