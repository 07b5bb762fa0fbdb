"""Times as scholars write them: exact, partial, approximate, or an interval.

The form as written is kept. Beside it stand the earliest and the latest day that it can mean,
after the Extended Date/Time Format (ISO 8601-2): ``2013~`` and ``c. 2013`` reach one unit of
their own precision to both sides.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from diaspora_kg.namespaces import XSD
from diaspora_kg.terms import Term, text_literal, typed_literal

_YEAR = re.compile(r"-?\d{4}\Z")
_MONTH = re.compile(r"-?\d{4}-(0[1-9]|1[0-2])\Z")
_DAY = re.compile(r"-?\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\Z")
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
        return text_literal(self.edtf)


@lru_cache(maxsize=4096)
def parse_time(text: str) -> Time | None:
    """Return the time that a text means, or None when it is no time that can be read.

    Read are ISO 8601 years, months and days, EDTF (``2013~``, ``2011/2012``, ``198X``,
    ``2004/..``), ``c. 2013`` and ``6.4.2010`` (day, month, year).
    """
    written = text.strip()
    edtf = _as_edtf(written)
    if _YEAR.match(edtf):
        year = int(edtf)
        return Time(written, edtf, date(year, 1, 1), date(year, 12, 31)) if year > 0 else None
    if _DAY.match(edtf):
        try:
            day = date.fromisoformat(edtf)
        except ValueError:
            return None
        return Time(written, edtf, day, day)
    return _by_library(written, edtf)


def _as_edtf(written: str) -> str:
    circa = _CIRCA.match(written)
    if circa:
        return circa.group(1) + "~"
    dotted = _DOTTED.match(written)
    if dotted:
        return f"{dotted.group(3)}-{int(dotted.group(2)):02d}-{int(dotted.group(1)):02d}"
    return written


def _by_library(written: str, edtf: str) -> Time | None:
    from edtf import parse_edtf  # slow to load, and most times need none of it
    from edtf.parser.edtf_exceptions import EDTFParseException

    if not edtf[:1].isdigit() and edtf[:2] != "..":
        return None
    try:
        parsed = parse_edtf(edtf)
        return Time(written, edtf, _day(parsed, "lower_fuzzy"), _day(parsed, "upper_fuzzy"))
    except (EDTFParseException, ValueError, AttributeError, TypeError, OverflowError):
        return None


def _day(parsed: Any, method: str) -> date | None:  # noqa: ANN401 - the library is untyped
    moment = getattr(parsed, method)()
    if not hasattr(moment, "tm_year"):
        return None  # an open end of an interval
    return date(moment.tm_year, moment.tm_mon, moment.tm_mday)
