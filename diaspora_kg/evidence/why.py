"""Why something is said, accepted, inferred or disputed: from a thing down to quotes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import pyoxigraph as ox

from diaspora_kg.evidence.axioms_in_words import AxiomsInWords, parts_of, statement
from diaspora_kg.evidence.explanations import (
    CLAIMED,
    GIVEN,
    INFERRED,
    ClaimExplanation,
    Explanation,
    ProofStep,
    Statement,
)
from diaspora_kg.evidence.ledger import Ledger, Proofs
from diaspora_kg.evidence.records import ClaimRecord, ConflictRecord, Records
from diaspora_kg.evidence.remarks import Content, notes_on, notes_on_standings
from diaspora_kg.evidence.standing import (
    ACCEPTED,
    CONTESTED,
    NEVER_FACTS,
    NOT_ACCEPTED,
    Standing,
    Standings,
)
from diaspora_kg.inference.proofs import Proof
from diaspora_kg.labels import Labels, fold
from diaspora_kg.lookup import Lookup, parse_triple
from diaspora_kg.namespaces import DKG, DKGG, RDFS, SKOS, compact
from diaspora_kg.parameters import Resolver
from diaspora_kg.terms import TYPE, Term, Triple, iri, iri_of, is_iri, literal_parts

_ORDER = (ACCEPTED, CONTESTED, CLAIMED, NOT_ACCEPTED, INFERRED, GIVEN)
_SAID_IN = {DKGG + name for name in ("accepted", "contested", "inferred")}
_GIVEN_IN = {DKGG + name for name in ("reference", "sources", "links", "ontology")}
_SILENT = {f"<{name}>" for name in (RDFS + "label", SKOS + "prefLabel", SKOS + "inScheme")}


def explain(
    subject: str,
    predicate: str | None,
    obj: str | None,
    *,
    lookup: Lookup,
    meta: Mapping[str, Any],
    language: str = "en",
    proofs: Proofs | None = None,
) -> Explanation:
    """Return why something is said: of a thing, a claim or a conflict.

    ``proofs`` of the same graph, when more than one question is asked, are made once for all.
    Raises ``DiasporaKGError`` when a name means nothing (DKG404) or several things (DKG405).
    """
    return _Explainer(lookup, meta, language, proofs).explain(subject, predicate, obj)


class _Explainer:
    def __init__(
        self, lookup: Lookup, meta: Mapping[str, Any], language: str, proofs: Proofs | None
    ) -> None:
        self.lookup = lookup
        self.labels = Labels(Lookup(lookup.store), language)
        self.resolver = Resolver(lookup.store)
        self.records = Records(self.labels)  # claims are never among what is contested
        self.ledger = Ledger(lookup, proofs)
        self.standings = Standings(self.records, lookup, meta)
        self.axioms = AxiomsInWords(lookup.store, self.labels)

    def explain(self, subject: str, predicate: str | None, obj: str | None) -> Explanation:
        term = self.resolver.thing(subject)
        address = iri_of(term)
        self.standings.prepare(self.lookup.holders(DKG + "claimSubject", address))
        if predicate is None:
            special = self._special(address)
            if special is not None:
                return special
        contents = self._contents(address, _SAID_IN if predicate is None else _SAID_IN | _GIVEN_IN)
        wanted = contents if predicate is None else self._with_predicate(contents, predicate)
        chosen = wanted if obj is None else self._with_object(wanted, obj)
        in_full = predicate is not None
        if not in_full:  # what alignments add in other vocabularies would bury the rest
            chosen = {c: claims for c, claims in chosen.items() if claims or _is_own(c)}
        statements = [self._statement(term, c, claims, in_full) for c, claims in chosen.items()]
        notes = notes_on(self.lookup, self.labels, term, predicate, obj, chosen, wanted)
        notes += notes_on_standings(statements, in_full)
        return Explanation(
            subject=term,
            label=self.labels(term),
            kind=self.labels.kind(address),
            statements=tuple(sorted(statements, key=_rank)),
            conflicting=self._conflicting(c for s in statements for c in s.conflicts),
            notes=tuple(notes),
        )

    # --- What is said of a subject --------------------------------------------------------

    def _contents(self, subject: str, graphs: set[str]) -> dict[Content, list[str]]:
        """Return what is said of a thing, each with the claims that affirm or deny it."""
        found: dict[Content, list[str]] = defaultdict(list)
        for claim in self.lookup.holders(DKG + "claimSubject", subject):
            record = self.records.claim(claim)
            is_figure = self.lookup.is_a(claim, DKG + "FigureClaim")
            key = record.content_key if is_figure else ""
            found[record.predicate, record.objects, key].append(claim)
        said = {(content[0], value) for content in found for value in content[1]}
        for predicate, value in self._plain(subject, graphs):
            if (predicate, value) not in said:
                found[predicate, (value,), ""] = []
        return dict(found)

    def _plain(self, subject: str, graphs: set[str]) -> list[tuple[Term, Term]]:
        """Return the plain triples of a thing in some graphs."""
        stores = [self.lookup.store, *([self.lookup.contested] if self.lookup.contested else [])]
        return sorted(
            {
                (str(quad.predicate), str(quad.object))
                for store in stores
                for quad in store.quads_for_pattern(ox.NamedNode(subject), None, None, None)
                if isinstance(quad.graph_name, ox.NamedNode)
                and quad.graph_name.value in graphs
                and str(quad.predicate) not in _SILENT
            }
        )

    def _with_predicate(
        self, contents: dict[Content, list[str]], predicate: str
    ) -> dict[Content, list[str]]:
        if predicate in ("a", "type", "rdf:type"):
            wanted = {TYPE}
        else:
            wanted = set(self.resolver.properties(predicate))
            used = wanted & {content[0] for content in contents}
            if len(wanted) > 1 and len(used) != 1:
                raise self.resolver.ambiguous(predicate, sorted(wanted))
            wanted = used or wanted
        return {content: claims for content, claims in contents.items() if content[0] in wanted}

    def _with_object(
        self, contents: dict[Content, list[str]], text: str
    ) -> dict[Content, list[str]]:
        folded = fold(text)
        by_words = {
            content: claims
            for content, claims in contents.items()
            if any(not is_iri(o) and fold(literal_parts(o)[0]) == folded for o in content[1])
        }
        if by_words:
            return by_words
        of_ontology = bool(contents) and all(content[0] == TYPE for content in contents)
        if contents and not any(is_iri(o) for content in contents for o in content[1]):
            return {}  # only values are said here, and not this one
        meant = set(self.resolver.candidates(text, of_ontology=of_ontology))
        return {c: claims for c, claims in contents.items() if meant.intersection(c[1])}

    # --- One statement --------------------------------------------------------------------

    def _statement(
        self, subject: Term, content: Content, claims: list[str], in_full: bool
    ) -> Statement:
        predicate, objects, _ = content
        triple = (subject, predicate, objects[0] if objects else '""')
        if not claims:
            return self._without_claims(triple, in_full)
        records = [self.records.claim(claim) for claim in claims]
        affirming = [record for record in records if record.polarity != "negated"]
        standings = {record.iri: self.standings.of(record.iri) for record in records}
        status, reason = _strongest(standings[r.iri] for r in affirming or records)
        conflicts = {c.iri: c for r in records for c in self.standings.conflicts(r)}
        return Statement(
            triple=triple,
            words=self._words(triple, (affirming or records)[0]),
            proof=self._proof(triple) if in_full else None,
            standing=status,
            reason=reason,
            claims=tuple(affirming),
            against=tuple(record for record in records if record.polarity == "negated"),
            origins=self.standings.count_origins([record.iri for record in affirming]),
            intervals=tuple(dict.fromkeys(r.interval for r in affirming if r.interval)),
            conflicts=tuple(conflicts[address] for address in sorted(conflicts)),
            parts=parts_of(triple, self.labels),
        )

    def _without_claims(self, triple: Triple, in_full: bool) -> Statement:
        graphs = self.ledger.graphs(parse_triple(triple))
        words, parts = self._words(triple), parts_of(triple, self.labels)
        if DKGG + "inferred" in graphs:
            proof = self._proof(triple) if in_full else None
            return Statement(triple, words, INFERRED, proof=proof, parts=parts)
        named = self.ledger.support(parse_triple(triple)).named
        return Statement(triple, words, GIVEN, named=tuple(sorted(named)), parts=parts)

    def _proof(self, triple: Triple) -> ProofStep | None:
        if DKGG + "inferred" not in self.ledger.graphs(parse_triple(triple)):
            return None
        proof = self.ledger.proof(triple)
        return None if proof is None else self._step(proof)

    def _step(self, root: Proof) -> ProofStep:
        """Return a proof with its words and claims; a part that is used twice is made once."""
        made: dict[Triple, ProofStep] = {}
        for proof in root.steps():  # premises come before what they prove
            parts = parts_of(proof.triple, self.labels)
            words = " ".join(parts)
            if proof.is_leaf:
                basis = self.ledger.behind([parse_triple(proof.triple)])
                claims = tuple(self.records.claim(claim) for claim in sorted(basis.claims))
                named = tuple(sorted(basis.named))
                step = ProofStep(proof.triple, words, claims=claims, parts=parts, named=named)
            else:
                because = self.axioms.reasons(proof.name, proof.axioms)
                premises = tuple(made[premise.triple] for premise in proof.premises)
                step = ProofStep(proof.triple, words, proof.name, because, premises, parts=parts)
            made[proof.triple] = step
        return made[root.triple]

    def _words(self, triple: Triple, record: ClaimRecord | None = None) -> str:
        if record is not None and self.lookup.is_a(record.iri, DKG + "FigureClaim"):
            return record.label.removeprefix(f"{record.holder}: ")
        return statement(triple, self.labels)

    # --- Claims and conflicts -------------------------------------------------------------

    def _special(self, address: str) -> Explanation | None:
        if self.ledger.is_claim(address):
            return self._of_claim(address)
        if self.lookup.is_a(address, DKG + "Conflict"):
            conflict = self.records.conflict(address)
            return Explanation(
                subject=iri(address),
                label=conflict.label,
                kind="conflict",
                conflict=conflict,
                conflicting=self._conflicting([conflict]),
            )
        claims = self.lookup.things(address, DKG + "basedOn")
        claims = claims or self.lookup.holders(DKG + "evidence", address)
        if claims:
            return self._of_all(address, claims)
        return None

    def _of_claim(self, address: str) -> Explanation:
        record = self.records.claim(address)
        same = self.standings.same_content(record)
        conflicts = tuple(self.standings.conflicts(record))
        restated = {
            *self.lookup.things(address, DKG + "restates"),
            *self.lookup.holders(DKG + "restates", address),
        }
        claim = ClaimExplanation(
            record=record,
            standing=self.standings.of(address),
            same=self._claims(claim for claim in same if claim != address),
            origins=self.standings.count_origins(same),
            supported_by=self._claims(self.lookup.holders(DKG + "supports", address)),
            restatements=self._claims(sorted(restated)),
            conflicts=conflicts,
        )
        return Explanation(
            subject=iri(address),
            label=record.label,
            kind="claim",
            claim=claim,
            conflicting=self._conflicting(conflicts),
        )

    def _of_all(self, address: str, claims: list[str]) -> Explanation:
        """Return the statements of the claims behind a fact or a passage."""
        statements = []
        for claim in claims:
            record = self.records.claim(claim)
            content = (record.predicate, record.objects, record.content_key)
            statements.append(self._statement(record.subject, content, [claim], in_full=True))
        return Explanation(
            subject=iri(address),
            label=self.labels.of(address) or compact(address),
            kind=self.labels.kind(address),
            statements=tuple(sorted(statements, key=_rank)),
            conflicting=self._conflicting(c for s in statements for c in s.conflicts),
        )

    def _claims(self, claims: Iterable[str]) -> tuple[ClaimRecord, ...]:
        return tuple(self.records.claim(claim) for claim in claims)

    def _conflicting(
        self, conflicts: Iterable[ConflictRecord]
    ) -> tuple[tuple[ClaimRecord, Standing], ...]:
        claims = dict.fromkeys(claim for conflict in conflicts for claim in conflict.claims)
        return tuple((self.records.claim(claim), self.standings.of(claim)) for claim in claims)


def _strongest(standings: Iterable[Standing]) -> tuple[str, str]:
    """Return the best that became of some claims with one content, and why it is not better."""
    found = sorted(standings, key=lambda s: _ORDER.index(s.status))
    if found[0].reason in NEVER_FACTS:
        return CLAIMED, found[0].explanation
    return found[0].status, found[0].explanation


def _is_own(content: Content) -> bool:
    """Tell whether a statement is in the terms of this ontology, not of one that it aligns to."""
    predicate, objects, _ = content
    if predicate == TYPE:
        return any(o.startswith(f"<{DKG}") for o in objects)
    return predicate.startswith(f"<{DKG}")


def _rank(statement: Statement) -> tuple[int, str]:
    return (_ORDER.index(statement.standing), statement.words)
