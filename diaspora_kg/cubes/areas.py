"""Codes and names of publishers, as areas of the reference table.

``NA`` is Namibia. A sum over several countries is no country, and a code that has ceased to exist
is not taken for one of its successors.
"""

import copy
import csv
import io
import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from diaspora_kg.cubes.model import Left
from diaspora_kg.naming import individual
from diaspora_kg.reading.states import OTHER_CODES
from diaspora_kg.resources import folder
from diaspora_kg.terms import Term

_SHORT = {
    "rep": "republic",
    "dem": "democratic",
    "fed": "federated",
    "st": "saint",
    "is": "islands",
    "isl": "islands",
    "sts": "states",
    "&": "and",
    "sar": "special administrative region",
    "pdr": "people democratic republic",
    "dpr": "democratic people republic",
    "uae": "united arab emirates",
}
_FILL = {"the", "of", "and", "a", "s", "state"}
_NAMES = ("name.en", "name.tr", "un_name.en", "formal.en", "also.en")
_PART = re.compile(r"\s*\([^()]* part\)")  # of an island that two states share
_WORDS = re.compile(r"[^\W_]+|&")
# words of publishers for sums over countries, where they are not regions of M49
_SUMS = re.compile(
    r"(?i)\b(world|total|income|countries|area|members|union|blend|dividend|states|ida|ibrd|oecd|"
    r"developing|developed|africa|asia|europe|america|caribbean|pacific|baltics|region|regions|"
    r"classification|situations|hipc|ldc|sub-saharan|others?|unknown)\b"
)


class Areas:
    """The areas of the reference table, found by code or by name."""

    def __init__(self, own: Mapping[str, str] | None = None) -> None:
        """Take further spellings of the user: a word of a file to an ISO alpha-2 code."""
        self._codes: dict[str, Term] = {}
        self._sums: dict[str, Term] = {}
        self._names: dict[frozenset[str], set[Term]] = defaultdict(set)
        for row in _table("states.csv"):
            term = individual("state", row["alpha2"])
            for code in (row["alpha2"], row["alpha3"], row["m49"]):
                self._codes[code.casefold()] = term
            for column in _NAMES:
                if row[column]:
                    self._names[_key(row[column])].add(term)
        for row in _table("regions.csv"):
            term = individual("region", row["m49"])
            self._sums[row["m49"]] = term
            self._sums[row["name.en"].casefold()] = term
        for other, code in OTHER_CODES.items():
            self._codes[other.casefold()] = self._codes[code.casefold()]
        self._former = {
            row["code"].casefold(): tuple(row["successors"].split())
            for row in _table("former-codes.csv")
        }
        self._own = {
            word.casefold(): self._codes[code.casefold()] for word, code in (own or {}).items()
        }
        self._known: dict[tuple[str, str], Term | None] = {}

    def written_by(self, publisher: str) -> "Areas":
        """Return these areas with the spellings of a publisher; those of the user go before."""
        theirs = {
            row["word"].casefold(): self._codes[row["country"].casefold()]
            for row in _table("spellings.csv")
            if row["publisher"] == publisher
        }
        if not theirs:
            return self
        found = copy.copy(self)
        found._own, found._known = {**theirs, **self._own}, {}
        return found

    def country(self, code: str, name: str = "") -> Term | None:
        """Return the country of a code, or of a name where the code is empty or of no country."""
        if (code, name) not in self._known:
            self._known[code, name] = self._country(code.strip(), name.strip())
        return self._known[code, name]

    def _country(self, code: str, name: str) -> Term | None:
        for word in (code, name):
            if word.casefold() in self._own:
                return self._own[word.casefold()]
        if code:
            padded = code.zfill(3) if code.isdigit() else code.casefold()
            if padded in self._codes:
                return self._codes[padded]
            return None  # a name beside a code that is no country's belongs to a sum or a former
        for spelling in (name, _PART.sub("", name)):
            found = self._names.get(_key(spelling), set())
            if len(found) == 1:
                return next(iter(found))
        return None

    def region(self, code: str, name: str = "") -> Term | None:
        """Return the region of M49 that a sum is about; the world is ``region/001``."""
        for word in (code.zfill(3) if code.isdigit() else code, name):
            if word.casefold() in self._sums:
                return self._sums[word.casefold()]
        return None

    def leave(self, code: str, name: str, left: Left, rows: int = 1) -> None:
        """Count what is no country among aggregates, former codes or unknown words."""
        shown = f"{name} ({code})" if code and name else code or name
        if code.casefold() in self._former:
            left.former[shown] += rows
            left.successors[shown] = self._former[code.casefold()]
        elif self.region(code, name) is not None or _SUMS.search(name or code):
            left.aggregates[shown] += rows
        else:
            left.unknown[shown] += rows


def _key(name: str) -> frozenset[str]:
    """Return the words of a name that tell it apart, in no order: ``Korea, Rep.`` is one."""
    decomposed = unicodedata.normalize("NFKD", name.replace("ı", "i").replace("’", "'"))
    plain = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    words = (_SHORT.get(word, word) for word in _WORDS.findall(plain.replace("'s", "")))
    return frozenset(part for word in words for part in word.split() if part not in _FILL)


@cache
def _table(name: str) -> tuple[dict[str, str], ...]:
    text = (folder("ontology") / "reference" / name).read_text("utf-8")
    return tuple(csv.DictReader(io.StringIO(text)))
