"""Entities as quads: what they are called, and by what the coder tells them apart."""

from diaspora_kg.model import Case, Entity
from diaspora_kg.naming import individual
from diaspora_kg.populating.quads import ALT_LABEL, DESCRIPTION, LABEL, GraphWriter
from diaspora_kg.resolution import Names
from diaspora_kg.terms import TYPE, Term, dkg, iri_of, text_literal

PACKAGED_CODER = "packaged-coding"
"""Who coded the packaged cases: a program, so nobody who grew up with it has read its Turkish."""
_UNREVIEWED = "tr"


def write_entity(writer: GraphWriter, entity: Entity, names: Names) -> Term:
    """Write one entity and return its term."""
    term = individual(entity.id)
    writer.places.setdefault(term, entity.at)
    for word in entity.types:
        writer.add(term, TYPE, names.class_(word))
    writer.wordings(term, LABEL, entity.labels)
    writer.wordings(term, ALT_LABEL, entity.alt_labels)
    writer.text(term, dkg("abbreviation"), entity.abbreviation)
    writer.wordings(term, DESCRIPTION, entity.note)
    if entity.state is not None:
        writer.add(term, dkg("identifiedWithState"), names.state(entity.state))
    if entity.candidates is not None:
        writer.add(term, TYPE, dkg("AmbiguousReference"))
        for word in entity.candidates:
            writer.add(term, dkg("candidateReferent"), names.thing(word))
    return term


def write_case(writer: GraphWriter, case: Case, names: Names) -> Term:
    """Write the case's own node and its entities, and return the case's node."""
    node = individual(case.id, "case")
    entity = write_entity(writer, case.entity, names)
    writer.node(node, case.at, "Case")
    writer.add(node, dkg("caseEntity"), entity)
    for wording in case.entity.labels:
        writer.add(node, LABEL, text_literal(wording.text, wording.language))
    writer.wordings(node, DESCRIPTION, case.description)
    for other in case.entities:
        write_entity(writer, other, names)
    if case.coding.by == PACKAGED_CODER:
        _mark_unreviewed(writer, case)
    return node


def _mark_unreviewed(writer: GraphWriter, case: Case) -> None:
    """Mark entities whose Turkish no native reader has seen, as the ontology marks its terms."""
    for entity in (case.entity, *case.entities):
        wordings = (*entity.labels, *entity.alt_labels, *entity.note)
        if any(wording.language.partition("-")[0] == _UNREVIEWED for wording in wordings):
            writer.text(individual(entity.id), dkg("unreviewedLanguage"), _UNREVIEWED)


def name_of(term: Term, names: Names) -> str:
    """Return what a person calls an entity, concept, state or property, in English if known."""
    address = iri_of(term)
    local = address.rpartition("/id/")[2]
    entity = names.entities.get(local)
    if entity is not None and entity.labels:
        return next((w.text for w in entity.labels if w.language == "en"), entity.labels[0].text)
    if local.startswith(("state/", "region/")):
        return _reference_name(term, names)
    return names.ontology.label(term)


def _reference_name(term: Term, names: Names) -> str:
    return names.reference.labels.get(term, iri_of(term))
