"""SHACL through pySHACL, always on plain rdflib graphs."""

import logging
import re
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from diaspora_kg.errors import DiasporaKGError, Finding, Location, Severity
from diaspora_kg.namespaces import SH
from diaspora_kg.terms import Term
from diaspora_kg.validation.results import findings_of

if TYPE_CHECKING:
    from rdflib import Graph

_LOGGERS = ("rdflib", "rdflib.term", "pyshacl", "pyshacl-validate")
_SERVICE = re.compile(r"\bSERVICE\s+(?:SILENT\s+)?[<?$\w]", re.IGNORECASE)
_LITERAL_OR_COMMENT = re.compile(
    r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|#[^\n>]*$', re.MULTILINE
)


def check(data: "Graph", shapes: "Graph", places: Mapping[Term, Location]) -> tuple[Finding, ...]:
    """Return what shapes find in data; nothing is added to the data and no import is followed.

    Raises ``DiasporaKGError`` (DKG204) when the shapes are not well-formed.
    """
    _refuse_network(shapes)
    with quiet_libraries():
        report, is_recursive = _report(data, shapes)
    found = findings_of(report, data, shapes, places)
    return (*found, _recursion()) if is_recursive else found


@contextmanager
def quiet_libraries() -> Iterator[None]:
    """Keep literals as they are written, and the libraries silent and off the network.

    rdflib writes ``"1"^^xsd:boolean`` as ``true``, prints a traceback for a literal that is none
    of its type, and fetches what a query names after FROM.
    """
    import rdflib.plugins.sparql

    loggers = [logging.getLogger(name) for name in _LOGGERS]
    before = [logger.disabled for logger in loggers]
    normalizes = rdflib.NORMALIZE_LITERALS
    follows = rdflib.plugins.sparql.SPARQL_LOAD_GRAPHS
    for logger in loggers:
        logger.disabled = True
    rdflib.NORMALIZE_LITERALS = False
    rdflib.plugins.sparql.SPARQL_LOAD_GRAPHS = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        rdflib.NORMALIZE_LITERALS = normalizes
        rdflib.plugins.sparql.SPARQL_LOAD_GRAPHS = follows
        for logger, state in zip(loggers, before, strict=True):
            logger.disabled = state


def _report(data: "Graph", shapes: "Graph") -> tuple["Graph", bool]:
    import pyshacl
    from rdflib import Graph

    try:
        with warnings.catch_warnings(record=True) as noted:
            warnings.simplefilter("always")
            _, report, _ = pyshacl.validate(
                data, shacl_graph=shapes, inference="none", advanced=False, do_owl_imports=False
            )
    except Exception as error:  # what a malformed shape runs into differs with its mistake
        raise _malformed(error) from error
    if not isinstance(report, Graph):
        raise _malformed(report)
    recursive = any(note.category.__name__ == "ShapeRecursionWarning" for note in noted)
    return report, recursive


def _malformed(error: object) -> DiasporaKGError:
    lines = str(error).splitlines() or [type(error).__name__]
    what = lines[0].strip().rstrip(".:")[:200]
    return DiasporaKGError(
        "DKG204",
        f"the shapes are not well-formed: {what}",
        "Mend the shapes file; nothing has been validated.",
    )


def _refuse_network(shapes: "Graph") -> None:
    from rdflib import URIRef

    for name in ("select", "ask", "construct"):
        for text in shapes.objects(None, URIRef(SH + name)):
            if _SERVICE.search(_LITERAL_OR_COMMENT.sub('""', str(text))):
                raise DiasporaKGError(
                    "DKG204",
                    "the shapes ask another service for data (SERVICE)",
                    "Take SERVICE out of the query; validation uses no network.",
                )


def _recursion() -> Finding:
    return Finding(
        "DKG204",
        "a shape refers to itself by way of others, which SHACL leaves undefined",
        "Break the circle; it was followed once, and findings beyond that may be missing.",
        Severity.WARNING,
    )
