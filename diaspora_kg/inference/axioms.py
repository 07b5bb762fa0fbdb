"""The axioms of an ontology as rules: OWL 2 RL in triples, read once, written as Horn clauses.

The rules are those of the W3C recommendation "OWL 2 Web Ontology Language Profiles", section 4.3,
for the axioms named below. A class expression without a name is a class like any other whose
name is its blank node, so nesting needs no rules of its own; what is inferred of it stays inside.
Axioms that no rule covers are named in ``Rules.unsupported``, so that nothing is dropped unseen.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from diaspora_kg.namespaces import OWL, RDF, RDFS, XSD
from diaspora_kg.terms import TYPE, Term, Triple

Atom = tuple[Term, Term, Term]
"""A triple pattern; a variable begins with ``?``."""

NIL: Term = f"<{RDF}nil>"
THING: Term = f"<{OWL}Thing>"
NOTHING: Term = f"<{OWL}Nothing>"

_SILENT = {"Class", "Restriction", "Ontology", "ObjectProperty", "DatatypeProperty"} | {
    "AnnotationProperty", "NamedIndividual", "AllDisjointClasses", "AllDisjointProperties",
    "TransitiveProperty", "SymmetricProperty", "AsymmetricProperty", "IrreflexiveProperty",
    "Axiom", "DeprecatedClass", "DeprecatedProperty", "Thing",
}  # fmt: skip
_PARTS = {"onProperty", "members", "imports", "versionIRI", "versionInfo", "deprecated"} | {
    "annotatedSource", "annotatedProperty", "annotatedTarget", "priorVersion", "incompatibleWith",
    "backwardCompatibleWith",
}  # fmt: skip


@dataclass(frozen=True)
class Rule:
    """A Horn clause with the axiom that it comes from."""

    name: str
    """The kind of axiom, by its OWL or RDFS name."""
    axioms: tuple[Triple, ...]
    body: tuple[Atom, ...]
    head: Atom | None
    """What follows; None when what the body says cannot be."""

    @property
    def unnamed(self) -> frozenset[Term]:
        """The class expressions and inverses without a name that the rule speaks of."""
        atoms = self.body if self.head is None else (*self.body, self.head)
        speaks_of = {atom[2] if atom[1] == TYPE else atom[1] for atom in atoms}
        return frozenset(term for term in speaks_of if term.startswith("_:"))


@dataclass(frozen=True)
class Rules:
    """The rules of an ontology, and the axioms that no rule covers."""

    rules: tuple[Rule, ...]
    unsupported: tuple[Triple, ...]


def compile_axioms(axioms: Iterable[Triple]) -> Rules:
    """Return the rules of the axioms among some triples; what is no axiom is passed over."""
    graph = _Graph(axioms)
    rules: list[Rule] = []
    unsupported: list[Triple] = []
    for triple in graph.triples:
        local = _owl_name(triple)
        if local is None:
            continue
        make = _MAKERS.get(local)
        made = list(make(graph, triple)) if make else []
        rules.extend(rule for rule in made if not _says_nothing(rule))
        if not made and not _is_known(local, triple):
            unsupported.append(triple)
    return Rules(tuple(sorted(dict.fromkeys(rules), key=_order)), tuple(unsupported))


class _Graph:
    """The triples of an ontology, with the look-ups that axioms need."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.triples = list(triples)
        self._objects: dict[tuple[Term, Term], list[Term]] = defaultdict(list)
        for subject, predicate, obj in self.triples:
            self._objects[subject, predicate].append(obj)

    def objects(self, subject: Term, name: str) -> list[Term]:
        """Return the objects of a property of OWL."""
        return self._objects.get((subject, f"<{OWL}{name}>"), [])

    def has_type(self, subject: Term, type_iri: str) -> bool:
        return f"<{type_iri}>" in self._objects.get((subject, TYPE), [])

    def members(self, head: Term) -> tuple[Term, ...]:
        """Return the members of an RDF list; none when the list is broken."""
        found: list[Term] = []
        seen = set()
        while head != NIL:
            first = self._objects.get((head, f"<{RDF}first>"), [])
            rest = self._objects.get((head, f"<{RDF}rest>"), [])
            if len(first) != 1 or len(rest) != 1 or head in seen:
                return ()
            seen.add(head)
            found.append(first[0])
            head = rest[0]
        return tuple(found)

    def is_datatype(self, term: Term) -> bool:
        named = term.startswith((f"<{XSD}", f"<{RDF}langString", f"<{RDFS}Literal"))
        restricted = bool(self.objects(term, "onDatatype"))
        return named or restricted or self.has_type(term, RDFS + "Datatype")


_Maker = Callable[[_Graph, Triple], Iterator[Rule]]
_MAKERS: dict[str, _Maker] = {}


