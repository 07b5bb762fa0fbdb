"""The keys of a case file: what a scholar may write, in YAML and as columns of a table alike."""

import re
from collections.abc import Iterable

from diaspora_kg.suggestions import did_you_mean

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

_PAGES = ("page", "pages", "pp", "seite", "sayfa")
_INNER_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def what_key_was_meant(key: str, allowed: Iterable[str], otherwise: str, claim: str) -> str:
    """Return the hint for an unknown key.

    Properties of the ontology have capitals inside, keys have hyphens. Of a case or an entity,
    ``altLabel`` was meant as a key; ``homeState`` is for a source to say, in a ``claim``. A page
    is one kind of locator.
    """
    names = tuple(allowed)
    with_hyphens = _INNER_CAPITAL.sub("-", key).lower()
    if "locator" in names and with_hyphens in _PAGES:
        return "Write 'locator: p. 12': a locator may be a page, an article or a timestamp."
    is_of_a_thing = "alt-label" in names
    if is_of_a_thing and with_hyphens != key.lower() and with_hyphens not in names:
        return f"What a source says is a claim of its own, with its passage: {claim}."
    return did_you_mean(with_hyphens, names, otherwise)
