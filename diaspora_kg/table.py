"""The answer to a query: columns, rows of terms, and the way to other tools."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from diaspora_kg.errors import MissingPartError
from diaspora_kg.namespaces import XSD, compact
from diaspora_kg.outside import Asked
from diaspora_kg.terms import Term, iri_of, is_iri, literal_parts

Cell = Term | None
"""A term as N-Triples text; None where a variable is unbound."""

_INTEGERS = frozenset(
    XSD + name
    for name in (
        "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger",
        "nonPositiveInteger", "negativeInteger", "unsignedInt", "unsignedLong", "unsignedShort",
        "unsignedByte",
    )
)  # fmt: skip
_NUMBERS = frozenset(XSD + name for name in ("decimal", "double", "float"))


@dataclass(frozen=True)
class Table:
    """Rows of terms under named columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    titles: dict[str, str] = field(default_factory=dict)
    """What a column means, in words, where the query says so."""
    kind: str = "rows"
    """``rows`` of a SELECT, the ``answer`` of an ASK, or the ``triples`` of a CONSTRUCT."""
    is_cut: bool = False
    """Whether there are more rows, left out because a limit was reached."""
    asked: tuple[Asked, ...] = ()
    """The services that rows came from by SERVICE; what they say is no claim with evidence."""

    def __iter__(self) -> Iterator[tuple[Cell, ...]]:
        """Iterate over the rows."""
        return iter(self.rows)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    @property
    def is_true(self) -> bool:
        """Whether an ASK was answered with yes."""
        return self.kind == "answer" and value_of_cell(self.rows[0][0]) is True

    def texts(self, name: Callable[[Term], str] | None = None) -> list[list[str]]:
        """Return the rows as a person reads them: texts, numbers, short names.

        ``name`` says what to call a thing, for example by its label.
        """
        return [[text_of_cell(cell, name) for cell in row] for row in self.rows]

    def records(self) -> list[dict[str, Any]]:
        """Return the rows as dictionaries of Python values, None where nothing is bound."""
        return [
            dict(zip(self.columns, (value_of_cell(cell) for cell in row), strict=True))
            for row in self.rows
        ]

    def to_pandas(self) -> Any:  # noqa: ANN401 - pandas is not installed everywhere
        """Return a pandas DataFrame. Raises ``MissingPartError`` (DKG702) without pandas."""
        return _part("pandas").DataFrame(self.records(), columns=list(self.columns))

    def to_polars(self) -> Any:  # noqa: ANN401 - polars is not installed everywhere
        """Return a polars DataFrame. Raises ``MissingPartError`` (DKG702) without polars."""
        return _part("polars").DataFrame(self.records(), schema=list(self.columns), strict=False)

    def to_rdflib(self) -> list[tuple[Any, ...]]:
        """Return the rows as tuples of rdflib terms."""
        from rdflib.util import from_n3

        return [tuple(None if cell is None else from_n3(cell) for cell in row) for row in self.rows]


def text_of_cell(cell: Cell, name: Callable[[Term], str] | None = None) -> str:
    """Return what a person reads in a cell; an unbound one is empty."""
    if cell is None:
        return ""
    if is_iri(cell):
        return compact(iri_of(cell)) if name is None else name(cell)
    return cell if cell.startswith("_:") else literal_parts(cell)[0]


def value_of_cell(cell: Cell) -> str | int | float | bool | None:
    """Return the Python value of a cell; an address is its short name."""
    if cell is None:
        return None
    if is_iri(cell) or cell.startswith("_:"):
        return text_of_cell(cell)
    text, _, datatype = literal_parts(cell)
    try:
        if datatype in _INTEGERS:
            return int(text)
        if datatype in _NUMBERS:
            return float(text)
    except ValueError:
        return text  # a literal whose form is wrong is what it says
    return text in ("true", "1") if datatype == XSD + "boolean" else text


def is_number(cell: Cell) -> bool:
    """Tell whether a cell is a number."""
    if cell is None or not cell.startswith('"'):
        return False
    return literal_parts(cell)[2] in _INTEGERS | _NUMBERS


def _part(name: str) -> Any:  # noqa: ANN401 - a library that is not installed everywhere
    try:
        return import_module(name)
    except ImportError as error:
        raise MissingPartError(
            "DKG702", f"{name} is not installed", f"pip install 'diaspora-kg[{name}]'"
        ) from error
