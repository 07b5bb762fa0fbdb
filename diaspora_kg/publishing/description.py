"""The dataset described for catalogues and crawlers: DCAT 3, VoID, and schema.org.

Sizes are counted, never declared: triples, things, classes, properties, and links to each target.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pyoxigraph

from diaspora_kg.namespaces import (
    BASE,
    DCAT,
    DCTERMS,
    DKG,
    DKGG,
    DKGID,
    FOAF,
    OWL,
    PREFIXES,
    PROV,
    SCHEMA,
    SKOS,
    VOID,
    XSD,
)
from diaspora_kg.terms import (
    TYPE,
    Quad,
    Term,
    Triple,
    iri,
    iri_of,
    is_iri,
    text_literal,
    typed_literal,
)

DATASET = BASE + "graph"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
TITLE = (
    "diaspora-kg: claims with evidence on diaspora, civil society, soft power and foreign policy"
)
ABOUT = (
    "What sources say about diasporas, civil society, soft power, foreign policy and citizen "
    "diplomacy, as claims with the passages that they rest on. Contradictions between sources are "
    "part of the data. Accepted means undisputed in this corpus under the stated policy, not true."
)
KEYWORDS = (
    "diaspora",
    "civil society",
    "soft power",
    "foreign policy",
    "citizen diplomacy",
    "claims",
    "evidence",
    "conflicting sources",
)
_SPDX = "http://spdx.org/rdf/terms#"
_LINKS = tuple(
    iri(name)
    for name in (
        OWL + "sameAs",
        *(SKOS + kind + "Match" for kind in ("exact", "close", "broad", "narrow", "related")),
    )
)
_TARGETS = {
    "www.wikidata.org": "wikidata",
    "ror.org": "ror",
    "sws.geonames.org": "geonames",
    "eurovoc.europa.eu": "eurovoc",
    "openalex.org": "openalex",
    "doi.org": "crossref",
}
"""Host to the name of the data set that its identifiers come from."""


@dataclass(frozen=True)
class File:
    """A file of a release, as a catalogue lists it."""

    path: str
    """Where it lies in the release."""
    title: str
    media_type: str
    size: int
    """In bytes."""
    sha256: str


@dataclass(frozen=True)
class Edition:
    """Which edition is described."""

    version: str
    issued: date
    policy: str
    """The acceptance policy in words."""
    build: str
    """The name of the build, a hash of what it holds."""

    @property
    def address(self) -> str:
        """The IRI under which the files of the edition are."""
        return f"{BASE}release/{self.version}/"


def describe_dataset(quads: Iterable[Quad], files: Sequence[File], edition: Edition) -> bytes:
    """Return the DCAT and VoID description of a graph and of its files, as Turtle."""
    graph = sorted(set(quads))
    triples = [*_dcat(files, edition), *_void(graph, files, edition)]
    lines = "".join(f"{s} {p} {o} .\n" for s, p, o in sorted(set(triples))).encode("utf-8")
    parsed = (quad.triple for quad in pyoxigraph.parse(lines, pyoxigraph.RdfFormat.N_TRIPLES))
    names = {**PREFIXES, "spdx": _SPDX}
    text = pyoxigraph.serialize(parsed, format=pyoxigraph.RdfFormat.TURTLE, prefixes=names)
    assert text is not None, "without an output the library returns bytes"
    head, _, body = text.partition(b"\n<")
    return b"\n".join(sorted(head.splitlines())) + b"\n\n<" + body


def link_counts(quads: Iterable[Quad]) -> Counter[tuple[str, Term]]:
    """Return how many links go to each host by each predicate, links among our own left out."""
    found = {
        (s, p, o)
        for s, p, o, _ in quads
        if p in _LINKS and is_iri(o) and s.startswith(f"<{DKGID}") and not o.startswith(f"<{BASE}")
    }
    return Counter((urlsplit(iri_of(o)).netloc, p) for _, p, o in found)


def schema_org(files: Sequence[File], edition: Edition) -> dict[str, Any]:
    """Return the markup by which search engines find a dataset (schema.org, JSON-LD)."""
    return {
        "@context": SCHEMA,
        "@type": "Dataset",
        "@id": DATASET,
        "name": TITLE,
        "description": ABOUT,
        "version": edition.version,
        "datePublished": edition.issued.isoformat(),
        "license": LICENCE,
        "isAccessibleForFree": True,
        "keywords": list(KEYWORDS),
        "inLanguage": ["en", "tr"],
        "creator": {"@type": "Organization", "name": "diaspora-kg contributors"},
        "url": BASE,
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file.title,
                "contentUrl": edition.address + file.path,
                "encodingFormat": file.media_type,
                "contentSize": f"{file.size} B",
                "sha256": file.sha256,
            }
            for file in files
        ],
    }


# --- DCAT -------------------------------------------------------------------------------


def _dcat(files: Sequence[File], edition: Edition) -> Iterable[Triple]:
    this = iri(DATASET)
    day = typed_literal(edition.issued.isoformat(), XSD + "date")
    yield this, TYPE, iri(DCAT + "Dataset")
    yield this, iri(DCTERMS + "title"), text_literal(TITLE, "en")
    yield this, iri(DCTERMS + "description"), text_literal(ABOUT, "en")
    yield this, iri(DCTERMS + "issued"), day
    yield this, iri(DCTERMS + "license"), iri(LICENCE)
    yield this, iri(DCTERMS + "identifier"), text_literal(edition.build)
    yield this, iri(DCTERMS + "conformsTo"), iri(BASE + "ontology")
    yield this, iri(DCAT + "version"), text_literal(edition.version)
    yield this, iri(DCAT + "landingPage"), iri(BASE)
    yield this, iri(DKG + "acceptancePolicy"), text_literal(edition.policy)
    maker = iri(BASE + "contributors")
    yield this, iri(DCTERMS + "creator"), maker
    yield this, iri(DCTERMS + "publisher"), maker
    yield maker, TYPE, iri(FOAF + "Agent")
    yield maker, iri(FOAF + "name"), text_literal("diaspora-kg contributors")
    for language in ("eng", "tur"):
        code = iri(f"http://id.loc.gov/vocabulary/iso639-2/{language}")
        yield this, iri(DCTERMS + "language"), code
    for word in KEYWORDS:
        yield this, iri(DCAT + "keyword"), text_literal(word, "en")
    for file in files:
        address = iri(edition.address + file.path)
        yield this, iri(DCAT + "distribution"), address
        yield from _distribution(address, file)


def _distribution(address: Term, file: File) -> Iterable[Triple]:
    media = iri("https://www.iana.org/assignments/media-types/" + file.media_type)
    yield address, TYPE, iri(DCAT + "Distribution")
    yield address, iri(DCTERMS + "title"), text_literal(file.title, "en")
    yield address, iri(DCTERMS + "license"), iri(LICENCE)
    yield address, iri(DCAT + "downloadURL"), address
    yield address, iri(DCAT + "mediaType"), media
    yield address, iri(DCAT + "byteSize"), _count(file.size, "nonNegativeInteger")
    checksum = iri(iri_of(address) + "#sha256")
    yield address, iri(_SPDX + "checksum"), checksum
    yield checksum, TYPE, iri(_SPDX + "Checksum")
    yield checksum, iri(_SPDX + "algorithm"), iri(_SPDX + "checksumAlgorithm_sha256")
    yield checksum, iri(_SPDX + "checksumValue"), typed_literal(file.sha256, XSD + "hexBinary")


# --- VoID -------------------------------------------------------------------------------


def _void(graph: list[Quad], files: Sequence[File], edition: Edition) -> Iterable[Triple]:
    this = iri(DATASET)
    triples = {quad[:3] for quad in graph}
    yield this, TYPE, iri(VOID + "Dataset")
    yield this, iri(VOID + "uriSpace"), text_literal(BASE)
    yield this, iri(VOID + "vocabulary"), iri(BASE + "ontology")
    yield this, iri(VOID + "rootResource"), iri(BASE + "ontology")
    for vocabulary in (DCTERMS, PROV, SKOS):
        yield this, iri(VOID + "vocabulary"), iri(vocabulary)
    for file in files:
        if file.media_type in ("application/n-quads", "application/trig"):
            yield this, iri(VOID + "dataDump"), iri(edition.address + file.path)
    yield from _sizes(this, triples)
    classes = Counter(o for _, p, o in triples if p == TYPE and is_iri(o))
    properties = Counter(p for _, p, _ in triples)
    yield this, iri(VOID + "classes"), _count(len(classes))
    yield this, iri(VOID + "properties"), _count(len(properties))
    for cls, size in classes.items():
        if cls.startswith(f"<{DKG}"):
            part = _part("class", cls)
            yield this, iri(VOID + "classPartition"), part
            yield part, iri(VOID + "class"), cls
            yield part, iri(VOID + "entities"), _count(size)
    for prop, size in properties.items():
        if prop.startswith(f"<{DKG}"):
            part = _part("property", prop)
            yield this, iri(VOID + "propertyPartition"), part
            yield part, iri(VOID + "property"), prop
            yield part, iri(VOID + "triples"), _count(size)
    for name, size in Counter(quad[3] for quad in graph).items():
        yield this, iri(VOID + "subset"), name
        yield name, TYPE, iri(VOID + "Dataset")
        yield name, iri(VOID + "triples"), _count(size)
    yield from _linksets(graph)


def _sizes(this: Term, triples: set[Triple]) -> Iterable[Triple]:
    subjects = {s for s, _, _ in triples}
    yield this, iri(VOID + "triples"), _count(len(triples))
    yield this, iri(VOID + "distinctSubjects"), _count(len(subjects))
    yield this, iri(VOID + "distinctObjects"), _count(len({o for _, _, o in triples}))
    ours = sum(subject.startswith(f"<{DKGID}") for subject in subjects)
    yield this, iri(VOID + "entities"), _count(ours)


def _linksets(graph: list[Quad]) -> Iterable[Triple]:
    for (host, predicate), size in link_counts(graph).items():
        kind = iri_of(predicate).rpartition("#")[2]
        target = _TARGETS.get(host, host)
        links = iri(f"{DKGG}linkset/{target}/{kind}")
        there = iri(f"{DKGG}target/{target}")
        yield iri(DATASET), iri(VOID + "subset"), links
        yield links, TYPE, iri(VOID + "Linkset")
        yield links, iri(VOID + "subjectsTarget"), iri(DATASET)
        yield links, iri(VOID + "objectsTarget"), there
        yield links, iri(VOID + "linkPredicate"), predicate
        yield links, iri(VOID + "triples"), _count(size)
        yield there, TYPE, iri(VOID + "Dataset")
        yield there, iri(DCTERMS + "title"), text_literal(target)
        yield there, iri(FOAF + "homepage"), iri(f"https://{host}/")


def _part(kind: str, term: Term) -> Term:
    return iri(f"{DKGG}partition/{kind}/{iri_of(term).removeprefix(DKG)}")


def _count(number: int, datatype: str = "integer") -> Term:
    return typed_literal(str(number), XSD + datatype)
