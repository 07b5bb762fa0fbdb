"""Which variables a part of a query can bind, and which it always binds (SPARQL 1.1, 18.2.1)."""

from typing import Any

from rdflib import BNode, Variable
from rdflib.plugins.sparql.parserutils import CompValue


def name_of(variable: Any) -> str:  # noqa: ANN401 - rdflib's Variable or BNode
    """Return the name that a variable or blank node has among bindings."""
    return f"_:{variable}" if isinstance(variable, BNode) else str(variable)


class Scope:
    """Remembers the variables of every part that was asked for."""

    def __init__(self) -> None:
        """Start with nothing known."""
        self._possible: dict[int, frozenset[str]] = {}
        self._certain: dict[int, frozenset[str]] = {}
        self._uncertain: dict[int, frozenset[str]] = {}

    def possible(self, part: CompValue) -> frozenset[str]:
        """Return the variables that some solution of a part may bind."""
        known = self._possible.get(id(part))
        if known is None:
            known = self._possible[id(part)] = self._find(part, certain=False)
        return known

    def certain(self, part: CompValue) -> frozenset[str]:
        """Return the variables that every solution of a part binds."""
        known = self._certain.get(id(part))
        if known is None:
            known = self._certain[id(part)] = self._find(part, certain=True)
        return known

    def uncertain(self, part: CompValue) -> frozenset[str]:
        """Return the variables that some solutions of a part bind and others may not.

        A value of one of these from outside could change what the part means.
        """
        known = self._uncertain.get(id(part))
        if known is None:
            known = self._uncertain[id(part)] = self.possible(part) - self.certain(part)
        return known

    def is_narrowed(self, part: CompValue, names: frozenset[str]) -> bool:
        """Tell whether values for some variables save a part from looking at all there is."""
        seen = (names - self.uncertain(part)) & self.possible(part)
        if not seen or part.name in ("BGP", "ToMultiSet", "values"):
            return bool(seen)
        if part.name == "Union":
            return self.is_narrowed(part.p1, seen) and self.is_narrowed(part.p2, seen)
        if part.name == "Join":
            first, second = first_of(part)
            if self.is_narrowed(first, seen):
                return True
            # a sub-select is evaluated once, whatever is asked of it afterwards
            return first.name == "ToMultiSet" and self.is_narrowed(second, seen)
        inner = part.p if isinstance(part.p, CompValue) else part.p1
        return isinstance(inner, CompValue) and self.is_narrowed(inner, seen)

    def _find(self, part: CompValue, *, certain: bool) -> frozenset[str]:
        ask = self.certain if certain else self.possible
        name = part.name
        if name == "BGP":
            return frozenset(name_of(t) for triple in part.triples for t in triple if _binds(t))
        if name == "values":
            return _columns(part.res, certain=certain)
        if name == "Join":
            return ask(part.p1) | ask(part.p2)
        if name == "LeftJoin":
            return ask(part.p1) if certain else ask(part.p1) | ask(part.p2)
        if name == "Union":
            both = (ask(part.p1), ask(part.p2))
            return both[0] & both[1] if certain else both[0] | both[1]
        if name == "Minus":
            return ask(part.p1)
        return self._find_single(part, certain=certain)

    def _find_single(self, part: CompValue, *, certain: bool) -> frozenset[str]:
        """Return the variables of a part with one part inside."""
        ask = self.certain if certain else self.possible
        if part.name == "Graph":
            own = {name_of(part.term)} if isinstance(part.term, Variable) else set()
            return ask(part.p) | own
        if part.name == "Extend":
            is_bound = not certain or _is_copy(part.expr, self.certain(part.p))
            return ask(part.p) | ({name_of(part.var)} if is_bound else set())
        if part.name == "Project":
            return ask(part.p) & frozenset(name_of(variable) for variable in part.PV)
        if part.name == "AggregateJoin":
            inner = self.certain(part.p.p)
            found = (a for a in part.A if not certain or _always_has_value(a, part.p.expr, inner))
            return frozenset(name_of(aggregate.res) for aggregate in found)
        return ask(part.p) if isinstance(part.p, CompValue) else frozenset()


def first_of(join: CompValue) -> tuple[CompValue, CompValue]:
    """Return the two parts of a join, first the one that is evaluated first."""
    if join.p2.name == "ToMultiSet" and join.p1.name != "ToMultiSet":
        return join.p2, join.p1  # it is short, or cannot be narrowed from outside
    return join.p1, join.p2


def _is_copy(expression: Any, certain: frozenset[str]) -> bool:  # noqa: ANN401 - rdflib
    return isinstance(expression, Variable) and name_of(expression) in certain


def _always_has_value(aggregate: CompValue, keys: Any, certain: frozenset[str]) -> bool:  # noqa: ANN401
    """Tell whether an aggregate is bound in every group: a count is, and a key of the group."""
    if aggregate.name == "Aggregate_Count":
        return True
    is_key = aggregate.name == "Aggregate_Sample" and aggregate.vars in (keys or ())
    return is_key and _is_copy(aggregate.vars, certain)


def _binds(term: object) -> bool:
    return isinstance(term, Variable | BNode)


def _columns(rows: list[dict[Any, Any]], *, certain: bool) -> frozenset[str]:
    bound = [frozenset(name_of(key) for key, v in row.items() if v != "UNDEF") for row in rows]
    if not bound:
        return frozenset()
    return frozenset.intersection(*bound) if certain else frozenset.union(*bound)
