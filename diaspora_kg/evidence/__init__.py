"""What an answer rests on: rows back to claims, claims back to passages."""

from diaspora_kg.evidence.rows import EvidencedTable, RowEvidence, evidence_of
from diaspora_kg.evidence.why import Explanation, why

__all__ = ["EvidencedTable", "Explanation", "RowEvidence", "evidence_of", "why"]
