"""The datatypes of OWL 2 RL: which literals they hold, and which literals are one value.

After XML Schema 1.1 Datatypes and the datatype map of OWL 2 (Structural Specification, section
4): decimal, float and double have nothing in common, and two times are one value only when their
offsets from UTC are the same. A datatype outside the map has no rule here, but a literal of one
of XML Schema is still told apart from the values that the map holds.
"""

import base64
import binascii
import re
import struct
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from diaspora_kg.namespaces import RDF, RDFS, XSD
from diaspora_kg.terms import Term, literal_parts

Value = tuple[str, object]
"""A value space and what stands for the value in it."""

_BOUNDS: dict[str, tuple[int | None, int | None]] = {
    "integer": (None, None),
    "nonNegativeInteger": (0, None),
    "nonPositiveInteger": (None, 0),
    "positiveInteger": (1, None),
    "negativeInteger": (None, -1),
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-(2**7), 2**7 - 1),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 2**8 - 1),
}
_TEXTS: dict[str, re.Pattern[str]] = {
    "normalizedString": re.compile(r"[^\t\n\r]*"),
    "token": re.compile(r"(?:[^\s]+(?: [^\s]+)*)?"),
    "language": re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*"),
    "Name": re.compile(r"(?:[:_]|[^\W\d])[\w.\-·:]*"),
    "NCName": re.compile(r"(?:_|[^\W\d])[\w.\-·]*"),
    "NMTOKEN": re.compile(r"[\w.\-·:]+"),
}
_SPACES = {
    "float": "float", "double": "double", "boolean": "boolean", "hexBinary": "hexBinary",
    "base64Binary": "base64Binary", "anyURI": "anyURI", "dateTime": "dateTime",
}  # fmt: skip
_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_DOUBLE = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[Ee][+-]?[0-9]+)?|[+-]?INF|NaN")
_MOMENT = re.compile(
    r"(-?(?:[1-9][0-9]{3,}|0[0-9]{3}))-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
    r"T(?:([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9])(?:\.([0-9]+))?|(24):(00):(00)(?:\.0+)?)"
    r"(Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
)
_PARTIAL = {"date", "time", "gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay"}
_DURATIONS = {"duration", "dayTimeDuration", "yearMonthDuration"}
_NUMBERS = {"decimal", *_BOUNDS}

DATATYPES: frozenset[Term] = frozenset(
    f"<{XSD}{name}>" for name in ("string", "decimal", "dateTimeStamp", *_BOUNDS, *_TEXTS, *_SPACES)
) | {f"<{RDF}PlainLiteral>", f"<{RDF}langString>", f"<{RDF}XMLLiteral>", f"<{RDFS}Literal>"}
"""The datatypes that the rules know, as IRIs; ``rdf:langString`` is of RDF 1.1."""


def holds(datatype: Term, literal: Term) -> bool | None:
    """Tell whether a datatype of the map holds a literal; None when that cannot be told."""
    if datatype not in DATATYPES:
        return None
    if datatype == f"<{RDFS}Literal>":
        return True
    value = value_of(literal)
    if value is None:
        return False
    if value[0].startswith("?"):
        return None
    return _is_in(datatype[1:-1], *value)


def are_different(one: Term, other: Term) -> bool:
    """Tell whether two literals are surely two values."""
    first, second = value_of(one), value_of(other)
    if first is None or second is None:
        return False
    return first != second and not first[0].startswith("?") and not second[0].startswith("?")


@lru_cache(maxsize=200_000)
def value_of(literal: Term) -> Value | None:
    """Return the value of a literal; None when its text is none of its datatype."""
    text, language, datatype = literal_parts(literal)
    if language is not None:
        return "text", (text, language.lower())
    if datatype.startswith(XSD):
        return _value_of_xsd(datatype.removeprefix(XSD), text)
    if datatype == RDF + "PlainLiteral":
        words, _, tag = text.rpartition("@")
        return "text", (words, tag.lower()) if tag else words
    if datatype == RDF + "XMLLiteral":
        return "XMLLiteral", text
    return f"?{datatype}", text


