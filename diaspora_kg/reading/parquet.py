"""Parquet to the text cells that a table of any other kind has."""

from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from diaspora_kg.errors import DiasporaKGError, Location, MissingPartError

if TYPE_CHECKING:
    import pyarrow.parquet

SUFFIX = ".parquet"
_ROWS_AT_ONCE = 5_000
_SAVE_OTHERWISE = "Write it anew from the program it comes from, or save it as CSV."


def header(path: Path) -> tuple[str, ...]:
    """Return the names of the columns of a file.

    Raises ``MissingPartError`` (DKG702) without pyarrow, and ``DiasporaKGError``: DKG100 when the
    file cannot be read, DKG640 when it is no Parquet or a column holds what no cell can hold.
    """
    with _opened(path) as file:
        return _columns(file, path)


def row_groups(path: Path) -> tuple[int, ...]:
    """Return how many rows each row group of a file holds; raises as ``header`` does."""
    with _opened(path) as file:
        metadata = file.metadata
        return tuple(metadata.row_group(n).num_rows for n in range(metadata.num_row_groups))


def rows(path: Path, groups: range | None = None) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a file, or of some of its row groups, as text, without the header.

    A missing value is an empty cell, a list is written with ``|`` between its items, a date as
    ISO 8601, a number without a fraction as an integer. Raises as ``header`` does.
    """
    with _opened(path) as file:
        _columns(file, path)
        chosen = None if groups is None else list(groups)
        try:
            for batch in file.iter_batches(batch_size=_ROWS_AT_ONCE, row_groups=chosen):
                columns = [[_text(value) for value in column.to_pylist()] for column in batch]
                yield from zip(*columns, strict=True)
        except (OSError, ValueError) as error:
            raise _damaged(path, error) from error


def _opened(path: Path) -> "pyarrow.parquet.ParquetFile":
    try:
        import pyarrow.parquet
    except ImportError as error:
        raise MissingPartError(
            "DKG702",
            "Parquet is read with pyarrow, which is not installed",
            "pip install 'diaspora-kg[parquet]'",
        ) from error
    try:
        return pyarrow.parquet.ParquetFile(path)
    except pyarrow.ArrowInvalid as error:
        raise _damaged(path, error) from error
    except OSError as error:
        raise DiasporaKGError(
            "DKG100",
            f"the file cannot be read: {error.strerror or error}",
            "Check the name and that you may read it.",
            Location(str(path)),
        ) from error


def _damaged(path: Path, error: Exception) -> DiasporaKGError:
    reason = str(error).splitlines()[0].rstrip(".")
    return DiasporaKGError(
        "DKG640", f"the file is no Parquet: {reason}", _SAVE_OTHERWISE, Location(str(path))
    )


def _columns(file: "pyarrow.parquet.ParquetFile", path: Path) -> tuple[str, ...]:
    import pyarrow

    schema = file.schema_arrow
    for field in schema:
        inner = field.type.value_type if pyarrow.types.is_list(field.type) else field.type
        if pyarrow.types.is_nested(inner) or pyarrow.types.is_binary(inner):
            raise DiasporaKGError(
                "DKG640",
                f"the column '{field.name}' holds values of the type {field.type}",
                "A cell holds a text, a number, a date or a list of these; what is nested stands "
                "in columns whose names have a dot, such as 'quote.en'.",
                Location(str(path)),
            )
    return tuple(str(name).strip() for name in schema.names)


def _text(value: Any) -> str:  # noqa: ANN401 - whatever a column holds
    match value:
        case None:
            return ""
        case str():
            return value.strip()
        case bool():
            return "true" if value else "false"
        case float():
            return _of_float(value)
        case Decimal():
            return format(value, "f")
        case datetime() if value.time() == time(0):
            return value.date().isoformat()
        case datetime() | date():
            return value.isoformat()
        case list():
            return "|".join(_text(item) for item in value)
    return str(value)


def _of_float(value: float) -> str:
    if value != value:
        return ""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
