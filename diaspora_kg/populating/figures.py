"""What makes a number comparable, as quads."""

from decimal import Decimal

from diaspora_kg.errors import Severity
from diaspora_kg.model import Claim, Evidence, Wordings, Written
from diaspora_kg.namespaces import DKGC, XSD
from diaspora_kg.numbers import lexical, significant_digits, stands_in
from diaspora_kg.populating.workspace import Workspace
from diaspora_kg.terms import Term, dkg, dkgc, iri, text_literal, text_of, typed_literal

_SCALES = {"thousand": 3, "million": 6, "billion": 9}
_IN_WORDS = 3
"""From so many significant digits on, nobody writes a number in words."""
_HAS_FIGURE = dkg("hasFigure")
_FACTOR, _BASE = dkg("unitFactor"), dkg("baseUnit")


def write_figure(
    space: Workspace,
    claim: Claim,
    node: Term,
    number: Decimal | None = None,
    predicate: Term | None = None,
) -> str:
    """Write the figure of a claim, and return what of it belongs to the claim's content.

    A number without anything that makes it comparable is a figure all the same if its property
    says so: then validation tells what is lacking, and acceptance makes no plain triple of it.
    """
    figure = claim.figure
    if figure.is_empty and predicate != _HAS_FIGURE:
        return ""
    writer, names = space.writer, space.names
    writer.node(node, claim.at, "FigureClaim")
    if claim.value is not None:
        writer.text(node, dkg("writtenForm"), claim.value)
    key: list[str] = []

    def put(name: str, value: Term | None) -> None:
        if value is not None:
            writer.add(node, dkg(name), value)
            key.append(f"{name}={value}")

    for word, name in ((figure.indicator, "indicator"), (figure.unit, "unit")):
        if word is not None:
            put(name, names.member(word, name))
    for word, name, scheme in (
        (figure.bound, "bound", "bound"),
        (figure.population, "populationCriterion", "population-criterion"),
        (figure.aggregation, "aggregation", "aggregation"),
        (figure.flow, "flow", "stock-or-flow"),
        (figure.estimate, "estimateStatus", "estimate-status"),
    ):
        if word is not None:
            put(name, names.from_list(word, scheme))
    put("scope", _thing_or_text(space, figure.scope, figure.scope_wording))
    put("denominator", _thing_or_text(space, figure.denominator, figure.denominator_wording))
    if figure.edition is not None:
        put("edition", text_literal(figure.edition))
    key.append(_period(space, node, figure.period))
    _base_value(space, node, figure.unit, number)
    return "|".join(sorted(key))


def check_digits(
    space: Workspace, claim: Claim, evidence: list[Evidence], number: Decimal | None
) -> None:
    """Warn of a number that does not stand in the passages of its claim.

    Short numbers are often written in words, and what a coder inferred stands nowhere.
    """
    if number is None or claim.value is None or claim.explicitness == "coder-inferred":
        return
    told = " \n ".join(w.text for p in evidence for w in (*p.quote, *p.translation))
    has_numbers = any(character.isdecimal() for character in told)
    if len(significant_digits(number)) < _IN_WORDS or not has_numbers or stands_in(number, told):
        return
    space.wrong(
        "DKG138",
        f"the number {claim.value} does not stand in the passage that it rests on",
        "Copy it from the passage. A number that you computed or rounded yourself is "
        "'explicitness: coder-inferred'.",
        claim.value.at,
        Severity.WARNING,
    )


def _thing_or_text(space: Workspace, word: Written | None, wordings: Wordings) -> Term | None:
    if word == "not-stated":
        return dkgc("not-stated")
    if word is not None:
        return space.names.member(word, "figure-scope")
    return text_literal(wordings[0].text, wordings[0].language) if wordings else None


def _period(space: Workspace, node: Term, word: Written | None) -> str:
    writer = space.writer
    if word is None:
        return ""
    if word == "not-stated":
        writer.add(node, dkg("referencePeriod"), dkgc("not-stated"))
        return "not-stated"
    time = space.time(word)
    if time is None:
        return ""
    writer.time(node, dkg("referencePeriod"), time)
    writer.bounds(node, "periodEarliest", "periodLatest", time, time)
    return time.edtf


def _base_value(space: Workspace, node: Term, unit: Written | None, number: Decimal | None) -> None:
    if number is None or unit is None:
        return
    term = space.names.member(unit, "unit")
    if term is None:
        return
    factor, base = Decimal(1), term
    ontology = space.names.ontology
    for value in ontology.objects(term, _FACTOR):
        factor = Decimal(text_of(value))
    for value in ontology.objects(term, _BASE):
        base = value
    if factor == 1 and base == term:
        base, factor = _by_name(term)
    space.writer.add(
        node, dkg("baseValue"), typed_literal(lexical(number * factor), XSD + "decimal")
    )
    space.writer.add(node, _BASE, base)


def _by_name(unit: Term) -> tuple[Term, Decimal]:
    """Read the scale off names such as ``unit/million-persons`` and ``unit/usd-billion``."""
    path = text_of(unit).removeprefix(DKGC)
    scheme, _, name = path.partition("/")
    words = name.split("-")
    for word, exponent in _SCALES.items():
        if word in words:
            words.remove(word)
            rest = "-".join(words) or "number"
            return iri(f"{DKGC}{scheme}/{rest}"), Decimal(10) ** exponent
    return unit, Decimal(1)
