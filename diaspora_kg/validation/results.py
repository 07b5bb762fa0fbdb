"""SHACL results as findings: in words, at their place, and with their terms as they are."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from diaspora_kg.errors import Finding, Location, Severity
from diaspora_kg.namespaces import PREFIXES, RDFS, compact
from diaspora_kg.shacl import Result, ShapesGraph
from diaspora_kg.shacl.vocabulary import sh
from diaspora_kg.terms import Term, iri, iri_of, is_iri, literal_parts, text_of

_CODE = re.compile(r"#(DKG\d{3})>\Z")
_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-Z'\"“])")
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")
_SEE_ALSO = iri(RDFS + "seeAlso")
_UNNAMED_CODE = "DKG200"

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

    result: Result | None = None

    @property
    def order(self) -> tuple[object, ...]:
        """As ``sort_key``, with the result to tell findings apart that are alike for a reader."""
        return (*self.sort_key, self.result.sort_key if self.result else ())


def findings_of(
    results: Iterable[Result],
    shapes: ShapesGraph,
    places: Mapping[Term, Location],
    prefixes: Mapping[str, str] | None = None,
) -> tuple["ShaclFinding", ...]:
    """Return the results of a SHACL report as findings, in a fixed order, each of them once.

    ``prefixes`` (prefix to namespace) are those of the files, for names that a person knows.
    """
    reader = _Reader(shapes, places, prefixes or {})
    found = (reader.read(result) for result in dict.fromkeys(results))
    return tuple(sorted(found, key=lambda finding: finding.order))


class _Reader:
    def __init__(
        self, shapes: ShapesGraph, places: Mapping[Term, Location], prefixes: Mapping[str, str]
    ) -> None:
        self.shapes, self.places = shapes, places
        own = ((ns, prefix) for prefix, ns in prefixes.items() if prefix not in PREFIXES)
        self.namespaces = sorted(own, key=lambda pair: -len(pair[0]))

    def read(self, result: Result) -> ShaclFinding:
        """Return one result as a finding."""
        message, hint = self._said(result)
        code = self._code(result.shape)
        value = result.value
        return ShaclFinding(
            code,
            message if code != _UNNAMED_CODE else f"{self.name(result.focus)}: {message}",
            hint,
            _severity(result.severity),
            self._place(result.focus, value),
            focus=_address(result.focus),
            shape=_address(result.shape),
            path=_path(result),
            value="" if value is None or _is_blank(value) else text_of(value),
            component=_address(result.component),
            result=result,
        )

    def name(self, term: Term) -> str:
        """Return what a person calls a term: prefix:name, a text, or that it has no name."""
        if _is_blank(term):
            return "a blank node"
        if is_iri(term):
            short = compact(iri_of(term))
            return short if short != iri_of(term) else self._by_own_prefix(short)
        text, language, datatype = literal_parts(term)
        if not datatype.endswith("tring") and _NUMBER.fullmatch(text):
            return text
        return f"'{text}'@{language}" if language else f"'{text}'"

    def _by_own_prefix(self, address: str) -> str:
        for namespace, prefix in self.namespaces:
            if namespace and address.startswith(namespace):
                return f"{prefix}:{address[len(namespace) :]}"
        return f"<{address}>"

    def _place(self, *nodes: Term | None) -> Location | None:
        places = (self.places.get(node) for node in nodes if node is not None)
        return next((place for place in places if place is not None), None)

    def _code(self, shape: Term) -> str:
        for link in self.shapes.objects(shape, _SEE_ALSO):
            match = _CODE.search(link)
            if match:
                return match.group(1)
        return _UNNAMED_CODE

    def _said(self, result: Result) -> tuple[str, str]:
        """Return what is wrong and what to write, from the shape's own message if it has one."""
        own = _in_english(result.messages)
        if not self._has_message(result.shape):
            return self._in_words(result) or own, self._advice(result.shape)
        wrong, hint = sentences(own)
        return wrong, hint or self._advice(result.shape)

    def _has_message(self, shape: Term) -> bool:
        constraints = (shape, *self.shapes.objects(shape, sh("sparql")))
        return any(self.shapes.objects(one, sh("message")) for one in constraints)

    def _in_words(self, result: Result) -> str:
        key = iri_of(result.component).rpartition("#")[2].removesuffix("ConstraintComponent")
        if key not in _WORDS:
            return ""
        parameter, words = _WORDS[key]
        wanted = sorted(map(self.name, self.shapes.objects(result.shape, sh(parameter))))
        subject = "" if result.path is None else f"{result.path.in_words(self.name)} "
        value = result.value
        if value is not None and (result.path is not None or value != result.focus):
            subject = f"{subject}{self.name(value)} "
        return f"{subject}{words.format(' or '.join(wanted))}"

    def _advice(self, shape: Term) -> str:
        shown = "" if _is_blank(shape) else f"The shape is {self.name(shape)}."
        return _in_english(self.shapes.objects(shape, sh("description"))) or shown


def sentences(message: str) -> tuple[str, str]:
    """Return the first sentence (what is wrong) and the rest (what to write)."""
    first, *rest = _SENTENCES.split(message.strip(), maxsplit=1)
    return first.rstrip("."), rest[0] if rest else ""


def _in_english(texts: Iterable[Term]) -> str:
    parts = [literal_parts(text) for text in texts]
    in_order = sorted(parts, key=lambda part: (part[1] not in (None, "en"), part[0]))
    return in_order[0][0] if in_order else ""


def _path(result: Result) -> str:
    if result.path is None:
        return ""
    return _address(result.path.predicate) or result.path.sparql


def _severity(term: Term) -> Severity:
    name = iri_of(term).rpartition("#")[2]
    return {"Info": Severity.INFO, "Warning": Severity.WARNING}.get(name, Severity.VIOLATION)


def _address(term: Term) -> str:
    return iri_of(term) if is_iri(term) else ""


def _is_blank(term: Term) -> bool:
    return term.startswith("_:")
