"""Claims in words: phrase and sentence in a language, with the places that stand behind them."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from diaspora_kg.corpus import Corpus, RecordedClaim, dkg, dkgc
from diaspora_kg.namespaces import DCTERMS, RDFS, SKOS, compact
from diaspora_kg.terms import Term, iri, iri_of, is_iri, literal_parts, text_of

_NAMES = (iri(SKOS + "prefLabel"), iri(RDFS + "label"))
_TITLE = iri(DCTERMS + "title")
_PHRASE = dkg("linkingPhrase")
_NOT_WRITABLE = re.compile("[^\\t\\n\\r\\u0020-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
"""Characters that XML does not know."""


@dataclass(frozen=True)
class Passage:
    """Where a claim is said: the source as it is cited, and the place in it."""

    source: str
    title: str
    locator: str


@dataclass(frozen=True)
class Wording:
    """One claim in words: the phrase that links, and what stands behind it."""

    claim: Term
    sentence: str
    """Subject, phrase and object."""
    phrase: str
    language: str | None
    negated: bool
    conditions: tuple[str, ...]
    passages: tuple[Passage, ...]
    cites: tuple[str, ...]
    """The works or persons that the source has it from."""
    conflicts: tuple[str, ...]
    """What speaks against it, one description for each open conflict."""


class Phrasebook:
    """Says what stands in the graph, in one language where the graph has it."""

    def __init__(self, corpus: Corpus, language: str) -> None:
        """Take a graph and the language that is wanted."""
        self.corpus = corpus
        self.language = language
        self._against: dict[Term, list[str]] = defaultdict(list)
        for conflict in corpus.of_type(dkg("Conflict")):
            if corpus.one(conflict, dkg("status")) in (None, dkgc("open")):
                said = corpus.description(conflict) or corpus.label(conflict)
                for claim in corpus.objects(conflict, dkg("between")):
                    self._against[claim].append(said)

    def name(self, term: Term) -> str:
        """Return the label of a thing, or the text of a literal."""
        if not is_iri(term):
            return _NOT_WRITABLE.sub(" ", text_of(term))
        texts = [t for prop in _NAMES for t in self.corpus.objects(term, prop)]
        texts += [t for prop in _NAMES for t in self.corpus.ontology.objects(term, prop)]
        found = self._chosen(texts)
        return found[0] if found else compact(iri_of(term)).rpartition("/")[2]

    def wording(self, node: Term) -> Wording:
        """Return a claim in words."""
        claim = self.corpus.claims[node]
        found = self._chosen(self.corpus.objects(node, _PHRASE))
        phrase, language = found or (self.name(claim.predicate), self.language)
        said = self._chosen(claim.objects) if claim.is_value else None
        obj = said[0] if said else self.name(claim.objects[0])
        return Wording(
            node,
            f"{self.name(claim.subject)} – {phrase} – {obj}",
            phrase,
            language,
            claim.polarity == "negated",
            tuple(text_of(value) for value in self.corpus.objects(node, dkg("condition"))),
            self._passages(node),
            self._cites(claim),
            tuple(self._against.get(node, ())),
        )

    def _chosen(self, texts: Iterable[Term]) -> tuple[str, str | None] | None:
        """Return the text in the language wanted, else in English, else the first there is."""
        by_language: dict[str | None, str] = {}
        for term in texts:
            text, language, _ = literal_parts(term)
            by_language.setdefault(language, _NOT_WRITABLE.sub(" ", text))
        for wanted in (self.language, "en", None, *sorted(filter(None, by_language))):
            if wanted in by_language:
                return by_language[wanted], wanted
        return None

    def _passages(self, node: Term) -> tuple[Passage, ...]:
        found = set()
        for evidence in self.corpus.objects(node, dkg("evidence")):
            source = self.corpus.one(evidence, dkg("inSource"))
            restricted = self.corpus.one(evidence, dkg("accessLevel")) == dkgc("restricted")
            if source is not None and not restricted:
                locator = self.corpus.one(evidence, dkg("locator"))
                title = self._chosen(self.corpus.objects(source, _TITLE)) or ("", None)
                place = text_of(locator) if locator else ""
                found.add((self.name(source), title[0], place))
        return tuple(Passage(*parts) for parts in sorted(found))

    def _cites(self, claim: RecordedClaim) -> tuple[str, ...]:
        """Return the works that the claim is attributed to, nearest first, else the persons."""
        named = [link.work or link.agent for link in claim.attributions]
        return tuple(dict.fromkeys(self.name(term) for term in named if term is not None))
