"""What OWL 2 RL says of everything: left out unless asked for, for it tells nobody anything."""

from collections.abc import Iterable

from diaspora_kg.inference.datatypes import DATATYPES
from diaspora_kg.inference.rules import NOTHING, SAME_AS, THING
from diaspora_kg.namespaces import OWL, RDFS
from diaspora_kg.terms import TYPE, Triple

_SUB_CLASS = f"<{RDFS}subClassOf>"
_ORDER = {
    _SUB_CLASS, f"<{OWL}equivalentClass>", f"<{RDFS}subPropertyOf>", f"<{OWL}equivalentProperty>",
}  # fmt: skip
_REFLEXIVE = {SAME_AS, *_ORDER}
_REACH = {TYPE, f"<{RDFS}domain>", f"<{RDFS}range>", _SUB_CLASS}
_ANNOTATIONS = [
    *(f"<{RDFS}{name}>" for name in ("label", "comment", "seeAlso", "isDefinedBy")),
    *(f"<{OWL}{name}>" for name in ("deprecated", "versionInfo", "priorVersion")),
    *(f"<{OWL}{name}>" for name in ("backwardCompatibleWith", "incompatibleWith")),
]
ABOUT_CLASSES: frozenset[Triple] = frozenset(
    (term, TYPE, f"<{OWL}Class>") for term in (THING, NOTHING)
)
BUILT_IN: frozenset[Triple] = ABOUT_CLASSES.union(
    [
        *((term, TYPE, f"<{OWL}AnnotationProperty>") for term in _ANNOTATIONS),
        *((datatype, TYPE, f"<{RDFS}Datatype>") for datatype in DATATYPES),
    ]
)
"""Triples that hold in every graph: prp-ap, dt-type1, cls-thing, cls-nothing1."""


def is_tautology(triple: Triple) -> bool:
    """Tell whether a triple holds whatever is said: a thing is itself, a class is below Thing."""
    subject, predicate, obj = triple
    if subject == obj and predicate in _REFLEXIVE:
        return True
    if obj == THING and predicate in _REACH:
        return True
    return (subject == NOTHING and predicate == _SUB_CLASS) or triple in BUILT_IN


def is_reflexive(axiom: Triple) -> bool:
    """Tell whether an axiom says of a class or property that it is below itself: no rule does."""
    return axiom[0] == axiom[2] and axiom[1] in _ORDER


def tautologies_on(triples: Iterable[Triple]) -> frozenset[Triple]:
    """Return what holds in every graph, and that each term of some triples is itself (eq-ref)."""
    terms = {SAME_AS}.union(*triples, *BUILT_IN)
    return BUILT_IN | {(term, SAME_AS, term) for term in terms if not term.startswith('"')}
