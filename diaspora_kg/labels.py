"""The names of things: what to call a term, and which things a person may mean by a name."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from diaspora_kg.lookup import Lookup, select
from diaspora_kg.namespaces import DKG, OWL, RDFS, SKOS, compact
from diaspora_kg.quadstore import QuadStore
from diaspora_kg.terms import Term, iri_of, is_iri, literal_parts

_PREFERRED = (RDFS + "label", SKOS + "prefLabel")
_OTHER = (SKOS + "altLabel", SKOS + "hiddenLabel", DKG + "abbreviation")

BOOKKEEPING = (
    "Claim",
    "Conflict",
    "Fact",
    "Case",
    "Statement",
    "Evidence",
    "Coding",
    "Caveat",
    "Contrariety",
    "Attribution",
    "Adjudication",
)
"""Classes of what the graph notes about claims: nobody asks for it by a name."""

# letters that are written in more than one way, or that Unicode does not take apart
_ALIKE = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe",
     "’": "'", "‘": "'", "ʻ": "'", "ʼ": "'", "`": "'", "´": "'",
     "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
     "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-",
     "ی": "ي", "ى": "ي", "ک": "ك", "ہ": "ه", "ھ": "ه", "ۃ": "ه", "ة": "ه", "ٱ": "ا",
     "ـ": "", "\u00ad": "", "\u200c": "", "\u200d": "", "\u200e": "", "\u200f": ""}
)  # fmt: skip


@dataclass(frozen=True)
class Named:
    """A thing with one of its names."""

    term: Term
    name: str
    language: str
    is_preferred: bool = True


# --- Folding ----------------------------------------------------------------------------


class _Folded(dict[int, str]):
    """Every character met so far to what it is folded to."""

    def __missing__(self, code: int) -> str:
        # 'İ' comes apart into 'I' and a mark, 'I' becomes 'i', and so does 'ı'
        lowered = unicodedata.normalize("NFKD", chr(code)).casefold().translate(_ALIKE)
        plain = "".join(char for char in lowered if not unicodedata.combining(char))
        digits = "".join(str(unicodedata.digit(char, char)) for char in plain)
        self[code] = folded = " " if digits.isspace() else digits
        return folded


_FOLDED = _Folded()


def fold(text: str) -> str:
    """Fold case, marks and variants of letters; the Turkish i with and without dot become one.

    ``ILISU``, ``Ilısu`` and ``ılısu`` meet, and so do ``İstanbul`` and ``istanbul``: who searches
    does not know which of the two a source used. Arabic vowel signs and the hamza of the alif
    are dropped, and the Urdu and Persian forms of yeh, kaf and heh are those of Arabic.
    """
    return " ".join(text.translate(_FOLDED).split())


def fold_in_place(text: str) -> tuple[str, list[int]]:
    """Return the folded text, and for each of its characters the place it came from."""
    folded: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for piece in _FOLDED[ord(char)]:
            folded.append(piece)
            places.append(place)
    return "".join(folded), places


# --- From a term to its name ------------------------------------------------------------


class Labels:
    """What to call the things of a store, in one language where there is a name in it."""

    def __init__(self, lookup: Lookup, language: str = "en") -> None:
        """Take where to look, and the language (BCP 47) that is wanted."""
        self.lookup = lookup
        self._order = list(dict.fromkeys((language.lower(), "en", None)))
        self._known: dict[str, str | None] = {}
        self._kinds: dict[str, str] = {}

    def __call__(self, term: Term) -> str:
        """Return the name of a term, its short name where it has none, a literal's text."""
        if not is_iri(term):
            return term if term.startswith("_:") else literal_parts(term)[0]
        return self.of(iri_of(term)) or compact(iri_of(term))

    def of(self, address: str) -> str | None:
        """Return the name of a thing by its IRI: in the language, else English, else any."""
        if address not in self._known:
            found = [v for name in _PREFERRED for v in self.lookup.values(address, name)]
            best = min(found, key=self._rank, default=None)
            self._known[address] = None if best is None else best.value
        return self._known[address]

    def for_cell(self, term: Term) -> str:
        """Return what to call a thing in a table: claims and the like by their short names.

        Their names are whole sentences; the short name is what one asks on with.
        """
        if not is_iri(term) or self.kind(iri_of(term)) in _BY_SHORT_NAME:
            return compact(iri_of(term)) if is_iri(term) else self(term)
        return self(term)

    def _rank(self, literal: ox.Literal) -> tuple[int, str, str]:
        tag = literal.language
        place = self._order.index(tag) if tag in self._order else len(self._order)
        return (place, tag or "", literal.value)

    def kind(self, address: str) -> str:
        """Return in a word or two what a thing is, so that people can tell namesakes apart."""
        if address not in self._kinds:
            self._kinds[address] = self._find_kind(address)
        return self._kinds[address]

    def of_class(self, cls: str) -> str:
        """Return in a word or two what the members of a class are."""
        return _KINDS.get(cls) or self.of(cls) or compact(cls)

    def _find_kind(self, address: str) -> str:
        types = self.lookup.types(address)
        for known, word in _KINDS.items():
            if known in types:
                return word
        own = sorted(name for name in types if name.startswith(DKG))
        above = {parent for name in own for parent in self.lookup.things(name, _SUBCLASS)}
        lowest = [name for name in own if name not in above] or own
        return (self.of(lowest[0]) or compact(lowest[0])) if lowest else UNSTATED


