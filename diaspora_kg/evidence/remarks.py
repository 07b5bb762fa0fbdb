"""What a reader of an answer to "why" should know beside the statements."""

from collections.abc import Iterable, Mapping

from diaspora_kg.evidence.explanations import CLAIMED, INFERRED, Statement
from diaspora_kg.labels import ONTOLOGY_KINDS, Labels
from diaspora_kg.lookup import Lookup
from diaspora_kg.namespaces import DKG, compact
from diaspora_kg.terms import Term, iri, iri_of

Content = tuple[Term, tuple[Term, ...], str]
"""Predicate, objects, and for a figure what tells it from another of the same number."""


def notes_on(
    lookup: Lookup,
    labels: Labels,
    subject: Term,
    predicate: str | None,
    obj: str | None,
    chosen: Mapping[Content, object],
    wanted: Mapping[Content, object],
) -> list[str]:
    """Return what a reader should know beside the statements that were chosen for an answer.

    ``wanted`` are those of the property that was asked for, whatever their object.
    """
    name, address = labels(subject), iri_of(subject)
    notes = []
    if not chosen:
        said = " ".join(part for part in (f"“{name}”", predicate, obj) if part)
        notes.append(f"Nothing in this graph says: {said}. That is not the same as “no”.")
        if wanted and obj is not None:
            others = ", ".join(labels(o) for content in wanted for o in content[1][:1])
            notes.append(f"What it does say there: {others}.")
    kind = labels.kind(address)
    if kind in ONTOLOGY_KINDS:
        notes.append(f"It is a term of the ontology: diaspora-kg terms {compact(address)}")
    held = len(lookup.holders(DKG + "claimHolder", address))
    if held:
        notes.append(f"{name} holds {held} claims of this graph.")
    if kind == "source" and predicate is None:
        notes.append(_use_of_source(lookup, address))
    notes.extend(_of_unclear_reference(lookup, labels, address))
    return notes


def notes_on_standings(statements: Iterable[Statement], in_full: bool) -> list[str]:
    """Return what the standings of some statements mean to a reader who may not know."""
    standings = {statement.standing for statement in statements}
    notes = []
    if CLAIMED in standings:
        notes.append(
            "What is said of a concept, a definition and a link of a concept map are never facts: "
            "they are claimed, and shown with their independent origins."
        )
    if INFERRED in standings and not in_full:
        notes.append("Name a property as well to see the proof of what is inferred.")
    return notes


def _use_of_source(lookup: Lookup, source: str) -> str:
    passages = lookup.holders(DKG + "inSource", source)
    claims = {c for p in passages for c in lookup.holders(DKG + "evidence", p)}
    cited = lookup.holders(DKG + "work", source)
    return (
        f"{len(claims)} claims rest on {len(passages)} passages of it; "
        f"{len(cited)} attributions name it."
    )


def _of_unclear_reference(lookup: Lookup, labels: Labels, address: str) -> list[str]:
    candidates = lookup.things(address, DKG + "candidateReferent")
    if not candidates:
        return []
    names = " or ".join(labels(iri(candidate)) for candidate in candidates)
    return [f"The source does not say what it refers to; it may be {names}."]
