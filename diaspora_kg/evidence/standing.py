"""Why a claim is, or is not, accepted as a fact in one graph."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyoxigraph as ox

from diaspora_kg.acceptance import REASONS
from diaspora_kg.corpus import Corpus
from diaspora_kg.evidence.records import ClaimRecord, ConflictRecord, Records
from diaspora_kg.independence import count_origins, origins
from diaspora_kg.lookup import Lookup
from diaspora_kg.namespaces import DKG, DKGC, DKGG, OWL, SKOS
from diaspora_kg.reading.ontology import Ontology
from diaspora_kg.terms import Quad, iri, iri_of

ACCEPTED, CONTESTED, NOT_ACCEPTED = "accepted", "contested", "not accepted"
NEVER_FACTS = frozenset({"definition", "proposition", "concept-subject"})
"""Reasons that lie in what is spoken of, and not in anything that speaks against it."""
_KINDS = {OWL + "Class", SKOS + "Concept", SKOS + "Collection", SKOS + "ConceptScheme"}


@dataclass(frozen=True)
class Standing:
    """What became of a claim under the policy of a graph."""

    status: str
    """``accepted``, ``contested`` or ``not accepted``."""
    reason: str = ""
    """A code of ``acceptance.REASONS``, where it is not accepted."""

    @property
    def explanation(self) -> str:
        """The reason in a sentence."""
        return REASONS.get(self.reason, "")


class Standings:
    """Tells of each claim of a graph what became of it, and how many origins some claims have."""

    def __init__(self, records: Records, lookup: Lookup, meta: Mapping[str, Any]) -> None:
        """Take the claims of a graph, where to look for facts, and what is known of the build."""
        self._records = records
        self._lookup = lookup
        policy = meta.get("policy")
        self._prepared: frozenset[str] = frozenset()
        self._known: Corpus | None = None
        self._policy: Mapping[str, Any] = policy if isinstance(policy, Mapping) else {}

    def of(self, claim: str) -> Standing:
        """Return what became of a claim."""
        graphs = self._graphs_of_facts(claim)
        if DKGG + "accepted" in graphs:
            return Standing(ACCEPTED)
        noted = self._noted_reason(claim)
        status = CONTESTED if DKGG + "contested" in graphs else NOT_ACCEPTED
        return Standing(status, noted or self._reason(claim, status))

    def _graphs_of_facts(self, claim: str) -> set[str]:
        lookup = self._lookup
        based_on, node = ox.NamedNode(DKG + "basedOn"), ox.NamedNode(claim)
        stores = [lookup.store, *([lookup.contested] if lookup.contested else [])]
        return {
            quad.graph_name.value
            for store in stores
            for quad in store.quads_for_pattern(None, based_on, node, None)
            if isinstance(quad.graph_name, ox.NamedNode)
        }

    def _noted_reason(self, claim: str) -> str:
        """Return the reason that the build wrote beside the claim."""
        noted = self._lookup.things(claim, DKG + "notAcceptedBecause")
        if noted:
            return noted[0].rpartition("/")[2]
        return self._lookup.text(claim, DKG + "notAcceptedBecause")

    # --- Finding the reason anew ----------------------------------------------------------

    def _reason(self, claim: str, status: str) -> str:
        record = self._records.claim(claim)
        by_nature = self._by_nature(record)
        if by_nature:
            return by_nature
        conflicts = self.conflicts(record)
        if status == CONTESTED:
            is_open = any(conflict.status == "open" for conflict in conflicts)
            return "open-conflict" if is_open else "statement-in-conflict"
        if any(conflict.status == "decided" for conflict in conflicts):
            return "decided-against"
        return self._by_policy()

    def conflicts(self, record: ClaimRecord) -> list[ConflictRecord]:
        """Return the conflicts that the content of a claim is in, whoever says it."""
        found = {
            conflict.iri: conflict
            for claim in self.same_content(record)
            for conflict in self._records.conflicts_of(claim)
        }
        return [found[address] for address in sorted(found)]

    def same_content(self, record: ClaimRecord) -> list[str]:
        """Return the claims that say the same, this one among them."""
        if not record.content_key:
            return [record.iri]
        key = ox.Literal(record.content_key)
        pattern = self._lookup.store.quads_for_pattern(
            None, ox.NamedNode(DKG + "contentKey"), key, None
        )
        return sorted({q.subject.value for q in pattern if isinstance(q.subject, ox.NamedNode)})

    def _by_nature(self, record: ClaimRecord) -> str:
        subject = iri_of(record.subject) if record.subject.startswith("<") else ""
        is_kind = subject.startswith(DKGC) or not _KINDS.isdisjoint(self._lookup.types(subject))
        tests = (
            ("definition", record.predicate == f"<{SKOS}definition>"),
            ("proposition", self._lookup.is_a(record.iri, DKG + "Proposition")),
            ("concept-subject", is_kind),
            ("negated", record.polarity == "negated"),
            ("not-factual", record.modality not in ("", "factual")),
            ("coder-inferred", record.explicitness == "coder-inferred"),
            ("disputed-by-holder", any(link.stance == "disputes" for link in record.links)),
        )
        return next((reason for reason, applies in tests if applies), "")

    def _by_policy(self) -> str:
        for threshold in ("min_origins", "min_confidence", "min_tier"):
            least = 1 if threshold == "min_origins" else 0
            if (self._policy.get(threshold) or 0) not in (0, least):
                return f"below-{threshold.replace('_', '-')}"
        return ""

    # --- Origins --------------------------------------------------------------------------

    def count_origins(self, claims: list[str]) -> int:
        """Return how many independent origins some claims have."""
        return count_origins((iri(claim) for claim in claims), self._corpus(claims))

    def origins(self, claims: list[str]) -> list[tuple[str, ...]]:
        """Return the claims grouped by independent origin."""
        groups = origins((iri(claim) for claim in claims), self._corpus(claims))
        return [tuple(iri_of(claim) for claim in group) for group in groups]

    def prepare(self, claims: Iterable[str]) -> None:
        """Read at once what independence is judged by: the claims, their links, all sources."""
        quads = set(self._source_quads)
        self._prepared = frozenset(claims)
        for claim in self._prepared:
            quads |= self._quads(claim)
            for name in ("evidence", "attribution"):
                for node in self._lookup.things(claim, DKG + name):
                    quads |= self._quads(node)
        self._known = Corpus(quads, Ontology(()))

    def _corpus(self, claims: list[str]) -> Corpus:
        if self._known is None or not self._prepared.issuperset(claims):
            self.prepare({*self._prepared, *claims})
        assert self._known is not None
        return self._known

    @cached_property
    def _source_quads(self) -> frozenset[Quad]:
        graph = ox.NamedNode(DKGG + "sources")
        pattern = self._lookup.store.quads_for_pattern(None, None, None, graph)
        return frozenset(_as_terms(quad) for quad in pattern)

    def _quads(self, address: str) -> set[Quad]:
        pattern = self._lookup.store.quads_for_pattern(ox.NamedNode(address), None, None, None)
        return {_as_terms(quad) for quad in pattern}


def _as_terms(quad: ox.Quad) -> Quad:
    return str(quad.subject), str(quad.predicate), str(quad.object), str(quad.graph_name)
