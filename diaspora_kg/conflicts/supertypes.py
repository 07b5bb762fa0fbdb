"""The step before conflicts are looked for: every node gets the superclasses of its types."""

from collections.abc import Iterable

from diaspora_kg.namespaces import DKGG, OWL
from diaspora_kg.reading.ontology import Ontology
from diaspora_kg.terms import TYPE, Quad, iri

GRAPH = iri(DKGG + "inferred")
_NOT_TYPED_HERE = {iri(DKGG + "ontology"), iri(DKGG + "meta")}
_THING = iri(OWL + "Thing")


def type_nodes(quads: Iterable[Quad], ontology: Ontology) -> list[Quad]:
    """Return the superclass types of every typed node that are not stated, in ``dkgg:inferred``.

    They are types of what was coded (claims, evidence, declared entities), so that a query or a
    shape for a class finds the nodes of the classes below it. They rest on the stated type and
    ``rdfs:subClassOf`` alone: ``closure`` over the stated types proves each of them.
    """
    stated = {(s, o) for s, p, o, g in quads if p == TYPE and g not in _NOT_TYPED_HERE}
    found = {
        (node, above)
        for node, cls in stated
        for above in ontology.superclasses(cls)
        if above != _THING
    }
    return sorted((node, TYPE, cls, GRAPH) for node, cls in found - stated)
