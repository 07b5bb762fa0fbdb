"""Small questions to a store: the values of a property, the classes of a thing, rows in bulk."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from diaspora_kg.namespaces import RDF
from diaspora_kg.quadstore import QuadStore
from diaspora_kg.terms import Term, Triple

Node = ox.NamedNode | ox.BlankNode | ox.Literal
Step = tuple[Node, ox.NamedNode, Node]
"""A triple as the store has it."""

_TYPE = RDF + "type"


@dataclass(frozen=True)
class View:
    """What a query sees of a store: all graphs as one, but for some that it has to name."""

    store: QuadStore
    hidden: frozenset[str] = frozenset()
    """The IRIs of graphs that are seen only by a query that names them."""


class Lookup:
    """Answers small questions about things by their IRI; answers are sorted and without doubles.

    ``contested`` may hold a second store, for what is disputed and therefore not in the first.
    """

    def __init__(self, store: QuadStore, contested: QuadStore | None = None) -> None:
        """Take one store or two; nothing is read yet."""
        self.store = store
        self.contested = contested

    def values(self, address: str, predicate: str) -> list[ox.Literal]:
        """Return the literals of a property, by language and text."""
        found = {node for node in self._objects(address, predicate) if isinstance(node, ox.Literal)}
        return sorted(found, key=lambda literal: (literal.language or "", literal.value))

    def texts(self, address: str, predicate: str) -> list[str]:
        """Return the texts of a property, in whatever language."""
        return list(dict.fromkeys(literal.value for literal in self.values(address, predicate)))

    def text(self, address: str, predicate: str) -> str:
        """Return the English or else the first text of a property, empty when there is none."""
        found = sorted(
            (v.language not in ("en", None), v.value) for v in self.values(address, predicate)
        )
        return found[0][1] if found else ""

    def things(self, address: str, predicate: str) -> list[str]:
        """Return the IRIs that are values of a property."""
        nodes = self._objects(address, predicate)
        return sorted({node.value for node in nodes if isinstance(node, ox.NamedNode)})

    def thing(self, address: str, predicate: str) -> str:
        """Return the first IRI that is a value of a property, empty when there is none."""
        return next(iter(self.things(address, predicate)), "")

    def holders(self, predicate: str, address: str) -> list[str]:
        """Return the IRIs of what has a thing as the value of a property."""
        found = set()
        for store in self._stores():
            pattern = store.quads_for_pattern(
                None, ox.NamedNode(predicate), ox.NamedNode(address), None
            )
            found |= {q.subject.value for q in pattern if isinstance(q.subject, ox.NamedNode)}
        return sorted(found)

    def types(self, address: str) -> frozenset[str]:
        """Return the IRIs of the classes of a thing."""
        return frozenset(self.things(address, _TYPE))

    def is_a(self, address: str, cls: str) -> bool:
        """Tell whether a thing is stated to be of a class."""
        return self.states(address, _TYPE, ox.NamedNode(cls))

    def states(self, address: str, predicate: str, value: Node) -> bool:
        """Tell whether a thing has a value; a store knows literals by value, not as written."""
        node, prop = ox.NamedNode(address), ox.NamedNode(predicate)
        return any(
            next(iter(store.quads_for_pattern(node, prop, value, None)), None)
            for store in self._stores()
        )

    def exists(self, address: str) -> bool:
        """Tell whether any triple speaks of a thing."""
        return bool(self.existing([address]))

    def existing(self, addresses: Iterable[str]) -> list[str]:
        """Return those things that any triple speaks of, asked for at once."""
        nodes = " ".join(str(ox.NamedNode(address)) for address in addresses)
        tests = "EXISTS { ?x ?p ?o } || EXISTS { ?s ?p ?x } || EXISTS { ?s ?x ?o }"
        query = f"SELECT ?x WHERE {{ VALUES ?x {{ {nodes} }} FILTER({tests}) }}"
        found = {row[0] for store in self._stores() for row in select(store, query)}
        return sorted(node.value for node in found if isinstance(node, ox.NamedNode))

    def expect(self, addresses: Iterable[str]) -> None:
        """Tell what will be asked for: a store that is elsewhere brings it in one go."""
        known = list(addresses)
        for store in self._stores():
            prepare = getattr(store, "expect", None)
            if prepare is not None:
                prepare(known)

    def _objects(self, address: str, predicate: str) -> Iterator[object]:
        node, prop = ox.NamedNode(address), ox.NamedNode(predicate)
        for store in self._stores():
            for quad in store.quads_for_pattern(node, prop, None, None):
                yield quad.object

    def _stores(self) -> Iterator[QuadStore]:
        yield self.store
        if self.contested is not None:
            yield self.contested


def select(store: QuadStore, sparql: str) -> Iterator[tuple[Node | None, ...]]:
    """Yield the rows of a SELECT over all graphs; for reading in bulk nothing is faster."""
    solutions = store.query(sparql, use_default_graph_as_union=True)
    if not isinstance(solutions, ox.QuerySolutions):
        raise TypeError("only a SELECT has rows")
    width = len(solutions.variables)
    for solution in solutions:
        yield tuple(_node(solution[place]) for place in range(width))


def parse_term(term: Term) -> Node:
    """Return a term of the store for its N-Triples text."""
    return parse_triple(("<x:s>", "<x:p>", term))[2]


def parse_triple(triple: Triple) -> Step:
    """Return a triple of the store for its terms as N-Triples text."""
    line = " ".join(triple) + " ."
    quad = next(iter(ox.parse(line, ox.RdfFormat.N_TRIPLES)))
    subject, obj = _node(quad.subject), _node(quad.object)
    if subject is None or obj is None:
        raise ValueError(f"not a triple of plain RDF: {line}")
    return subject, quad.predicate, obj


def as_terms(triple: Step) -> Triple:
    """Return a triple of the store as N-Triples text of its terms."""
    return str(triple[0]), str(triple[1]), str(triple[2])


def _node(value: object) -> Node | None:
    return value if isinstance(value, ox.NamedNode | ox.BlankNode | ox.Literal) else None
