"""Property paths: read from the shapes graph, written as SPARQL and as text.

A zero-length step needs a node to start from, and an engine that joins instead of walking finds
none outside the graph. So a path is brought into branches without zero-length steps, plus a flag
that says whether the path may stay where it is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from diaspora_kg.namespaces import compact
from diaspora_kg.shacl.failures import ShapesError
from diaspora_kg.shacl.graph import ShapesGraph
from diaspora_kg.shacl.vocabulary import FIRST, sh
from diaspora_kg.terms import Term, iri_of, is_iri

NAMES = {
    "^": "inversePath",
    "*": "zeroOrMorePath",
    "+": "oneOrMorePath",
    "?": "zeroOrOnePath",
    "|": "alternativePath",
}
"""Each kind of path that is a node of its own, with the property that says what it is made of."""


@dataclass(frozen=True)
class Step:
    """One step that moves: along a predicate or against it, or along branches, repeatedly."""

    predicate: Term = ""
    inverse: bool = False
    repeated: "tuple[Branch, ...]" = ()
    """For ``+``: the branches that are walked one or more times."""

    @property
    def sparql(self) -> str:
        """The step as a SPARQL path."""
        if self.repeated:
            return "(" + "|".join(branch_sparql(branch) for branch in self.repeated) + ")+"
        return "^" + self.predicate if self.inverse else self.predicate

    @property
    def reversed(self) -> "Step":
        """The step walked from its end."""
        if self.repeated:
            return Step(repeated=tuple(reversed_branch(branch) for branch in self.repeated))
        return Step(self.predicate, not self.inverse)


Branch = tuple[Step, ...]
"""Steps one after the other."""


@dataclass(frozen=True)
class Walk:
    """A path as branches without zero-length steps."""

    stays: bool
    """Whether the start is itself an end."""
    branches: tuple[Branch, ...]

    @property
    def only_step(self) -> Step | None:
        """The one plain step of a walk that consists of nothing else."""
        if self.stays or len(self.branches) != 1 or len(self.branches[0]) != 1:
            return None
        step = self.branches[0][0]
        return None if step.repeated else step

    @property
    def reversed(self) -> "Walk":
        """The walk from the end to the start."""
        return Walk(self.stays, tuple(reversed_branch(branch) for branch in self.branches))


def reversed_branch(branch: Branch) -> Branch:
    """Return the steps of a branch walked from the end."""
    return tuple(step.reversed for step in reversed(branch))


def branch_sparql(branch: Branch) -> str:
    """Return a branch as a SPARQL path."""
    return "/".join(step.sparql for step in branch)


@dataclass(frozen=True)
class Path:
    """A SHACL property path."""

    kind: str
    """``iri``, ``^``, ``/``, ``|``, ``*``, ``+`` or ``?``."""
    predicate: Term = ""
    parts: "tuple[Path, ...]" = ()

    @cached_property
    def walk(self) -> Walk:
        """The path as branches without zero-length steps."""
        if self.kind == "iri":
            return Walk(False, ((Step(self.predicate),),))
        inner = [part.walk for part in self.parts]
        if self.kind == "^":
            return inner[0].reversed
        if self.kind == "/":
            return _in_sequence(inner)
        branches = tuple(dict.fromkeys(b for walk in inner for b in walk.branches))
        stays = any(walk.stays for walk in inner)
        if self.kind in "*+" and branches:
            return Walk(stays or self.kind == "*", ((Step(repeated=branches),),))
        return Walk(stays or self.kind in "*?", branches)

    @property
    def sparql(self) -> str:
        """The path in the syntax of SPARQL."""
        return self.in_words(lambda term: term)

    def __str__(self) -> str:
        """Return the path as a person writes it, with the prefixes of the project."""
        return self.in_words(lambda term: compact(iri_of(term)))

    def in_words(self, name: Callable[[Term], str]) -> str:
        """Return the path in the syntax of SPARQL, with a name for each predicate."""
        if self.kind == "iri":
            return name(self.predicate)
        if self.kind in "/|":
            return self.kind.join(part._inside(name, "^*+?") for part in self.parts)
        if self.kind == "^":
            return "^" + self.parts[0]._inside(name, "*+?")
        return self.parts[0]._inside(name, "") + self.kind

    def _inside(self, name: Callable[[Term], str], bare: str) -> str:
        """Return the path as a part of another, in brackets unless it is of a bare kind."""
        text = self.in_words(name)
        return text if self.kind == "iri" or self.kind in bare else f"({text})"


def plain(predicate: Term) -> Path:
    """Return the path of one predicate."""
    return Path("iri", predicate)


def read_path(graph: ShapesGraph, node: Term, above: frozenset[Term] = frozenset()) -> Path:
    """Return the path that a node of the shapes graph describes.

    A node that is both a list and something else counts as the list.
    Raises ``ShapesError`` when it describes none.
    """
    if is_iri(node) and not graph.objects(node, FIRST):
        return plain(node)
    if node in above:
        raise ShapesError(f"the path {node} is part of itself")
    if node.startswith('"'):
        raise ShapesError(f"{node} is no path")
    above |= {node}
    if graph.objects(node, FIRST):
        return _compound(graph, "/", node, above)
    kinds = [kind for kind, name in NAMES.items() if graph.objects(node, sh(name))]
    if len(kinds) != 1:
        several = f", but {len(kinds)} kinds of path at once" if kinds else ""
        raise ShapesError(f"{node} is no well-formed path{several}")
    (kind,) = kinds
    inner = graph.one(node, sh(NAMES[kind]))
    assert inner is not None, "the path has a value of its kind"
    if kind == "|":
        return _compound(graph, kind, inner, above)
    return Path(kind, parts=(read_path(graph, inner, above),))


def _compound(graph: ShapesGraph, kind: str, head: Term, above: frozenset[Term]) -> Path:
    parts = tuple(read_path(graph, member, above) for member in graph.members(head))
    if len(parts) < 2:
        raise ShapesError(f"the path at {head} needs at least two members")
    return Path(kind, parts=parts)


def _in_sequence(walks: list[Walk]) -> Walk:
    reached: dict[Branch, None] = {(): None}
    for walk in walks:
        steps: tuple[Branch, ...] = (*(((),) if walk.stays else ()), *walk.branches)
        reached = {before + after: None for before in reached for after in steps}
    return Walk(() in reached, tuple(branch for branch in reached if branch))
