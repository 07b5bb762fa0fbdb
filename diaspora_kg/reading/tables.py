"""Tables to the same tree that YAML gives: one row a claim, keys flattened with dots."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from diaspora_kg.errors import Finding, Location, Severity
from diaspora_kg.model import Written
from diaspora_kg.naming import slug
from diaspora_kg.reading.cells import chain_of, listed, parts_of
from diaspora_kg.reading.keys import (
    CASE_KEYS,
    CLAIM_KEYS,
    ENTITY_KEYS,
    EVIDENCE_KEYS,
    SOURCE_KEYS,
    what_key_was_meant,
)
from diaspora_kg.reading.records import Records, letters, read_records
from diaspora_kg.reading.table_groups import PARTS, TableGroup
from diaspora_kg.reading.tree import Mapping, Node, Scalar, Sequence

_LISTS = {
    "claims": {"hedge", "attributed-to", "restates", "supports", "contrary-to"},
    "case": {"type", "candidates"},
    "cases": {"type", "candidates"},
    "sources": {"author", "derived-from"},
    "entities": {"type", "candidates"},
    "passages": set[str](),
}
"""Where ``|`` separates the items of a cell; in ``alt-label.en`` it does so too."""
_NEED_LANGUAGE = {
    "quote", "translation", "phrase", "rationale", "condition", "label", "alt-label",
    "description", "issued-reason",
}  # fmt: skip
_IN_EVIDENCE = tuple(key for key in EVIDENCE_KEYS if key != "id")
_OF_CASE = tuple(key for key in CASE_KEYS if key not in PARTS)
_COLUMNS = {
    "cases": _OF_CASE,
    "claims": (*CLAIM_KEYS, *_IN_EVIDENCE, "passage"),
    "sources": ("key", *SOURCE_KEYS),
    "entities": ("id", *ENTITY_KEYS),
    "passages": EVIDENCE_KEYS,
}


@dataclass(frozen=True)
class CaseTables:
    """The rows of one case, part by part; the rows of one part may come from several files."""

    id: Written
    """What the case is called when no row of it says so."""
    parts: dict[str, tuple[Records, ...]]


def read_group(group: TableGroup) -> tuple[Node, tuple[Finding, ...]]:
    """Return the tree of the tables of one case, and what is wrong with their form.

    Raises ``DiasporaKGError``: DKG100 when a file cannot be read, DKG128 when one cannot be taken
    apart.
    """
    parts: dict[str, tuple[Records, ...]] = {}
    for part, path in group.parts.items():
        parts[part] = (read_records(path),)
    tree, findings = read_tables(CaseTables(name_of(group), parts))
    told = (finding for records in parts.values() for each in records for finding in each.findings)
    return tree, (*told, *findings)


def name_of(group: TableGroup) -> Written:
    """Return the id of a case that its tables do not name otherwise."""
    first = next(iter(group.parts.values()))
    return Written(slug(group.stem), Location(str(first), 1, 0, "A1"))


def read_tables(tables: CaseTables) -> tuple[Node, tuple[Finding, ...]]:
    """Return the tree of the rows of one case, and what is wrong with them beyond the files."""
    reader = _GroupReader()
    return reader.read(tables), tuple(reader.findings)


_Pair = tuple[str, Location, Written]
"""A dotted key, the place of its column's cell, and the text."""


