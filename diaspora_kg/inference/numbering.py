"""Terms as numbers: a computation compares and hashes these, and speaks in terms at its ends."""

from collections.abc import Iterable

from diaspora_kg.terms import Term, Triple

Code = tuple[int, int, int]
"""A triple of numbers."""


class _Numbers(dict[Term, int]):
    """Numbers of terms; a new term gets the next one. A look-up runs no code of ours."""

    def __init__(self) -> None:
        super().__init__()
        self.terms: list[Term] = []
        self.literal: list[bool] = []

    def __missing__(self, term: Term) -> int:
        number = self[term] = len(self.terms)
        self.terms.append(term)
        self.literal.append(term.startswith('"'))
        return number


class Numbering:
    """The terms of one computation, each with a number."""

    def __init__(self) -> None:
        """Begin without terms."""
        self._numbers = _Numbers()
        self.terms = self._numbers.terms
        self.literal = self._numbers.literal
        """Whether the term of a number is a literal."""

    def __len__(self) -> int:
        """Return how many terms there are."""
        return len(self.terms)

    def number(self, term: Term) -> int:
        """Return the number of a term, a new one if need be."""
        return self._numbers[term]

    def term(self, number: int) -> Term:
        """Return the term of a number."""
        return self.terms[number]

    def encode(self, triple: Triple) -> Code:
        """Return the numbers of a triple."""
        numbers = self._numbers
        return numbers[triple[0]], numbers[triple[1]], numbers[triple[2]]

    def encode_all(self, triples: Iterable[Triple]) -> list[Code]:
        """Return the numbers of many triples, in their order."""
        numbers = self._numbers
        return [(numbers[s], numbers[p], numbers[o]) for s, p, o in triples]

    def decode(self, code: Code) -> Triple:
        """Return the triple of three numbers."""
        terms = self.terms
        return terms[code[0]], terms[code[1]], terms[code[2]]

    def find(self, triple: Triple) -> Code | None:
        """Return the numbers of a triple, if all its terms are known."""
        if any(term not in self._numbers for term in triple):
            return None
        return self.encode(triple)

    def is_literal(self, number: int) -> bool:
        """Tell whether a term is a literal."""
        return self.literal[number]
