"""How good the matcher is: measured on names with known answers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from diaspora_kg.errors import DiasporaKGError, Location
from diaspora_kg.linking.matching import Matcher, is_country_code
from diaspora_kg.reading.decoding import read_text

NIL = "NIL"
COLUMNS = ("name", "country", "expected", "kind")
PRECISION = 0.98
_BINS = 10


@dataclass(frozen=True, slots=True)
class Gold:
    """A name and what it means."""

    name: str
    country: str
    expected: str
    """The IRI, or ``NIL`` where the registry has no such thing."""
    kind: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the matcher said of a name."""

    gold: Gold
    found: str
    """The IRI of the first candidate; empty where there is none."""
    probability: float

    @property
    def is_right(self) -> bool:
        """Whether the first candidate is what the name means."""
        return bool(self.found) and self.found == self.gold.expected


@dataclass(frozen=True, slots=True)
class Figures:
    """What is counted over some names."""

    kind: str
    names: int
    answers: int
    """Names that the registry has an answer to."""
    first: int
    """Names whose first candidate is right."""
    accepted: int
    """Names whose first candidate reaches the threshold."""
    accepted_right: int

    @property
    def first_candidate(self) -> float | None:
        """The share of the names with an answer whose first candidate is right."""
        return self.first / self.answers if self.answers else None

    @property
    def recall(self) -> float | None:
        """The share of the names with an answer that is accepted and right."""
        return self.accepted_right / self.answers if self.answers else None

    @property
    def precision(self) -> float | None:
        """The share of what is accepted that is right; names without an answer count as wrong."""
        return self.accepted_right / self.accepted if self.accepted else None


@dataclass(frozen=True, slots=True)
class Bin:
    """First candidates of like probability: how many were said to be right, and how many were."""

    lowest: float
    highest: float
    names: int
    said: float
    """The mean probability."""
    right: float
    """The share that is right."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All figures of a measurement."""

    total: Figures
    kinds: tuple[Figures, ...]
    threshold: float
    """The lowest probability that is accepted."""
    recall_at_98_precision: float
    nil_rejected: float | None
    """The share of the names without an answer for which nothing is accepted."""
    brier: float
    """The mean squared distance of the probabilities from the truth; 0 is best."""
    bins: tuple[Bin, ...]
    outcomes: tuple[Outcome, ...]


def read_gold(path: Path) -> list[Gold]:
    """Read names with known answers from CSV.

    Raises ``DiasporaKGError``: DKG504 when columns are missing, DKG505 when a row lacks a name or
    an answer or there is none, DKG100 when the file cannot be read.
    """
    if path.is_file() and path.stat().st_size == 0:
        raise _bad_row(path, 1, "the file is empty")
    text = read_text(path).text
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        raise DiasporaKGError(
            "DKG504",
            f"there is no column {' and no column '.join(map(repr, missing))}",
            f"The first line has the columns {', '.join(COLUMNS)}; '{NIL}' where there is no "
            "answer, an empty country where it is not known.",
            Location(str(path), 1, 1),
        )
    rows = []
    for row in reader:
        cells = {column: (row[column] or "").strip() for column in COLUMNS}
        if not cells["name"] or not cells["expected"]:
            raise _bad_row(path, reader.line_num, "the row lacks a name or an answer")
        if cells["country"] and not is_country_code(cells["country"]):
            raise _bad_row(
                path, reader.line_num, f"the country '{cells['country']}' is no code of two letters"
            )
        rows.append(Gold(**cells, line=reader.line_num))
    if not rows:
        raise _bad_row(path, 2, "there are no names in the file")
    return rows


def _delimiter(text: str) -> str:
    """Return what parts the columns: spreadsheets of many countries write semicolons."""
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)


def _bad_row(path: Path, line: int, message: str) -> DiasporaKGError:
    hint = f"Write name,country,expected,kind; expected is an IRI of the registry or '{NIL}'."
    return DiasporaKGError("DKG505", message, hint, Location(str(path), line, 1))


