"""Everything that follows from facts and axioms, each with a proof of least depth.

The closure is found in rounds, after the semi-naive evaluation of Datalog (Abiteboul, Hull and
Vianu, *Foundations of Databases*, 1995, chapter 13): a round takes the triples that the last one
found and joins each with all that is known. A triple found in round *n* therefore has no proof
of fewer than *n* steps, and its premises were all found earlier: no proof is circular. Types of
unnamed class expressions cost no step, for no reader sees them.
"""

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from diaspora_kg.inference.axioms import Atom, Rule, Rules, compile_axioms
from diaspora_kg.inference.proofs import Inconsistency, Proof
from diaspora_kg.terms import TYPE, Term, Triple

_Code = tuple[int, int, int]
_Reason = tuple[int, tuple[_Code, ...]]
"""The number of a rule and the premises that it took; ``(-1, ())`` for a given triple."""
_GIVEN: _Reason = (-1, ())


def closure(facts: Iterable[Triple], axioms: Iterable[Triple]) -> "Closure":
    """Return what follows from facts under the axioms of an ontology.

    Facts and axioms are N-Triples terms. Only the axioms that ``axioms.compile_axioms`` names
    are used; the others are listed in ``Closure.unsupported``.
    """
    return Reasoner(compile_axioms(axioms)).closure(facts)


class Reasoner:
    """The rules of one ontology, ready to be used on any facts."""

    def __init__(self, rules: Rules) -> None:
        """Take compiled axioms; nothing is computed yet."""
        self.rules = rules

    def closure(self, facts: Iterable[Triple]) -> "Closure":
        """Return what follows from facts. The same facts in another order give the same result."""
        with _without_collector():
            run = _Run(self.rules.rules, sorted(set(facts)))
            run.saturate()
        return Closure(run, self.rules.unsupported)


class Closure:
    """What follows from some facts: triples, proofs, and what cannot be."""

    def __init__(self, run: "_Run", unsupported: tuple[Triple, ...]) -> None:
        """Take a finished run."""
        self._run = run
        self._proofs: dict[_Code, Proof] = {}
        self.unsupported = unsupported

    @property
    def triples(self) -> list[Triple]:
        """The inferred triples, sorted; those that were given are not among them."""
        run = self._run
        return sorted(
            run.decode(code)
            for code, reason in run.known.items()
            if reason is not _GIVEN and not run.is_hidden(code)
        )

    def __contains__(self, triple: Triple) -> bool:
        """Tell whether a triple was given or follows."""
        code = self._run.find(triple)
        return code is not None and code in self._run.known

    def proof(self, triple: Triple) -> Proof | None:
        """Return a proof of least depth, a single leaf for a given triple, None for neither."""
        code = self._run.find(triple)
        if code is None or code not in self._run.known:
            return None
        return self._proof(code)

    @property
    def inconsistencies(self) -> tuple[Inconsistency, ...]:
        """What the axioms do not allow together, each broken axiom once for the same triples."""
        found = {}
        for number, premises in self._run.broken:
            rule = self._run.rules[number]
            shown, axioms = self._visible(premises, rule.axioms)
            finding = Inconsistency(rule.name, axioms, tuple(self._proof(code) for code in shown))
            found[rule.name, frozenset(proof.triple for proof in finding.premises)] = finding
        return tuple(found.values())

    def _proof(self, root: _Code) -> Proof:
        stack = [root]
        while stack:
            code = stack[-1]
            if code in self._proofs:
                stack.pop()
                continue
            number, premises = self._run.known[code]
            if number < 0:
                self._proofs[code] = Proof(self._run.decode(code))
                continue
            rule = self._run.rules[number]
            shown, axioms = self._visible(premises, rule.axioms)
            missing = [premise for premise in shown if premise not in self._proofs]
            if missing:
                stack.extend(missing)
                continue
            below = tuple(self._proofs[premise] for premise in shown)
            self._proofs[code] = Proof(self._run.decode(code), rule.name, axioms, below)
        return self._proofs[root]

    def _visible(
        self, premises: tuple[_Code, ...], axioms: tuple[Triple, ...]
    ) -> tuple[list[_Code], tuple[Triple, ...]]:
        """Replace premises about unnamed classes and properties by what these stand on."""
        shown: dict[_Code, None] = {}
        used = list(axioms)
        stack = list(reversed(premises))
        while stack:
            code = stack.pop()
            if self._run.is_hidden(code):
                number, below = self._run.known[code]
                used.extend(self._run.rules[number].axioms)
                stack.extend(reversed(below))
            else:
                shown[code] = None
        return list(shown), tuple(dict.fromkeys(used))


