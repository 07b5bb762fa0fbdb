"""The stages of a build, in the order of the model: what they are given, and what they make."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from diaspora_kg.acceptance import Acceptance, Policy, accept_among
from diaspora_kg.conflicts import Conflicts, type_nodes
from diaspora_kg.conflicts.declared import find_declared_clashes
from diaspora_kg.conflicts.finding import Found, conclude, find_oppositions, restatements
from diaspora_kg.conflicts.observed import data_beside
from diaspora_kg.corpus import Corpus
from diaspora_kg.errors import Finding, FindingsError, Location, Severity
from diaspora_kg.execution import Engine
from diaspora_kg.inference.closure import Closure, reasoner_of
from diaspora_kg.layout import Inputs
from diaspora_kg.linking.packaged import links_in_force
from diaspora_kg.linking.statements import link_quads, premises
from diaspora_kg.metadata import describe
from diaspora_kg.namespaces import DKGG, DKGID
from diaspora_kg.neighbours import point_at_neighbours
from diaspora_kg.populating import Population
from diaspora_kg.progress import doing
from diaspora_kg.reading.data_sets import count_data
from diaspora_kg.reading.ontology import Ontology, read_ontology
from diaspora_kg.reading.states import read_reference
from diaspora_kg.terms import TYPE, Quad, Term, iri

if TYPE_CHECKING:
    from diaspora_kg.validation.quotes import QuoteCheck

ONTOLOGY_GRAPH = iri(DKGG + "ontology")
INFERRED_GRAPH = iri(DKGG + "inferred")
_REFERENCE_GRAPH = iri(DKGG + "reference")

# what follows for states and regions alone is the same in every graph and counts for nothing
_REFERENCE = (f"<{DKGID}state/", f"<{DKGID}region/")
_SOURCE = iri("https://w3id.org/diaspora-kg/ontology#Source")


@dataclass(frozen=True)
class Graph:
    """A graph in memory, complete but not yet written."""

    statements: tuple[Quad, ...]
    """Every quad once, in no order that counts."""
    places: Mapping[Term, Location]
    conflicts: Conflicts
    acceptance: Acceptance
    closure: Closure
    ontology: Ontology
    policy: Policy
    inputs: Inputs
    population: Population
    corpus: Corpus
    oppositions: Found
    """What conflicts are made up of, by the group of claims in which it was found."""
    findings: tuple[Finding, ...] = ()

    @cached_property
    def quads(self) -> tuple[Quad, ...]:
        """Every quad once, sorted. What writes lines sorts those, and need not ask for this."""
        return tuple(sorted(self.statements))

    @cached_property
    def counts(self) -> dict[str, int]:
        """What a person wants to know first: how many of what."""
        data_sets, observations = count_data(self.inputs.data_sets)
        return {
            "cases": len(self.inputs.cases),
            "claims": sum(len(case.claims) for case in self.inputs.cases),
            "sources": len({q[0] for q in self.statements if q[2] == _SOURCE and q[1] == TYPE}),
            "accepted": len(self.acceptance.accepted),
            "conflicts": len(self.conflicts.conflicts),
            "inferred": sum(not t[0].startswith(_REFERENCE) for t in self.closure.triples),
            "quads": len(self.statements),
            "data_sets": data_sets,
            "observations": observations,
        }


def stop_at_violations(findings: Sequence[Finding]) -> None:
    """Raise ``FindingsError`` with all findings when one of them is a violation."""
    if any(finding.severity >= Severity.VIOLATION for finding in findings):
        raise FindingsError(_ordered(*findings))


@dataclass(frozen=True)
class Stated:
    """What the cases and the links state, before anything is made of it."""

    inputs: Inputs
    population: Population
    ontology: Ontology
    links: tuple[Quad, ...]
    findings: tuple[Finding, ...]

    @classmethod
    def of(cls, paths: Iterable[Path], engine: Engine) -> "Stated":
        """Read and populate. Raises ``FindingsError`` for violations."""
        inputs = engine.read(paths)
        stop_at_violations(inputs.findings)
        ontology = read_ontology()
        doing(f"making statements of {len(inputs.cases):,} cases")
        population = engine.populate(inputs, ontology, read_reference())
        unknown = point_at_neighbours(population.findings, inputs.named, inputs.files)
        findings = (*inputs.findings, *unknown)
        stop_at_violations(findings)
        links = tuple(link_quads(links_in_force(inputs.links)))
        return cls(inputs, population, ontology, links, findings)

    def check(self, engine: Engine) -> tuple[Finding, ...]:
        """Return what the packaged shapes find; they look at nothing that is computed later."""
        axioms = ((s, p, o, ONTOLOGY_GRAPH) for s, p, o in self.ontology.triples)
        quads = chain(self.population.quads, self.links, axioms)
        return engine.validate(quads, self.population.places)


def compute(given: Stated, policy: Policy, build_date: date | None) -> Graph:
    """Return the graph that follows: conflicts, what is accepted under a policy, and inferences."""
    inputs, population, ontology = given.inputs, given.population, given.ontology
    doing("looking for conflicts and accepting what is undisputed")
    typed = type_nodes(population.quads, ontology)
    stated = (*population.quads, *typed)
    corpus = Corpus(stated, ontology)
    data = data_beside(corpus, population.quads, given.links, inputs.data_sets)
    oppositions = find_oppositions(corpus, data)
    claims = corpus.claims.values()
    conflicts = conclude(oppositions, restatements(claims), corpus)
    acceptance = accept_among(corpus, conflicts, policy)
    doing(f"inferring from {len(acceptance.triples):,} accepted statements")
    # what is contested is no premise
    beside = [(s, p, o) for s, p, o, g in population.quads if g == _REFERENCE_GRAPH]
    beside += premises(given.links)
    closure = reasoner_of(ontology.triples).closure([*acceptance.triples, *beside])
    inferred = sorted((s, p, o, INFERRED_GRAPH) for s, p, o in closure.triples)
    # most parts are sorted, and sorting lines of what hangs together is fast
    quads = dict.fromkeys(
        chain(
            stated,
            given.links,
            inputs.data_sets,
            conflicts.quads,
            acceptance.quads,
            acceptance.reasons,
            inferred,
            ((s, p, o, ONTOLOGY_GRAPH) for s, p, o in ontology.triples),
        )
    )
    return Graph(
        (*quads, *describe(quads, policy, build_date)),
        population.places,
        conflicts,
        acceptance,
        closure,
        ontology,
        policy,
        inputs,
        population,
        corpus,
        oppositions,
        _ordered(*given.findings, *find_declared_clashes(claims, corpus, population.places)),
    )


def checked(graph: Graph, of_shapes: Iterable[Finding]) -> Graph:
    """Return a graph with what shapes found in it, and what contradicts the ontology."""
    doing(f"checking {len(graph.statements):,} quads")
    closure = graph.closure
    if not closure.inconsistencies:
        return _with_findings(graph, of_shapes)
    from diaspora_kg.inconsistencies import find_inconsistencies

    clashes = find_inconsistencies(graph.quads, closure, graph.places)
    return _with_findings(graph, (*of_shapes, *clashes))


def _with_findings(graph: Graph, more: Iterable[Finding]) -> Graph:
    return replace(graph, findings=_ordered(*graph.findings, *more))


def _ordered(*findings: Finding) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: finding.sort_key))


def look_up_quotes(graph: Graph, texts: Path) -> "QuoteCheck":
    """Return what became of the quotes of a graph in a folder with the texts of its sources."""
    from diaspora_kg.validation.quotes import check_quotes

    declared = (*graph.inputs.sources, *(s for case in graph.inputs.cases for s in case.sources))
    named = {str(source.key): str(source.text) for source in declared if source.text is not None}
    return check_quotes(graph.quads, graph.places, texts, named)


def with_positions(graph: Graph, texts: Path) -> Graph:
    """Return a graph with the position of every quote that was found in the texts."""
    from diaspora_kg.validation.quotes import positions

    quotes = look_up_quotes(graph, texts)
    statements = dict.fromkeys((*graph.quads, *positions(quotes, graph.quads)))
    return _with_findings(replace(graph, statements=tuple(statements)), quotes.findings)
