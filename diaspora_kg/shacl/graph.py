"""A shapes graph as indexed triples: terms as they were written, lists as tuples."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

import pyoxigraph

from diaspora_kg.shacl.failures import ShapesError
from diaspora_kg.shacl.vocabulary import FIRST, NIL, REST, SUBCLASS_OF
from diaspora_kg.terms import TYPE, Term, Triple

_GENERATED = re.compile(r"[0-9a-f]{20,32}\Z")


class ShapesGraph:
    """The triples of a shapes graph, found by subject or by object."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        """Take triples of terms; their order decides nothing but the names of blank nodes."""
        self.triples = tuple(dict.fromkeys(triples))
        self._objects: dict[tuple[Term, Term], list[Term]] = defaultdict(list)
        self._subjects: dict[tuple[Term, Term], list[Term]] = defaultdict(list)
        self._by_predicate: dict[Term, list[Term]] = defaultdict(list)
        for s, p, o in self.triples:
            self._objects[s, p].append(o)
            self._subjects[p, o].append(s)
            self._by_predicate[p].append(s)

    @classmethod
    def from_turtle(cls, text: str | bytes) -> "ShapesGraph":
        """Return the graph of a Turtle document; blank nodes are named in their order.

        Raises ``ShapesError`` when the document is not well-formed.
        """
        try:
            return cls(read_triples(text, pyoxigraph.RdfFormat.TURTLE))
        except SyntaxError as error:
            raise ShapesError(f"the document is not well-formed: {error}") from error

    def objects(self, subject: Term, predicate: Term) -> tuple[Term, ...]:
        """Return the objects of a subject and a predicate, sorted."""
        found = self._objects.get((subject, predicate))
        return tuple(sorted(found)) if found else ()

    def one(self, subject: Term, predicate: Term) -> Term | None:
        """Return the only object, or None. Raises ``ShapesError`` when there are several."""
        found = self.objects(subject, predicate)
        if len(found) > 1:
            raise ShapesError(f"{subject} has {len(found)} values of {predicate}, one is allowed")
        return found[0] if found else None

    def subjects(self, predicate: Term, obj: Term) -> tuple[Term, ...]:
        """Return the subjects of a predicate and an object, sorted."""
        return tuple(sorted(self._subjects.get((predicate, obj), ())))

    def having(self, predicate: Term) -> tuple[Term, ...]:
        """Return all subjects of a predicate, sorted."""
        return tuple(sorted(set(self._by_predicate.get(predicate, ()))))

    def members(self, head: Term) -> tuple[Term, ...]:
        """Return the members of a list. Raises ``ShapesError`` when it is no list."""
        found: list[Term] = []
        seen: set[Term] = set()
        while head != NIL:
            first, rest = self.objects(head, FIRST), self.objects(head, REST)
            if len(first) != 1 or len(rest) != 1 or head in seen:
                raise ShapesError(f"{head} is no well-formed list")
            seen.add(head)
            found.append(first[0])
            head = rest[0]
        return tuple(found)

    def is_a(self, node: Term, cls: Term) -> bool:
        """Tell whether a node is an instance of a class or of one of its subclasses here."""
        return any(cls in self.superclasses(type_) for type_ in self.objects(node, TYPE))

    def superclasses(self, cls: Term) -> set[Term]:
        """Return a class and all classes above it in this graph."""
        return set(_reachable(cls, lambda c: self.objects(c, SUBCLASS_OF)))

    @cached_property
    def nodes(self) -> frozenset[Term]:
        """All subjects of the graph."""
        return frozenset(s for s, _, _ in self.triples)


def read_triples(
    text: str | bytes, syntax: pyoxigraph.RdfFormat, base: str | None = None, scope: str = ""
) -> Iterator[Triple]:
    """Yield the triples of a document; unnamed blank nodes are numbered in their order.

    Blank nodes belong to one document: where several are put together, each needs a ``scope`` of
    its own, with which the names of its blank nodes begin.

    Raises ``SyntaxError`` when the document is not well-formed.
    """
    names: dict[str, str] = {}

    def term(node: object) -> Term:
        if not isinstance(node, pyoxigraph.BlankNode):
            return str(node)
        label = node.value
        if _GENERATED.match(label):
            label = names.setdefault(label, f"unnamed-{len(names) + 1}")
        return f"_:{scope}{label}"

    for quad in pyoxigraph.parse(text, syntax, base_iri=base):
        yield term(quad.subject), term(quad.predicate), term(quad.object)


def _reachable(start: Term, step: Callable[[Term], Iterable[Term]]) -> Iterator[Term]:
    seen, todo = {start}, [start]
    while todo:
        node = todo.pop()
        yield node
        for other in step(node):
            if other not in seen:
                seen.add(other)
                todo.append(other)
