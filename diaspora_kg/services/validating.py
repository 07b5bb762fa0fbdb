"""The packaged shapes over the graph of a service, run there as SPARQL.

What is looked at is what validation looks at on disk: cases, sources, reference tables and links,
with the order of the classes, and nothing that was computed. A service gives values; where it does
not keep the form in which a literal was written, the result says so.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import pyoxigraph as ox

from diaspora_kg.errors import Finding
from diaspora_kg.namespaces import DKGG, RDF, RDFS
from diaspora_kg.services.build import ServiceBuild
from diaspora_kg.services.client import Client, Dataset
from diaspora_kg.services.holdings import changed_literals
from diaspora_kg.shacl import DataGraph
from diaspora_kg.terms import Term
from diaspora_kg.validation.packaged import packaged_shapes, stated
from diaspora_kg.validation.shacl import check

_ONTOLOGY = DKGG + "ontology"


@dataclass(frozen=True)
class ServiceCheck:
    """What shapes found in the graph of a service."""

    findings: tuple[Finding, ...]
    ran_there: bool
    """Whether the service ran the queries; else its triples were fetched and looked at here."""
    changed: tuple[str, ...] | None
    """Datatypes whose written forms the service does not keep; None where that is not known."""

    def notes(self) -> list[str]:
        """Return what a reader of the findings must know, in sentences."""
        notes = []
        if not self.ran_there:
            notes.append(
                "This service answers some of the queries wrongly; so the triples were fetched "
                "and checked here."
            )
        if self.changed is None:
            notes.append("It is not known whether the service keeps literals as they were written.")
        elif self.changed:
            notes.append(
                f"The service does not keep how literals were written ({', '.join(self.changed)}): "
                "what was checked are their values. 'validate' without --endpoint checks what "
                "was written."
            )
        return notes


def validate_service(build: ServiceBuild) -> ServiceCheck:
    """Return what the packaged shapes find in the graph that a service holds.

    Raises ``DiasporaKGError`` (DKG634) when it holds none of ours, and what ``Client`` raises.
    """
    build.require_graph()
    client = build.client
    ran_there = not client.is_virtuoso
    data = _ServiceData(build) if ran_there else _fetched(build)
    findings = check(data, packaged_shapes(), {})
    return ServiceCheck(findings, ran_there, changed_literals(client))


class _ServiceData(DataGraph):
    """The stated triples of a service, for the compiler of shapes."""

    calls_python = False

    def __init__(self, build: ServiceBuild) -> None:
        """Count what the compiler plans by; three requests."""
        self._client = build.client
        self._dataset = Dataset(build.holdings.stated())
        self.predicates = self._counts("?s ?n ?o")
        self.classes = self._counts(f"?s <{RDF}type> ?n")
        self.has_blanks = False  # outside of the ontology every thing has a name
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
        found = self._client.triples("CONSTRUCT WHERE { ?s ?p ?o }", self._dataset)
        return b"".join(f"{q.subject} {q.predicate} {q.object} .\n".encode() for q in found)


class _Questions:
    """Answers the queries of shapes."""

    def __init__(self, client: Client, dataset: Dataset) -> None:
        self._client = client
        self._dataset = dataset

    def query(self, query: str, custom_functions: Mapping[Any, Any]) -> object:
        """Return the rows of a query; a service knows no functions of ours."""
        assert not custom_functions, "shapes for a service are compiled without functions"
        return self._client.ask(query, self._dataset).as_of_store()


def _fetched(build: ServiceBuild) -> DataGraph:
    quads = (
        (str(q.subject), str(q.predicate), str(q.object), str(q.graph_name)) for q in build.quads()
    )
    return DataGraph.from_terms(stated(quads))
