"""How a rule goes on from one triple that fits it: the joins, planned once for each rule."""

from collections.abc import Callable
from dataclasses import dataclass

from diaspora_kg.inference.numbering import Code
from diaspora_kg.inference.rules import Atom, Rule, is_variable
from diaspora_kg.terms import Term

_OPEN = -1
"""What the slot of a variable holds until the variable is bound."""


@dataclass(frozen=True, slots=True)
class Step:
    """One further atom of a body, with what is bound when it is reached."""

    predicate: int
    subject: int
    obj: int
    """The slot of a variable or of a constant."""
    subject_bound: bool
    object_bound: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """How a rule goes on from a triple that matches one atom of its body.

    Its terms stand in slots: first the ends of that triple, then the constants and variables of
    the rule. So a join and a conclusion read slots, and need not ask what they hold.
    """

    number: int
    rest: tuple[int, ...]
    """What the slots after the first two hold at the start."""
    alike: tuple[int, int] | None
    """Two slots that must hold the same term, or else the rule does not go on."""
    steps: tuple[Step, ...]
    places: tuple[int, ...]
    """The place in the body of each premise, for premises are named in the order of the body."""
    head: tuple[int, int, int] | None
    """The slot of the subject, the predicate, and the slot of the object."""
    who: int = -1
    """Where a rule finds equals: the slot of the one found; -1 in other rules."""
    keys: tuple[int, ...] = ()

    def in_order(self, premises: tuple[Code, ...]) -> tuple[Code, ...]:
        """Return premises, given in the order of the joins, in the order of the body."""
        if len(premises) == 1:
            return premises
        return tuple(code for _, code in sorted(zip(self.places, premises, strict=True)))


def plan_from(rule: Rule, number: int, position: int, code_of: Callable[[Term], int]) -> Plan:
    """Return how a rule goes on when a triple matches the atom at a position of its body.

    Atoms that share most with what is bound come next, so that every join is a look-up.
    """
    first = rule.body[position]
    slots: dict[Term, int] = {}
    rest: list[int] = []

    def slot(term: Term) -> int:
        if term not in slots:
            slots[term] = 2 + len(rest)
            rest.append(_OPEN if is_variable(term) else code_of(term))
        return slots[term]

    for place, end in ((1, first[2]), (0, first[0])):
        if is_variable(end):
            slots[end] = place
    alike = None
    if not is_variable(first[0]):
        alike = 0, slot(first[0])
    elif first[0] == first[2]:
        alike = 0, 1
    bound = {end for end in (first[0], first[2]) if is_variable(end)}
    steps: list[Step] = []
    places = [position]
    left = {i: atom for i, atom in enumerate(rule.body) if i != position}
    while left:
        place = min(left, key=lambda i: (-_bound_ends(left[i], bound), abs(i - position), i))
        subject, predicate, obj = left.pop(place)
        are_bound = [not is_variable(end) or end in bound for end in (subject, obj)]
        steps.append(Step(code_of(predicate), slot(subject), slot(obj), *are_bound))
        bound.update((subject, obj))
        places.append(place)
    head = rule.head
    coded = None if head is None else (slot(head[0]), code_of(head[1]), slot(head[2]))
    who, keys = -1, tuple[int, ...]()
    if rule.identity is not None:
        who = slots[rule.identity.who]
        keys = tuple(slots[key] for key in rule.identity.keys)
    return Plan(number, tuple(rest), alike, tuple(steps), tuple(places), coded, who, keys)


def _bound_ends(atom: Atom, bound: set[Term]) -> int:
    return sum(not is_variable(end) or end in bound for end in (atom[0], atom[2]))
