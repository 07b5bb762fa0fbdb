"""A claim in one line, for people: who says what of what."""

from diaspora_kg.model import Claim, Written
from diaspora_kg.namespaces import DKGID, SKOS
from diaspora_kg.naming import article
from diaspora_kg.populating.content import Content
from diaspora_kg.populating.entities import name_of
from diaspora_kg.populating.sources import Party
from diaspora_kg.populating.workspace import Workspace
from diaspora_kg.terms import TYPE, Term, iri, text_of

_SOURCES = DKGID + "source/"
_LONGEST = 160
_VERBS = {
    iri(SKOS + "definition"): "is defined as",
    iri(SKOS + "altLabel"): "is also called",
    iri(SKOS + "prefLabel"): "is called",
}


def label_of(space: Workspace, claim: Claim, content: Content, holder: Party | None) -> str:
    """Return the label of a claim, cut at a word where it is long."""
    who = f"{holder.label}: " if holder is not None else ""
    text = f"{who}{_sentence(space, claim, content)}"
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3].rsplit(" ", 1)[0] + " …"


def _sentence(space: Workspace, claim: Claim, content: Content) -> str:
    subject = _name(space, content.subject)
    if content.number is not None and claim.figure.indicator is not None:
        return f"{subject}: {_figure(space, claim)}"
    first = content.objects[0]
    said = text_of(first) if content.is_literal else _name(space, first)
    negation = " not:" if claim.polarity == "negated" else ""
    if claim.phrase:
        verb = str(claim.phrase[0].text)
    elif content.predicate == TYPE:
        verb = f"is {article(said)}"
    else:
        verb = _VERBS.get(content.predicate) or _name(space, content.predicate)
    return f"{subject}{negation} {verb} {said}"


def _figure(space: Workspace, claim: Claim) -> str:
    figure = claim.figure
    parts = [
        _word(space, figure.indicator, "indicator"),
        "" if figure.bound in (None, "exact", "not-stated") else figure.bound.replace("-", " "),
        str(claim.value),
        _word(space, figure.unit, "unit"),
        "" if figure.period in (None, "not-stated") else f"({figure.period})",
    ]
    return " ".join(part for part in parts if part)


def _word(space: Workspace, word: Written | None, scheme: str) -> str:
    term = None if word is None else space.names.member(word, scheme)
    return "" if term is None else _name(space, term)


def _name(space: Workspace, term: Term) -> str:
    source = space.sources.get(text_of(term).removeprefix(_SOURCES))
    return source.label if source is not None else name_of(term, space.names)
