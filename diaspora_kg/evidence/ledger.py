"""From triples to what they rest on: claims, proofs, reference data."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

import pyoxigraph as ox

from diaspora_kg.inference.axioms import compile_axioms
from diaspora_kg.inference.closure import Closure, Reasoner
from diaspora_kg.inference.proofs import Proof
from diaspora_kg.lookup import Lookup, Node, Step, as_terms, parse_triple
from diaspora_kg.namespaces import DKG, DKGG, PROV, RDF, RDFS
from diaspora_kg.quadstore import QuadStore
from diaspora_kg.terms import Triple, iri, iri_of

_TYPE = RDF + "type"
_CASE = DKGG + "case/"
_DATASET = DKGG + "dataset/"
_OWNERS = ("evidence", "attribution", "coding", "caveat", "contrariety", "partOfStatement")
_NAMED = {
    DKGG + "reference": "reference data on states and regions",
    DKGG + "sources": "the bibliography",
    DKGG + "ontology": "the ontology",
    DKGG + "meta": "the description of the graph",
    DKGG + "links": "identity links",
}
_LAYERS = {
    DKGG + "accepted": "accepted",
    DKGG + "contested": "contested",
    DKGG + "inferred": "inferred",
    DKGG + "conflicts": "conflicts",
    DKGG + "reference": "reference",
    DKGG + "sources": "sources",
    DKGG + "ontology": "ontology",
    DKGG + "links": "links",
    DKGG + "meta": "meta",
}
_PREMISES = tuple(ox.NamedNode(DKGG + name) for name in ("reference", "links", "accepted"))
CODED = "the coder's identification of a thing"
_NOTES = {
    DKG + "Case": "the description of a case",
    DKG + "Adjudication": "an adjudication",
    DKG + "Coder": "the record of who coded",
    PROV + "SoftwareAgent": "the record of who coded",
}


@dataclass(frozen=True)
class Support:
    """What one triple rests on."""

    claims: frozenset[str] = frozenset()
    """IRIs of claims."""
    is_shared: bool = False
    """Whether each of the claims bears the triple by itself, as those of a common passage do."""
    named: frozenset[str] = frozenset()
    """Kinds of data that is named, not quoted."""
    layers: frozenset[str] = frozenset()
    inferred: frozenset[Triple] = frozenset()
    untraced: frozenset[Triple] = frozenset()


@dataclass
class Basis:
    """What a row, or anything else that matched some triples, rests on."""

    claims: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    layers: set[str] = field(default_factory=set)
    inferred: set[Triple] = field(default_factory=set)
    untraced: set[Triple] = field(default_factory=set)

    def add(self, other: "Basis") -> None:
        """Take in what other triples rest on."""
        self.claims |= other.claims
        self.named |= other.named
        self.layers |= other.layers
        self.inferred |= other.inferred
        self.untraced |= other.untraced


class Proofs:
    """Proofs of what was inferred in one store, down to accepted facts and reference data.

    The closure of its premises is computed anew to have them, once, when the first is asked for.
    """

    def __init__(self, store: QuadStore) -> None:
        """Take the store; nothing is read yet."""
        self._store = store

    def proof(self, triple: Triple) -> Proof | None:
        """Return a proof of a triple, None when it does not follow."""
        return self._closure.proof(triple)

    @cached_property
    def _closure(self) -> Closure:
        axioms = self._triples_of(ox.NamedNode(DKGG + "ontology"))
        premises = [triple for graph in _PREMISES for triple in self._triples_of(graph)]
        return Reasoner(compile_axioms(axioms)).closure(premises)

    def _triples_of(self, graph: ox.NamedNode) -> list[Triple]:
        return [
            (str(quad.subject), str(quad.predicate), str(quad.object))
            for quad in self._store.quads_for_pattern(None, None, None, graph)
        ]


class Ledger:
    """Looks up what stands behind the triples of one store."""

    def __init__(self, lookup: Lookup, proofs: Proofs | None = None) -> None:
        """Take where to look, and proofs of the same store when others ask for them as well."""
        self.lookup = lookup
        self.store = lookup.store
        self._proofs = proofs or Proofs(self.store)
        self._supports: dict[Step, Support] = {}
        self._claim_nodes: dict[str, bool] = {}

    def behind(self, triples: Iterable[Step]) -> Basis:
        """Return what the triples of one solution rest on.

        A passage may serve many claims. A solution that names one of them rests on that one.
        """
        basis = Basis()
        supports = []
        named_claims: set[str] = set()
        for triple in triples:
            supports.append(self.support(triple))
            named_claims |= {end for end in _addresses(triple) if self.is_claim(end)}
        for support in supports:
            own = support.claims & named_claims if support.is_shared else frozenset()
            basis.claims |= own or support.claims
            basis.named |= support.named
            basis.layers |= support.layers
            basis.inferred |= support.inferred
            basis.untraced |= support.untraced
        return basis

    def support(self, triple: Step) -> Support:
        """Return what one triple rests on."""
        known = self._supports.get(triple)
        if known is None:
            known = self._supports[triple] = self._find(triple)
        return known

    def is_claim(self, address: str) -> bool:
        """Tell whether something is a claim."""
        known = self._claim_nodes.get(address)
        if known is None:
            known = self._claim_nodes[address] = self.lookup.is_a(address, DKG + "Claim")
        return known

    # --- One triple ---------------------------------------------------------------------

    def _find(self, triple: Step) -> Support:
        graphs = self.graphs(triple)
        layers = frozenset(_layer(graph) for graph in graphs)
        claims, is_shared = self._claims(triple, graphs)
        if claims:
            layers -= {"inferred"} if "claims" in layers else set()
            return Support(frozenset(claims), is_shared, layers=layers)
        if DKGG + "inferred" in graphs:
            inferred = self._inferred(triple)
            if inferred is not None:
                return inferred
        named = {_NAMED[graph] for graph in graphs if graph in _NAMED}
        named |= {f"the data set {g.removeprefix(_DATASET)}" for g in graphs if _DATASET in g}
        if any(graph.startswith(_CASE) or graph == DKGG + "conflicts" for graph in graphs):
            named.add(self._noted_in_case(triple[0]))
        untraced = frozenset() if named else frozenset((as_terms(triple),))
        return Support(named=frozenset(named), layers=layers, untraced=untraced)

    def _noted_in_case(self, subject: Node) -> str:
        """Return what a case says of something that is no claim: which thing is meant, and how."""
        if isinstance(subject, ox.NamedNode):
            types = self.lookup.types(subject.value)
            for name, words in _NOTES.items():
                if name in types:
                    return words
        return CODED

    def graphs(self, triple: Step) -> frozenset[str]:
        """Return the IRIs of the graphs that hold a triple."""
        subject, predicate, obj = triple
        if isinstance(subject, ox.Literal):
            return frozenset()
        stores = [self.store] + ([self.lookup.contested] if self.lookup.contested else [])
        return frozenset(
            quad.graph_name.value
            for store in stores
            for quad in store.quads_for_pattern(subject, predicate, obj, None)
            if isinstance(quad.graph_name, ox.NamedNode)
        )

    def _claims(self, triple: Step, graphs: frozenset[str]) -> tuple[set[str], bool]:
        subject, predicate, obj = triple
        if not isinstance(subject, ox.NamedNode):
            return set(), False
        address = subject.value
        if self.is_claim(address):
            return {address}, False
        if predicate.value == DKG + "basedOn" and isinstance(obj, ox.NamedNode):
            return {obj.value}, False
        based = self.lookup.things(address, DKG + "basedOn")
        if based:  # the triple describes a fact
            return set(based), True
        if graphs & {DKGG + "accepted", DKGG + "contested"}:
            return set(self.claims_of_fact(triple)), False
        between = self.lookup.things(address, DKG + "between")
        if between:  # it describes a conflict, of claims or also of what was measured
            return {side for side in between if self.is_claim(side)}, False
        owners = {owner for name in _OWNERS for owner in self.lookup.holders(DKG + name, address)}
        return owners, True

    def claims_of_fact(self, triple: Step) -> list[str]:
        """Return the claims behind the facts that state a plain triple."""
        return sorted(
            {c for fact in self.facts(triple) for c in self.lookup.things(fact, DKG + "basedOn")}
        )

    def facts(self, triple: Step) -> list[str]:
        """Return the facts (IRIs) that state a plain triple, accepted or contested."""
        subject, predicate, obj = triple
        assert isinstance(subject, ox.NamedNode)
        return [
            fact
            for fact in self.lookup.holders(DKG + "factSubject", subject.value)
            if predicate.value in self.lookup.things(fact, DKG + "factPredicate")
            and any(
                self.lookup.states(fact, DKG + name, obj) for name in ("factObject", "factValue")
            )
        ]

    # --- What was inferred --------------------------------------------------------------

    def _inferred(self, triple: Step) -> Support | None:
        proof = self.proof(as_terms(triple))
        if proof is None:
            return None
        basis = self.behind(parse_triple(leaf) for leaf in proof.leaves)
        return Support(
            frozenset(basis.claims),
            named=frozenset(basis.named),
            layers=frozenset({"inferred", *basis.layers}),
            inferred=frozenset((as_terms(triple),)),
            untraced=frozenset(basis.untraced),
        )

    def proof(self, triple: Triple) -> Proof | None:
        """Return a proof of a triple down to accepted facts and reference data.

        The class of a thing may also follow from the class that it was given without a claim: by a
        coder, or in the bibliography.
        """
        return self._proofs.proof(triple) or self._proof_of_type(triple)

    def _proof_of_type(self, triple: Triple) -> Proof | None:
        subject, predicate, cls = triple
        if predicate != iri(_TYPE) or not cls.startswith("<") or not subject.startswith("<"):
            return None
        for given in self.lookup.types(iri_of(subject)):
            stated = (subject, predicate, iri(given))
            if self.graphs(parse_triple(stated)) - {DKGG + "inferred"}:
                ways = self._ways_up(given)
                if iri_of(cls) in ways:
                    proof = Proof(stated)
                    for lower, upper in ways[iri_of(cls)]:
                        axiom = (iri(lower), iri(RDFS + "subClassOf"), iri(upper))
                        upper_type = (subject, predicate, iri(upper))
                        proof = Proof(upper_type, "subClassOf", (axiom,), (proof,), "cax-sco")
                    return proof
        return None

    def _ways_up(self, cls: str) -> dict[str, tuple[tuple[str, str], ...]]:
        """Return each superclass of a class with the shortest way to it."""
        ways: dict[str, tuple[tuple[str, str], ...]] = {cls: ()}
        waiting = [cls]
        while waiting:
            current = waiting.pop(0)
            for parent in self.lookup.things(current, RDFS + "subClassOf"):
                if parent not in ways:
                    ways[parent] = (*ways[current], (current, parent))
                    waiting.append(parent)
        return ways


def _addresses(triple: Step) -> Iterable[str]:
    return (end.value for end in (triple[0], triple[2]) if isinstance(end, ox.NamedNode))


def _layer(graph: str) -> str:
    if graph.startswith(_CASE):
        return "claims"
    if graph.startswith(_DATASET):
        return "data sets"
    return _LAYERS.get(graph, graph)
