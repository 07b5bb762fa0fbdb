"""What follows from what is accepted, after a change, and the types that stated types imply."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from diaspora_kg.conflicts import type_nodes
from diaspora_kg.incremental.former import FormerGraph
from diaspora_kg.incremental.memory import Memory, Revision, StaleError
from diaspora_kg.incremental.part import PartOfCorpus
from diaspora_kg.incremental.reaccepting import Reaccepted, accepted_statements
from diaspora_kg.incremental.reconsidering import Change
from diaspora_kg.inference.axioms import Rules
from diaspora_kg.inference.closure import Reasoner
from diaspora_kg.namespaces import DKGG
from diaspora_kg.reading.states import Reference
from diaspora_kg.terms import TYPE, Quad, Term, Triple, iri

INFERRED = iri(DKGG + "inferred")


@dataclass
class Inferred:
    """What changed in what follows."""

    removed: set[Quad] = field(default_factory=set)
    added: set[Quad] = field(default_factory=set)
    triples: list[Triple] | None = None
    """Everything that follows now, where that changed."""


def infer(
    change: Change,
    accepted: Reaccepted,
    memory: Memory,
    former: FormerGraph,
    reference: Reference,
    rules: Rules,
    revision: Revision,
) -> Inferred:
    """Return what changed in the graph of inferred statements.

    Raises ``StaleError`` when accepted statements cannot all be true: a whole build tells why.
    """
    result = Inferred()
    known = set(_inferred_from_text(memory.text("inferred")))
    present = known
    if accepted.changed:
        premises = [*accepted_statements(memory, accepted), *(q[:3] for q in reference.quads)]
        closure = Reasoner(rules).closure(premises)
        if closure.inconsistencies:
            raise StaleError("accepted statements cannot all be true")
        result.triples = closure.triples
        present = set(closure.triples)
        revision.keep("inferred", inferred_as_text(closure.triples))
    candidates = {(*triple, INFERRED) for triple in known ^ present}
    typed_before, typed_after = (_typed(change, c) for c in (change.before, change.after))
    for quad in candidates | (typed_before ^ typed_after):
        was = quad in former.quads_of(quad[0])
        is_now = quad[:3] in present or quad in _types_of(quad[0], change.after)
        if was and not is_now:
            result.removed.add(quad)
        elif is_now and not was:
            result.added.add(quad)
    return result


def _typed(change: Change, corpus: PartOfCorpus) -> set[Quad]:
    """Return the implied types of the nodes of which types are stated that were not, or gone."""
    nodes = {quad[0] for quad in change.quads if quad[1] == TYPE}
    return {quad for node in nodes for quad in _types_of(node, corpus)}


def _types_of(node: Term, corpus: PartOfCorpus) -> list[Quad]:
    return type_nodes(corpus.statements.quads_of(node), corpus.ontology)


def inferred_as_text(triples: Iterable[Triple]) -> str:
    """Return inferred triples as they are kept."""
    return "\n".join(map(" ".join, triples))


def _inferred_from_text(text: str) -> Iterator[Triple]:
    for line in text.split("\n"):
        if line:
            subject, predicate, obj = line.split(" ", 2)
            yield subject, predicate, obj
