"""Shapes over the graph of a service, run there as SPARQL.

Packaged shapes look at what they look at on disk: cases, sources, reference tables and links,
with the order of the classes, and nothing that was computed. Shapes of one's own look at what
queries see. A service gives values; where it does not keep the form in which a literal was
written, the result says so.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

import pyoxigraph as ox

from diaspora_kg.errors import DiasporaKGError, Finding
from diaspora_kg.namespaces import DKGG, RDF, RDFS
from diaspora_kg.services.build import ServiceBuild
from diaspora_kg.services.client import Client, Dataset
from diaspora_kg.services.holdings import changed_literals
from diaspora_kg.shacl import DataGraph, ShapesGraph
from diaspora_kg.shacl.originals import BLANK, ELSEWHERE, ILL_FORMED, WRITTEN
from diaspora_kg.terms import Term, Triple
from diaspora_kg.validation.packaged import packaged_shapes, stated
from diaspora_kg.validation.shacl import check

_ONTOLOGY = DKGG + "ontology"
_MOST_TRIPLES = 2_000_000
"""So many triples are fetched at most; they are held in memory."""
_OF_SHAPES = ELSEWHERE.removeprefix(BLANK)
_CODED = re.compile(rf'<{BLANK}(?!{_OF_SHAPES})|"\^\^<(?:{WRITTEN}|{ILL_FORMED})')
"""A term as only a store of our own has it: a blank node by name, a literal by its form."""


@dataclass(frozen=True)
class ServiceCheck:
    """What shapes found in the graph of a service."""

    findings: tuple[Finding, ...]
    ran_there: bool
    """Whether the service ran the queries; else its triples were fetched and looked at here."""
    changed: tuple[str, ...] | None
    """Datatypes whose written forms the service does not keep; None where that is not known."""

    why_fetched: str = ""

    def notes(self) -> list[str]:
        """Return what a reader of the findings must know, in sentences."""
        notes = []
        if not self.ran_there:
            notes.append(f"{self.why_fetched}; so the triples were fetched and checked here.")
        if self.changed is None:
            notes.append("It is not known whether the service keeps literals as they were written.")
        elif self.changed:
            notes.append(
                f"The service does not keep how literals were written ({', '.join(self.changed)}): "
                "what was checked are their values. 'validate' without --endpoint checks what "
                "was written."
            )
        return notes


_WRONG_ANSWERS = "This service answers some of the queries wrongly"


def validate_service(build: ServiceBuild) -> ServiceCheck:
    """Return what the packaged shapes find in the graph that a service holds.

    Raises ``DiasporaKGError`` (DKG634) when it holds none of ours, and what ``Client`` raises.
    """
    build.require_graph()
    client = build.client
    if client.is_virtuoso:
        findings = check(_stated(build), packaged_shapes(), {})
        return ServiceCheck(findings, False, changed_literals(client), _WRONG_ANSWERS)
    data = _ServiceData(build, Dataset(build.holdings.stated()), has_blanks=False)
    return ServiceCheck(check(data, packaged_shapes(), {}), True, changed_literals(client))


def validate_service_with(
    build: ServiceBuild, shapes: ShapesGraph, prefixes: Mapping[str, str]
) -> ServiceCheck:
    """Return what shapes of one's own find in what queries to a service see; nothing is added.

    The shapes run there if the service holds a graph of ours, where it is known how it treats
    terms. Else, and where they name what only a store of our own can name, the triples are
    fetched.

    Raises ``DiasporaKGError``: DKG204 when the shapes are not well-formed, DKG636 when there are
    too many triples to be fetched, and what ``Client`` raises.
    """
    client, holdings = build.client, build.holdings
    dataset = holdings.dataset("", contested=False, merges_contested=False)
    changed = changed_literals(client)
    if client.is_virtuoso:
        why = _WRONG_ANSWERS
    elif not holdings.is_ours:
        why = "The service holds no graph of diaspora-kg"
    else:
        try:
            data = _ServiceData(build, dataset, has_blanks=_has_blanks(client, dataset))
            return ServiceCheck(check(data, shapes, {}, prefixes), True, changed)
        except _CannotAskError as error:
            why = str(error)
    fetched = DataGraph.from_terms(_fetched(client, dataset))
    return ServiceCheck(check(fetched, shapes, {}, prefixes), False, changed, why)


class _CannotAskError(Exception):
    """A query that only a store of our own can answer."""


class _ServiceData(DataGraph):
    """The triples of a dataset of a service, for the compiler of shapes."""

    calls_python = False

    def __init__(self, build: ServiceBuild, dataset: Dataset, *, has_blanks: bool) -> None:
        """Count what the compiler plans by; three requests."""
        self._client = build.client
        self._dataset = dataset
        self.predicates = self._counts("?s ?n ?o")
        self.classes = self._counts(f"?s <{RDF}type> ?n")
        self.has_blanks = has_blanks
        self.is_coded = False
        self._below: dict[Term, set[Term]] = {}
        for below, above in self._client.select(
            f"SELECT ?c ?d WHERE {{ GRAPH <{_ONTOLOGY}> {{ ?c <{RDFS}subClassOf> ?d }} "
            "FILTER(ISIRI(?c) && ISIRI(?d)) }"
        ):
            self._below.setdefault(str(above), set()).add(str(below))
        self.store = cast(ox.Store, _Questions(self._client, self._dataset))

    def _counts(self, pattern: str) -> "Counter[Term]":
        query = f"SELECT ?n (COUNT(*) AS ?times) WHERE {{ {pattern} }} GROUP BY ?n"
        rows = self._client.select(query, self._dataset)
        return Counter({str(n): int(cast(ox.Literal, times).value) for n, times in rows})

    @property
    def ntriples(self) -> bytes:
        """The triples themselves, fetched; for a shape that only another engine knows."""
        triples = _fetched(self._client, self._dataset)
        return "".join(f"{s} {p} {o} .\n" for s, p, o in triples).encode()


class _Questions:
    """Answers the queries of shapes."""

    def __init__(self, client: Client, dataset: Dataset) -> None:
        self._client = client
        self._dataset = dataset

    def query(self, query: str, custom_functions: Mapping[Any, Any]) -> object:
        """Return the rows of a query; a service knows no functions of ours.

        Raises ``_CannotAskError`` for a query that names what is not there.
        """
        assert not custom_functions, "shapes for a service are compiled without functions"
        if _CODED.search(query):
            raise _CannotAskError("The shapes ask for nodes without names or for forms of literals")
        return self._client.ask(query, self._dataset).as_of_store()

    def __iter__(self) -> Iterator[object]:
        """Refuse to give everything, as a query that looks into the shapes would need it."""
        raise _CannotAskError("A query of the shapes looks into the shapes")


def _has_blanks(client: Client, dataset: Dataset) -> bool:
    blank = "FILTER(ISBLANK(?s) || ISBLANK(?o))"
    return bool(client.select(f"SELECT ?s WHERE {{ ?s ?p ?o {blank} }} LIMIT 1", dataset))


def _fetched(client: Client, dataset: Dataset) -> Iterator[Triple]:
    ((cell,),) = client.select("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }", dataset)
    count = int(cast(ox.Literal, cell).value)
    if count > _MOST_TRIPLES:
        raise DiasporaKGError(
            "DKG636",
            f"the service holds {count:,} triples, too many to be fetched and checked here",
            "Take a file of the data: diaspora-kg validate DATA.nt --shapes SHAPES.ttl.",
        )
    for quad in client.triples("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", dataset):
        yield str(quad.subject), str(quad.predicate), str(quad.object)


def _stated(build: ServiceBuild) -> DataGraph:
    quads = (
        (str(q.subject), str(q.predicate), str(q.object), str(q.graph_name)) for q in build.quads()
    )
    return DataGraph.from_terms(stated(quads))
