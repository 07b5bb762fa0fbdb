"""Evaluation of a SPARQL query that remembers, for every solution, the triples it matched.

The rows of an answer come from the store's own engine. This second evaluation, over the algebra
of the query (SPARQL 1.1 Query, section 18), exists to say what each row rests on: the branches
of OPTIONAL and UNION that matched and no others, one shortest path for a property path, a
witness for EXISTS, the whole group for an aggregate; and whether it rests on absence.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox
from rdflib import BNode, Literal, URIRef, Variable
from rdflib.plugins.sparql.aggregates import Aggregator
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.evalutils import _ebv, _eval
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.plugins.sparql.sparql import FrozenBindings, QueryContext, SPARQLError

from diaspora_kg.evidence.paths import Node, Reader, Step, pairs
from diaspora_kg.namespaces import PREFIXES

Bindings = dict[str, Node]


@dataclass(frozen=True)
class Traced:
    """One solution with the triples that it matched."""

    bindings: Bindings
    triples: frozenset[Step] = frozenset()
    absent: bool = False
    """Whether it also rests on something not being there."""
    members: int = 1
    """How many solutions a group joins; 1 outside of aggregates."""


@dataclass(frozen=True)
class TracedAnswer:
    """All solutions of a query, and the variables that an expression computed."""

    solutions: tuple[Traced, ...]
    computed: frozenset[str]


class NotTraceableError(Exception):
    """The query uses something that this evaluation does not follow."""


def trace(sparql: str, store: ox.Store) -> TracedAnswer:
    """Return the solutions of a query with the triples that each of them matched.

    Raises ``NotTraceableError`` for a query that cannot be followed.
    """
    try:
        query = translateQuery(parseQuery(sparql), initNs=dict(PREFIXES))
    except Exception as error:  # the parser of rdflib knows less SPARQL than the store's
        raise NotTraceableError(f"rdflib cannot read it: {error}") from error
    evaluation = _Evaluation(Reader(store))
    solutions = tuple(evaluation.part(query.algebra.p, {}))
    return TracedAnswer(solutions, frozenset(evaluation.computed))


class _Evaluation:
    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.context = QueryContext()
        self.computed: set[str] = set()
        self.aggregated: set[str] = set()
        self.terms: dict[Node, Any] = {}
        self.kinds: dict[str, Callable[[CompValue, Bindings], Iterator[Traced]]] = {
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
            "Distinct": self._inside,
            "Reduced": self._inside,
            "OrderBy": self._inside,
            "Slice": self._inside,
        }

    def part(self, part: CompValue, bound: Bindings) -> Iterator[Traced]:
        """Yield the solutions of a part of the algebra that agree with what is bound."""
        evaluate = self.kinds.get(part.name)
        if evaluate is None:
            raise NotTraceableError(f"'{part.name}' is not followed")
        return evaluate(part, bound)

    # --- Matching -----------------------------------------------------------------------

    def _pattern(self, part: CompValue, bound: Bindings) -> Iterator[Traced]:
        return self._match(list(part.triples), bound, frozenset())

    def _match(
        self, patterns: list[Any], bound: Bindings, matched: frozenset[Step]
    ) -> Iterator[Traced]:
        if not patterns:
            yield Traced(bound, matched)
            return
        best = max(range(len(patterns)), key=lambda i: self._selectivity(patterns[i], bound))
        pattern, rest = patterns[best], patterns[:best] + patterns[best + 1 :]
        for more, steps in self._match_one(pattern, bound):
            yield from self._match(rest, more, matched | frozenset(steps))

    def _selectivity(self, pattern: tuple[Any, Any, Any], bound: Bindings) -> tuple[int, int]:
        s, p, o = (self._resolve(term, bound) is not None for term in pattern)
        is_path = not isinstance(pattern[1], URIRef | Variable)
        return (4 * s + 3 * o + p, -int(is_path))

    def _match_one(
        self, pattern: tuple[Any, Any, Any], bound: Bindings
    ) -> Iterator[tuple[Bindings, tuple[Step, ...]]]:
        subject, predicate, obj = pattern
        s, o = self._resolve(subject, bound), self._resolve(obj, bound)
        if isinstance(predicate, URIRef | Variable):
            p = self._resolve(predicate, bound)
            if p is not None and not isinstance(p, ox.NamedNode):
                return
            for triple in self.reader.triples(s, p, o):
                more = _bind(bound, zip((subject, predicate, obj), triple, strict=True))
                if more is not None:
                    yield more, (triple,)
            return
        for (start, end), steps in pairs(self.reader, predicate, s, o).items():
            more = _bind(bound, ((subject, start), (obj, end)))
            if more is not None:
                yield more, steps

    def _resolve(self, term: Any, bound: Bindings) -> Node | None:  # noqa: ANN401 - rdflib
        if isinstance(term, Variable | BNode):
            return bound.get(_name(term))
        return _to_oxigraph(term) if isinstance(term, URIRef | Literal) else None

    # --- Joining ------------------------------------------------------------------------

    def _join(self, part: CompValue, bound: Bindings) -> Iterator[Traced]:
        if part.lazy:
            for left in self.part(part.p1, bound):
                for right in self.part(part.p2, left.bindings):
                    yield _both(left, right)
            return
        rights = list(self.part(part.p2, bound))
        for left in self.part(part.p1, bound):
            for right in rights:
                if _compatible(left.bindings, right.bindings):
                    yield _both(left, right)

    def _left_join(self, part: CompValue, bound: Bindings) -> Iterator[Traced]:
        for left in self.part(part.p1, bound):
            matched = False
            for right in self.part(part.p2, left.bindings):
                joined = self._holds(part.expr, _both(left, right))
                if joined is not None:
                    matched = True
                    yield joined
            if not matched:
                yield Traced(left.bindings, left.triples, True, left.members)

    def _union(self, part: CompValue, bound: Bindings) -> Iterator[Traced]:
        yield from self.part(part.p1, bound)
        yield from self.part(part.p2, bound)

    def _minus(self, part: CompValue, bound: Bindings) -> Iterator[Traced]:
        removed = [solution.bindings for solution in self.part(part.p2, {})]
        for left in self.part(part.p1, bound):
            own = left.bindings
            if not any(_shares(own, other) and _compatible(own, other) for other in removed):
                yield Traced(own, left.triples, True, left.members)

    def _graph(self, part: CompValue, bound: Bindings) -> Iterator[Traced]:
        outer, chosen = self.reader, self._resolve(part.term, bound)
        graphs = [chosen] if chosen is not None else list(outer.store.named_graphs())
        for graph in graphs:
            if not isinstance(graph, ox.NamedNode):
                continue
            inner = _bind(bound, ((part.term, graph),))
            if inner is None:
                continue
            self.reader = Reader(outer.store, graph)
            try:
                found = list(self.part(part.p, inner))
            finally:
                self.reader = outer
            yield from found

    # --- Expressions --------------------------------------------------------------------

    def _filter(self, part: CompValue, bound: Bindings) -> Iterator[Traced]:
        for solution in self.part(part.p, bound):
            kept = self._holds(part.expr, solution)
            if kept is not None:
                yield kept

    def _holds(self, expression: Any, solution: Traced) -> Traced | None:  # noqa: ANN401
        if expression is None:
            return solution
        witness = self._settle_exists(expression, solution)
        return witness if _ebv(expression, self._frozen(solution.bindings)) else None

    def _extend(self, part: CompValue, bound: Bindings) -> Iterator[Traced]:
        name = _name(part.var)
        if not isinstance(part.expr, Variable) or str(part.expr) in self.aggregated:
            self.computed.add(name)
        for solution in self.part(part.p, bound):
            witness = self._settle_exists(part.expr, solution)
            value = self._value(part.expr, solution.bindings)
            if value is None:
                yield witness
                continue
            more = {**witness.bindings, name: value}
            yield Traced(more, witness.triples, witness.absent, witness.members)

    def _value(self, expression: Any, bindings: Bindings) -> Node | None:  # noqa: ANN401
        try:
            value = _eval(expression, self._frozen(bindings))
        except SPARQLError:
            return None
        return None if isinstance(value, SPARQLError) else _to_oxigraph(value)

    def _settle_exists(self, expression: Any, solution: Traced) -> Traced:  # noqa: ANN401
        """Answer every EXISTS of an expression for one solution, and keep its witness."""
        triples, absent = solution.triples, solution.absent
        for node in _exists_nodes(expression):
            witness = next(self.part(node.graph, solution.bindings), None)
            wants_match = node.name == "Builtin_EXISTS"
            answer = Literal((witness is not None) == wants_match)
            node._evalfn = lambda _context, answer=answer: answer
            if witness is not None and wants_match:
                triples |= witness.triples
            if witness is None and not wants_match:
                absent = True
        return Traced(solution.bindings, triples, absent, solution.members)

    def _frozen(self, bindings: Bindings) -> FrozenBindings:
        return FrozenBindings(
            self.context, {Variable(name): self._rdflib(term) for name, term in bindings.items()}
        )

    def _rdflib(self, term: Node) -> Any:  # noqa: ANN401 - an rdflib term
        known = self.terms.get(term)
        if known is None:
            known = self.terms[term] = _to_rdflib(term)
        return known

    # --- Sub-selects, values, groups ----------------------------------------------------

    def _inside(self, part: CompValue, bound: Bindings) -> Iterator[Traced]:
        return self.part(part.p, bound)

    def _multiset(self, part: CompValue, bound: Bindings) -> Iterator[Traced]:
        # what is inside a sub-select or a VALUES block does not see what is bound outside
        for solution in self.part(part.p, {}):
            if _compatible(bound, solution.bindings):
                merged = {**bound, **solution.bindings}
                yield Traced(merged, solution.triples, solution.absent, solution.members)

    def _values(self, part: CompValue, bound: Bindings) -> Iterator[Traced]:
        for row in part.res:
            given = {_name(k): _to_oxigraph(v) for k, v in row.items() if v != "UNDEF"}
            if _compatible(bound, given):
                yield Traced({**bound, **given})

    def _project(self, part: CompValue, bound: Bindings) -> Iterator[Traced]:
        names = {_name(variable) for variable in part.PV}
        for solution in self.part(part.p, bound):
            kept = {name: term for name, term in solution.bindings.items() if name in names}
            yield Traced(kept, solution.triples, solution.absent, solution.members)

    def _aggregate(self, part: CompValue, bound: Bindings) -> Iterator[Traced]:
        keys = part.p.expr
        self.aggregated |= {str(a.res) for a in part.A if a.name != "Aggregate_Sample"}
        groups: dict[tuple[Any, ...], list[Traced]] = defaultdict(list)
        for solution in self.part(part.p.p, bound):
            frozen = self._frozen(solution.bindings)
            groups[tuple(_eval(key, frozen, False) for key in keys or ())].append(solution)
        if not groups and not keys:
            groups[()] = []
        for members in groups.values():
            aggregator = Aggregator(aggregations=part.A)
            for member in members:
                aggregator.update(self._frozen(member.bindings))
            values = {
                _name(variable): _to_oxigraph(value)
                for variable, value in aggregator.get_bindings().items()
            }
            yield Traced(
                {**bound, **values},
                frozenset(triple for member in members for triple in member.triples),
                any(member.absent for member in members),
                len(members),
            )


# --- Small parts ------------------------------------------------------------------------


def _name(variable: Any) -> str:  # noqa: ANN401 - rdflib's Variable or BNode
    return f"_:{variable}" if isinstance(variable, BNode) else str(variable)


def _bind(bound: Bindings, pairs_: Iterable[tuple[Any, Node]]) -> Bindings | None:
    """Return the bindings with more of them, or None when two do not agree."""
    more = dict(bound)
    for term, node in pairs_:
        if isinstance(term, Variable | BNode):
            name = _name(term)
            if more.setdefault(name, node) != node:
                return None
    return more


def _compatible(one: Bindings, other: Bindings) -> bool:
    return all(other.get(name, term) == term for name, term in one.items())


def _shares(one: Bindings, other: Bindings) -> bool:
    return any(name in other for name in one)


def _both(left: Traced, right: Traced) -> Traced:
    return Traced(
        {**left.bindings, **right.bindings},
        left.triples | right.triples,
        left.absent or right.absent,
        max(left.members, right.members),
    )


def _exists_nodes(expression: Any) -> list[Any]:  # noqa: ANN401 - rdflib's parse tree
    if not isinstance(expression, CompValue):
        return []
    if expression.name in ("Builtin_EXISTS", "Builtin_NOTEXISTS"):
        return [expression]
    found = []
    for value in expression.values():
        for item in value if isinstance(value, list) else [value]:
            found.extend(_exists_nodes(item))
    return found


def _to_oxigraph(term: Any) -> Node:  # noqa: ANN401 - an rdflib term
    if isinstance(term, URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, BNode):
        return ox.BlankNode(str(term))
    if term.language:
        return ox.Literal(str(term), language=term.language)
    return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype))) if term.datatype else (
        ox.Literal(str(term))
    )


def _to_rdflib(term: Node) -> Any:  # noqa: ANN401 - an rdflib term
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if term.language:
        return Literal(term.value, lang=term.language)
    datatype = term.datatype.value
    plain = datatype == "http://www.w3.org/2001/XMLSchema#string"
    return Literal(term.value) if plain else Literal(term.value, datatype=URIRef(datatype))
