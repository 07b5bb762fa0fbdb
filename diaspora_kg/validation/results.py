"""SHACL results as findings: in words, at their place, and with their terms as they are."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from diaspora_kg.errors import Finding, Location, Severity
from diaspora_kg.namespaces import PREFIXES, SH, compact
from diaspora_kg.terms import Term
from diaspora_kg.validation.paths import as_sparql, as_turtle

if TYPE_CHECKING:
    from rdflib import Graph, URIRef
    from rdflib.term import Node

_CODE = re.compile(r"#(DKG\d{3})\Z")
_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-Z'\"“])")
_BLANK = re.compile(r"_:[A-Za-z0-9]+")
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")
_UNNAMED_CODE = "DKG200"
_PROPERTIES = ("focusNode", "resultPath", "value", "sourceShape", "sourceConstraintComponent")

# component -> the parameter it has and what is said of a value, or of the path as a whole
_WORDS = {
    "And": ("and", "does not conform to all shapes of sh:and"),
    "Class": ("class", "is no {}"),
    "Closed": ("closed", "is not allowed, because the shape is closed"),
    "Datatype": ("datatype", "is not of the datatype {}"),
    "Disjoint": ("disjoint", "is also a value of {}"),
    "Equals": ("equals", "differs from the values of {}"),
    "HasValue": ("hasValue", "does not have the value {}"),
    "In": ("in", "is not in the list of the shape"),
    "LessThan": ("lessThan", "is not less than the value of {}"),
    "LessThanOrEquals": ("lessThanOrEquals", "is not less than or equal to the value of {}"),
    "LanguageIn": ("languageIn", "is in none of the languages of the shape"),
    "MaxCount": ("maxCount", "has more values than {}"),
    "MaxExclusive": ("maxExclusive", "is not less than {}"),
    "MaxInclusive": ("maxInclusive", "is greater than {}"),
    "MaxLength": ("maxLength", "is longer than {} characters"),
    "MinCount": ("minCount", "has fewer values than {}"),
    "MinExclusive": ("minExclusive", "is not greater than {}"),
    "MinInclusive": ("minInclusive", "is less than {}"),
    "MinLength": ("minLength", "is shorter than {} characters"),
    "Node": ("node", "does not conform to the shape {}"),
    "NodeKind": ("nodeKind", "is not of the kind {}"),
    "Not": ("not", "conforms to a shape that it must not conform to"),
    "Or": ("or", "conforms to none of the shapes of sh:or"),
    "Pattern": ("pattern", "does not match the pattern {}"),
    "QualifiedMaxCount": ("qualifiedMaxCount", "has more values of the required kind than {}"),
    "QualifiedMinCount": ("qualifiedMinCount", "has fewer values of the required kind than {}"),
    "UniqueLang": ("uniqueLang", "has two values in one language"),
    "Xone": ("xone", "conforms to none, or to several, of the shapes of sh:xone"),
}


@dataclass(frozen=True)
class ShaclFinding(Finding):
    """A finding of a shape, with the SHACL result that it was made from."""

    result: tuple[tuple[str, str], ...] = ()
    """Property of ``sh:ValidationResult`` (its local name) and value in Turtle."""


def findings_of(
    report: "Graph", data: "Graph", shapes: "Graph", places: Mapping[Term, Location]
) -> tuple[Finding, ...]:
    """Return the top-level results of a SHACL report as findings, in a fixed order."""
    reader = _Reader(report, data, shapes, places)
    nested = set(report.objects(None, _sh("detail")))
    tops = {node for node in report.objects(None, _sh("result")) if node not in nested}
    return _with_stable_blank_nodes(sorted((reader.read(node) for node in tops), key=_order))


class _Reader:
    def __init__(
        self, report: "Graph", data: "Graph", shapes: "Graph", places: Mapping[Term, Location]
    ) -> None:
        self.report, self.shapes, self.places = report, shapes, places
        self.namespaces = {
            str(namespace): prefix
            for graph in (data, shapes)
            for prefix, namespace in graph.namespaces()
            if prefix and prefix not in PREFIXES
        }

    def read(self, result: "Node") -> ShaclFinding:
        """Return one result as a finding."""
        focus, shape = self._value(result, "focusNode"), self._value(result, "sourceShape")
        value, path = self._value(result, "value"), self._value(result, "resultPath")
        message, hint = self._said(result, shape)
        code = self._code(shape)
        return ShaclFinding(
            code,
            message if code != _UNNAMED_CODE else f"{self.name(focus)}: {message}",
            hint,
            _severity(self._value(result, "resultSeverity")),
            self._place(focus, value),
            focus=_address(focus),
            shape=_address(shape),
            path=_address(path)
            if path is None or _address(path)
            else self._path(path, lambda one: one.n3()),
            value="" if value is None or _is_blank(value) else str(value),
            component=_address(self._value(result, "sourceConstraintComponent")),
            result=tuple(self._terms(result)),
        )

    def name(self, node: "Node | None") -> str:
        """Return what a person calls a node: prefix:name, a text, or that it has no name."""
        from rdflib import Literal, URIRef

        if isinstance(node, URIRef):
            short = compact(str(node))
            if short == str(node):
                return self._by_own_prefix(short)
            return short
        if isinstance(node, Literal):
            if node.datatype is not None and _NUMBER.fullmatch(node):
                return str(node)
            return f"'{node}'" if node.language is None else f"'{node}'@{node.language}"
        return "a blank node"

    def _by_own_prefix(self, address: str) -> str:
        for namespace in sorted(self.namespaces, key=len, reverse=True):
            if address.startswith(namespace):
                return f"{self.namespaces[namespace]}:{address[len(namespace) :]}"
        return f"<{address}>"

    def _value(self, result: "Node", name: str) -> "Node | None":
        return self.report.value(result, _sh(name))

    def _place(self, focus: "Node | None", value: "Node | None") -> Location | None:
        for node in (focus, value):
            place = None if node is None else self.places.get(node.n3())
            if place is not None:
                return place
        return None

    def _code(self, shape: "Node | None") -> str:
        from rdflib.namespace import RDFS

        for link in self.shapes.objects(shape, RDFS.seeAlso) if shape is not None else ():
            match = _CODE.search(str(link))
            if match:
                return match.group(1)
        return _UNNAMED_CODE

    def _said(self, result: "Node", shape: "Node | None") -> tuple[str, str]:
        """Return what is wrong and what to write, from the shape's own message if it has one."""
        own = self._in_english(self.report, result, "resultMessage")
        if shape is None or not self._has_message(shape):
            return self._in_words(result, shape) or own, self._advice(shape)
        wrong, hint = sentences(own)
        return wrong, hint or self._advice(shape)

    def _has_message(self, shape: "Node") -> bool:
        constraints = (shape, *self.shapes.objects(shape, _sh("sparql")))
        return any((one, _sh("message"), None) in self.shapes for one in constraints)

    def _in_english(self, graph: "Graph", node: "Node", name: str) -> str:
        texts = sorted(
            graph.objects(node, _sh(name)),
            key=lambda text: (getattr(text, "language", None) not in (None, "en"), str(text)),
        )
        return str(texts[0]) if texts else ""

    def _in_words(self, result: "Node", shape: "Node | None") -> str:
        component = str(self._value(result, "sourceConstraintComponent") or "")
        key = component.rpartition("#")[2].removesuffix("ConstraintComponent")
        path, value = self._value(result, "resultPath"), self._value(result, "value")
        if key not in _WORDS or shape is None:
            return ""
        parameter, words = _WORDS[key]
        wanted = sorted(self.name(term) for term in self.shapes.objects(shape, _sh(parameter)))
        subject = "" if path is None else f"{self._path(path, self.name)} "
        if value is not None and (path is not None or value != self._value(result, "focusNode")):
            subject = f"{subject}{self.name(value)} "
        return f"{subject}{words.format(' or '.join(wanted))}"

    def _advice(self, shape: "Node | None") -> str:
        if shape is None:
            return ""
        description = self._in_english(self.shapes, shape, "description")
        shown = "" if _is_blank(shape) else f"The shape is {self.name(shape)}."
        return description or shown

    def _path(self, path: "Node", name: Callable[["Node"], str]) -> str:
        return as_sparql(path, self.report, name)

    def _terms(self, result: "Node") -> Iterable[tuple[str, str]]:
        severity = self._value(result, "resultSeverity")
        yield "resultSeverity", severity.n3() if severity is not None else "sh:Violation"
        for name in _PROPERTIES:
            term = self._value(result, name)
            if term is None:
                continue
            is_path = name == "resultPath"
            yield name, as_turtle(term, self.report) if is_path else term.n3()
        for message in sorted(self.report.objects(result, _sh("resultMessage")), key=str):
            yield "resultMessage", message.n3()


