"""Which files a command was given, and what each of them is: nothing is read but headers.

A file that is named alone still sees what lies beside it: the other tables of its case, and the
bibliographies of its folder as far as it cites them.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from diaspora_kg.errors import DiasporaKGError, Finding, Location, Severity
from diaspora_kg.model import Case, ObservationTable, Source
from diaspora_kg.neighbours import files_beside
from diaspora_kg.reading import bibliography, corpora, data_sets, records, sssom, workbooks
from diaspora_kg.reading.links import Link
from diaspora_kg.reading.observations import is_observations
from diaspora_kg.reading.table_groups import TableGroup, group_tables, home_of, is_table
from diaspora_kg.store import is_store
from diaspora_kg.terms import Quad

YAML = (".yaml", ".yml")
STDIN = Path("-")
_OTHER_WORKBOOKS = (".xls", ".ods", ".numbers")
_OTHER_RDF = (".ttl", ".nt", ".trig", ".rdf", ".owl", ".n3", ".jsonld")
_SHOWN = 5


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
    groups: tuple[TableGroup, ...]
    """Tables, case by case."""
    source_tables: tuple[TableGroup, ...]
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
    headers = {path: records.header(path) for path in ordered if is_table(path)}
    observed = [path for path, names in headers.items() if is_observations(path, names)]
    found, rest = corpora.find_corpora({p: h for p, h in headers.items() if p not in observed})
    other = [path for path in ordered if path not in headers]
    cases = [path for path in other if path == STDIN or _is_case(path)]
    groups = group_tables(rest)
    sources = [group for group in groups if set(group.parts) == {"sources"}]
    for path in (path for corpus in found for path in corpus.sources):
        sources.append(TableGroup(path.stem, {"sources": path}))
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
            unread = []
            homes: dict[Path, Path] = {}
            for file in _below(path, inputs):
                if _is_input(file, inputs):
                    found.setdefault(_real(file, homes), file)
                elif file.suffix.lower() in _OTHER_RDF:
                    unread.append(str(file.relative_to(path)))
            if unread:
                inputs.findings.append(_unread(path, unread))
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


def _real(file: Path, homes: dict[Path, Path]) -> Path:
    """Return what ``resolve`` does for a file that was found by its own name in a folder.

    A folder is resolved once, and kept among the ``homes``.
    """
    if file.is_symlink():
        return file.resolve()
    home = homes.get(file.parent)
    if home is None:
        home = homes[file.parent] = file.parent.resolve()
    return home / file.name


def _is_input(file: Path, inputs: Inputs) -> bool:
    suffix = file.suffix.lower()
    if suffix in (*YAML, ".bib", data_sets.SUFFIX) or is_table(file):
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


def _unread(folder: Path, files: list[str]) -> Finding:
    """Return what tells of RDF files: whoever puts them beside cases may expect them in a graph."""
    names = ", ".join(files[:_SHOWN]) + (", …" if len(files) > _SHOWN else "")
    count = "1 file is" if len(files) == 1 else f"{len(files):,} files are"
    return Finding(
        "DKG133",
        f"{count} of no kind that is read from a folder: {names}",
        "A graph is made of cases and tables; 'diaspora-kg validate FILE.ttl' checks RDF alone.",
        Severity.INFO,
        Location(str(folder)),
    )


_NO_CASE = (
    "This is a text and no case: write what it says, sentence by sentence, into a case "
    "('diaspora-kg new case NAME', or 'new table NAME' for a spreadsheet)."
)
_NO_WORKBOOK = "Open it in its program and save it as .xlsx, or each of its sheets as 'CSV UTF-8'."
_INSTEAD_OF = {
    **dict.fromkeys((".pdf", ".doc", ".docx", ".odt", ".rtf", ".epub"), _NO_CASE),
    **dict.fromkeys((*_OTHER_WORKBOOKS, ".xlsm"), _NO_WORKBOOK),
}
"""What to do with files that people give by mistake."""


def _must_be_input(file: Path) -> None:
    kinds = (
        *YAML,
        *records.SUFFIXES,
        *workbooks.SUFFIXES,
        *bibliography.SUFFIXES,
        data_sets.SUFFIX,
    )
    suffix = file.suffix.lower()
    if suffix not in kinds:
        raise DiasporaKGError(
            "DKG100",
            f"'{file.name}' is no kind of file that cases are read from",
            _INSTEAD_OF.get(suffix)
            or "Cases are .yaml, .csv, .tsv, .xlsx or .parquet; bibliographies .bib or CSL-JSON "
            "(.json), links .sssom.tsv, imported data sets .nq. "
            "RDF files are checked with '--shapes'.",
            Location(str(file)),
        )


def _other_tables(path: Path) -> list[Path]:
    if not is_table(path):
        return []
    home = home_of(path)[0]
    return [file for file in files_beside(path, records.SUFFIXES) if home_of(file)[0] == home]


def _is_case(path: Path) -> bool:
    return path.suffix.lower() in YAML or workbooks.is_workbook(path)
