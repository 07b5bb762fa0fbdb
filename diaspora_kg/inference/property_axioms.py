"""Rules of axioms about properties, and about which things differ: tables 4 and 5 of OWL 2 RL."""

from collections.abc import Iterator
from itertools import combinations

from diaspora_kg.inference.axiom_graph import AxiomGraph, maker
from diaspora_kg.inference.rules import STATED, Identity, Rule, never
from diaspora_kg.namespaces import OWL
from diaspora_kg.terms import TYPE, Triple


@maker("domain")
def _domain(_graph: AxiomGraph, axiom: Triple) -> Iterator[Rule]:
    prop, _, cls = axiom
    yield Rule("prp-dom", "domain", (axiom,), (("?x", prop, "?y"),), ("?x", TYPE, cls))


@maker("range")
def _range(_graph: AxiomGraph, axiom: Triple) -> Iterator[Rule]:
    prop, _, cls = axiom
    yield Rule("prp-rng", "range", (axiom,), (("?x", prop, "?y"),), ("?y", TYPE, cls))


@maker("FunctionalProperty")
def _functional(_graph: AxiomGraph, axiom: Triple) -> Iterator[Rule]:
    body = (("?s", axiom[0], "?x"),)
    yield Rule("prp-fp", "FunctionalProperty", (axiom,), body, None, Identity("?x", ("?s",)))


@maker("InverseFunctionalProperty")
def _inverse_functional(_graph: AxiomGraph, axiom: Triple) -> Iterator[Rule]:
    body = (("?x", axiom[0], "?o"),)
    same = Identity("?x", ("?o",))
    yield Rule("prp-ifp", "InverseFunctionalProperty", (axiom,), body, None, same)


@maker("IrreflexiveProperty")
def _irreflexive(_graph: AxiomGraph, axiom: Triple) -> Iterator[Rule]:
    yield never("prp-irp", "IrreflexiveProperty", (axiom,), ("?x", axiom[0], "?x"))


@maker("SymmetricProperty")
def _symmetric(_graph: AxiomGraph, axiom: Triple) -> Iterator[Rule]:
    prop = axiom[0]
    body = (("?x", prop, "?y"),)
    yield Rule("prp-symp", "SymmetricProperty", (axiom,), body, ("?y", prop, "?x"))


@maker("AsymmetricProperty")
def _asymmetric(_graph: AxiomGraph, axiom: Triple) -> Iterator[Rule]:
    body = ("?x", axiom[0], "?y"), ("?y", axiom[0], "?x")
    yield never("prp-asyp", "AsymmetricProperty", (axiom,), *body)


@maker("TransitiveProperty")
def _transitive(_graph: AxiomGraph, axiom: Triple) -> Iterator[Rule]:
    prop = axiom[0]
    body = (("?x", prop, "?y"), ("?y", prop, "?z"))
    yield Rule("prp-trp", "TransitiveProperty", (axiom,), body, ("?x", prop, "?z"))


@maker("subPropertyOf")
def _sub_property(_graph: AxiomGraph, axiom: Triple) -> Iterator[Rule]:
    sub, _, sup = axiom
    yield Rule("prp-spo1", "subPropertyOf", (axiom,), (("?x", sub, "?y"),), ("?x", sup, "?y"))


@maker("propertyChainAxiom")
def _chain(graph: AxiomGraph, axiom: Triple) -> Iterator[Rule]:
    prop, _, head = axiom
    links = graph.members(head)
    if links:
        body = tuple((f"?{i}", link, f"?{i + 1}") for i, link in enumerate(links))
        last = ("?0", prop, f"?{len(links)}")
        yield Rule("prp-spo2", "propertyChainAxiom", (axiom,), body, last)


@maker("equivalentProperty")
def _equivalent(_graph: AxiomGraph, axiom: Triple) -> Iterator[Rule]:
    one, _, other = axiom
    for name, sub, sup in (("prp-eqp1", one, other), ("prp-eqp2", other, one)):
        yield Rule(name, "equivalentProperty", (axiom,), (("?x", sub, "?y"),), ("?x", sup, "?y"))


@maker("propertyDisjointWith")
def _disjoint(_graph: AxiomGraph, axiom: Triple) -> Iterator[Rule]:
    one, _, other = axiom
    body = ("?x", one, "?y"), ("?x", other, "?y")
    yield never("prp-pdw", "propertyDisjointWith", (axiom,), *body)


@maker("AllDisjointProperties")
def _all_disjoint(graph: AxiomGraph, axiom: Triple) -> Iterator[Rule]:
    for head in graph.objects(axiom[0], "members"):
        for pair in combinations(graph.members(head), 2):
            body = [("?x", prop, "?y") for prop in pair]
            yield never("prp-adp", "AllDisjointProperties", (axiom,), *body)


@maker("inverseOf")
def _inverse(_graph: AxiomGraph, axiom: Triple) -> Iterator[Rule]:
    one, _, other = axiom
    for name, prop, back in (("prp-inv1", one, other), ("prp-inv2", other, one)):
        yield Rule(name, "inverseOf", (axiom,), (("?x", prop, "?y"),), ("?y", back, "?x"))


@maker("hasKey")
def _key(graph: AxiomGraph, axiom: Triple) -> Iterator[Rule]:
    cls, _, head = axiom
    props = graph.members(head)
    if props:
        keys = tuple(f"?{i}" for i in range(len(props)))
        values = tuple(("?x", prop, key) for prop, key in zip(props, keys, strict=True))
        body = (("?x", TYPE, cls), *values)
        yield Rule("prp-key", "hasKey", (axiom,), body, None, Identity("?x", keys))


@maker("sourceIndividual")
def _negative(graph: AxiomGraph, axiom: Triple) -> Iterator[Rule]:
    node, _, source = axiom
    for prop in graph.objects(node, "assertionProperty"):
        named = (axiom, (node, f"<{OWL}assertionProperty>", prop))
        for name, kind in (("prp-npa1", "targetIndividual"), ("prp-npa2", "targetValue")):
            for target in graph.objects(node, kind):
                used = (*named, (node, f"<{OWL}{kind}>", target))
                yield never(name, "NegativePropertyAssertion", used, (source, prop, target))


@maker("AllDifferent")
def _all_different(graph: AxiomGraph, axiom: Triple) -> Iterator[Rule]:
    for name, kind in (("eq-diff2", "members"), ("eq-diff3", "distinctMembers")):
        for head in graph.objects(axiom[0], kind):
            members = graph.members(head)
            if len(members) > 1:
                used = (axiom, (axiom[0], f"<{OWL}{kind}>", head))
                yield Rule(name, "AllDifferent", used, (), None, distinct=members)


@maker("sameAs", "differentFrom")
def _stated(_graph: AxiomGraph, axiom: Triple) -> Iterator[Rule]:
    """Let an ontology say of individuals that they are one, or are not."""
    kind = axiom[1][len(OWL) + 1 : -1]
    yield Rule(STATED, kind, (axiom,), (), axiom)
