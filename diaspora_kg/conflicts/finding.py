"""Conflicts of a graph: found by rule, seen by coders, one for each group that hangs together."""

from collections import defaultdict
from collections.abc import Iterable

from diaspora_kg.conflicts.adjudication import decide
from diaspora_kg.conflicts.classes import find_in_classes
from diaspora_kg.conflicts.coded import find_coded
from diaspora_kg.conflicts.denials import find_in_denials
from diaspora_kg.conflicts.figures import find_in_figures
from diaspora_kg.conflicts.lifetimes import find_in_lifetimes
from diaspora_kg.conflicts.opposition import Conflict, Conflicts, Opposition, components
from diaspora_kg.conflicts.wording import conflict_description, conflict_label
from diaspora_kg.corpus import Corpus
from diaspora_kg.namespaces import DCTERMS, DKGG, RDFS
from diaspora_kg.naming import individual, short_hash
from diaspora_kg.reading.ontology import Ontology
from diaspora_kg.terms import TYPE, Quad, Term, dkg, dkgc, iri, text_literal

GRAPH = iri(DKGG + "conflicts")


def find_conflicts(quads: Iterable[Quad], ontology: Ontology) -> Conflicts:
    """Return the conflicts between the claims of a graph, in no matter what order they come.

    A pair of claims that a coder has held against one another is of the kind that the coder
    said, and no rule adds to it. Claims that restate one another do not conflict.
    """
    corpus = Corpus(quads, ontology)
    coded = find_coded(corpus)
    by_rule = [
        *find_in_figures(corpus),
        *find_in_classes(corpus),
        *find_in_denials(corpus),
        *find_in_lifetimes(corpus, coded),
    ]
    same = _restatements(corpus)
    settled = {opposition.pair for opposition in coded}
    kept = [o for o in by_rule if o.pair not in settled and same[o.one] != same[o.other]]
    groups = components({*coded, *kept})
    conflicts = decide((_conflict(group, corpus) for group in groups), corpus)
    conflicts.sort(key=lambda conflict: (conflict.kind, conflict.label, conflict.iri))
    written = {quad for conflict in conflicts for quad in _quads(conflict)}
    return Conflicts(tuple(conflicts), tuple(sorted(written)))


def _restatements(corpus: Corpus) -> dict[Term, Term]:
    """Every claim to the first of those that restate one another, at any distance."""
    beside: dict[Term, set[Term]] = defaultdict(set)
    for claim in corpus.claims.values():
        for other in claim.restates:
            beside[claim.iri].add(other)
            beside[other].add(claim.iri)
    found: dict[Term, Term] = {}
    for first in sorted(corpus.claims):
        waiting = [first]
        while waiting:
            current = waiting.pop()
            if current not in found:
                found[current] = first
                waiting.extend(sorted(beside[current]))
    return found


def _conflict(group: tuple[Opposition, ...], corpus: Corpus) -> Conflict:
    kind = group[0].kind
    claims = tuple(sorted({claim for opposition in group for claim in opposition.pair}))
    sources = {source for claim in claims for source in corpus.claims[claim].sources}
    return Conflict(
        iri=individual("conflict", short_hash(kind, *claims)),
        kind=kind,
        claims=claims,
        oppositions=group,
        label=conflict_label(kind, claims, corpus),
        description=conflict_description(claims, group, corpus),
        within_source=next(iter(sources)) if len(sources) == 1 else None,
    )


def _quads(conflict: Conflict) -> list[Quad]:
    node = conflict.iri
    quads = [
        (node, TYPE, dkg("Conflict"), GRAPH),
        (node, iri(RDFS + "label"), text_literal(conflict.label, "en"), GRAPH),
        (node, iri(DCTERMS + "description"), text_literal(conflict.description, "en"), GRAPH),
        (node, dkg("conflictKind"), dkgc(f"{conflict.kind}-conflict"), GRAPH),
        (node, dkg("status"), dkgc(conflict.status), GRAPH),
    ]
    quads += [(node, dkg("between"), claim, GRAPH) for claim in conflict.claims]
    if conflict.within_source is not None:
        quads.append((node, dkg("withinSource"), conflict.within_source, GRAPH))
    quads += [(ruling, dkg("decides"), node, GRAPH) for ruling in conflict.adjudications]
    return quads