def evaluate(gold: Sequence[Gold], matcher: Matcher, path: str = "") -> Evaluation:
    """Ask for every name and count.

    Raises ``DiasporaKGError`` (DKG506) when an answer is no thing of the registry.
    """
    known = set(matcher.index.iris)
    for row in gold:
        if row.expected != NIL and row.expected not in known:
            raise DiasporaKGError(
                "DKG506",
                f"the registry has no '{row.expected}'",
                f"Check that this is the right registry; write '{NIL}' where it has no answer.",
                Location(path, row.line, 1) if path else None,
            )
    outcomes = []
    for row in gold:
        best = matcher.candidates(row.name, row.country or None, limit=1)
        outcomes.append(
            Outcome(row, best[0].iri, best[0].probability) if best else Outcome(row, "", 0.0)
        )
    return figures_of(outcomes)


def figures_of(outcomes: Sequence[Outcome]) -> Evaluation:
    """Count outcomes; the threshold is the lowest that keeps a precision of 98 %."""
    answered = [(o.probability, o.is_right) for o in outcomes if o.found]
    answers = sum(o.gold.expected != NIL for o in outcomes)
    recall, threshold = recall_at_precision(answered, answers, PRECISION)
    kinds = dict.fromkeys(o.gold.kind.split(":")[0] for o in outcomes)
    parts = {
        kind: [o for o in outcomes if o.gold.kind.split(":")[0] == kind] for kind in sorted(kinds)
    }
    nil = [o for o in outcomes if o.gold.expected == NIL]
    rejected = sum(o.probability < threshold for o in nil)
    squares = [(probability - right) ** 2 for probability, right in answered]
    return Evaluation(
        total=_figures("all", outcomes, threshold),
        kinds=tuple(_figures(kind, part, threshold) for kind, part in parts.items()),
        threshold=threshold,
        recall_at_98_precision=recall,
        nil_rejected=rejected / len(nil) if nil else None,
        brier=sum(squares) / len(squares) if squares else 0.0,
        bins=tuple(_bins(answered)),
        outcomes=tuple(outcomes),
    )


def recall_at_precision(
    answered: Iterable[tuple[float, bool]], answers: int, precision: float
) -> tuple[float, float]:
    """Return the highest recall at which the precision is reached, and the threshold for it.

    ``answered`` holds the probability of each first candidate and whether it is right; ``answers``
    counts the names that have one. Equal probabilities are accepted together. Where no threshold
    is good enough, nothing is accepted: recall 0, threshold above 1.
    """
    ranked = sorted(answered, key=lambda pair: -pair[0])
    best, threshold, right = 0, 1.01, 0
    for at, (probability, is_right) in enumerate(ranked):
        right += is_right
        is_last_of_equals = at + 1 == len(ranked) or ranked[at + 1][0] < probability
        if is_last_of_equals and right >= precision * (at + 1) and right > best:
            best, threshold = right, probability
    return (best / answers if answers else 0.0), threshold


def _figures(kind: str, outcomes: Sequence[Outcome], threshold: float) -> Figures:
    accepted = [o for o in outcomes if o.found and o.probability >= threshold]
    return Figures(
        kind=kind,
        names=len(outcomes),
        answers=sum(o.gold.expected != NIL for o in outcomes),
        first=sum(o.is_right for o in outcomes),
        accepted=len(accepted),
        accepted_right=sum(o.is_right for o in accepted),
    )


def _bins(answered: Sequence[tuple[float, bool]]) -> Iterable[Bin]:
    for number in range(_BINS):
        lowest, highest = number / _BINS, (number + 1) / _BINS
        part = [
            (p, right)
            for p, right in answered
            if lowest <= p < highest or (p == highest == 1.0 and number == _BINS - 1)
        ]
        if part:
            said = sum(p for p, _ in part) / len(part)
            yield Bin(lowest, highest, len(part), said, sum(r for _, r in part) / len(part))
