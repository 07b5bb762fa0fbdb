"""What was accepted and cannot all be true: clashes as findings, with the lines of the claims.

The rules of OWL 2 RL find a clash while they infer. That a coder has declared what kind of thing
something is identifies it and is no premise; where that clashes with a claim, see
``conflicts.declared``.
"""

from collections.abc import Iterable, Mapping

from diaspora_kg.errors import Finding, Location, Severity
from diaspora_kg.evidence.leaves import Leaf, Leaves
from diaspora_kg.inference.closure import Closure
from diaspora_kg.inference.proofs import Inconsistency
from diaspora_kg.terms import Quad, Term, Triple, iri, iri_of


def find_inconsistencies(
    quads: Iterable[Quad], closure: Closure, places: Mapping[Term, Location]
) -> list[Finding]:
    """Return a finding (DKG252) for each set of accepted statements that cannot all be true.

    ``quads`` are the whole graph, ``closure`` what follows from its premises, and ``places`` tell
    where claims are written. A graph without a clash costs nothing.
    """
    found = closure.inconsistencies
    return describe(found, Leaves(quads, places)) if found else []


def describe(found: Iterable[Inconsistency], leaves: Leaves) -> list[Finding]:
    """Return findings for clashes; of several ways to one clash, the shortest is told."""
    shortest: dict[frozenset[Triple], Inconsistency] = {}
    for clash in found:
        key = frozenset(clash.leaves)
        known = shortest.get(key)
        if known is None or _depth(clash) < _depth(known):
            shortest[key] = clash
    findings = [_finding(clash, leaves) for clash in shortest.values()]
    return sorted(findings, key=lambda finding: finding.sort_key)


def _depth(clash: Inconsistency) -> int:
    return sum(proof.depth for proof in clash.premises)


def _finding(clash: Inconsistency, leaves: Leaves) -> Finding:
    told = leaves.leaves(clash.leaves)
    because = "; ".join(leaves.axioms.reasons(clash.name, clash.axioms))
    first, *others = told or [Leaf(("", "", ""), "the ontology itself")]
    if others:
        beside = " and ".join(leaf.with_place for leaf in others)
        said = f"“{first.words}” cannot be true beside {beside}"
    else:
        said = f"“{first.words}” cannot be true"
    claims = [iri(claim) for leaf in told for claim in leaf.claims]
    return Finding(
        "DKG252",
        f"{said}: {because or 'they clash'} ({clash.name})",
        _hint(clash, told, leaves),
        Severity.VIOLATION,
        first.place,
        focus=iri_of(claims[0]) if claims else first.triple[0][1:-1],
        related=tuple(map(iri_of, claims[1:])),
    )


def _hint(clash: Inconsistency, told: list[Leaf], leaves: Leaves) -> str:
    """Return the axioms on the way to the clash, and what can be done."""
    steps = [step for proof in clash.premises for step in proof.steps() if not step.is_leaf]
    way = [why for step in steps for why in leaves.axioms.reasons(step.name, step.axioms)]
    follows = f"It follows because {'; '.join(dict.fromkeys(way))}. " if way else ""
    claims = {claim for leaf in told for claim in leaf.claims}
    if len(claims) > 1:
        return (
            f"{follows}Mend what is coded wrongly; where the sources do disagree, hold one claim "
            "against the other with 'contrary-to'."
        )
    return f"{follows}Mend what is coded wrongly."
