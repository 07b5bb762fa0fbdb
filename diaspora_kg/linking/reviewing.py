"""A review: what a person decides about candidates, one after the other, and can take back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from diaspora_kg.reading.links import BROAD, CLOSE, EXACT, NARROW, Link, Verdict


@dataclass(frozen=True)
class Decision:
    """What a person can say of a candidate."""

    word: str
    predicate: str = EXACT
    is_negated: bool = False
    agreement: float = 1.0


DECISIONS = {
    "accept": Decision("accept"),
    "close": Decision("close", CLOSE),
    "broad": Decision("broad", BROAD),
    "narrow": Decision("narrow", NARROW),
    "reject": Decision("reject", is_negated=True),
    "not sure": Decision("not sure", agreement=0.0),
}
"""By the word that stands in a spreadsheet."""


def word_of(link: Link) -> str:
    """Return the decision that a link records, as a word; nothing for a suggestion."""
    if link.verdict is Verdict.SUGGESTED:
        return ""
    if link.verdict is Verdict.ACCEPTED:
        words = {CLOSE: "close", BROAD: "broad", NARROW: "narrow"}
        return words.get(link.predicate, "accept")
    return "reject" if link.verdict is Verdict.REJECTED else "not sure"


def decided(link: Link, decision: Decision, reviewer: str, day: str) -> Link:
    """Return a candidate with what a person decided; what it was found by stays."""
    return replace(
        link,
        predicate=decision.predicate,
        is_negated=decision.is_negated,
        agreement=decision.agreement,
        reviewer=reviewer,
        review_date=day,
    )


class Review:
    """The candidates of a file, and how far a person got with them."""

    def __init__(self, links: Iterable[Link], reviewer: str, day: str) -> None:
        """Take the candidates; those that were reviewed before are not asked again."""
        self.links = list(links)
        self._reviewer, self._day = reviewer, day
        self._done: list[tuple[int, Link]] = []
        self._queue = self._waiting()

    @property
    def current(self) -> Link | None:
        """The candidate to be decided now; None when there is none left."""
        return self.links[self._queue[0]] if self._queue else None

    @property
    def left(self) -> int:
        """How many are still to be decided."""
        return len(self._queue)

    @property
    def decisions(self) -> int:
        """How many were decided in this review."""
        return len(self._done)

    def decide(self, decision: Decision) -> None:
        """Decide the current candidate.

        What is accepted as the same thing ends the questions about its subject in that registry:
        the other candidates stay suggestions.
        """
        at = self._queue[0]
        self._done.append((at, self.links[at]))
        self.links[at] = decided(self.links[at], decision, self._reviewer, self._day)
        self._queue = self._waiting()

    def skip(self) -> None:
        """Put the current candidate last."""
        self._queue.append(self._queue.pop(0))

    def undo(self) -> bool:
        """Take back the last decision; tell whether there was one."""
        if not self._done:
            return False
        at, before = self._done.pop()
        self.links[at] = before
        self._queue = [at, *(each for each in self._waiting() if each != at)]
        return True

    def _waiting(self) -> list[int]:
        settled = {
            (link.subject, link.source)
            for link in self.links
            if link.verdict is Verdict.ACCEPTED and link.predicate == EXACT
        }
        return [
            at
            for at, link in enumerate(self.links)
            if link.verdict is Verdict.SUGGESTED and (link.subject, link.source) not in settled
        ]


@dataclass(frozen=True)
class Replayed:
    """A former review on newer candidates."""

    links: tuple[Link, ...]
    repeated: int
    """Candidates that were decided as before."""
    fresh: int
    """Candidates that nobody has looked at."""
    gone: tuple[Link, ...]
    """What was accepted before and is no candidate any more."""


def replay(links: Iterable[Link], former: Iterable[Link]) -> Replayed:
    """Return newer candidates with the decisions of a former review, pair by pair."""
    before: Mapping[tuple[str, str], Link] = {
        link.pair: link for link in former if link.verdict is not Verdict.SUGGESTED
    }
    found: list[Link] = []
    for link in links:
        old = before.get(link.pair)
        if old is None or link.verdict is not Verdict.SUGGESTED:
            found.append(link)
        else:
            found.append(
                replace(
                    link,
                    predicate=old.predicate,
                    is_negated=old.is_negated,
                    agreement=old.agreement,
                    reviewer=old.reviewer,
                    review_date=old.review_date,
                )
            )
    pairs = {link.pair for link in found}
    gone = (old for pair, old in before.items() if pair not in pairs)
    waiting = sum(link.verdict is Verdict.SUGGESTED for link in found)
    repeated = sum(link.pair in before for link in found)
    accepted = tuple(link for link in gone if link.verdict is Verdict.ACCEPTED)
    return Replayed(tuple(found), repeated, waiting, accepted)


def merged(known: Iterable[Link], reviewed: Iterable[Link]) -> tuple[tuple[Link, ...], int, int]:
    """Return known links with reviewed ones, and how many came and how many changed.

    Of a pair that is spoken of in both the newer review holds. Suggestions are left out.
    """
    fresh = {link.pair: link for link in reviewed if link.verdict is not Verdict.SUGGESTED}
    listed = list(known)
    before = {link.pair: link.without_place() for link in listed}
    came = sum(pair not in before for pair in fresh)
    changed = sum(
        pair in before and before[pair] != link.without_place() for pair, link in fresh.items()
    )
    kept = (link for link in listed if link.pair not in fresh)
    return (*kept, *fresh.values()), came, changed
