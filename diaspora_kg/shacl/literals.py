"""Literals by their lexical form: which are well-formed, and how numbers and truth values compare.

Lexical spaces are those of XML Schema 1.1 Part 2 (https://www.w3.org/TR/xmlschema11-2/).
"""

import calendar
import re
from collections.abc import Callable
from decimal import Decimal

from diaspora_kg.namespaces import XSD

_ZONE = r"(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))?"
_YEAR = r"-?(?:[1-9]\d{3,}|0\d{3})"
_MONTH = r"(?:0[1-9]|1[0-2])"
_DAY = r"(?:0[1-9]|[12]\d|3[01])"
_LONG_MONTH, _SHORT_MONTH = r"(?:0[13578]|1[02])", r"(?:0[469]|11)"
_TIME = r"(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)"
_DECIMAL = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)"
_FLOAT = rf"(?:{_DECIMAL}(?:[eE][+-]?\d+)?|[+-]?INF|NaN)"
_TIME_PART = r"T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?"
_NC_NAME = r"[^\W\d][\w.·-]*"

_FORMS = {
    "boolean": r"true|false|0|1",
    "decimal": _DECIMAL,
    "float": _FLOAT,
    "double": _FLOAT,
    "dateTime": rf"({_YEAR})-({_MONTH})-({_DAY})T{_TIME}{_ZONE}",
    "dateTimeStamp": rf"({_YEAR})-({_MONTH})-({_DAY})T{_TIME}{_ZONE.rstrip('?')}",
    "date": rf"({_YEAR})-({_MONTH})-({_DAY}){_ZONE}",
    "time": _TIME + _ZONE,
    "gYear": _YEAR + _ZONE,
    "gYearMonth": rf"{_YEAR}-{_MONTH}{_ZONE}",
    "gMonth": rf"--{_MONTH}{_ZONE}",
    "gDay": rf"---{_DAY}{_ZONE}",
    "gMonthDay": rf"--(?:{_LONG_MONTH}-{_DAY}|{_SHORT_MONTH}-(?!31){_DAY}|02-(?!3){_DAY}){_ZONE}",
    "duration": rf"-?P(?=.)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:{_TIME_PART})?",
    "dayTimeDuration": rf"-?P(?=.)(?:\d+D)?(?:{_TIME_PART})?",
    "yearMonthDuration": r"-?P(?=.)(?:\d+Y)?(?:\d+M)?",
    "hexBinary": r"(?:[0-9a-fA-F]{2})*",
    "base64Binary": r"(?:(?:[A-Za-z0-9+/] ?){4})*(?:(?:[A-Za-z0-9+/] ?){2}= ?=|"
    r"(?:[A-Za-z0-9+/] ?){3}=|(?:[A-Za-z0-9+/] ?){3}[A-Za-z0-9+/])?",
    "language": r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*",
    "normalizedString": r"[^\t\n\r]*",
    "token": r"(?:[^\s]+(?: [^\s]+)*)?",
    "NMTOKEN": r"[\w.:·-]+",
    "Name": r"(?:[^\W\d]|:)[\w.:·-]*",
    "NCName": _NC_NAME,
}
_INTEGERS: dict[str, tuple[int | None, int | None]] = {
    "integer": (None, None),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    **{
        name: (-(2 ** (b - 1)), 2 ** (b - 1) - 1)
        for name, b in zip(("byte", "short", "int", "long"), (8, 16, 32, 64), strict=True)
    },
    **{
        name: (0, 2**b - 1)
        for name, b in zip(
            ("unsignedByte", "unsignedShort", "unsignedInt", "unsignedLong"),
            (8, 16, 32, 64),
            strict=True,
        )
    },
}
_INTEGER = re.compile(r"[+-]?[0-9]+\Z")
_IN_ANY_SCRIPT = frozenset(("NMTOKEN", "Name", "NCName"))
_COMPILED = {
    XSD + name: re.compile(rf"(?:{form})\Z", 0 if name in _IN_ANY_SCRIPT else re.ASCII)
    for name, form in _FORMS.items()
}
_WITH_DAY = frozenset(XSD + name for name in ("date", "dateTime", "dateTimeStamp"))
_FLOATS = frozenset((XSD + "float", XSD + "double"))

Number = int | Decimal | float


def is_well_formed(text: str, datatype: str) -> bool:
    """Tell whether a text is a lexical form of a datatype; of an unknown one, every text is."""
    if not datatype.startswith(XSD):
        return True
    bounds = _INTEGERS.get(datatype[len(XSD) :])
    if bounds:
        return bool(_INTEGER.match(text)) and _is_between(int(text), *bounds)
    form = _COMPILED.get(datatype)
    if form is None:
        return True
    match = form.match(text)
    if match is None:
        return False
    return datatype not in _WITH_DAY or _is_day(*match.groups())


def number_of(text: str, datatype: str) -> Number | None:
    """Return the exact value of a number or truth value, or None for anything else."""
    if not is_well_formed(text, datatype):
        return None
    name = datatype.removeprefix(XSD)
    if name in _INTEGERS:
        return int(text)
    if name == "decimal":
        return Decimal(text)
    if datatype in _FLOATS:
        return float(text.replace("INF", "inf"))
    return None


def truth_of(text: str, datatype: str) -> bool | None:
    """Return the truth value of a boolean literal, or None for anything else."""
    if datatype != XSD + "boolean" or not is_well_formed(text, datatype):
        return None
    return text in ("true", "1")


def is_less(one: tuple[str, str], other: tuple[str, str], or_equal: bool) -> bool | None:
    """Compare two literals, each a text and a datatype, where engines give up.

    Exact for numbers of any size; false comes before true. None when they are neither.
    """
    readers: tuple[Callable[[str, str], Number | bool | None], ...] = (number_of, truth_of)
    for read in readers:
        a, b = read(*one), read(*other)
        if a is not None and b is not None:
            return a <= b if or_equal else a < b
    return None


def _is_between(number: int, low: int | None, high: int | None) -> bool:
    return (low is None or number >= low) and (high is None or number <= high)


def _is_day(year: str, month: str, day: str) -> bool:
    number = int(year)
    # the proleptic calendar repeats every 400 years, and Python's begins with year 1
    return int(day) <= calendar.monthrange(number % 400 + 400, int(month))[1]
