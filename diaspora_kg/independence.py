"""How many origins some claims have: who says the same without having it from one another.

Two claims have independent origins when the last links of their attribution chains differ, and
authors and publishers differ, and no ``prov:wasDerivedFrom`` joins their sources. Claims that
share any of these form one component of a graph; the components are counted. A component that
contains no known author, publisher or work adds nothing to others, so an unnamed origin never
makes a second one.
"""

import string
from collections.abc import Iterable

from diaspora_kg.corpus import Corpus
from diaspora_kg.namespaces import RDFS
from diaspora_kg.naming import slug
from diaspora_kg.recorded import RecordedClaim
from diaspora_kg.terms import Term, dkg, iri, text_of

_MEMBER = dkg("partyMember")
_FAMILY, _LABEL = dkg("familyName"), iri(RDFS + "label")


def count_origins(claims: Iterable[Term], corpus: Corpus) -> int:
    """Return the number of independent origins of some claims: 0 only when there is no claim."""
    return len(origins(claims, corpus))


def origins(claims: Iterable[Term], corpus: Corpus) -> list[tuple[Term, ...]]:
    """Return the claims grouped by origin, sorted; claims of unknown origin stand alone.

    When no origin is known at all, all claims are one group; otherwise claims of unknown origin
    are in no group.
    """
    known = sorted({claim for claim in claims if claim in corpus.claims})
    keys = {claim: origin_keys(corpus.claims[claim], corpus) for claim in known}
    groups = _components({claim: found for claim, found in keys.items() if found})
    if not groups and known:
        return [tuple(known)]
    return groups


def origin_keys(claim: RecordedClaim, corpus: Corpus) -> frozenset[Term]:
    """Return what a claim shares with another of the same origin; empty when it is unknown.

    These are the last links of its chain with all that they derive from, and the authors and
    publishers of these works and of the source that the passage stands in.
    """
    links = claim.last_links
    works = {link.work for link in links if link.work is not None}
    agents = {link.agent for link in links if link.agent is not None}
    if links and not works and not agents:
        return frozenset()  # "it is often said": nobody is named
    parties = set(agents)
    all_works: set[Term] = set()
    for work in works | set(claim.sources):
        all_works |= _with_origins(work, corpus)
    for work in all_works:
        source = corpus.sources.get(work)
        if source is not None:
            parties |= {*source.creators, *source.publishers}
    if not works and not parties:
        return frozenset()  # neither author nor publisher is known
    members = {member for party in parties for member in corpus.objects(party, _MEMBER)}
    names = {name for member in members | agents for name in _names(member, corpus)}
    return frozenset(all_works | parties | members | names)


def _names(person: Term, corpus: Corpus) -> set[Term]:
    """Return keys by which one author is known under two forms of the name.

    "Nye", "J. Nye" and "Joseph S. Nye" are taken for one person: a second origin that is only
    another spelling of the first would be worse than one that is not counted.
    """
    family = corpus.one(person, _FAMILY)
    if family is None:
        return set()
    word = text_of(family)
    label = corpus.one(person, _LABEL)
    given = text_of(label).replace(word, "", 1).strip() if label is not None else ""
    initials = slug(given)[:1] if given else string.ascii_lowercase
    return {f"{slug(word)} {initial}" for initial in initials}


def _with_origins(work: Term, corpus: Corpus) -> set[Term]:
    """Return a work with everything that it was derived from, at any distance."""
    found: set[Term] = set()
    waiting = [work]
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            source = corpus.sources.get(current)
            waiting.extend(source.derived_from if source is not None else ())
    return found


def _components(keys: dict[Term, frozenset[Term]]) -> list[tuple[Term, ...]]:
    groups: list[tuple[set[Term], set[Term]]] = []
    for claim in sorted(keys):
        members, shared = {claim}, set(keys[claim])
        apart = []
        for group in groups:
            if group[1] & shared:
                members |= group[0]
                shared |= group[1]
            else:
                apart.append(group)
        groups = [*apart, (members, shared)]
    return sorted(tuple(sorted(members)) for members, _ in groups)
