"""What was accepted and cannot all be true: clashes as findings, with the lines of the claims.

The rules of OWL 2 RL find a clash while they infer. That a coder has declared what kind of thing
something is identifies it and is no premise; but where what is accepted makes it another kind,
one of the two is a mistake, so declared classes are held against accepted and inferred ones too.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from diaspora_kg.errors import Finding, Location, Severity
from diaspora_kg.evidence.leaves import Leaf, Leaves
from diaspora_kg.inference.axiom_graph import AxiomGraph
from diaspora_kg.inference.axioms import compile_axioms
from diaspora_kg.inference.closure import Closure, Reasoner
from diaspora_kg.inference.proofs import Inconsistency
from diaspora_kg.namespaces import DKGG, OWL, RDF
from diaspora_kg.terms import TYPE, Quad, Term, Triple, iri, iri_of

_CASE = f"<{DKGG}case/"
_PREMISES = {iri(DKGG + name) for name in ("accepted", "reference", "links")}

_EXCLUDING = {f"<{OWL}disjointWith>", f"<{OWL}complementOf>"}
_ALL_DISJOINT: Term = f"<{OWL}AllDisjointClasses>"
_OF_LISTS = {f"<{OWL}members>", f"<{RDF}first>", f"<{RDF}rest>"}


def find_inconsistencies(
    quads: Iterable[Quad],
    closure: Closure,
    axioms: Iterable[Triple],
    places: Mapping[Term, Location],
) -> list[Finding]:
    """Return a finding (DKG252) for each set of accepted statements that cannot all be true.

    ``quads`` are the whole graph, ``closure`` what follows from its premises under ``axioms``, and
    ``places`` tell where claims and things are written. A graph without a clash costs one look at
    its types.
    """
    graph = tuple(quads)
    stated = tuple(axioms)
    found = [*closure.inconsistencies, *_with_declared_classes(graph, stated)]
    return describe(found, Leaves(graph, places)) if found else []


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


# --- Declared classes -------------------------------------------------------------------


def _with_declared_classes(
    quads: tuple[Quad, ...], axioms: tuple[Triple, ...]
) -> Iterator[Inconsistency]:
    """Yield the clashes between what coders declare a thing to be and what is accepted of it."""
    declared = _declared_apart(quads, axioms)
    if not declared:
        return
    premises = [(s, p, o) for s, p, o, g in quads if g in _PREMISES]
    closure = Reasoner(compile_axioms(axioms)).closure([*premises, *declared])
    given = set(premises)
    for clash in closure.inconsistencies:
        if not given.issuperset(clash.leaves):
            yield clash


def _declared_apart(quads: tuple[Quad, ...], axioms: tuple[Triple, ...]) -> list[Triple]:
    """Return the declared classes of things that are of two classes which exclude one another."""
    apart = _disjoint_classes(axioms)
    exclusive = set().union(*apart) if apart else set()
    classes: dict[Term, set[Term]] = defaultdict(set)
    for s, p, o, _ in quads:
        if o in exclusive and p == TYPE:
            classes[s].add(o)
    clashing = {
        thing
        for thing, of in classes.items()
        if len(of) > 1 and any(frozenset(pair) in apart for pair in combinations(sorted(of), 2))
    }
    if not clashing:
        return []
    return [
        (s, p, o) for s, p, o, g in quads if p == TYPE and s in clashing and g.startswith(_CASE)
    ]


def _disjoint_classes(axioms: tuple[Triple, ...]) -> set[frozenset[Term]]:
    """Return the pairs of classes that exclude one another."""
    graph = AxiomGraph(axiom for axiom in axioms if axiom[1] in _OF_LISTS)
    found: set[frozenset[Term]] = set()
    for subject, predicate, obj in axioms:
        if predicate in _EXCLUDING:
            found.add(frozenset((subject, obj)))
        elif obj == _ALL_DISJOINT:
            for head in graph.objects(subject, "members"):
                found |= {frozenset(pair) for pair in combinations(graph.members(head), 2)}
    return found
