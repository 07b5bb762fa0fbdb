"""The answer to a query: columns, rows of terms, and the way to other tools."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from diaspora_kg.errors import MissingPartError
from diaspora_kg.namespaces import XSD, compact
from diaspora_kg.terms import Term, iri_of, is_iri, literal_parts

Cell = Term | None
"""A term as N-Triples text; None where a variable is unbound."""

_INTEGERS = {XSD + "integer", XSD + "int", XSD + "long", XSD + "nonNegativeInteger"}
_NUMBERS = {XSD + "decimal", XSD + "double", XSD + "float"}


@dataclass(frozen=True)
class Table:
    """Rows of terms under named columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    titles: dict[str, str] = field(default_factory=dict)
    """What a column means, in words, where the query says so."""

    def __iter__(self) -> Iterator[tuple[Cell, ...]]:
        """Iterate over the rows."""
        return iter(self.rows)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def texts(self) -> list[list[str]]:
        """Return the rows as a person reads them: texts, numbers, short names."""
        return [[text_of_cell(cell) for cell in row] for row in self.rows]

    def records(self) -> list[dict[str, Any]]:
        """Return the rows as dictionaries of Python values, None where nothing is bound."""
        return [
            dict(zip(self.columns, (value_of_cell(cell) for cell in row), strict=True))
            for row in self.rows
        ]

    def to_pandas(self) -> Any:  # noqa: ANN401 - pandas is not installed everywhere
        """Return a pandas DataFrame. Raises ``MissingPartError`` without pandas."""
        try:
            import pandas as pd
        except ImportError as error:
            raise _missing("pandas") from error
        return pd.DataFrame(self.records(), columns=list(self.columns))

    def to_polars(self) -> Any:  # noqa: ANN401 - polars is not installed everywhere
        """Return a polars DataFrame. Raises ``MissingPartError`` without polars."""
        try:
            import polars as pl
        except ImportError as error:
            raise _missing("polars") from error
        return pl.DataFrame(self.records(), schema=list(self.columns), strict=False)

    def to_rdflib(self) -> list[tuple[Any, ...]]:
        """Return the rows as tuples of rdflib terms."""
        from rdflib.util import from_n3

        return [tuple(None if cell is None else from_n3(cell) for cell in row) for row in self.rows]


def text_of_cell(cell: Cell) -> str:
    """Return what a person reads in a cell; an unbound one is empty."""
    if cell is None:
        return ""
    if is_iri(cell):
        return compact(iri_of(cell))
    return cell if cell.startswith("_:") else literal_parts(cell)[0]


def value_of_cell(cell: Cell) -> str | int | float | bool | None:
    """Return the Python value of a cell; an address is its short name."""
    if cell is None or is_iri(cell) or cell.startswith("_:"):
        return None if cell is None else text_of_cell(cell)
    text, _, datatype = literal_parts(cell)
    if datatype in _INTEGERS:
        return int(text)
    if datatype in _NUMBERS:
        return float(text)
    if datatype == XSD + "boolean":
        return text in ("true", "1")
    return text


def concatenate(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Table:
    """Return a table of rows that were collected one by one."""
    return Table(tuple(columns), tuple(tuple(row) for row in rows))


def _missing(name: str) -> MissingPartError:
    return MissingPartError(
        "DKG702", f"{name} is not installed", f"pip install 'diaspora-kg[{name}]'"
    )
