"""A claim and its source as the graph holds them: values that the later stages reason over."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from diaspora_kg.namespaces import SKOS
from diaspora_kg.terms import Term, dkg, iri, is_iri

_DEFINITION = iri(SKOS + "definition")


@lru_cache(maxsize=1024)
@dataclass(frozen=True)
class Span:
    """The days between which a time lies; None where an end is not known."""

    first: date | None = None
    last: date | None = None

    @property
    def is_known(self) -> bool:
        """Whether at least one end is known."""
        return self.first is not None or self.last is not None

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two can share a day; an unknown end reaches as far as need be."""
        starts_too_late = self.first and other.last and self.first > other.last
        ends_too_early = self.last and other.first and self.last < other.first
        return not (starts_too_late or ends_too_early)


@dataclass(frozen=True)
class Attribution:
    """One link of "A says B says C"."""

    position: int
    agent: Term | None
    """Who is named; None also when it is said that nobody is."""
    work: Term | None
    stance: str


@dataclass(frozen=True)
class Contrary:
    """A claim that the coder sees as contrary; the kind and the reason where they are given."""

    claim: Term
    kind: str | None = None
    why: str | None = None


@dataclass(frozen=True)
class Figure:
    """What makes a number comparable; None where it is not stated or not coded."""

    indicator: Term | None
    unit: Term | None
    base_value: Decimal | None
    base_unit: Term | None
    bound: str | None
    scope: Term | None
    denominator: Term | None
    population: Term | None
    aggregation: Term | None
    flow: Term | None
    edition: Term | None
    is_forecast: bool
    period_written: Term | None
    period: Span


@dataclass(frozen=True)
class RecordedClaim:
    """A claim as the graph holds it. Words of the coding are names of concepts: ``affirmed``."""

    iri: Term
    types: frozenset[Term]
    subject: Term
    predicate: Term
    objects: tuple[Term, ...]
    """The object, or the value in each of its languages."""
    content_key: str
    holder: Term | None
    polarity: str
    modality: str
    explicitness: str
    sources: tuple[Term, ...]
    attributions: tuple[Attribution, ...]
    """Nearest first."""
    confidences: tuple[Decimal, ...]
    valid_from: Term | None
    valid_until: Term | None
    valid: Span
    spoken: Span
    """When the claim speaks from."""
    value_time: Span
    """The days that the value means, where the value is a time."""
    statement: Term | None
    restates: tuple[Term, ...]
    contraries: tuple[Contrary, ...]
    figure: Figure | None
    phrase: str | None
    """The source's own linking words, where the property generalises them."""

    @property
    def is_value(self) -> bool:
        """Whether the claim has a value in place of an object."""
        return bool(self.objects) and not is_iri(self.objects[0])

    @property
    def is_definition(self) -> bool:
        """Whether the claim says what something is taken to mean."""
        return self.predicate == _DEFINITION

    @property
    def is_proposition(self) -> bool:
        """Whether the claim is a link of a concept map."""
        return dkg("Proposition") in self.types

    @property
    def is_disputed_by_holder(self) -> bool:
        """Whether the holder tells what others say in order to dispute it."""
        return any(link.stance == "disputes" for link in self.attributions)

    @property
    def is_assertion(self) -> bool:
        """Whether a source says it as a fact, or denies it as one, in its own or in other words."""
        return (
            self.modality == "factual"
            and self.explicitness != "coder-inferred"
            and not self.is_disputed_by_holder
        )

    @property
    def last_links(self) -> tuple[Attribution, ...]:
        """The links farthest from the passage; several where works are cited side by side."""
        farthest = max((link.position for link in self.attributions), default=0)
        return tuple(link for link in self.attributions if link.position == farthest)


@dataclass(frozen=True)
class RecordedSource:
    """A source as the graph holds it."""

    iri: Term
    label: str
    creators: tuple[Term, ...]
    publishers: tuple[Term, ...]
    derived_from: tuple[Term, ...]
    issued: Span
    tier: str | None
