"""How a rule goes on from one triple that fits it: the joins, planned once for each rule."""

from collections.abc import Callable
from dataclasses import dataclass

from diaspora_kg.inference.rules import Atom, Rule, is_variable
from diaspora_kg.terms import Term


@dataclass(frozen=True, slots=True)
class Step:
    """One further atom of a body, with what is bound when it is reached."""

    predicate: int
    subject: int
    obj: int
    """A slot of a variable, or ``~term`` (a negative number) for a constant."""
    subject_bound: bool
    object_bound: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """How a rule goes on from a triple that matches one atom of its body."""

    number: int
    subject: int
    obj: int
    steps: tuple[Step, ...]
    places: tuple[int, ...]
    """The place in the body of each premise, for premises are named in the order of the body."""
    slots: int
    head: tuple[int, int, int] | None
    who: int = -1
    """Where a rule finds equals: the slot of the one found; -1 in other rules."""
    keys: tuple[int, ...] = ()


def plan_from(rule: Rule, number: int, position: int, code_of: Callable[[Term], int]) -> Plan:
    """Return how a rule goes on when a triple matches the atom at a position of its body.

    Atoms that share most with what is bound come next, so that every join is a look-up.
    """
    slots: dict[Term, int] = {}

    def slot(term: Term) -> int:
        if is_variable(term):
            return slots.setdefault(term, len(slots))
        return ~code_of(term)

    first = rule.body[position]
    subject, obj = slot(first[0]), slot(first[2])
    steps: list[Step] = []
    places = [position]
    rest = {i: atom for i, atom in enumerate(rule.body) if i != position}
    while rest:
        place = min(rest, key=lambda i: (-_bound_ends(rest[i], slots), abs(i - position), i))
        atom = rest.pop(place)
        bound = [not is_variable(end) or end in slots for end in (atom[0], atom[2])]
        steps.append(Step(code_of(atom[1]), slot(atom[0]), slot(atom[2]), bound[0], bound[1]))
        places.append(place)
    head = rule.head
    coded = None if head is None else (slot(head[0]), code_of(head[1]), slot(head[2]))
    who, keys = -1, tuple[int, ...]()
    if rule.identity is not None:
        who = slots[rule.identity.who]
        keys = tuple(slots[key] for key in rule.identity.keys)
    return Plan(number, subject, obj, tuple(steps), tuple(places), len(slots), coded, who, keys)


def _bound_ends(atom: Atom, slots: dict[Term, int]) -> int:
    return sum(not is_variable(end) or end in slots for end in (atom[0], atom[2]))
