"""Rounds of inference: what is known, what is new, and what follows from both.

Terms are numbers here, and a triple is three of them. A round takes the triples that the last
one found and joins each with all that is known (semi-naive evaluation). Triples about unnamed
classes cost no step: they join the round that finds them. Of equal things one stands
for all (``merging``). Literals that are one value keep their forms, and are matched by value.
"""

from collections.abc import Callable, Sequence

from diaspora_kg.inference.datatypes import are_different, holds
from diaspora_kg.inference.joins import Joins
from diaspora_kg.inference.literals import ill_typed, twins_among, typed, values_among
from diaspora_kg.inference.merging import Merging
from diaspora_kg.inference.numbering import Code, Numbering
from diaspora_kg.inference.plans import Plan
from diaspora_kg.inference.reasons import GIVEN, Reason
from diaspora_kg.inference.rules import SAME_AS, Rule
from diaspora_kg.inference.table_rules import BUILT_IN, RESTATED
from diaspora_kg.namespaces import OWL, RDF, RDFS
from diaspora_kg.terms import TYPE, Triple

_EQ_REF, _DT_TYPE2, _DT_DIFF, _DT_NOT_TYPE = range(4)
"""The places of the rules that the program sets off, among those that always hold."""

Extend = Callable[[list[Triple]], Sequence[Rule]]
"""Returns the rules that axioms give which were found on the way."""


