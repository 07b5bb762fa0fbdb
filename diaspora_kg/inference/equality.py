"""Which things are one: classes of equals, each with one term that stands for all.

Union by size with a table of members (Galler and Fisher, *An Improved Equivalence Algorithm*,
1964, in the form that keeps members at hand).
"""

from collections import defaultdict, deque
from collections.abc import Iterable

Pair = tuple[int, int]


class Equality:
    """Classes of equal terms; a term that equals nothing else costs nothing."""

    def __init__(self) -> None:
        """Begin with nothing equal."""
        self.leader: dict[int, int] = {}
        """Who stands for a term, for terms that another stands for."""
        self.members: dict[int, list[int]] = {}
        """The terms for which a term stands, for classes of two and more."""

    def __bool__(self) -> bool:
        """Whether any two terms are one."""
        return bool(self.leader)

    def of(self, term: int) -> int:
        """Return who stands for a term."""
        return self.leader.get(term, term)

    def all_of(self, term: int) -> list[int]:
        """Return all that is one with a term, itself included."""
        return self.members.get(self.of(term)) or [term]

    def join(self, winner: int, loser: int) -> None:
        """Let one leader stand for the class of another too."""
        taken = self.members.pop(loser, [loser])
        for term in taken:
            self.leader[term] = winner
        self.members.setdefault(winner, [winner]).extend(taken)


class Forest:
    """The statements that joined classes of equals.

    No two of them join the same classes, so the way between two equals is unique. It uses the
    earliest statements that join them, and a proof reads it off without circles.
    """

    def __init__(self, pairs: Iterable[Pair]) -> None:
        """Take pairs of terms as they were stated."""
        self._ways: dict[int, list[int]] = defaultdict(list)
        for one, other in pairs:
            self._ways[one].append(other)
            self._ways[other].append(one)

    def way(self, start: int, goal: int) -> list[Pair]:
        """Return the statements that lead from one of two equals to the other, in their order."""
        before: dict[int, int] = {start: start}
        waiting = deque([start])
        while waiting and goal not in before:
            here = waiting.popleft()
            for there in self._ways.get(here, ()):
                if there not in before:
                    before[there] = here
                    waiting.append(there)
        steps: list[Pair] = []
        while goal in before and goal != start:
            steps.append((before[goal], goal))
            goal = before[goal]
        return steps[::-1]
