"""The algebra of SPARQL (SPARQL 1.1 Query, section 18), evaluated with the triples of each match.

What is bound outside of a part is handed into it only where that cannot change what the part
means: a value for a variable that the part itself always binds saves it from trying others.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from rdflib import Literal, Variable
from rdflib.plugins.sparql.parserutils import CompValue

from diaspora_kg.evidence.effort import Effort, NotTraceableError
from diaspora_kg.evidence.expressions import Expressions, questions_of_existence, to_oxigraph
from diaspora_kg.evidence.gaps import Gaps
from diaspora_kg.evidence.matching import Patterns
from diaspora_kg.evidence.paths import Reader
from diaspora_kg.evidence.scope import Scope, first_of, name_of
from diaspora_kg.evidence.solutions import (
    Bindings,
    Indexed,
    Traced,
    bind,
    both,
    joined,
    merged,
)
from diaspora_kg.evidence.solutions import compatible as agree
from diaspora_kg.lookup import Node

NOTHING: Bindings = {}
_Way = Callable[[CompValue, Bindings], Iterator[Traced]]


class Evaluation:
    """Evaluates the parts of one query over one view of a store."""

    def __init__(self, reader: Reader, effort: Effort | None = None) -> None:
        """Take what the query sees and how much following it may cost."""
        self.effort = effort or Effort()
        self.reader = replace(reader, effort=self.effort)
        self.scope = Scope()
        self.computed: set[str] = set()
        """The variables that an expression computed."""
        self._expressions = Expressions()
        self._aggregated: set[str] = set()
        self._substituted: Bindings = NOTHING
        """Inside EXISTS: the solution that is tested, which everything inside sees."""
        self._patterns: dict[int, Patterns] = {}
        self._removed: dict[tuple[int, Reader], Indexed] = {}
        self._multisets: dict[tuple[int, Reader], list[Traced]] = {}
        self._indexed: dict[tuple[tuple[int, Reader], frozenset[str]], Indexed] = {}
        self._gaps = Gaps(self.part, self._patterns_of)
        self._ways: dict[str, _Way] = {
            "BGP": self._pattern,
            "Join": self._join,
            "LeftJoin": self._left_join,
            "Union": self._union,
            "Filter": self._filter,
            "Minus": self._minus,
            "Graph": self._graph,
            "Extend": self._extend,
            "ToMultiSet": self._multiset,
            "values": self._values,
            "AggregateJoin": self._aggregate,
            "Project": self._project,
            "SelectQuery": self._inside,
            "Distinct": self._distinct,
            "Reduced": self._distinct,
            "OrderBy": self._order_by,
            "Slice": self._slice,
        }

    def part(self, part: CompValue, bound: Bindings = NOTHING) -> Iterator[Traced]:
        """Yield the solutions of a part of the algebra that agree with what is bound.

        Raises ``NotTraceableError`` for a part that is not followed.
        """
        way = self._ways.get(part.name)
        if way is None:
            raise NotTraceableError(f"'{part.name}' is not followed")
        uncertain = self.scope.uncertain(part)
        if uncertain.isdisjoint(bound):
            return way(part, bound)
        return self._checked(way, part, bound, uncertain)

    def _checked(
        self, way: _Way, part: CompValue, bound: Bindings, uncertain: frozenset[str]
    ) -> Iterator[Traced]:
        """Keep from a part what it may not see, and compare afterwards."""
        held = {name: term for name, term in bound.items() if name in uncertain}
        seen = {name: term for name, term in bound.items() if name not in uncertain}
        for solution in way(part, seen):
            if agree(held, solution.bindings):
                yield replace(solution, bindings={**solution.bindings, **held})

    # --- Matching and joining -----------------------------------------------------------

    def _pattern(self, part: CompValue, bound: Bindings) -> Iterator[Traced]:
        return self._patterns_of(part).solutions(self.reader, bound)

    def _patterns_of(self, part: CompValue) -> Patterns:
        patterns = self._patterns.get(id(part))
        if patterns is None:
            patterns = self._patterns[id(part)] = Patterns(list(part.triples))
        return patterns

    def _join(self, part: CompValue, bound: Bindings) -> Iterator[Traced]:
        first, second = first_of(part)
        lefts, outside = self.part(first, bound), self.scope.possible(first)
        if second.name == "ToMultiSet" or not self.scope.uncertain(second).isdisjoint(outside):
            rights = self._index(self.part(second, bound), outside)
            for left in lefts:
                for right in rights.compatible(left.bindings):
                    yield joined(left, right)
            return
        for left in lefts:
            for right in self.part(second, left.bindings):
                yield joined(left, right)

    def _left_join(self, part: CompValue, bound: Bindings) -> Iterator[Traced]:
        outside, rights = self.scope.possible(part.p1), None
        if not self.scope.uncertain(part.p2).isdisjoint(outside):
            rights = self._index(self.part(part.p2, bound), outside)
        for left in self.part(part.p1, bound):
            matched = False
            if rights is None:
                found = self.part(part.p2, left.bindings)
            else:
                found = rights.compatible(left.bindings)
            for right in found:
                kept = self._holds(part.expr, joined(left, right), None)
                if kept is not None:
                    matched = True
                    yield kept
            if not matched:
                absent = self.missing(part.p2, left.bindings, part.expr)
                yield replace(left, absent=left.absent | absent)

    def missing(
        self,
        part: CompValue,
        bound: Bindings = NOTHING,
        condition: Any = None,  # noqa: ANN401 - rdflib's parse tree
    ) -> frozenset[str]:
        """Return in words what a part looked for in vain: the first thing that is not there."""
        return self._gaps.missing(part, self.reader, bound, condition)

    def _union(self, part: CompValue, bound: Bindings) -> Iterator[Traced]:
        yield from self.part(part.p1, bound)
        yield from self.part(part.p2, bound)

    def _minus(self, part: CompValue, bound: Bindings) -> Iterator[Traced]:
        shared = self.scope.possible(part.p1) & self.scope.possible(part.p2)
        removed = self._removed_by(part, shared)
        for left in self.part(part.p1, bound):
            own = {name: term for name, term in left.bindings.items() if name in shared}
            if not any(own.keys() & other.bindings.keys() for other in removed.compatible(own)):
                yield replace(left, absent=left.absent | self.missing(part.p2, own))

    def _index(
        self, solutions: Iterator[Traced], names: frozenset[str], *, stays: bool = False
    ) -> Indexed:
        return Indexed(self.effort.holding(solutions, stays=stays), names)

    def _removed_by(self, part: CompValue, shared: frozenset[str]) -> Indexed:
        if self._substituted:
            return self._index(self.part(part.p2, self._substituted), shared)
        key = (id(part), self.reader)
        if key not in self._removed:
            self._removed[key] = self._index(self.part(part.p2), shared, stays=True)
        return self._removed[key]

    def _graph(self, part: CompValue, bound: Bindings) -> Iterator[Traced]:
        outer = self.reader
        name = name_of(part.term)
        chosen = bound.get(name) if isinstance(part.term, Variable) else to_oxigraph(part.term)
        for graph in outer.named_graphs(chosen):
            inner = bind(bound, ((part.term, graph),)) or NOTHING
            self.reader = outer.inside(graph)
            try:
                found = list(self.effort.holding(self.part(part.p, inner)))
            finally:
                self.reader = outer
            for solution in found:
                if solution.bindings.get(name, graph) == graph:
                    named = {**inner, **solution.bindings}
                    yield replace(solution, bindings=named)

    # --- Expressions --------------------------------------------------------------------

    def _filter(self, part: CompValue, bound: Bindings) -> Iterator[Traced]:
        visible = self.scope.possible(part.p)
        for solution in self.part(part.p, bound):
            kept = self._holds(part.expr, solution, visible)
            if kept is not None:
                yield kept

    def _holds(
        self,
        expression: Any,  # noqa: ANN401 - rdflib's parse tree
        solution: Traced,
        visible: frozenset[str] | None,
    ) -> Traced | None:
        name = getattr(expression, "name", "")  # a variable alone may be a condition
        if expression is None or name == "TrueFilter":
            return solution
        if name in ("ConditionalOrExpression", "ConditionalAndExpression"):
            return self._hold(expression, solution, visible)
        if name == "Builtin_IF":
            return self._choose(expression, solution, visible)
        witness = self._settle_existence(expression, solution)
        seen = self._visible(solution.bindings, visible)
        return witness if self._expressions.holds(expression, seen) else None

    def _hold(
        self,
        expression: Any,  # noqa: ANN401 - rdflib's parse tree
        solution: Traced,
        visible: frozenset[str] | None,
    ) -> Traced | None:
        """Test one condition after the other, and none whose answer cannot change anything.

        An EXISTS may look through the whole graph where a condition before it has settled all.
        """
        conditions = [expression.expr, *(expression.other or ())]
        is_choice = expression.name == "ConditionalOrExpression"
        kept: Traced | None = solution
        for condition in conditions:
            kept = self._holds(condition, solution, visible)
            if (kept is not None) == is_choice:
                break
            solution = kept or solution
        return kept

    def _choose(
        self,
        expression: Any,  # noqa: ANN401 - rdflib's parse tree
        solution: Traced,
        visible: frozenset[str] | None,
    ) -> Traced | None:
        """Test the one of two conditions that an IF comes to, and not the other."""
        solution = self._settle_existence(expression.arg1, solution)
        seen = self._visible(solution.bindings, visible)
        if self._expressions.value(expression.arg1, seen) is None:
            return None  # an error is no answer
        is_first = self._expressions.holds(expression.arg1, seen)
        chosen = expression.arg2 if is_first else expression.arg3
        return self._holds(chosen, solution, visible)

    def _visible(self, bindings: Bindings, visible: frozenset[str] | None) -> Bindings:
        if visible is None:
            return bindings
        own = {name: term for name, term in bindings.items() if name in visible}
        return {**self._substituted, **own}

    def _extend(self, part: CompValue, bound: Bindings) -> Iterator[Traced]:
        name = name_of(part.var)
        if not isinstance(part.expr, Variable) or str(part.expr) in self._aggregated:
            self.computed.add(name)
        visible = self.scope.possible(part.p)
        for solution in self.part(part.p, bound):
            witness = self._settle_existence(part.expr, solution)
            value = self._expressions.value(part.expr, self._visible(solution.bindings, visible))
            if value is None:
                yield witness
            elif witness.bindings.get(name, value) == value:
                yield replace(witness, bindings={**witness.bindings, name: value})

    def _settle_existence(self, expression: Any, solution: Traced) -> Traced:  # noqa: ANN401
        """Answer every EXISTS of an expression for one solution, and keep its witness."""
        ground, absent = solution.ground, solution.absent
        for node, asks_for_absence in questions_of_existence(expression):
            witness = self._witness(node.graph, solution.bindings)
            answer = Literal((witness is not None) == (node.name == "Builtin_EXISTS"))
            node._evalfn = lambda _context, answer=answer: answer
            if witness is not None:
                ground, absent = both(ground, witness.ground), absent | witness.absent
            elif asks_for_absence:
                absent |= self._missing_inside(node.graph, solution.bindings)
        if ground is solution.ground and absent is solution.absent:
            return solution
        return replace(solution, ground=ground, absent=absent)

    def _witness(self, part: CompValue, bindings: Bindings) -> Traced | None:
        with self._inside_of(bindings):
            return next(self.part(part, bindings), None)

    def _missing_inside(self, part: CompValue, bindings: Bindings) -> frozenset[str]:
        with self._inside_of(bindings):
            return self.missing(part, bindings)

    @contextmanager
    def _inside_of(self, bindings: Bindings) -> Iterator[None]:
        """Have what is bound outside of an EXISTS stand for its variables inside."""
        outer, self._substituted = self._substituted, bindings
        try:
            yield
        finally:
            self._substituted = outer

    # --- Sub-selects, values, groups ----------------------------------------------------

    def _inside(self, part: CompValue, bound: Bindings) -> Iterator[Traced]:
        return self.part(part.p, bound)

    def _multiset(self, part: CompValue, bound: Bindings) -> Iterator[Traced]:
        # what is inside a sub-select or a VALUES block does not see what is bound outside
        shared = self.scope.possible(part).intersection(bound)
        for solution in self._multiset_by(part, shared).compatible(bound):
            yield replace(solution, bindings={**bound, **solution.bindings})

    def _multiset_by(self, part: CompValue, shared: frozenset[str]) -> Indexed:
        key = (id(part), self.reader)
        if key not in self._multisets:
            self._multisets[key] = list(self.effort.holding(self.part(part.p), stays=True))
        if (key, shared) not in self._indexed:
            self._indexed[key, shared] = Indexed(self._multisets[key], shared)
        return self._indexed[key, shared]

    def _values(self, part: CompValue, bound: Bindings) -> Iterator[Traced]:
        for row in part.res:
            given = {name_of(k): to_oxigraph(v) for k, v in row.items() if v != "UNDEF"}
            if agree(bound, given):
                yield Traced({**bound, **given})

    def _project(self, part: CompValue, bound: Bindings) -> Iterator[Traced]:
        names = {name_of(variable) for variable in part.PV}
        for solution in self.part(part.p, bound):
            kept = {name: term for name, term in solution.bindings.items() if name in names}
            yield replace(solution, bindings=kept)

    def _distinct(self, part: CompValue, bound: Bindings) -> Iterator[Traced]:
        same: dict[frozenset[tuple[str, Node]], list[Traced]] = defaultdict(list)
        for solution in self.effort.holding(self.part(part.p, bound)):
            same[frozenset(solution.bindings.items())].append(solution)
        for solutions in same.values():
            yield merged(solutions[0].bindings, solutions, max(s.members for s in solutions))

    def _order_by(self, part: CompValue, bound: Bindings) -> Iterator[Traced]:
        solutions = list(self.effort.holding(self.part(part.p, bound)))
        for condition in reversed(part.expr):
            solutions.sort(
                key=lambda s, c=condition: self._expressions.order(c.expr, s.bindings),  # type: ignore[misc]
                reverse=condition.order == "DESC",
            )
        return iter(solutions)

    def _slice(self, part: CompValue, bound: Bindings) -> Iterator[Traced]:
        start = part.start or 0
        end = None if part.length is None else start + part.length
        return iter(list(self.effort.holding(self.part(part.p, bound)))[start:end])

    def _aggregate(self, part: CompValue, bound: Bindings) -> Iterator[Traced]:
        keys = part.p.expr or ()
        self._aggregated |= {str(a.res) for a in part.A if a.name != "Aggregate_Sample"}
        groups: dict[tuple[Node | None, ...], list[Traced]] = defaultdict(list)
        for solution in self.effort.holding(self.part(part.p.p)):
            key = tuple(self._expressions.value(key, solution.bindings) for key in keys)
            groups[key].append(solution)
        if not groups and not keys:
            groups[()] = []
        for members in groups.values():
            values = self._expressions.aggregates(part.A, [member.bindings for member in members])
            if agree(bound, values):
                size = sum(member.members for member in members)
                group = merged({**bound, **values}, members, size)
                nothing = frozenset() if members else self.missing(part.p.p)
                yield replace(group, absent=group.absent | nothing)
