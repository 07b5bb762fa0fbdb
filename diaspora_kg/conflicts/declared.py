"""Declared types that clash with claimed ones: a remark to the coder, no conflict of sources.

The ``type:`` of an entity in a case file identifies it and is no premise of anything. But where a
source is recorded as saying that the thing is of a class that cannot go with the declared one
(``dkg:conflictsWithClass``), the coder should know: either the declaration takes a side, or the
claim was coded of the wrong thing.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from diaspora_kg.corpus import Corpus
from diaspora_kg.errors import Finding, Location, Severity
from diaspora_kg.recorded import RecordedClaim
from diaspora_kg.terms import TYPE, Term, dkg, iri_of


def find_declared_clashes(
    claims: Iterable[RecordedClaim], corpus: Corpus, places: Mapping[Term, Location]
) -> list[Finding]:
    """Return a warning (DKG294) for every claim of a class that its subject's type excludes.

    ``corpus`` knows the declared types of the subjects; ``places`` gives the line of each claim.
    """
    predicate = dkg("conflictsWithClass")
    pairs = {frozenset((s, o)) for s, p, o in corpus.ontology.triples if p == predicate}
    typing = (
        claim
        for claim in claims
        if claim.predicate == TYPE and claim.is_assertion and claim.polarity == "affirmed"
    )
    return sorted(_clashes(typing, pairs, corpus, places), key=lambda finding: finding.sort_key)


def _clashes(
    claims: Iterable[RecordedClaim],
    pairs: set[frozenset[Term]],
    corpus: Corpus,
    places: Mapping[Term, Location],
) -> Iterator[Finding]:
    for claim in claims:
        claimed = claim.objects[0]
        declared = corpus.objects(claim.subject, TYPE)
        above = {claimed} | corpus.ontology.superclasses(claimed)
        for cls in _lowest(declared, corpus):
            both = product({cls} | corpus.ontology.superclasses(cls), above)
            if any(frozenset(pair) in pairs for pair in both):
                yield _finding(claim, cls, corpus, places)


def _lowest(classes: Iterable[Term], corpus: Corpus) -> list[Term]:
    """Return the classes that stand above none of the others: those that were written."""
    given = set(classes)
    above = {
        parent for cls in given for parent in corpus.ontology.superclasses(cls) if cls != parent
    }
    return sorted(given - above)


def _finding(
    claim: RecordedClaim, declared: Term, corpus: Corpus, places: Mapping[Term, Location]
) -> Finding:
    name, claimed = corpus.label(claim.subject), claim.objects[0]
    return Finding(
        "DKG294",
        f"'{name}' is declared as “{corpus.ontology.label(declared)}”, and here a source makes it "
        f"“{corpus.ontology.label(claimed)}”: it cannot be both",
        "Declare a type that no source disputes, such as 'Organization', and let the claims say "
        "the rest; or see whether the claim speaks of another thing.",
        Severity.WARNING,
        places.get(claim.iri),
        focus=iri_of(claim.iri),
        related=(iri_of(claim.subject), iri_of(declared), iri_of(claimed)),
    )
