"""Class expressions, lists and other parts of axioms in words: "thing that has some member"."""

from collections.abc import Iterable

import pyoxigraph as ox

from diaspora_kg.labels import Labels
from diaspora_kg.lookup import Node, parse_term
from diaspora_kg.namespaces import OWL, RDF, RDFS, XSD, compact
from diaspora_kg.quadstore import QuadStore
from diaspora_kg.terms import Term, iri_of, is_iri

_LONGEST_LIST = 1000
_WELL_KNOWN = {
    f"<{OWL}Thing>": "thing",
    f"<{OWL}Nothing>": "nothing",
    f"<{OWL}topObjectProperty>": "is related to",
    f"<{RDFS}Literal>": "value",
}
_QUANTIFIED = (
    ("someValuesFrom", "thing that “{}” some {}"),
    ("hasValue", "thing that “{}” {}"),
    ("allValuesFrom", "thing that “{}” nothing but {}"),
)
_COUNTED = (
    ("maxCardinality", "at most"),
    ("maxQualifiedCardinality", "at most"),
    ("minCardinality", "at least"),
    ("minQualifiedCardinality", "at least"),
    ("cardinality", "exactly"),
    ("qualifiedCardinality", "exactly"),
)
_THAT = "thing that "
_FACETS = {
    "minInclusive": "from {} on",
    "minExclusive": "above {}",
    "maxInclusive": "up to {}",
    "maxExclusive": "below {}",
    "length": "of the length {}",
    "minLength": "of the length {} or more",
    "maxLength": "of the length {} or less",
    "pattern": "like {}",
    "langRange": "in the language {}",
}


class ClassesInWords:
    """Says the classes and properties of one graph in words; what has no name, by its parts."""

    def __init__(self, store: QuadStore, labels: Labels) -> None:
        """Take the store that holds the ontology, and the names of its terms."""
        self._store = store
        self._labels = labels

    def __call__(self, term: Term) -> str:
        """Return a class, property, datatype, individual or value in words."""
        if term in _WELL_KNOWN:
            return _WELL_KNOWN[term]
        if not is_blank(term):
            return compact(iri_of(term)) if term.startswith(f"<{XSD}") else self._labels(term)
        return self._restriction(term) or self._combination(term) or "something without a name"

    def members(self, head: Term) -> list[Term]:
        """Return the members of a list of the graph."""
        found: list[Term] = []
        while is_blank(head) and len(found) < _LONGEST_LIST:
            first, rest = self._value(head, RDF + "first"), self._value(head, RDF + "rest")
            if first is None or rest is None:
                break
            found.append(first)
            head = rest
        return found

    def part(self, term: Term, name: str) -> Term | None:
        """Return the value of a property of OWL, if there is one."""
        return self._value(term, OWL + name)

    def listed(self, terms: Iterable[Term], word: str = "and", mark: str = "{}") -> str:
        """Return terms as an enumeration: "a, b and c"."""
        return enumeration((mark.format(self(term)) for term in terms), word)

    def property(self, term: Term | None) -> str:
        """Return the name of a property, also of one that is only the other direction."""
        if term is None:
            return "is related to"
        inverse = self.part(term, "inverseOf") if is_blank(term) else None
        if inverse is None:
            return self(term)
        return f"{self._labels(inverse)} (the other way round)"

    def _restriction(self, term: Term) -> str | None:
        """Return what a restriction of a property asks for."""
        name = self.property(self.part(term, "onProperty"))
        for kind, pattern in _QUANTIFIED:
            filler = self.part(term, kind)
            if filler is not None:
                return pattern.format(name, self(filler))
        for kind, words in _COUNTED:
            number = self.part(term, kind)
            if number is not None:
                filler = self.part(term, "onClass") or self.part(term, "onDataRange")
                what = self(filler) if filler else "thing"
                count = self._labels(number)
                many = f"{words} {count}" if count != "0" or words != "at most" else "no"
                return f"thing that “{name}” {many} {what}"
        if self.part(term, "hasSelf") is not None:
            return f"thing that “{name}” itself"
        return None

    def _combination(self, term: Term) -> str | None:
        """Return what a union, an intersection, an enumeration or a complement consists of."""
        for kind in ("unionOf", "oneOf"):
            head = self.part(term, kind)
            if head is not None:
                return self.listed(self.members(head), "or")
        head = self.part(term, "intersectionOf")
        if head is not None:
            return self._at_once(self.members(head))
        for kind in ("complementOf", "datatypeComplementOf"):
            negated = self.part(term, kind)
            if negated is not None:
                return f"thing that is no {self(negated)}"
        datatype = self.part(term, "onDatatype")
        if datatype is None:
            return None
        facets = self.members(self.part(term, "withRestrictions") or term)
        limits = [
            words.format(self._labels(value))
            for facet in facets
            for name, words in _FACETS.items()
            if (value := self._value(facet, (RDF if name == "langRange" else XSD) + name))
        ]
        return " ".join([self(datatype), enumeration(limits, "and")]).strip()

    def _at_once(self, parts: Iterable[Term]) -> str:
        """Return an intersection: "ministry that “part of” some state and that “has” no seat"."""
        words = [self(part) for part in parts]
        kinds = [word for word in words if not word.startswith(_THAT)]
        conditions = [word.removeprefix("thing ") for word in words if word.startswith(_THAT)]
        return " ".join([enumeration(kinds) if kinds else "thing", enumeration(conditions)]).strip()

    def _value(self, term: Term, predicate: str) -> Term | None:
        if not is_blank(term) and not is_iri(term):
            return None
        node: Node = ox.BlankNode(term[2:]) if is_blank(term) else parse_term(term)
        assert not isinstance(node, ox.Literal)
        pattern = self._store.quads_for_pattern(node, ox.NamedNode(predicate), None, None)
        return min((str(quad.object) for quad in pattern), default=None)


def enumeration(words: Iterable[str], last: str = "and") -> str:
    """Return words as "a", "a and b" or "a, b and c"."""
    *most, end = list(words) or [""]
    return f"{', '.join(most)} {last} {end}" if most else end


def is_blank(term: Term) -> bool:
    """Tell whether a term is a blank node."""
    return term.startswith("_:")
