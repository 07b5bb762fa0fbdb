"""From shapes to queries, the shapes within shapes included."""

from collections.abc import Iterator

from diaspora_kg.shacl.conformance import is_on_values, on_focus, on_value, walk_of
from diaspora_kg.shacl.data import DataGraph
from diaspora_kg.shacl.expressions import FALSE, Writer
from diaspora_kg.shacl.failures import CannotCompileError
from diaspora_kg.shacl.focus import Focus, Reached
from diaspora_kg.shacl.planning import Planner, Query
from diaspora_kg.shacl.prebinding import PreboundQuery
from diaspora_kg.shacl.shapes import Constraint, Equals, Property, Shape, SparqlConstraint


class Compiler:
    """Compiles shapes for one data graph."""

    def __init__(self, data: DataGraph) -> None:
        """Take the data: what it counts decides how queries go."""
        self._exact = Writer(data)
        self._plain = Writer(data, plain=True)

    def queries(self, shape: Shape, focus: Focus) -> Iterator[Query]:
        """Yield the queries that validate focus nodes against a shape.

        Raises ``CannotCompileError`` when another engine has to do it.
        """
        if shape.deactivated:
            return
        if shape.uncompiled:
            raise CannotCompileError(shape.uncompiled)
        planner = Planner(self._exact, shape, focus)
        together: list[Constraint] = []
        for constraint in shape.constraints:
            if isinstance(constraint, SparqlConstraint):
                yield from self._of_sparql(shape, focus, constraint)
            elif isinstance(constraint, Property):
                reached = Reached(focus, walk_of(shape)) if shape.path else focus
                yield from self.queries(constraint.shape, reached)
            else:
                own = planner.special(constraint)
                if own is not None:
                    yield own
                if own is None or isinstance(constraint, Equals):
                    together.append(constraint)
        yield from self._together(planner, together)

    def _together(self, planner: Planner, constraints: list[Constraint]) -> Iterator[Query]:
        """Yield one query for all constraints on single values, one for those on all values."""
        writer, shape = planner.writer, planner.shape
        value = "?value" if shape.path else "?this"
        on_values, on_focuses = [], []
        for constraint in constraints:
            if is_on_values(constraint):
                on_values.append((constraint, on_value(writer, constraint, value, "?this")))
            else:
                violated = on_focus(writer, constraint, walk_of(shape), "?this")
                on_focuses.append((constraint, violated))
        for tested, plan in ((on_values, planner.on_values), (on_focuses, planner.on_focus)):
            possible = [(constraint, test) for constraint, test in tested if test != FALSE]
            if possible:
                yield from plan(possible)

    def _of_sparql(
        self, shape: Shape, focus: Focus, constraint: SparqlConstraint
    ) -> Iterator[Query]:
        query = PreboundQuery(self._plain, constraint)
        writer = self._plain if query.needs_plain else self._exact
        if constraint.asks:
            value = "?value" if shape.path else "?this"
            violated = on_value(writer, constraint, value, "?this")
            yield from Planner(writer, shape, focus).on_values([(constraint, violated)])
            return
        found = focus.found(writer, "?this")
        text = query.seeded(f"{{ SELECT DISTINCT ?this WHERE {{ {found} }} }}")
        yield Query(text, shape, (constraint,), focus, writer, query.reads_shapes)
