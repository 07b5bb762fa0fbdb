"""What can be drawn, from a store."""

from collections.abc import Iterable, Iterator
from importlib import import_module

import pyoxigraph

from diaspora_kg.corpus import Corpus
from diaspora_kg.drawing.captions import LANGUAGES
from diaspora_kg.drawing.concept_map import concept_maps, read_concept_map
from diaspora_kg.drawing.picture import FORMATS, Picture
from diaspora_kg.errors import DiasporaKGError, MissingPartError
from diaspora_kg.labels import fold
from diaspora_kg.namespaces import DKGG, DKGID, expand
from diaspora_kg.quadstore import QuadStore
from diaspora_kg.reading.ontology import Ontology
from diaspora_kg.suggestions import did_you_mean
from diaspora_kg.terms import Quad, Term, iri, iri_of

PICTURES = {"concept-map": "the links between concepts that a text draws, from its propositions"}
"""What can be drawn, and what it shows."""

_LIBRARIES = ("matplotlib", "networkx", "scipy")
_ONTOLOGY = DKGG + "ontology"
_NOT_READ = tuple(
    DKGG + name for name in ("accepted", "contested", "inferred", "links", "meta", "dataset/")
)


def draw_concept_map(
    store: QuadStore,
    *,
    format: str = "svg",
    which: str | None = None,
    language: str = "en",
    width: int | None = None,
) -> Picture:
    """Draw a concept map from the propositions in a store.

    ``which`` names the map by id, IRI or label; it may be left out when there is only one.
    ``width`` is in pixels, by default as wide as the map needs to be read.

    Raises ``MissingPartError`` (DKG703) without the libraries that draw, and
    ``DiasporaKGError``: DKG451 when the graph holds no concept map, DKG452 when it holds no
    such one or several, DKG453 for a format or language that is not known.
    """
    _need_libraries()
    from diaspora_kg.drawing.chart import draw

    _must_be_known("format", format, FORMATS)
    _must_be_known("language", language, LANGUAGES)
    corpus = read_corpus(store)
    node = _chosen_map(corpus, which)
    return draw(read_concept_map(corpus, node, language), format, width)


def read_corpus(store: QuadStore) -> Corpus:
    """Return the claims, sources and concepts of a store; what is computed from them stays out."""
    quads = list(_quads(store))
    graph = iri(_ONTOLOGY)
    return Corpus(quads, Ontology(tuple((s, p, o) for s, p, o, g in quads if g == graph)))


def _quads(store: QuadStore) -> Iterator[Quad]:
    graphs = [name for name in store.named_graphs() if not name.value.startswith(_NOT_READ)]
    for graph in (pyoxigraph.DefaultGraph(), *graphs):
        for quad in store.quads_for_pattern(None, None, None, graph):
            yield str(quad.subject), str(quad.predicate), str(quad.object), str(graph)


def _chosen_map(corpus: Corpus, which: str | None) -> Term:
    known = concept_maps(corpus)
    if not known:
        raise DiasporaKGError(
            "DKG451",
            "the graph holds no concept map",
            "Give claims 'map:' and 'phrase:' in a case, and build again.",
        )
    ids = {iri_of(node).removeprefix(DKGID): node for node in known}
    if which is None:
        if len(known) == 1:
            return next(iter(known))
        raise DiasporaKGError(
            "DKG452",
            f"the graph holds {len(known)} concept maps",
            f"Name one with --map: {', '.join(sorted(ids))}.",
        )
    full = expand(which)
    called = [node for node, label in known.items() if fold(label) == fold(which)]
    found = ids.get(which) or (iri(full) if full and iri(full) in known else None)
    if found is None and len(called) != 1:
        raise DiasporaKGError(
            "DKG452",
            f"there is no concept map '{which}'",
            did_you_mean(which, ids, f"Known are: {', '.join(sorted(ids))}."),
        )
    return found or called[0]


def _must_be_known(kind: str, word: str, known: Iterable[str]) -> None:
    if word not in known:
        raise DiasporaKGError("DKG453", f"unknown {kind} '{word}'", did_you_mean(word, known))


def _need_libraries() -> None:
    """Say in one line what is missing, before anything is read."""
    for name in _LIBRARIES:
        try:
            import_module(name)
        except ImportError as error:
            raise MissingPartError(
                "DKG703",
                f"pictures are drawn with {name}, which is not installed",
                "pip install 'diaspora-kg[draw]'",
            ) from error