@dataclass(frozen=True)
class _Step:
    """One further atom of a body, with what is bound when it is reached."""

    predicate: int
    subject: int
    obj: int
    """A slot of a variable, or ``~term`` (a negative number) for a constant."""
    subject_bound: bool
    object_bound: bool


@dataclass(frozen=True)
class _Plan:
    """How a rule goes on from a triple that matches one atom of its body."""

    number: int
    subject: int
    obj: int
    steps: tuple[_Step, ...]
    places: tuple[int, ...]
    """The place in the body of each premise, for premises are named in the order of the body."""
    slots: int
    head: tuple[int, int, int] | None


class _Run:
    """One computation: terms as numbers, indexes, the agenda."""

    def __init__(self, rules: tuple[Rule, ...], facts: list[Triple]) -> None:
        self.rules = rules
        self._numbers: dict[Term, int] = {}
        self._terms: list[Term] = []
        self._literal: list[bool] = []
        self._by_predicate: dict[int, list[_Plan]] = defaultdict(list)
        self._by_object: dict[int, dict[int, list[_Plan]]] = defaultdict(lambda: defaultdict(list))
        self._forward: dict[int, dict[int, list[int]]] = {}
        self._backward: dict[int, dict[int, list[int]]] = {}
        self.known: dict[_Code, _Reason] = {}
        self.broken: dict[tuple[int, tuple[_Code, ...]], None] = {}
        self._current: list[_Code] = []
        self._next: dict[_Code, _Reason] = {}
        self._type = self.number(TYPE)
        self._unnamed = {self.number(term) for rule in rules for term in rule.unnamed}
        for number, rule in enumerate(rules):
            self._plan(number, rule)
        for fact in facts:
            code = self._encode(fact)
            self.known[code] = _GIVEN
            self._current.append(code)

    def decode(self, code: _Code) -> Triple:
        terms = self._terms
        return terms[code[0]], terms[code[1]], terms[code[2]]

    def find(self, triple: Triple) -> _Code | None:
        numbers = [self._numbers.get(term) for term in triple]
        if None in numbers:
            return None
        return self._encode(triple)

    def is_hidden(self, code: _Code) -> bool:
        """Tell whether a triple speaks of a class or property that has no name."""
        return code[1] in self._unnamed or (code[1] == self._type and code[2] in self._unnamed)

    def saturate(self) -> None:
        """Go on, round by round, until nothing new is found."""
        self._start()
        while self._current:
            for code in self._current:
                self._index(code)
            place = 0
            while place < len(self._current):  # it grows: types of unnamed classes cost no step
                self._fire(self._current[place])
                place += 1
            self.known.update(self._next)
            self._current = list(self._next)
            self._next = {}

    def _start(self) -> None:
        """Assert what follows from no premise: the members of enumerated classes."""
        for number, rule in enumerate(self.rules):
            if not rule.body and rule.head is not None:
                code = self._encode(rule.head)
                if code not in self.known:
                    self.known[code] = (number, ())
                    self._current.append(code)

    def _fire(self, code: _Code) -> None:
        _, predicate, obj = code
        for plan in self._by_predicate.get(predicate, ()):
            self._apply(plan, code)
        if predicate in self._by_object:
            for plan in self._by_object[predicate].get(obj, ()):
                self._apply(plan, code)

    def _apply(self, plan: _Plan, code: _Code) -> None:
        bound = [-1] * plan.slots
        if plan.subject >= 0:
            bound[plan.subject] = code[0]
        elif ~plan.subject != code[0]:
            return
        if plan.obj >= 0:
            if bound[plan.obj] not in (-1, code[2]):
                return
            bound[plan.obj] = code[2]
        if not plan.steps:
            self._conclude(plan, bound, [code])
        else:
            self._join(plan, 0, bound, [code])

    def _join(self, plan: _Plan, number: int, bound: list[int], premises: list[_Code]) -> None:
        if number == len(plan.steps):
            self._conclude(plan, bound, premises)
            return
        step = plan.steps[number]
        for subject, obj in self._matches(step, bound):
            code = (subject, step.predicate, obj)
            inner = bound.copy()
            if step.subject >= 0:
                inner[step.subject] = subject
            if step.obj >= 0:
                inner[step.obj] = obj
            self._join(plan, number + 1, inner, [*premises, code])

    def _matches(self, step: _Step, bound: list[int]) -> Iterator[tuple[int, int]]:
        subject = bound[step.subject] if step.subject >= 0 else ~step.subject
        obj = bound[step.obj] if step.obj >= 0 else ~step.obj
        if step.subject_bound and step.object_bound:
            if (subject, step.predicate, obj) in self.known:
                yield subject, obj
        elif step.subject_bound:
            for value in self._forward[step.predicate].get(subject, ()):
                yield subject, value
        else:
            for value in self._backward[step.predicate].get(obj, ()):
                yield value, obj

    def _conclude(self, plan: _Plan, bound: list[int], premises: list[_Code]) -> None:
        if plan.head is None:
            self.broken[plan.number, self._in_order(plan, premises)] = None
            return
        subject, predicate, obj = plan.head
        code = (
            bound[subject] if subject >= 0 else ~subject,
            predicate,
            bound[obj] if obj >= 0 else ~obj,
        )
        if code in self.known or code in self._next or self._literal[code[0]]:
            return
        reason = (plan.number, self._in_order(plan, premises))
        if self.is_hidden(code):
            self.known[code] = reason
            self._index(code)
            self._current.append(code)
        else:
            self._next[code] = reason

    @staticmethod
    def _in_order(plan: _Plan, premises: list[_Code]) -> tuple[_Code, ...]:
        if len(premises) == 1:
            return (premises[0],)
        return tuple(code for _, code in sorted(zip(plan.places, premises, strict=True)))

    def _index(self, code: _Code) -> None:
        subject, predicate, obj = code
        forward = self._forward.get(predicate)
        if forward is not None:
            forward.setdefault(subject, []).append(obj)
        backward = self._backward.get(predicate)
        if backward is not None:
            backward.setdefault(obj, []).append(subject)

    def _plan(self, number: int, rule: Rule) -> None:
        """Write one plan for every atom of a body by which the rule can be set off."""
        for position, atom in enumerate(rule.body):
            plan = _planned(self, number, rule, position)
            for step in plan.steps:
                if step.subject_bound and not step.object_bound:
                    self._forward.setdefault(step.predicate, {})
                if step.object_bound and not step.subject_bound:
                    self._backward.setdefault(step.predicate, {})
            predicate = self.number(atom[1])
            if _is_variable(atom[2]):
                self._by_predicate[predicate].append(plan)
            else:
                self._by_object[predicate][self.number(atom[2])].append(plan)

    def number(self, term: Term) -> int:
        """Return the number of a term, a new one if need be."""
        number = self._numbers.get(term)
        if number is None:
            number = self._numbers[term] = len(self._terms)
            self._terms.append(term)
            self._literal.append(term.startswith('"'))
        return number

    def _encode(self, triple: Triple) -> _Code:
        return self.number(triple[0]), self.number(triple[1]), self.number(triple[2])


