"""The literals of one computation: which are wrong, which are one value, which types they have."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from diaspora_kg.inference.datatypes import DATATYPES, Value, holds, value_of
from diaspora_kg.inference.numbering import Numbering

Values = dict[int, Value | None]
"""What literals with a language or a datatype are worth; None for a text that is none of it."""


def values_among(numbering: Numbering) -> Values:
    """Return the values of the literals that have a language or a datatype."""
    return {
        number: value_of(term)
        for number, term in enumerate(numbering.terms)
        if numbering.literal[number] and not term.endswith('"')
    }


def ill_typed(values: Values) -> set[int]:
    """Return the literals that have a text which their datatype does not know."""
    return {number for number, value in values.items() if value is None}


def twins_among(values: Values) -> dict[int, tuple[int, ...]]:
    """Return the forms of each literal that has several for one value (dt-eq)."""
    forms: dict[Value, list[int]] = defaultdict(list)
    for number, value in values.items():
        if value is not None:
            forms[value].append(number)
    return {number: tuple(same) for same in forms.values() if len(same) > 1 for number in same}


def typed(numbering: Numbering, classes: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the literals that a datatype among some classes holds, each with the datatype."""
    for asked in list(classes):
        datatype = numbering.terms[asked]
        if datatype in DATATYPES:
            for number, term in enumerate(numbering.terms):
                if numbering.literal[number] and holds(datatype, term):
                    yield number, asked
