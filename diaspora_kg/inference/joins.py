"""Rules ready to be joined: a plan for each atom by which one is set off, and the look-ups."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

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

    def index(self, *codes: Code) -> None:
        """Enter triples into the look-ups that ask for them."""
        forward, backward = self._forward, self._backward
        for subject, predicate, obj in codes:
            if predicate in forward:
                forward[predicate].setdefault(subject, []).append(obj)
            if predicate in backward:
                backward[predicate].setdefault(obj, []).append(subject)

    def remove(self, code: Code) -> None:
        """Take a triple out of the look-ups that it was entered into."""
        subject, predicate, obj = code
        forward = self._forward.get(predicate)
        if forward is not None:
            forward[subject].remove(obj)
        backward = self._backward.get(predicate)
        if backward is not None:
            backward[obj].remove(subject)

    def matches(self, step: Step, bound: list[int]) -> Iterable[Code]:
        """Return the triples that fit a step; literals are compared by value."""
        subject, obj = bound[step.subject], bound[step.obj]
        if self._twins:
            return self._matches_by_value(step, subject, obj)
        if step.subject_bound and step.object_bound:
            code = (subject, step.predicate, obj)
            return (code,) if code in self._known else ()
        return self._from_index(step, subject, obj)

    def _matches_by_value(self, step: Step, subject: int, obj: int) -> Iterator[Code]:
        twins = self._twins
        if step.subject_bound and step.object_bound:
            for end in twins.get(obj, (obj,)):
                code = (subject, step.predicate, end)
                if code in self._known:
                    yield code
        elif step.subject_bound:
            for start in twins.get(subject, (subject,)):
                yield from self._from_index(step, start, obj)
        else:
            for end in twins.get(obj, (obj,)):
                yield from self._from_index(step, subject, end)

    def _from_index(self, step: Step, subject: int, obj: int) -> Iterable[Code]:
        """Return the triples with one end; those that are entered on the way come in too."""
        predicate = step.predicate
        if step.subject_bound:
            ends = self._standing(self._forward[predicate].get(subject))
            return ((subject, predicate, end) for end in ends) if ends else ()
        ends = self._standing(self._backward[predicate].get(obj))
        return ((end, predicate, obj) for end in ends) if ends else ()

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

    def look_up_by_value(self) -> None:
        """Let the constants of rules be found in all forms of their values, now that these meet."""
        for plans in self.by_object.values():
            for obj in [obj for obj in plans if self.form(obj) != obj]:
                plans[self.form(obj)] += plans.pop(obj)
                plans[self.form(obj)].sort(key=lambda plan: (plan.number, plan.places[0]))

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
