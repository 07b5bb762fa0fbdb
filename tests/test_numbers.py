"""Numbers as people write them."""

from decimal import Decimal

import pytest

from diaspora_kg.numbers import lexical, parse_number, stands_in


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


class TestStandsIn:
    """Whether a number stands in a passage."""

    @pytest.mark.parametrize(
        ("number", "text"),
        [
            ("281000000", "about 281 million migrants"),
            ("35.4", "35,4 milyon"),
            ("17510931", "ind,2019,17510931"),
            ("17510931", "17,510,931 persons in 2019"),
            ("125000", "1,25,000 of them"),
            ("3493071", "٣٬٤٩٣٬٠٧١"),
            ("0.052", "5.2 percent"),
            ("-4.25", "a fall of 4.25 points"),
        ],
    )
    def test_a_number_that_stands_there(self, number: str, text: str) -> None:
        """Marks of thousands, scales and the columns of a row do not hide it."""
        assert stands_in(Decimal(number), text)

    @pytest.mark.parametrize(
        ("number", "text"),
        [
            ("4493071", "tur,2019,3493071"),
            ("282000000", "about 281 million migrants"),
            ("175", "17,510,931"),
            ("2019351", "no digits at all"),
        ],
    )
    def test_a_number_that_does_not(self, number: str, text: str) -> None:
        """Another number is another number, also where it begins with the same digits."""
        assert not stands_in(Decimal(number), text)
