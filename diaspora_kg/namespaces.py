"""The prefixes of the project, and the way from a short name to an IRI and back."""

BASE = "https://w3id.org/diaspora-kg/"
ONTOLOGY = BASE + "ontology"

DKG = ONTOLOGY + "#"
DKGC = BASE + "concept/"
DKGID = BASE + "id/"
DKGSH = BASE + "shapes#"
DKGG = BASE + "graph/"

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
PROV = "http://www.w3.org/ns/prov#"
OA = "http://www.w3.org/ns/oa#"
SH = "http://www.w3.org/ns/shacl#"
BIBO = "http://purl.org/ontology/bibo/"
CITO = "http://purl.org/spar/cito/"
DCAT = "http://www.w3.org/ns/dcat#"
FOAF = "http://xmlns.com/foaf/0.1/"
ORG = "http://www.w3.org/ns/org#"
QB = "http://purl.org/linked-data/cube#"
SCHEMA = "https://schema.org/"
TIME = "http://www.w3.org/2006/time#"
VOID = "http://rdfs.org/ns/void#"
WIKIDATA = "http://www.wikidata.org/entity/"
GEONAMES = "https://sws.geonames.org/"

PREFIXES: dict[str, str] = {
    "bibo": BIBO,
    "cito": CITO,
    "dcat": DCAT,
    "dcterms": DCTERMS,
    "dkg": DKG,
    "dkgc": DKGC,
    "dkgg": DKGG,
    "dkgid": DKGID,
    "dkgsh": DKGSH,
    "foaf": FOAF,
    "oa": OA,
    "org": ORG,
    "owl": OWL,
    "prov": PROV,
    "qb": QB,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "sh": SH,
    "skos": SKOS,
    "time": TIME,
    "void": VOID,
    "wikidata": WIKIDATA,
    "xsd": XSD,
}

_LONGEST_FIRST = sorted(PREFIXES.items(), key=lambda item: -len(item[1]))


def expand(name: str) -> str | None:
    """Return the IRI that a full IRI, ``<IRI>`` or ``prefix:name`` stands for, or None."""
    if name.startswith("<") and name.endswith(">"):
        return name[1:-1]
    prefix, colon, local = name.partition(":")
    if colon and prefix in PREFIXES:
        return PREFIXES[prefix] + local
    if "://" in name and " " not in name:
        return name
    return None


def compact(iri: str) -> str:
    """Return ``prefix:name`` for an IRI of a known namespace, else the IRI itself."""
    for prefix, namespace in _LONGEST_FIRST:
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri
