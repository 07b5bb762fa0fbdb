"""Corpora: tables that hold many cases, told apart by a column ``case`` or a folder ``case=ID``.

All such tables of one folder are one corpus, in the order of their names, as a program writes
them that splits a large table into parts. Beside them may stand ``cases`` (one row a case, with
the case's own fields), ``entities`` and ``passages`` (with a column ``case`` as well) and
``sources`` (which belong to no case), alone or after the name of a table: ``big.cases.csv``.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import unquote

from diaspora_kg.errors import Finding, Location, Severity
from diaspora_kg.model import Written
from diaspora_kg.reading.records import Record, Records, read_records
from diaspora_kg.reading.table_groups import home_of
from diaspora_kg.reading.tables import CaseTables, read_tables
from diaspora_kg.reading.tree import Node

COLUMN = "case"
"""The column that says to which case a row belongs."""
_FOLDER = "case="
_BY_CASE = ("claims", "entities", "passages")
_PARTS = (*_BY_CASE, "cases", "sources")
_ORDER = (*_PARTS, "case")
_NAMED_BY = {"cases": "id"}


@dataclass
class Corpus:
    """The tables of one folder that hold many cases, part by part, in the order of their names."""

    folder: Path
    parts: dict[str, list[Path]] = field(default_factory=dict)

    @property
    def tables(self) -> list[tuple[str, Path]]:
        """Every table of cases with its part; those of sources belong to no case."""
        return [(part, path) for part in _PARTS[:-1] for path in self.parts.get(part, ())]

    @property
    def sources(self) -> list[Path]:
        """The tables of sources."""
        return self.parts.get("sources", [])


@dataclass(frozen=True)
class Fragment:
    """Those rows of one table that belong to one case."""

    part: str
    case: Written
    """The id of the case, at the first place where it stands."""
    records: Records


def find_corpora(headers: Mapping[Path, tuple[str, ...]]) -> tuple[list[Corpus], list[Path]]:
    """Return the corpora among some tables, given by their headers, and the tables of none."""
    paths = sorted(headers, key=str)
    marked = [path for path in paths if _holds_cases(path, headers[path])]
    corpora = {folder: Corpus(folder) for folder in sorted({_folder_of(path) for path in marked})}
    stems = {(_folder_of(path), path.stem) for path in marked}
    rest: list[Path] = []
    for path in paths:
        corpus, part = corpora.get(_folder_of(path)), _part_of(path)
        if corpus is not None and (path in marked or _belongs(path, part, stems)):
            corpus.parts.setdefault(part, []).append(path)
        else:
            rest.append(path)
    return list(corpora.values()), rest


def fragments(part: str, path: Path, records: Records) -> tuple[list[Fragment], list[Finding]]:
    """Return the rows of one table case by case, and the findings on rows that name none."""
    by_folder = _case_of_folder(path)
    names = [name.lower() for name in records.rows[0].cells]
    column = names.index(_key(part)) if _key(part) in names else None
    if by_folder is None and column is None:
        return [], [_without_column(part, records)]
    kept: dict[str, tuple[Written, list[Record]]] = {}
    findings: list[Finding] = []
    for row in records.rows[1:]:
        case = by_folder or _named(records, row, column)
        if case is None:
            findings.append(_nameless(records, row, column or 0))
            continue
        shown = row if by_folder or part in _NAMED_BY else _without(row, column)
        kept.setdefault(case, (case, []))[1].append(shown)
    head = records.rows[0] if by_folder or part in _NAMED_BY else _without(records.rows[0], column)
    return [
        Fragment(part, case, Records(records.file, (head, *rows))) for case, rows in kept.values()
    ], findings


def join(found: Iterable[Fragment]) -> CaseTables:
    """Return the tables of one case from its fragments, in whatever order they come."""
    ordered = sorted(found, key=lambda f: (_ORDER.index(f.part), f.records.file, _first(f)))
    parts: dict[str, tuple[Records, ...]] = {}
    for each in ordered:
        former = parts.get(each.part, ())
        if former and former[-1].file == each.records.file:
            rows = sorted((*former[-1].rows[1:], *each.records.rows[1:]), key=lambda r: r.number)
            joined = replace(former[-1], rows=(each.records.rows[0], *rows))
            parts[each.part] = (*former[:-1], joined)
        else:
            parts[each.part] = (*former, each.records)
    return CaseTables(min((each.case for each in ordered), key=lambda case: case.at), parts)


def read_corpus(corpus: Corpus) -> Iterator[tuple[Node | None, tuple[Finding, ...]]]:
    """Yield the tree of every case of a corpus with what is wrong with it; last, of its files.

    Raises ``DiasporaKGError`` as ``read_records`` does.
    """
    by_case: dict[str, list[Fragment]] = {}
    told: list[Finding] = []
    for part, path in corpus.tables:
        records = read_records(path)
        found, findings = fragments(part, path, records)
        told += [*records.findings, *findings]
        for each in found:
            by_case.setdefault(each.case, []).append(each)
    seen = set(told)
    for case in sorted(by_case):
        tree, findings_of_case = read_tables(join(by_case[case]))
        # what is wrong with a header is wrong for every case, and said once
        yield tree, tuple(finding for finding in findings_of_case if finding not in seen)
        seen.update(findings_of_case)
    yield None, tuple(told)


# --- Which tables -----------------------------------------------------------------------


def _holds_cases(path: Path, names: tuple[str, ...]) -> bool:
    if _part_of(path) != "claims":
        return False
    columns = {name.lower() for name in names}
    return _case_of_folder(path) is not None or {COLUMN, "property"} <= columns


def _belongs(path: Path, part: str, stems: set[tuple[Path, str]]) -> bool:
    """Tell whether a table of entities, sources … stands beside the claims of a corpus."""
    if part not in _PARTS or part == "claims":
        return False
    return path.stem == part or (_folder_of(path), path.stem.rpartition(".")[0]) in stems


def _part_of(path: Path) -> str:
    stem = path.stem.rpartition(".")[2]
    return stem if stem == "cases" else home_of(path)[2]


def _folder_of(path: Path) -> Path:
    return path.parent.parent if path.parent.name.startswith(_FOLDER) else path.parent


def _case_of_folder(path: Path) -> Written | None:
    name = path.parent.name
    if not name.startswith(_FOLDER):
        return None
    return Written(unquote(name.removeprefix(_FOLDER)), Location(str(path), 1, 0, "A1"))


# --- Rows -------------------------------------------------------------------------------


def _key(part: str) -> str:
    return _NAMED_BY.get(part, COLUMN)


def _named(records: Records, row: Record, column: int | None) -> Written | None:
    if column is None or column >= len(row.cells) or not row.cells[column]:
        return None
    return Written(row.cells[column], records.cell(row.number, column))


def _without(row: Record, column: int | None) -> Record:
    cells = ("" if n == column else text for n, text in enumerate(row.cells))
    return Record(row.number, tuple(cells))


def _first(fragment: Fragment) -> int:
    rows = fragment.records.rows
    return rows[1].number if len(rows) > 1 else 0


def _without_column(part: str, records: Records) -> Finding:
    return Finding(
        "DKG647",
        f"this table of {part} has no column '{_key(part)}'",
        "The claims beside it are of many cases: every row says to which of them it belongs.",
        Severity.VIOLATION,
        records.cell(records.rows[0].number, 0),
    )


def _nameless(records: Records, row: Record, column: int) -> Finding:
    return Finding(
        "DKG647",
        "this row names no case",
        f"Fill the column '{records.rows[0].cells[column]}' with the id of the case.",
        Severity.VIOLATION,
        records.cell(row.number, column),
    )


__all__ = [
    "COLUMN",
    "Corpus",
    "Fragment",
    "find_corpora",
    "fragments",
    "join",
    "read_corpus",
]
