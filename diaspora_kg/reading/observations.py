"""Tables of observations: one row a number that a publisher measured, its columns fixed."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from diaspora_kg.errors import DiasporaKGError, Finding, Location, Severity
from diaspora_kg.model import Observation, ObservationTable, Written
from diaspora_kg.naming import slug
from diaspora_kg.reading.keys import OBSERVATION_KEYS
from diaspora_kg.reading.records import Record, Records, letters
from diaspora_kg.suggestions import did_you_mean

_PART = "observations"
_REQUIRED = ("area", "period", "indicator", "value")
_ORIGIN = ("source", "publisher")


def is_observations(path: Path, header: tuple[str, ...]) -> bool:
    """Tell whether a table is one of observations: by its name, or by its columns."""
    if path.stem == _PART or path.stem.startswith(f"{_PART}-") or path.stem.endswith(f".{_PART}"):
        return True
    names = {name.lower() for name in header}
    return {"area", "indicator", "value"} <= names and "property" not in names


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file in hex digits.

    Raises ``DiasporaKGError`` (DKG100) when the file cannot be read.
    """
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise DiasporaKGError(
            "DKG100",
            f"the file cannot be read: {error.strerror or error}",
            "Check the name and that you may read it.",
            Location(str(path)),
        ) from error


def read_observations(
    path: Path, records: Records, digest: str
) -> tuple[ObservationTable, tuple[Finding, ...]]:
    """Return the observations of a table, and what is wrong with its form.

    A row without a value is no observation; how many there are is told.
    """
    reader = _Reader(path, records)
    observations = tuple(reader.read())
    table = ObservationTable(path.name, digest, records.cell(1, 0), observations)
    return table, tuple(reader.findings)


def without_repetition(findings: list[Finding]) -> list[Finding]:
    """Return findings of tables of observations, each kind of mistake once a file.

    A word that means nothing stands in a thousand rows. The first row speaks for all; counts of
    rows left out are added up.
    """
    first: dict[tuple[str, str, str], Finding] = {}
    empty: dict[str, list[Finding]] = {}
    for finding in sorted(findings, key=lambda finding: finding.sort_key):
        file = finding.location.file if finding.location else ""
        if finding.code == "DKG645":
            empty.setdefault(file, []).append(finding)
        else:
            first.setdefault((finding.code, finding.message, file), finding)
    counts = [_left_out(sum(int(f.value) for f in found), found[0]) for found in empty.values()]
    return [*first.values(), *counts]


class _Reader:
    def __init__(self, path: Path, records: Records) -> None:
        self.records = records
        self.findings: list[Finding] = []
        stem = path.stem.removesuffix(f".{_PART}")
        self.default = slug(path.parent.resolve().name if stem == _PART else stem)

    def read(self) -> Iterator[Observation]:
        columns = self._columns()
        if columns is None:
            return
        empty: list[Record] = []
        for row in self.records.rows[1:]:
            cells = self._cells(row, columns)
            if "population" in columns:  # it tells observations apart, so that all have one
                nothing = self.records.cell(row.number, columns["population"])
                cells.setdefault("population", Written("not-stated", nothing))
            if "value" not in cells:
                empty.append(row)
            elif self._is_whole(row, cells, columns):
                yield self._observation(row, cells)
        if empty:
            at = self.records.cell(empty[0].number, columns["value"])
            seed = Finding("DKG645", "", "", Severity.INFO, at)
            self.findings.append(_left_out(len(empty), seed))

    def _columns(self) -> dict[str, int] | None:
        head = self.records.rows[0]
        columns: dict[str, int] = {}
        for number, key in enumerate(name.lower() for name in head.cells):
            at = self.records.cell(head.number, number)
            if key and key not in OBSERVATION_KEYS:
                allowed = f"Known are: {', '.join(OBSERVATION_KEYS)}."
                hint = did_you_mean(key, OBSERVATION_KEYS, allowed)
                self._wrong("DKG103", f"unknown column '{key}'", hint, at)
            elif key in columns:
                already = letters(columns[key])
                self._wrong(
                    "DKG102",
                    f"the column '{key}' stands twice, first in column {already}",
                    "Keep one of the two; the second has not been read.",
                    at,
                )
            elif key:
                columns[key] = number
        missing = [key for key in _REQUIRED if key not in columns]
        if not any(key in columns for key in _ORIGIN):
            missing.append("publisher")
        for key in missing:
            self._wrong(
                "DKG643",
                f"this table of observations has no column '{key}'",
                "An observation says what was measured (indicator, value), where (area), when "
                "(period) and by whom (publisher, or source for a work of the bibliography).",
                self.records.cell(head.number, 0),
            )
        return None if missing else columns

    def _cells(self, row: Record, columns: dict[str, int]) -> dict[str, Written]:
        return {
            key: Written(row.cells[number], self.records.cell(row.number, number))
            for key, number in columns.items()
            if number < len(row.cells) and row.cells[number]
        }

    def _is_whole(self, row: Record, cells: dict[str, Written], columns: dict[str, int]) -> bool:
        wanted = (*_REQUIRED, "counterpart") if "counterpart" in columns else _REQUIRED
        missing = [key for key in wanted if key not in cells]
        if not any(key in cells for key in _ORIGIN):
            missing.append("publisher")
        for key in missing:
            self._wrong(
                "DKG643",
                f"this observation has no '{key}'",
                "A number without area, period, indicator or publisher means nothing.",
                self.records.cell(row.number, 0),
            )
        return not missing

    def _observation(self, row: Record, cells: dict[str, Written]) -> Observation:
        at = self.records.cell(row.number, 0)
        named = {key: value for key, value in cells.items() if key != "data-set"}
        data_set = cells.get("data-set")
        name = Written(self.default if data_set is None else slug(data_set), at)
        return Observation(at, name, **named)

    def _wrong(self, code: str, message: str, hint: str, at: Location) -> None:
        self.findings.append(Finding(code, message, hint, Severity.VIOLATION, at))


def _left_out(count: int, like: Finding) -> Finding:
    return Finding(
        "DKG645",
        f"{count:,} row{'' if count == 1 else 's'} of this table without a value left out",
        "Nothing was measured there, or the publisher does not say what.",
        Severity.INFO,
        like.location,
        value=str(count),
    )
