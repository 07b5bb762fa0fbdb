"""The ontology as data that the program reads: terms, kinds, superclasses, concepts.

Nothing here repeats a class or property of ``ontology/``; adding a term there adds it to the
tool.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import pyoxigraph

from diaspora_kg.namespaces import DKG, DKGC, OWL, RDFS, SKOS, compact
from diaspora_kg.resources import files_below, folder
from diaspora_kg.terms import TYPE, Term, Triple, iri, iri_of, is_iri, literal_parts

_KINDS: dict[Term, str] = {
    iri(OWL + "ObjectProperty"): "object",
    iri(OWL + "DatatypeProperty"): "datatype",
    iri(OWL + "AnnotationProperty"): "annotation",
}
_CLASS = iri(OWL + "Class")
_SUBCLASS = iri(RDFS + "subClassOf")
_RANGE = iri(RDFS + "range")
_LABEL = iri(RDFS + "label")
_PREF_LABEL = iri(SKOS + "prefLabel")
_CONCEPT = iri(SKOS + "Concept")
_COLLECTION = iri(SKOS + "Collection")
_SCHEME = iri(SKOS + "ConceptScheme")
_IN_SCHEME = iri(SKOS + "inScheme")


@dataclass(frozen=True)
class Ontology:
    """The triples of the ontology and of its concepts, with what the program asks of them."""

    triples: tuple[Triple, ...]

    @cached_property
    def index(self) -> Mapping[Term, Mapping[Term, tuple[Term, ...]]]:
        """Subject, then predicate, to objects."""
        found: dict[Term, dict[Term, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for s, p, o in self.triples:
            found[s][p].append(o)
        return {s: {p: tuple(o) for p, o in by_p.items()} for s, by_p in found.items()}

    def objects(self, subject: Term, predicate: Term) -> tuple[Term, ...]:
        """Return the objects of a subject and predicate."""
        return self.index.get(subject, {}).get(predicate, ())

    def _of_type(self, wanted: Term) -> frozenset[Term]:
        return frozenset(s for s, p, o in self.triples if p == TYPE and o == wanted and is_iri(s))

    @cached_property
    def classes(self) -> frozenset[Term]:
        """The classes of the project's own namespace."""
        return frozenset(c for c in self._of_type(_CLASS) if c.startswith(f"<{DKG}"))

    @cached_property
    def properties(self) -> Mapping[Term, str]:
        """Every declared property, with its kind: ``object``, ``datatype`` or ``annotation``."""
        return {
            s: _KINDS[o]
            for s, p, o in self.triples
            if p == TYPE and o in _KINDS and s.startswith(f"<{DKG}")
        }

    @cached_property
    def concepts(self) -> frozenset[Term]:
        """Concepts, collections and schemes."""
        return self._of_type(_CONCEPT) | self._of_type(_COLLECTION) | self._of_type(_SCHEME)

    @cached_property
    def _direct_superclasses(self) -> Mapping[Term, tuple[Term, ...]]:
        found: dict[Term, list[Term]] = defaultdict(list)
        for s, p, o in self.triples:
            if p == _SUBCLASS and is_iri(s) and is_iri(o):
                found[s].append(o)
        return {s: tuple(o) for s, o in found.items()}

    @cached_property
    def _superclass_cache(self) -> dict[Term, frozenset[Term]]:
        return {}

    def superclasses(self, term: Term) -> frozenset[Term]:
        """Return the named superclasses of a class, without itself."""
        known = self._superclass_cache.get(term)
        if known is not None:
            return known
        found: set[Term] = set()
        waiting = list(self._direct_superclasses.get(term, ()))
        while waiting:
            parent = waiting.pop()
            if parent not in found and parent != term:
                found.add(parent)
                waiting.extend(self._direct_superclasses.get(parent, ()))
        result = frozenset(found)
        self._superclass_cache[term] = result
        return result

    def range(self, term: Term) -> Term | None:
        """Return the declared range of a property, if it has one."""
        ranges = self.objects(term, _RANGE)
        return ranges[0] if ranges else None

    def label(self, term: Term, language: str = "en") -> str:
        """Return the label in a language, else in English, else the short name."""
        known = self._label_cache.get((term, language))
        if known is None:
            known = self._label_cache[term, language] = self._label(term, language)
        return known

    @cached_property
    def _label_cache(self) -> dict[tuple[Term, str], str]:
        return {}

    def _label(self, term: Term, language: str) -> str:
        by_language: dict[str | None, str] = {}
        for predicate in (_PREF_LABEL, _LABEL):
            for value in self.objects(term, predicate):
                text, tag, _ = literal_parts(value)
                by_language.setdefault(tag, text)
        for wanted in (language, "en", None):
            if wanted in by_language:
                return by_language[wanted]
        return compact(iri_of(term)) if is_iri(term) else term

    @cached_property
    def schemes_of_flat_concepts(self) -> Mapping[Term, frozenset[str]]:
        """Scheme to the names of its members that lie directly under ``dkgc:``."""
        found: dict[Term, set[str]] = defaultdict(set)
        for s, p, o in self.triples:
            if p == _IN_SCHEME and s.startswith(f"<{DKGC}"):
                name = iri_of(s)[len(DKGC) :]
                if "/" not in name:
                    found[o].add(name)
        return {scheme: frozenset(names) for scheme, names in found.items()}


def parse_turtle(text: str | bytes, base: str | None = None) -> Iterable[Triple]:
    """Yield the triples of some Turtle; blank nodes get names of their own per parse.

    Raises ``SyntaxError`` when the text is no Turtle.
    """
    parsed = pyoxigraph.parse(text, pyoxigraph.RdfFormat.TURTLE, base_iri=base)
    for quad in parsed:
        yield str(quad.subject), str(quad.predicate), str(quad.object)


def read_ontology(include_alignments: bool = True) -> Ontology:
    """Return the packaged ontology with its concepts and, if wanted, its alignments."""
    return _ontology_of(
        tuple(file for file in _files() if include_alignments or "alignments" not in file[1])
    )


@lru_cache(maxsize=2)
def _ontology_of(files: tuple[tuple[int, str, bytes], ...]) -> Ontology:
    """Return the ontology of some files; a process that builds again need not parse them again."""
    triples = (triple for number, _, content in files for triple in _parsed(number, content))
    return Ontology(tuple(dict.fromkeys(triples)))


def read_modules() -> dict[Triple, str]:
    """Return the triples of the packaged ontology, each with the file that it stands in."""
    found: dict[Triple, str] = {}
    for number, name, content in _files():
        for triple in _parsed(number, content):
            found.setdefault(triple, name)
    return found


def _files() -> Iterator[tuple[int, str, bytes]]:
    """Yield number, name from its folder on, and content of every file of the ontology."""
    root = folder("ontology")
    for number, file in enumerate(files_below(root, ".ttl")):
        place = str(file).removeprefix(str(root)).replace("\\", "/").lstrip("/")
        yield number, f"ontology/{place}", file.read_bytes()


def _parsed(number: int, content: bytes) -> list[Triple]:
    """Return the triples of a file; its number is in the names of its blank nodes."""
    own = BlankNodes(f"f{number}n")
    return [(own.named(s), p, own.named(o)) for s, p, o in parse_turtle(content)]


class BlankNodes:
    """Numbers the blank nodes of a file in the order of the text: a parser names them at random."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.names: dict[Term, Term] = {}

    def named(self, term: Term) -> Term:
        """Return the stable name of a blank node, and any other term as it is."""
        if not term.startswith("_:"):
            return term
        return self.names.setdefault(term, f"_:{self.prefix}{len(self.names)}")
