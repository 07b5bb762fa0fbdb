"""Figures against the data set that they name.

A claim is held against an observation when it ascribes its figure to the publisher of a data set,
or to a work that the data set is from, and both measure the same: indicator, place, unit and time.
What the publisher says itself in its own works is not judged here, for editions differ. Then scope,
criterion of the population and bound are compared, and only then numbers:

* A place is the subject of the claim; a scope that is stated has to be this place, the world or
  what lies abroad of it. A scope that is another state is where the people counted live.
* The time of the claim is stated, and is the year measured. An edition that both state is the same.
* The number measured does not fit the bound, and lies more than five per cent off.

What remains is a *value conflict*; a *scope conflict* where both state whom they count, or whether
a stock or a flow, and it differs. Sums over the pairs of a data set are ours and no observations,
and make no conflict.
"""

from collections.abc import Iterator
from decimal import Decimal

from diaspora_kg.conflicts.figures import (
    ABOUT,
    can_both_hold,
    is_forecast,
    is_said_of_the_world,
    meet_within_a_year,
)
from diaspora_kg.conflicts.observed import WORLD, Data, Observed, unit_factor
from diaspora_kg.conflicts.opposition import Opposition, oppose
from diaspora_kg.conflicts.rules import Context, Rule
from diaspora_kg.corpus import Corpus
from diaspora_kg.numbers import in_thousands
from diaspora_kg.recorded import Figure, RecordedClaim
from diaspora_kg.terms import Term, dkgc, text_of

_EMIGRANTS, _MIGRANTS = dkgc("indicator/emigrant-stock"), dkgc("indicator/international-migrants")
_NO_OTHER_PLACE = {None, dkgc("figure-scope/world"), dkgc("figure-scope/abroad")}
_TOTAL = {None, dkgc("total")}

_Asked = tuple[Term, Term, Term | None]
"""Area, indicator, and where people come from."""


class MeasuredRule(Rule):
    """A figure against what the data set that it names has measured."""

    name = "measured"

    def keys(self, claim: RecordedClaim, corpus: Corpus) -> Iterator[tuple[Term, ...]]:
        """Yield the claim itself, if it ascribes a figure of the world to somebody."""
        if (
            claim.figure is not None
            and claim.figure.base_value is not None
            and claim.figure.period.is_known
            and claim.attributions
            and is_said_of_the_world(claim)
            and not is_forecast(claim)
        ):
            yield (claim.iri,)

    def find(
        self, key: tuple[Term, ...], claims: list[RecordedClaim], context: Context
    ) -> Iterator[Opposition]:
        """Yield the oppositions of one figure to observations."""
        for claim in claims:
            if context.data is not None and claim.figure is not None:
                yield from _against(claim, claim.figure, context.data, context.corpus)


def _against(
    claim: RecordedClaim, figure: Figure, data: Data, corpus: Corpus
) -> Iterator[Opposition]:
    named = data.sets_named(_names(claim, corpus))
    if not named:
        return
    for area, indicator, other in _asked(claim, figure):
        for observed in data.observations(area, indicator, other, corpus):
            if observed.data_set in named and _is_comparable(figure, observed.figure):
                kind = _kind(figure, observed.figure)
                if kind:
                    about = (claim.subject, observed.figure.indicator or "", observed.data_set)
                    words = _in_words(figure, observed, corpus)
                    yield oppose(kind, claim.iri, observed.iri, about, measured=words)


def _names(claim: RecordedClaim, corpus: Corpus) -> set[Term]:
    """Return to whom and to which works a claim ascribes its figure, and who made these works."""
    names: set[Term] = set()
    for link in claim.attributions:
        names |= {term for term in (link.agent, link.work) if term is not None}
        work = corpus.sources.get(link.work or "")
        if work is not None:
            names |= {*work.creators, *work.publishers, *work.derived_from}
    return names


def _asked(claim: RecordedClaim, figure: Figure) -> Iterator[_Asked]:
    """Yield what an observation has to measure to be of what the claim gives."""
    if figure.indicator is None or figure.denominator is not None:
        return
    place, scope = claim.subject, figure.scope
    is_whole = scope in _NO_OTHER_PLACE or scope == place
    if is_whole and (scope != dkgc("figure-scope/abroad") or figure.indicator == _EMIGRANTS):
        yield place, figure.indicator, None
    if figure.indicator == _EMIGRANTS and scope is not None:
        # those who left a place are the migrants from there: in the world, or in one other place
        yield (WORLD if is_whole else scope), _MIGRANTS, place


def _is_comparable(claimed: Figure, measured: Figure) -> bool:
    editions = (claimed.edition, measured.edition)
    return (
        claimed.base_unit == measured.base_unit
        and claimed.aggregation in _TOTAL
        and (None in editions or len({text_of(edition or "") for edition in editions}) == 1)
        and meet_within_a_year(claimed.period, measured.period)
    )


def _kind(claimed: Figure, measured: Figure) -> str:
    """Return the kind of conflict; nothing when both can stand."""
    value, number = claimed.base_value, measured.base_value
    if value is None or number is None or can_both_hold(claimed, measured):
        return ""
    if abs(value - number) <= ABOUT * abs(number):
        return ""
    pairs = ((claimed.population, measured.population), (claimed.flow, measured.flow))
    return "scope" if any(None not in pair and len(set(pair)) == 2 for pair in pairs) else "value"


def _in_words(claimed: Figure, observed: Observed, corpus: Corpus) -> str:
    """Return what was measured in the unit of the claim, and by how much the claim differs."""
    factor = unit_factor(claimed.unit, corpus)
    number = (observed.figure.base_value or Decimal(0)) / factor
    value = (claimed.base_value or Decimal(0)) / factor
    unit = "" if claimed.unit is None else f" {corpus.label(claimed.unit)}"
    apart = ""
    if number:
        percent = _written(round(abs(value - number) * 100 / abs(number), 1))
        verb = "exceeds" if value > number else "falls short of"
        apart = f", which {_written(value)} {verb} by {percent} percent"
    return f"{observed.publication}, has {_written(number)}{unit} ({observed.about}){apart}"


def _written(number: Decimal) -> str:
    return in_thousands(f"{number.normalize():f}")
