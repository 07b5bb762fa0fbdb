"""The files that a command was given: which of them are cases, tables or bibliographies.

A file that is named alone still sees what lies beside it: the other tables of its case, and the
bibliographies of its folder as far as it cites them.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from diaspora_kg.errors import DiasporaKGError, Finding, Location, MissingPartError, Severity
from diaspora_kg.model import Case, ObservationTable, Source
from diaspora_kg.neighbours import cited, files_beside, sources_beside
from diaspora_kg.reading import (
    bibliography,
    cases,
    corpora,
    data_sets,
    decoding,
    sssom,
    tables,
    workbooks,
    yaml_files,
)
from diaspora_kg.reading.directions import turned_lines
from diaspora_kg.reading.forms import Form
from diaspora_kg.reading.links import Link
from diaspora_kg.reading.observations import digest_of, is_observations, read_observations
from diaspora_kg.reading.records import header, read_records
from diaspora_kg.reading.source_entries import read_sources
from diaspora_kg.reading.tree import Mapping, Node
from diaspora_kg.store import is_store
from diaspora_kg.terms import Quad

YAML = (".yaml", ".yml")
STDIN = Path("-")
_OTHER_WORKBOOKS = (".xls", ".ods", ".numbers")


@dataclass
class Inputs:
    """Everything read from the files of one command."""

    files: list[Path] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    named: list[Path] = field(default_factory=list)
    """The files that were named one by one, not found in a folder."""
    given: list[Path] = field(default_factory=list)
    """The paths that the command was given."""
    observations: list[ObservationTable] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    """What mapping sets say, rejected and undecided mappings among it."""
    data_sets: list[Quad] = field(default_factory=list)
    """The statements of imported data sets."""


@dataclass(frozen=True)
class Layout:
    """What each file of a command is."""

    cases: tuple[Path, ...]
    """Cases in YAML and in workbooks."""
    groups: tuple[tables.TableGroup, ...]
    """Tables, case by case."""
    source_tables: tuple[tables.TableGroup, ...]
    """Tables of sources that belong to no case."""
    corpora: tuple[corpora.Corpus, ...]
    """Tables that hold many cases."""
    observations: tuple[Path, ...]
    bibliographies: tuple[Path, ...]
    mapping_sets: tuple[Path, ...] = ()
    data_sets: tuple[Path, ...] = ()

    @property
    def outside(self) -> tuple[Path, ...]:
        """The files that are no part of a case, and that only a whole build takes in."""
        return (*self.mapping_sets, *self.data_sets)


def read_inputs(paths: Iterable[Path]) -> Inputs:
    """Return the cases and sources of files and folders, with all mistakes of form at once.

    ``-`` is a case in YAML on stdin. A file that cannot be read is a finding; the others are read
    all the same.

    Raises ``DiasporaKGError`` (DKG100) when a path does not exist, or nothing is there to read.
    """
    inputs = find_inputs(paths)
    return read_found(inputs, lay_out(inputs.files))


def read_found(inputs: Inputs, layout: Layout) -> Inputs:
    """Return what the files hold that were found and laid out, as ``read_inputs`` does."""
    for group in layout.groups:
        _attempt(inputs, partial(_read_tables, group, inputs))
    for corpus in layout.corpora:
        _attempt(inputs, partial(_read_corpus, corpus, inputs))
    for table in layout.observations:
        _attempt(inputs, partial(_read_observations, table, inputs))
    for path in layout.cases:
        _attempt(inputs, partial(_read_case, path, inputs))
    read_bibliographies(layout, inputs)
    read_outside(layout, inputs)
    beside = sources_beside(inputs.named, inputs.files)
    inputs.sources.extend(cited(beside, inputs.cases, inputs.sources))
    return inputs


# --- File by file -----------------------------------------------------------------------


@dataclass(frozen=True)
class Part:
    """Files that are read together, and nothing else with them: one case, or one bibliography."""

    files: tuple[Path, ...]
    read: Callable[[Inputs], None]


def parts_of(layout: Layout) -> tuple[Part, ...]:
    """Return the cases and bibliographies of a command; tables of many cases are not among them."""
    return (
        *(_part(group.parts.values(), partial(_read_tables, group)) for group in layout.groups),
        *(_part((path,), partial(_read_case, path)) for path in layout.cases),
        *(_part((path,), partial(_read_sources, path)) for path in layout.bibliographies),
        *(
            _part(group.parts.values(), partial(_read_source_table, group))
            for group in layout.source_tables
        ),
    )


def read_part(part: Part) -> Inputs:
    """Return what is in the files of one part, with all mistakes of form."""
    inputs = Inputs(list(part.files))
    _attempt(inputs, partial(part.read, inputs))
    return inputs


def _part(files: Iterable[Path], read: Callable[[Inputs], None]) -> Part:
    return Part(tuple(sorted(files, key=str)), read)


# --- Which files ------------------------------------------------------------------------


def find_inputs(paths: Iterable[Path]) -> Inputs:
    """Return the files that some paths mean, with nothing read of them yet.

    Raises ``DiasporaKGError`` (DKG100) when a path does not exist, or nothing is there to read.
    """
    inputs = Inputs(given=list(paths))
    _find(inputs.given, inputs)
    return inputs


def lay_out(files: Iterable[Path]) -> Layout:
    """Return what each file is; of a table no more is looked at than its header.

    Raises ``MissingPartError`` (DKG702) for Parquet without pyarrow.
    """
    ordered = list(files)
    headers = {path: header(path) for path in ordered if tables.is_table(path)}
    observed = [path for path, names in headers.items() if is_observations(path, names)]
    found, rest = corpora.find_corpora({p: h for p, h in headers.items() if p not in observed})
    other = [path for path in ordered if path not in headers]
    cases = [path for path in other if path == STDIN or _is_case(path)]
    groups = tables.group_tables(rest)
    sources = [group for group in groups if set(group.parts) == {"sources"}]
    for path in (path for corpus in found for path in corpus.sources):
        sources.append(tables.TableGroup(path.stem, {"sources": path}))
    return Layout(
        tuple(cases),
        tuple(group for group in groups if group not in sources),
        tuple(sources),
        tuple(found),
        tuple(observed),
        tuple(path for path in other if path.suffix.lower() in bibliography.SUFFIXES),
        tuple(path for path in other if sssom.is_mapping_set(path)),
        tuple(path for path in other if path.suffix.lower() == data_sets.SUFFIX),
    )


def _find(paths: Iterable[Path], inputs: Inputs) -> None:
    found: dict[Path, Path] = {}
    for path in paths:
        if path == STDIN:
            found[path] = path
        elif _is_folder(path):
            for file in _below(path, inputs):
                if _is_input(file, inputs):
                    found.setdefault(file.resolve(), file)
        else:
            _must_be_input(path)
            inputs.named.append(path)
            for file in (path, *_other_tables(path)):
                found.setdefault(file.resolve(), file)
    if not found and all(finding.severity < Severity.VIOLATION for finding in inputs.findings):
        where = ", ".join(str(path) for path in inputs.given)
        raise DiasporaKGError(
            "DKG100",
            f"no case file was found in {where}",
            "A case is a .yaml file or a .csv table; 'diaspora-kg new case NAME' writes one.",
        )
    inputs.files = sorted(found.values(), key=str)


def _is_folder(path: Path) -> bool:
    try:
        if path.exists():
            return path.is_dir()
        reason = f"there is no file or folder '{path}'"
    except OSError as error:
        reason = f"'{path}' cannot be read: {error.strerror}"
    raise DiasporaKGError(
        "DKG100",
        reason,
        "Check the name; without a path, the packaged cases are read.",
        Location(str(path)),
    )


def _below(folder: Path, inputs: Inputs) -> Iterator[Path]:
    """Yield the files below a folder, but of hidden folders and of stores that a build wrote."""

    def unreadable(error: OSError) -> None:
        inputs.findings.append(
            Finding(
                "DKG100",
                f"the folder cannot be read: {error.strerror}",
                "Give yourself the right to read it, or name the files that are wanted.",
                location=Location(str(error.filename)),
            )
        )

    for root, folders, files in os.walk(folder, onerror=unreadable):
        here = Path(root)
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and not is_store(here / name)
        )
        yield from (here / name for name in sorted(files) if not name.startswith("."))


def _is_input(file: Path, inputs: Inputs) -> bool:
    suffix = file.suffix.lower()
    if suffix in (*YAML, ".bib", data_sets.SUFFIX) or tables.is_table(file):
        return True
    if sssom.is_mapping_set(file):
        return True
    if workbooks.is_workbook(file) and workbooks.holds_case(file):
        return True
    if suffix == ".json" and bibliography.is_bibliography(file):
        return True
    if suffix == ".json":
        _left_out(file, "holds no bibliography", "CSL-JSON is read, other JSON is not.", inputs)
    elif suffix in _OTHER_WORKBOOKS:
        hint = "Save it as .xlsx, or its sheets as 'CSV UTF-8', to have it read."
        _left_out(file, f"is a workbook of the kind {suffix}", hint, inputs, Severity.WARNING)
    elif workbooks.is_workbook(file):
        hint = "Name its sheets 'claims', 'case' and 'sources' to have it read."
        _left_out(file, "is a workbook without a case", hint, inputs)
    return False


def _left_out(
    file: Path, why: str, hint: str, inputs: Inputs, severity: Severity = Severity.INFO
) -> None:
    finding = Finding(
        "DKG133",
        f"this file {why} and was left out",
        hint,
        severity,
        Location(str(file)),
    )
    inputs.findings.append(finding)


def _must_be_input(file: Path) -> None:
    kinds = (*YAML, *tables.SUFFIXES, *workbooks.SUFFIXES, *bibliography.SUFFIXES, data_sets.SUFFIX)
    if file.suffix.lower() not in kinds:
        raise DiasporaKGError(
            "DKG100",
            f"'{file.name}' is no kind of file that cases are read from",
            "Cases are .yaml, .csv, .tsv, .xlsx or .parquet; bibliographies .bib or CSL-JSON "
            "(.json), links .sssom.tsv, imported data sets .nq. "
            "RDF files are checked with '--shapes'.",
            Location(str(file)),
        )


def _other_tables(path: Path) -> list[Path]:
    if not tables.is_table(path):
        return []
    home = tables.home_of(path)[0]
    return [file for file in files_beside(path, tables.SUFFIXES) if tables.home_of(file)[0] == home]


# --- Reading them -----------------------------------------------------------------------


def _attempt(inputs: Inputs, read: Callable[[], None]) -> None:
    try:
        read()
    except MissingPartError:
        raise  # the file may be in order
    except DiasporaKGError as error:
        inputs.findings.extend(error.findings)


def read_case_file(path: Path) -> tuple[Node, tuple[Finding, ...]]:
    """Return the tree of a case in YAML or in a workbook, and what is wrong with its form.

    ``-`` is YAML on stdin. Raises ``DiasporaKGError`` when the file cannot be read, and
    ``MissingPartError`` (DKG702) for a workbook without openpyxl.
    """
    if workbooks.is_workbook(path):
        return workbooks.read_workbook(path)
    if path == STDIN:
        name, text = "<stdin>", decoding.decode(sys.stdin.buffer.read(), "<stdin>").text
    else:
        name, text = str(path), decoding.read_text(path).text
    return yaml_files.read_tree(text, name), tuple(turned_lines(text, name))


def _is_case(path: Path) -> bool:
    return path.suffix.lower() in YAML or workbooks.is_workbook(path)


def _read_case(path: Path, inputs: Inputs) -> None:
    tree, findings = read_case_file(path)
    inputs.findings.extend(findings)
    _take(tree, inputs)


def _read_tables(group: tables.TableGroup, inputs: Inputs) -> None:
    tree, findings = tables.read_group(group)
    inputs.findings.extend(findings)
    _take(tree, inputs)


def _read_corpus(corpus: corpora.Corpus, inputs: Inputs) -> None:
    for tree, findings in corpora.read_corpus(corpus):
        inputs.findings.extend(findings)
        if tree is not None:
            _take(tree, inputs)


def _read_observations(path: Path, inputs: Inputs) -> None:
    records = read_records(path)
    table, findings = read_observations(path, records, digest_of(path))
    inputs.observations.append(table)
    inputs.findings.extend((*records.findings, *findings))


def read_bibliographies(layout: Layout, inputs: Inputs) -> None:
    """Read the sources that belong to no case into the inputs."""
    for path in layout.bibliographies:
        _attempt(inputs, partial(_read_sources, path, inputs))
    for group in layout.source_tables:
        _attempt(inputs, partial(_read_source_table, group, inputs))


def read_outside(layout: Layout, inputs: Inputs) -> None:
    """Read links to open data and imported data sets into the inputs."""
    inputs.links, wrong = sssom.read_mapping_sets(layout.mapping_sets)
    inputs.findings.extend(wrong)
    inputs.data_sets, wrong = data_sets.read_data_sets(layout.data_sets)
    inputs.findings.extend(wrong)


def _read_source_table(group: tables.TableGroup, inputs: Inputs) -> None:
    tree, findings = tables.read_group(group)
    inputs.findings.extend(findings)
    if isinstance(tree, Mapping):
        form = Form()
        inputs.sources.extend(read_sources(form, tree.get("sources")))
        inputs.findings.extend(form.findings)


def _take(tree: Node, inputs: Inputs) -> None:
    case, findings = cases.case_from_tree(tree)
    inputs.findings.extend(findings)
    if case is not None:
        inputs.cases.append(case)


def _read_sources(path: Path, inputs: Inputs) -> None:
    sources, findings = bibliography.read_bibliography(path)
    inputs.sources.extend(sources)
    inputs.findings.extend(findings)