def sentences(message: str) -> tuple[str, str]:
    """Return the first sentence (what is wrong) and the rest (what to write)."""
    first, *rest = _SENTENCES.split(message.strip(), maxsplit=1)
    return first.rstrip("."), rest[0] if rest else ""


def _order(finding: ShaclFinding) -> tuple[object, ...]:
    return (*finding.sort_key, [_BLANK.sub("_:", text) for _, text in finding.result])


def _with_stable_blank_nodes(findings: list[ShaclFinding]) -> tuple[Finding, ...]:
    """Return findings whose blank nodes are numbered in order; their own names are random."""
    numbers: dict[str, str] = {}

    def numbered(text: str) -> str:
        return (
            numbers.setdefault(text, f"_:b{len(numbers) + 1}") if _BLANK.fullmatch(text) else text
        )

    renamed = (
        replace(finding, result=tuple((name, numbered(text)) for name, text in finding.result))
        for finding in findings
    )
    return tuple(renamed)


def _severity(term: "Node | None") -> Severity:
    name = str(term or "").rpartition("#")[2]
    return {"Info": Severity.INFO, "Warning": Severity.WARNING}.get(name, Severity.VIOLATION)


def _address(node: "Node | None") -> str:
    from rdflib import URIRef

    return str(node) if isinstance(node, URIRef) else ""


def _is_blank(node: "Node") -> bool:
    from rdflib import BNode

    return isinstance(node, BNode)


def _sh(name: str) -> "URIRef":
    from rdflib import URIRef

    return URIRef(SH + name)
