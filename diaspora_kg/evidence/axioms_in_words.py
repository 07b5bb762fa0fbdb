"""Axioms, rules and statements as sentences: for the steps of a proof and the causes of a clash."""

from collections.abc import Callable, Iterable

from diaspora_kg.evidence.classes_in_words import ClassesInWords, is_blank
from diaspora_kg.labels import Labels
from diaspora_kg.namespaces import OWL, RDF, RDFS, SKOS, XSD
from diaspora_kg.naming import article
from diaspora_kg.quadstore import QuadStore
from diaspora_kg.terms import TYPE, Term, Triple

_PARTS = {
    f"<{OWL}{name}>"
    for name in (
        "onProperty", "onProperties", "someValuesFrom", "hasValue", "allValuesFrom", "unionOf",
        "intersectionOf", "oneOf", "complementOf", "datatypeComplementOf", "hasSelf", "onClass",
        "onDataRange", "cardinality", "minCardinality", "maxCardinality", "qualifiedCardinality",
        "minQualifiedCardinality", "maxQualifiedCardinality", "onDatatype", "withRestrictions",
        "members", "distinctMembers", "inverseOf", "assertionProperty", "targetIndividual",
        "targetValue",
    )
} | {f"<{RDF}first>", f"<{RDF}rest>"}  # fmt: skip
_DECLARATIONS = {
    *(f"<{OWL}{name}>" for name in ("Class", "Restriction", "NegativePropertyAssertion")),
    *(f"<{RDFS}{name}>" for name in ("Datatype", "Class")),
    f"<{RDF}List>",
}
_TRAITS = {
    "SymmetricProperty": "“{}” holds in both directions",
    "AsymmetricProperty": "“{}” never holds in both directions",
    "TransitiveProperty": "“{}” carries on from one to the next",
    "ReflexiveProperty": "“{}” holds of everything and itself",
    "IrreflexiveProperty": "“{}” never holds of a thing and itself",
    "FunctionalProperty": "“{}” has one value at most",
    "InverseFunctionalProperty": "two things with the same value of “{}” are one and the same",
}
_SENTENCES = {
    RDFS + "subClassOf": "every {} is {a} {}",
    OWL + "equivalentClass": "{} means the same as {}",
    OWL + "disjointWith": "nothing is both {b} {} and {a} {}",
    OWL + "complementOf": "{} means whatever is no {}",
    RDFS + "subPropertyOf": "“{}” is a kind of “{}”",
    OWL + "equivalentProperty": "“{}” means the same as “{}”",
    OWL + "propertyDisjointWith": "“{}” and “{}” never hold between the same two",
    OWL + "inverseOf": "“{}” is the other direction of “{}”",
    RDFS + "domain": "whatever stands before “{}” is {a} {}",
    RDFS + "range": "whatever stands after “{}” is {a} {}",
    OWL + "sameAs": "{} and {} are one and the same",
    OWL + "differentFrom": "{} and {} are two different things",
}
_RULES = {
    "eq-sym": "what is one with another, that other is one with it",
    "eq-trans": "what is one with the same thing is one",
    "eq-rep-s": "what is said of a thing is said of whatever is one with it",
    "eq-rep-p": "what is said by a property is said by any that is one with it",
    "eq-rep-o": "what is said of a thing is said of whatever is one with it",
    "eq-diff1": "a thing is not different from itself",
    "dt-eq": "both are the same value, written in two ways",
    "dt-diff": "these are two different values",
    "dt-type2": "it is one of the values of this datatype",
    "dt-not-type": "it is none of the values of this datatype",
    "cls-nothing2": "nothing can be a member of a class that has none",
}
"""Of rules that no axiom sets off, what they say."""
_VERBS = {
    f"<{SKOS}definition>": "is defined as",
    f"<{SKOS}altLabel>": "is also called",
    f"<{SKOS}prefLabel>": "is called",
    f"<{OWL}sameAs>": "is the same as",
    f"<{OWL}differentFrom>": "is something else than",
}


