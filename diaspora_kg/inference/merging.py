"""Equal things as one: of each class of equals one stands for all, in every triple.

Between rounds, the triples of the others are written anew with the one that stands for them (Motik
et al., *Handling owl:sameAs via Rewriting*, AAAI 2015), so a class of n equals costs no n² triples.
"""

from collections import defaultdict
from collections.abc import Iterable, Set

from diaspora_kg.inference.datatypes import are_different
from diaspora_kg.inference.equality import Equality
from diaspora_kg.inference.numbering import Code, Numbering
from diaspora_kg.inference.reasons import REWRITTEN, Reason


class Merging:
    """The classes of equals of one computation, and what its triples became by them."""

    def __init__(self, known: dict[Code, Reason], numbering: Numbering, same: int) -> None:
        """Take the triples that are known, to which those written anew are added.

        ``same`` is the number of ``owl:sameAs``: what it says of two things is never rewritten.
        """
        self.equality = Equality()
        self.joined: list[Code] = []
        """The equalities that joined two classes, in the order in which they were found."""
        self.aliases: dict[Code, list[Code]] = defaultdict(list)
        """Triples that became the same as another when two things turned out to be one."""
        self.clashes: list[Code] = []
        """Equalities of different literals that joining two classes brought about (dt-diff)."""
        self._known, self._numbering, self._same = known, numbering, same
        self._mentions: dict[int, list[Code]] | None = None

    def standing(self, code: Code) -> Code:
        """Return a triple with the terms that stand for its own."""
        leader = self.equality.leader
        return (
            leader.get(code[0], code[0]),
            leader.get(code[1], code[1]),
            leader.get(code[2], code[2]),
        )

    def mention(self, code: Code) -> None:
        """Note a triple that became known in the middle of a round."""
        if self._mentions is not None:
            self._mentions.setdefault(code[0], []).append(code)
            self._mentions.setdefault(code[2], []).append(code)

    def join(
        self, equalities: Iterable[Code], current: Iterable[Code], named: Set[int]
    ) -> tuple[list[Code], bool]:
        """Join the classes of equal things.

        ``current`` are the triples of the next round and ``named`` the terms of the rules. Returned
        are the triples of the next round, as they now stand, and whether rules speak of something
        that was joined.
        """
        mentions = self._ready_mentions(current)
        again = False
        rewritten: list[Code] = []
        for code in equalities:
            one, other = self.equality.of(code[0]), self.equality.of(code[2])
            if one == other:
                continue
            if len(mentions.get(one, ())) < len(mentions.get(other, ())):
                one, other = other, one
            self._compare_literals(one, other)
            again = again or one in named or other in named
            self.joined.append(code)
            self.equality.join(one, other)
            for old in mentions.pop(other, ()):
                self._rewrite(old, rewritten)
        fresh = dict.fromkeys([*current, *rewritten])
        kept = [code for code in fresh if code == self.standing(code)]
        if again:
            for old in [code for code in self._known if code != self.standing(code)]:
                self._rewrite(old, kept)
        return kept, again

    def _ready_mentions(self, current: Iterable[Code]) -> dict[int, list[Code]]:
        """Return the triples that mention a term; they are sought when first needed."""
        if self._mentions is None:
            self._mentions = {}
            current = self._known
        for code in current:
            self.mention(code)
        return self._mentions

    def _rewrite(self, old: Code, rewritten: list[Code]) -> None:
        new = self.standing(old)
        if old[1] == self._same or new == old:
            return
        if new not in self._known:
            self._known[new] = (REWRITTEN, (old,))
            self.mention(new)
            rewritten.append(new)
        elif old not in self.aliases[new]:
            self.aliases[new].append(old)

    def _compare_literals(self, one: int, other: int) -> None:
        """See whether joining two classes makes different literals one (dt-diff)."""
        first, second = self._literal_of(one), self._literal_of(other)
        if first is None or second is None:
            return
        terms = self._numbering.terms
        if are_different(terms[first], terms[second]):
            self.clashes.append((first, self._same, second))

    def _literal_of(self, leader: int) -> int | None:
        """Return a literal of a class of equals, if there is one."""
        literal = self._numbering.literal
        return next((term for term in self.equality.all_of(leader) if literal[term]), None)
