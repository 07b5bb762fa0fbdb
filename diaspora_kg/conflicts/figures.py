"""Numbers against one another: value conflicts and scope conflicts.

Two figures are compared when they give the same indicator of the same subject in units that can
be converted, and as shares of the same whole, if of any. They are in a *value conflict* when they
also agree in scope, population, aggregation, flow and time, and no number fits both bounds. They
are in a *scope conflict* when their numbers differ by more than five per cent, their times may
be the same, and what they count is stated and differs. A count of another stated time belongs to
a series and opposes nothing.

How exact a figure is follows from its bound: ``about``, or no bound stated, means within five
per cent; ``exact`` means rounded to the last digit that is not a zero, and never wider than
``about``. A forecast is never in a value conflict. In a scope conflict it stands beside figures
that are none.
"""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from itertools import combinations

from diaspora_kg.conflicts.opposition import Opposition, components, oppose
from diaspora_kg.conflicts.rules import Context, Rule
from diaspora_kg.corpus import Corpus
from diaspora_kg.recorded import Figure, RecordedClaim, Span
from diaspora_kg.terms import Term, is_iri, text_of

ABOUT = Decimal("0.05")
_ONE_YEAR = timedelta(days=366)
_WHOLE_NUMBERS_BELOW = 10_000
"""Below this a trailing zero is taken as counted (160 members), above it as rounded."""

Range = tuple[Decimal | None, Decimal | None]


class FigureRule(Rule):
    """Value and scope oppositions among figures that can be compared."""

    name = "figure"

    def keys(self, claim: RecordedClaim, corpus: Corpus) -> Iterator[tuple[Term, ...]]:
        """Yield what the number measures, if the claim gives one of the world."""
        key = _key(claim)
        if key is not None and is_said_of_the_world(claim):
            yield key

    def find(
        self, key: tuple[Term, ...], claims: list[RecordedClaim], context: Context
    ) -> Iterator[Opposition]:
        """Yield the oppositions among the figures of one measure."""
        if len(claims) > 1:
            yield from _value_oppositions(claims)
            yield from _scope_oppositions(claims, context.corpus)


def kind_of_difference(one: RecordedClaim, other: RecordedClaim) -> str:
    """Return ``value`` or ``scope`` for two figures that a coder holds against one another."""
    if one.figure is None or other.figure is None:
        return "scope"
    same = _same_measure(one.figure, other.figure) and one.subject == other.subject
    return "value" if same and not can_both_hold(one.figure, other.figure) else "scope"


def subject_of_comparison(one: RecordedClaim, other: RecordedClaim) -> tuple[Term, ...]:
    """Return what two figures both measure; nothing when they measure different things."""
    key = _key(one)
    return key[:2] if key is not None and key == _key(other) else ()


def possible_range(figure: Figure) -> Range:
    """Return the numbers that a figure allows, in base units; None is without limit."""
    value = figure.base_value
    if value is None:
        return None, None
    if figure.bound == "at-least":
        return value, None
    if figure.bound == "at-most":
        return None, value
    around = abs(value) * ABOUT
    if figure.bound == "exact":
        around = min(around, _half_of_last_digit(value)) if value else Decimal(0)
    return value - around, value + around


def _half_of_last_digit(value: Decimal) -> Decimal:
    """Return just under half of the last digit, so that 160 and 161 do not meet."""
    digits = value.normalize()
    exponent = digits.as_tuple().exponent
    place = exponent if isinstance(exponent, int) else 0
    if abs(value) < _WHOLE_NUMBERS_BELOW:
        place = min(place, 0)
    return Decimal(10) ** place * Decimal("0.499")


def _key(claim: RecordedClaim) -> tuple[Term, ...] | None:
    figure = claim.figure
    if figure is None or figure.base_value is None or figure.base_unit is None:
        return None
    whole = _folded(figure.denominator)
    return claim.subject, figure.indicator or "", claim.predicate, figure.base_unit, whole


def is_said_of_the_world(claim: RecordedClaim) -> bool:
    """Tell whether a figure is affirmed, as a fact or as a forecast, and not by the coder."""
    foretold = claim.modality == "predicted" and claim.explicitness != "coder-inferred"
    return claim.polarity == "affirmed" and (
        claim.is_assertion or (foretold and not claim.is_disputed_by_holder)
    )


def is_forecast(claim: RecordedClaim) -> bool:
    """Tell whether a figure is foretold, in the words of the source or by its status."""
    return claim.modality == "predicted" or (claim.figure is not None and claim.figure.is_forecast)


def _value_oppositions(claims: list[RecordedClaim]) -> Iterator[Opposition]:
    for one, other in combinations([c for c in claims if not is_forecast(c)], 2):
        if one.figure is None or other.figure is None:
            continue
        if (
            _same_measure(one.figure, other.figure)
            and _same_time(one, other)
            and not can_both_hold(one.figure, other.figure)
        ):
            yield oppose("value", one.iri, other.iri, subject_of_comparison(one, other))