class AxiomsInWords:
    """Says the axioms of one graph in words."""

    def __init__(self, store: QuadStore, labels: Labels) -> None:
        """Take the store that holds the ontology, and the names of its terms."""
        self._labels = labels
        self._classes = ClassesInWords(store, labels)
        self._of_lists: dict[Term, Callable[[Term, Term], str]] = {
            f"<{OWL}propertyChainAxiom>": self._chain,
            f"<{OWL}hasKey>": self._key,
            f"<{OWL}unionOf>": self._union,
            f"<{OWL}disjointUnionOf>": self._disjoint_union,
            f"<{OWL}intersectionOf>": self._intersection,
            f"<{OWL}oneOf>": self._enumeration,
            f"<{OWL}sourceIndividual>": self._denial,
        }

    def sentences(self, axioms: Iterable[Triple]) -> tuple[str, ...]:
        """Return what some axioms say; parts of an expression are told with the whole."""
        listed = list(axioms)
        whole = [axiom for axiom in listed if not _is_part(axiom)]
        return tuple(dict.fromkeys(self._sentence(axiom) for axiom in whole or listed))

    def reasons(self, rule: str, axioms: Iterable[Triple]) -> tuple[str, ...]:
        """Return why a rule of OWL 2 RL may be used: its axioms, or what it says by itself."""
        said = self.sentences(axioms)
        return said or tuple(_RULES[part] for part in _whole_rules(rule) if part in _RULES)

    def expression(self, term: Term) -> str:
        """Return a class, property or individual in words; an unnamed one by its parts."""
        return self._classes(term)

    def _sentence(self, axiom: Triple) -> str:
        subject, predicate, obj = axiom
        if predicate == TYPE and obj.startswith(f"<{OWL}"):
            return self._trait(subject, obj[len(OWL) + 1 : -1])
        if predicate in self._of_lists:
            return self._of_lists[predicate](subject, obj)
        if _is_part(axiom):
            return f"something is {article(self._classes(subject))} {self._classes(subject)}"
        pattern = _SENTENCES.get(predicate[1:-1])
        if pattern is None:
            return statement(axiom, self._classes)
        if predicate == f"<{RDFS}subClassOf>" and obj == f"<{OWL}Nothing>":
            return f"nothing is {article(self._classes(subject))} {self._classes(subject)}"
        one, other = self._classes.property(subject), self._classes.property(obj)
        return pattern.format(one, other, a=article(other), b=article(one))

    # --- Axioms that are classes or lists ---------------------------------------------------

    def _trait(self, subject: Term, name: str) -> str:
        classes = self._classes
        members = classes.part(subject, "members") or classes.part(subject, "distinctMembers")
        listed = classes.members(members) if members else []
        if name == "AllDisjointClasses":
            return f"nothing is two of these at once: {classes.listed(listed)}"
        if name == "AllDisjointProperties":
            named = classes.listed(listed, mark="“{}”")
            return f"no two of these hold between the same two: {named}"
        if name == "AllDifferent":
            return f"these are different things: {classes.listed(listed)}"
        if name in _TRAITS:
            return _TRAITS[name].format(classes.property(subject))
        if name in ("Class", "NamedIndividual", "Thing"):
            return f"{classes(subject)} is a {'class' if name == 'Class' else 'thing'}"
        return f"“{classes.property(subject)}” is a property"

    def _chain(self, subject: Term, head: Term) -> str:
        links = [f"“{self._classes.property(link)}”" for link in self._classes.members(head)]
        return f"{', then '.join(links)} give “{self._classes.property(subject)}”"

    def _key(self, subject: Term, head: Term) -> str:
        keys = [f"“{self._classes.property(key)}”" for key in self._classes.members(head)]
        cls = self._classes(subject)
        return f"a {cls} with the same {' and '.join(keys)} is the same {cls}"

    def _union(self, subject: Term, head: Term) -> str:
        parts = self._classes.listed(self._classes.members(head), "or")
        return f"{self._classes(subject)} means whatever is {parts}"

    def _disjoint_union(self, subject: Term, head: Term) -> str:
        parts = self._classes.listed(self._classes.members(head), "or")
        return f"{self._classes(subject)} means whatever is {parts}, and nothing is two of these"

    def _intersection(self, subject: Term, head: Term) -> str:
        parts = self._classes.listed(self._classes.members(head))
        return f"{self._classes(subject)} means whatever is {parts} at once"

    def _enumeration(self, subject: Term, head: Term) -> str:
        return f"{self._classes(subject)} means {self._classes.listed(self._classes.members(head))}"

    def _denial(self, node: Term, source: Term) -> str:
        classes = self._classes
        prop = classes.property(classes.part(node, "assertionProperty"))
        target = classes.part(node, "targetIndividual") or classes.part(node, "targetValue")
        return f"it is not so that {classes(source)} {prop} {classes(target) if target else '…'}"


def statement(triple: Triple, name: Callable[[Term], str]) -> str:
    """Return a triple as a sentence, by what its terms are called."""
    return " ".join(parts_of(triple, name))


def parts_of(triple: Triple, name: Callable[[Term], str]) -> tuple[str, str, str]:
    """Return the subject, the verb and the object of a triple, by what its terms are called."""
    subject, predicate, obj = triple
    said = name(obj)
    verb = _VERBS.get(predicate) or name(predicate)
    if predicate == TYPE:
        verb = f"is {article(said)}"
    return name(subject), verb, said


def _is_part(axiom: Triple) -> bool:
    """Tell whether a triple only builds an expression that another one speaks of."""
    subject, predicate, obj = axiom
    if predicate == TYPE and obj in _DECLARATIONS:
        return True
    return is_blank(subject) and (predicate in _PARTS or predicate.startswith(f"<{XSD}"))


def _whole_rules(name: str) -> list[str]:
    """Return the rules that a name stands for: several places may be replaced in one step."""
    if not name.startswith("eq-rep-"):
        return [name]
    return [f"eq-rep-{place}" for place in dict.fromkeys(name.removeprefix("eq-rep-").split("-"))]
