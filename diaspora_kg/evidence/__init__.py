"""What an answer rests on: rows back to claims, claims back to passages."""

from diaspora_kg.evidence.rows import EvidencedTable, RowEvidence, evidence_of

__all__ = ["EvidencedTable", "RowEvidence", "evidence_of"]
