"""Tables to the same tree that YAML gives: one row a claim, keys flattened with dots.

The files of one case share a stem (``ytb.csv``, ``ytb.case.csv``, ``ytb.sources.csv`` …) or a
folder (``ytb/claims.csv``, ``ytb/case.csv`` …).
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from diaspora_kg.errors import DiasporaKGError, Finding, Location, Severity
from diaspora_kg.model import Written
from diaspora_kg.naming import slug
from diaspora_kg.reading.cases import CASE_KEYS, CLAIM_KEYS, ENTITY_KEYS, EVIDENCE_KEYS, SOURCE_KEYS
from diaspora_kg.reading.decoding import read_text
from diaspora_kg.reading.tree import Mapping, Node, Scalar, Sequence
from diaspora_kg.suggestions import did_you_mean

SUFFIXES = (".csv", ".tsv")
TURKISH = "windows-1254"
PARTS = ("claims", "case", "sources", "entities", "passages")

_LISTS = {
    "hedge", "attributed-to", "restates", "supports", "contrary-to", "type", "author",
    "derived-from", "candidates", "evidence",
}  # fmt: skip
_NEED_LANGUAGE = {
    "quote", "translation", "phrase", "rationale", "condition", "label", "alt-label",
    "description", "issued-reason",
}  # fmt: skip
_IN_EVIDENCE = tuple(key for key in EVIDENCE_KEYS if key != "id")
_COLUMNS = {
    "claims": (*CLAIM_KEYS, *_IN_EVIDENCE, "passage"),
    "sources": ("key", *SOURCE_KEYS),
    "entities": ("id", *ENTITY_KEYS),
    "passages": EVIDENCE_KEYS,
}


@dataclass
class TableGroup:
    """The tables of one case."""

    stem: str
    parts: dict[str, Path] = field(default_factory=dict)


@dataclass(frozen=True)
class _Table:
    name: str
    header: list[str]
    rows: list[tuple[int, list[str]]]
    """Number of the row as a spreadsheet shows it, and its cells."""

    def cell(self, row: int, column: int) -> Location:
        return Location(self.name, row, 0, f"{_letters(column)}{row}")


def is_table(path: Path) -> bool:
    """Tell whether a file is a table of claims by its name."""
    return path.suffix.lower() in SUFFIXES


def group_tables(paths: Iterable[Path]) -> list[TableGroup]:
    """Return the tables case by case, by what their names share."""
    groups: dict[Path, TableGroup] = {}
    for path in paths:
        stem, dot, part = path.stem.rpartition(".")
        if path.stem in PARTS:
            home, name, part = path.parent, path.parent.resolve().name, path.stem
        elif dot and part in PARTS:
            home, name = path.parent / stem, stem
        else:
            home, name, part = path.parent / path.stem, path.stem, "claims"
        groups.setdefault(home, TableGroup(name)).parts.setdefault(part, path)
    return list(groups.values())


def read_group(group: TableGroup) -> tuple[Node | None, tuple[Finding, ...]]:
    """Return the tree of the tables of one case, and what is wrong with their form.

    Raises ``DiasporaKGError`` (DKG100) when a file cannot be read.
    """
    reader = _GroupReader()
    return reader.read(group), tuple(reader.findings)


class _GroupReader:
    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def read(self, group: TableGroup) -> Node | None:
        first = Location(str(next(iter(group.parts.values()))), 1, 0, "A1")
        entries: dict[str, tuple[Written, Node]] = {}
        if "case" in group.parts:
            for key, node in self._case(group.parts["case"]):
                entries[key] = (key, node)
        if "id" not in entries:
            name = Written(slug(group.stem), first)
            entries["id"] = (Written("id", first), Scalar(name))
        for part in ("sources", "entities", "passages"):
            if part in group.parts:
                node = self._keyed(part, group.parts[part])
                entries[part] = (Written(part, node.at), node)
        if "claims" in group.parts:
            claims = self._claims(group.parts["claims"])
            entries["claims"] = (Written("claims", claims.at), claims)
        return Mapping(tuple(entries.values()), first)

    # --- The parts ----------------------------------------------------------------------

    def _case(self, path: Path) -> tuple[tuple[Written, Node], ...]:
        name, records = self._records(path)
        pairs: list[tuple[str, Location, Written]] = []
        for number, cells in records:
            key = cells[0].strip() if cells else ""
            value = cells[1].strip() if len(cells) > 1 else ""
            if not key or key.lower() == "key" or not value:
                continue
            key_at = Location(name, number, 0, f"A{number}")
            pairs.append((key, key_at, Written(value, Location(name, number, 0, f"B{number}"))))
        allowed = [key for key in CASE_KEYS if key not in PARTS]
        return _nest([p for p in pairs if self._is_known(p[0], allowed, p[1])]).entries

    def _keyed(self, part: str, path: Path) -> Mapping:
        table = self._table(part, path)
        key_column = "key" if part == "sources" else "id"
        entries = []
        for number, pairs in self._pairs(table, part):
            named = [pair for pair in pairs if pair[0] == key_column]
            if not named:
                self._wrong(
                    "DKG110",
                    f"the row has no '{key_column}'",
                    "Every row needs a name by which claims refer to it.",
                    table.cell(number, 0),
                )
                continue
            rest = [pair for pair in pairs if pair[0] != key_column]
            entries.append((named[0][2], _nest(rest, table.cell(number, 0))))
        return Mapping(tuple(entries), Location(table.name, 1, 0, "A1"))

    def _claims(self, path: Path) -> Sequence:
        table = self._table("claims", path)
        claims: dict[str, _ClaimRow] = {}
        for number, pairs in self._pairs(table, "claims"):
            own = [pair for pair in pairs if _root(pair[0]) not in (*_IN_EVIDENCE, "passage")]
            evidence = [pair for pair in pairs if _root(pair[0]) in (*_IN_EVIDENCE, "passage")]
            name = next((str(pair[2]) for pair in own if pair[0] == "id"), f"row {number}")
            row = claims.setdefault(name, _ClaimRow(table.cell(number, 0), own))
            if row.own is not own:
                self._must_agree(row, own)
            row.evidence.append((table.cell(number, 0), evidence))
        items = tuple(row.node() for row in claims.values())
        return Sequence(items, Location(table.name, 1, 0, "A1"))

    def _must_agree(self, row: "_ClaimRow", again: list["_Pair"]) -> None:
        first = {key: str(value) for key, _, value in row.own}
        for key, _, value in again:
            if first.get(key, str(value)) != str(value):
                self._wrong(
                    "DKG128",
                    f"this row repeats a claim but gives another '{key}'",
                    "A repeated id adds a passage to the claim above; leave its other cells empty.",
                    value.at,
                )

    # --- Rows and cells -----------------------------------------------------------------

    def _records(self, path: Path) -> tuple[str, list[tuple[int, list[str]]]]:
        decoded = read_text(path, fallback=TURKISH)
        name = str(path)
        if decoded.guessed:
            message = f"the table is not in UTF-8; it was read as {decoded.guessed} (Turkish)"
            hint = "Look at the letters in the answers; saving it as 'CSV UTF-8' removes all doubt."
            at = Location(name, 1, 0, "A1")
            self.findings.append(Finding("DKG126", message, hint, Severity.WARNING, at))
        text = decoded.text
        start = re.match(r"sep=(.)\r?\n", text)
        delimiter = start.group(1) if start else _delimiter(text)
        rows = csv.reader(io.StringIO(text[start.end() :] if start else text), delimiter=delimiter)
        offset = 2 if start else 1
        try:
            return name, [(number, cells) for number, cells in enumerate(rows, start=offset)]
        except csv.Error as error:
            raise DiasporaKGError(
                "DKG128",
                f"the table cannot be taken apart: {error}",
                "Look for a quotation mark that is never closed.",
                Location(name, rows.line_num, 0, f"A{rows.line_num}"),
            ) from error

    def _table(self, part: str, path: Path) -> _Table:
        name, records = self._records(path)
        filled = [(number, cells) for number, cells in records if any(c.strip() for c in cells)]
        header_row, header = filled[0]
        table = _Table(name, [cell.strip() for cell in header], filled[1:])
        seen: dict[str, int] = {}
        for column, key in enumerate(table.header):
            at = table.cell(header_row, column)
            if key and not self._is_known(key, _COLUMNS[part], at):
                table.header[column] = ""
            elif key in seen:
                self._wrong(
                    "DKG102",
                    f"the column '{key}' stands twice, first in column {_letters(seen[key])}",
                    "Keep one of the two; the second has not been read.",
                    at,
                )
                table.header[column] = ""
            seen.setdefault(key, column)
        return table

    def _is_known(self, key: str, allowed: Iterable[str], at: Location) -> bool:
        root, _, rest = key.partition(".")
        if root == "evidence" and rest:
            root, _, rest = rest.partition(".")
        names = list(allowed)
        if root not in names:
            hint = did_you_mean(root, names, f"Known are: {', '.join(sorted(names))}.")
            self._wrong("DKG103", f"unknown column '{key}'", hint, at)
            return False
        if root in _NEED_LANGUAGE and not rest:
            self._wrong(
                "DKG109",
                f"the column '{key}' has no language",
                f"Name it '{key}.en', '{key}.tr' …, with the code of the language of its texts.",
                at,
            )
            return False
        return True

    def _pairs(self, table: _Table, part: str) -> Iterator[tuple[int, list["_Pair"]]]:
        for number, cells in table.rows:
            pairs: list[_Pair] = []
            for column, cell in enumerate(cells):
                key = table.header[column] if column < len(table.header) else ""
                text = cell.strip()
                if column >= len(table.header) and text:
                    self._wrong(
                        "DKG128",
                        "the row has more cells than the table has columns",
                        "A text that holds the separator must stand between quotation marks.",
                        table.cell(number, column),
                    )
                    break
                if key and text:
                    at = table.cell(number, column)
                    pairs.append((key.removeprefix("evidence."), at, Written(text, at)))
            if pairs:
                yield number, pairs

    def _wrong(self, code: str, message: str, hint: str, at: Location) -> None:
        self.findings.append(Finding(code, message, hint, Severity.VIOLATION, at))


_Pair = tuple[str, Location, Written]


@dataclass
class _ClaimRow:
    at: Location
    own: list[_Pair]
    evidence: list[tuple[Location, list[_Pair]]] = field(default_factory=list)

    def node(self) -> Mapping:
        items: list[Node] = []
        for at, pairs in self.evidence:
            for key, _, value in pairs:
                if key == "passage":
                    items.extend(_parts(value))
            own = [pair for pair in pairs if pair[0] != "passage"]
            if own:
                items.append(_nest(own, at))
        nested = _nest(self.own, self.at)
        if not items:
            return nested
        entry = (Written("evidence", self.at), Sequence(tuple(items), self.at))
        return Mapping((*nested.entries, entry), self.at)


def _nest(pairs: list[_Pair], at: Location | None = None) -> Mapping:
    """Return the mapping that dotted keys stand for."""
    place = at or (pairs[0][1] if pairs else Location(""))
    grouped: dict[str, list[_Pair]] = {}
    for key, key_at, value in pairs:
        root, _, rest = key.partition(".")
        grouped.setdefault(root, []).append((rest, key_at, value))
    entries: list[tuple[Written, Node]] = []
    for root, inner in grouped.items():
        name = Written(root, inner[0][1])
        if inner[0][0]:
            entries.append((name, _nest([pair for pair in inner if pair[0]], inner[0][1])))
        elif root in _LISTS:
            entries.append((name, Sequence(tuple(_parts(inner[0][2])), inner[0][2].at)))
        else:
            entries.append((name, Scalar(inner[0][2])))
    return Mapping(tuple(entries), place)


def _parts(value: Written) -> list[Node]:
    parts = (part.strip() for part in value.split("|"))
    return [Scalar(Written(part, value.at)) for part in parts if part]


def _root(key: str) -> str:
    return key.partition(".")[0]


def _delimiter(text: str) -> str:
    header = text.split("\n", 1)[0]
    outside = re.sub(r'"[^"]*"', "", header)
    return max((";", "\t", ","), key=outside.count)


def _letters(column: int) -> str:
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
