"""A concept map as the propositions give it: concepts, links, pairs, wordings, origins.

A proposition and its restatements are one link. Whether two links are a pair, and in how many
independent ways a link is backed, is read from the claims; nothing here is drawn by hand.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from diaspora_kg.corpus import Corpus, RecordedClaim, dkg
from diaspora_kg.drawing.phrasebook import Phrasebook, Wording
from diaspora_kg.independence import count_origins
from diaspora_kg.terms import Term

_MAP = dkg("inConceptMap")


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
    return {node: Phrasebook(corpus, language).name(node) for node in sorted(found)}


def read_concept_map(corpus: Corpus, node: Term, language: str = "en") -> ConceptMap:
    """Return a concept map; the order of its links is the same in every language."""
    words = Phrasebook(corpus, language)
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
    restated: set[Term] = set()
    roots: set[Term] = set()
    waiting = [claim]
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        further = [other for other in chosen[current].restates if other in chosen]
        waiting.extend(further)
        restated.update(further)
        if not further:
            roots.add(current)
    return sorted(roots) or [min(restated)]


def _links(
    groups: Mapping[Term, list[Term]],
    chosen: Mapping[Term, RecordedClaim],
    corpus: Corpus,
    words: Phrasebook,
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
