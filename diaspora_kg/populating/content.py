"""What a claim says: subject, property, and an object or a value, as terms."""

from dataclasses import dataclass
from decimal import Decimal

from diaspora_kg.model import Claim, Written
from diaspora_kg.namespaces import RDF, SKOS, XSD
from diaspora_kg.naming import individual, short_hash
from diaspora_kg.numbers import lexical
from diaspora_kg.populating.workspace import Workspace
from diaspora_kg.terms import TYPE, Term, dkg, iri, text_literal, text_of, typed_literal
from diaspora_kg.times import Time

_NUMERIC = {iri(XSD + name) for name in ("decimal", "integer", "nonNegativeInteger", "double")}
_LANG_STRING = iri(RDF + "langString")
_SAYS_CONTENT = {iri(SKOS + "definition"), iri(SKOS + "altLabel"), iri(SKOS + "prefLabel")}
_VALUE_KIND, _TIME = dkg("valueKind"), text_literal("time")


@dataclass(frozen=True)
class Content:
    """What a claim says, in terms."""

    subject: Term
    predicate: Term
    objects: tuple[Term, ...]
    """One thing, or one value in one or several languages."""
    is_literal: bool
    time: Time | None = None
    number: Decimal | None = None

    def key(self, claim: Claim, figure: str) -> str:
        """Return what is the same for claims that say the same."""
        return short_hash(
            self.subject,
            self.predicate,
            *sorted(self.objects),
            claim.polarity or "affirmed",
            claim.modality or "factual",
            figure,
        )


def read_content(space: Workspace, claim: Claim) -> Content | None:
    """Return what a claim says; None, with everything noted, when it cannot be understood."""
    names = space.names
    subject = (
        individual(space.case.entity.id) if claim.subject is None else names.thing(claim.subject)
    )
    predicate = names.property(claim.property)
    if predicate is None:
        return None
    if claim.object is None:
        return _value(space, claim, subject, predicate)
    thing = _object(space, claim, claim.object, predicate)
    if subject is None or thing is None:
        return None
    return Content(subject, predicate, (thing,), is_literal=False)


def _object(space: Workspace, claim: Claim, word: Written, predicate: Term) -> Term | None:
    if claim.value is not None or claim.value_wording:
        space.wrong(
            "DKG121",
            "the claim has both an object and a value",
            "Keep 'object' for a thing and 'value' for a text, a number or a date.",
            claim.at,
        )
    if space.names.ontology.properties.get(predicate) == "datatype":
        space.wrong(
            "DKG121",
            f"'{claim.property}' takes a value, not an object",
            f"Write 'value: {{en: {word}}}'.",
            word.at,
        )
        return None
    return space.names.class_(word) if predicate == TYPE else space.names.thing(word)


def _value(space: Workspace, claim: Claim, subject: Term | None, predicate: Term) -> Content | None:
    kind = space.names.ontology.properties.get(predicate)
    if kind == "object" or predicate == TYPE:
        space.wrong(
            "DKG121",
            f"'{claim.property}' needs an object: an entity, a concept or a state",
            "Write 'object: …' with an id; 'diaspora-kg find TEXT' looks ids up.",
            claim.at,
        )
        return None
    if claim.value_wording:
        values = tuple(text_literal(w.text, w.language) for w in claim.value_wording)
        return Content(subject, predicate, values, True) if subject else None
    if claim.value is None:
        space.wrong(
            "DKG110",
            "the claim has neither an object nor a value",
            "Write 'object: …' for a thing, or 'value: …' for a text, number or date.",
            claim.at,
        )
        return None
    return _plain_value(space, claim, claim.value, subject, predicate)


def _plain_value(
    space: Workspace, claim: Claim, value: Written, subject: Term | None, predicate: Term
) -> Content | None:
    declared = space.names.ontology.range(predicate)
    if declared in _NUMERIC or not claim.figure.is_empty:
        number = space.number(value)
        if number is None or subject is None:
            return None
        literal = typed_literal(lexical(number), XSD + "decimal")
        return Content(subject, predicate, (literal,), True, number=number)
    if declared == _LANG_STRING or predicate in _SAYS_CONTENT:
        space.wrong(
            "DKG109",
            f"the value of '{claim.property}' has no language",
            f"Write 'value: {{en: {value}}}', with the code of its language.",
            value.at,
        )
        return None
    if _TIME in space.names.ontology.objects(predicate, _VALUE_KIND):
        time = space.time(value)
        if time is None or subject is None:
            return None
        return Content(subject, predicate, (time.literal,), True, time)
    literal = text_literal(value)
    if declared is not None and declared != iri(XSD + "string"):
        literal = typed_literal(value, text_of(declared))
    return Content(subject, predicate, (literal,), True) if subject else None
