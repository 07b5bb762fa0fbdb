"""A part of a corpus: claims and sources are read from a graph when they are asked for."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TypeVar

from diaspora_kg.corpus import Corpus
from diaspora_kg.incremental.former import Statements
from diaspora_kg.namespaces import OWL
from diaspora_kg.reading.ontology import Ontology
from diaspora_kg.recorded import RecordedClaim, RecordedSource
from diaspora_kg.terms import TYPE, Term, dkg, iri

_Value = TypeVar("_Value")
_THING = iri(OWL + "Thing")


class PartOfCorpus(Corpus):
    """Some claims of a graph, with everything around them within reach."""

    def __init__(
        self, statements: Statements, ontology: Ontology, chosen: Iterable[Term] = ()
    ) -> None:
        """Take a graph, and the claims that ``claims`` lists; all others can be looked up too."""
        super().__init__((), ontology)
        self.statements = statements
        self._chosen = tuple(sorted(set(chosen)))
        self._described: dict[Term, dict[Term, list[Term]]] = {}

    def with_claims(self, chosen: Iterable[Term]) -> "PartOfCorpus":
        """Return the same graph with other claims to list; what was read is kept."""
        other = PartOfCorpus(self.statements, self.ontology, chosen)
        other._described = self._described
        other.__dict__["sources"] = self.sources
        other.__dict__["claims"] = self._all_claims.listing(other._chosen)
        return other

    @cached_property
    def claims(self) -> Mapping[Term, RecordedClaim]:
        """The chosen claims, those of them that there are; any other claim by its IRI."""
        return self._all_claims.listing(self._chosen)

    @cached_property
    def sources(self) -> Mapping[Term, RecordedSource]:
        """Any source by its IRI; none is listed."""

        def read(node: Term) -> RecordedSource | None:
            return self.read_source(node) if self._is(node, "Source") else None

        return _OnDemand(read)

    @cached_property
    def _all_claims(self) -> "_OnDemand[RecordedClaim]":
        def read(node: Term) -> RecordedClaim | None:
            return self.read_claim(node) if self._is(node, "Claim") else None

        return _OnDemand(read)

    def said_of(self, node: Term) -> Mapping[Term, list[Term]]:
        """Return the objects of a node by predicate, read when they are first asked for."""
        described = self._described.get(node)
        if described is None:
            described = self._described[node] = {}
            for _, p, o, _ in self.statements.quads_of(node):
                described.setdefault(p, []).append(o)
            stated = described.get(TYPE, ())
            described[TYPE] = [*stated, *_above(stated, self.ontology)]
        return described

    def of_type(self, wanted: Term) -> list[Term]:
        """Return the nodes of a class or of a class below it in the whole graph, sorted."""
        below = (c for c in self.ontology.classes if wanted in self.ontology.superclasses(c))
        found = (self.statements.subjects(TYPE, cls) for cls in {wanted, *below})
        return sorted({node for nodes in found for node in nodes})

    def _is(self, node: Term, name: str) -> bool:
        return dkg(name) in self.types(node) if self.objects(node, TYPE) else False


def _above(classes: Iterable[Term], ontology: Ontology) -> set[Term]:
    """Return the superclasses that ``type_nodes`` gives to nodes of some classes."""
    return {above for cls in classes for above in ontology.superclasses(cls)} - {_THING}


class _OnDemand(Mapping[Term, _Value]):
    """Values that are read when they are asked for; only some of them are listed."""

    def __init__(self, read: Callable[[Term], _Value | None]) -> None:
        self._read = read
        self._found: dict[Term, _Value | None] = {}
        self._listed: tuple[Term, ...] = ()

    def listing(self, nodes: Iterable[Term]) -> "_OnDemand[_Value]":
        """Return the same values, listing those of some nodes that have one."""
        other = _OnDemand(self._read)
        other._found = self._found
        other._listed = tuple(node for node in nodes if node in other)
        return other

    def __getitem__(self, node: Term) -> _Value:
        if node not in self._found:
            self._found[node] = self._read(node)
        value = self._found[node]
        if value is None:
            raise KeyError(node)
        return value

    def __iter__(self) -> Iterator[Term]:
        return iter(self._listed)

    def __len__(self) -> int:
        return len(self._listed)
