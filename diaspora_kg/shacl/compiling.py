"""From shapes to queries, the shapes within shapes included."""

from collections.abc import Iterator

from diaspora_kg.shacl.conformance import focus_violates, is_on_values, on_value, walk_of
from diaspora_kg.shacl.data import DataGraph
from diaspora_kg.shacl.expressions import FALSE, Writer
from diaspora_kg.shacl.failures import CannotCompileError
from diaspora_kg.shacl.focus import Focus, Reached
from diaspora_kg.shacl.planning import Planner, Query, Tested, on_focus
from diaspora_kg.shacl.prebinding import PreboundQuery
from diaspora_kg.shacl.shapes import Constraint, Equals, Property, Shape, SparqlConstraint


class Compiler:
    """Compiles shapes for one data graph."""

    def __init__(self, data: DataGraph) -> None:
        """Take the data: what it counts decides how queries go."""
        self._writer = Writer(data)

    def queries(self, shape: Shape, focus: Focus) -> Iterator[Query]:
        """Yield the queries that validate focus nodes against a shape.

        Raises ``CannotCompileError`` when another engine has to do it.
        """
        alike: list[Tested] = []
        yield from self._queries(shape, focus, alike)
        if alike:
            yield on_focus(self._writer, focus, alike)

    def _queries(self, shape: Shape, focus: Focus, alike: list[Tested]) -> Iterator[Query]:
        """Yield queries, and collect what is to be tested on the focus nodes themselves."""
        if shape.deactivated:
            return
        if shape.uncompiled:
            raise CannotCompileError(shape.uncompiled)
        planner = Planner(self._writer, shape, focus)
        on_values: list[Tested] = []
        for constraint in shape.constraints:
            own = planner.special(constraint)
            if own is not None:
                yield own
            if isinstance(constraint, SparqlConstraint):
                yield from self._of_sparql(shape, focus, constraint)
            elif isinstance(constraint, Property):
                yield from self._of_property(shape, focus, constraint.shape, alike)
            elif own is None or isinstance(constraint, Equals):
                tested = Tested(shape, constraint, self._violated(shape, constraint))
                if tested.violated != FALSE:
                    (on_values if is_on_values(constraint) else alike).append(tested)
        if on_values:
            yield from planner.on_values(on_values)

    def _of_property(
        self, shape: Shape, focus: Focus, inner: Shape, alike: list[Tested]
    ) -> Iterator[Query]:
        if shape.path is None:  # its value nodes are the focus nodes
            return self._queries(inner, focus, alike)
        return self.queries(inner, Reached(focus, walk_of(shape)))

    def _violated(self, shape: Shape, constraint: Constraint) -> str:
        if is_on_values(constraint):
            return on_value(self._writer, constraint, _value_of(shape), "?this")
        return focus_violates(self._writer, constraint, walk_of(shape), "?this")

    def _of_sparql(
        self, shape: Shape, focus: Focus, constraint: SparqlConstraint
    ) -> Iterator[Query]:
        if constraint.asks:
            violated = on_value(self._writer, constraint, _value_of(shape), "?this")
            tested = [Tested(shape, constraint, violated)]
            yield from Planner(self._writer, shape, focus).on_values(tested)
            return
        query = PreboundQuery(self._writer, constraint)
        found = focus.found(self._writer, "?this")
        text = query.seeded(f"{{ SELECT DISTINCT ?this WHERE {{ {found} }} }}")
        standing = ((shape, constraint),)
        yield Query(text, standing, focus, self._writer, query.reads_shapes)


def _value_of(shape: Shape) -> str:
    return "?value" if shape.path else "?this"
