"""Finding things by words: in names, titles, definitions and quotes, in any language.

A word of the search is found at the beginning of a word, so that ``diaspora`` finds
``diasporanın``; failing that, inside of one. All words have to be in one and the same text.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.labels import Labels, fold, fold_in_place, texts_of
from diaspora_kg.lookup import Lookup, select
from diaspora_kg.namespaces import DCTERMS, DKG, DKGC, OWL, RDFS, SKOS
from diaspora_kg.quadstore import QuadStore

KINDS = ("entity", "concept", "term", "source", "holder", "claim", "conflict", "quote")
"""What a search can be narrowed to; a term is a class or property."""

_FIELDS = (
    (RDFS + "label", "name"),
    (SKOS + "prefLabel", "name"),
    (DCTERMS + "title", "title"),
    (SKOS + "altLabel", "other name"),
    (SKOS + "hiddenLabel", "other name"),
    (DKG + "abbreviation", "abbreviation"),
    (SKOS + "definition", "definition"),
    (DKG + "quote", "quote"),
    (DKG + "translation", "translation"),
)
_NAMES = {"name", "title", "other name", "abbreviation"}
_KIND_OF_CLASS = {
    OWL + "Class": "term",
    OWL + "ObjectProperty": "term",
    OWL + "DatatypeProperty": "term",
    OWL + "AnnotationProperty": "term",
    SKOS + "Concept": "concept",
    SKOS + "Collection": "concept",
    SKOS + "ConceptScheme": "concept",
    DKG + "Claim": "claim",
    DKG + "Conflict": "conflict",
    DKG + "Evidence": "quote",
    DKG + "Source": "source",
    DKG + "Party": "holder",
}
_HIDDEN_CLASSES = ("Fact", "Case", "Statement", "Coding", "Adjudication")
_WORD = re.compile(r"\w+(?:['’-]\w+)*")

# the better the match, the lower the number
_EXACT, _BEGINS, _WORDS, _INSIDE, _IN_DEFINITION, _IN_QUOTE = range(6)


@dataclass(frozen=True)
class Found:
    """One thing that was found, by the text of it that matches best."""

    iri: str
    kind: str
    """One of ``KINDS``."""
    label: str
    field: str
    """In what it was found: ``name``, ``definition``, ``quote`` …"""
    text: str
    """The text that matches."""
    language: str
    marks: tuple[tuple[int, int], ...]
    """The places in the text where the words stand, each as start and end."""
    rank: int = 0
    """How well it matches; lower is better."""

    def marked(self, before: str, after: str) -> str:
        """Return the text with something set before and after each word that was found."""
        parts, last = [], 0
        for start, end in self.marks:
            parts += [self.text[last:start], before, self.text[start:end], after]
            last = end
        return "".join([*parts, self.text[last:]])


def find(
    text: str,
    store: QuadStore,
    *,
    kinds: Iterable[str] = (),
    limit: int | None = None,
    language: str = "en",
) -> list[Found]:
    """Return what is called so, defined so or quoted so, the best match first.

    Raises ``DiasporaKGError`` (DKG421) when the text holds no word.
    """
    words = _words(text)
    if not words:
        raise DiasporaKGError(
            "DKG421",
            "there is no word to look for",
            "Write one or more words of a name, a definition or a quote: find 'soft power'.",
        )
    wanted = frozenset(kinds) or frozenset(KINDS)
    kind_of = _Kinds(store)
    best: dict[str, tuple[_Key, _Match]] = {}
    for match in _matches(words, fold(text), store):
        address = match.address
        kind = kind_of[address]
        if kind not in wanted:
            continue
        special = "/core/" not in address  # general concepts before those of one typology
        key = (
            match.rank,
            not match.is_phrase,
            KINDS.index(kind),
            special,
            len(match.text),
            address,
        )
        if address not in best or key < best[address][0]:
            best[address] = (key, match)
    labels = Labels(Lookup(store), language)
    ranked = sorted(best.values(), key=lambda item: item[0])
    labels.lookup.expect(match.address for _, match in ranked)
    return [_found(m, kind_of[m.address], words, labels) for _, m in ranked[:limit]]


@dataclass(frozen=True)
class _Match:
    address: str
    field: str
    text: str
    language: str
    rank: int
    is_phrase: bool
    """Whether the words stand together, in their order."""


_Key = tuple[int, bool, int, bool, int, str]


def _words(text: str) -> list[str]:
    return list(dict.fromkeys(_WORD.findall(fold(text)))) or fold(text).split()


def _matches(words: list[str], whole: str, store: QuadStore) -> Iterator[_Match]:
    for predicate, field in _FIELDS:
        for subject, value in texts_of(store, predicate):
            folded = fold(value.value)
            if all(word in folded for word in words):
                rank = _rank(folded, words, whole, field)
                text, language = value.value, value.language or ""
                yield _Match(subject.value, field, text, language, rank, whole in folded)


def _rank(folded: str, words: list[str], whole: str, field: str) -> int:
    if field not in _NAMES:
        rank = _IN_DEFINITION if field == "definition" else _IN_QUOTE
    elif folded == whole:
        return _EXACT
    elif folded.startswith(whole):
        return _BEGINS
    else:
        rank = _WORDS
    at_beginnings = all(re.search(rf"(?<!\w){re.escape(word)}", folded) for word in words)
    return rank if at_beginnings else max(rank, _INSIDE)


def _found(match: _Match, kind: str, words: list[str], labels: Labels) -> Found:
    return Found(
        iri=match.address,
        kind=kind,
        label=_label(match, kind, labels),
        field=match.field,
        text=match.text,
        language=match.language,
        marks=tuple(_marks(match.text, words)),
        rank=match.rank,
    )


def _label(match: _Match, kind: str, labels: Labels) -> str:
    if kind != "quote":
        return labels.of(match.address) or match.text
    source = labels.lookup.thing(match.address, DKG + "inSource")
    locator = labels.lookup.text(match.address, DKG + "locator")
    return ", ".join(part for part in (labels.of(source) if source else "", locator) if part)


def _marks(text: str, words: list[str]) -> list[tuple[int, int]]:
    """Return where the words stand in a text as it is written, without overlaps."""
    folded, places = fold_in_place(text)
    spans = []
    for word in words:
        found = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(word)}", folded)]
        for start in found or [m.start() for m in re.finditer(re.escape(word), folded)]:
            spans.append((places[start], places[start + len(word) - 1] + 1))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


class _Kinds:
    """Tells what kind of thing something is; nothing for what is not to be found."""

    def __init__(self, store: QuadStore) -> None:
        self._store = store
        self._known: dict[str, str] = {}
        classes = " ".join(f"<{name}>" for name in _KIND_OF_CLASS)
        hidden = " ".join(f"<{DKG}{name}>" for name in _HIDDEN_CLASSES)
        rows = select(store, f"SELECT ?s ?c {{ VALUES ?c {{ {classes} {hidden} }} ?s a ?c }}")
        for subject, cls in rows:
            if isinstance(subject, ox.NamedNode) and isinstance(cls, ox.NamedNode):
                self._known[subject.value] = _KIND_OF_CLASS.get(cls.value, "")
        for address in self._restricted():
            self._known[address] = ""

    def _restricted(self) -> Iterator[str]:
        """Yield the passages whose words may not be shown."""
        query = f"SELECT ?s {{ ?s <{DKG}accessLevel> <{DKGC}restricted> }}"
        for (subject,) in select(self._store, query):
            if isinstance(subject, ox.NamedNode):
                yield subject.value

    def __getitem__(self, address: str) -> str:
        return self._known.get(address, "entity")
