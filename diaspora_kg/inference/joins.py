"""Rules ready to be joined: a plan for each atom by which one is set off, and the look-ups."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from diaspora_kg.inference.equality import Equality
from diaspora_kg.inference.numbering import Code, Numbering
from diaspora_kg.inference.plans import Plan, Step, plan_from
from diaspora_kg.inference.rules import Rule, is_variable
from diaspora_kg.terms import TYPE, Term


class Joins:
    """The plans of some rules, and indexes over the triples that plans look up.

    Only what a plan asks for is indexed. When terms that rules name turn out to be one, or rules
    are added, new joins are made.
    """

    def __init__(
        self,
        rules: Sequence[Rule],
        numbering: Numbering,
        equality: Equality,
        twins: Mapping[int, tuple[int, ...]],
        known: Mapping[Code, object],
    ) -> None:
        """Plan all rules, with the terms that stand for those they name."""
        self._numbering, self._equality = numbering, equality
        self._twins, self._known = twins, known
        self.type = numbering.number(TYPE)
        self.by_predicate: dict[int, list[Plan]] = defaultdict(list)
        self.by_object: dict[int, dict[int, list[Plan]]] = defaultdict(lambda: defaultdict(list))
        self._forward: dict[int, dict[int, list[int]]] = {}
        self._backward: dict[int, dict[int, list[int]]] = {}
        self.unnamed = {numbering.number(term) for rule in rules for term in rule.unnamed}
        for number, rule in enumerate(rules):
            for position in range(len(rule.body)):
                self._plan(number, rule, position)

    def asks_for(self, predicate: int) -> bool:
        """Tell whether any triple of a predicate sets off a rule."""
        return predicate in self.by_predicate or predicate in self.by_object

    def index(self, code: Code) -> None:
        """Enter a triple into the look-ups that ask for it."""
        subject, predicate, obj = code
        forward = self._forward.get(predicate)
        if forward is not None:
            forward.setdefault(subject, []).append(obj)
        backward = self._backward.get(predicate)
        if backward is not None:
            backward.setdefault(obj, []).append(subject)

    def remove(self, code: Code) -> None:
        """Take a triple out of the look-ups that it was entered into."""
        subject, predicate, obj = code
        forward = self._forward.get(predicate)
        if forward is not None:
            forward[subject].remove(obj)
        backward = self._backward.get(predicate)
        if backward is not None:
            backward[obj].remove(subject)

    def matches(self, step: Step, bound: list[int]) -> Iterator[tuple[int, int]]:
        """Yield the ends of the triples that fit a step; literals are compared by value."""
        subject = bound[step.subject] if step.subject >= 0 else ~step.subject
        obj = bound[step.obj] if step.obj >= 0 else ~step.obj
        twins = self._twins
        if step.subject_bound and step.object_bound:
            for end in twins.get(obj, (obj,)):
                if (subject, step.predicate, end) in self._known:
                    yield subject, end
        elif step.subject_bound:
            for start in twins.get(subject, (subject,)):
                for value in self._standing(self._forward[step.predicate].get(start)):
                    yield start, value
        else:
            for end in twins.get(obj, (obj,)):
                for value in self._standing(self._backward[step.predicate].get(end)):
                    yield value, end

    def _standing(self, terms: list[int] | None) -> Sequence[int]:
        """Return terms without those for which another stands by now."""
        if terms is None:
            return ()
        leader = self._equality.leader
        return [term for term in terms if term not in leader] if leader else terms

    def form(self, number: int) -> int:
        """Return the first of the forms of a literal."""
        forms = self._twins.get(number)
        return number if forms is None else forms[0]

    def _plan(self, number: int, rule: Rule, position: int) -> None:
        atom = rule.body[position]
        plan = plan_from(rule, number, position, self._number_standing)
        for step in plan.steps:
            if step.subject_bound and not step.object_bound:
                self._forward.setdefault(step.predicate, {})
            if step.object_bound and not step.subject_bound:
                self._backward.setdefault(step.predicate, {})
        predicate = self._number_standing(atom[1])
        if is_variable(atom[2]):
            self.by_predicate[predicate].append(plan)
        else:
            obj = self.form(self._number_standing(atom[2]))
            self.by_object[predicate][obj].append(plan)

    def _number_standing(self, term: Term) -> int:
        return self._equality.of(self._numbering.number(term))
