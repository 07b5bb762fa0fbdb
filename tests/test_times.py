"""Times as scholars write them."""

import pytest

from diaspora_kg.times import parse_time


@pytest.mark.parametrize(
    ("written", "earliest", "latest"),
    [
        ("2012", "2012-01-01", "2012-12-31"),
        ("2012-10", "2012-10-01", "2012-10-31"),
        ("2012-02", "2012-02-01", "2012-02-29"),
        ("2012-10-05", "2012-10-05", "2012-10-05"),
        ("6.4.2010", "2010-04-06", "2010-04-06"),
        ("2013~", "2012-01-01", "2014-12-31"),
        ("2013?", "2012-01-01", "2014-12-31"),
        ("2013%", "2011-01-01", "2015-12-31"),
        ("c. 2013", "2012-01-01", "2014-12-31"),
        ("Circa 2013", "2012-01-01", "2014-12-31"),
        ("ca. 2013-01", "2012-12-01", "2013-02-28"),
        ("2012-10-05~", "2012-10-04", "2012-10-06"),
        ("198X", "1980-01-01", "1989-12-31"),
        ("2011/2012", "2011-01-01", "2012-12-31"),
        ("2011-03/2012", "2011-03-01", "2012-12-31"),
        ("2004/..", "2004-01-01", None),
        ("../2004", None, "2004-12-31"),
        ("2010-04-06T10:00:00Z", "2010-04-06", "2010-04-06"),
        (" 2012 ", "2012-01-01", "2012-12-31"),
    ],
)
def test_the_days_between_which_a_time_lies(
    written: str, earliest: str | None, latest: str | None
) -> None:
    """A time reaches from the first day that it can mean to the last."""
    time = parse_time(written)

    assert time is not None
    assert (time.earliest and time.earliest.isoformat()) == earliest
    assert (time.latest and time.latest.isoformat()) == latest


@pytest.mark.parametrize(
    "written",
    [
        "", "soon", "2012-13", "2012-00", "2010-02-30", "31.02.2010", "04/06/2010", "1/2/2010",
        "2012/2011", "2016-21", "2016-17", "20100406", "12345", "0000", "Eki.12", "Oct-12",
        "[2010,2012]", "12", "XXXX", "..", "/", "2012-1",
    ],
)  # fmt: skip
def test_what_is_no_time(written: str) -> None:
    """What is no time, or could be two, is not read."""
    assert parse_time(written) is None


@pytest.mark.parametrize(
    ("written", "literal"),
    [
        ("2012", '"2012"^^<http://www.w3.org/2001/XMLSchema#gYear>'),
        ("2012-10", '"2012-10"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'),
        ("c. 2012", '"2012"^^<http://www.w3.org/2001/XMLSchema#gYear>'),
        ("6.4.2010", '"2010-04-06"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("2012-10-05~", '"2012-10-05"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("198X", '"198X"'),
    ],
)
def test_the_literal_keeps_the_precision(written: str, literal: str) -> None:
    """A year stays a year and a month a month; what has no datatype stays text."""
    time = parse_time(written)

    assert time is not None
    assert time.literal == literal
    assert time.written == written


def test_nothing_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """The library underneath prints what it tried; that must not reach the data on stdout."""
    parse_time("2476-X6")
    parse_time("../..")

    assert capsys.readouterr().out == ""
