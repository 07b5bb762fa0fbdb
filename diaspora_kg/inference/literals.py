"""The literals of one computation: which are wrong, which are one value, which types they have."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from diaspora_kg.inference.datatypes import DATATYPES, holds, is_ill_typed, value_of
from diaspora_kg.inference.numbering import Numbering


def ill_typed(numbering: Numbering) -> set[int]:
    """Return the literals that have a text which their datatype does not know."""
    terms = numbering.terms
    return {
        n for n, is_literal in enumerate(numbering.literal) if is_literal and is_ill_typed(terms[n])
    }


def twins_among(numbering: Numbering) -> dict[int, tuple[int, ...]]:
    """Return the forms of each literal that has several for one value (dt-eq)."""
    forms: dict[object, list[int]] = defaultdict(list)
    for number, term in enumerate(numbering.terms):
        if numbering.literal[number] and not term.endswith('"'):
            value = value_of(term)
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
