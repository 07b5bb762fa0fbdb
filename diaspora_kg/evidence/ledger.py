"""From triples to what they rest on: claims, proofs, reference data; and from claims to quotes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

import pyoxigraph as ox

from diaspora_kg.inference.axioms import compile_axioms
from diaspora_kg.inference.closure import Closure, Reasoner
from diaspora_kg.inference.proofs import Proof
from diaspora_kg.namespaces import DCTERMS, DKG, DKGG, RDFS
from diaspora_kg.terms import TYPE, Term, Triple, iri_of

_RDF_TYPE = ox.NamedNode(TYPE[1:-1])
_CASE = DKGG + "case/"
_OWNERS = ("evidence", "attribution", "coding", "caveat", "contrariety")
_NAMED = {
    DKGG + "reference": "reference data",
    DKGG + "sources": "bibliography",
    DKGG + "ontology": "ontology",
    DKGG + "meta": "description of the graph",
    DKGG + "links": "identity links",
}
_PREMISES = tuple(ox.NamedNode(DKGG + name) for name in ("reference", "links", "accepted"))


@dataclass(frozen=True)
class Passage:
    """A quote with the place it stands at."""

    evidence: str
    quotes: tuple[tuple[str, str], ...]
    """Language and text."""
    source: str
    """The IRI of the source."""
    source_label: str
    title: str
    locator: str
    access: str = ""

    @property
    def quote(self) -> str:
        """The quote, in the first of its languages."""
        return self.quotes[0][1] if self.quotes else ""


@dataclass(frozen=True)
class ClaimRecord:
    """One claim as a person reads it, with its passages."""

    iri: str
    label: str
    holder: str
    modality: str
    polarity: str
    passages: tuple[Passage, ...]
    attributed: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()


@dataclass
class Support:
    """What some triples rest on."""

    claims: set[str] = field(default_factory=set)
    """IRIs of claims."""
    named: set[str] = field(default_factory=set)
    """Kinds of data that is named, not quoted."""
    untraced: set[Triple] = field(default_factory=set)

    def add(self, other: "Support") -> None:
        """Take in what other triples rest on."""
        self.claims |= other.claims
        self.named |= other.named
        self.untraced |= other.untraced


class Ledger:
    """Looks up what stands behind the triples of one store."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store
        self._supports: dict[tuple[object, ...], Support] = {}
        self._records: dict[str, ClaimRecord] = {}

    # --- Triples ------------------------------------------------------------------------

    def behind(self, triples: Iterable[tuple[ox.NamedNode | ox.BlankNode, ox.NamedNode, object]]) -> Support:
        """Return what all of some triples rest on."""
        total = Support()
        for triple in triples:
            known = self._supports.get(triple)
            if known is None:
                known = self._supports[triple] = self._of(*triple)
            total.add(known)
        return total

    def _of(self, s: object, p: ox.NamedNode, o: object) -> Support:
        graphs = {
            quad.graph_name.value
            for quad in self.store.quads_for_pattern(s, p, o, None)  # type: ignore[arg-type]
            if isinstance(quad.graph_name, ox.NamedNode)
        }
        support = Support()
        for name in (DKGG + "accepted", DKGG + "contested"):
            if name in graphs:
                support.claims |= self._claims_of_fact(s, p, o)
        in_case = any(graph.startswith(_CASE) for graph in graphs)
        if in_case or DKGG + "conflicts" in graphs:
            support.claims |= self._claims_of_node(s)
            if not support.claims:
                support.named.add("the coder's identification of an entity")
        if not support.claims and DKGG + "inferred" in graphs:
            support.add(self._of_inferred(s, p, o))
        if not support.claims:
            support.named |= {_NAMED[graph] for graph in graphs if graph in _NAMED}
        if not support.claims and not support.named:
            support.untraced.add((str(s), str(p), str(o)))
        return support

    def _claims_of_fact(self, s: object, p: ox.NamedNode, o: object) -> set[str]:
        based = self._objects(s, "basedOn")
        if based:  # the triple describes a fact node
            return set(based)
        found: set[str] = set()
        for fact in self._facts(s, p, o):
            found |= set(self._objects(ox.NamedNode(fact), "basedOn"))
        return found

    def facts_of(self, s: object, p: ox.NamedNode, o: object) -> list[str]:
        """Return the facts (IRIs) that state a plain triple, from claims about it."""
        return sorted(self._facts(s, p, o))

    def _facts(self, s: object, p: ox.NamedNode, o: object) -> set[str]:
        found = set()
        for value_name in ("factObject", "factValue"):
            pattern = self.store.quads_for_pattern(None, _dkg(value_name), o, None)  # type: ignore[arg-type]
            for quad in pattern:
                node = quad.subject
                if self._has(node, "factSubject", s) and self._has(node, "factPredicate", p):
                    found.add(node.value)
        return found

    def _claims_of_node(self, node: object) -> set[str]:
        if not isinstance(node, ox.NamedNode):
            return set()
        if self._is_a(node, "Claim"):
            return {node.value}
        if self._is_a(node, "Conflict"):
            return set(self._objects(node, "between"))
        owners: set[str] = set()
        for name in (*_OWNERS, "partOfStatement"):
            pattern = self.store.quads_for_pattern(None, _dkg(name), node, None)
            owners |= {quad.subject.value for quad in pattern}
        return owners

    # --- What was inferred --------------------------------------------------------------

    @cached_property
    def closure(self) -> Closure:
        """The closure of this store's premises, computed anew to have the proofs."""
        axioms = [
            (str(q.subject), str(q.predicate), str(q.object))
            for q in self.store.quads_for_pattern(None, None, None, ox.NamedNode(DKGG + "ontology"))
        ]
        premises = [
            (str(q.subject), str(q.predicate), str(q.object))
            for graph in _PREMISES
            for q in self.store.quads_for_pattern(None, None, None, graph)
        ]
        return Reasoner(compile_axioms(axioms)).closure(premises)

    def proof(self, triple: Triple) -> Proof | None:
        """Return a proof of a triple down to accepted facts and reference data."""
        return self.closure.proof(triple)

    def _of_inferred(self, s: object, p: ox.NamedNode, o: object) -> Support:
        if p == _RDF_TYPE:
            owners = self._claims_of_node(s)
            if owners:
                return Support(claims=owners)
        proof = self.proof((str(s), str(p), str(o)))
        if proof is None:
            if p == _RDF_TYPE and self._has_type_in_case(s):
                return Support(named={"the coder's identification of an entity"})
            return Support()
        support = Support()
        for leaf in leaves(proof):
            support.add(self._of(*_parse(leaf)))
        return support

    def _has_type_in_case(self, node: object) -> bool:
        return any(
            isinstance(q.graph_name, ox.NamedNode) and not q.graph_name.value.endswith("/inferred")
            for q in self.store.quads_for_pattern(node, _RDF_TYPE, None, None)  # type: ignore[arg-type]
        )

    # --- Claims -------------------------------------------------------------------------

    def record(self, claim: str) -> ClaimRecord:
        """Return a claim with its passages."""
        known = self._records.get(claim)
        if known is None:
            known = self._records[claim] = self._read(ox.NamedNode(claim))
        return known

    def _read(self, claim: ox.NamedNode) -> ClaimRecord:
        passages = tuple(self._passage(ox.NamedNode(e)) for e in self._objects(claim, "evidence"))
        return ClaimRecord(
            iri=claim.value,
            label=self._label(claim),
            holder=", ".join(self._label(ox.NamedNode(h)) for h in self._objects(claim, "claimHolder")),
            modality=_last(self._objects(claim, "modality")),
            polarity=_last(self._objects(claim, "polarity")),
            passages=tuple(sorted(passages, key=lambda p: (p.source_label, p.locator, p.quote))),
            attributed=self._chain(claim),
            caveats=tuple(self._caveats(claim)),
        )

    def _chain(self, claim: ox.NamedNode) -> tuple[str, ...]:
        links = []
        for address in self._objects(claim, "attribution"):
            node = ox.NamedNode(address)
            position = int(next(iter(self._objects(node, "position")), "1"))
            works = self._objects(node, "work") or self._objects(node, "agent")
            links.extend((position, self._label(ox.NamedNode(work))) for work in works)
        return tuple(label for _, label in sorted(links))

    def _caveats(self, claim: ox.NamedNode) -> Iterable[str]:
        description = ox.NamedNode(DCTERMS + "description")
        for address in self._objects(claim, "caveat"):
            for quad in self.store.quads_for_pattern(ox.NamedNode(address), description, None, None):
                yield quad.object.value  # type: ignore[union-attr]

    def _passage(self, evidence: ox.NamedNode) -> Passage:
        source = next(iter(self._objects(evidence, "inSource")), "")
        quotes = sorted(
            (quad.object.language or "", quad.object.value)
            for quad in self.store.quads_for_pattern(evidence, _dkg("quote"), None, None)
            if isinstance(quad.object, ox.Literal)
        )
        return Passage(
            evidence=evidence.value,
            quotes=tuple(dict.fromkeys(quotes)),
            source=source,
            source_label=self._label(ox.NamedNode(source)) if source else "",
            title=self._title(source),
            locator=next(iter(self._objects(evidence, "locator")), ""),
            access=_last(self._objects(evidence, "accessLevel")),
        )

    def _title(self, source: str) -> str:
        if not source:
            return ""
        title = ox.NamedNode(DCTERMS + "title")
        pattern = self.store.quads_for_pattern(ox.NamedNode(source), title, None, None)
        titles = sorted(
            ((quad.object.language or "") != "en", quad.object.value)
            for quad in pattern
            if isinstance(quad.object, ox.Literal)
        )
        return titles[0][1] if titles else ""

    # --- Reading the store --------------------------------------------------------------

    def _label(self, node: ox.NamedNode) -> str:
        for name in (RDFS + "label", "http://www.w3.org/2004/02/skos/core#prefLabel"):
            pattern = self.store.quads_for_pattern(node, ox.NamedNode(name), None, None)
            labels = sorted(
                ((quad.object.language or "en") != "en", quad.object.value)
                for quad in pattern
                if isinstance(quad.object, ox.Literal)
            )
            if labels:
                return labels[0][1]
        return node.value

    def _objects(self, node: object, name: str) -> list[str]:
        pattern = self.store.quads_for_pattern(node, _dkg(name), None, None)  # type: ignore[arg-type]
        return sorted({quad.object.value for quad in pattern})  # type: ignore[union-attr]

    def _has(self, node: object, name: str, value: object) -> bool:
        pattern = self.store.quads_for_pattern(node, _dkg(name), value, None)  # type: ignore[arg-type]
        return next(iter(pattern), None) is not None

    def _is_a(self, node: ox.NamedNode, name: str) -> bool:
        pattern = self.store.quads_for_pattern(node, _RDF_TYPE, _dkg(name), None)
        return next(iter(pattern), None) is not None


def leaves(proof: Proof) -> list[Triple]:
    """Return the triples at the leaves of a proof, each once."""
    found: dict[Triple, None] = {}
    waiting = [proof]
    while waiting:
        node = waiting.pop()
        if node.premises:
            waiting.extend(node.premises)
        elif node.is_leaf:
            found[node.triple] = None
    return list(found)


def _dkg(name: str) -> ox.NamedNode:
    return ox.NamedNode(DKG + name)


def _last(addresses: list[str]) -> str:
    return ", ".join(address.rpartition("/")[2] for address in addresses)


def _parse(triple: Triple) -> tuple[ox.NamedNode, ox.NamedNode, object]:
    s, p, o = triple
    return ox.NamedNode(iri_of(s)), ox.NamedNode(iri_of(p)), _node(o)


def _node(term: Term) -> object:
    if term.startswith("<"):
        return ox.NamedNode(iri_of(term))
    if term.startswith("_:"):
        return ox.BlankNode(term[2:])
    line = f"<x:s> <x:p> {term} ."
    return next(iter(ox.parse(line, ox.RdfFormat.N_TRIPLES))).object
