"""What an answer rests on: rows back to claims, claims back to passages."""

from diaspora_kg.evidence.explanations import Explanation
from diaspora_kg.evidence.records import ClaimRecord, Passage
from diaspora_kg.evidence.rows import EvidencedTable, RowEvidence, evidence_of
from diaspora_kg.evidence.why import explain

__all__ = [
    "ClaimRecord",
    "EvidencedTable",
    "Explanation",
    "Passage",
    "RowEvidence",
    "evidence_of",
    "explain",
]