_BY_SHORT_NAME = frozenset({"claim", "conflict", "fact", "passage", "case"})
HOLDER = "holder of claims"
_SUBCLASS = RDFS + "subClassOf"
_KINDS = {
    OWL + "Class": "class",
    OWL + "ObjectProperty": "property",
    OWL + "DatatypeProperty": "property",
    OWL + "AnnotationProperty": "property",
    SKOS + "ConceptScheme": "concept scheme",
    SKOS + "Collection": "collection of concepts",
    SKOS + "Concept": "concept",
    DKG + "Claim": "claim",
    DKG + "Conflict": "conflict",
    DKG + "Fact": "fact",
    DKG + "Case": "case",
    DKG + "Evidence": "passage",
    DKG + "Source": "source",
    DKG + "Party": HOLDER,
}
ONTOLOGY_KINDS = frozenset({"class", "property"})
UNSTATED = "of no stated kind"


# --- From a name to the things that bear it ---------------------------------------------


class Directory:
    """All names of a store, for finding what a person means by one."""

    def __init__(self, store: QuadStore) -> None:
        """Take a store; it is read when a name is first looked up."""
        self._store = store

    @cached_property
    def names(self) -> list[Named]:
        """Every name of every thing, but of claims and of what is noted about them."""
        skipped = bookkeeping(self._store)
        return [named for named in all_names(self._store) if named.term not in skipped]

    def called(self, name: str) -> list[Term]:
        """Return the things that bear a name, in whatever case and script variant, sorted."""
        wanted = fold(name)
        return sorted({named.term for named in self.names if fold(named.name) == wanted})


def all_names(store: QuadStore) -> list[Named]:
    """Return every name of every thing in a store once, claims and facts among them."""
    found: dict[Named, None] = {}
    for predicate in (*_PREFERRED, *_OTHER):
        is_preferred = predicate in _PREFERRED
        for subject, value in texts_of(store, predicate):
            named = Named(str(subject), value.value, value.language or "", is_preferred)
            found[named] = None
    return list(found)


def texts_of(store: QuadStore, predicate: str) -> Iterable[tuple[ox.NamedNode, ox.Literal]]:
    """Yield each thing with each literal that a property gives it, once."""
    for subject, value in select(store, f"SELECT DISTINCT ?s ?o {{ ?s <{predicate}> ?o }}"):
        if isinstance(subject, ox.NamedNode) and isinstance(value, ox.Literal):
            yield subject, value


def bookkeeping(store: QuadStore) -> frozenset[Term]:
    """Return claims, conflicts, facts and the like."""
    classes = " ".join(f"<{DKG}{name}>" for name in BOOKKEEPING)
    rows = select(store, f"SELECT ?s {{ VALUES ?c {{ {classes} }} ?s a ?c }}")
    return frozenset(str(row[0]) for row in rows)
