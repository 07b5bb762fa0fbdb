"""A store that is elsewhere: queries go there, and triples come here as they are asked for.

Following evidence asks thousands of small questions. Each would be a request; so an answer brings
along what will be asked next: the descriptions of all things met so far, and what points at the
likes of the thing in question. What has come is kept, so that nothing is asked for twice. The
number of requests grows with how far a question reaches, not with how many things it meets.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, cast

import pyoxigraph as ox

from diaspora_kg.namespaces import DKGG, RDF, RDFS
from diaspora_kg.services.client import OWN_DATASET, Client, gives_triples, iris
from diaspora_kg.services.holdings import DERIVED, RECORD, Holdings, with_prefixes
from diaspora_kg.services.reach import UnknownReachError, reach_of
from diaspora_kg.services.results import Answer, Rows, triples_of_store

_AT_ONCE = 500
"""How many things are described in one request."""
_ALIKE_AT_ONCE = 150
_TRIPLES_AT_ONCE = 20_000
_ROWS_OF_INTEREST = 2_000
_TURNS = 4
"""After so many requests for what points at things by a property, all its triples are fetched."""
_FAR_TOO_MANY = frozenset({RDF + "type", RDFS + "subClassOf", RDFS + "isDefinedBy"})
"""What points at a thing by one of these is not fetched ahead of being asked for."""
_ONTOLOGY = DKGG + "ontology"
_NOT_OURS = " ".join(f"FILTER(?g != <{graph}>)" for graph in (*DERIVED, RECORD))

Pattern = ox.NamedNode | ox.BlankNode | ox.Literal | None


class RemoteStore:
    """The graphs of a service, asked as if they were in a local store; nothing is written."""

    def __init__(self, client: Client, holdings: Holdings, *, contested: bool = False) -> None:
        """Take a service; with ``contested`` what is disputed is seen as well."""
        self.client = client
        self.holdings = holdings
        self.contested = contested
        self._local = ox.Store()
        self._graphs = frozenset(holdings.visible(contested=contested))
        self._described: set[str] = set()
        self._waiting: dict[str, None] = {}
        self._pointed_at: set[tuple[str, str]] = set()
        self._met_by: dict[str, set[str]] = defaultdict(set)
        self._alike: dict[str, list[str]] = defaultdict(list)
        self._predicates: set[str] = set()
        self._turns: Counter[str] = Counter()
        self._loaded: set[str] = set()

    # --- As a store ---------------------------------------------------------------------

    def query(
        self,
        query: str,
        /,
        *,
        prefixes: dict[str, str] | None = None,
        use_default_graph_as_union: bool = False,
        default_graph: Any = None,  # noqa: ANN401 - as the local store has it
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Return the answer to a query over the union of the graphs, or over those it names.

        ``default_graph``, a list of graphs, is taken for all but what is contested.

        Raises ``DiasporaKGError`` and ``MissingPartError`` as ``Client.ask`` does.
        """
        text = with_prefixes(query, prefixes)
        here = self._to_be_asked_here(text)
        if here is not None:
            return here.query(
                text,
                use_default_graph_as_union=use_default_graph_as_union,
                default_graph=default_graph,
            )
        chosen = default_graph is not None
        dataset = OWN_DATASET
        if use_default_graph_as_union or chosen:
            dataset = self.holdings.dataset(
                text, contested=self.contested, merges_contested=self.contested and not chosen
            )
        if gives_triples(text):
            return triples_of_store(self.client.triples(text, dataset))
        answer = self.client.ask(text, dataset)
        self._meet_rows(answer)
        return answer.as_of_store()

    def quads_for_pattern(
        self,
        subject: Pattern,
        predicate: ox.NamedNode | None,
        object: Pattern,
        graph_name: Any = None,  # noqa: ANN401 - as the local store has it
        /,
    ) -> Iterator[ox.Quad]:
        """Yield the quads of a pattern, fetching first what is not here yet."""
        if not self.holdings.is_ours or isinstance(subject, ox.Literal):
            return iter(())
        self._fetch(subject, predicate, object, graph_name)
        return self._local.quads_for_pattern(subject, predicate, object, graph_name)

    def named_graphs(self) -> Iterator[ox.NamedNode]:
        """Yield the graphs that are seen."""
        return (ox.NamedNode(graph) for graph in sorted(self._graphs))

    def expect(self, addresses: Iterable[str]) -> None:
        """Take note of things that will be asked for, so that they come in one request."""
        for address in addresses:
            self._meet(address, "expected")

    @cached_property
    def everything(self) -> ox.Store:
        """All that is seen, in a local store."""
        missing = sorted(self._graphs - self._loaded)
        for graphs in _by_size(missing, self.holdings.graphs):
            self._load(graphs)
        return self._local

    def with_predicates(self, predicates: Iterable[str]) -> ox.Store:
        """Return a local store that has every triple of some predicates, if not more."""
        self._predicate(predicates)
        return self._local

    def _to_be_asked_here(self, sparql: str) -> ox.Store | None:
        """Return a local store with all that a query can touch, where the service is not relied on.

        Virtuoso 7 refuses some SPARQL 1.1 queries and, worse, answers others with too few rows;
        simple patterns it answers right. So these are all that it is asked for.
        """
        if not (self.client.is_virtuoso and self.holdings.is_ours):
            return None
        try:
            reach = reach_of(sparql)
        except UnknownReachError:
            return None  # with extensions of its own, it alone can answer
        if reach.is_simple and not self._loaded >= self._graphs:
            return None
        if reach.properties is None:
            return self.everything
        return self.with_predicates(reach.properties)

    # --- Fetching -----------------------------------------------------------------------

    def _fetch(
        self,
        subject: Pattern,
        predicate: ox.NamedNode | None,
        obj: Pattern,
        graph: Any,  # noqa: ANN401 - as the local store has it
    ) -> None:
        if self._loaded >= self._graphs or (graph is not None and graph.value in self._loaded):
            return
        if isinstance(subject, ox.BlankNode) or isinstance(obj, ox.BlankNode):
            self._load([_ONTOLOGY])  # only there are nodes without a name
        elif predicate is not None and predicate.value in self._predicates:
            return
        elif isinstance(subject, ox.NamedNode):
            self._describe(subject.value)
        elif obj is not None:
            self._point_at(predicate, obj)
        elif predicate is not None:
            self._predicate([predicate.value])
        elif graph is not None:
            self._load([graph.value])
        else:
            _ = self.everything

    def _describe(self, address: str) -> None:
        """Fetch what is said of a thing, and of all that was met and not described yet."""
        if address in self._described:
            return
        others = [name for name in reversed(self._waiting) if name != address]
        batch = [address, *others[: _AT_ONCE - 1]]
        rows = self._rows(f"VALUES ?s {{ {iris(batch)} }} GRAPH ?g {{ ?s ?p ?o }} {_NOT_OURS}")
        for name in batch:
            self._described.add(name)
            self._waiting.pop(name, None)
        self._absorb(rows)

    def _point_at(self, predicate: ox.NamedNode | None, obj: Pattern) -> None:
        """Fetch what points at a thing, and at others that were met in the same way."""
        name = predicate.value if predicate is not None else ""
        if (name, str(obj)) in self._pointed_at:
            return
        self._turns[name] += 1
        if name and self._turns[name] == _TURNS and self._count(name) <= _TRIPLES_AT_ONCE:
            self._predicate([name])
            return
        batch = [str(obj), *self._likes(name, obj)]
        self._pointed_at.update((name, term) for term in batch)
        verb = str(predicate) if predicate is not None else "?p"
        bound = "" if predicate is None else f"BIND({verb} AS ?p) "
        pattern = f"VALUES ?o {{ {' '.join(batch)} }} GRAPH ?g {{ ?s {verb} ?o }} {bound}"
        self._absorb(self._rows(pattern + _NOT_OURS))

    def _count(self, predicate: str) -> int:
        pattern = f"GRAPH ?g {{ ?s <{predicate}> ?o }} {_NOT_OURS}"
        rows = self.client.select(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}")
        return int(cast(ox.Literal, rows[0][0]).value)

    def _likes(self, predicate: str, obj: Pattern) -> list[str]:
        """Return what was met in one of the ways in which a thing was met."""
        if not isinstance(obj, ox.NamedNode) or not predicate or predicate in _FAR_TOO_MANY:
            return []
        ways = sorted(self._met_by.get(obj.value, ()))
        alike = dict.fromkeys(f"<{name}>" for way in ways for name in self._alike[way])
        asked = self._pointed_at
        found = [t for t in alike if t != str(obj) and (predicate, t) not in asked]
        return found[:_ALIKE_AT_ONCE]

    def _predicate(self, predicates: Iterable[str]) -> None:
        for name in sorted(set(predicates) - self._predicates):
            pattern = f"GRAPH ?g {{ ?s <{name}> ?o }} BIND(<{name}> AS ?p) {_NOT_OURS}"
            self._absorb(self._rows(pattern), meets=False)
            self._predicates.add(name)

    def _load(self, graphs: Sequence[str]) -> None:
        """Fetch whole graphs in one request."""
        missing = [graph for graph in graphs if graph in self._graphs - self._loaded]
        if not missing:
            return
        rows = self._rows(f"VALUES ?g {{ {iris(missing)} }} GRAPH ?g {{ ?s ?p ?o }}")
        if _ONTOLOGY in missing:  # nodes without a name are known by the labels of one answer
            self._drop_nameless()
        self._absorb(rows, meets=False, nameless=True)
        self._loaded.update(missing)

    def _rows(self, pattern: str) -> Rows:
        return self.client.select(f"SELECT ?g ?s ?p ?o WHERE {{ {pattern} }}")

    def _meet_rows(self, answer: Answer) -> None:
        """Meet the things of an answer: their names and their evidence are asked for next."""
        if len(answer.rows) > _ROWS_OF_INTEREST:
            return
        for row in answer.rows:
            for column, cell in zip(answer.columns, row, strict=True):
                self._meet_node(cell, column)

    # --- Keeping ------------------------------------------------------------------------

    def _absorb(self, rows: Rows, *, meets: bool = True, nameless: bool = False) -> None:
        """Keep quads of the graphs that are seen, and meet the things that they speak of."""
        quads = []
        for graph, subject, predicate, obj in rows:
            if not isinstance(graph, ox.NamedNode) or graph.value not in self._graphs:
                continue
            is_nameless = isinstance(subject, ox.BlankNode) or isinstance(obj, ox.BlankNode)
            if is_nameless and not nameless:
                continue  # the same node has another label in every answer
            quads.append(ox.Quad(*cast("Any", (subject, predicate, obj, graph))))
            if meets:
                way = cast(ox.NamedNode, predicate).value
                self._meet_node(obj, way)
                self._meet_node(subject, f"^{way}")
        self._local.extend(quads)

    def _meet_node(self, node: Pattern, way: str) -> None:
        if isinstance(node, ox.NamedNode):
            self._meet(node.value, way)

    def _meet(self, address: str, way: str) -> None:
        if way not in self._met_by[address]:
            self._met_by[address].add(way)
            self._alike[way].append(address)
            if address not in self._described:
                self._waiting[address] = None

    def _drop_nameless(self) -> None:
        for quad in self._local.quads_for_pattern(None, None, None, ox.NamedNode(_ONTOLOGY)):
            if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
                self._local.remove(quad)


def _by_size(graphs: Iterable[str], counts: Mapping[str, int]) -> Iterator[list[str]]:
    """Yield graphs in groups that have not too many triples together, large ones by themselves."""
    group: list[str] = []
    size = 0
    for graph in graphs:
        count = counts.get(graph) or _TRIPLES_AT_ONCE  # of unknown size
        if group and size + count > _TRIPLES_AT_ONCE:
            yield group
            group, size = [], 0
        group.append(graph)
        size += count
    if group:
        yield group
