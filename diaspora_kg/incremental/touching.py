"""Which claims a change touches: those that changed, and those that speak of what changed."""

from collections.abc import Iterable

from diaspora_kg.incremental.part import PartOfCorpus
from diaspora_kg.terms import TYPE, Quad, Term, dkg

_NOT_FOLLOWED = frozenset(
    {
        TYPE,
        dkg("inCase"),
        dkg("caseEntity"),
        dkg("coder"),
        dkg("contraryTo"),
        dkg("contrary"),
        dkg("decidedBy"),
        dkg("restates"),
        dkg("supports"),
        dkg("reciprocalOf"),
        dkg("decidesBetween"),
        dkg("upholds"),
        dkg("rejects"),
    }
)
"""What says nothing of the claim, or of what it is about, that a later stage looks at."""


def touched_claims(changed: Iterable[Quad], before: PartOfCorpus, after: PartOfCorpus) -> set[Term]:
    """Return the claims, former and present ones, of which a stage may find something else.

    These are the claims whose own quads changed, those that refer to a thing of which something
    else is said (from an entity to a source, its authors and their names), and those that are
    held against a claim that changed.
    """
    touched: set[Term] = set()
    seen: set[Term] = set()
    waiting = [quad[0] for quad in changed]
    while waiting:
        node = waiting.pop()
        if node in seen:
            continue
        seen.add(node)
        if node in before.claims or node in after.claims:
            touched.add(node)
            continue
        for graph in (before.statements, after.statements):
            found = (s for s, p, _, _ in graph.referring(node) if p not in _NOT_FOLLOWED)
            waiting.extend(found)
    for claim in list(touched):
        for graph in (before.statements, after.statements):
            touched.update(graph.subjects(dkg("contraryTo"), claim))
    return touched