class _GroupReader:
    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def read(self, tables: CaseTables) -> Node:
        first, parts = tables.id.at, tables.parts
        entries: dict[str, tuple[Written, Node]] = {}
        for part, read in (("case", self._case), ("cases", self._row_of_case)):
            if part in parts:
                for key, node in read(parts[part]).entries:
                    entries[key] = (key, node)
        if "id" not in entries:
            entries["id"] = (Written("id", first), Scalar(tables.id))
        for part in ("sources", "entities", "passages"):
            if part in parts:
                keyed = self._keyed(part, parts[part])
                entries[part] = (Written(part, keyed.at), keyed)
        if "claims" in parts:
            claims = self._claims(parts["claims"])
            entries["claims"] = (Written("claims", claims.at), claims)
        return Mapping(tuple(entries.values()), first)

    # --- The parts ----------------------------------------------------------------------

    def _row_of_case(self, files: tuple[Records, ...]) -> Mapping:
        """Read a table with a row a case, of which only the row of this case is left."""
        rows = [(f.cell(n, 0), pairs) for f in files for n, pairs in self._pairs(f, "cases")]
        for at, _ in rows[1:]:
            self._wrong(
                "DKG102",
                f"this case has a row already, at {rows[0][0]}",
                "Keep one of the two; the second has not been read.",
                at,
            )
        return self._nest(rows[0][1] if rows else [], "cases")

    def _case(self, files: tuple[Records, ...]) -> Mapping:
        pairs: list[_Pair] = []
        for records, row in ((each, row) for each in files for row in each.rows):
            typed, value, *others = (*row.cells, "", "")
            key = typed.lower()
            at = records.cell(row.number, 0)
            if any(others) or (value and not key):
                self._wrong(
                    "DKG128",
                    "this table has two columns, a key and a value, and this row has another form",
                    "A text that holds the separator must stand between quotation marks.",
                    at,
                )
            elif not (key and value) or (key, value) == ("key", "value"):
                continue
            elif self._is_known(typed, _OF_CASE, at, "key"):
                pairs.append((key, at, Written(value, records.cell(row.number, 1))))
        return self._nest(pairs, "case")

    def _keyed(self, part: str, files: tuple[Records, ...]) -> Mapping:
        key_column = "key" if part == "sources" else "id"
        entries: dict[str, tuple[Written, Node]] = {}
        for at, pairs in (
            (f.cell(n, 0), pairs) for f in files for n, pairs in self._pairs(f, part)
        ):
            name = next((value for key, _, value in pairs if key == key_column), None)
            if name is None:
                self._wrong(
                    "DKG110",
                    f"the row has no '{key_column}'",
                    "Every row needs a name by which claims refer to it.",
                    at,
                )
            elif name in entries:
                self._wrong(
                    "DKG102",
                    f"'{name}' stands twice in this table, first at {entries[name][0].at.cell}",
                    "Keep one of the two; neither has been read.",
                    name.at,
                )
            else:
                rest = [pair for pair in pairs if pair[0] != key_column]
                entries[name] = (name, self._nest(rest, part, at))
        return Mapping(tuple(entries.values()), files[0].cell(1, 0))

    def _claims(self, files: tuple[Records, ...]) -> Sequence:
        claims: dict[str | Location, _ClaimRow] = {}
        located = ((f.cell(n, 0), pairs) for f in files for n, pairs in self._pairs(f, "claims"))
        for at, pairs in located:
            own = [pair for pair in pairs if not _is_evidence(pair[0])]
            evidence = [pair for pair in pairs if _is_evidence(pair[0])]
            name = next((str(pair[2]) for pair in own if pair[0] == "id"), at)
            row = claims.setdefault(name, _ClaimRow(at, own))
            if row.own is not own:
                self._must_agree(row, own)
            row.evidence.append((at, evidence))
        items = tuple(self._claim(row) for row in claims.values())
        return Sequence(items, files[0].cell(1, 0))

    def _must_agree(self, row: "_ClaimRow", again: list[_Pair]) -> None:
        first = {key: str(value) for key, _, value in row.own}
        for key, _, value in again:
            if first.get(key) != str(value):
                self._wrong(
                    "DKG132",
                    f"this row repeats the claim at {row.at.cell} but gives another '{key}'",
                    "A repeated id adds a passage to the claim above: leave its other cells empty, "
                    "or give the row an id of its own.",
                    value.at,
                )

    def _claim(self, row: "_ClaimRow") -> Mapping:
        passages: list[Node] = []
        for at, pairs in row.evidence:
            for key, _, value in pairs:
                if key == "passage":
                    passages.extend(parts_of(value))
            own = [pair for pair in pairs if pair[0] != "passage"]
            if own:
                passages.append(self._nest(own, "claims", at))
        claim = self._nest(row.own, "claims", row.at)
        if not passages:
            return claim
        entry = (Written("evidence", row.at), Sequence(tuple(passages), row.at))
        return Mapping((*claim.entries, entry), row.at)

    # --- Columns and cells --------------------------------------------------------------

    def _header(self, records: Records, part: str) -> list[str]:
        row = records.rows[0]
        header = [key.lower() for key in row.cells]
        seen: dict[str, int] = {}
        for column, (key, typed) in enumerate(zip(header, row.cells, strict=True)):
            at = records.cell(row.number, column)
            if not key:
                continue
            if not self._is_known(typed, _COLUMNS[part], at):
                header[column] = "?"
            elif key in seen:
                self._wrong(
                    "DKG102",
                    f"the column '{key}' stands twice, first in column {letters(seen[key])}",
                    "Keep one of the two; the second has not been read.",
                    at,
                )
                header[column] = "?"
            seen.setdefault(key, column)
        return header

    def _is_known(
        self, typed: str, allowed: Iterable[str], at: Location, what: str = "column"
    ) -> bool:
        root, _, rest = typed.partition(".")
        if root.lower() == "evidence" and rest:
            root, _, rest = rest.partition(".")
        names, key = list(allowed), typed.lower()
        if root.lower() not in names:
            known = f"Known are: {', '.join(sorted(names))}."
            claim = f"a row of the claims, with {root} in the column 'property'"
            hint = what_key_was_meant(root, names, known, claim)
            self._wrong("DKG103", f"unknown {what} '{typed}'", hint, at)
            return False
        if root.lower() in _NEED_LANGUAGE and not rest:
            self._wrong(
                "DKG109",
                f"the column '{key}' has no language",
                f"Name it '{key}.en', '{key}.tr' …, with the code of the language of its texts.",
                at,
            )
            return False
        return True

    def _pairs(self, records: Records, part: str) -> Iterator[tuple[int, list[_Pair]]]:
        header = [_bare_key(key) for key in self._header(records, part)]
        widest = max(len(row.cells) for row in records.rows)
        columns = [(key, records.column(number)) for number, key in enumerate(header)]
        columns += [("", records.column(number)) for number in range(len(header), widest)]
        file = records.file
        for row in records.rows[1:]:
            pairs: list[_Pair] = []
            for (key, column), text in zip(columns, row.cells, strict=False):
                if not text:
                    continue
                at = Location(file, row.number, 0, f"{column}{row.number}")
                if not key:
                    self._wrong(
                        "DKG128",
                        "this cell stands under no column name",
                        "Name the column, or empty the cell. A text that holds the separator must "
                        "stand between quotation marks.",
                        at,
                    )
                    break
                if key != "?":
                    pairs.append((key, at, Written(text, at)))
            if pairs:
                yield row.number, pairs

    def _nest(self, pairs: list[_Pair], part: str, at: Location | None = None) -> Mapping:
        """Return the mapping that dotted keys stand for."""
        place = at or (pairs[0][1] if pairs else Location(""))
        grouped: dict[str, list[_Pair]] = {}
        for key, key_at, value in pairs:
            root, _, rest = key.partition(".")
            grouped.setdefault(root, []).append((rest, key_at, value))
        entries: list[tuple[Written, Node]] = []
        for root, inner in grouped.items():
            rest, key_at, value = inner[0]
            if not rest and len(inner) == 1:  # as most columns are
                entries.append((Written(root, key_at), self._leaf(root, value, part)))
                continue
            plain = [value for rest, _, value in inner if not rest]
            if plain:
                self._wrong(
                    "DKG102",
                    f"'{root}' is given twice in this row",
                    "Fill one of the columns that begin with this name and leave the other empty.",
                    inner[-1][2].at,
                )
            node = self._leaf(root, plain[0], part) if plain else self._inner(root, inner, part)
            entries.append((Written(root, inner[0][1]), node))
        return Mapping(tuple(entries), place)

    def _inner(self, root: str, pairs: list[_Pair], part: str) -> Node:
        if root != "alt-label":
            return self._nest(pairs, part, pairs[0][1])
        entries = ((Written(rest, at), listed(value)) for rest, at, value in pairs)
        return Mapping(tuple(entries), pairs[0][1])

    @staticmethod
    def _leaf(root: str, value: Written, part: str) -> Node:
        if root == "attributed-to":
            return chain_of(value)
        return listed(value) if root in _LISTS[part] else Scalar(value)

    def _wrong(self, code: str, message: str, hint: str, at: Location) -> None:
        self.findings.append(Finding(code, message, hint, Severity.VIOLATION, at))


@dataclass
class _ClaimRow:
    at: Location
    own: list[_Pair]
    evidence: list[tuple[Location, list[_Pair]]] = field(default_factory=list)


def _bare_key(key: str) -> str:
    return "passage" if key == "evidence" else key.removeprefix("evidence.")


@lru_cache(maxsize=1024)
def _is_evidence(key: str) -> bool:
    root = key.partition(".")[0]
    return root == "passage" or root in _IN_EVIDENCE
