"""Which part of a graph is exported: all of it, or one named graph."""

from collections.abc import Iterable

from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.namespaces import DKGG, expand
from diaspora_kg.reading.ontology import read_ontology
from diaspora_kg.suggestions import did_you_mean
from diaspora_kg.terms import Quad, Term, iri, iri_of

ONTOLOGY = "ontology"
TRIPLES_ONLY = {"turtle", "ntriples", "rdfxml"}
"""Formats that cannot say in which named graph a triple stands."""
_CONTESTED = iri(DKGG + "contested")


def graph_names(quads: Iterable[Quad]) -> dict[str, Term]:
    """Return the named graphs by their short names, such as ``accepted`` or ``case/ytb``."""
    return {iri_of(graph).removeprefix(DKGG): graph for graph in sorted({q[3] for q in quads})}


def choose(quads: Iterable[Quad], name: str | None, form: str) -> list[Quad]:
    """Return the quads of one named graph, or of all.

    The ontology comes from its files, not from the store. A format without named graphs leaves
    contested content out unless it is asked for by name: its triples would stand among those
    that are accepted.

    Raises ``DiasporaKGError`` (DKG606) when there is no graph of that name.
    """
    given = list(quads)
    if name is None:
        return [quad for quad in given if form not in TRIPLES_ONLY or quad[3] != _CONTESTED]
    short = (expand(name) or name).removeprefix(DKGG)
    if short == ONTOLOGY:
        graph = iri(DKGG + ONTOLOGY)
        return [(s, p, o, graph) for s, p, o in read_ontology().triples]
    known = graph_names(given)
    if short not in known:
        raise DiasporaKGError(
            "DKG606",
            f"there is no graph '{name}'",
            did_you_mean(short, known, f"There are: {', '.join(known)}."),
        )
    return [quad for quad in given if quad[3] == known[short]]


def without_repeats(quads: Iterable[Quad]) -> list[Quad]:
    """Return quads so that no triple comes twice, for formats without named graphs."""
    seen: dict[tuple[Term, Term, Term], Quad] = {}
    for quad in sorted(quads):
        seen.setdefault(quad[:3], quad)
    return list(seen.values())
