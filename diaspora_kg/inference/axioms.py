"""The axioms of an ontology as rules: OWL 2 RL in triples, read once, written as Horn clauses.

The rules are those of the W3C recommendation "OWL 2 Web Ontology Language Profiles", section 4.3,
tables 4 to 9, each with the axiom filled in, so that a rule joins facts alone. A class expression
without a name is a class like any other whose name is its blank node, so nesting needs no rules
of its own; what is inferred of it stays inside. Axioms that no rule covers are named in
``Rules.unsupported``, so that nothing is dropped unseen.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from diaspora_kg.inference import class_axioms, property_axioms  # these enter their makers
from diaspora_kg.inference.axiom_graph import MAKERS, AxiomGraph, axiom_name
from diaspora_kg.inference.rules import THING, Rule
from diaspora_kg.namespaces import OWL, RDF, RDFS
from diaspora_kg.terms import TYPE, Term, Triple

__all__ = ["Rules", "class_axioms", "compile_axioms", "is_axiom", "property_axioms"]

_SILENT = {
    "Class", "Restriction", "Ontology", "ObjectProperty", "DatatypeProperty", "DataRange",
    "AnnotationProperty", "NamedIndividual", "AllDisjointClasses", "AllDisjointProperties",
    "AllDifferent", "TransitiveProperty", "SymmetricProperty", "AsymmetricProperty", "Nothing",
    "IrreflexiveProperty", "Axiom", "DeprecatedClass", "DeprecatedProperty", "Thing",
    "NegativePropertyAssertion", "OntologyProperty", "Annotation", "sameAs", "differentFrom",
}  # fmt: skip
_PARTS = {
    "onProperty", "onClass", "onDataRange", "members", "distinctMembers", "imports", "versionIRI",
    "versionInfo", "deprecated", "annotatedSource", "annotatedProperty", "annotatedTarget",
    "priorVersion", "incompatibleWith", "backwardCompatibleWith", "assertionProperty",
    "targetIndividual", "targetValue",
}  # fmt: skip
_LIST_PARTS = {f"<{RDF}first>", f"<{RDF}rest>"}


@dataclass(frozen=True)
class Rules:
    """The rules of an ontology, and the axioms that no rule covers."""

    rules: tuple[Rule, ...]
    unsupported: tuple[Triple, ...]
    axioms: tuple[Triple, ...] = ()
    """The axioms and their parts, sorted."""


def compile_axioms(axioms: Iterable[Triple], *, things: bool = False) -> Rules:
    """Return the rules of the axioms among some triples; what is no axiom is passed over.

    Rules that only say that something is a thing are left out where no other rule asks for it,
    unless ``things`` are wanted.
    """
    graph = AxiomGraph(axioms_among(axioms))
    rules: list[Rule] = []
    unsupported: list[Triple] = []
    parts: list[Triple] = []
    for triple in graph.triples:
        local = axiom_name(triple)
        if _is_part(local, triple):
            parts.append(triple)
        if local is None:
            continue
        make = MAKERS.get(local)
        made = list(make(graph, triple)) if make else []
        rules.extend(rule for rule in made if rule.head is None or rule.head not in rule.body)
        if not made and not _is_known(local, triple):
            unsupported.append(triple)
    if not things and not any(_asks_for_things(rule) for rule in rules):
        rules = [rule for rule in rules if rule.head is None or rule.head[1:] != (TYPE, THING)]
    in_order = tuple(sorted(dict.fromkeys(rules), key=_order))
    return Rules(in_order, tuple(unsupported), tuple(sorted(dict.fromkeys(parts))))


def axioms_among(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Yield the triples that may be axioms or their parts; of each predicate this is asked once."""
    known: dict[Term, bool] = {TYPE: True}
    for triple in triples:
        predicate = triple[1]
        if predicate not in known:
            known[predicate] = axiom_name(triple) is not None or predicate in _LIST_PARTS
        if known[predicate] and (predicate != TYPE or triple[2].startswith(f"<{OWL}")):
            yield triple


def is_axiom(triple: Triple) -> bool:
    """Tell whether a triple is, or is a part of, an axiom that gives rules."""
    return _is_part(axiom_name(triple), triple)


def _is_part(local: str | None, triple: Triple) -> bool:
    return local in MAKERS or local in _PARTS or triple[1] in _LIST_PARTS


def _is_known(local: str, triple: Triple) -> bool:
    """Tell whether a triple needs no rule: a declaration, a part of an expression, a label.

    An axiom with a maker is known too when its list or its property is missing: it says nothing.
    A limit is known only if the profile has a rule for its number.
    """
    if triple[1].startswith(f"<{RDFS}"):
        return True
    return local in _SILENT or local in _PARTS or (local in MAKERS and local not in _LIMITS)


_LIMITS = {"maxCardinality", "maxQualifiedCardinality"}


def _asks_for_things(rule: Rule) -> bool:
    return any(atom[1:] == (TYPE, THING) for atom in rule.body)


def _order(rule: Rule) -> tuple[bool, str, str]:
    """Sort by text; where blank nodes stand, which have no lasting names, keep the file's order."""
    text = repr((rule.body, rule.head, rule.identity, rule.distinct))
    return ("_:" in text, rule.kind, "" if "_:" in text else text)
