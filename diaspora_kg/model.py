"""What a scholar writes, as values: cases, claims, evidence, sources.

Every text knows the place it was written at (``Written``), so that a finding of any later
stage can point at a line and column, or at a cell.
"""

from dataclasses import dataclass, field

from diaspora_kg.errors import Location


class Written(str):
    """A text with the place where it stands. Compares and hashes as the text."""

    __slots__ = ("at",)
    at: Location

    def __new__(cls, text: str, at: Location) -> "Written":
        """Take a text and its place."""
        written = str.__new__(cls, text)  # one is made for every cell: no search for the base
        written.at = at
        return written

    def __reduce__(self) -> tuple[type["Written"], tuple[str, Location]]:
        """Return what a copy in another process is made from."""
        return Written, (str(self), self.at)


@dataclass(frozen=True, slots=True)
class Wording:
    """A text in one language (BCP 47 tag, lower case)."""

    language: str
    text: Written


Wordings = tuple[Wording, ...]


@dataclass(frozen=True)
class Evidence:
    """The passage that a claim rests on."""

    at: Location
    id: Written | None = None
    source: Written | None = None
    locator: Written | None = None
    quote: Wordings = ()
    translation: Wordings = ()
    access: Written | None = None


@dataclass(frozen=True)
class AttributedTo:
    """One link of "A says B says C": who is cited, in which work, and how."""

    at: Location
    name: Written | None = None
    """A source key or the id of an entity, when the link was written as one word."""
    source: Written | None = None
    agent: Written | None = None
    stance: Written | None = None
    position: int = 1
    """1 is nearest to the passage; several cited together share a position."""


@dataclass(frozen=True)
class Contrary:
    """A claim that the coder sees as contrary, with the kind of conflict and the reason."""

    claim: Written
    kind: Written | None = None
    why: Wordings = ()


@dataclass(frozen=True)
class CaveatNote:
    """What a careful reader should know before using a claim."""

    at: Location
    kind: Written | None = None
    text: Wordings = ()


@dataclass(frozen=True)
class Figure:
    """What makes a number comparable; all of it as written."""

    indicator: Written | None = None
    unit: Written | None = None
    bound: Written | None = None
    scope: Written | None = None
    scope_wording: Wordings = ()
    denominator: Written | None = None
    denominator_wording: Wordings = ()
    population: Written | None = None
    aggregation: Written | None = None
    period: Written | None = None
    flow: Written | None = None
    estimate: Written | None = None
    edition: Written | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing of a figure was written."""
        return self == Figure()


@dataclass(frozen=True)
class CodingNote:
    """Who read the passage so, when, how surely, and with which codebook."""

    by: Written | None = None
    on: Written | None = None
    codebook: Written | None = None
    confidence: Written | None = None
    round: Written | None = None
    memo: Written | None = None


@dataclass(frozen=True)
class Claim:
    """What one holder says in one passage, as a coder records it."""

    at: Location
    property: Written
    id: Written | None = None
    subject: Written | None = None
    object: Written | None = None
    value: Written | None = None
    value_wording: Wordings = ()
    polarity: Written | None = None
    modality: Written | None = None
    explicitness: Written | None = None
    rationale: Wordings = ()
    hedge: tuple[Written, ...] = ()
    frequency: Written | None = None
    condition: Wordings = ()
    holder: Written | None = None
    attributed_to: tuple[AttributedTo, ...] = ()
    stance: Written | None = None
    as_of: Written | None = None
    valid_from: Written | None = None
    valid_until: Written | None = None
    figure: Figure = field(default_factory=Figure)
    phrase: Wordings = ()
    map: Written | None = None
    reciprocal_of: Written | None = None
    restates: tuple[Written, ...] = ()
    supports: tuple[Written, ...] = ()
    contrary_to: tuple[Contrary, ...] = ()
    statement: Written | None = None
    evidence: tuple[Evidence, ...] = ()
    passages: tuple[Written, ...] = ()
    """Names of passages that the case declares once for several claims."""
    coding: tuple[CodingNote, ...] = ()
    caveats: tuple[CaveatNote, ...] = ()


@dataclass(frozen=True)
class Entity:
    """Something particular that claims speak of."""

    id: Written
    at: Location
    types: tuple[Written, ...] = ()
    labels: Wordings = ()
    alt_labels: Wordings = ()
    abbreviation: Written | None = None
    state: Written | None = None
    note: Wordings = ()
    candidates: tuple[Written, ...] | None = None
    """What an ambiguous name may mean; None when the name is not ambiguous."""


@dataclass(frozen=True)
class Source:
    """A work that says something, or that is cited."""

    key: Written
    at: Location
    type: Written | None = None
    titles: Wordings = ()
    untagged_title: Written | None = None
    authors: tuple[Written, ...] = ()
    publisher: Written | None = None
    container: Written | None = None
    volume: Written | None = None
    issue: Written | None = None
    pages: Written | None = None
    doi: Written | None = None
    isbn: Written | None = None
    url: Written | None = None
    date: Written | None = None
    issued_not_before: Written | None = None
    issued_not_after: Written | None = None
    issued_reason: Wordings = ()
    tier: Written | None = None
    access: Written | None = None
    note: Written | None = None
    place: Written | None = None
    language: Written | None = None
    text: Written | None = None
    """The name of the file that holds the source's text, for checking quotes."""
    derived_from: tuple[Written, ...] = ()
    unresolved: bool = False


@dataclass(frozen=True)
class AdjudicationNote:
    """A decision between claims that conflict."""

    id: Written
    at: Location
    between: tuple[Written, ...] = ()
    upholds: tuple[Written, ...] = ()
    rejects: tuple[Written, ...] = ()
    outcome: Written | None = None
    by: Written | None = None
    on: Written | None = None
    reason: Wordings = ()


@dataclass(frozen=True)
class Case:
    """One case: an entity or a reading, with its claims and what they need."""

    id: Written
    at: Location
    entity: Entity
    description: Wordings = ()
    coding: CodingNote = field(default_factory=CodingNote)
    sources: tuple[Source, ...] = ()
    entities: tuple[Entity, ...] = ()
    passages: tuple[Evidence, ...] = ()
    claims: tuple[Claim, ...] = ()
    adjudications: tuple[AdjudicationNote, ...] = ()


@dataclass(frozen=True)
class Observation:
    """A number that a publisher measured, of one area at one time; all of it as written."""

    at: Location
    data_set: Written
    area: Written
    period: Written
    indicator: Written
    value: Written
    counterpart: Written | None = None
    """The other area of a number between two: where migrants come from, or money goes to."""
    unit: Written | None = None
    population: Written | None = None
    flow: Written | None = None
    status: Written | None = None
    edition: Written | None = None
    source: Written | None = None
    publisher: Written | None = None


@dataclass(frozen=True)
class ObservationTable:
    """The observations of one file, or of some of its rows."""

    name: str
    """The name of the file, without its folder."""
    digest: str
    """The SHA-256 of the file, in hex digits."""
    at: Location
    observations: tuple[Observation, ...] = ()
