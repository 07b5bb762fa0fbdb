"""How things are named: slugs, parties, keys of content. All of it is stable across builds."""

import hashlib
import re
import unicodedata
from functools import lru_cache

from diaspora_kg.namespaces import DKGID
from diaspora_kg.terms import Term, iri

# letters that Unicode does not take apart into a base letter and a mark
_LETTERS = str.maketrans(
    {"ı": "i", "İ": "i", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ð": "d",
     "þ": "th", "ß": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ʻ": "", "ʼ": "", "’": "",
     "'": ""}
)  # fmt: skip
_GAPS = re.compile(r"[^a-z0-9]+")
_VOWEL_SOUND = re.compile(r"(?!uni|us[aei]|eu|one\b)[aeiou]", re.IGNORECASE)


@lru_cache(maxsize=4096)
def slug(text: str) -> str:
    """Return lower-case ASCII words joined by hyphens; other scripts by a short hash.

    The dotless i and its dotted capital both become ``i``, so that ``Işık`` and ``IŞIK`` meet.
    """
    folded = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    plain = "".join(c for c in folded if not unicodedata.combining(c)).lower()
    words = _GAPS.sub("-", plain).strip("-")
    if words and len(words) * 2 >= len(re.sub(r"\s", "", plain)):
        return words
    return f"x-{short_hash(unicodedata.normalize('NFC', text))}"


def short_hash(*parts: str) -> str:
    """Return twelve hex digits of the SHA-256 of the parts, joined by an unusual character."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8")).hexdigest()[:12]


def normalise_passage(text: str) -> str:
    """Fold what two people typing the same passage do differently: space, quotes, hyphens."""
    folded = unicodedata.normalize("NFKC", text)
    folded = re.sub("[‘’‚‛′ʻʼ`´]", "'", folded)
    folded = re.sub("[“”„‟″«»]", '"', folded)
    folded = re.sub("[‐‑‒–—―]", "-", folded)
    return re.sub(r"\s+", " ", folded.replace("\u00ad", "")).strip()


def individual(*path: str) -> Term:
    """Return the IRI of an individual from the parts of its path."""
    return iri(DKGID + "/".join(path))


def article(noun: str) -> str:
    """Return the indefinite article before an English noun; capitals are read letter by letter."""
    if noun[:2].isupper():
        return "an" if noun[0] in "AEFHILMNORSX" else "a"
    return "an" if _VOWEL_SOUND.match(noun) else "a"
