"""Axioms of the ontology as sentences, for the steps of a proof."""

from collections.abc import Iterable

import pyoxigraph as ox

from diaspora_kg.labels import Labels
from diaspora_kg.lookup import Node, parse_term
from diaspora_kg.namespaces import OWL, RDF, RDFS
from diaspora_kg.terms import Term, Triple

_INSIDE = {
    f"<{OWL}{name}>"
    for name in (
        "onProperty", "someValuesFrom", "hasValue", "allValuesFrom", "unionOf", "intersectionOf",
        "oneOf", "complementOf",
    )
}  # fmt: skip
_TRAITS = {
    OWL + "SymmetricProperty": "“{}” holds in both directions",
    OWL + "TransitiveProperty": "“{}” carries on from one to the next",
}
_SENTENCES = {
    RDFS + "subClassOf": "every {} is {a} {}",
    OWL + "equivalentClass": "{} means the same as {}",
    RDFS + "subPropertyOf": "“{}” is a kind of “{}”",
    OWL + "equivalentProperty": "“{}” means the same as “{}”",
    OWL + "inverseOf": "“{}” is the other direction of “{}”",
    RDFS + "domain": "whatever stands before “{}” is {a} {}",
    RDFS + "range": "whatever stands after “{}” is {a} {}",
}


class AxiomsInWords:
    """Says the axioms of one graph in words."""

    def __init__(self, store: ox.Store, labels: Labels) -> None:
        """Take the store that holds the ontology, and the names of its terms."""
        self._store = store
        self._labels = labels

    def sentences(self, axioms: Iterable[Triple]) -> tuple[str, ...]:
        """Return what some axioms say; parts of an expression are told with the whole."""
        whole = [axiom for axiom in axioms if not (axiom[1] in _INSIDE and _is_blank(axiom[0]))]
        return tuple(dict.fromkeys(self._sentence(axiom) for axiom in whole or axioms))

    def _sentence(self, axiom: Triple) -> str:
        subject, predicate, obj = axiom
        if predicate == f"<{RDF}type>":
            pattern = _TRAITS.get(obj[1:-1], "“{}” is a " + self._labels(obj))
            return pattern.format(self.expression(subject))
        if predicate == f"<{OWL}propertyChainAxiom>":
            links = [f"“{self.expression(link)}”" for link in self._members(obj)]
            return f"{', then '.join(links)} give “{self.expression(subject)}”"
        pattern = _SENTENCES.get(predicate[1:-1], "{} " + self._labels(predicate) + " {}")
        said = self.expression(obj)
        return pattern.format(self.expression(subject), said, a=article(said))

    def expression(self, term: Term) -> str:
        """Return a class, property or individual in words; an unnamed one by its parts."""
        if not _is_blank(term):
            return self._labels(term)
        prop = self._part(term, "onProperty")
        name = self._labels(prop) if prop and not _is_blank(prop) else "is related to"
        if inverse := self._part(prop, "inverseOf") if prop else None:
            name = f"is what something “{self._labels(inverse)}”"
        for kind, pattern in (
            ("someValuesFrom", "thing that {} some {}"),
            ("hasValue", "thing that {} {}"),
            ("allValuesFrom", "thing that {} nothing but {}"),
        ):
            filler = self._part(term, kind)
            if filler is not None:
                return pattern.format(f"“{name}”", self.expression(filler))
        for kind, word in (("unionOf", " or "), ("intersectionOf", " and "), ("oneOf", " or ")):
            head = self._part(term, kind)
            if head is not None:
                return word.join(self.expression(member) for member in self._members(head))
        negated = self._part(term, "complementOf")
        return f"no {self.expression(negated)}" if negated else "something without a name"

    def _members(self, head: Term) -> list[Term]:
        found: list[Term] = []
        while head.startswith("_:"):
            first, rest = self._value(head, RDF + "first"), self._value(head, RDF + "rest")
            if first is None or rest is None or len(found) > 100:
                break
            found.append(first)
            head = rest
        return found

    def _part(self, term: Term, name: str) -> Term | None:
        return self._value(term, OWL + name) if _is_blank(term) else None

    def _value(self, term: Term, predicate: str) -> Term | None:
        node: Node = parse_term(term) if not _is_blank(term) else ox.BlankNode(term[2:])
        assert not isinstance(node, ox.Literal)
        pattern = self._store.quads_for_pattern(node, ox.NamedNode(predicate), None, None)
        quad = next(iter(pattern), None)
        return None if quad is None else str(quad.object)


def article(noun: str) -> str:
    """Return the indefinite article for a noun in English."""
    return "an" if noun[:1].lower() in "aeio" else "a"


def _is_blank(term: Term) -> bool:
    return term.startswith("_:")