class Rounds:
    """One computation: terms as numbers, indexes, the triples of each round."""

    def __init__(
        self, rules: Sequence[Rule], facts: list[Triple], extend: Extend | None = None
    ) -> None:
        """Take rules and facts; the order of both decides between proofs of equal depth."""
        self.rules: list[Rule] = [*BUILT_IN, *rules]
        self.twins: dict[int, tuple[int, ...]] = {}
        """Of a literal with several forms, all of them."""
        self.known: dict[Code, Reason] = {}
        self.broken: dict[Reason, None] = {}
        self._extend = extend
        self.numbering = numbering = Numbering()
        self._type, self._same = numbering.number(TYPE), numbering.number(SAME_AS)
        self._groups: dict[tuple[int, ...], tuple[int, tuple[Code, ...]]] = {}
        self.merging = Merging(self.known, numbering, self._same)
        self.equality = self.merging.equality
        self._equalities: list[Code] = []
        self._next: dict[Code, Reason] = {}
        self._current: list[Code] = []
        self._joins = self._plan()
        self._give(facts)

    # --- Reading a finished run -------------------------------------------------------------

    def is_unnamed(self, code: Code) -> bool:
        """Tell whether a triple speaks of a class or property that has no name."""
        return code[1] in self._joins.unnamed or (
            code[1] == self._type and code[2] in self._joins.unnamed
        )

    def standing(self, code: Code) -> Code:
        """Return a triple with the terms that stand for its own."""
        return self.merging.standing(code)

    # --- Rounds ---------------------------------------------------------------------------

    def saturate(self) -> None:
        """Go on, round by round, until nothing new is found."""
        self._start()
        self._settle()
        while self._current:
            self._joins.index(*self._current)
            for code in self._current:  # it grows: types of unnamed classes cost no step
                self._fire(code)
            self.known.update(self._next)
            self._current = list(self._next)
            self._next = {}
            self._settle()
        self._check_distinct()

    def _give(self, facts: Sequence[Triple]) -> None:
        codes = self.numbering.encode_all(facts)
        self.known.update(dict.fromkeys(codes, GIVEN))
        self._equalities += [code for code in codes if code[1] == self._same]
        self._current += [code for code in codes if code[1] != self._same]

    def _start(self) -> None:
        """Assert what follows from no premise, and look at the literals."""
        self._reflect()
        for number, rule in enumerate(self.rules):
            self._assert(number, rule)
        values = values_among(self.numbering)
        self.twins.update(twins_among(values))
        if self.twins:
            self._joins.look_up_by_value()
        self._type_literals()
        wrong = ill_typed(values)
        if wrong:
            for code in self.known:
                if code[2] in wrong:
                    self.broken[_DT_NOT_TYPE, (code,)] = None

    def _assert(self, number: int, rule: Rule) -> None:
        """State what follows from nothing but the axiom."""
        if not rule.body and rule.head is not None:
            code = self.numbering.encode(rule.head)
            if code not in self.known:
                self.known[code] = (number, ())
                (self._equalities if code[1] == self._same else self._current).append(code)

    def _reflect(self) -> None:
        """State that each term is itself, if some rule asks for equality (eq-ref)."""
        if not self._joins.asks_for(self._same):
            return
        for term in range(len(self.numbering.terms)):
            code = (term, self._same, term)
            if code not in self.known:
                self.known[code] = (_EQ_REF, ())
                self._current.append(code)

    def _type_literals(self) -> None:
        """Give literals the datatypes that hold them, where a rule asks for these (dt-type2)."""
        for number, datatype in typed(self.numbering, self._joins.by_object.get(self._type, ())):
            code = (number, self._type, datatype)
            if code not in self.known:
                self.known[code] = (_DT_TYPE2, ())
                self._current.append(code)

    # --- One triple ------------------------------------------------------------------------

    def _fire(self, code: Code) -> None:
        _, predicate, obj = code
        for plan in self._joins.by_predicate.get(predicate, ()):
            self._apply(plan, code)
        if predicate in self._joins.by_object:
            if self.twins:
                obj = self._joins.form(obj)
            for plan in self._joins.by_object[predicate].get(obj, ()):
                self._apply(plan, code)

    def _apply(self, plan: Plan, code: Code) -> None:
        bound = [code[0], code[2], *plan.rest]
        if plan.alike is not None and bound[plan.alike[0]] != bound[plan.alike[1]]:
            return
        if plan.steps:
            self._join(plan, 0, bound, (code,))
        else:
            self._conclude(plan, bound, (code,))

    def _join(self, plan: Plan, place: int, bound: list[int], premises: tuple[Code, ...]) -> None:
        """Go on with a step; what it binds is bound anew by each triple that fits."""
        step = plan.steps[place]
        place += 1
        for code in self._joins.matches(step, bound):
            if not step.subject_bound:
                bound[step.subject] = code[0]
            if not step.object_bound:
                bound[step.obj] = code[2]
            if place == len(plan.steps):
                self._conclude(plan, bound, (*premises, code))
            else:
                self._join(plan, place, bound, (*premises, code))

    def _conclude(self, plan: Plan, bound: list[int], premises: tuple[Code, ...]) -> None:
        if plan.head is None:
            self._conclude_without_head(plan, bound, premises)
            return
        subject, predicate, obj = plan.head
        code = (bound[subject], predicate, bound[obj])
        if code not in self.known and code not in self._next:
            self._learn(code, (plan.number, plan.in_order(premises)))

    def _learn(self, code: Code, reason: Reason) -> None:
        """Take note of a triple that is new."""
        predicate = code[1]
        if predicate == self._same:
            self._equate(code, reason)
            return
        if (
            predicate == self._type
            and self.numbering.literal[code[0]]
            and not self._types(code, reason)
        ):
            return
        if self.is_unnamed(code):
            self.known[code] = reason
            self.merging.mention(code)
            self._joins.index(code)
            self._current.append(code)
        else:
            self._next[code] = reason

    def _types(self, code: Code, reason: Reason) -> bool:
        """Check the type of a literal (dt-not-type); tell whether it says anything new."""
        datatype, literal = self.numbering.terms[code[2]], self.numbering.terms[code[0]]
        held = holds(datatype, literal)
        if held is False:
            self.known[code] = reason
            self.broken[_DT_NOT_TYPE, (code,)] = None
            return False
        asked = (
            code[2] in self._joins.by_object.get(self._type, ())
            or self._type in self._joins.by_predicate
        )
        return asked or held is None

    def _conclude_without_head(
        self, plan: Plan, bound: list[int], premises: tuple[Code, ...]
    ) -> None:
        in_order = plan.in_order(premises)
        if plan.who < 0:
            self.broken[plan.number, in_order] = None
            return
        key = (plan.number, *(self._joins.form(bound[slot]) for slot in plan.keys))
        who = bound[plan.who]
        first = self._groups.setdefault(key, (who, in_order))
        other = self.equality.of(first[0])
        if other != who:
            self._equate((other, self._same, who), (plan.number, (*first[1], *in_order)))

    def _equate(self, code: Code, reason: Reason) -> None:
        """Take note that two things are one; equal literals are so already, others never are."""
        one, _, other = code
        if code in self.known or other in self.twins.get(one, (one,)):
            return
        self.known[code] = reason
        if not (self.numbering.literal[one] and self.numbering.literal[other]):
            self._equalities.append(code)
        elif are_different(self.numbering.terms[one], self.numbering.terms[other]):
            self.broken[_DT_DIFF, (code,)] = None

    # --- Between rounds ---------------------------------------------------------------------

    def _settle(self) -> None:
        """Join what turned out to be equal, and take up axioms that were found."""
        again = False
        if self._equalities:
            again = self._merge()
        if self._extend is not None and self._current:
            again = self._take_up_axioms() or again
        if again:
            self._begin_anew()

    def _merge(self) -> bool:
        """Join classes of equals; tell whether rules speak of something that was joined."""
        named = {self.numbering.number(term) for rule in self.rules for term in rule.terms}
        named |= {code[1] for code in self.known}
        waiting, self._equalities = self._equalities, []
        self._current, again = self.merging.join(waiting, self._current, named)
        self.broken.update(((_DT_DIFF, (clash,)), None) for clash in self.merging.clashes)
        return again

    def _take_up_axioms(self) -> bool:
        """Make rules of axioms that were inferred; tell whether there are any."""
        assert self._extend is not None
        found = []
        for code in self._current:
            number = self.known[code][0]
            if number >= 0 and self.rules[number].name not in RESTATED and self._may_be_axiom(code):
                found.append(self.numbering.decode(code))
        new = self._extend(found) if found else ()
        start = len(self.rules)
        self.rules.extend(new)
        for number, rule in enumerate(new, start):
            self._assert(number, rule)
        return bool(new)

    def _may_be_axiom(self, code: Code) -> bool:
        if code[1] == self._type:
            return self.numbering.terms[code[2]].startswith(f"<{OWL}")
        return self.numbering.terms[code[1]].startswith((f"<{OWL}", f"<{RDFS}", f"<{RDF}"))

    def _begin_anew(self) -> None:
        """Plan the rules with the terms that now stand, and set them off from all that is known."""
        self._joins = self._plan()
        self._type_literals()
        same, asked = self._same, self._joins.asks_for(self._same)
        self._current = [
            code
            for code in self.known
            if code == self.standing(code) and (code[1] != same or (asked and code[0] == code[2]))
        ]

    def _check_distinct(self) -> None:
        """Find things that were said to differ and turned out to be one (eq-diff2, eq-diff3)."""
        for number, rule in enumerate(self.rules):
            seen: dict[int, int] = {}
            for member in rule.distinct:
                term = self.numbering.number(member)
                first = seen.setdefault(self.equality.of(term), term)
                if first != term:
                    self.broken[number, ((first, self._same, term),)] = None

    def _plan(self) -> Joins:
        return Joins(self.rules, self.numbering, self.equality, self.twins, self.known)
