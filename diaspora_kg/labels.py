"""Names that people type, and the things of a graph that they may mean. Turkish-aware."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph

_LABELS = """
PREFIX dkg: <https://w3id.org/diaspora-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?thing ?label WHERE {
  VALUES ?property { rdfs:label skos:prefLabel skos:altLabel skos:hiddenLabel dkg:abbreviation }
  ?thing ?property ?label .
  FILTER (isIRI(?thing))
  FILTER NOT EXISTS { ?thing a dkg:Claim }
  FILTER NOT EXISTS { ?thing a dkg:Conflict }
}
"""


@dataclass(frozen=True)
class Named:
    """A thing with one of its names."""

    term: str
    name: str
    language: str


def fold(text: str) -> str:
    """Fold case and marks for searching; the Turkish i with and without dot become one.

    ``ILISU``, ``Ilısu`` and ``ılısu`` meet, and so do ``İstanbul`` and ``istanbul``: who searches
    does not know which of the two a source used. Arabic vowel signs and the hamza of the alif
    are folded as well.
    """
    # 'I' lowers to 'i' and 'ı' is mapped to it; 'İ' decomposes into 'I' and a mark
    lowered = unicodedata.normalize("NFKD", text).casefold().replace("ı", "i")
    plain = "".join(char for char in lowered if not unicodedata.combining(char))
    return " ".join(plain.replace("’", "'").replace("ʻ", "'").split())


def all_names(store: pyoxigraph.Store) -> Iterable[Named]:
    """Yield every name of every thing in a store, but of claims and conflicts."""
    for solution in store.query(_LABELS, use_default_graph_as_union=True):
        thing, label = solution["thing"], solution["label"]
        if isinstance(thing, pyoxigraph.NamedNode) and isinstance(label, pyoxigraph.Literal):
            yield Named(str(thing), label.value, label.language or "")


def things_called(name: str, store: pyoxigraph.Store) -> list[str]:
    """Return the things that bear a name, by term; several when the name is ambiguous."""
    wanted = fold(name)
    return sorted({named.term for named in all_names(store) if fold(named.name) == wanted})