def _owl_name(triple: Triple) -> str | None:
    """Return the name that makes a triple an axiom: its predicate, or a class of OWL."""
    _, predicate, obj = triple
    if predicate == TYPE:
        return obj[len(OWL) + 1 : -1] if obj.startswith(f"<{OWL}") else None
    for namespace in (OWL, RDFS):
        if predicate.startswith(f"<{namespace}"):
            return predicate[len(namespace) + 1 : -1]
    return None


def _is_known(local: str, triple: Triple) -> bool:
    """Tell whether a triple needs no rule: a declaration, a part of an expression, a label."""
    if triple[1].startswith(f"<{RDFS}"):
        return True
    return local in _SILENT or local in _PARTS or local in _MAKERS


def _says_nothing(rule: Rule) -> bool:
    return rule.head is not None and (rule.head in rule.body or rule.head[1:] == (TYPE, THING))


def _order(rule: Rule) -> tuple[bool, str, str]:
    """Sort by text; where blank nodes stand, which have no lasting names, keep the file's order."""
    text = repr((rule.body, rule.head))
    return ("_:" in text, rule.name, "" if "_:" in text else text)


def _maker(*names: str) -> Callable[[_Maker], _Maker]:
    def register(make: _Maker) -> _Maker:
        for name in names:
            _MAKERS[name] = make
        return make

    return register


@_maker("subClassOf")
def _sub_class(_graph: _Graph, axiom: Triple) -> Iterator[Rule]:
    sub, _, sup = axiom
    yield _is_a("subClassOf", (axiom,), [sub], sup)


@_maker("equivalentClass")
def _equivalent_class(graph: _Graph, axiom: Triple) -> Iterator[Rule]:
    one, _, other = axiom
    if graph.is_datatype(one) or graph.is_datatype(other):
        return
    yield _is_a("equivalentClass", (axiom,), [one], other)
    yield _is_a("equivalentClass", (axiom,), [other], one)


@_maker("subPropertyOf")
def _sub_property(_graph: _Graph, axiom: Triple) -> Iterator[Rule]:
    sub, _, sup = axiom
    yield Rule("subPropertyOf", (axiom,), (("?x", sub, "?y"),), ("?x", sup, "?y"))


@_maker("equivalentProperty")
def _equivalent_property(_graph: _Graph, axiom: Triple) -> Iterator[Rule]:
    one, _, other = axiom
    yield Rule("equivalentProperty", (axiom,), (("?x", one, "?y"),), ("?x", other, "?y"))
    yield Rule("equivalentProperty", (axiom,), (("?x", other, "?y"),), ("?x", one, "?y"))


@_maker("domain")
def _domain(_graph: _Graph, axiom: Triple) -> Iterator[Rule]:
    prop, _, cls = axiom
    yield Rule("domain", (axiom,), (("?x", prop, "?y"),), ("?x", TYPE, cls))


@_maker("range")
def _range(graph: _Graph, axiom: Triple) -> Iterator[Rule]:
    prop, _, cls = axiom
    if not graph.is_datatype(cls):
        yield Rule("range", (axiom,), (("?x", prop, "?y"),), ("?y", TYPE, cls))


@_maker("inverseOf")
def _inverse(_graph: _Graph, axiom: Triple) -> Iterator[Rule]:
    one, _, other = axiom
    yield Rule("inverseOf", (axiom,), (("?x", one, "?y"),), ("?y", other, "?x"))
    yield Rule("inverseOf", (axiom,), (("?x", other, "?y"),), ("?y", one, "?x"))


@_maker("SymmetricProperty")
def _symmetric(_graph: _Graph, axiom: Triple) -> Iterator[Rule]:
    prop = axiom[0]
    yield Rule("SymmetricProperty", (axiom,), (("?x", prop, "?y"),), ("?y", prop, "?x"))


@_maker("TransitiveProperty")
def _transitive(_graph: _Graph, axiom: Triple) -> Iterator[Rule]:
    prop = axiom[0]
    body = (("?x", prop, "?y"), ("?y", prop, "?z"))
    yield Rule("TransitiveProperty", (axiom,), body, ("?x", prop, "?z"))


@_maker("propertyChainAxiom")
def _chain(graph: _Graph, axiom: Triple) -> Iterator[Rule]:
    prop, _, head = axiom
    links = graph.members(head)
    if links:
        body = tuple((f"?{i}", link, f"?{i + 1}") for i, link in enumerate(links))
        yield Rule("propertyChainAxiom", (axiom,), body, ("?0", prop, f"?{len(links)}"))


@_maker("intersectionOf")
def _intersection(graph: _Graph, axiom: Triple) -> Iterator[Rule]:
    whole, _, head = axiom
    members = graph.members(head)
    if members and not graph.is_datatype(whole):
        parts = [member for member in members if member != THING]
        if parts:
            yield _is_a("intersectionOf", (axiom,), parts, whole)
        for part in parts:
            yield _is_a("intersectionOf", (axiom,), [whole], part)


