"""Rules of axioms about classes and class expressions: tables 6 and 7 of OWL 2 RL."""

from collections.abc import Iterator
from itertools import combinations

from diaspora_kg.inference.axiom_graph import AxiomGraph, count_of, maker
from diaspora_kg.inference.rules import THING, Identity, Rule, is_a, never
from diaspora_kg.namespaces import OWL
from diaspora_kg.terms import TYPE, Term, Triple


@maker("subClassOf")
def _sub_class(_graph: AxiomGraph, axiom: Triple) -> Iterator[Rule]:
    sub, _, sup = axiom
    yield is_a("cax-sco", "subClassOf", (axiom,), [sub], sup)


@maker("Class")
def _class(_graph: AxiomGraph, axiom: Triple) -> Iterator[Rule]:
    """Say that members of a declared class are things: scm-cls, then cax-sco."""
    yield is_a("cax-sco", "Class", (axiom,), [axiom[0]], THING)


@maker("equivalentClass")
def _equivalent(_graph: AxiomGraph, axiom: Triple) -> Iterator[Rule]:
    one, _, other = axiom
    yield is_a("cax-eqc1", "equivalentClass", (axiom,), [one], other)
    yield is_a("cax-eqc2", "equivalentClass", (axiom,), [other], one)


@maker("disjointWith", "complementOf")
def _disjoint(_graph: AxiomGraph, axiom: Triple) -> Iterator[Rule]:
    one, predicate, other = axiom
    kind = predicate[len(OWL) + 1 : -1]
    name = "cls-com" if kind == "complementOf" else "cax-dw"
    yield never(name, kind, (axiom,), ("?x", TYPE, one), ("?x", TYPE, other))


@maker("AllDisjointClasses")
def _all_disjoint(graph: AxiomGraph, axiom: Triple) -> Iterator[Rule]:
    for head in graph.objects(axiom[0], "members"):
        for pair in combinations(graph.members(head), 2):
            body = [("?x", TYPE, cls) for cls in pair]
            yield never("cax-adc", "AllDisjointClasses", (axiom,), *body)


@maker("intersectionOf")
def _intersection(graph: AxiomGraph, axiom: Triple) -> Iterator[Rule]:
    whole, _, head = axiom
    members = graph.members(head)
    parts = [member for member in members if member != THING]
    if members:
        yield is_a("cls-int1", "intersectionOf", (axiom,), parts or members, whole)
    for part in members:
        yield is_a("cls-int2", "intersectionOf", (axiom,), [whole], part)


@maker("unionOf", "disjointUnionOf")
def _union(graph: AxiomGraph, axiom: Triple) -> Iterator[Rule]:
    """Read a disjoint union, which OWL 2 RL leaves out, as a union of disjoint classes."""
    whole, predicate, head = axiom
    members = graph.members(head)
    for member in members:
        yield is_a("cls-uni", "unionOf", (axiom,), [member], whole)
    if "disjointUnionOf" in predicate:
        for pair in combinations(members, 2):
            body = [("?x", TYPE, cls) for cls in pair]
            yield never("cax-dw", "disjointUnionOf", (axiom,), *body)


@maker("oneOf")
def _one_of(graph: AxiomGraph, axiom: Triple) -> Iterator[Rule]:
    whole, _, head = axiom
    for member in graph.members(head):
        yield Rule("cls-oo", "oneOf", (axiom,), (), (member, TYPE, whole))


@maker("someValuesFrom")
def _some(graph: AxiomGraph, axiom: Triple) -> Iterator[Rule]:
    whole, _, filler = axiom
    for prop, used in graph.on_property(axiom):
        body: tuple[Triple, ...] = (("?x", prop, "?y"),)
        if filler == THING:
            yield Rule("cls-svf2", "someValuesFrom", used, body, ("?x", TYPE, whole))
        else:
            body = (*body, ("?y", TYPE, filler))
            yield Rule("cls-svf1", "someValuesFrom", used, body, ("?x", TYPE, whole))


@maker("allValuesFrom")
def _all(graph: AxiomGraph, axiom: Triple) -> Iterator[Rule]:
    whole, _, filler = axiom
    for prop, used in graph.on_property(axiom):
        body = (("?x", TYPE, whole), ("?x", prop, "?y"))
        yield Rule("cls-avf", "allValuesFrom", used, body, ("?y", TYPE, filler))


@maker("hasValue")
def _has_value(graph: AxiomGraph, axiom: Triple) -> Iterator[Rule]:
    whole, _, value = axiom
    for prop, used in graph.on_property(axiom):
        yield Rule("cls-hv1", "hasValue", used, (("?x", TYPE, whole),), ("?x", prop, value))
        yield Rule("cls-hv2", "hasValue", used, (("?x", prop, value),), ("?x", TYPE, whole))


@maker("maxCardinality")
def _at_most(graph: AxiomGraph, axiom: Triple) -> Iterator[Rule]:
    whole, _, limit = axiom
    for prop, used in graph.on_property(axiom):
        body = (("?u", TYPE, whole), ("?u", prop, "?x"))
        yield from _at_most_of("maxCardinality", ("cls-maxc1", "cls-maxc2"), limit, used, body)


@maker("maxQualifiedCardinality")
def _at_most_qualified(graph: AxiomGraph, axiom: Triple) -> Iterator[Rule]:
    whole, _, limit = axiom
    for prop, on_property in graph.on_property(axiom):
        for name in ("onClass", "onDataRange"):
            for filler in graph.objects(whole, name):
                used = (*on_property, (whole, f"<{OWL}{name}>", filler))
                body: tuple[Triple, ...] = (("?u", TYPE, whole), ("?u", prop, "?x"))
                if filler == THING:
                    names = ("cls-maxqc2", "cls-maxqc4")
                else:
                    names = ("cls-maxqc1", "cls-maxqc3")
                    body = (*body, ("?x", TYPE, filler))
                yield from _at_most_of("maxQualifiedCardinality", names, limit, used, body)


def _at_most_of(
    kind: str,
    names: tuple[str, str],
    limit: Term,
    used: tuple[Triple, ...],
    body: tuple[Triple, ...],
) -> Iterator[Rule]:
    """Yield the rule of a limit: none, or one; the profile knows no other."""
    count = count_of(limit)
    if count == 0:
        yield never(names[0], kind, used, *body)
    elif count == 1:
        yield Rule(names[1], kind, used, body, None, Identity("?x", ("?u",)))
