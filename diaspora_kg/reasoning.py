"""What follows from a graph or from RDF files, and whether it can be true at all."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from diaspora_kg.assembly import assemble, packaged_cases
from diaspora_kg.errors import DiasporaKGError, Finding, Location
from diaspora_kg.evidence.leaves import Leaves
from diaspora_kg.exporting import withhold
from diaspora_kg.graph import KnowledgeGraph
from diaspora_kg.inconsistencies import describe, find_inconsistencies
from diaspora_kg.inference.axioms import compile_axioms
from diaspora_kg.inference.closure import Reasoner, closure
from diaspora_kg.layout import STDIN, YAML
from diaspora_kg.namespaces import DKGG
from diaspora_kg.opening import open_kg
from diaspora_kg.progress import doing
from diaspora_kg.reading.ontology import read_ontology
from diaspora_kg.reading.rdf import read_triples
from diaspora_kg.reading.records import SUFFIXES as TABLES
from diaspora_kg.stages import INFERRED_GRAPH, ONTOLOGY_GRAPH
from diaspora_kg.store import read_nquads
from diaspora_kg.terms import TYPE, Quad, Term, Triple, dkg, iri
from diaspora_kg.validation.rdf_files import Places

_FACT = dkg("Fact")
_ACCEPTED = iri(DKGG + "accepted")
_PREMISES = {_ACCEPTED, iri(DKGG + "reference"), iri(DKGG + "links")}
_FILES = iri("urn:diaspora-kg:files")


class LazyPlaces(Mapping[Term, Location]):
    """Where things are written, looked up when somebody asks for the first time."""

    def __init__(self, find: Callable[[], Mapping[Term, Location]]) -> None:
        """Take what finds the places."""
        self._find = find

    @cached_property
    def _found(self) -> Mapping[Term, Location]:
        return self._find()

    def __getitem__(self, term: Term) -> Location:
        """Return where a thing is written."""
        return self._found[term]

    def __iter__(self) -> Iterator[Term]:
        """Iterate over the things whose place is known."""
        return iter(self._found)

    def __len__(self) -> int:
        """Return of how many things the place is known."""
        return len(self._found)


@dataclass(frozen=True)
class Premises:
    """What reasoning starts from: facts, and an ontology."""

    facts: tuple[Triple, ...]
    axioms: tuple[Triple, ...]
    notices: tuple[str, ...] = ()
    """What a reader must know of the graph that they come from."""
    inferred: tuple[Triple, ...] = ()
    """What the build of a graph has inferred already, classes of claims and passages included."""
    quads: tuple[Quad, ...] = ()
    """All of the graph or of the files, with what stands behind the facts."""
    places: Mapping[Term, Location] = field(default_factory=dict)
    """Where claims, and the subjects of files, are written."""
    are_of_files: bool = False
    """Whether they are RDF files: facts and axioms in one, and what follows for both is wanted."""

    def leaves(self) -> Leaves:
        """Return what says each fact in words, with who says it where."""
        prefixes = self.places.prefixes if isinstance(self.places, Places) else None
        return Leaves(self.quads, self.places, prefixes)


@dataclass(frozen=True)
class Materialised:
    """What follows from premises."""

    triples: tuple[Triple, ...]
    contradictions: tuple[Finding, ...]
    """What cannot all be true: the rule, the statements, and their lines."""
    unsupported: tuple[Triple, ...]
    """Axioms outside OWL 2 RL, which were not used."""


def premises(
    paths: Iterable[Path | str] = (), kg: Path | str | None = None, *, ontology: bool = True
) -> Premises:
    """Return what reasoning over some files starts from, or over the current graph without any.

    RDF files are taken as one graph of facts and axioms, to which the packaged ontology is added
    unless ``ontology`` is false. Case files are built first; of them, and of a graph, only what
    is accepted is a premise.

    Raises ``DiasporaKGError`` when a file or the graph cannot be read, and (DKG812) when a graph
    of claims is to do without its ontology.
    """
    chosen = [Path(path) for path in paths]
    is_rdf = bool(chosen) and not any(_holds_cases(path) for path in chosen)
    if not is_rdf and not ontology:
        raise DiasporaKGError(
            "DKG812",
            "a graph of claims means nothing without its ontology",
            "'--no-ontology' is for RDF files: diaspora-kg reason data.ttl --no-ontology",
        )
    if is_rdf:
        return _of_files(chosen, ontology)
    if chosen:
        graph = assemble(chosen, shapes=False)
        return _of_quads(graph.quads, graph.places)
    kg_ = open_kg(kg)
    quads = read_nquads(kg_.build.quads_file.read_bytes())
    return _of_quads(quads, LazyPlaces(lambda: _places_of(kg_)), tuple(kg_.notices()))


def materialise(given: Premises) -> Materialised:
    """Return everything that follows in OWL 2 RL, and what contradicts the axioms.

    Of RDF files this is what follows from them, for their axioms as well; what follows from the
    packaged ontology alone is not repeated.
    """
    doing(f"inferring from {len(given.facts):,} statements")
    if given.are_of_files:
        return _materialise_files(given)
    found = Reasoner(compile_axioms(given.axioms)).closure(given.facts)
    known = set(given.facts)
    triples = sorted({*found.triples, *given.inferred} - known)
    clashes = find_inconsistencies(given.quads, found, given.places)
    return Materialised(tuple(triples), tuple(clashes), found.unsupported)


def _materialise_files(given: Premises) -> Materialised:
    found = closure(given.facts, given.axioms, schema=True)
    anyway = set(closure((), given.axioms, schema=True).triples) if given.axioms else set()
    clashes = describe(found.inconsistencies, given.leaves()) if found.inconsistencies else []
    own = set(given.facts)
    return Materialised(
        tuple(triple for triple in found.triples if triple not in anyway),
        tuple(clashes),
        tuple(axiom for axiom in found.unsupported if axiom in own),
    )


# --- Where premises come from -------------------------------------------------------------


def _holds_cases(path: Path) -> bool:
    return path == STDIN or path.is_dir() or path.suffix.lower() in (*YAML, *TABLES, ".bib")


def _of_files(files: list[Path], with_ontology: bool) -> Premises:
    facts = tuple(read_triples(files))
    axioms = read_ontology().triples if with_ontology else ()
    quads = [(*triple, ONTOLOGY_GRAPH) for triple in axioms] + [(*t, _FILES) for t in facts]
    return Premises(facts, axioms, quads=tuple(quads), places=Places(files), are_of_files=True)


def _of_quads(
    quads: Iterable[Quad], places: Mapping[Term, Location], notices: tuple[str, ...] = ()
) -> Premises:
    allowed = withhold(quads).quads
    ontology = tuple((s, p, o) for s, p, o, g in allowed if g == ONTOLOGY_GRAPH)
    # the nodes of facts speak of triples, not of the world
    records = {s for s, p, o, g in allowed if g == _ACCEPTED and p == TYPE and o == _FACT}
    facts = ((s, p, o) for s, p, o, g in allowed if g in _PREMISES and s not in records)
    inferred = tuple((s, p, o) for s, p, o, g in allowed if g == INFERRED_GRAPH)
    return Premises(tuple(facts), ontology, notices, inferred, tuple(allowed), places)


def _places_of(kg: KnowledgeGraph) -> Mapping[Term, Location]:
    """Return where the claims of a stored graph are written, if its files are as they were.

    A store keeps no lines: they change with every edit. The files are read again instead.
    """
    given = packaged_cases() if kg.is_packaged else [Path(p) for p in kg.meta.get("given", [])]
    if kg.stale_inputs() or not given or not all(path.exists() for path in given):
        return {}
    try:
        return assemble(given, shapes=False).places
    except DiasporaKGError:
        return {}
