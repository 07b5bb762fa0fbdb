"""Conflicts in words that a scholar can read, made of labels and values."""

from diaspora_kg.conflicts.opposition import Opposition
from diaspora_kg.corpus import Corpus
from diaspora_kg.numbers import in_thousands
from diaspora_kg.recorded import Figure, RecordedClaim, RecordedSource
from diaspora_kg.terms import Term, text_of

_BOUNDS = {"at-least": "at least ", "at-most": "at most ", "about": "about "}
_LABEL_LENGTH = 90
_REASONS_OF_RULES = {
    "attribution": "One is ascribed to where the other stands, and they differ.",
    "classification": "One thing cannot rightly be both.",
    "definition": "On one and the same point one affirms what the other denies.",
    "scope": "What the figures count differs, and so do the numbers.",
    "validity": "It is spoken of at a time when it is said to have ended or not yet to have begun.",
    "value": "They cannot all be right.",
}


def conflict_label(
    kind: str, claims: tuple[Term, ...], corpus: Corpus, *, with_data: bool = False
) -> str:
    """Return a short name: the kind of conflict and what it is about."""
    first = corpus.claims[claims[0]]
    subjects = dict.fromkeys(corpus.label(corpus.claims[claim].subject) for claim in claims)
    topic = " and ".join(list(subjects)[:2]) + (" and others" if len(subjects) > 2 else "")
    if first.figure is not None and first.figure.indicator is not None:
        topic = f"{corpus.label(first.figure.indicator)}, {topic}"
    label = f"{kind} conflict{' with data' if with_data else ''}: {topic}"
    short = label if len(label) <= _LABEL_LENGTH else label[:_LABEL_LENGTH].rsplit(" ", 1)[0] + " …"
    return short[0].upper() + short[1:]


def conflict_description(
    claims: tuple[Term, ...], oppositions: tuple[Opposition, ...], corpus: Corpus
) -> str:
    """Return who says what, claim by claim, and the reasons that coders gave."""
    measured = sorted({opposition.measured for opposition in oppositions if opposition.measured})
    with_place = bool(measured)  # a measurement says of which place it is, and so does a claim then
    said = sorted({_said(corpus.claims[claim], corpus, with_place=with_place) for claim in claims})
    said += measured
    reasons = dict.fromkeys(opposition.why for opposition in oppositions if opposition.why)
    if not all(opposition.is_coded for opposition in oppositions):
        reasons[_REASONS_OF_RULES[oppositions[0].kind]] = None
    text = _as_sentence("; ".join(said))
    return " ".join([text, *(_as_sentence(reason) for reason in reasons)])


def _said(claim: RecordedClaim, corpus: Corpus, *, with_place: bool = False) -> str:
    who = _speaker(claim, corpus)
    if claim.figure is not None:
        comma = "," if claim.attributions else ""
        figure = _figure_in_words(claim, claim.figure, corpus, with_place=with_place)
        return f"{who}{comma} gives {figure}"
    return f"{who}: {corpus.in_words(claim)}{_when(claim)}"


def _speaker(claim: RecordedClaim, corpus: Corpus) -> str:
    """Return who speaks, from the nearest to the farthest: "Rustamova, citing IOM 2024,"."""
    sources = [corpus.sources[source] for source in claim.sources if source in corpus.sources]
    where = " and ".join(_dated(source) for source in sources)
    holder = "" if claim.holder is None else corpus.label(claim.holder)
    if where.startswith(holder):
        who = where or "an unnamed holder"
    else:
        who = f"{holder} in {where}" if where else holder
    cited = [
        corpus.label(link.work or link.agent or "").replace(", no date", "")
        for link in claim.attributions
        if link.work or link.agent
    ]
    return f"{who}, citing {' after '.join(cited)}" if cited else who


def _dated(source: RecordedSource) -> str:
    """Return the label of a source, with what is not a plain year in brackets."""
    name, comma, rest = source.label.rpartition(", ")
    vague = rest.endswith(("no date", "or later", "or earlier"))
    return f"{name} ({rest})" if comma and vague else source.label


def _when(claim: RecordedClaim) -> str:
    times = [
        f"{word} {text_of(time)}"
        for word, time in (("from", claim.valid_from), ("until", claim.valid_until))
        if time is not None
    ]
    return f" ({' '.join(times)})" if times else ""


def _figure_in_words(
    claim: RecordedClaim, figure: Figure, corpus: Corpus, *, with_place: bool
) -> str:
    number = in_thousands(text_of(claim.objects[0]))
    unit = "" if figure.unit is None else f" {corpus.label(figure.unit)}"
    parts = [corpus.label(term) for term in (figure.scope, figure.population) if term is not None]
    if with_place:
        place = corpus.label(claim.subject)
        if figure.scope is not None:
            parts[0] = f"scope: {parts[0]}"
        parts = [place, *(part for part in parts if part != f"scope: {place}")]
    if figure.period_written is not None:
        parts.append(text_of(figure.period_written))
    else:
        parts.append("no period stated")
    if figure.is_forecast or claim.modality == "predicted":
        parts.append("forecast")
    if figure.denominator is not None:
        parts.append(f"of {corpus.label(figure.denominator)}")
    return f"{_BOUNDS.get(figure.bound or '', '')}{number}{unit} ({', '.join(parts)})"


def _as_sentence(text: str) -> str:
    stripped = text.strip()
    return stripped if stripped.endswith((".", "!", "?", "…")) else stripped + "."
