"""What a service holds of ours: which graphs, of which build, and how it is to be asked for them.

Services differ in what a query sees that names no graph: one graph, all of them, or nothing. So
the union of all graphs but the contested one stands on the service as a graph of its own, and
every query names it. A service that was filled by other means has no such graph; there every
graph is named one by one.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pyoxigraph as ox

from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.namespaces import DCTERMS, DKGG, PREFIXES, RDF, VOID, XSD
from diaspora_kg.services.addresses import Address
from diaspora_kg.services.client import Client, Dataset
from diaspora_kg.services.transport import Transport
from diaspora_kg.terms import Quad, iri, text_literal, typed_literal

RECORD = DKGG + "service"
"""The graph in which a service keeps what it holds."""
UNION = DKGG + "union"
"""The graph with the triples of all graphs but the contested one."""
STATED = DKGG + "stated"
"""The graph with what cases, sources, reference tables and links state: what shapes look at."""
STAGING = DKGG + "staging/"
"""Begins the names of graphs that are being loaded."""
CONTESTED = DKGG + "contested"

DERIVED = (STATED, UNION)
"""Graphs that stand on a service only, put together from others."""
_HIDDEN = (RECORD, *DERIVED)
_STATED = (DKGG + "sources", DKGG + "reference", DKGG + "links")
_CASE = DKGG + "case/"
_IDENTIFIER, _ABOUT = DCTERMS + "identifier", DCTERMS + "description"
_REPLACED = DCTERMS + "isReplacedBy"
_COUNT = VOID + "triples"
PROBES = {
    "integer": "01",
    "decimal": "1.50",
    "double": "1e2",
    "boolean": "1",
    "dateTime": "2010-04-06T00:00:00.0Z",
}
"""Literals in the record, one a datatype: how a service gives them back tells what it keeps."""


@dataclass(frozen=True)
class Holdings:
    """What of ours is on a service."""

    graphs: Mapping[str, int] = field(default_factory=dict)
    """The live graphs, with how many triples each was given; 0 where nobody wrote it down."""
    build: str = ""
    """The identifier of the build; empty when the graphs came by other means than an upload."""
    meta: Mapping[str, Any] = field(default_factory=dict)
    replaced_by: str = ""
    """The build that was being switched to when an upload broke off; usually none."""

    @property
    def is_ours(self) -> bool:
        """Whether there is any graph of ours."""
        return bool(self.graphs)

    @property
    def has_union(self) -> bool:
        """Whether the union of the graphs stands there as a graph."""
        return UNION in self.graphs

    def visible(self, *, contested: bool = False) -> tuple[str, ...]:
        """Return the graphs that a person may see, sorted."""
        hidden = _HIDDEN if contested else (*_HIDDEN, CONTESTED)
        return tuple(sorted(graph for graph in self.graphs if graph not in hidden))

    def stated(self) -> tuple[str, ...]:
        """Return the graphs that shapes look at: one that joins them, where there is one."""
        if STATED in self.graphs:
            return (STATED,)
        return tuple(graph for graph in self.visible() if is_stated(graph))

    def dataset(self, sparql: str, *, contested: bool, merges_contested: bool) -> Dataset:
        """Return the dataset of a query: all but what is contested as one, and what it names.

        ``contested`` lets it name that graph, ``merges_contested`` puts it among the others.
        """
        if not self.is_ours:
            return Dataset()
        default = (UNION,) if self.has_union else self.visible()
        if merges_contested and CONTESTED in self.graphs:
            default = (*default, CONTESTED)
        return Dataset(default, _named_in(sparql, self.visible(contested=contested)))


def connect(address: Address) -> tuple[Client, Holdings]:
    """Return a client of a service and what the service holds of ours.

    The address may be that of the service as a whole: then ``query`` and ``sparql`` below it are
    tried.

    Raises ``DiasporaKGError`` when the service refuses to answer, ``MissingPartError`` when it
    cannot be reached.
    """
    first: DiasporaKGError | None = None
    for url in _places(address.query):
        client = Client(Transport(replace(address, query=url)))
        try:
            return client, read_holdings(client)
        except DiasporaKGError as error:
            first = first or error
            if error.code not in ("DKG624", "DKG626"):
                raise
    assert first is not None
    raise first


def _places(url: str) -> list[str]:
    if "?" in url:
        return [url]
    base = url.rstrip("/")
    return [url, f"{base}/query", f"{base}/sparql"]


def read_holdings(client: Client) -> Holdings:
    """Return what a service holds of ours. Raises what ``Client.ask`` raises."""
    rows = client.select(f"SELECT ?s ?p ?o WHERE {{ GRAPH <{RECORD}> {{ ?s ?p ?o }} }}")
    said: dict[str, str] = {}
    graphs: dict[str, int] = {}
    for subject, predicate, value in rows:
        assert isinstance(subject, ox.NamedNode)
        assert isinstance(predicate, ox.NamedNode)
        assert value is not None
        if predicate.value == _COUNT:
            graphs[subject.value] = int(str(getattr(value, "value", 0)))
        elif isinstance(value, ox.Literal):
            said[predicate.value] = value.value
    if not graphs:
        return Holdings(dict.fromkeys(_listed(client), 0))
    try:
        meta = json.loads(said.get(_ABOUT, "{}"))
    except ValueError:
        meta = {}
    return Holdings(graphs, said.get(_IDENTIFIER, ""), meta, said.get(_REPLACED, ""))


def _listed(client: Client) -> list[str]:
    rows = client.select(
        "SELECT DISTINCT ?g WHERE "
        f'{{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{DKGG}")) }}'
    )
    found = (graph.value for (graph,) in rows if isinstance(graph, ox.NamedNode))
    return sorted(graph for graph in found if not graph.startswith(STAGING))


def is_stated(graph: str) -> bool:
    """Tell whether what a graph holds was stated by people, and not computed."""
    return graph in _STATED or graph.startswith(_CASE)


def record_of(holdings: Holdings) -> list[Quad]:
    """Return the statements by which a service says what it holds."""
    record = iri(RECORD)
    quads = [
        (record, iri(_IDENTIFIER), text_literal(holdings.build), record),
        (record, iri(_ABOUT), text_literal(json.dumps(dict(holdings.meta))), record),
    ]
    if holdings.replaced_by:
        quads.append((record, iri(_REPLACED), text_literal(holdings.replaced_by), record))
    for datatype, text in PROBES.items():
        quads.append((record, iri(RDF + "value"), typed_literal(text, XSD + datatype), record))
    for graph, count in sorted(holdings.graphs.items()):
        quads.append((iri(graph), iri(_COUNT), typed_literal(str(count), XSD + "integer"), record))
    return quads


def changed_literals(client: Client) -> tuple[str, ...] | None:
    """Return the datatypes whose lexical forms a service does not keep; None if it is not known."""
    rows = client.select(
        f"SELECT (STR(?o) AS ?text) WHERE {{ GRAPH <{RECORD}> {{ <{RECORD}> <{RDF}value> ?o }} }}"
    )
    texts = {cell.value for (cell,) in rows if isinstance(cell, ox.Literal)}
    if not texts:
        return None
    return tuple(sorted(name for name, text in PROBES.items() if text not in texts))


# --- What a query names -----------------------------------------------------------------

_GRAPH = re.compile(r"\bGRAPH\b", re.IGNORECASE)
_GRAPH_VARIABLE = re.compile(r"\bGRAPH\s*[?$]", re.IGNORECASE)
_DECLARED = re.compile(r"\bPREFIX\s+([^\s:]*):", re.IGNORECASE)


def _named_in(sparql: str, graphs: Iterable[str]) -> tuple[str, ...]:
    """Return the graphs that a query may name: those that stand in it, or all of them."""
    if not _GRAPH.search(sparql):
        return ()
    every = tuple(graphs)
    written = tuple(g for g in every if f"<{g}>" in sparql or f"dkgg:{g[len(DKGG) :]}" in sparql)
    return every if _GRAPH_VARIABLE.search(sparql) or not written else written


def with_prefixes(sparql: str, prefixes: Mapping[str, str] | None = None) -> str:
    """Return a query that declares the prefixes of the project that it uses without saying so."""
    declared = set(_DECLARED.findall(sparql))
    missing = [
        f"PREFIX {name}: <{address}>\n"
        for name, address in (PREFIXES if prefixes is None else prefixes).items()
        if name not in declared and f"{name}:" in sparql
    ]
    return "".join(missing) + sparql
