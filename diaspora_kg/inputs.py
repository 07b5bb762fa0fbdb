"""The files that a command was given: which of them are cases, tables or bibliographies."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from diaspora_kg.errors import DiasporaKGError, Finding, Location
from diaspora_kg.model import Case, Source
from diaspora_kg.reading import bibliography, cases, decoding, tables, yaml_files
from diaspora_kg.reading.tree import Node

_YAML = (".yaml", ".yml")


@dataclass
class Inputs:
    """Everything read from the files of one command."""

    files: list[Path] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read_inputs(paths: Iterable[Path]) -> Inputs:
    """Return the cases and sources of files and folders, with all mistakes of form at once.

    A file that cannot be read is a finding; the others are read all the same.

    Raises ``DiasporaKGError`` (DKG100) when a path does not exist, or nothing is there to read.
    """
    inputs = Inputs(_files(paths))
    for group in tables.group_tables(path for path in inputs.files if tables.is_table(path)):
        _attempt(inputs, partial(_read_tables, group, inputs))
    for path in inputs.files:
        suffix = path.suffix.lower()
        if suffix in _YAML:
            _attempt(inputs, partial(_read_yaml, path, inputs))
        elif suffix in bibliography.SUFFIXES:
            _attempt(inputs, partial(_read_sources, path, inputs))
    return inputs


def _files(paths: Iterable[Path]) -> list[Path]:
    found: dict[Path, Path] = {}
    for path in paths:
        if not path.exists():
            raise DiasporaKGError(
                "DKG100",
                f"there is no file or folder '{path}'",
                "Check the name; without a path, the packaged cases are read.",
                Location(str(path)),
            )
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in inside:
            if file.is_file() and _is_input(file, named=not path.is_dir()):
                found.setdefault(file.resolve(), file)
    if not found:
        raise DiasporaKGError(
            "DKG100",
            "no case file was found",
            "A case is a .yaml file or a .csv table; 'diaspora-kg new case NAME' writes one.",
        )
    return sorted(found.values(), key=str)


def _is_input(file: Path, named: bool) -> bool:
    suffix = file.suffix.lower()
    known = suffix in _YAML or suffix == ".bib" or tables.is_table(file)
    if known or suffix == ".json":
        return not file.name.startswith(".")
    if named:
        raise DiasporaKGError(
            "DKG100",
            f"'{file.name}' is no kind of file that cases are read from",
            "Cases are .yaml, .csv or .tsv; bibliographies .bib or CSL-JSON (.json).",
            Location(str(file)),
        )
    return False


def _attempt(inputs: Inputs, read: Callable[[], None]) -> None:
    try:
        read()
    except DiasporaKGError as error:
        inputs.findings.extend(error.findings)


def _read_yaml(path: Path, inputs: Inputs) -> None:
    text = decoding.read_text(path).text
    _take(yaml_files.read_tree(text, str(path)), inputs)


def _read_tables(group: tables.TableGroup, inputs: Inputs) -> None:
    tree, findings = tables.read_group(group)
    inputs.findings.extend(findings)
    if tree is not None:
        _take(tree, inputs)


def _take(tree: Node, inputs: Inputs) -> None:
    case, findings = cases.case_from_tree(tree)
    inputs.findings.extend(findings)
    if case is not None:
        inputs.cases.append(case)


def _read_sources(path: Path, inputs: Inputs) -> None:
    sources, findings = bibliography.read_bibliography(path)
    inputs.sources.extend(sources)
    inputs.findings.extend(findings)
