"""Rounds of inference: what is known, what is new, and what follows from both.

Terms are numbers here, and a triple is three of them. A round takes the triples that the last
one found and joins each with all that is known (semi-naive evaluation). Triples about unnamed
classes cost no step: they join the round that finds them.
"""

from collections import defaultdict
from collections.abc import Iterator

from diaspora_kg.inference.axioms import Rule
from diaspora_kg.inference.plans import Plan, Step, is_variable, plan_from
from diaspora_kg.terms import TYPE, Term, Triple

Code = tuple[int, int, int]
Reason = tuple[int, tuple[Code, ...]]
"""The number of a rule and the premises that it took; ``GIVEN`` for a given triple."""
GIVEN: Reason = (-1, ())


class Rounds:
    """One computation: terms as numbers, indexes, the triples of each round."""

    def __init__(self, rules: tuple[Rule, ...], facts: list[Triple]) -> None:
        """Take rules and facts; the order of both decides between proofs of equal depth."""
        self.rules = rules
        self._numbers: dict[Term, int] = {}
        self._terms: list[Term] = []
        self._literal: list[bool] = []
        self._by_predicate: dict[int, list[Plan]] = defaultdict(list)
        self._by_object: dict[int, dict[int, list[Plan]]] = defaultdict(lambda: defaultdict(list))
        self._forward: dict[int, dict[int, list[int]]] = {}
        self._backward: dict[int, dict[int, list[int]]] = {}
        self.known: dict[Code, Reason] = {}
        self.broken: dict[tuple[int, tuple[Code, ...]], None] = {}
        self._current: list[Code] = []
        self._next: dict[Code, Reason] = {}
        self._type = self.number(TYPE)
        self._unnamed = {self.number(term) for rule in rules for term in rule.unnamed}
        for number, rule in enumerate(rules):
            self._plan(number, rule)
        for fact in facts:
            code = self._encode(fact)
            self.known[code] = GIVEN
            self._current.append(code)

    def decode(self, code: Code) -> Triple:
        """Return the triple of three numbers."""
        terms = self._terms
        return terms[code[0]], terms[code[1]], terms[code[2]]

    def find(self, triple: Triple) -> Code | None:
        """Return the numbers of a triple, if all its terms are known."""
        numbers = [self._numbers.get(term) for term in triple]
        if None in numbers:
            return None
        return self._encode(triple)

    def is_hidden(self, code: Code) -> bool:
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

    def _fire(self, code: Code) -> None:
        _, predicate, obj = code
        for plan in self._by_predicate.get(predicate, ()):
            self._apply(plan, code)
        if predicate in self._by_object:
            for plan in self._by_object[predicate].get(obj, ()):
                self._apply(plan, code)

    def _apply(self, plan: Plan, code: Code) -> None:
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

    def _join(self, plan: Plan, number: int, bound: list[int], premises: list[Code]) -> None:
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

    def _matches(self, step: Step, bound: list[int]) -> Iterator[tuple[int, int]]:
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

    def _conclude(self, plan: Plan, bound: list[int], premises: list[Code]) -> None:
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
    def _in_order(plan: Plan, premises: list[Code]) -> tuple[Code, ...]:
        if len(premises) == 1:
            return (premises[0],)
        return tuple(code for _, code in sorted(zip(plan.places, premises, strict=True)))

    def _index(self, code: Code) -> None:
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
            plan = plan_from(rule, number, position, self.number)
            for step in plan.steps:
                if step.subject_bound and not step.object_bound:
                    self._forward.setdefault(step.predicate, {})
                if step.object_bound and not step.subject_bound:
                    self._backward.setdefault(step.predicate, {})
            predicate = self.number(atom[1])
            if is_variable(atom[2]):
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

    def _encode(self, triple: Triple) -> Code:
        return self.number(triple[0]), self.number(triple[1]), self.number(triple[2])
