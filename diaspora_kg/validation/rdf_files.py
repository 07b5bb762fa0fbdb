"""Any RDF files against any shapes: reading them, and finding a node in them again."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from diaspora_kg.errors import DiasporaKGError, Finding, Location
from diaspora_kg.reading.decoding import read_text
from diaspora_kg.terms import Term
from diaspora_kg.validation.packaged import background, graph_of, runnable_shapes
from diaspora_kg.validation.shacl import check, quiet_libraries

if TYPE_CHECKING:
    from rdflib import Graph

_FORMATS = {
    ".ttl": "turtle", ".turtle": "turtle", ".n3": "n3", ".nt": "nt", ".rdf": "xml", ".xml": "xml",
    ".owl": "xml", ".jsonld": "json-ld", ".json": "json-ld", ".trig": "trig", ".nq": "nquads",
    ".trix": "trix", ".shacl": "turtle",
}  # fmt: skip
_WITH_GRAPHS = ("trig", "nquads", "trix", "json-ld")
_XML = ("xml", "trix")
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
    if shape_files is None:
        data = read_rdf(files) + graph_of(background())
        return tuple(dict.fromkeys(check(data, runnable_shapes(), Places(files))))
    shapes = read_rdf(shape_files)
    data = read_rdf(files)
    _drop_what_is_not_true(shapes)
    _refuse_broken_lists(shapes)
    if not _has_shapes(shapes):
        raise DiasporaKGError(
            "DKG204",
            "there is no shape with a target in the shapes files",
            "A shape says what it is about with sh:targetClass, sh:targetNode, "
            "sh:targetSubjectsOf or sh:targetObjectsOf.",
        )
    return check(data, shapes, Places(files))


def read_rdf(files: Iterable[Path]) -> "Graph":
    """Return the triples of RDF files in one plain graph, whatever named graphs they stand in.

    Raises ``DiasporaKGError`` (DKG100) when a file is missing, empty or not well-formed.
    """
    from rdflib import Graph

    merged = Graph()
    for file in files:
        before = len(merged)
        _read(file, merged)
        if len(merged) == before and not _repeats(file, merged):
            raise _unreadable(file, "there is no statement in the file", "Check the name.")
    return merged


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


def _read(file: Path, into: "Graph") -> None:
    from rdflib import Dataset

    form = _FORMATS.get(file.suffix.lower(), "turtle")
    text = _checked(file, is_xml=form in _XML)
    if form == "json-ld":
        _refuse_remote_contexts(text, file)
    # an XML file says itself how it is encoded; all others are UTF-8 by now
    data = BytesIO(file.read_bytes() if form in _XML else text.encode("utf-8"))
    target = Dataset(default_union=True) if form in _WITH_GRAPHS else into
    try:
        with quiet_libraries():
            target.parse(data, format=form, publicID=file.absolute().as_uri())
    except Exception as error:  # each parser of rdflib has exceptions of its own
        raise _not_well_formed(file, error) from error
    if isinstance(target, Dataset):
        for s, p, o, _ in target.quads((None, None, None, None)):
            into.add((s, p, o))
        for prefix, namespace in target.namespaces():
            into.bind(prefix, namespace, override=False)


def _checked(file: Path, *, is_xml: bool) -> str:
    if file.is_dir():
        raise _unreadable(file, "this is a folder, not a file", "Name the RDF files in it.")
    if not file.exists():
        raise _unreadable(file, f"there is no file '{file}'", "Check the name.")
    try:
        return read_text(file, fallback="latin-1" if is_xml else None).text
    except DiasporaKGError as error:
        hint = "Write some RDF into it, or name another file."
        raise _unreadable(file, error.message, hint) from error


def _repeats(file: Path, merged: "Graph") -> bool:
    """Tell whether a file that added nothing says what others had said."""
    from rdflib import Graph

    alone = Graph()
    _read(file, alone)
    return len(alone) > 0 and len(merged) > 0


def _has_shapes(shapes: "Graph") -> bool:
    from rdflib.namespace import OWL, RDF, RDFS, SH

    targets = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
    if any((None, target, None) in shapes for target in targets):
        return True
    kinds = (SH.NodeShape, SH.PropertyShape)
    classes = (RDFS.Class, OWL.Class)  # a shape that is a class has its instances as its target
    return any(
        (shape, RDF.type, cls) in shapes
        for kind in kinds
        for shape in shapes.subjects(RDF.type, kind)
        for cls in classes
    )


def _drop_what_is_not_true(shapes: "Graph") -> None:
    """Take away switches that are not literally ``true``: SHACL ignores ``1``, rdflib does not."""
    from rdflib.namespace import SH

    for switch in (SH.uniqueLang, SH.deactivated, SH.closed, SH.qualifiedValueShapesDisjoint):
        for shape, value in list(shapes.subject_objects(switch)):
            if str(value) != "true":
                shapes.remove((shape, switch, value))


def _refuse_broken_lists(shapes: "Graph") -> None:
    from rdflib.namespace import RDF, SH

    listed = (SH["in"], SH["or"], SH["and"], SH.xone, SH.languageIn, SH.ignoredProperties)
    for prop in (*listed, SH.alternativePath):
        for value in shapes.objects(None, prop):
            if value != RDF.nil and (value, RDF.first, None) not in shapes:
                name = str(prop).rpartition("#")[2]
                raise DiasporaKGError(
                    "DKG204",
                    f"the shapes are not well-formed: the value of sh:{name} is no list",
                    f"Write 'sh:{name} ( … )', with round brackets.",
                )


def _refuse_remote_contexts(text: str, file: Path) -> None:
    try:
        tree = json.loads(text)
    except ValueError:
        return  # the parser says what is wrong
    for context in _contexts(tree):
        if isinstance(context, str):
            raise _unreadable(
                file,
                f"the file takes its context from '{context}'",
                "Write the context into the file itself; validation uses no network.",
            )


def _contexts(tree: Any) -> Iterator[Any]:  # noqa: ANN401 - JSON of any kind
    if isinstance(tree, list):
        for item in tree:
            yield from _contexts(item)
    elif isinstance(tree, dict):
        own = tree.get("@context", [])
        for context in own if isinstance(own, list) else [own]:
            yield context
            yield from (
                [context["@import"]] if isinstance(context, dict) and "@import" in context else []
            )
        for item in tree.values():
            yield from _contexts(item)


def _not_well_formed(file: Path, error: Exception) -> DiasporaKGError:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    line = getattr(error, "lines", None)
    number = re.search(r"line (\d+)", str(error))
    place = Location(str(file))
    if isinstance(line, int):
        place = Location(str(file), line + 1, 1)
    elif number:
        place = Location(str(file), int(number.group(1)), 1)
    return DiasporaKGError(
        "DKG100",
        f"the file is not well-formed RDF: {(lines or [type(error).__name__])[0][:160]}",
        "Its name should say its format: .ttl, .nt, .nq, .trig, .rdf or .jsonld.",
        place,
    )


def _unreadable(file: Path, what: str, hint: str) -> DiasporaKGError:
    return DiasporaKGError("DKG100", what, hint, Location(str(file)))
