"""The files that a command was given, read: cases, tables, bibliographies, links, data sets."""

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from diaspora_kg.errors import DiasporaKGError, Finding, MissingPartError
from diaspora_kg.layout import STDIN, Inputs, Layout, find_inputs, lay_out
from diaspora_kg.neighbours import cited, sources_beside
from diaspora_kg.progress import doing
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
from diaspora_kg.reading.observations import digest_of, read_observations
from diaspora_kg.reading.records import read_records
from diaspora_kg.reading.source_entries import read_sources
from diaspora_kg.reading.table_groups import TableGroup
from diaspora_kg.reading.tree import Mapping, Node


def read_inputs(paths: Iterable[Path]) -> Inputs:
    """Return the cases and sources of files and folders, with all mistakes of form at once.

    ``-`` is a case in YAML on stdin. A file that cannot be read is a finding; the others are read
    all the same.

    Raises ``DiasporaKGError`` (DKG100) when a path does not exist, or nothing is there to read.
    """
    inputs = find_inputs(paths)
    layout = lay_out(inputs.files)
    doing(f"reading {len(inputs.files):,} files")
    read_cases(layout, inputs)
    read_shared(layout, inputs)
    beside = sources_beside(inputs.named, inputs.files)
    inputs.sources.extend(cited(beside, inputs.cases, inputs.sources))
    return inputs


def read_cases(layout: Layout, inputs: Inputs) -> None:
    """Read the files that hold one case, or a part of one, into the inputs."""
    for group in layout.groups:
        _attempt(inputs, partial(_read_tables, group, inputs))
    for path in layout.cases:
        _attempt(inputs, partial(_read_case, path, inputs))


def read_shared(layout: Layout, inputs: Inputs) -> None:
    """Read the files that belong to no case, or to many, into the inputs."""
    for corpus in layout.corpora:
        _attempt(inputs, partial(_read_corpus, corpus, inputs))
    for table in layout.observations:
        _attempt(inputs, partial(_read_observations, table, inputs))
    read_bibliographies(layout, inputs)
    read_outside(layout, inputs)


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


def _read_case(path: Path, inputs: Inputs) -> None:
    tree, findings = read_case_file(path)
    inputs.findings.extend(findings)
    _take(tree, inputs)


def _read_tables(group: TableGroup, inputs: Inputs) -> None:
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


def _read_source_table(group: TableGroup, inputs: Inputs) -> None:
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
