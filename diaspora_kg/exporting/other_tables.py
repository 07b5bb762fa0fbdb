"""Flat tables of sources, entities, conflicts and facts."""

from collections.abc import Iterable

from diaspora_kg.exporting.index import Index, Row, language_of, short, status_of
from diaspora_kg.namespaces import BIBO, DCTERMS, DKG, DKGID, PROV, RDFS, SCHEMA, SKOS
from diaspora_kg.terms import TYPE, Term, iri

SOURCES = {
    "key": "the key by which claims cite it",
    "label": "author and year",
    "type": "kind of work",
    "title": "title; of several languages the first",
    "title_language": "its language",
    "authors": "authors as one party",
    "publisher": "publisher",
    "container": "journal, book or series",
    "issued": "date of issue, as far as it is known",
    "not_before": "first possible date of issue",
    "not_after": "last possible date of issue",
    "tier": "kind of source",
    "access": "what of it the coder saw",
    "doi": "DOI",
    "url": "address",
    "derived_from": "sources from which it has what it says",
    "unresolved": "yes: known only because another work cites it",
    "passages": "how many passages are quoted from it",
}


def source_rows(index: Index) -> Iterable[Row]:
    """Yield the rows of the table of sources."""
    quoted: dict[Term, int] = {}
    for passage in index.of_class("Evidence"):
        for source in index.all(passage, "inSource"):
            quoted[source] = quoted.get(source, 0) + 1
    unresolved = set(index.of_class("UnresolvedReference"))
    for source in index.of_class("Source"):
        if not short(source).startswith("source/"):
            continue  # a code list or a paper that is an entity too
        title = index.one(source, iri(DCTERMS + "title"))
        yield {
            "key": short(source).removeprefix("source/"),
            "label": index.label(source),
            "type": index.text(source, iri(DCTERMS + "type")),
            "title": "" if title is None else short(title),
            "title_language": language_of(title),
            "authors": index.labels(source, iri(DCTERMS + "creator")),
            "publisher": index.labels(source, iri(DCTERMS + "publisher")),
            "container": index.text(source, iri(DCTERMS + "isPartOf")),
            "issued": index.text(source, iri(DCTERMS + "issued")),
            "not_before": index.text(source, "issuedNotBefore"),
            "not_after": index.text(source, "issuedNotAfter"),
            "tier": index.text(source, "sourceTier"),
            "access": index.text(source, "accessLevel"),
            "doi": index.text(source, iri(BIBO + "doi")),
            "url": index.text(source, iri(SCHEMA + "url")),
            "derived_from": index.texts(source, iri(PROV + "wasDerivedFrom")),
            "unresolved": "yes" if source in unresolved else "",
            "passages": str(quoted.get(source, 0)),
        }


ENTITIES = {
    "id": "the entity",
    "label_en": "its name in English",
    "label_tr": "its name in Turkish",
    "other_names": "other names",
    "abbreviation": "abbreviation",
    "types": "classes that its case gives it",
    "state": "state that it is identified with",
    "claims": "how many claims are about it",
}


def entity_rows(index: Index) -> Iterable[Row]:
    """Yield the rows of the table of entities."""
    about: dict[Term, int] = {}
    for claim in index.of_class("Claim"):
        for subject in index.all(claim, "claimSubject"):
            about[subject] = about.get(subject, 0) + 1
    for entity in index.subjects(DKGID):
        if "/" in short(entity) and entity not in about:
            continue  # parts of cases: claims, passages, sources, parties
        kinds = [short(kind) for kind in index.all(entity, TYPE) if kind.startswith(f"<{DKG}")]
        yield {
            "id": short(entity),
            "label_en": index.label(entity),
            "label_tr": index.label(entity, "tr"),
            "other_names": index.texts(entity, iri(SKOS + "altLabel")),
            "abbreviation": index.text(entity, "abbreviation"),
            "types": " | ".join(kinds),
            "state": index.text(entity, "identifiedWithState").removeprefix("state/"),
            "claims": str(about.get(entity, 0)),
        }


CONFLICTS = {
    "id": "the conflict",
    "kind": "kind of conflict",
    "label": "what it is about",
    "status": "open or decided",
    "claims": "the claims that cannot all stand",
    "observations": "what data sets have measured, where the claims stand against that",
    "within_source": "the source that contradicts itself, if it does",
    "description": "the conflict in words",
}


def conflict_rows(index: Index) -> Iterable[Row]:
    """Yield the rows of the table of conflicts."""
    for conflict in index.of_class("Conflict"):
        sides = index.all(conflict, "between")
        claims = [side for side in sides if index.one(side, "claimSubject") is not None]
        yield {
            "id": short(conflict),
            "kind": index.text(conflict, "conflictKind"),
            "label": index.label(conflict),
            "status": index.text(conflict, "status"),
            "claims": " | ".join(map(short, claims)),
            "observations": " | ".join(short(side) for side in sides if side not in claims),
            "within_source": index.text(conflict, "withinSource").removeprefix("source/"),
            "description": index.text(conflict, iri(DCTERMS + "description")),
        }


FACTS = {
    "id": "the fact",
    "status": "accepted (undisputed in this corpus, not true) or contested",
    "label": "the fact in one line",
    "subject": "what it is about",
    "property": "the property of the ontology",
    "object": "the thing it relates the subject to",
    "value": "or the text or date that it gives",
    "valid_from": "since when, as written",
    "valid_until": "until when",
    "earliest": "first day on which it can begin",
    "latest": "last day on which it can end",
    "claims": "the claims that it is based on",
}


def fact_rows(index: Index) -> Iterable[Row]:
    """Yield the rows of the table of facts."""
    for fact in index.of_class("Fact"):
        yield {
            "id": short(fact),
            "status": status_of(index, fact),
            "label": index.text(fact, iri(RDFS + "label")),
            "subject": index.text(fact, "factSubject"),
            "property": index.text(fact, "factPredicate"),
            "object": index.text(fact, "factObject"),
            "value": index.text(fact, "factValue"),
            "valid_from": index.text(fact, "validFrom"),
            "valid_until": index.text(fact, "validUntil"),
            "earliest": index.text(fact, "earliest"),
            "latest": index.text(fact, "latest"),
            "claims": index.texts(fact, "basedOn"),
        }
