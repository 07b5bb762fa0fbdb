"""Candidates and what becomes of them: proposing, deciding, undoing, replaying, merging."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from diaspora_kg.linking.reviewing import DECISIONS, Review, merged, replay
from diaspora_kg.linking.suggesting import Snapshot, suggest
from diaspora_kg.linking.things import Thing
from diaspora_kg.reading.links import BROAD, EXACT, Link, Verdict

OURS = "https://w3id.org/diaspora-kg/id/"
ROR = "https://ror.org/"
SNAPSHOT = Snapshot(ROR, "sha256:1")


@dataclass(frozen=True)
class Answer:
    """What a registry answers."""

    iri: str
    label: str
    probability: float
    why: tuple[str, ...] = ("same words",)


def candidate(subject: str, key: str) -> Link:
    """Return a candidate."""
    return Link(OURS + subject, EXACT, ROR + key, "LexicalMatching", source=ROR, confidence=0.9)


def ask(thing: Thing, limit: int) -> Iterable[Answer]:
    """Answer every thing with three records."""
    return [
        Answer(ROR + "one", "One", 0.95),
        Answer(ROR + "two", "Two", 0.7),
        Answer(ROR + "three", "Three", 0.2),
    ][:limit]


YTB = Thing(OURS + "ytb", (("Presidency", "en"),))


def objects(links: Iterable[Link]) -> list[str]:
    """Return the keys of the records."""
    return [link.object.removeprefix(ROR) for link in links]


class TestSuggesting:
    """What is proposed."""

    def test_what_is_likely_enough_is_proposed(self) -> None:
        """Candidates come with their probability and the snapshot, and are no links."""
        found = suggest([YTB], ask, SNAPSHOT).links

        assert objects(found) == ["one", "two"]
        assert found[0].confidence == 0.95
        assert found[0].source_version == "sha256:1"
        assert {link.verdict for link in found} == {Verdict.SUGGESTED}

    def test_what_was_rejected_is_not_proposed_again(self) -> None:
        """A rejected pair is remembered, and so is one that was left open."""
        rejected = replace(candidate("ytb", "one"), is_negated=True)
        open_one = replace(candidate("ytb", "two"), reviewer="A", agreement=0.0)

        assert objects(suggest([YTB], ask, SNAPSHOT, known=[rejected]).links) == ["two"]
        assert objects(suggest([YTB], ask, SNAPSHOT, known=[rejected, open_one]).links) == []

    def test_a_thing_with_a_link_is_left_alone(self) -> None:
        """Whether the graph or a file has the link, nothing more is proposed in that registry."""
        accepted = replace(candidate("ytb", "other"), reviewer="A")
        linked = replace(YTB, matches=frozenset({ROR + "other"}))

        assert suggest([YTB], ask, SNAPSHOT, known=[accepted]).links == ()
        assert suggest([linked], ask, SNAPSHOT).links == ()


class TestReview:
    """One candidate after the other."""

    def review(self) -> Review:
        """Return a review of three candidates for two things."""
        three = [candidate("a", "one"), candidate("a", "two"), candidate("b", "one")]
        return Review(three, "A. Coder", "2026-01-31")

    def test_a_decision_is_recorded(self) -> None:
        """A decision has its reviewer and day, and the next candidate comes."""
        review = self.review()

        review.decide(DECISIONS["broad"])

        done = review.links[0]
        assert (done.predicate, done.reviewer, done.review_date) == (
            BROAD,
            "A. Coder",
            "2026-01-31",
        )
        assert review.current == candidate("a", "two")

    def test_what_is_found_is_not_asked_again(self) -> None:
        """When a thing has its match, its other candidates are passed over."""
        review = self.review()

        review.decide(DECISIONS["accept"])

        assert review.current == candidate("b", "one")
        assert review.links[1].verdict is Verdict.SUGGESTED

    def test_a_decision_can_be_taken_back(self) -> None:
        """After undoing, the candidate is asked again, and no trace of the decision is left."""
        review = self.review()
        review.decide(DECISIONS["accept"])

        assert review.undo()

        assert review.current == candidate("a", "one")
        assert review.left == 3
        assert not review.undo()

    def test_a_skipped_candidate_comes_last(self) -> None:
        """Skipping decides nothing."""
        review = self.review()

        review.skip()

        assert review.current == candidate("a", "two")
        assert review.left == 3

    def test_verdicts_of_decisions(self) -> None:
        """Rejecting and not being sure are no links."""
        review = self.review()
        review.decide(DECISIONS["reject"])
        review.decide(DECISIONS["not sure"])

        assert [link.verdict for link in review.links] == [
            Verdict.REJECTED,
            Verdict.UNDECIDED,
            Verdict.SUGGESTED,
        ]


class TestReplay:
    """A former review on newer candidates."""

    def test_the_same_pairs_are_decided_as_before(self) -> None:
        """Old decisions hold for the same pairs, with their reviewer; the rest is to be decided."""
        former = [
            replace(candidate("a", "one"), reviewer="A", review_date="2025-01-01", agreement=1.0),
            replace(candidate("a", "two"), is_negated=True, reviewer="A"),
            replace(candidate("c", "one"), reviewer="A"),
        ]
        newer = [
            replace(candidate("a", key), source_version="sha256:2") for key in ("one", "two", "new")
        ]

        done = replay(newer, former)

        assert [link.verdict for link in done.links] == [
            Verdict.ACCEPTED,
            Verdict.REJECTED,
            Verdict.SUGGESTED,
        ]
        assert done.links[0].review_date == "2025-01-01"
        assert done.links[0].source_version == "sha256:2"
        assert (done.repeated, done.fresh) == (2, 1)
        assert objects(done.gone) == ["one"]


class TestMerging:
    """Reviewed candidates into the links."""

    def test_only_what_was_reviewed_comes(self) -> None:
        """Suggestions stay behind; rejected ones come, to be remembered."""
        reviewed = [
            candidate("a", "one"),
            replace(candidate("a", "two"), is_negated=True, reviewer="A"),
        ]

        links, came, changed = merged([], reviewed)

        assert objects(links) == ["two"]
        assert (came, changed) == (1, 0)

    def test_a_newer_review_holds(self) -> None:
        """A pair stands once, with its last review; doing it twice changes nothing."""
        old = replace(candidate("a", "one"), reviewer="A")
        new = replace(old, is_negated=True, review_date="2026-01-31")

        links, came, changed = merged([old], [new])

        assert links == (new,)
        assert (came, changed) == (0, 1)
        assert merged(links, [new])[1:] == (0, 0)
