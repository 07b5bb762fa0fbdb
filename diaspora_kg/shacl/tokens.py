"""The tokens of a query that stands in shapes, where prefixes come from ``sh:declare``."""

from collections.abc import Mapping

from diaspora_kg import tokens
from diaspora_kg.shacl.failures import ShapesError
from diaspora_kg.tokens import PrologueError, Token


def tokenize(query: str, prefixes: Mapping[str, str]) -> list[Token]:
    """Return the tokens of a query as ``diaspora_kg.tokens.tokenize`` does.

    Raises ``ShapesError`` when a prefix is not declared.
    """
    try:
        return tokens.tokenize(query, prefixes)
    except PrologueError as error:
        if error.undeclared is None:
            raise ShapesError(str(error)) from error
        hint = "Declare it with sh:declare at a value of sh:prefixes."
        raise ShapesError(str(error), hint) from error
