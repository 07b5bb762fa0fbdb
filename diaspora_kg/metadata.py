"""The graph about the graph: title, licence, version, policy and sizes (DCAT and VoID)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from diaspora_kg import __version__
from diaspora_kg.acceptance import Policy
from diaspora_kg.layout import Inputs
from diaspora_kg.namespaces import BASE, DCAT, DCTERMS, DKG, DKGG, OWL, VOID, XSD
from diaspora_kg.store import FORMAT
from diaspora_kg.terms import TYPE, Quad, Term, iri, text_literal, typed_literal

GRAPH = iri(DKGG + "meta")
_DATASET = iri(BASE + "graph")


def describe(quads: Iterable[Quad], policy: Policy, build_date: date | None) -> list[Quad]:
    """Return the description of a graph; the only date in it is the one that was given."""
    return describe_sizes(Counter(quad[3] for quad in quads), policy, build_date)


def describe_sizes(
    sizes: Mapping[Term, int], policy: Policy, build_date: date | None
) -> list[Quad]:
    """Return the description of a graph of which only the sizes of its parts are at hand."""
    found: list[Quad] = []

    def add(subject: str, predicate: str, value: str) -> None:
        found.append((subject, iri(predicate), value, GRAPH))

    add(_DATASET, TYPE[1:-1], iri(DCAT + "Dataset"))
    add(_DATASET, TYPE[1:-1], iri(VOID + "Dataset"))
    add(_DATASET, DCTERMS + "title", text_literal("diaspora-kg: claims with evidence", "en"))
    add(_DATASET, DCTERMS + "title", text_literal("diaspora-kg: kanıtlı iddialar", "tr"))
    add(_DATASET, DCTERMS + "description", text_literal(_ABOUT, "en"))
    add(_DATASET, DCTERMS + "creator", text_literal("diaspora-kg contributors"))
    licence = iri("https://creativecommons.org/licenses/by/4.0/")
    add(_DATASET, DCTERMS + "license", licence)
    add(_DATASET, OWL + "versionInfo", text_literal(__version__))
    add(_DATASET, DKG + "acceptancePolicy", text_literal(policy.in_words()))
    if build_date is not None:
        day = typed_literal(build_date.isoformat(), XSD + "date")
        add(_DATASET, DCTERMS + "issued", day)
    for graph, size in sorted(sizes.items()):
        add(_DATASET, VOID + "subset", graph)
        add(graph, TYPE[1:-1], iri(VOID + "Dataset"))
        add(graph, VOID + "triples", typed_literal(str(size), XSD + "integer"))
    total = sum(sizes.values())
    add(_DATASET, VOID + "triples", typed_literal(str(total), XSD + "integer"))
    return found


def meta_of(
    policy: Policy,
    build_date: date | None,
    counts: Mapping[str, int],
    inputs: Inputs,
    *,
    packaged: bool,
) -> dict[str, Any]:
    """Return what stands beside a build: by which program, of what, under which policy."""
    return {
        "format": FORMAT,
        "version": __version__,
        "packaged": packaged,
        "policy": policy.as_dict(),
        "date": build_date.isoformat() if build_date else None,
        "counts": dict(counts),
        "inputs": [str(path) for path in inputs.files] if not packaged else [],
        "given": [str(path) for path in inputs.given] if not packaged else [],
    }


_ABOUT = (
    "What sources say about diasporas, civil society, soft power, foreign policy and citizen "
    "diplomacy, as claims with the passages that they rest on. Accepted means undisputed in this "
    "corpus under this policy, not true."
)
