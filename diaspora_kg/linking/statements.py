"""Links as statements of the graph: what was accepted, and what each rests on."""

from collections.abc import Iterable, Iterator
from hashlib import sha256

from diaspora_kg.namespaces import DCTERMS, DKGG, OWL, RDFS, XSD
from diaspora_kg.naming import individual
from diaspora_kg.reading.links import PREDICATES, Link, Verdict
from diaspora_kg.reading.sssom import SEMAPV, SSSOM
from diaspora_kg.terms import TYPE, Quad, Term, Triple, iri, text_literal, typed_literal

GRAPH = iri(DKGG + "links")
_MATCHES = frozenset(map(iri, PREDICATES))


def link_quads(links: Iterable[Link]) -> set[Quad]:
    """Return the graph of links: of each that was accepted the plain triple and its record.

    A record is named by its subject, predicate and object, and says what SSSOM says of a mapping.
    What was rejected, is not decided or was only suggested stays in its file.
    """
    quads: set[Quad] = set()
    for link in links:
        if link.verdict is Verdict.ACCEPTED:
            quads.add((iri(link.subject), iri(link.predicate), iri(link.object), GRAPH))
            quads.update(_record(link))
    return quads


def premises(quads: Iterable[Quad]) -> list[Triple]:
    """Return what inference may start from: the links, and not what is said about them."""
    return [quad[:3] for quad in quads if quad[3] == GRAPH and quad[1] in _MATCHES]


def mapping_node(link: Link) -> Term:
    """Return the name of the record of a link."""
    content = "\n".join((link.subject, link.predicate, link.object))
    return individual("mapping", sha256(content.encode("utf-8")).hexdigest()[:12])


def _record(link: Link) -> Iterator[Quad]:
    node = mapping_node(link)

    def said(predicate: str, value: Term) -> Quad:
        return node, iri(predicate), value, GRAPH

    yield node, TYPE, iri(SSSOM + "Mapping"), GRAPH
    yield said(OWL + "annotatedSource", iri(link.subject))
    yield said(OWL + "annotatedProperty", iri(link.predicate))
    yield said(OWL + "annotatedTarget", iri(link.object))
    yield said(SSSOM + "mapping_justification", iri(SEMAPV + link.justification))
    if link.confidence is not None:
        number = typed_literal(f"{link.confidence:g}", XSD + "decimal")
        yield said(SSSOM + "confidence", number)
    for author in filter(None, link.author.split("|")):
        yield said("http://purl.org/pav/authoredBy", iri(author))
    if link.reviewer:
        is_name = ":" not in link.reviewer or " " in link.reviewer
        slot = "reviewer_label" if is_name else "reviewer_id"
        value = text_literal(link.reviewer) if is_name else iri(link.reviewer)
        yield said(SSSOM + slot, value)
    if link.source:
        yield said(SSSOM + "object_source", iri(link.source))
    for day, predicate in (
        (link.date, DCTERMS + "created"),
        (link.review_date, SSSOM + "review_date"),
    ):
        if day:
            yield said(predicate, typed_literal(day, XSD + "date"))
    for text, predicate in (
        (link.object_label, SSSOM + "object_label"),
        (link.source_version, SSSOM + "object_source_version"),
        (link.tool, SSSOM + "mapping_tool"),
        (link.tool_version, SSSOM + "mapping_tool_version"),
        (link.comment, RDFS + "comment"),
    ):
        if text:
            yield said(predicate, text_literal(text))
