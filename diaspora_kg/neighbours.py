"""What lies beside the files that were named: bibliographies they cite, cases they refer to."""

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

from diaspora_kg.errors import DiasporaKGError, Finding
from diaspora_kg.model import Case, Source, Written
from diaspora_kg.reading import bibliography, decoding, yaml_files
from diaspora_kg.reading.tree import Mapping, Scalar
from diaspora_kg.resources import folder

_YAML = (".yaml", ".yml")
_UNKNOWN = {"DKG104": "source", "DKG107": "entity", "DKG116": "case"}
"""Codes of words that mean nothing here, and what another file may declare of that name."""


def files_beside(path: Path, suffixes: tuple[str, ...]) -> list[Path]:
    """Return the other files of the same folder with one of some suffixes, in order."""
    try:
        names = sorted(path.parent.iterdir())
    except OSError:
        return []
    wanted = (file for file in names if file.suffix.lower() in suffixes and file != path)
    return [file for file in wanted if file.is_file() and not file.name.startswith(".")]


# --- Bibliographies ---------------------------------------------------------------------


def sources_beside(named: Iterable[Path], taken: Iterable[Path]) -> dict[str, Source]:
    """Return the sources in the bibliographies beside named files, but of those already read.

    A bibliography that nobody named and that cannot be read is passed over: what is missing for
    it will be said of the case.
    """
    found: dict[str, Source] = {}
    files = [file for path in named for file in files_beside(path, bibliography.SUFFIXES)]
    seen = {path.resolve() for path in taken} if files else set()
    for file in files:
        if file.resolve() not in seen:
            seen.add(file.resolve())
            for source in _sources_of(file):
                found.setdefault(source.key, source)
    return found


def cited(
    beside: dict[str, Source], cases: Iterable[Case], known: Iterable[Source]
) -> list[Source]:
    """Return those sources that cases cite, and those that they derive from in turn."""
    if not beside:
        return []
    taken = {str(source.key) for source in known}
    words: set[str] = set()
    for case in cases:
        taken.update(source.key for source in case.sources)
        words.update(words_of(case))
    return cited_by(beside, words, taken)


def cited_by(beside: dict[str, Source], words: Iterable[str], taken: set[str]) -> list[Source]:
    """Return those sources that some words are the keys of, and those that they derive from."""
    waiting = sorted(words)
    found: list[Source] = []
    while waiting:
        source = beside.get(waiting.pop())
        if source is not None and source.key not in taken:
            taken.add(source.key)
            found.append(source)
            waiting.extend(source.derived_from)
    return sorted(found, key=lambda source: source.key)


def _sources_of(file: Path) -> tuple[Source, ...]:
    try:
        return bibliography.read_bibliography(file)[0]
    except DiasporaKGError:
        return ()


def words_of(value: object) -> Iterator[str]:
    """Yield every text in a case, at any depth, as the key of a source that it may be."""
    if isinstance(value, Written):
        yield value.removeprefix("source/")
    elif isinstance(value, tuple):
        for item in value:
            yield from words_of(item)
    elif is_dataclass(value):
        for each in fields(value):
            yield from words_of(getattr(value, each.name))


# --- Cases that declare what is missing -------------------------------------------------


def point_at_neighbours(
    findings: Iterable[Finding], named: Iterable[Path], taken: Iterable[Path]
) -> list[Finding]:
    """Return findings whose hint names the file that declares what is unknown here.

    Looked through are the folders of the files that were named, then the packaged cases.
    """
    found = list(findings)
    if not any(finding.code in _UNKNOWN and finding.value for finding in found):
        return found
    declared = _declarations(named, {path.resolve() for path in taken})
    return [_pointed(finding, declared) for finding in found]


def _pointed(finding: Finding, declared: dict[tuple[str, str], Path]) -> Finding:
    kind = _UNKNOWN.get(finding.code, "")
    file = declared.get((kind, finding.value))
    if file is None:
        return finding
    hint = f"{file} declares the {kind} '{finding.value}': name that file too, or its folder."
    return replace(finding, hint=hint)


def _declarations(named: Iterable[Path], taken: set[Path]) -> dict[tuple[str, str], Path]:
    found: dict[tuple[str, str], Path] = {}
    for file in _neighbours(named):
        if file.resolve() not in taken:
            for declaration in _declared_in(file):
                found.setdefault(declaration, file)
    return found


def _neighbours(named: Iterable[Path]) -> Iterator[Path]:
    suffixes = (*_YAML, *bibliography.SUFFIXES)
    for path in dict.fromkeys(path.parent for path in named):
        yield from files_beside(path / "-", suffixes)
    yield from files_beside(Path(str(folder("cases"))) / "-", suffixes)


def _declared_in(file: Path) -> Iterator[tuple[str, str]]:
    if file.suffix.lower() not in _YAML:
        yield from (("source", source.key) for source in _sources_of(file))
        return
    try:
        tree = yaml_files.read_tree(decoding.read_text(file).text, str(file))
    except DiasporaKGError:
        return
    if not isinstance(tree, Mapping):
        return
    name = tree.get("id")
    if isinstance(name, Scalar):
        yield "case", name.text
        yield "entity", name.text
    for key, kind in (("entities", "entity"), ("sources", "source")):
        part = tree.get(key)
        if isinstance(part, Mapping):
            yield from ((kind, word) for word, _ in part.entries)
