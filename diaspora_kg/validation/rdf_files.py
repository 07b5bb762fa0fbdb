"""Any RDF files against any shapes, and finding a node in the files again."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from diaspora_kg.errors import Finding, Location
from diaspora_kg.reading.decoding import read_text
from diaspora_kg.reading.rdf import read_triples
from diaspora_kg.shacl import DataGraph, ShapesError, ShapesGraph
from diaspora_kg.shacl.reading import ShapesReader
from diaspora_kg.terms import Term
from diaspora_kg.validation.packaged import background, packaged_shapes
from diaspora_kg.validation.shacl import check
from diaspora_kg.validation.wordings import unknown_words

_PREFIX = re.compile(r"(?:@prefix|PREFIX|xmlns:)\s*([\w.-]*)[:=]\s*[<\"']([^>\"']*)[>\"']", re.I)


def validate_rdf(
    data_files: Iterable[Path], shape_files: Iterable[Path] | None = None
) -> tuple[Finding, ...]:
    """Return what shapes find in any RDF files; no import is followed.

    Without ``shape_files`` the packaged shapes are run, beside the order of the classes and the
    reference table that they count on. With them nothing at all is added to the data.

    Raises ``DiasporaKGError``: DKG100 when a file cannot be read or holds nothing, DKG204 when
    shapes are not well-formed.
    """
    files = list(data_files)
    places = Places(files)
    if shape_files is None:
        data = DataGraph.from_terms((*read_triples(files), *background()))
        return check(data, packaged_shapes(), places, places.prefixes)
    with own_shapes(shape_files) as own:
        data = DataGraph.from_terms(read_triples(files))
        found = check(data, own.graph, places, {**own.prefixes, **places.prefixes})
        return (*own.findings, *found)


@dataclass(frozen=True)
class OwnShapes:
    """The shapes of some files."""

    graph: ShapesGraph
    prefixes: Mapping[str, str]
    findings: tuple[Finding, ...]
    """What is to be said of the shapes themselves."""


@contextmanager
def own_shapes(files: Iterable[Path]) -> Iterator[OwnShapes]:
    """Give the shapes of some files; what turns out to be wrong with them names the file.

    Raises ``DiasporaKGError``: DKG100 when a file cannot be read or holds nothing, DKG204 when
    there is no shape with a target, or, while they are used, when they are not well-formed.
    """
    own = list(files)
    shapes = ShapesGraph(read_triples(own))
    try:
        _must_have_targets(shapes)
        places = Places(own)
        yield OwnShapes(shapes, places.prefixes, unknown_words(shapes, places))
    except ShapesError as error:
        if len(own) == 1:
            error.location = Location(str(own[0]))
        raise


def _must_have_targets(shapes: ShapesGraph) -> None:
    if not ShapesReader(shapes).has_targets:
        raise ShapesError(
            "there is no shape with a target in the shapes files",
            "A shape says what it is about with sh:targetClass, sh:targetNode, "
            "sh:targetSubjectsOf or sh:targetObjectsOf.",
        )


class Places(Mapping[Term, Location]):
    """The place in some files where a node is spoken of; looked up when it is asked for."""

    def __init__(self, files: Iterable[Path]) -> None:
        """Take the files; they are read again only when something was found in them."""
        self._files = list(files)
        self._texts: dict[Path, tuple[str, list[tuple[str, str]]]] = {}

    def __getitem__(self, term: Term) -> Location:
        """Return where the node stands as a subject, else where it stands first."""
        if term.startswith("<"):
            for is_subject in (True, False):
                for file in self._files:
                    found = self._find(term[1:-1], file, is_subject=is_subject)
                    if found is not None:
                        return found
        if len(self._files) == 1:
            return Location(str(self._files[0]))
        raise KeyError(term)

    def __iter__(self) -> Iterator[Term]:
        """Iterate over nothing: places are looked up one by one."""
        return iter(())

    def __len__(self) -> int:
        """Return 0; see ``__iter__``."""
        return 0

    @property
    def prefixes(self) -> dict[str, str]:
        """The prefixes that the files declare, with their namespaces; the first one counts."""
        found: dict[str, str] = {}
        for file in self._files:
            for prefix, namespace in self._text(file)[1]:
                found.setdefault(prefix, namespace)
        return found

    def _find(self, address: str, file: Path, *, is_subject: bool) -> Location | None:
        text, prefixes = self._text(file)
        names = [re.escape(f"<{address}>"), re.escape(f'"{address}"')]
        base = file.absolute().as_uri()
        if address.startswith(base):
            rest = re.escape(address[len(base) :])
            names += [f"<{rest}>", f'"{rest}"']
        names += [
            re.escape(f"{prefix}:{address[len(namespace) :]}")
            for prefix, namespace in prefixes
            if namespace and address.startswith(namespace)
        ]
        start = r"^[ \t]*(?:<[\w:]+\s+rdf:(?:about|ID)=)?" if is_subject else r"(?<![\w:/-])"
        pattern = rf"{start}(?P<name>{'|'.join(names)})(?![\w:/-])"
        match = re.search(pattern, text, re.MULTILINE)
        if match is None:
            return None
        at = match.start("name")
        line = text.count("\n", 0, at) + 1
        return Location(str(file), line, at - text.rfind("\n", 0, at))

    def _text(self, file: Path) -> tuple[str, list[tuple[str, str]]]:
        if file not in self._texts:
            text = read_text(file, fallback="latin-1").text
            self._texts[file] = (text, _PREFIX.findall(text))
        return self._texts[file]
