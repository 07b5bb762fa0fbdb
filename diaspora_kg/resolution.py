"""From the words of a case file to terms: entities, concepts, states, sources, properties.

A word that means nothing is a finding with a suggestion; a word that means several things is a
finding that lists them. Nothing is guessed in silence.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TypeVar

from diaspora_kg.declarations import Declarations, Noted
from diaspora_kg.errors import Finding, Severity
from diaspora_kg.model import Case, Entity, Source, Written
from diaspora_kg.namespaces import DKG, DKGC, DKGID, PREFIXES, SKOS, compact, expand
from diaspora_kg.naming import individual
from diaspora_kg.reading.ontology import Ontology
from diaspora_kg.reading.states import (
    ORGANISATIONS,
    OTHER_CODES,
    Reference,
    what_is_no_state,
)
from diaspora_kg.suggestions import closest, did_you_mean
from diaspora_kg.terms import Term, iri, iri_of, literal_parts

_Value = TypeVar("_Value")

_OWN = (DKG, DKGC, DKGID)
_PREF_LABEL = iri(SKOS + "prefLabel")
_ALT_LABEL = iri(SKOS + "altLabel")


class Names:
    """Everything that a case may refer to by name, over all cases of one build.

    Whatever a case asks for is noted, so that one knows on which names of other cases it depends.
    """

    def __init__(
        self,
        ontology: Ontology,
        reference: Reference,
        cases: Iterable[Case | Declarations],
        sources: Mapping[str, Source],
    ) -> None:
        """Take what is declared anywhere; ids of entities and keys of sources are global."""
        self.ontology = ontology
        self.reference = reference
        self.asked: set[str] = set()
        self.sources: Mapping[str, Source] = Noted("source", self.asked, sources)
        self.cases: dict[str, Declarations] = {}
        self.findings: list[Finding] = []
        declared: dict[str, Entity] = {}
        for case in cases:
            declarations = case if isinstance(case, Declarations) else Declarations.of(case)
            self.cases[declarations.id] = declarations
            for entity in declarations.entities:
                self._declare(entity, declared)
        self.entities: Mapping[str, Entity] = Noted("entity", self.asked, declared)

    def _declare(self, entity: Entity, declared: dict[str, Entity]) -> None:
        first = declared.setdefault(entity.id, entity)
        if first is not entity:
            self._wrong(
                "DKG124",
                f"the entity '{entity.id}' is already declared at {first.at}",
                "Declare it in one case; other cases refer to it by its id.",
                entity.id,
            )

    def take_findings(self) -> tuple[Finding, ...]:
        """Return what was wrong since this was last asked, and forget it."""
        found, self.findings = tuple(self.findings), []
        return found

    def noting_sources(self, entries: Mapping[str, _Value]) -> "Noted[_Value]":
        """Return what belongs to keys of sources, so that it is noted which are asked for."""
        return Noted("source", self.asked, entries)

    def take_asked(self) -> frozenset[str]:
        """Return which names were asked for since this was last asked, and forget it.

        A name is ``kind:name``, the kind one of entity, label, source and claim.
        """
        asked = frozenset(self.asked)
        self.asked.clear()
        return asked

    def _wrong(
        self, code: str, message: str, hint: str, word: Written, missing: str | None = None
    ) -> None:
        """Note a word that means nothing, and the name that another file might declare."""
        value = str(word) if missing is None else missing
        self.findings.append(Finding(code, message, hint, Severity.VIOLATION, word.at, value=value))

    # --- Properties and classes ---------------------------------------------------------

    @cached_property
    def _property_names(self) -> dict[str, Term]:
        return {iri_of(term)[len(DKG) :]: term for term in self.ontology.properties}

    @cached_property
    def _class_names(self) -> dict[str, Term]:
        return {iri_of(term)[len(DKG) :]: term for term in self.ontology.classes}

    def property(self, word: Written) -> Term | None:
        """Return the property that a word names, such as ``memberOf`` or ``skos:definition``."""
        known = self._property_names.get(word)
        if known is not None:
            return known
        full = expand(word)
        if full is not None:
            term = iri(full)
            outside = not full.startswith(DKG) and word.partition(":")[0] in PREFIXES
            if term in self.ontology.properties or outside:
                return term
        names = [*self._property_names, "rdf:type", "skos:definition", "skos:altLabel"]
        hint = did_you_mean(word, names, "'diaspora-kg terms' lists the properties.")
        self._wrong("DKG105", f"unknown property '{word}'", hint, word)
        return None

    def class_(self, word: Written) -> Term | None:
        """Return the class that a word names, such as ``DiasporaInstitution``."""
        known = self._class_names.get(word.removeprefix("dkg:").removeprefix(DKG))
        if known is not None:
            return known
        full = expand(word)
        if full is not None and not full.startswith(DKG):
            return iri(full)
        hint = did_you_mean(word, self._class_names, "'diaspora-kg terms' lists the classes.")
        self._wrong("DKG106", f"unknown class '{word}'", hint, word)
        return None

    # --- Things -------------------------------------------------------------------------

    def thing(self, word: Written) -> Term | None:
        """Return the entity, concept, state, region, source or claim that a word names."""
        term = self._by_id(word) or self._by_label(word)
        if term is None:
            self._not_found(word)
        return term

    def member(self, word: Written, scheme: str) -> Term | None:
        """Return the concept of a scheme that a word names, else whatever else it names."""
        concept = iri(f"{DKGC}{scheme}/{word}")
        if concept in self.ontology.concepts:
            return concept
        term = self._by_id(word) or self._by_label(word)
        if term is None:
            start = f"{DKGC}{scheme}/"
            addresses = map(iri_of, self.ontology.concepts)
            names = sorted(a.removeprefix(start) for a in addresses if a.startswith(start))
            self._not_found(word, did_you_mean(word, names) if closest(word, names) else "")
        return term

    def state(self, word: Written) -> Term | None:
        """Return the state of an ISO 3166-1 alpha-2 code, or one that a case declares."""
        known = self.reference.states.get(word.upper() if len(word) == 2 else word)
        if known is not None:
            return known
        entity = self.entities.get(word)
        if entity is not None:
            return individual(entity.id)
        named = self.reference.names.get(word.casefold())
        if named is not None and named not in self._regions:
            return named
        what = what_is_no_state(word, is_region=named is not None)
        self._wrong("DKG108", what, self._state_meant_by(word), word)
        return None

    def _state_meant_by(self, word: str) -> str:
        """Return the hint for a word that is no state; two letters are not guessed at."""
        codes = {term: code for code, term in self.reference.states.items()}
        code = OTHER_CODES.get(word.upper()) or self.reference.alpha2.get(word.upper())
        if code is not None:
            return f"Write '{code}': states are written by ISO 3166-1, in two letters."
        if word.casefold() in ORGANISATIONS:
            return (
                "Write the code of a member state, or declare the organisation under 'entities:' "
                "with 'type: InternationalOrganization' and write its id."
            )
        if word.casefold() in self.reference.names:
            return "Write the code of one state of it, or leave the state out."
        near = closest(word, self.reference.names) if len(word) > 2 else []
        terms = dict.fromkeys(self.reference.names[name] for name in near)
        meant = [f"'{codes[t]}' ({self.reference.labels[t]})" for t in terms if t in codes]
        if meant:
            return f"Did you mean {' or '.join(meant)}?"
        return "Write its ISO 3166-1 code of two letters, or declare it under 'entities:'."

    def source(self, word: Written) -> Source | None:
        """Return the source that a key names."""
        key = word.removeprefix("source/")
        known = self.sources.get(key)
        if known is None:
            near = did_you_mean(key, self.sources, "Add it to the bibliography or to 'sources:'.")
            self._wrong("DKG104", f"unknown source '{key}'", near, word)
        return known

    def claim(self, word: Written, case: Case) -> Term | None:
        """Return the claim that ``id`` or ``case/id`` names, or its address as answers show it."""
        case_id, _, claim_id = (expand(word) or word).removeprefix(DKGID).rpartition("/")
        case_id = case_id.removesuffix("/claim")
        owner = self.cases.get(case_id or case.id)
        if owner is not None and owner.id != case.id:
            self.asked.add(f"claim:{owner.id}/{claim_id}")
        if owner is not None and claim_id in owner.claims:
            return individual(owner.id, "claim", claim_id)
        known = owner or self.cases[case.id]
        hint = did_you_mean(claim_id, known.claims, "Write 'claim-id', or 'case-id/claim-id'.")
        if owner is None:
            hint = did_you_mean(case_id, self.cases, "No case of that id is in this build.")
        missing = case_id if owner is None else ""
        self._wrong("DKG116", f"unknown claim '{word}'", hint, word, missing)
        return None

    def side(self, word: Written, case: Case) -> Term | None:
        """Return the claim, or the observation of a data set, that a word names.

        Data sets are not known here: that an observation is there is checked by its shape.
        """
        path = word.removeprefix("dkgid:")
        if path.startswith("dataset/") and "/observation/" in path:
            return individual(*path.split("/"))
        return self.claim(word, case)

    def from_list(self, word: Written, scheme: str) -> Term | None:
        """Return the member of a closed list that a word names, such as ``possible``."""
        names = self.ontology.schemes_of_flat_concepts.get(iri(DKGC + scheme), frozenset())
        bare = word.removeprefix("dkgc:")
        before, after = _SHORTENED.get(scheme, ("", ""))
        if bare == "not-stated":
            return iri(DKGC + bare)
        for candidate in (bare, f"{before}{bare}{after}"):
            if candidate in names:
                return iri(DKGC + candidate)
        shown = sorted(name.removeprefix(before).removesuffix(after) for name in names)
        hint = did_you_mean(bare, shown, f"One of: {', '.join(shown)}.")
        self._wrong("DKG119", f"'{word}' is no {scheme.replace('-', ' ')}", hint, word)
        return None

    # --- How a name is looked up --------------------------------------------------------

    def _by_id(self, word: Written) -> Term | None:
        entity = self.entities.get(word)
        if entity is not None:
            return individual(entity.id)
        if word in self.reference.states:
            return self.reference.states[word]
        return self._by_path(word) or self._by_iri(word)

    def _by_path(self, word: str) -> Term | None:
        head, slash, rest = word.partition("/")
        if not slash:
            concept = iri(DKGC + word)
            return concept if concept in self.ontology.concepts else None
        if head == "source":
            return individual("source", rest) if rest in self.sources else None
        if head == "state":
            return self.reference.states.get(rest)
        if head == "region":
            term = individual("region", rest)
            return term if term in self._regions else None
        concept = iri(DKGC + word)
        return concept if concept in self.ontology.concepts else None

    @cached_property
    def _regions(self) -> frozenset[Term]:
        return frozenset(q[0] for q in self.reference.quads if q[0].startswith(f"<{DKGID}region/"))

    def _by_iri(self, word: Written) -> Term | None:
        full = expand(word)
        if full is None:
            return None
        term = iri(full)
        if not full.startswith(_OWN):
            return term
        if full.startswith(DKGID):
            return self._by_id(Written(full[len(DKGID) :], word.at))
        known = term in self.ontology.concepts or term in self.ontology.classes
        return term if known or term in self.ontology.properties else None

    def _by_label(self, word: Written) -> Term | None:
        found = self._labels.get(folded(word), set())
        return next(iter(found)) if len(found) == 1 else None

    def _not_found(self, word: Written, meant: str = "") -> None:
        """Note a word that names no one thing; ``meant`` is a better hint than that for any."""
        if not self._was_ambiguous(word, meant):
            self._unknown_thing(word, meant)

    def _was_ambiguous(self, word: Written, meant: str) -> bool:
        found = self._labels.get(folded(word), set())
        if len(found) < 2:
            return False
        names = ", ".join(sorted(compact(iri_of(term)) for term in found))
        hint = meant or f"Write one of: {names}."
        self._wrong("DKG120", f"'{word}' may mean several things", hint, word)
        return True

    @cached_property
    def _named(self) -> tuple[tuple[str, Term], ...]:
        """Every label, as it is written, with what bears it."""
        concepts = [
            (literal_parts(o)[0], s)
            for s, p, o in self.ontology.triples
            if p in (_PREF_LABEL, _ALT_LABEL) and s in self.ontology.concepts
        ]
        entities = [
            (str(wording.text), individual(entity.id))
            for entity in self.entities.values()
            for wording in entity.labels
        ]
        states = [(label, term) for term, label in self.reference.labels.items()]
        return (*entities, *concepts, *states)

    @cached_property
    def _labels(self) -> Mapping[str, set[Term]]:
        found: dict[str, set[Term]] = defaultdict(set)
        for name, term in self._named:
            found[folded(name)].add(term)
        for name, term in self.reference.names.items():
            found[folded(name)].add(term)
        return Noted("label", self.asked, found)

    @cached_property
    def _known_names(self) -> tuple[str, ...]:
        concepts = (iri_of(term)[len(DKGC) :] for term in self.ontology.concepts)
        labels = (name for name, _ in self._named)
        return tuple(dict.fromkeys([*self.entities, *concepts, *labels]))

    def _unknown_thing(self, word: Written, meant: str) -> None:
        is_like_a_state = (len(word) == 2 and word.isupper()) or word.casefold() in ORGANISATIONS
        if is_like_a_state and not meant:
            self.state(word)
            return
        hint = meant or did_you_mean(
            word,
            self._known_names,
            "Declare it under 'entities:', or write the text as 'value: {en: …}' "
            "with a property that takes a value.",
        )
        self._wrong("DKG107", f"unknown entity or concept '{word}'", hint, word)


def folded(name: str) -> str:
    """Return a name as names are compared: case folded, and ``IŞIK`` the same as ``Işık``."""
    plain = unicodedata.normalize("NFC", name).casefold().replace("i\u0307", "i")
    return plain.replace("ı", "i")


# what a case file may leave out of the name of a member
_SHORTENED = {
    "population-criterion": ("by-", ""),
    "caveat-kind": ("caveat-", ""),
    "conflict-kind": ("", "-conflict"),
}
