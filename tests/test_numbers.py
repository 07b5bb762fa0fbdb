"""Numbers as people write them."""

from decimal import Decimal

import pytest

from diaspora_kg.numbers import lexical, parse_number


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("160", "160"),
        ("1.5", "1.5"),
        ("1,5", "1.5"),
        ("7 000 000", "7000000"),
        ("7\u202f000\u00a0000".replace("\u00a0", "\u202f"), "7000000"),
        ("28,455,026", "28455026"),
        ("28.455.026", "28455026"),
        ("1'234'567", "1234567"),
        ("1.250,5", "1250.5"),
        ("1,250.5", "1250.5"),
        ("1.234.567,89", "1234567.89"),
        ("0.900", "0.900"),
        ("0,125", "0.125"),
        ("−3", "-3"),
        ("+4", "4"),
        ("١٢٣", "123"),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
    ],
)
def test_numbers(written: str, number: str) -> None:
    """Thousands and decimals are told apart by what is written."""
    assert parse_number(written) == Decimal(number)


@pytest.mark.parametrize(
    "written", ["1.500", "1,500", "12 34", "1.234.56", "1e5", "3 %", "high", "", "1,2,3", "10-20"]
)
def test_what_is_no_number_or_could_be_two(written: str) -> None:
    """1.500 is fifteen hundred in Ankara and one and a half in London, and so is not read."""
    assert parse_number(written) is None


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("160", "160.0"),
        ("1.50", "1.5"),
        ("0", "0.0"),
        ("100", "100.0"),
        ("0.10", "0.1"),
        ("1E+3", "1000.0"),
        ("123456789012345678901234567890.5", "123456789012345678901234567890.5"),
    ],
)
def test_the_canonical_form(number: str, text: str) -> None:
    """No exponent, no trailing zeros, and no digit lost."""
    assert lexical(Decimal(number)) == text
