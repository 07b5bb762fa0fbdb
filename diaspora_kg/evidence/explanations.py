"""The answer to "why": statements with claims, standing and proof; a claim; a conflict."""

from collections.abc import Iterator
from dataclasses import dataclass

from diaspora_kg.evidence.records import ClaimRecord, ConflictRecord, Passage
from diaspora_kg.evidence.standing import Standing
from diaspora_kg.terms import Term, Triple

CLAIMED, INFERRED, GIVEN = "claimed", "inferred", "given"
"""Standings of statements beside those of claims."""


@dataclass(frozen=True)
class ProofStep:
    """A triple with what it follows from; at a leaf, what stands behind it."""

    triple: Triple
    words: str
    rule: str = ""
    """The rule of OWL 2 RL that this step used, such as ``prp-inv1``; nothing at a leaf."""
    because: tuple[str, ...] = ()
    """The axioms of this step in words, or what its rule says by itself; none at a leaf."""
    premises: tuple["ProofStep", ...] = ()
    claims: tuple[ClaimRecord, ...] = ()
    parts: tuple[str, ...] = ()
    """Subject, verb and object, of which the words are made."""
    named: tuple[str, ...] = ()
    """Data behind a leaf that is named and not quoted."""

    def steps(self) -> Iterator["ProofStep"]:
        """Yield this step and all below it, each once, from the top and from left to right."""
        seen: set[Triple] = set()
        waiting: list[ProofStep] = [self]
        while waiting:
            step = waiting.pop()
            if step.triple not in seen:
                seen.add(step.triple)
                yield step
                waiting.extend(reversed(step.premises))


@dataclass(frozen=True)
class Statement:
    """One thing that is said of a subject."""

    triple: Triple
    words: str
    standing: str
    """``accepted``, ``contested``, ``claimed`` (of a concept: never a fact), ``not accepted``,
    ``inferred`` or ``given`` (by reference data and the like)."""
    reason: str = ""
    """Why it is not accepted, in a sentence."""
    claims: tuple[ClaimRecord, ...] = ()
    against: tuple[ClaimRecord, ...] = ()
    """Claims that deny it."""
    origins: int = 0
    """How many independent origins the claims have that do not deny it."""
    intervals: tuple[str, ...] = ()
    """When it is said to hold, as the sources write it; empty when none says."""
    conflicts: tuple[ConflictRecord, ...] = ()
    proof: ProofStep | None = None
    parts: tuple[str, ...] = ()
    """Subject, verb and object. The words are made of these, but for those of a figure."""
    named: tuple[str, ...] = ()
    """Data that says it and is named, not quoted."""


@dataclass(frozen=True)
class ClaimExplanation:
    """One claim, what became of it, and what stands beside and against it."""

    record: ClaimRecord
    standing: Standing
    same: tuple[ClaimRecord, ...] = ()
    """Other claims that say the same."""
    origins: int = 0
    """Independent origins of the claim and of those that say the same."""
    supported_by: tuple[ClaimRecord, ...] = ()
    restatements: tuple[ClaimRecord, ...] = ()
    conflicts: tuple[ConflictRecord, ...] = ()


@dataclass(frozen=True)
class Explanation:
    """Why something is said, accepted, inferred or disputed."""

    subject: Term
    label: str
    kind: str
    """What the subject is: a state, a concept, a claim, a conflict …"""
    statements: tuple[Statement, ...] = ()
    claim: ClaimExplanation | None = None
    conflict: ConflictRecord | None = None
    conflicting: tuple[tuple[ClaimRecord, Standing], ...] = ()
    """The claims of the conflicts that are told of, with what became of each."""
    notes: tuple[str, ...] = ()

    @property
    def claims(self) -> tuple[ClaimRecord, ...]:
        """Every claim that the explanation rests on or tells of, once."""
        return tuple({claim.iri: claim for claim in self._claims()}.values())

    @property
    def quotes(self) -> tuple[Passage, ...]:
        """Every passage of these claims, once; ``str`` gives the words with their place."""
        passages = (passage for claim in self.claims for passage in claim.passages)
        return tuple({passage.evidence: passage for passage in passages}.values())

    def _claims(self) -> Iterator[ClaimRecord]:
        if self.claim is not None:
            yield self.claim.record
            yield from (*self.claim.same, *self.claim.supported_by, *self.claim.restatements)
        for statement in self.statements:
            yield from (*statement.claims, *statement.against)
            if statement.proof is not None:
                for step in statement.proof.steps():
                    yield from step.claims
        yield from (record for record, _ in self.conflicting)
