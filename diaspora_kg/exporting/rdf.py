"""RDF in its serialisations, the same bytes for the same graph."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox

from diaspora_kg.exporting.graphs import TRIPLES_ONLY, without_repeats
from diaspora_kg.namespaces import PREFIXES, XSD, compact
from diaspora_kg.store import nquads
from diaspora_kg.terms import TYPE, Quad, Term, iri_of, is_iri, literal_parts

FORMATS = {
    "nquads": ".nq",
    "trig": ".trig",
    "turtle": ".ttl",
    "ntriples": ".nt",
    "jsonld": ".jsonld",
    "rdfxml": ".rdf",
}
"""Format to the ending of its files."""

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_HEADER = re.compile(rb"(?:@prefix [^\n]*\n)+")
_ROOT = re.compile(rb"<rdf:RDF[^>]*>")
_XMLNS = re.compile(rb'xmlns:\w+="[^"]*"')


def serialise(quads: Iterable[Quad], form: str) -> bytes:
    """Return quads in a format of ``FORMATS``; prefixes are declared where the format has them."""
    if form in TRIPLES_ONLY:
        given = without_repeats(quads)
    else:
        given = sorted(set(quads), key=lambda quad: (quad[3], *quad[:3]))
    if form == "nquads":
        return nquads(given)
    if form == "ntriples":
        return "".join(f"{s} {p} {o} .\n" for s, p, o, _ in given).encode("utf-8")
    if form == "jsonld":
        return _json_ld(given)
    if form == "rdfxml":
        return _rdf_xml(given)
    return _turtle(given, form)


def _turtle(quads: list[Quad], form: str) -> bytes:
    if form == "trig":
        parsed: Any = ox.parse(_lines(quads), ox.RdfFormat.N_QUADS)
        text = ox.serialize(parsed, format=ox.RdfFormat.TRIG, prefixes=PREFIXES)
    else:
        triples = (quad.triple for quad in ox.parse(_lines(quads), ox.RdfFormat.N_QUADS))
        text = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)
    assert text is not None, "without an output the library returns bytes"
    # the library writes prefixes in the order of a hash table
    return _HEADER.sub(lambda m: b"".join(sorted(m.group().splitlines(True))) + b"\n", text, 1)


def _rdf_xml(quads: list[Quad]) -> bytes:
    clean = [(s, p, _NOT_IN_XML.sub("\ufffd", o), g) for s, p, o, g in quads]
    triples = (quad.triple for quad in ox.parse(_lines(clean), ox.RdfFormat.N_QUADS))
    text = ox.serialize(triples, format=ox.RdfFormat.RDF_XML, prefixes=PREFIXES)
    assert text is not None, "without an output the library returns bytes"

    def in_order(match: re.Match[bytes]) -> bytes:
        return b"<rdf:RDF\n  " + b"\n  ".join(sorted(_XMLNS.findall(match.group()))) + b">"

    return _ROOT.sub(in_order, text, 1)


def _lines(quads: list[Quad]) -> bytes:
    return "".join(f"{s} {p} {o} {g} .\n" for s, p, o, g in quads).encode("utf-8")


# --- JSON-LD ----------------------------------------------------------------------------


def _json_ld(quads: list[Quad]) -> bytes:
    """Return JSON-LD 1.1 with a context of the prefixes, one entry a named graph."""
    graphs: dict[Term, dict[Term, dict[Term, list[Term]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(list))
    )
    for s, p, o, g in quads:
        graphs[g][s][p].append(o)
    data = {
        "@context": {prefix: PREFIXES[prefix] for prefix in sorted(PREFIXES)},
        "@graph": [
            {"@id": _name(graph), "@graph": [_node(s, said) for s, said in subjects.items()]}
            for graph, subjects in graphs.items()
        ],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _node(subject: Term, said: dict[Term, list[Term]]) -> dict[str, object]:
    node: dict[str, object] = {"@id": _name(subject)}
    for predicate, values in said.items():
        if predicate == TYPE:
            node["@type"] = [_name(value) for value in values]
        else:
            node[_name(predicate)] = [_value(value) for value in values]
    return node


def _name(term: Term) -> str:
    if not is_iri(term):
        return term  # a blank node
    short = compact(iri_of(term))
    return iri_of(term) if short.partition(":")[2].startswith("//") else short


def _value(term: Term) -> dict[str, str]:
    if not term.startswith('"'):
        return {"@id": _name(term)}
    text, language, datatype = literal_parts(term)
    if language:
        return {"@value": text, "@language": language}
    return {"@value": text} if datatype == XSD + "string" else {"@value": text, "@type": datatype}