@_maker("unionOf", "disjointUnionOf")
def _union(graph: _Graph, axiom: Triple) -> Iterator[Rule]:
    whole, predicate, head = axiom
    members = graph.members(head)
    if graph.is_datatype(whole):
        return
    for member in members:
        yield _is_a("unionOf", (axiom,), [member], whole)
    if "disjointUnionOf" in predicate:
        for pair in combinations(members, 2):
            yield _never("disjointUnionOf", axiom, [("?x", TYPE, cls) for cls in pair])


@_maker("oneOf")
def _one_of(graph: _Graph, axiom: Triple) -> Iterator[Rule]:
    whole, _, head = axiom
    for member in graph.members(head):
        if not member.startswith('"'):
            yield Rule("oneOf", (axiom,), (), (member, TYPE, whole))


@_maker("someValuesFrom")
def _some(graph: _Graph, axiom: Triple) -> Iterator[Rule]:
    whole, _, filler = axiom
    for prop, used in _on_property(graph, axiom):
        if filler == THING or graph.is_datatype(filler):
            if filler == THING:
                yield Rule("someValuesFrom", used, (("?x", prop, "?y"),), ("?x", TYPE, whole))
        else:
            body = (("?x", prop, "?y"), ("?y", TYPE, filler))
            yield Rule("someValuesFrom", used, body, ("?x", TYPE, whole))


@_maker("hasValue")
def _has_value(graph: _Graph, axiom: Triple) -> Iterator[Rule]:
    whole, _, value = axiom
    for prop, used in _on_property(graph, axiom):
        yield Rule("hasValue", used, (("?x", prop, value),), ("?x", TYPE, whole))
        yield Rule("hasValue", used, (("?x", TYPE, whole),), ("?x", prop, value))


@_maker("allValuesFrom")
def _all(graph: _Graph, axiom: Triple) -> Iterator[Rule]:
    whole, _, filler = axiom
    if graph.is_datatype(filler):
        return
    for prop, used in _on_property(graph, axiom):
        body = (("?x", TYPE, whole), ("?x", prop, "?y"))
        yield Rule("allValuesFrom", used, body, ("?y", TYPE, filler))


@_maker("disjointWith", "complementOf")
def _disjoint(_graph: _Graph, axiom: Triple) -> Iterator[Rule]:
    one, predicate, other = axiom
    name = predicate[len(OWL) + 1 : -1]
    yield _never(name, axiom, [("?x", TYPE, one), ("?x", TYPE, other)])


@_maker("AllDisjointClasses")
def _all_disjoint(graph: _Graph, axiom: Triple) -> Iterator[Rule]:
    for head in graph.objects(axiom[0], "members"):
        for pair in combinations(graph.members(head), 2):
            yield _never("AllDisjointClasses", axiom, [("?x", TYPE, cls) for cls in pair])


@_maker("propertyDisjointWith")
def _disjoint_properties(_graph: _Graph, axiom: Triple) -> Iterator[Rule]:
    one, _, other = axiom
    yield _never("propertyDisjointWith", axiom, [("?x", one, "?y"), ("?x", other, "?y")])


@_maker("AllDisjointProperties")
def _all_disjoint_properties(graph: _Graph, axiom: Triple) -> Iterator[Rule]:
    for head in graph.objects(axiom[0], "members"):
        for pair in combinations(graph.members(head), 2):
            yield _never("AllDisjointProperties", axiom, [("?x", prop, "?y") for prop in pair])


@_maker("AsymmetricProperty")
def _asymmetric(_graph: _Graph, axiom: Triple) -> Iterator[Rule]:
    prop = axiom[0]
    yield _never("AsymmetricProperty", axiom, [("?x", prop, "?y"), ("?y", prop, "?x")])


@_maker("IrreflexiveProperty")
def _irreflexive(_graph: _Graph, axiom: Triple) -> Iterator[Rule]:
    yield _never("IrreflexiveProperty", axiom, [("?x", axiom[0], "?x")])


def _is_a(name: str, axioms: tuple[Triple, ...], classes: Iterable[Term], sup: Term) -> Rule:
    body = tuple(("?x", TYPE, cls) for cls in classes)
    if sup == NOTHING:
        return Rule(name, axioms, body, None)
    return Rule(name, axioms, body, ("?x", TYPE, sup))


def _never(name: str, axiom: Triple, body: list[Atom]) -> Rule:
    return Rule(name, (axiom,), tuple(body), None)


def _on_property(graph: _Graph, axiom: Triple) -> Iterator[tuple[Term, tuple[Triple, ...]]]:
    whole = axiom[0]
    for prop in graph.objects(whole, "onProperty"):
        yield prop, (axiom, (whole, f"<{OWL}onProperty>", prop))
