"""Statements that were given, and axioms, as people read them: in words, with who says them where.

They are what a clash comes down to: the leaves of the proofs of what cannot be together, or the
members of a cause that a DL reasoner found.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from diaspora_kg.errors import Location
from diaspora_kg.evidence.axioms_in_words import AxiomsInWords, statement
from diaspora_kg.evidence.ledger import Ledger
from diaspora_kg.labels import Labels
from diaspora_kg.lookup import Lookup, parse_triple
from diaspora_kg.namespaces import DKGG
from diaspora_kg.terms import Quad, Term, Triple, iri, iri_of, is_iri, nquad

_NOT_WRITTEN = {DKGG + name for name in ("reference", "links", "ontology")}
"""Graphs of which nothing stands in a file of the reader."""


@dataclass(frozen=True)
class Leaf:
    """A statement with what says it."""

    triple: Triple
    words: str
    claims: tuple[str, ...] = ()
    """The IRIs of the claims behind it."""
    places: tuple[Location, ...] = ()
    """Where it is written, in the order of reading; none when that is not known."""
    named: tuple[str, ...] = ()
    """Data behind it that is named and not quoted."""

    @property
    def place(self) -> Location | None:
        """The first place where it is written."""
        return self.places[0] if self.places else None

    @property
    def with_place(self) -> str:
        """The statement with where it is written, or with what gives it."""
        where = [str(place) for place in self.places] or list(self.named)
        return f"“{self.words}”" + (f" ({', '.join(where)})" if where else "")


class Leaves:
    """Reads the statements and axioms of one graph."""

    def __init__(
        self,
        quads: Iterable[Quad],
        places: Mapping[Term, Location],
        prefixes: Mapping[str, str] | None = None,
    ) -> None:
        """Take a graph, and where its claims, or the subjects of its triples, are written.

        ``prefixes`` of its files name what has no label.
        """
        self._places = places
        self._store = ox.Store()
        text = "".join(map(nquad, quads)).encode("utf-8")
        # parsed first, because a store that loads a text gives blank nodes new names
        self._store.bulk_extend(ox.parse(text, ox.RdfFormat.N_QUADS))
        lookup = Lookup(self._store)
        self.ledger = Ledger(lookup)
        self._labels = _Labels(lookup, prefixes or {})
        self.axioms = AxiomsInWords(self._store, self._labels)

    def leaf(self, triple: Triple) -> Leaf:
        """Return what says a statement: claims, a coder's declaration, reference data, a file."""
        step = parse_triple(triple)
        basis = self.ledger.behind([step])
        claims = tuple(sorted(basis.claims, key=lambda claim: (self._order(claim), claim)))
        nodes = list(map(iri, claims))
        if not claims and not self.ledger.graphs(step) & _NOT_WRITTEN:
            nodes = [triple[0]]  # what a coder declares of a thing, or a statement of a file
        found = {place for node in nodes if (place := self._place(node))}
        return Leaf(
            triple,
            statement(triple, self._labels),
            claims,
            tuple(sorted(found)),
            tuple(sorted(basis.named)),
        )

    def leaves(self, triples: Iterable[Triple]) -> list[Leaf]:
        """Return statements in the order in which a person meets them; without a place, last."""
        found = [self.leaf(triple) for triple in triples]
        return sorted(found, key=lambda leaf: (not leaf.places, leaf.places, leaf.words))

    def _order(self, claim: str) -> tuple[bool, Location]:
        place = self._place(iri(claim))
        return place is None, place or Location("")

    def _place(self, node: Term) -> Location | None:
        try:
            return self._places[node]
        except KeyError:
            return None


class _Labels(Labels):
    """The names of things; those without a label are called as their file calls them."""

    def __init__(self, lookup: Lookup, prefixes: Mapping[str, str]) -> None:
        super().__init__(lookup)
        self._prefixes = prefixes

    def __call__(self, term: Term) -> str:
        name = super().__call__(term)
        if is_iri(term) and name == iri_of(term):
            for prefix, namespace in self._prefixes.items():
                if namespace and name.startswith(namespace):
                    return f"{prefix}:{name[len(namespace) :]}"
        return name
