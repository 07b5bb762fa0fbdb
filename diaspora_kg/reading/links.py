"""Identity links: what one row of a mapping set says, whatever it is kept in."""

from dataclasses import dataclass, replace
from enum import Enum

from diaspora_kg.errors import Location
from diaspora_kg.namespaces import SKOS

EXACT = SKOS + "exactMatch"
CLOSE = SKOS + "closeMatch"
BROAD = SKOS + "broadMatch"
NARROW = SKOS + "narrowMatch"
RELATED = SKOS + "relatedMatch"
PREDICATES = (EXACT, CLOSE, BROAD, NARROW, RELATED)
"""What a link may say. ``owl:sameAs`` is none of them: it would make one thing of two."""

JUSTIFICATIONS = (
    "BackgroundKnowledgeBasedMatching",
    "CompositeMatching",
    "InstanceBasedMatching",
    "LexicalMatching",
    "LexicalSimilarityThresholdMatching",
    "LogicalReasoning",
    "ManualMappingCuration",
    "MappingChaining",
    "MappingInversion",
    "MappingReview",
    "SemanticSimilarityThresholdMatching",
    "StructuralMatching",
    "UnspecifiedMatching",
)
"""The ways of justifying a mapping that SSSOM 1.1 knows, by their names in SEMAPV."""
_NEED_NO_REVIEW = (
    "BackgroundKnowledgeBasedMatching",
    "LogicalReasoning",
    "ManualMappingCuration",
    "MappingChaining",
    "MappingReview",
)


NOWHERE = Location("")
"""Where a link stands that was not read from a file."""


class Verdict(Enum):
    """What became of a candidate."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    UNDECIDED = "not sure"
    SUGGESTED = "suggested"


@dataclass(frozen=True)
class Link:
    """One mapping of a thing of ours to a thing of others. IRIs are written in full."""

    subject: str
    predicate: str
    object: str
    justification: str
    """One of ``JUSTIFICATIONS``."""
    subject_label: str = ""
    object_label: str = ""
    is_negated: bool = False
    """Whether somebody looked, and it is not so: kept, so that nobody is asked again."""
    confidence: float | None = None
    """From 0 to 1."""
    author: str = ""
    """The IRI of who made it; several with ``|`` between."""
    reviewer: str = ""
    """The IRI of who looked at it, or a name."""
    agreement: float | None = None
    """The reviewer's: 1 agrees, 0 is not sure, -1 disagrees."""
    review_date: str = ""
    date: str = ""
    """When it was made, ``2026-01-31``."""
    source: str = ""
    """The IRI of the registry."""
    source_version: str = ""
    tool: str = ""
    tool_version: str = ""
    comment: str = ""
    more: tuple[tuple[str, str], ...] = ()
    """Other slots of SSSOM, as they were written."""
    at: Location = NOWHERE

    @property
    def verdict(self) -> Verdict:
        """What became of it.

        A link that was looked up in a table, concluded or made by hand stands without a second
        look; what was found by likeness alone waits for one.
        """
        if self.is_negated:
            return Verdict.REJECTED
        if self.reviewer:
            if self.agreement is None or self.agreement > 0:
                return Verdict.ACCEPTED
            return Verdict.REJECTED if self.agreement < 0 else Verdict.UNDECIDED
        if self.justification in _NEED_NO_REVIEW:
            return Verdict.ACCEPTED
        return Verdict.SUGGESTED

    @property
    def pair(self) -> tuple[str, str]:
        """What is linked, whatever the predicate."""
        return self.subject, self.object

    def without_place(self) -> "Link":
        """Return the link as it is wherever it stands, to be compared with others."""
        return replace(self, at=NOWHERE)
