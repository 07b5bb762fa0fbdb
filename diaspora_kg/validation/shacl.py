"""SHACL through pySHACL, always on plain rdflib graphs, with results brought back to the file."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from diaspora_kg.errors import DiasporaKGError, Finding, Location, Severity
from diaspora_kg.namespaces import DKGG, SH, compact
from diaspora_kg.resources import files_below, folder
from diaspora_kg.terms import Quad, Term, iri

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

_NOT_DATA = frozenset(iri(DKGG + name) for name in ("ontology", "meta"))
_ONTOLOGY_SHAPES = "ontology.ttl"
_CODE = re.compile(r"#(DKG\d{3})\Z")
_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-Z'\"“])")
_UNNAMED_CODE = "DKG200"


def validate_graph(
    quads: Iterable[Quad], places: Mapping[Term, Location]
) -> tuple[Finding, ...]:
    """Return what the packaged shapes find in a graph, each finding at its line or cell."""
    data = _graph_of(quad for quad in quads if quad[3] not in _NOT_DATA)
    return _run(data, packaged_shapes(), places)


def validate_rdf(data_files: Iterable[Path], shape_files: Iterable[Path]) -> tuple[Finding, ...]:
    """Return what any shapes find in any RDF; nothing is added to the data, no import followed.

    Raises ``DiasporaKGError``: DKG100 when a file cannot be read, DKG204 when shapes are not
    well-formed.
    """
    return _run(_parse_all(data_files), _parse_all(shape_files), {})


def packaged_shapes() -> "Graph":
    """Return the shapes over data, without those over the ontology itself."""
    from rdflib import Graph

    shapes = Graph()
    for file in files_below(folder("shapes"), ".ttl"):
        if "examples" not in str(file) and file.name != _ONTOLOGY_SHAPES:
            shapes.parse(data=file.read_bytes(), format="turtle")
    return shapes


def _graph_of(quads: Iterable[Quad]) -> "Graph":
    from rdflib import Graph

    lines = "".join(sorted({f"{s} {p} {o} .\n" for s, p, o, _ in quads}))
    return Graph().parse(data=lines, format="nt")


def _parse_all(files: Iterable[Path]) -> "Graph":
    from rdflib import Graph
    from rdflib.util import guess_format

    merged = Graph()
    for file in files:
        try:
            merged.parse(str(file), format=guess_format(str(file)) or "turtle")
        except FileNotFoundError as error:
            raise DiasporaKGError(
                "DKG100", f"there is no file '{file}'", "Check the name.", Location(str(file))
            ) from error
        except Exception as error:  # each parser of rdflib has exceptions of its own
            raise DiasporaKGError(
                "DKG100",
                f"the file is not well-formed RDF: {str(error).splitlines()[0][:160]}",
                "Its name should say its format: .ttl, .nt, .rdf, .jsonld, .trig.",
                Location(str(file)),
            ) from error
    return merged


def _run(data: "Graph", shapes: "Graph", places: Mapping[Term, Location]) -> tuple[Finding, ...]:
    import pyshacl
    from pyshacl.errors import ReportableRuntimeError, ShapeLoadError

    try:
        _, report, _ = pyshacl.validate(
            data, shacl_graph=shapes, inference="none", advanced=False, do_owl_imports=False
        )
    except (ShapeLoadError, ReportableRuntimeError) as error:
        raise DiasporaKGError(
            "DKG204",
            f"the shapes are not well-formed: {str(error).splitlines()[0][:160]}",
            "Mend the shapes file; nothing has been validated.",
        ) from error
    return tuple(sorted(_findings(report, shapes, places), key=lambda f: f.sort_key))


def _findings(
    report: "Graph", shapes: "Graph", places: Mapping[Term, Location]
) -> Iterable[Finding]:
    from rdflib import URIRef
    from rdflib.namespace import RDFS

    top = URIRef(SH + "result")
    for result in report.objects(None, top):

        def value(name: str, result: "Node" = result) -> "Node | None":
            return report.value(result, URIRef(SH + name))

        focus, shape = value("focusNode"), value("sourceShape")
        codes = (_CODE.search(str(link)) for link in shapes.objects(shape, RDFS.seeAlso))
        code = next((match.group(1) for match in codes if match), _UNNAMED_CODE)
        message, hint = _sentences(_message(report, result))
        path = value("resultPath")
        offending = value("value")
        term = "" if focus is None else focus.n3()
        yield Finding(
            code,
            message or f"{_short(term)} does not conform to {_short(str(shape))}",
            hint,
            _severity(value("resultSeverity")),
            places.get(term),
            focus=str(focus or ""),
            shape=str(shape) if isinstance(shape, URIRef) else "",
            path=str(path) if isinstance(path, URIRef) else "",
            value=str(offending) if offending is not None else "",
            component=str(value("sourceConstraintComponent") or ""),
        )


def _message(report: "Graph", result: "Node") -> str:
    from rdflib import URIRef

    messages = sorted(
        report.objects(result, URIRef(SH + "resultMessage")),
        key=lambda m: (getattr(m, "language", None) not in (None, "en"), str(m)),
    )
    return str(messages[0]) if messages else ""


def _sentences(message: str) -> tuple[str, str]:
    """Return the first sentence (what is wrong) and the rest (what to write)."""
    first, *rest = _SENTENCES.split(message.strip(), maxsplit=1)
    return first.rstrip("."), rest[0] if rest else ""


def _severity(term: "Node | None") -> Severity:
    name = str(term or "").rpartition("#")[2]
    return {"Info": Severity.INFO, "Warning": Severity.WARNING}.get(name, Severity.VIOLATION)


def _short(text: str) -> str:
    return compact(text.strip("<>"))
