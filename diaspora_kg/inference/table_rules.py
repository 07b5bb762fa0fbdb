"""Rules of OWL 2 RL that no axiom has to set off: equality, nothing, datatypes, the schema.

Tables 4, 6, 8 and 9 of the recommendation. The rules of the schema draw axioms from axioms, and
are for graphs that are closed with their ontology.
"""

from collections.abc import Iterator

from diaspora_kg.inference.axiom_graph import AxiomGraph
from diaspora_kg.inference.rules import DIFFERENT, NOTHING, THING, Atom, Rule
from diaspora_kg.namespaces import OWL, RDFS
from diaspora_kg.terms import TYPE, Term, Triple

EQ_REF = Rule("eq-ref", "sameAs", (), (), None)
EQ_DIFF1 = Rule("eq-diff1", "differentFrom", (), (("?x", DIFFERENT, "?x"),), None)
CLS_NOTHING2 = Rule("cls-nothing2", "Nothing", (), (("?x", TYPE, NOTHING),), None)
DT_TYPE2 = Rule("dt-type2", "Datatype", (), (), None)
DT_DIFF = Rule("dt-diff", "Literal", (), (), None)
DT_NOT_TYPE = Rule("dt-not-type", "Datatype", (), (), None)

BUILT_IN = (EQ_REF, DT_TYPE2, DT_DIFF, DT_NOT_TYPE, EQ_DIFF1, CLS_NOTHING2)
"""Rules that always hold; the first four have no body and are set off by the program."""

_SUB_CLASS, _SUB_PROPERTY = f"<{RDFS}subClassOf>", f"<{RDFS}subPropertyOf>"
_DOMAIN, _RANGE = f"<{RDFS}domain>", f"<{RDFS}range>"
_CLASS, _ON = f"<{OWL}Class>", f"<{OWL}onProperty>"
_SAME_CLASS, _SAME_PROPERTY = f"<{OWL}equivalentClass>", f"<{OWL}equivalentProperty>"


def _rule(name: str, kind: str, *atoms: Atom) -> Rule:
    """Return a rule of the tables: the last atom follows from the others."""
    return Rule(name, kind, (), atoms[:-1], atoms[-1])


def _hierarchy(letter: str, kind: str, sub: Term, same: Term) -> Iterator[Rule]:
    """Yield the rules that classes and properties share: order, and equivalence as both ways."""
    order, equal = ("scm-sco", "scm-eqc") if letter == "c" else ("scm-spo", "scm-eqp")
    yield _rule(order, kind, ("?1", sub, "?2"), ("?2", sub, "?3"), ("?1", sub, "?3"))
    yield _rule(f"{equal}1", kind, ("?1", same, "?2"), ("?1", sub, "?2"))
    yield _rule(f"{equal}1", kind, ("?1", same, "?2"), ("?2", sub, "?1"))
    yield _rule(f"{equal}2", kind, ("?1", sub, "?2"), ("?2", sub, "?1"), ("?1", same, "?2"))


def _declared() -> Iterator[Rule]:
    """Yield what a declaration says: every class is below itself and Thing, and so on."""
    is_class = ("?c", TYPE, _CLASS)
    for head in (
        ("?c", _SUB_CLASS, "?c"),
        ("?c", _SAME_CLASS, "?c"),
        ("?c", _SUB_CLASS, THING),
        (NOTHING, _SUB_CLASS, "?c"),
    ):
        yield _rule("scm-cls", "Class", is_class, head)
    for name, kind in (("scm-op", "ObjectProperty"), ("scm-dp", "DatatypeProperty")):
        for predicate in (_SUB_PROPERTY, _SAME_PROPERTY):
            yield _rule(name, kind, ("?p", TYPE, f"<{OWL}{kind}>"), ("?p", predicate, "?p"))


def _reach() -> Iterator[Rule]:
    """Yield the rules of domains and ranges: up among classes, down among properties."""
    for name, kind, reach in (("scm-dom", "domain", _DOMAIN), ("scm-rng", "range", _RANGE)):
        stated = ("?p", reach, "?1")
        yield _rule(f"{name}1", kind, stated, ("?1", _SUB_CLASS, "?2"), ("?p", reach, "?2"))
        below = ("?q", _SUB_PROPERTY, "?p")
        yield _rule(f"{name}2", kind, stated, below, ("?q", reach, "?1"))


def _restrictions() -> Iterator[Rule]:
    """Yield the rules by which one restriction is below another."""
    one_on, other_on = ("?1", _ON, "?p"), ("?2", _ON, "?q")
    below = ("?p", _SUB_PROPERTY, "?q")
    up, down = ("?1", _SUB_CLASS, "?2"), ("?2", _SUB_CLASS, "?1")
    for name, kind, follows in (
        ("scm-hv", "hasValue", up),
        ("scm-svf2", "someValuesFrom", up),
        ("scm-avf2", "allValuesFrom", down),
    ):
        part = f"<{OWL}{kind}>"
        yield _rule(name, kind, ("?1", part, "?y"), one_on, ("?2", part, "?y"), other_on, below,
                    follows)  # fmt: skip
    for name, kind in (("scm-svf1", "someValuesFrom"), ("scm-avf1", "allValuesFrom")):
        part = f"<{OWL}{kind}>"
        fillers = (("?1", part, "?y"), one_on, ("?2", part, "?z"), ("?2", _ON, "?p"))
        yield _rule(name, kind, *fillers, ("?y", _SUB_CLASS, "?z"), up)


SCHEMA = (
    *_hierarchy("c", "subClassOf", _SUB_CLASS, _SAME_CLASS),
    *_hierarchy("p", "subPropertyOf", _SUB_PROPERTY, _SAME_PROPERTY),
    *_declared(),
    *_reach(),
    *_restrictions(),
)
"""Table 9 but for intersections and unions, whose lists have to be read."""

RESTATED = frozenset(
    {rule.name for rule in SCHEMA} - {"scm-svf1", "scm-svf2", "scm-avf1", "scm-avf2"}
) | {"scm-int", "scm-uni", "always"}
"""Rules whose axioms say nothing of things that the axioms they come from do not say too."""


def schema_of_lists(graph: AxiomGraph) -> Iterator[Rule]:
    """Yield what intersections and unions say of classes: scm-int and scm-uni."""
    for triple in graph.triples:
        subject, predicate, obj = triple
        if predicate == f"<{OWL}intersectionOf>":
            for member in graph.members(obj):
                head: Triple = (subject, _SUB_CLASS, member)
                yield Rule("scm-int", "intersectionOf", (triple,), (), head)
        elif predicate == f"<{OWL}unionOf>":
            for member in graph.members(obj):
                head = (member, _SUB_CLASS, subject)
                yield Rule("scm-uni", "unionOf", (triple,), (), head)
