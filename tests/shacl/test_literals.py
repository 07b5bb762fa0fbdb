"""Lexical forms of XML Schema datatypes, and comparison by exact value."""

import pytest

from diaspora_kg.namespaces import XSD
from diaspora_kg.shacl.literals import is_less, is_well_formed


@pytest.mark.parametrize(
    ("datatype", "good", "bad"),
    [
        ("boolean", "true false 0 1", "TRUE yes"),
        ("integer", "0 -0 +12 007", "1.0 - 1e2 ١"),
        ("byte", "127 -128 +5", "128 -129 x"),
        ("unsignedInt", "0 4294967295", "-1 4294967296"),
        ("negativeInteger", "-1", "0 1"),
        ("decimal", "1 -1.5 .5 5. +0.0", "1e3 . INF"),
        ("double", "1 1.5e-3 INF -INF NaN .5E1", "1e inf e5"),
        (
            "date",
            "2016-01-07 2016-02-29Z -0044-03-15 12016-01-01+02:00",
            "2015-02-29 2016-13-01 2016-1-7",
        ),
        (
            "dateTime",
            "2016-01-07T10:00:00 2016-01-07T24:00:00Z 2016-01-07T10:00:00.5-05:00",
            "2016-01-07 2016-01-07T25:00:00",
        ),
        ("dateTimeStamp", "2016-01-07T10:00:00Z", "2016-01-07T10:00:00"),
        ("time", "10:00:00 23:59:59.99Z", "24:00:01 10:00"),
        ("gYear", "2016 -0001 12016 0000", "16 +2016 02016"),
        ("gYearMonth", "2016-01", "2016-00"),
        ("gMonth", "--12", "12 --13"),
        ("gDay", "---31", "---32"),
        ("gMonthDay", "--02-29 --12-31", "--02-30 --04-31"),
        ("duration", "P1Y P1DT2H -PT0.5S P1Y2M3DT4H5M6S", "P PT P1S 1Y"),
        ("dayTimeDuration", "P1D PT1H", "P1Y"),
        ("yearMonthDuration", "P1Y2M", "P1D"),
        ("hexBinary", "0FB8 ", "0FB x"),
        ("base64Binary", "YQ== YWI= YWJj", "YQ= Y"),
        ("language", "en en-GB de-CH-1996", "englishlanguage-x e_n"),
        ("NCName", "a _b ç1", "1a a:b"),
        ("anyURI", "http://example.org/ anything", ""),
        ("unheardOf", "anything", ""),
    ],
)
def test_well_formed(datatype, good, bad):
    """A lexical form is of the datatype, or it is not."""
    assert [t for t in good.split(" ") if not is_well_formed(t, XSD + datatype)] == []
    assert [t for t in bad.split() if is_well_formed(t, XSD + datatype)] == []


def test_other_datatypes_take_any_text():
    """Of a datatype that is none of XML Schema nothing is known."""
    assert is_well_formed("anything", "http://example.org/date")


@pytest.mark.parametrize(
    ("one", "other", "less"),
    [
        (("10000000000000000000001", "integer"), ("10000000000000000000002", "integer"), True),
        (("1.00000000000000000000002", "decimal"), ("1.00000000000000000000001", "decimal"), False),
        (("1", "byte"), ("1.5e0", "double"), True),
        (("false", "boolean"), ("1", "boolean"), True),
        (("NaN", "double"), ("1", "integer"), False),
        (("x", "integer"), ("1", "integer"), None),
        (("1", "string"), ("2", "integer"), None),
        (("true", "boolean"), ("2", "integer"), None),
    ],
)
def test_order(one, other, less):
    """Numbers of any size and truth values have an order; nothing else is compared."""
    assert is_less((one[0], XSD + one[1]), (other[0], XSD + other[1]), or_equal=False) is less
