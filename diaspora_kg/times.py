"""Times as scholars write them: exact, partial, approximate, or an interval.

The form as written is kept. Beside it stand the earliest and the latest day that it can mean,
after the Extended Date/Time Format (ISO 8601-2): ``2013~`` and ``c. 2013`` reach one unit of
their own precision to both sides.
"""

import re
from calendar import monthrange
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from io import StringIO
from typing import Any

from diaspora_kg.namespaces import XSD
from diaspora_kg.numbers import with_ascii_digits
from diaspora_kg.terms import Term, text_literal, typed_literal

_YEAR = re.compile(r"-?\d{4}\Z")
_MONTH = re.compile(r"-?\d{4}-(0[1-9]|1[0-2])\Z")
_DAY = re.compile(r"-?\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\Z")
_VAGUE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?([~?%])\Z")
_SEASON = re.compile(r"\d{4}-(2[1-9]|3\d|4[01])\b")
_CIRCA = re.compile(r"(?:c|ca|circa|about)\.?\s+(\d{4}(?:-\d\d(?:-\d\d)?)?)\Z", re.IGNORECASE)
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})\Z")


@dataclass(frozen=True)
class Time:
    """A time as written, and the days between which it lies."""

    written: str
    edtf: str
    earliest: date | None
    latest: date | None

    @property
    def literal(self) -> Term:
        """The time as a gYear, gYearMonth or date; as a string where it is none of these."""
        for pattern, datatype in ((_YEAR, "gYear"), (_MONTH, "gYearMonth"), (_DAY, "date")):
            if pattern.match(self.edtf):
                return typed_literal(self.edtf, XSD + datatype)
        plain = self.edtf.rstrip("~?%")
        if _YEAR.match(plain):
            return typed_literal(plain, XSD + "gYear")
        if _MONTH.match(plain):
            return typed_literal(plain, XSD + "gYearMonth")
        if _DAY.match(plain):
            return typed_literal(plain, XSD + "date")
        return text_literal(self.edtf)


@lru_cache(maxsize=4096)
def parse_time(text: str) -> Time | None:
    """Return the time that a text means, or None when it is no time that can be read.

    Read are ISO 8601 years, months and days, EDTF (``2013~``, ``2011/2012``, ``198X``,
    ``2004/..``), ``c. 2013`` and ``6.4.2010`` (day, month, year). The seasons of EDTF are not
    read: ``2016-21`` is its spring of 2016, and most people's 2016 to 2021.
    """
    written = text.strip()
    edtf = _as_edtf(with_ascii_digits(written))
    if _SEASON.search(edtf):
        return None
    vague = _VAGUE.match(edtf)
    if vague:
        return _around(written, edtf, *vague.groups())
    if _YEAR.match(edtf):
        year = int(edtf)
        return Time(written, edtf, date(year, 1, 1), date(year, 12, 31)) if year > 0 else None
    if _DAY.match(edtf):
        try:
            day = date.fromisoformat(edtf)
        except ValueError:
            return None
        return Time(written, edtf, day, day)
    if _MONTH.match(edtf) and edtf[:4] != "0000" and edtf[0] != "-":
        year, month = int(edtf[:4]), int(edtf[5:])
        first = date(year, month, 1)
        return Time(written, edtf, first, first.replace(day=monthrange(year, month)[1]))
    return _by_library(written, edtf)


def _as_edtf(written: str) -> str:
    circa = _CIRCA.match(written)
    if circa:
        return circa.group(1) + "~"
    dotted = _DOTTED.match(written)
    if dotted:
        return f"{dotted.group(3)}-{int(dotted.group(2)):02d}-{int(dotted.group(1)):02d}"
    return written


def _around(
    written: str, edtf: str, year: str, month: str | None, day: str | None, mark: str
) -> Time | None:
    """Return a time that reaches units of its own precision to both sides: one, two for ``%``."""
    exact = parse_time(edtf[:-1])
    if exact is None or exact.earliest is None or exact.latest is None:
        return None
    reach = 2 if mark == "%" else 1
    try:
        if day is not None:
            unit = timedelta(days=reach)
            return Time(written, edtf, exact.earliest - unit, exact.latest + unit)
        if month is None:
            first, last = int(year) - reach, int(year) + reach
            return Time(written, edtf, date(first, 1, 1), date(last, 12, 31))
        start, end = (int(year) * 12 + int(month) - 1 + sign * reach for sign in (-1, 1))
        last_day = monthrange(end // 12, end % 12 + 1)[1]
        earliest = date(start // 12, start % 12 + 1, 1)
        return Time(written, edtf, earliest, date(end // 12, end % 12 + 1, last_day))
    except (ValueError, OverflowError):
        return None  # a year before 1 or after 9999


def _by_library(written: str, edtf: str) -> Time | None:
    from edtf import parse_edtf  # slow to load, and most times need none of it
    from edtf.parser.edtf_exceptions import EDTFParseException

    if not edtf[:1].isdigit() and edtf[:2] != "..":
        return None
    try:
        with redirect_stdout(StringIO()):  # the library prints what it tried
            parsed = parse_edtf(edtf)
            first, last = _day(parsed, "lower_fuzzy"), _day(parsed, "upper_fuzzy")
    except (EDTFParseException, ValueError, AttributeError, TypeError, OverflowError):
        return None
    if first is not None and last is not None and last < first:
        return None
    return Time(written, edtf, first, last)


def _day(parsed: Any, method: str) -> date | None:  # noqa: ANN401 - the library is untyped
    moment = getattr(parsed, method)()
    if not hasattr(moment, "tm_year"):
        return None  # an open end of an interval
    return date(moment.tm_year, moment.tm_mon, moment.tm_mday)
