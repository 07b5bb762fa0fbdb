"""A concept map as the propositions give it: concepts, links, pairs, wordings, origins.

A proposition and its restatements are one link. Whether two links are a pair, and in how many
independent ways a link is backed, is read from the claims; nothing here is drawn by hand.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from diaspora_kg.corpus import Corpus, RecordedClaim
from diaspora_kg.independence import count_origins
from diaspora_kg.namespaces import DCTERMS, RDFS, SKOS, compact
from diaspora_kg.terms import Term, dkg, dkgc, iri, iri_of, is_iri, literal_parts, text_of

_NAMES = (iri(SKOS + "prefLabel"), iri(RDFS + "label"))
_TITLE = iri(DCTERMS + "title")
_PHRASE, _MAP = dkg("linkingPhrase"), dkg("inConceptMap")
_ANY = None
_NOT_WRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
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


@dataclass(frozen=True)
class Link:
    """An arrow of the map: one proposition with its restatements and reasons."""

    subject: Term
    object: Term
    main: Wording
    restatements: tuple[Wording, ...]
    elsewhere: tuple[Wording, ...]
    """The same content, said outside this map."""
    reasons: tuple[Wording, ...]
    """Claims that support it."""
    origins: int
    pair: int = 0
    """The number of the pair that the source makes of this link and another; 0 for none."""

    @property
    def wordings(self) -> tuple[Wording, ...]:
        """Every claim of the map that this link merges."""
        return (self.main, *self.restatements)

    @property
    def is_disputed(self) -> bool:
        """Whether any of its wordings is in an open conflict."""
        return any(wording.conflicts for wording in self.wordings)


@dataclass(frozen=True)
class ConceptMap:
    """What is drawn."""

    iri: Term
    title: str
    language: str
    concepts: Mapping[Term, str]
    """Concept to label, in the order of the labels."""
    links: tuple[Link, ...]

    @property
    def sources(self) -> tuple[tuple[str, str], ...]:
        """The sources of the propositions: as they are cited, and with their titles."""
        wordings = (wording for link in self.links for wording in link.wordings)
        return tuple(sorted({(p.source, p.title) for w in wordings for p in w.passages}))

    @property
    def propositions(self) -> int:
        """How many propositions the links merge."""
        return len({wording.claim for link in self.links for wording in link.wordings})

    @property
    def pairs(self) -> int:
        """How many pairs of links there are."""
        return max((link.pair for link in self.links), default=0)


def concept_maps(corpus: Corpus, language: str = "en") -> dict[Term, str]:
    """Return the concept maps of a graph that have propositions, with their labels."""
    found = {node for claim in _propositions(corpus) for node in corpus.objects(claim.iri, _MAP)}
    return {node: _Words(corpus, language).name(node) for node in sorted(found)}


def read_concept_map(corpus: Corpus, node: Term, language: str = "en") -> ConceptMap:
    """Return a concept map; the order of its links is the same in every language."""
    words = _Words(corpus, language)
    chosen = {c.iri: c for c in _propositions(corpus) if node in corpus.objects(c.iri, _MAP)}
    groups = _merged(chosen)
    links = _paired(_links(groups, chosen, corpus, words), groups, corpus)
    ends = {end for link in links for end in (link.subject, link.object)}
    named = sorted((words.name(end), end) for end in ends)
    return ConceptMap(
        node, words.name(node), language, {end: name for name, end in named}, tuple(links)
    )


def _propositions(corpus: Corpus) -> Iterable[RecordedClaim]:
    return (claim for _, claim in sorted(corpus.claims.items()) if claim.is_proposition)


# --- Merging ----------------------------------------------------------------------------


def _merged(chosen: Mapping[Term, RecordedClaim]) -> dict[Term, list[Term]]:
    """Return the main proposition of each link with those that say the same, sorted."""
    groups: dict[Term, set[Term]] = defaultdict(set)
    first_of: dict[str, Term] = {}
    for claim in sorted(chosen):
        for root in _restated(claim, chosen):
            first = first_of.setdefault(chosen[root].content_key, root)
            groups[first] |= {root, claim}
    return {root: sorted(members - {root}) for root, members in sorted(groups.items())}


def _restated(claim: Term, chosen: Mapping[Term, RecordedClaim]) -> list[Term]:
    """Return what a proposition restates in the end; itself when it restates nothing here.

    Propositions that restate one another in a circle are all the first of them.
    """
    seen: set[Term] = set()
    roots: set[Term] = set()
    waiting = [claim]
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        further = [other for other in chosen[current].restates if other in chosen]
        waiting.extend(further)
        if not further:
            roots.add(current)
    return sorted(roots) or [min(seen)]


def _links(
    groups: Mapping[Term, list[Term]],
    chosen: Mapping[Term, RecordedClaim],
    corpus: Corpus,
    words: "_Words",
) -> list[Link]:
    same, supporting = _backing(corpus)
    links = []
    for root, others in groups.items():
        members = {root, *others}
        elsewhere = set().union(*(same[_content(corpus, m)] | same[m] for m in members)) - members
        reasons = set().union(*(supporting[m] for m in members)) - members - elsewhere
        links.append(
            Link(
                chosen[root].subject,
                chosen[root].objects[0],
                words.wording(root),
                tuple(words.wording(other) for other in others),
                tuple(words.wording(other) for other in sorted(elsewhere)),
                tuple(words.wording(other) for other in sorted(reasons)),
                count_origins(members | elsewhere | reasons, corpus),
            )
        )
    return sorted(links, key=lambda link: (link.subject, link.object, link.main.claim))


def _content(corpus: Corpus, claim: Term) -> str:
    return corpus.claims[claim].content_key


def _backing(corpus: Corpus) -> tuple[dict[str, set[Term]], dict[Term, set[Term]]]:
    """Return which claims say the same, by content and by what they restate, and which support.

    What a holder tells only to dispute it backs nothing.
    """
    same: dict[str, set[Term]] = defaultdict(set)
    supporting: dict[Term, set[Term]] = defaultdict(set)
    for claim in corpus.claims.values():
        if claim.is_disputed_by_holder:
            continue
        for key in (claim.content_key, *claim.restates):
            same[key].add(claim.iri)
        for other in corpus.objects(claim.iri, dkg("supports")):
            supporting[other].add(claim.iri)
    return same, supporting


def _paired(links: list[Link], groups: Mapping[Term, list[Term]], corpus: Corpus) -> list[Link]:
    """Return the links with their pairs numbered.

    A pair is two links in opposite directions that the source itself joins.
    """
    link_of = {m: root for root, others in groups.items() for m in (root, *others)}
    joined = {
        frozenset((link_of[claim], link_of[other]))
        for claim in link_of
        for other in corpus.objects(claim, dkg("reciprocalOf"))
        if other in link_of
    }
    pair_of: dict[Term, int] = {}
    for link in links:
        for other in links:
            apart = link.main.claim not in pair_of and other.main.claim not in pair_of
            opposite = (link.subject, link.object) == (other.object, other.subject)
            together = frozenset((link.main.claim, other.main.claim)) in joined
            if apart and opposite and together and link is not other:
                number = len(pair_of) // 2 + 1
                pair_of |= {link.main.claim: number, other.main.claim: number}
    return [replace(link, pair=pair_of.get(link.main.claim, 0)) for link in links]


# --- Words ------------------------------------------------------------------------------


class _Words:
    """Says what stands in the graph, in one language where the graph has it."""

    def __init__(self, corpus: Corpus, language: str) -> None:
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
        for wanted in (self.language, "en", _ANY, *sorted(filter(None, by_language))):
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
