"""How old a graph is: which of the files that it was made from changed since."""

from pathlib import Path

from diaspora_kg.resources import files_below, folder
from diaspora_kg.store import StoredBuild

_CASE_SUFFIXES = (".yaml", ".yml", ".csv", ".tsv", ".xlsx", ".parquet", ".bib", ".nq")


def stale_inputs(build: StoredBuild, *, is_packaged: bool) -> list[str]:
    """Return the case files that were changed, added or taken away after a build."""
    pointer = build.folder.parent.parent / "CURRENT"
    if not pointer.is_file():
        return []
    built = pointer.stat().st_mtime
    if is_packaged:
        return [name for name in _packaged_inputs() if _changed_since(name, built)]
    names = build.meta.get("inputs", [])
    beside = pointer.parent.parent
    stale = [name for name in names if _changed_since(name, built, beside)]
    for given in build.meta.get("given", []):
        stale += [str(f) for f in _new_files(Path(given), built) if str(f) not in names]
    return stale


def _packaged_inputs() -> list[str]:
    root = folder("cases")
    files = [f for suffix in (".yaml", ".bib") for f in files_below(root, suffix)]
    return [str(file) for file in files if Path(str(file)).is_file()]


def _changed_since(name: str, moment: float, beside: Path | None = None) -> bool:
    """Tell whether a file is newer than a moment, or gone from a folder that is there.

    A relative name was written where the graph was built: here, or beside the graph.
    """
    files = [Path(name)] if beside is None else [Path(name), beside / name]
    for file in files:
        if file.is_file():
            return file.stat().st_mtime > moment
    return Path(name).parent != Path() and any(file.parent.is_dir() for file in files)


def _new_files(folder_given: Path, moment: float) -> list[Path]:
    if not folder_given.is_dir():
        return []
    files = (file for file in folder_given.rglob("*") if file.suffix.lower() in _CASE_SUFFIXES)
    newer = (file for file in files if file.is_file() and file.stat().st_mtime > moment)
    return sorted(file for file in newer if file.suffix.lower() != ".xlsx" or _holds_case(file))


def _holds_case(file: Path) -> bool:
    from diaspora_kg.reading.workbooks import holds_case, is_workbook

    return is_workbook(file) and holds_case(file)
