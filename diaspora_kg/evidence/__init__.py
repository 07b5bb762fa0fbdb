"""What an answer rests on: rows back to claims, claims back to passages."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from diaspora_kg.evidence.answers import EvidencedTable, RowEvidence
    from diaspora_kg.evidence.explanations import Explanation
    from diaspora_kg.evidence.records import ClaimRecord, Link, Passage
    from diaspora_kg.evidence.rows import evidence_of
    from diaspora_kg.evidence.why import explain

_HOME = {
    "ClaimRecord": "records",
    "EvidencedTable": "answers",
    "Explanation": "explanations",
    "Link": "records",
    "Passage": "records",
    "RowEvidence": "answers",
    "evidence_of": "rows",
    "explain": "why",
}

__all__ = [
    "ClaimRecord",
    "EvidencedTable",
    "Explanation",
    "Link",
    "Passage",
    "RowEvidence",
    "evidence_of",
    "explain",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - each name has its own type, see above
    """Load a name when it is first used: only following a query needs rdflib."""
    if name in _HOME:
        return getattr(import_module(f"diaspora_kg.evidence.{_HOME[name]}"), name)
    raise AttributeError(f"module 'diaspora_kg.evidence' has no attribute {name!r}")
