"""Numbers as people write them, with a point or a comma before the decimals."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

_THOUSANDS = re.compile(r"[+-]?\d{1,3}([,. \u00a0\u202f'])\d{3}(\1\d{3})*\Z")
_PLAIN = re.compile(r"[+-]?\d+([.,]\d+)?\Z")
_RUN = re.compile(r"\d+(?:[.,'’\u066b\u066c\s]\d+)*")
"""Digits with what marks thousands, decimals or the columns of a table between them."""
_ZEROS = 24
"""More zeros than this stand at the ends of no number."""
_BOTH = re.compile(r"[+-]?\d{1,3}(?:(\.)\d{3}(?:\.\d{3})*,\d+|(,)\d{3}(?:,\d{3})*\.\d+)\Z")
"""Thousands and decimals marked by different signs: 1.234.567,89 and 1,234,567.89."""


def parse_number(text: str) -> Decimal | None:
    """Return the number that a text means, or None when it is none or could be two.

    ``1.5`` and ``1,5`` are one and a half; ``7 000 000`` and ``28,455,026`` have thousands
    marked, ``1.250,5`` both; ``1,500`` and ``1.500`` alone could mean either and are not read.
    """
    written = with_ascii_digits(text.strip()).replace("−", "-")
    if _PLAIN.match(written):
        marks = _THOUSANDS.match(written)
        if marks and len(re.findall(r"[.,]", written)) == 1 and not written.startswith("0"):
            return None
        return _decimal(written.replace(",", "."))
    both = _BOTH.match(written)
    if both:
        thousands = both.group(1) or both.group(2)
        return _decimal(written.replace(thousands, "").replace(",", "."))
    if _THOUSANDS.match(written):
        return _decimal(re.sub(r"[^\d+-]", "", written))
    return None


def with_ascii_digits(text: str) -> str:
    """Return a text with the digits of every script as 0 to 9: ``٢٠١٣`` is ``2013``."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def significant_digits(number: Decimal) -> str:
    """Return the digits of a number from the first to the last that is not 0, without a point."""
    return re.sub(r"\D", "", lexical(abs(number))).strip("0")


def stands_in(number: Decimal, text: str) -> bool:
    """Tell whether the significant digits of a number stand in a text as one number.

    281,000,000 stands in "281 million", 35.4 in "35,4", 17,510,931 in the row "ind,2019,17510931".
    """
    wanted = significant_digits(number)
    for run in _RUN.findall(with_ascii_digits(text)):
        parts = re.findall(r"\d+", run)
        for first in range(len(parts)):
            joined = ""
            for part in parts[first:]:
                joined += part
                if joined.strip("0") == wanted:
                    return True
                if len(joined) > len(wanted) + _ZEROS:
                    break
    return False


def lexical(number: Decimal) -> str:
    """Return the canonical decimal form, without exponent or trailing zeros."""
    text = format(number, "f")  # not normalize(): that rounds to 28 digits
    if "." not in text:
        return text + ".0"
    text = text.rstrip("0")
    return text + "0" if text.endswith(".") else text


def in_thousands(text: str) -> str:
    """Return a plain number with its thousands marked for a reader; another text as it stands."""
    value = _decimal(text)
    if value is None or not value.is_finite():
        return text
    whole = value == value.to_integral_value()
    return f"{value:,.0f}" if whole else f"{value.normalize():,f}"


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