def _is_variable(term: Term) -> bool:
    return term.startswith("?")


def _planned(run: _Run, number: int, rule: Rule, position: int) -> _Plan:
    slots: dict[Term, int] = {}

    def slot(term: Term) -> int:
        if _is_variable(term):
            return slots.setdefault(term, len(slots))
        return ~run.number(term)

    first = rule.body[position]
    subject, obj = slot(first[0]), slot(first[2])
    steps: list[_Step] = []
    places = [position]
    rest = {i: atom for i, atom in enumerate(rule.body) if i != position}
    while rest:
        place = min(rest, key=lambda i: (-_bound_ends(rest[i], slots), abs(i - position), i))
        atom = rest.pop(place)
        bound = [not _is_variable(end) or end in slots for end in (atom[0], atom[2])]
        steps.append(_Step(run.number(atom[1]), slot(atom[0]), slot(atom[2]), bound[0], bound[1]))
        places.append(place)
    head = rule.head
    coded = None if head is None else (slot(head[0]), run.number(head[1]), slot(head[2]))
    return _Plan(number, subject, obj, tuple(steps), tuple(places), len(slots), coded)


def _bound_ends(atom: Atom, slots: dict[Term, int]) -> int:
    return sum(not _is_variable(end) or end in slots for end in (atom[0], atom[2]))


@contextmanager
def _without_collector() -> Iterator[None]:
    """Switch the cyclic garbage collector off: nothing here is cyclic, and it takes most time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
