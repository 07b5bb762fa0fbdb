"""Flat tables of claims and of the passages that they rest on."""

from collections.abc import Iterable

from diaspora_kg.exporting.index import Index, Row, language_of, short, status_of
from diaspora_kg.namespaces import DCTERMS
from diaspora_kg.terms import Term, iri

_FIGURE = {
    "indicator": "indicator",
    "unit": "unit",
    "bound": "bound",
    "scope": "scope",
    "denominator": "denominator",
    "period": "referencePeriod",
    "population": "populationCriterion",
    "aggregation": "aggregation",
    "flow": "flow",
    "estimate": "estimateStatus",
    "base_value": "baseValue",
    "base_unit": "baseUnit",
}


CLAIMS = {
    "id": "the claim, as CASE/claim/ID",
    "case": "the case it stands in",
    "label": "the claim in one line",
    "subject": "what it is about",
    "subject_label": "its name in English",
    "property": "the property of the ontology",
    "object": "the thing it relates the subject to; empty where there is a value",
    "object_label": "its name in English",
    "value": "the text, number or date that it gives; of several languages the first",
    "value_language": "language of the text (BCP 47)",
    "polarity": "affirmed or negated",
    "modality": "factual, possible, predicted, recommended, announced or evaluative",
    "explicitness": "explicit, implied or coder-inferred",
    "hedge": "cue words",
    "frequency": "how often, as the source says",
    "condition": "under what condition",
    "holder": "who says it",
    "holder_label": "their name",
    "attributed_to": "whom the passage cites, nearest first",
    "sources": "keys of the sources of its passages",
    "passages": "how many passages it rests on",
    "valid_from": "since when it is said to hold, as written",
    "valid_until": "until when",
    "earliest": "first day on which it can begin",
    "latest": "last day on which it can end",
    "as_of": "the time the passage speaks from",
    **{column: f"of a figure: {name}" for column, name in _FIGURE.items()},
    "coder": "who coded it",
    "coded_on": "when",
    "confidence": "how sure the coder was of the reading, 0 to 1",
    "caveats": "what a careful reader should know",
    "status": "accepted, contested, or empty: neither",
}


def claim_rows(index: Index) -> Iterable[Row]:
    """Yield the rows of the table of claims."""
    status = _standing(index)
    for claim in index.of_class("Claim"):
        coding = index.one(claim, "coding")
        value = index.one(claim, "claimValue")
        subject, thing = index.one(claim, "claimSubject"), index.one(claim, "claimObject")
        passages = index.all(claim, "evidence")
        row = {
            "id": short(claim),
            "case": index.text(claim, "inCase").removesuffix("/case"),
            "label": index.label(claim),
            "subject": "" if subject is None else short(subject),
            "subject_label": index.label(subject),
            "property": index.text(claim, "claimPredicate"),
            "object": "" if thing is None else short(thing),
            "object_label": index.label(thing),
            "value": "" if value is None else short(value),
            "value_language": language_of(value),
            "hedge": index.texts(claim, "hedge"),
            "condition": index.texts(claim, "condition"),
            "holder_label": index.label(index.one(claim, "claimHolder")),
            "attributed_to": _attributed(index, claim),
            "sources": _keys(index, passages),
            "passages": str(len(passages)),
            "valid_from": index.text(claim, "validFrom"),
            "valid_until": index.text(claim, "validUntil"),
            "as_of": index.text(claim, "assertedAsOf"),
            "coder": "" if coding is None else index.text(coding, "coder"),
            "coded_on": "" if coding is None else index.text(coding, "codedOn"),
            "confidence": "" if coding is None else index.text(coding, "confidence"),
            "caveats": " | ".join(
                index.text(caveat, iri(DCTERMS + "description"))
                for caveat in index.all(claim, "caveat")
            ),
            "status": status.get(claim, ""),
        }
        for column in ("polarity", "modality", "explicitness", "frequency", "earliest", "latest"):
            row[column] = index.text(claim, column)
        row["holder"] = index.text(claim, "claimHolder")
        row.update({column: index.text(claim, name) for column, name in _FIGURE.items()})
        yield row


def _standing(index: Index) -> dict[Term, str]:
    found: dict[Term, str] = {}
    for fact in index.of_class("Fact"):
        for claim in index.all(fact, "basedOn"):
            found[claim] = status_of(index, fact)
    return found


def _attributed(index: Index, claim: Term) -> str:
    links = index.all(claim, "attribution")
    links.sort(key=lambda link: (int(index.text(link, "position") or 0), link))
    names = (index.one(link, "work") or index.one(link, "agent") for link in links)
    return " | ".join(index.label(name) or short(name) for name in names if name is not None)


def _keys(index: Index, passages: Iterable[Term]) -> str:
    keys = (index.text(passage, "inSource").removeprefix("source/") for passage in passages)
    return " | ".join(dict.fromkeys(key for key in keys if key))


EVIDENCE = {
    "claim": "the claim that rests on it",
    "evidence": "the piece of evidence",
    "source": "key of the source",
    "source_label": "author and year",
    "locator": "where in the source",
    "language": "language of the passage (BCP 47)",
    "quote": "the passage, word for word; empty where access is restricted",
    "translation": "a translation of it",
    "translation_language": "its language",
    "access": "what the coder saw: full-text, abstract, quoted-elsewhere or restricted",
}


def evidence_rows(index: Index) -> Iterable[Row]:
    """Yield the rows of the table of evidence."""
    for claim in index.of_class("Claim"):
        for passage in index.all(claim, "evidence"):
            quotes: list[Term | None] = [*index.all(passage, "quote")]
            translation = index.one(passage, "translation")
            for quote in quotes or [None]:
                yield {
                    "claim": short(claim),
                    "evidence": short(passage),
                    "source": index.text(passage, "inSource").removeprefix("source/"),
                    "source_label": index.label(index.one(passage, "inSource")),
                    "locator": index.text(passage, "locator"),
                    "language": language_of(quote),
                    "quote": "" if quote is None else short(quote),
                    "translation": "" if translation is None else short(translation),
                    "translation_language": language_of(translation),
                    "access": index.text(passage, "accessLevel"),
                }
