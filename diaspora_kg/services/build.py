"""A build that lies on a SPARQL service, open for questions like one on disk."""

from collections.abc import Mapping
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from diaspora_kg.confinement.limits import Limits
from diaspora_kg.engine import evaluate
from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.labels import Labels
from diaspora_kg.lookup import Lookup, View
from diaspora_kg.querying import CONTESTED, Question, as_table
from diaspora_kg.services.addresses import read_address
from diaspora_kg.services.client import Client
from diaspora_kg.services.holdings import Holdings, connect
from diaspora_kg.services.replica import RemoteStore
from diaspora_kg.table import Table

if TYPE_CHECKING:
    from diaspora_kg.evidence import EvidencedTable


class ServiceBuild:
    """The graph that a service holds."""

    def __init__(self, client: Client, holdings: Holdings) -> None:
        """Take a service and what it holds."""
        self.client = client
        self.holdings = holdings

    @property
    def name(self) -> str:
        """The identifier of the build, else the address of the service."""
        return self.holdings.build or self.client.transport.address.query

    @property
    def meta(self) -> Mapping[str, Any]:
        """Version, policy, date and counts of the build, where the service keeps them."""
        return self.holdings.meta

    def open(self, *, contested: bool = False) -> RemoteStore:
        """Return the store that queries see, with ``contested`` what is disputed as well."""
        return RemoteStore(self.client, self.holdings, contested=contested)

    @cached_property
    def disputed(self) -> ox.Store:
        """What is disputed and nothing else; it is small, and comes whole."""
        store = ox.Store()
        store.extend(self._quads(CONTESTED))
        return store

    def quads(self) -> list[ox.Quad]:
        """Return the whole graph, contested content included."""
        return [
            quad for graph in self.holdings.visible(contested=True) for quad in self._quads(graph)
        ]

    def notices(self) -> list[str]:
        """Return what a reader of answers must know of the service, in sentences."""
        notes = []
        if self.holdings.replaced_by:
            notes.append(
                "The service is being given a new graph, or an upload to it broke off: answers "
                "may mix the two. 'diaspora-kg build --endpoint' finishes it."
            )
        if self.client.is_virtuoso and self.holdings.is_ours:
            notes.append(
                "Virtuoso answers some queries wrongly; so they ran here, over triples fetched "
                "from it (docs/endpoints.md)."
            )
        return notes

    def require_graph(self) -> None:
        """Raise ``DiasporaKGError`` (DKG634) when the service holds no graph of ours."""
        if not self.holdings.is_ours:
            raise DiasporaKGError(
                "DKG634",
                "the service holds no graph of diaspora-kg",
                "Load one: diaspora-kg build --endpoint URL; any SPARQL can be asked without.",
            )

    def _quads(self, graph: str) -> list[ox.Quad]:
        if graph not in self.holdings.graphs:
            return []
        name = ox.NamedNode(graph)
        query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
        found = self.client.triples(query)
        return [ox.Quad(q.subject, q.predicate, q.object, name) for q in found]


class ServiceQuestions:
    """Asks a service what comes from outside. The service has its own limits of time and memory."""

    def __init__(self, build: ServiceBuild, *, contested: bool) -> None:
        """Take a build; with ``contested``, queries see what is disputed as well."""
        self._store = build.open(contested=contested)
        self._contested = contested

    def answer(
        self, question: Question, limits: Limits | None = None, language: str = "en"
    ) -> Table:
        """Return the rows that answer a question, no more than ``limits`` allows.

        Raises what ``Client.ask`` raises.
        """
        view = self._view(question)
        with self._store.client.transport.within(limits.seconds if limits else 0):
            result = evaluate(question.sparql, view.store, view.hidden)
        most = limits.rows if limits and limits.rows else None
        rows = tuple(islice(result.rows, None if most is None else most + 1))
        is_cut = most is not None and len(rows) > most
        return as_table(question, result.columns, rows[:most], result.kind, language, is_cut=is_cut)

    def evidence(
        self,
        question: Question,
        table: Table,
        limits: Limits | None = None,
        language: str = "en",
    ) -> "EvidencedTable":
        """Return a table that answered a question with the evidence of its rows."""
        from diaspora_kg.evidence import evidence_of

        view = self._view(question)
        return evidence_of(question.sparql, table, view, Labels(Lookup(view.store), language))

    def _view(self, question: Question) -> View:
        if self._contested or not question.names_contested:
            return View(self._store)
        store = RemoteStore(self._store.client, self._store.holdings, contested=True)
        return View(store, frozenset((CONTESTED,)))


def open_service(url: str) -> ServiceBuild:
    """Return the graph that the service at an address holds.

    Raises ``DiasporaKGError`` (DKG623, DKG624, DKG633 …) when the service refuses, and
    ``MissingPartError`` (DKG620, DKG621, DKG622 …) when it cannot be reached.
    """
    client, holdings = connect(read_address(url))
    return ServiceBuild(client, holdings)
