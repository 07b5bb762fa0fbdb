"""The JSON-LD context: short names for the terms of the ontology, with the type of each value."""

import json
from typing import Any

from diaspora_kg.namespaces import DKG, PREFIXES, RDFS, SH, XSD
from diaspora_kg.reading.ontology import Ontology, read_ontology
from diaspora_kg.terms import Term, iri, iri_of
from diaspora_kg.validation import packaged_shapes

_RANGE = iri(RDFS + "range")


def json_ld_context(ontology: Ontology) -> dict[str, Any]:
    """Return a JSON-LD 1.1 context of the prefixes, classes and properties of the ontology.

    A property that takes things has values of type ``@id``; one of a datatype has that type; a
    text with languages is a map from language to text. Where the ontology leaves open what a
    property takes, since OWL has no property for both classes and things, the shapes say it.
    """
    terms: dict[str, Any] = {}
    named = _names_things()
    for prop, kind in ontology.properties.items():
        name = iri_of(prop).removeprefix(DKG)
        entry: dict[str, str] = {"@id": f"dkg:{name}"}
        if kind == "object" or prop in named:
            entry["@type"] = "@id"
        else:
            entry |= _of_range([iri_of(each) for each in ontology.objects(prop, _RANGE)])
        terms[name] = entry
    for cls in ontology.classes:
        terms[iri_of(cls).removeprefix(DKG)] = f"dkg:{iri_of(cls).removeprefix(DKG)}"
    context: dict[str, Any] = {"@version": 1.1}
    context |= {prefix: PREFIXES[prefix] for prefix in sorted(PREFIXES)}
    context |= {"id": "@id", "type": "@type", "label": {"@id": "rdfs:label", "@container": "@set"}}
    return {"@context": context | {name: terms[name] for name in sorted(terms)}}


def _names_things() -> set[Term]:
    shapes = packaged_shapes()
    kind, path, is_iri = (iri(SH + name) for name in ("nodeKind", "path", "IRI"))
    return {each for shape in shapes.subjects(kind, is_iri) for each in shapes.objects(shape, path)}


def context_as_json() -> bytes:
    """Return the context of the packaged ontology as a JSON document."""
    tree = json_ld_context(read_ontology())
    return (json.dumps(tree, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _of_range(ranges: list[str]) -> dict[str, str]:
    if any(each.endswith("#langString") for each in ranges):
        return {"@container": "@language"}
    typed = [each for each in ranges if each.startswith(XSD) and each != XSD + "string"]
    return {"@type": "xsd:" + typed[0].removeprefix(XSD)} if len(typed) == 1 else {}
