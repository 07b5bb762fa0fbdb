"""The keys of a case file: what a scholar may write, in YAML and as columns of a table alike."""

CODING_KEYS = ("by", "on", "codebook", "confidence", "round", "memo")
ENTITY_KEYS = (
    "type", "label", "alt-label", "abbreviation", "state", "note", "candidates",
)  # fmt: skip
CASE_KEYS = (
    "id", "type", "label", "alt-label", "abbreviation", "state", "description", "coding",
    "defaults", "sources", "entities", "passages", "claims", "adjudications", "candidates", "note",
)  # fmt: skip
DEFAULT_KEYS = (
    "source",
    "locator",
    "access",
    "holder",
    "as-of",
    "confidence",
    "coder",
    "round",
    "stance",
)
SOURCE_KEYS = (
    "type", "title", "author", "publisher", "container", "series", "volume", "issue", "pages",
    "doi", "isbn", "url", "date", "issued-not-before", "issued-not-after", "issued-reason", "tier",
    "access", "note", "publisher-place", "language", "text", "derived-from", "unresolved",
)  # fmt: skip
EVIDENCE_KEYS = ("id", "source", "locator", "quote", "translation", "access")
FIGURE_KEYS = (
    "indicator", "unit", "bound", "scope", "denominator", "population", "aggregation", "period",
    "flow", "estimate", "edition",
)  # fmt: skip
CLAIM_KEYS = (
    "id", "subject", "property", "object", "value", "polarity", "modality", "explicitness",
    "rationale", "hedge", "frequency", "condition", "holder", "attributed-to", "stance", "as-of",
    "valid", *FIGURE_KEYS, "phrase", "map", "reciprocal-of", "restates", "contrary-to", "supports",
    "statement", "evidence", "coder", "coded-on", "confidence", "round", "memo", "codings",
    "caveat",
)  # fmt: skip
ADJUDICATION_KEYS = ("id", "between", "upholds", "rejects", "outcome", "by", "on", "reason")
OBSERVATION_KEYS = (
    "data-set", "area", "counterpart", "period", "indicator", "value", "unit", "population", "flow",
    "status", "edition", "source", "publisher",
)  # fmt: skip
