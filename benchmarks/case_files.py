"""Writing generated cases: as YAML files, or as tables of claims with what stands beside them."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from benchmarks.generator import CLAIMS_PER_CASE, CaseDraft, Draft, generate_cases

_LIST_IN_CELL = " | "


def write_yaml(folder: Path, count: int, *, claims: int = CLAIMS_PER_CASE, seed: int = 7) -> None:
    """Write so many generated cases into a folder, one YAML file a case.

    The same call writes the same bytes. ``yaml_of(generate_case(17, seed=8))`` is case 17 with
    other claims: an edited case.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for case in generate_cases(count, claims=claims, seed=seed):
        (folder / f"{case.id}.yaml").write_text(yaml_of(case), "utf-8")


def write_tables(folder: Path, count: int, *, claims: int = CLAIMS_PER_CASE, seed: int = 7) -> None:
    """Write the same cases as CSV tables: claims, sources, entities, passages, the case's own."""
    folder.mkdir(parents=True, exist_ok=True)
    for case in generate_cases(count, claims=claims, seed=seed):
        for name, text in tables_of(case).items():
            (folder / name).write_text(text, "utf-8")


def yaml_of(case: CaseDraft) -> str:
    """Return a case as a YAML file, in block style, every text between quotation marks."""
    whole: Draft = {**case.fields}
    for part in ("sources", "entities", "passages", "claims"):
        if getattr(case, part):
            whole[part] = getattr(case, part)
    lines = [f"# Generated: {case.id}"]
    _write_mapping(whole, "", lines)
    return "\n".join(lines) + "\n"


def tables_of(case: CaseDraft) -> dict[str, str]:
    """Return the tables of a case by the names of their files."""
    own = [("key", "value"), *_flat(case.fields).items()]
    tables = {f"{case.id}.case.csv": _csv(own)}
    keyed = {"sources": "key", "entities": "id", "passages": "id"}
    for part, key in keyed.items():
        rows = [{key: name, **_flat(draft)} for name, draft in getattr(case, part).items()]
        tables[f"{case.id}.{part}.csv"] = _table(rows)
    tables[f"{case.id}.csv"] = _table([_flat(claim) for claim in case.claims])
    return tables


# --- YAML -------------------------------------------------------------------------------


def _write_mapping(mapping: Mapping[str, object], indent: str, lines: list[str]) -> None:
    for key, value in mapping.items():
        if isinstance(value, dict):
            lines.append(f"{indent}{key}:")
            _write_mapping(value, indent + "  ", lines)
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            lines.append(f"{indent}{key}:")
            for item in value:
                first = len(lines)
                _write_mapping(item, indent + "    ", lines)
                lines[first] = f"{indent}  - {lines[first].lstrip()}"
        elif isinstance(value, list):
            items = ", ".join(_quoted(item) for item in value)
            lines.append(f"{indent}{key}: [{items}]")
        else:
            lines.append(f"{indent}{key}: {_quoted(value)}")


def _quoted(value: object) -> str:
    """Return a text in double quotes: JSON's form is one of YAML's."""
    return json.dumps(str(value), ensure_ascii=False)


# --- Tables -----------------------------------------------------------------------------


def _flat(draft: Mapping[str, object], before: str = "") -> dict[str, str]:
    """Return keys joined by dots, with the items of a list in one cell."""
    cells: dict[str, str] = {}
    for key, value in draft.items():
        if isinstance(value, dict):
            cells.update(_flat(value, f"{before}{key}."))
        elif isinstance(value, list):
            cells[before + key] = _LIST_IN_CELL.join(str(item) for item in value)
        else:
            cells[before + key] = str(value)
    return cells


def _table(rows: list[dict[str, str]]) -> str:
    header = list(dict.fromkeys(key for row in rows for key in row))
    return _csv([header, *([row.get(key, "") for key in header] for row in rows)])


def _csv(rows: Iterable[Iterable[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