def _value_of_xsd(name: str, text: str) -> Value | None:
    if name == "string":
        return "text", text
    if name in _TEXTS:
        folded = text if name == "normalizedString" else " ".join(text.split())
        return ("text", folded) if _TEXTS[name].fullmatch(folded) else None
    if name in _NUMBERS:
        return _number(name, text.strip())
    if name in _PARTIAL:
        return name, text.strip().removesuffix("+00:00").removesuffix("Z")
    if name in _DURATIONS:
        return f"?{name}", text
    parse = _PARSERS.get(name)
    return (f"?{name}", text) if parse is None else parse(text.strip())


def _number(name: str, text: str) -> Value | None:
    pattern = _DECIMAL if name == "decimal" else _INTEGER
    if not pattern.fullmatch(text):
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if name == "decimal" or _is_between(number, _BOUNDS[name]):
        return "number", number
    return None


def _is_between(number: Decimal, bounds: tuple[int | None, int | None]) -> bool:
    least, most = bounds
    return (least is None or number >= least) and (most is None or number <= most)


def _double(text: str) -> Value | None:
    if not _DOUBLE.fullmatch(text):
        return None
    return "double", repr(float(text.replace("INF", "inf")))


def _float(text: str) -> Value | None:
    double = _double(text)
    if double is None:
        return None
    number = float(text.replace("INF", "inf"))
    try:
        narrow: float = struct.unpack("f", struct.pack("f", number))[0]
    except OverflowError:
        narrow = float("inf") if number > 0 else float("-inf")
    return "float", repr(narrow)


def _boolean(text: str) -> Value | None:
    known = {"true": True, "1": True, "false": False, "0": False}
    return ("boolean", known[text]) if text in known else None


def _hex(text: str) -> Value | None:
    try:
        return "hexBinary", binascii.unhexlify(text)
    except (ValueError, binascii.Error):
        return None


def _base64(text: str) -> Value | None:
    try:
        return "base64Binary", base64.b64decode("".join(text.split()), validate=True)
    except (ValueError, binascii.Error):
        return None


def _moment(text: str) -> Value | None:
    match = _MOMENT.fullmatch(text)
    if match is None:
        return None
    parts = list(match.groups())
    parts[6] = (parts[6] or "").rstrip("0")
    offset = "Z" if parts[10] in ("+00:00", "-00:00") else parts[10]
    return "dateTime", (*parts[:10], offset)


_PARSERS: dict[str, Callable[[str], Value | None]] = {
    "double": _double,
    "float": _float,
    "boolean": _boolean,
    "hexBinary": _hex,
    "base64Binary": _base64,
    "anyURI": lambda text: ("anyURI", text),
    "dateTime": _moment,
    "dateTimeStamp": lambda text: _stamp(_moment(text)),
}


def _stamp(moment: Value | None) -> Value | None:
    return moment if moment is not None and _has_offset(moment[1]) else None


def _has_offset(moment: object) -> bool:
    return isinstance(moment, tuple) and moment[-1] is not None


def _is_in(datatype: str, space: str, value: object) -> bool:
    """Tell whether a datatype holds a value of a space."""
    if datatype == RDF + "PlainLiteral":
        return space == "text"
    if datatype == RDF + "langString":
        return space == "text" and isinstance(value, tuple)
    if datatype == RDF + "XMLLiteral":
        return space == "XMLLiteral"
    name = datatype.removeprefix(XSD)
    if name == "dateTimeStamp":
        return space == "dateTime" and _has_offset(value)
    if name in _NUMBERS:
        return _is_number_in(name, space, value)
    if name == "string" or name in _TEXTS:
        return _is_text_in(name, space, value)
    return _SPACES.get(name) == space


def _is_number_in(name: str, space: str, value: object) -> bool:
    if space != "number" or not isinstance(value, Decimal):
        return False
    whole = value == value.to_integral_value()
    return name == "decimal" or (whole and _is_between(value, _BOUNDS[name]))


def _is_text_in(name: str, space: str, value: object) -> bool:
    if space != "text" or not isinstance(value, str):
        return False
    return name == "string" or _TEXTS[name].fullmatch(value) is not None
