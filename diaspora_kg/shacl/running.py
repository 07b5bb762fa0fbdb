"""Validation: compile, run, explain what fails within, and sort."""

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import replace
from functools import cached_property

import pyoxigraph

from diaspora_kg.shacl.compiling import Compiler
from diaspora_kg.shacl.data import DataGraph
from diaspora_kg.shacl.engine import rows
from diaspora_kg.shacl.expressions import Writer
from diaspora_kg.shacl.failures import CannotCompileError, ShapesError
from diaspora_kg.shacl.focus import Listed, Reached, Targeted
from diaspora_kg.shacl.graph import ShapesGraph
from diaspora_kg.shacl.originals import original
from diaspora_kg.shacl.planning import Query
from diaspora_kg.shacl.prebinding import SHAPES_GRAPH
from diaspora_kg.shacl.reading import ShapesReader
from diaspora_kg.shacl.report import HandedOver, Result
from diaspora_kg.shacl.rows import Violation, violations
from diaspora_kg.shacl.shapes import And, Constraint, Node, Or, Shape, Xone
from diaspora_kg.terms import Term

_AT_ONCE = 2000
"""How many nodes are listed in one query."""


class Validation:
    """One run over one data graph."""

    def __init__(
        self,
        data: DataGraph,
        shapes: ShapesGraph,
        among: Container[tuple[Term, Term]] | None = None,
    ) -> None:
        """Take data and shapes; ``among`` are the focus nodes and shapes to report, or all."""
        self.data = data
        self.shapes = shapes
        self._among = among
        self._compiler = Compiler(data)

    def compiled(self) -> tuple[dict[Term, list[Query]], list[HandedOver]]:
        """Return the queries of each targeted shape, and the shapes that cannot be compiled.

        Raises ``ShapesError`` when the shapes are not well-formed or are recursive.
        """
        queries: dict[Term, list[Query]] = {}
        handed_over: list[HandedOver] = []
        for shape in ShapesReader(self.shapes).targeted():
            try:
                found = list(self._compiler.queries(shape, Targeted(shape.targets)))
            except CannotCompileError as error:
                handed_over.append(HandedOver(shape.node, error.reason))
            else:
                queries[shape.node] = found
        return queries, handed_over

    def results(self, queries: Iterable[Query]) -> list[Result]:
        """Return the results of some queries that are wanted, with what explains them."""
        return self._results(queries, self._is_wanted)

    def _results(
        self, queries: Iterable[Query], is_wanted: Callable[[Violation], bool] | None = None
    ) -> list[Result]:
        return self._explained([v for query in queries for v in self._run(query, is_wanted)])

    # --- Running ------------------------------------------------------------------------

    def _run(self, query: Query, is_wanted: Callable[[Violation], bool] | None) -> list[Violation]:
        try:
            store = self._with_shapes if query.reads_shapes else self.data.store
            solutions = rows(store, query.text, query.writer.functions)
        except SyntaxError as error:
            shape = query.constraints[0][0]
            raise ShapesError(f"a query of {shape.node} is no SPARQL: {error}") from error
        names = [variable.value for variable in solutions.variables]
        found: list[Violation] = []
        for solution in solutions:
            terms = zip(names, solution, strict=True)
            row = {name: original(str(term)) for name, term in terms if term is not None}
            found.extend(violations(query, row))
        found = [violation for violation in found if is_wanted is None or is_wanted(violation)]
        if found and isinstance(query.focus, Reached):
            return self._once_a_route(query.focus, found)
        return found

    def _is_wanted(self, violation: Violation) -> bool:
        result = violation.result
        return self._among is None or (result.focus, result.shape) in self._among

    @cached_property
    def _with_shapes(self) -> pyoxigraph.Store:
        store = pyoxigraph.Store()
        store.bulk_extend(self.data.store)
        constant = Writer(self.data).constant
        lines = (
            f"{constant(s)} {p} {constant(o)} {SHAPES_GRAPH} .\n" for s, p, o in self.shapes.triples
        )
        store.bulk_load("".join(lines).encode("utf-8"), pyoxigraph.RdfFormat.N_QUADS)
        return store

    def _once_a_route(self, focus: Reached, found: list[Violation]) -> list[Violation]:
        """Return each violation as often as its focus node is reached: each time is a validation.

        ``sh:property`` in a property shape validates every value node, and a node may be a value
        of several nodes.
        """
        routes: Counter[Term] = Counter()
        writer = Writer(self.data)
        for nodes in _chunks(sorted({violation.result.focus for violation in found})):
            pattern, through = focus.routes(writer, "?this")
            query = (
                f"SELECT DISTINCT ?this {' '.join(through)} WHERE "
                f"{{ {Listed(nodes).found(writer, '?this')} {pattern} }}"
            )
            for solution in rows(self.data.store, query, writer.functions):
                routes[original(str(solution["this"]))] += 1
        return [violation for violation in found for _ in range(routes[violation.result.focus])]

    # --- Explaining ---------------------------------------------------------------------

    def _explained(self, found: list[Violation]) -> list[Result]:
        """Return the results, each with the results of the shapes within that its value fails."""
        values: dict[Term, set[Term]] = defaultdict(set)
        shapes: dict[Term, Shape] = {}
        for violation in found:
            for shape in _within(violation.constraint):
                shapes[shape.node] = shape
                values[shape.node].add(violation.result.value or violation.result.focus)
        details = {node: self._details(shapes[node], sorted(values[node])) for node in shapes}
        return [
            replace(
                violation.result,
                details=tuple(
                    detail
                    for shape in _within(violation.constraint)
                    for detail in details[shape.node].get(violation.result.value or "", ())
                ),
            )
            if _within(violation.constraint)
            else violation.result
            for violation in found
        ]

    def _details(self, shape: Shape, nodes: Sequence[Term]) -> dict[Term, list[Result]]:
        found: dict[Term, list[Result]] = defaultdict(list)
        for listed in _chunks(nodes):
            for result in self._results(self._compiler.queries(shape, Listed(listed))):
                found[result.focus].append(result)
        return {node: sorted(results, key=lambda r: r.sort_key) for node, results in found.items()}


def _within(constraint: Constraint) -> tuple[Shape, ...]:
    match constraint:
        case Node(shape):
            return (shape,)
        case And(shapes) | Or(shapes) | Xone(shapes):
            return shapes
    return ()


def _chunks(nodes: Sequence[Term]) -> list[tuple[Term, ...]]:
    return [tuple(nodes[n : n + _AT_ONCE]) for n in range(0, len(nodes), _AT_ONCE)]
