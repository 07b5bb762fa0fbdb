"""Where focus nodes come from: as a pattern that finds them, and as a condition that tests one.

A query may go from focus nodes to values, or from suspicious values back to their focus nodes;
the second is cheaper where most values are as they should be.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from diaspora_kg.shacl.expressions import Writer, any_of, exists, union
from diaspora_kg.shacl.originals import coded
from diaspora_kg.shacl.paths import Walk
from diaspora_kg.shacl.shapes import Targets
from diaspora_kg.shacl.values import is_of_class
from diaspora_kg.terms import TYPE, Term


class Focus(Protocol):
    """A source of focus nodes."""

    @property
    def is_listed(self) -> bool:
        """Whether it begins with nodes given one by one: then it is best to begin there."""

    def found(self, writer: Writer, node: str) -> str:
        """Return a group pattern that binds each focus node, perhaps more than once."""

    def tested(self, writer: Writer, node: str) -> str:
        """Return the condition that a node is a focus node."""

    def estimate(self, writer: Writer) -> float:
        """Return about how many focus nodes there are."""

    def routes(self, writer: Writer, node: str) -> tuple[str, tuple[str, ...]]:
        """Return a pattern that binds a focus node and the nodes it was reached through."""


@dataclass(frozen=True)
class Targeted:
    """The focus nodes that the targets of a shape name."""

    targets: Targets
    is_listed: bool = False

    def found(self, writer: Writer, node: str) -> str:
        """Return a group pattern that binds each focus node, perhaps more than once."""
        classes = self._classes(writer)
        ways = []
        if len(classes) == 1:
            ways.append(f"{node} {TYPE} {classes[0]} .")
        elif classes:
            type_ = writer.fresh()
            ways.append(f"VALUES {type_} {{ {' '.join(classes)} }} {node} {TYPE} {type_} .")
        ways += [f"{node} {p} {writer.fresh()} ." for p in self.targets.subjects_of]
        ways += [f"{writer.fresh()} {p} {node} ." for p in self.targets.objects_of]
        if self.targets.nodes:
            named = " ".join(writer.constant(term) for term in self.targets.nodes)
            ways.append(f"VALUES {node} {{ {named} }}")
        return union(ways) if ways else "FILTER(false)"

    def tested(self, writer: Writer, node: str) -> str:
        """Return the condition that a node is a focus node."""
        return any_of(
            (
                is_of_class(writer, node, self._classes(writer)),
                *(exists(f"{node} {p} {writer.fresh()}") for p in self.targets.subjects_of),
                *(exists(f"{writer.fresh()} {p} {node}") for p in self.targets.objects_of),
                writer.is_term(node, self.targets.nodes),
            )
        )

    def estimate(self, writer: Writer) -> float:
        """Return about how many focus nodes there are."""
        data = writer.data
        instances = sum(data.classes[name] for name in self._classes(writer))
        related = (*self.targets.subjects_of, *self.targets.objects_of)
        return instances + sum(data.predicates[p] for p in related) + len(self.targets.nodes)

    def routes(self, writer: Writer, node: str) -> tuple[str, tuple[str, ...]]:
        """Return a pattern that binds a focus node; it is reached through no others."""
        return self.found(writer, node), ()

    def _classes(self, writer: Writer) -> tuple[Term, ...]:
        below = (writer.data.with_subclasses(cls) for cls in self.targets.classes)
        return tuple(sorted({name for names in below for name in names}))


@dataclass(frozen=True)
class Reached:
    """The value nodes of a shape, as focus nodes of a property shape that stands in it."""

    parent: Focus
    walk: Walk

    @property
    def is_listed(self) -> bool:
        """Whether it begins with nodes given one by one."""
        return self.parent.is_listed

    def found(self, writer: Writer, node: str) -> str:
        """Return a group pattern that binds each focus node, perhaps more than once."""
        return self.routes(writer, node)[0]

    def tested(self, writer: Writer, node: str) -> str:
        """Return the condition that a node is a focus node."""
        return writer.some(self.walk.reversed, node, lambda n: self.parent.tested(writer, n))

    def estimate(self, writer: Writer) -> float:
        """Return how many focus nodes there are, each as often as it is reached."""
        return writer.count(self, self.found(writer, "?this"))

    def routes(self, writer: Writer, node: str) -> tuple[str, tuple[str, ...]]:
        """Return a pattern that binds a focus node and the nodes it was reached through."""
        start = writer.fresh()
        found, through = self.parent.routes(writer, start)
        return writer.onwards(f"{{ {found} }}", self.walk, start, node), (*through, start)


@dataclass(frozen=True)
class Listed:
    """Focus nodes that are given one by one."""

    nodes: Sequence[Term]
    is_listed: bool = True

    def found(self, _: Writer, node: str) -> str:
        """Return a group pattern that binds each focus node."""
        return f"VALUES {node} {{ {' '.join(coded(term) for term in self.nodes)} }}"

    def tested(self, _: Writer, node: str) -> str:
        """Return the condition that a node is a focus node."""
        return any_of(f"sameTerm({node}, {coded(term)})" for term in self.nodes)

    def estimate(self, _: Writer) -> float:
        """Return how many focus nodes there are."""
        return len(self.nodes)

    def routes(self, writer: Writer, node: str) -> tuple[str, tuple[str, ...]]:
        """Return a pattern that binds a focus node; it is reached through no others."""
        return self.found(writer, node), ()