def _scope_oppositions(claims: list[RecordedClaim], corpus: Corpus) -> Iterator[Opposition]:
    by_iri = {claim.iri: claim for claim in claims}
    differing = [
        oppose("scope", one.iri, other.iri, subject_of_comparison(one, other))
        for one, other in combinations(claims, 2)
        if _counts_other_things(one.figure, other.figure) and _set_apart(one, other, corpus)
    ]
    for group in components(differing):
        members = sorted({claim for opposition in group for claim in opposition.pair})
        if all(is_forecast(by_iri[claim]) for claim in members):
            continue
        yield from group
        for claim in claims:
            if claim.iri not in members and _says_not_what_it_counts(claim.figure):
                for member in members:
                    if _set_apart(claim, by_iri[member], corpus):
                        about = subject_of_comparison(claim, by_iri[member])
                        yield oppose("scope", claim.iri, member, about)


def _set_apart(one: RecordedClaim, other: RecordedClaim, corpus: Corpus) -> bool:
    """Tell whether the numbers differ and the times may be the same."""
    times_meet = _possible_time(one, corpus).overlaps(_possible_time(other, corpus))
    return times_meet and _numbers_differ(one.figure, other.figure)


def _same_measure(one: Figure, other: Figure) -> bool:
    """Tell whether two figures count the same: scope and criterion equal, the rest not unequal."""
    return (
        _folded(one.scope) == _folded(other.scope)
        and one.population == other.population
        and not _both_stated_and_differ(one.aggregation, other.aggregation)
        and not _both_stated_and_differ(one.flow, other.flow)
    )


def _counts_other_things(one: Figure | None, other: Figure | None) -> bool:
    """Tell whether two figures state what they count, and it differs.

    Scopes in the words of a source are not held against one another: other words may mean
    the same.
    """
    if one is None or other is None:
        return False
    coded_scopes = [scope for scope in (one.scope, other.scope) if scope and is_iri(scope)]
    return (
        len(set(coded_scopes)) == 2
        or _both_stated_and_differ(one.population, other.population)
        or _both_stated_and_differ(one.aggregation, other.aggregation)
        or _both_stated_and_differ(one.flow, other.flow)
    )


def _says_not_what_it_counts(figure: Figure | None) -> bool:
    return figure is not None and figure.scope is None and figure.population is None


def _both_stated_and_differ(one: Term | None, other: Term | None) -> bool:
    return one is not None and other is not None and one != other


def _folded(term: Term | None) -> str:
    if term is None:
        return ""
    return term if is_iri(term) else " ".join(text_of(term).casefold().split())


def can_both_hold(one: Figure, other: Figure) -> bool:
    """Tell whether some number fits the bounds of both figures."""
    (low, high), (other_low, other_high) = possible_range(one), possible_range(other)
    too_low = high is not None and other_low is not None and high < other_low
    too_high = low is not None and other_high is not None and other_high < low
    return not (too_low or too_high)


def _numbers_differ(one: Figure | None, other: Figure | None) -> bool:
    if one is None or other is None or one.base_value is None or other.base_value is None:
        return False
    larger = max(abs(one.base_value), abs(other.base_value))
    return abs(one.base_value - other.base_value) > ABOUT * larger


def _same_time(one: RecordedClaim, other: RecordedClaim) -> bool:
    """Tell whether two figures are of one time: as stated, or else of the time of speaking."""
    periods = _period(one), _period(other)
    if periods[0].is_known and periods[1].is_known:
        return periods[0] == periods[1] or meet_within_a_year(*periods)
    if periods[0].is_known or periods[1].is_known:
        return False
    same_source = not set(one.sources).isdisjoint(other.sources)
    return same_source or meet_within_a_year(one.spoken, other.spoken)


def meet_within_a_year(one: Span, other: Span) -> bool:
    """Tell whether two times share a day and neither is longer than a year."""
    return _is_short(one) and _is_short(other) and one.overlaps(other)


def _is_short(span: Span) -> bool:
    return span.first is not None and span.last is not None and span.last - span.first < _ONE_YEAR


def _period(claim: RecordedClaim) -> Span:
    return Span() if claim.figure is None else claim.figure.period


def _possible_time(claim: RecordedClaim, corpus: Corpus) -> Span:
    """Return the stated period, else all time until the claim, or the work it cites, was made."""
    period = _period(claim)
    if period.is_known or is_forecast(claim):
        return period
    ends = [claim.spoken.last]
    for link in claim.last_links:
        work = corpus.sources.get(link.work or "")
        ends.append(None if work is None else work.issued.last)
    known = [end for end in ends if end is not None]
    return Span(None, min(known, default=None))
