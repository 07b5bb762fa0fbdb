"""The terms of the ontology and the concepts, each as an entry that explains it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.labels import fold
from diaspora_kg.namespaces import DCTERMS, DKG, DKGC, OWL, RDFS, SKOS, compact, expand
from diaspora_kg.reading.ontology import Ontology
from diaspora_kg.suggestions import closest, did_you_mean
from diaspora_kg.terms import TYPE, Term, iri, iri_of, is_iri, literal_parts, text_of

KINDS = ("class", "property", "scheme", "concept", "collection")
_KINDS = (
    (iri(OWL + "Class"), "class"),
    (iri(OWL + "ObjectProperty"), "property"),
    (iri(OWL + "DatatypeProperty"), "property"),
    (iri(OWL + "AnnotationProperty"), "property"),
    (iri(SKOS + "ConceptScheme"), "scheme"),
    (iri(SKOS + "Collection"), "collection"),
    (iri(SKOS + "Concept"), "concept"),
)
_TAKES = {"object": "an object", "datatype": "a value", "annotation": "an object or a value"}

KEYS = {
    "access-level": "access",
    "adjudication-outcome": "outcome",
    "aggregation": "aggregation",
    "bound": "bound",
    "caveat-kind": "kind",
    "conflict-kind": "kind",
    "estimate-status": "estimate",
    "explicitness": "explicitness",
    "indicator": "indicator",
    "modality": "modality",
    "polarity": "polarity",
    "population-criterion": "population",
    "source-tier": "tier",
    "stance": "stance",
    "stock-or-flow": "flow",
    "unit": "unit",
}
"""The scheme of a closed list to the key of a case file that takes its members."""


@dataclass(frozen=True)
class Entry:
    """One term or concept with everything that explains it."""

    iri: str
    kind: str
    """One of ``KINDS``."""
    takes: str = ""
    """Of a property: whether it takes an object or a value."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """Language to label."""
    other_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    definitions: Mapping[str, str] = field(default_factory=dict)
    scope_notes: Mapping[str, str] = field(default_factory=dict)
    examples: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    """Short names of sources, or words such as "coined here"."""
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    children: tuple[str, ...] = ()
    inverse: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    """Short names of the concepts of a scheme or collection."""
    see: tuple[str, ...] = ()
    """Of a class the concept beside it; of a concept those that nearly match it."""
    unreviewed: tuple[str, ...] = ()
    """Languages whose wording no native reader has seen."""
    use: str = ""
    """How it is written in a case file."""

    @property
    def short(self) -> str:
        """The short name."""
        return compact(self.iri)

    def label(self, language: str = "en") -> str:
        """Return the label in a language, else in English, else the short name."""
        return self.labels.get(language) or self.labels.get("en") or self.short


class Glossary:
    """Looks up entries by short name, name or label in any language."""

    def __init__(self, ontology: Ontology) -> None:
        """Take an ontology with its concepts."""
        self._ontology = ontology
        self._kinds = self._find_kinds()

    def entries(self, kinds: Iterable[str] = ()) -> list[Entry]:
        """Return all entries of some kinds, by kind and short name; of all kinds without."""
        wanted = frozenset(kinds) or frozenset(KINDS)
        terms = [term for term, kind in self._kinds.items() if kind in wanted]
        order = sorted(terms, key=lambda t: (KINDS.index(self._kinds[t]), t.casefold()))
        return [self._entry(term) for term in order]

    def explain(self, name: str) -> list[Entry]:
        """Return the entries that a name means, the closest first.

        Raises ``DiasporaKGError`` (DKG414) when it means none.
        """
        full = expand(name.strip())
        if full is not None and iri(full) in self._kinds:
            return [self._entry(iri(full))]
        found = [iri(n + name) for n in (DKG, DKGC) if iri(n + name) in self._kinds]
        folded = fold(name)
        named = [t for t in self._kinds if folded in self._names(t) and t not in found]
        found += sorted(named, key=lambda t: ("/core/" not in t, t))  # general concepts first
        if not found:
            known = {name: term for term in self._kinds for name in self._spellings(term)}
            near = {known[word]: word for word in reversed(closest(name, known, limit=9))}
            raise DiasporaKGError(
                "DKG414",
                f"the ontology has no term or concept '{name}'",
                did_you_mean(name, near.values(), "'diaspora-kg terms' lists them."),
            )
        return [self._entry(term) for term in found]

    # --- Finding ------------------------------------------------------------------------

    def _find_kinds(self) -> dict[Term, str]:
        found: dict[Term, str] = {}
        for cls, kind in _KINDS:
            for subject, predicate, obj in self._ontology.triples:
                is_own = subject.startswith((f"<{DKG}", f"<{DKGC}"))
                if predicate == TYPE and obj == cls and is_own:
                    found.setdefault(subject, kind)
        return found

    def _names(self, term: Term) -> set[str]:
        return {fold(name) for name in self._spellings(term)}

    def _spellings(self, term: Term) -> Iterator[str]:
        address = iri_of(term)
        yield compact(address)
        yield address.removeprefix(DKG).removeprefix(DKGC)
        for name in (RDFS + "label", SKOS + "prefLabel", SKOS + "altLabel", SKOS + "hiddenLabel"):
            yield from (text_of(value) for value in self._ontology.objects(term, iri(name)))

    # --- One entry ----------------------------------------------------------------------

    def _entry(self, term: Term) -> Entry:
        kind = self._kinds[term]
        labels = self._by_language(term, RDFS + "label", SKOS + "prefLabel")
        return Entry(
            iri=iri_of(term),
            kind=kind,
            takes=_TAKES.get(self._ontology.properties.get(term, ""), ""),
            labels=labels,
            other_names=self._lists(term, SKOS + "altLabel"),
            definitions=self._by_language(term, SKOS + "definition"),
            scope_notes=self._by_language(term, SKOS + "scopeNote"),
            examples=tuple(text_of(v) for v in self._values(term, SKOS + "example")),
            sources=tuple(self._shown(v) for v in self._values(term, DCTERMS + "source")),
            domain=self._things(term, RDFS + "domain"),
            range=self._things(term, RDFS + "range"),
            parents=self._parents(term),
            children=self._children(term),
            inverse=self._inverse(term),
            members=self._members(term, kind),
            see=self._things(term, DKG + "hasConcept", SKOS + "closeMatch"),
            unreviewed=tuple(text_of(v) for v in self._values(term, DKG + "unreviewedLanguage")),
            use=self._use(term, kind),
        )

    def _values(self, term: Term, *predicates: str) -> list[Term]:
        return [v for name in predicates for v in self._ontology.objects(term, iri(name))]

    def _things(self, term: Term, *predicates: str) -> tuple[str, ...]:
        values = self._values(term, *predicates)
        return tuple(sorted(compact(iri_of(value)) for value in values if is_iri(value)))

    def _shown(self, value: Term) -> str:
        return compact(iri_of(value)) if is_iri(value) else text_of(value)

    def _by_language(self, term: Term, *predicates: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for value in self._values(term, *predicates):
            text, tag, _ = literal_parts(value)
            found.setdefault(tag or "", text)
        return found

    def _lists(self, term: Term, predicate: str) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for value in self._values(term, predicate):
            text, tag, _ = literal_parts(value)
            found[tag or ""] = (*found.get(tag or "", ()), text)
        return found

    def _parents(self, term: Term) -> tuple[str, ...]:
        names = ("subClassOf", "subPropertyOf")
        above = [RDFS + name for name in names]
        return self._things(term, *above, SKOS + "broader", SKOS + "inScheme")

    def _children(self, term: Term) -> tuple[str, ...]:
        below = ("subClassOf", "subPropertyOf")
        return self._subjects(term, *(RDFS + name for name in below), SKOS + "broader")

    def _inverse(self, term: Term) -> tuple[str, ...]:
        inverse_of = OWL + "inverseOf"
        found = {*self._things(term, inverse_of), *self._subjects(term, inverse_of)}
        return tuple(sorted(found))

    def _members(self, term: Term, kind: str) -> tuple[str, ...]:
        if kind == "collection":
            return self._things(term, SKOS + "member")
        return self._subjects(term, SKOS + "inScheme") if kind == "scheme" else ()

    def _subjects(self, term: Term, *predicates: str) -> tuple[str, ...]:
        """Return what has a term as a value of some properties, by short name."""
        found = {s for name in predicates for s in self._backwards.get((iri(name), term), ())}
        return tuple(sorted(compact(iri_of(subject)) for subject in found))

    @cached_property
    def _backwards(self) -> dict[tuple[Term, Term], list[Term]]:
        """Property and value to what has that value."""
        found: dict[tuple[Term, Term], list[Term]] = defaultdict(list)
        for subject, predicate, obj in self._ontology.triples:
            if is_iri(subject) and is_iri(obj):
                found[predicate, obj].append(subject)
        return found

    # --- In a case file -----------------------------------------------------------------

    def _use(self, term: Term, kind: str) -> str:
        if kind == "class":
            name = iri_of(term).removeprefix(DKG)
            return f"type: {name}\n# or as a claim\n- property: rdf:type\n  object: {name}"
        if kind == "property":
            return self._use_of_property(term)
        return self._use_of_concept(term) if kind == "concept" else ""

    def _use_of_property(self, term: Term) -> str:
        address = iri_of(term)
        module = text_of(next(iter(self._ontology.objects(term, iri(RDFS + "isDefinedBy"))), '""'))
        if not address.startswith(DKG) or module.endswith("/claims"):
            key = address.removeprefix(DKG)
            by_key = f"{key}: …" if key in KEYS.values() else ""
            return by_key or "# written by the program, from the keys of a claim"
        subject = self._placeholder(term, RDFS + "domain")
        lines = [f"- subject: {subject}", f"  property: {address.removeprefix(DKG)}"]
        if self._ontology.properties.get(term) == "object":
            return "\n".join([*lines, f"  object: {self._placeholder(term, RDFS + 'range')}"])
        return "\n".join([*lines, f"  value: {self._value(term)}"])

    def _placeholder(self, term: Term, predicate: str) -> str:
        ends = self._values(term, predicate)
        named = [self._ontology.label(end) for end in ends if is_iri(end)]
        return f"<{named[0]}>" if named else "<entity or concept>"

    def _value(self, term: Term) -> str:
        kinds = [text_of(kind) for kind in self._values(term, DKG + "valueKind")]
        declared = self._ontology.range(term)
        ending = "" if declared is None else text_of(declared).rpartition("#")[2]
        if "time" in kinds:
            return "2010-04-06"
        if ending in ("decimal", "integer", "nonNegativeInteger"):
            return "160"
        return "<text>" if ending == "string" else "{en: <text>}"

    def _use_of_concept(self, term: Term) -> str:
        name = iri_of(term).removeprefix(DKGC)
        for scheme in self._ontology.objects(term, iri(SKOS + "inScheme")):
            key = KEYS.get(iri_of(scheme).removeprefix(DKGC))
            if key is not None:
                return f"{key}: {_in_list(name, key)}"
        return f"object: {name}"


def _in_list(name: str, key: str) -> str:
    """Return the name of a concept of a closed list as it is written under a key."""
    return name.removeprefix("caveat-").removesuffix("-conflict") if key == "kind" else name
