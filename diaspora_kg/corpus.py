"""What the graph holds of claims and their sources, read back as values.

The stages after population (conflicts, acceptance) reason over claims, not over quads. This
module is the one place that knows by which properties a claim is written.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache

from diaspora_kg.namespaces import DCTERMS, DKGC, PROV, RDFS
from diaspora_kg.naming import article, individual
from diaspora_kg.reading.ontology import Ontology
from diaspora_kg.recorded import Attribution, Contrary, Figure, RecordedClaim, RecordedSource, Span
from diaspora_kg.terms import (
    TYPE,
    Quad,
    Term,
    dkg,
    dkgc,
    iri,
    iri_of,
    is_iri,
    literal_parts,
    text_of,
)

__all__ = ["Corpus", "RecordedClaim", "RecordedSource", "dkg", "dkgc"]

_LABEL = iri(RDFS + "label")
_DESCRIPTION = iri(DCTERMS + "description")
_CREATOR, _PUBLISHER = iri(DCTERMS + "creator"), iri(DCTERMS + "publisher")
_DERIVED_FROM = iri(PROV + "wasDerivedFrom")
_NOT_STATED = "not-stated"
_NOTHING: Mapping[Term, list[Term]] = {}
_UNNAMED = individual("party", _NOT_STATED)


class Corpus:
    """Claims, sources and entities of a graph."""

    def __init__(self, quads: Iterable[Quad], ontology: Ontology) -> None:
        """Take the quads of all cases, sources and reference tables; order does not matter."""
        self.ontology = ontology
        self._objects: dict[Term, dict[Term, list[Term]]] = {}
        self._of_type: dict[Term, set[Term]] = defaultdict(set)
        self._above: dict[tuple[Term, ...], frozenset[Term]] = {}
        self._labels: dict[Term, str] = {}
        last: Term | None = None
        described: dict[Term, list[Term]] = {}
        for subject, predicate, obj, _ in quads:
            if subject is not last:  # sorted quads name a subject many times in a row
                last, described = subject, self._objects.setdefault(subject, {})
            described.setdefault(predicate, []).append(obj)
            if predicate == TYPE:
                self._of_type[obj].add(subject)

    @cached_property
    def claims(self) -> Mapping[Term, RecordedClaim]:
        """Every claim that has a subject, a predicate and an object or value, by IRI."""
        found = (self.read_claim(node) for node in self.of_type(dkg("Claim")))
        return {claim.iri: claim for claim in found if claim is not None}

    @cached_property
    def sources(self) -> Mapping[Term, RecordedSource]:
        """Every source, by IRI."""
        return {node: self.read_source(node) for node in self.of_type(dkg("Source"))}

    def of_type(self, wanted: Term) -> list[Term]:
        """Return the nodes of a class or of a class below it, sorted."""
        ontology = self.ontology
        below = {wanted} | {c for c in self._of_type if wanted in ontology.superclasses(c)}
        return sorted({node for cls in below for node in self._of_type.get(cls, ())})

    def types(self, node: Term) -> frozenset[Term]:
        """Return the classes of a node, with their superclasses."""
        direct = self.objects(node, TYPE)
        found = self._above.get(direct)
        if found is None:
            found = frozenset(direct).union(*(self.ontology.superclasses(cls) for cls in direct))
            self._above[direct] = found
        return found

    def said_of(self, node: Term) -> Mapping[Term, list[Term]]:
        """Return the objects of a node by predicate, in no order."""
        return self._objects.get(node, _NOTHING)

    def objects(self, subject: Term, predicate: Term) -> tuple[Term, ...]:
        """Return the objects of a subject and predicate, sorted."""
        values = self.said_of(subject).get(predicate)
        if not values:
            return ()
        return (values[0],) if len(values) == 1 else tuple(sorted(set(values)))

    def one(self, subject: Term, predicate: Term) -> Term | None:
        """Return the first object of a subject and predicate, if there is one."""
        values = self.said_of(subject).get(predicate)
        if not values:
            return None
        return values[0] if len(values) == 1 else min(values)

    def label(self, term: Term) -> str:
        """Return what a person reads for a term: an English label before any other."""
        if not is_iri(term):
            return text_of(term)
        known = self._labels.get(term)
        if known is None:
            known = self._labels[term] = self._label(term)
        return known

    def _label(self, term: Term) -> str:
        labels = {literal_parts(value)[1]: text_of(value) for value in self.objects(term, _LABEL)}
        for wanted in ("en", None):
            if wanted in labels:
                return labels[wanted]
        return next(iter(labels.values()), None) or self.ontology.label(term)

    def description(self, node: Term) -> str | None:
        """Return the description of a node in English, else in any language."""
        return self._text(node, _DESCRIPTION)

    def in_words(self, claim: RecordedClaim) -> str:
        """Return what a claim says, without who says it: "Peace Corps is a state body"."""
        subject, said = self.label(claim.subject), self.label(claim.objects[0])
        negation = "not " if claim.polarity == "negated" else ""
        if claim.predicate == TYPE:
            return f"{subject} is {negation}{article(said)} {said}"
        if claim.is_definition:
            return f"{subject} is {negation}defined as {said}"
        verb = claim.phrase or self.label(claim.predicate)
        return f"{subject} {'not: ' if negation else ''}{verb} {said}"

    def is_concept(self, term: Term) -> bool:
        """Tell whether a term is a concept or a kind: no particular thing."""
        return (
            term in self.ontology.concepts
            or term in self.ontology.classes
            or term.startswith(f"<{DKGC}")
        )

    def span(self, node: Term, first: str, last: str) -> Span:
        """Return the days that two computed dates of a node give."""
        return Span(self._day(node, first), self._day(node, last))

    # --- Reading ------------------------------------------------------------------------

    def _text(self, node: Term, predicate: Term) -> str | None:
        """Return the English text of a property, else the text in any language."""
        texts = {literal_parts(value)[1]: text_of(value) for value in self.objects(node, predicate)}
        return texts.get("en") or next(iter(texts.values()), None)

    def _day(self, node: Term, name: str) -> date | None:
        value = self.one(node, dkg(name))
        return None if value is None else _date_of(value)

    def _word(self, node: Term, name: str) -> str | None:
        """Return the name of a coding concept, ``factual`` for ``dkgc:factual``, if stated."""
        value = self._stated(node, name)
        return None if value is None else _name_of(value)

    def _stated(self, node: Term, name: str) -> Term | None:
        value = self.one(node, dkg(name))
        return None if value == dkgc(_NOT_STATED) else value

    def read_claim(self, node: Term) -> RecordedClaim | None:
        """Return the claim of a node; None when it has no subject, property, or object or value."""
        subject = self.one(node, dkg("claimSubject"))
        predicate = self.one(node, dkg("claimPredicate"))
        objects = self.objects(node, dkg("claimObject")) or self.objects(node, dkg("claimValue"))
        if subject is None or predicate is None or not objects:
            return None
        key = self.one(node, dkg("contentKey"))
        return RecordedClaim(
            iri=node,
            types=self.types(node),
            subject=subject,
            predicate=predicate,
            objects=objects,
            content_key=iri_of(node) if key is None else text_of(key),
            holder=self.one(node, dkg("claimHolder")),
            polarity=self._word(node, "polarity") or "affirmed",
            modality=self._word(node, "modality") or "factual",
            explicitness=self._word(node, "explicitness") or "explicit",
            sources=self._sources_of(node),
            attributions=self._attributions(node),
            confidences=self._confidences(node),
            valid_from=self.one(node, dkg("validFrom")),
            valid_until=self.one(node, dkg("validUntil")),
            valid=self.span(node, "earliest", "latest"),
            spoken=self.span(node, "assertedEarliest", "assertedLatest"),
            value_time=self.span(node, "valueEarliest", "valueLatest"),
            statement=self.one(node, dkg("partOfStatement")),
            restates=self.objects(node, dkg("restates")),
            contraries=self._contraries(node),
            figure=self._figure(node),
            phrase=self._text(node, dkg("linkingPhrase")),
        )

    def _sources_of(self, node: Term) -> tuple[Term, ...]:
        passages = self.objects(node, dkg("evidence"))
        found = (self.one(passage, dkg("inSource")) for passage in passages)
        return tuple(sorted({source for source in found if source is not None}))

    def _confidences(self, node: Term) -> tuple[Decimal, ...]:
        codings = self.objects(node, dkg("coding"))
        values = (self.one(coding, dkg("confidence")) for coding in codings)
        return tuple(Decimal(text_of(value)) for value in values if value is not None)

    def _attributions(self, node: Term) -> tuple[Attribution, ...]:
        links = []
        for link in self.objects(node, dkg("attribution")):
            position, agent = self.one(link, dkg("position")), self._stated(link, "agent")
            links.append(
                Attribution(
                    position=1 if position is None else int(text_of(position)),
                    agent=None if agent == _UNNAMED else agent,
                    work=self.one(link, dkg("work")),
                    stance=self._word(link, "stance") or "endorses",
                )
            )
        return tuple(sorted(links, key=lambda x: (x.position, x.work or "", x.agent or "")))

    def _contraries(self, node: Term) -> tuple[Contrary, ...]:
        notes: dict[Term, Contrary] = {}
        for note in self.objects(node, dkg("contrariety")):
            other = self.one(note, dkg("contrary"))
            if other is not None:
                kind = self._word(note, "conflictKind")
                notes[other] = Contrary(other, kind, self.description(note))
        others = self.objects(node, dkg("contraryTo"))
        return tuple(notes.get(other, Contrary(other)) for other in sorted({*others, *notes}))

    def _figure(self, node: Term) -> Figure | None:
        if dkg("FigureClaim") not in self.types(node):
            return None
        base = self.one(node, dkg("baseValue"))
        return Figure(
            indicator=self.one(node, dkg("indicator")),
            unit=self._stated(node, "unit"),
            base_value=None if base is None else Decimal(text_of(base)),
            base_unit=self._stated(node, "baseUnit"),
            bound=self._word(node, "bound"),
            scope=self._stated(node, "scope"),
            denominator=self._stated(node, "denominator"),
            population=self._stated(node, "populationCriterion"),
            aggregation=self._stated(node, "aggregation"),
            flow=self._stated(node, "flow"),
            edition=self._stated(node, "edition"),
            is_forecast=self._word(node, "estimateStatus") == "forecast",
            period_written=self._stated(node, "referencePeriod"),
            period=self.span(node, "periodEarliest", "periodLatest"),
        )

    def read_source(self, node: Term) -> RecordedSource:
        """Return the source of a node."""
        return RecordedSource(
            iri=node,
            label=self.label(node),
            creators=self.objects(node, _CREATOR),
            publishers=self.objects(node, _PUBLISHER),
            derived_from=self.objects(node, _DERIVED_FROM),
            issued=self.span(node, "earliest", "latest"),
            tier=self._word(node, "sourceTier"),
        )


@lru_cache(maxsize=4096)
def _date_of(value: Term) -> date | None:
    try:
        return date.fromisoformat(text_of(value))
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def _name_of(concept: Term) -> str:
    return text_of(concept).removeprefix(DKGC)
