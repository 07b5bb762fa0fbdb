"""The values of this package: what stands against a claim, and the conflicts made of that."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from diaspora_kg.terms import Quad, Term

KINDS = ("attribution", "classification", "definition", "scope", "validity", "value")


@dataclass(frozen=True, order=True)
class Opposition:
    """Two claims, or a claim and an observation, that cannot both stand as they are."""

    kind: str
    """One of ``KINDS``; the concept is ``dkgc:<kind>-conflict``."""
    one: Term
    other: Term
    """Always after ``one`` in order, see ``oppose``."""
    about: tuple[Term, ...] = ()
    """What the two are held against one another on; oppositions about other things stay apart."""
    why: str = ""
    """The coder's reason, if the opposition was coded and a reason given."""
    is_coded: bool = False
    measured: str = ""
    """What a data set has, in words, where one of the two is an observation."""

    @property
    def pair(self) -> tuple[Term, Term]:
        """The two that stand against one another."""
        return self.one, self.other


def oppose(
    kind: str,
    one: Term,
    other: Term,
    about: tuple[Term, ...] = (),
    why: str = "",
    *,
    coded: bool = False,
    measured: str = "",
) -> Opposition:
    """Return the opposition of two claims, or of a claim and an observation, in either order."""
    first, second = sorted((one, other))
    return Opposition(kind, first, second, about, why, coded, measured)


_End = tuple[str, tuple[Term, ...], Term]


def components(oppositions: Iterable[Opposition]) -> list[tuple[Opposition, ...]]:
    """Return oppositions of one kind and about one thing that hang together by their ends."""
    above: dict[_End, _End] = {}

    def top(end: _End) -> _End:
        while (higher := above.setdefault(end, end)) != end:
            above[end] = above[higher]
            end = above[end]
        return end

    listed = list(oppositions)
    for opposition in listed:
        one, other = (top((opposition.kind, opposition.about, end)) for end in opposition.pair)
        above[one] = other
    groups: dict[_End, list[Opposition]] = defaultdict(list)
    for opposition in listed:
        groups[top((opposition.kind, opposition.about, opposition.one))].append(opposition)
    return sorted(tuple(sorted(group)) for group in groups.values())


@dataclass(frozen=True)
class Conflict:
    """Two or more claims that stand against one another, or claims and observations."""

    iri: Term
    kind: str
    claims: tuple[Term, ...]
    oppositions: tuple[Opposition, ...]
    label: str
    description: str
    within_source: Term | None = None
    """The source, when it contradicts itself."""
    status: str = "open"
    """``open`` or ``decided``."""
    upheld: frozenset[Term] = frozenset()
    rejected: frozenset[Term] = frozenset()
    undecidable: frozenset[Term] = frozenset()
    """Claims between which somebody found that nothing decides."""
    adjudications: tuple[Term, ...] = ()
    observations: tuple[Term, ...] = ()
    """The measured numbers against which the claims stand, if any."""

    @property
    def sides(self) -> tuple[Term, ...]:
        """All between whom the conflict lies: claims, then observations."""
        return self.claims + self.observations

    @property
    def is_open(self) -> bool:
        """Whether some claims of it still stand against one another undecided."""
        return self.status == "open"


@dataclass(frozen=True)
class Conflicts:
    """All conflicts of a graph, and their quads in ``dkgg:conflicts``."""

    conflicts: tuple[Conflict, ...]
    quads: tuple[Quad, ...]

    def of_claim(self, claim: Term) -> tuple[Conflict, ...]:
        """Return the conflicts that a claim is in."""
        return tuple(conflict for conflict in self.conflicts if claim in conflict.claims)
