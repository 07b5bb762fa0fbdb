"""What follows from a graph or from RDF files, and whether it can be true at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from diaspora_kg.assembly import INFERRED_GRAPH, ONTOLOGY_GRAPH, assemble
from diaspora_kg.exporting import withhold
from diaspora_kg.graph import open_kg
from diaspora_kg.inference.axioms import compile_axioms
from diaspora_kg.inference.closure import Reasoner
from diaspora_kg.inference.dl import DLResult, check_dl
from diaspora_kg.inference.proofs import Inconsistency
from diaspora_kg.inputs import STDIN, YAML
from diaspora_kg.namespaces import DKGG
from diaspora_kg.reading import tables
from diaspora_kg.reading.ontology import read_ontology
from diaspora_kg.reading.rdf import read_triples
from diaspora_kg.store import read_nquads
from diaspora_kg.terms import TYPE, Quad, Triple, dkg, iri

_FACT = dkg("Fact")
_ACCEPTED = iri(DKGG + "accepted")
_PREMISES = {_ACCEPTED, iri(DKGG + "reference"), iri(DKGG + "links")}


@dataclass(frozen=True)
class Premises:
    """What reasoning starts from: facts, and an ontology."""

    facts: tuple[Triple, ...]
    axioms: tuple[Triple, ...]
    notices: tuple[str, ...] = ()
    """What a reader must know of the graph that they come from."""
    inferred: tuple[Triple, ...] = ()
    """What the build of a graph has inferred already, classes of claims and passages included."""


@dataclass(frozen=True)
class Materialised:
    """What follows from premises."""

    triples: tuple[Triple, ...]
    contradictions: tuple[Inconsistency, ...]
    unsupported: tuple[Triple, ...]
    """Axioms outside OWL 2 RL, which were not used."""


def premises(paths: Iterable[Path | str] = (), kg: Path | str | None = None) -> Premises:
    """Return what reasoning over some files starts from, or over the current graph without any.

    RDF files are taken as facts, and their axioms are added to the packaged ontology. Case files
    are built first; of them, and of a graph, only what is accepted is a premise.

    Raises ``DiasporaKGError`` when a file or the graph cannot be read.
    """
    chosen = [Path(path) for path in paths]
    if not chosen:
        graph = open_kg(kg)
        quads = read_nquads(graph.build.quads_file.read_bytes())
        return _of_quads(quads, tuple(graph.notices()))
    if any(_holds_cases(path) for path in chosen):
        return _of_quads(assemble(chosen, shapes=False).quads)
    facts = read_triples(chosen)
    return Premises(tuple(facts), (*read_ontology().triples, *facts))


def _holds_cases(path: Path) -> bool:
    return (
        path == STDIN or path.is_dir() or path.suffix.lower() in (*YAML, *tables.SUFFIXES, ".bib")
    )


def _of_quads(quads: Iterable[Quad], notices: tuple[str, ...] = ()) -> Premises:
    allowed = withhold(quads).quads
    ontology = tuple((s, p, o) for s, p, o, g in allowed if g == ONTOLOGY_GRAPH)
    # the nodes of facts speak of triples, not of the world
    records = {s for s, p, o, g in allowed if g == _ACCEPTED and p == TYPE and o == _FACT}
    facts = ((s, p, o) for s, p, o, g in allowed if g in _PREMISES and s not in records)
    inferred = tuple((s, p, o) for s, p, o, g in allowed if g == INFERRED_GRAPH)
    return Premises(tuple(facts), ontology, notices, inferred)


def materialise(given: Premises) -> Materialised:
    """Return everything that follows in OWL 2 RL, and what contradicts the axioms."""
    closure = Reasoner(compile_axioms(given.axioms)).closure(given.facts)
    known = set(given.facts)
    triples = sorted({*closure.triples, *given.inferred} - known)
    return Materialised(tuple(triples), closure.inconsistencies, closure.unsupported)


def check(given: Premises, timeout: float = 300) -> DLResult:
    """Ask a DL reasoner whether facts and ontology can be true together.

    Raises ``MissingPartError`` (DKG701) when Java is not there.
    """
    return check_dl((*given.axioms, *given.facts), timeout)
