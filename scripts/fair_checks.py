"""The checks of the FAIR principles for ontologies, after the catalogue of FOOPS!, on files.

The catalogue is that of FOOPS! (https://w3id.org/foops/). What depends on a server or a registry of
others (does the IRI resolve, is the prefix registered) cannot be seen in files and is not checked.
"""

from dataclasses import dataclass

from diaspora_kg.namespaces import DCTERMS, DKG, OWL, RDFS, SKOS
from diaspora_kg.reading.ontology import Ontology
from diaspora_kg.terms import TYPE, Term, iri, iri_of, is_iri

_HEAD = iri("https://w3id.org/diaspora-kg/ontology")
_VANN = "http://purl.org/vocab/vann/"


@dataclass(frozen=True)
class FairCheck:
    """One check: which principle, what is asked, and whether it holds (None: not checked here)."""

    principle: str
    asked: str
    holds: bool | None
    why: str


def _has(ontology: Ontology, *names: str) -> bool:
    return all(ontology.objects(_HEAD, iri(name)) for name in names)


def _share(ontology: Ontology, predicate: Term) -> float:
    terms = (*ontology.classes, *ontology.properties)
    return sum(bool(ontology.objects(term, predicate)) for term in terms) / len(terms)


def _reuses(ontology: Ontology) -> bool:
    return any(
        is_iri(o) and not o.startswith(f"<{DKG}")
        for s, p, o in ontology.triples
        if p == iri(RDFS + "subClassOf") and s.startswith(f"<{DKG}")
    )


def check_fair(ontology: Ontology) -> list[FairCheck]:
    """Return the checks in the order of the principles."""
    version = ontology.objects(_HEAD, iri(OWL + "versionIRI"))
    licence = ontology.objects(_HEAD, iri(DCTERMS + "license"))
    labels = _share(ontology, iri(RDFS + "label"))
    definitions = _share(ontology, iri(SKOS + "definition"))
    return [
        FairCheck(
            "F1",
            "The IRI is persistent",
            iri_of(_HEAD).startswith("https://w3id.org/"),
            "w3id.org; redirect rules are part of every release",
        ),
        FairCheck(
            "F1",
            "The ontology has a version IRI",
            bool(version),
            iri_of(version[0]) if version else "",
        ),
        FairCheck(
            "F1",
            "The IRI of the ontology is the one that its files declare",
            iri(OWL + "Ontology") in ontology.objects(_HEAD, TYPE),
            "owl:Ontology",
        ),
        FairCheck(
            "F2",
            "Minimum metadata: title, description, licence, creator, version",
            _has(
                ontology,
                DCTERMS + "title",
                DCTERMS + "abstract",
                DCTERMS + "license",
                DCTERMS + "creator",
                OWL + "versionIRI",
            ),
            "",
        ),
        FairCheck(
            "F2",
            "Recommended metadata: namespace, prefix, dates, citation",
            _has(
                ontology,
                _VANN + "preferredNamespaceUri",
                _VANN + "preferredNamespacePrefix",
                DCTERMS + "created",
                DCTERMS + "modified",
                DCTERMS + "bibliographicCitation",
            ),
            "",
        ),
        FairCheck(
            "F3",
            "Metadata name the ontology that they describe",
            _has(ontology, DCTERMS + "title"),
            "they stand in the ontology itself",
        ),
        FairCheck(
            "F4",
            "The prefix and the ontology are registered (prefix.cc, LOV)",
            None,
            "after publication",
        ),
        FairCheck(
            "A1",
            "The IRI resolves to RDF and to a page, by content negotiation",
            None,
            "`w3id/.htaccess` of a release says how; needs a server",
        ),
        FairCheck("A1.1", "The protocol is open and free", None, "HTTPS"),
        FairCheck(
            "A2", "Metadata stay when the ontology is gone", None, "an archive has to promise it"
        ),
        FairCheck(
            "I1",
            "The ontology is in a formal language with a standard serialisation",
            None,
            "OWL 2 DL in Turtle; checked by OWLAPI in `make check`",
        ),
        FairCheck(
            "I2",
            "It reuses vocabularies of others for its metadata",
            None,
            "Dublin Core, VANN, SKOS, PROV",
        ),
        FairCheck(
            "I3",
            "It refers to other ontologies",
            _reuses(ontology),
            "alignments to other vocabularies, in files of their own",
        ),
        FairCheck("R1", "Every term has a label", labels == 1.0, f"{labels:.0%}"),
        FairCheck("R1", "Every term has a definition", definitions == 1.0, f"{definitions:.0%}"),
        FairCheck("R1", "There is documentation for people", None, "`docs/reference/`, generated"),
        FairCheck(
            "R1.1",
            "There is a licence with an IRI",
            bool(licence),
            iri_of(licence[0]) if licence else "",
        ),
        FairCheck(
            "R1.2",
            "It says who made it and when",
            _has(ontology, DCTERMS + "creator", DCTERMS + "created"),
            "",
        ),
        FairCheck(
            "R1.2",
            "Every term says where its notion comes from",
            _share(ontology, iri(DCTERMS + "source")) == 1.0,
            f"{_share(ontology, iri(DCTERMS + 'source')):.0%}",
        ),
        FairCheck(
            "R1.3",
            "It follows standards of its community",
            None,
            "SKOS for typologies, Data Cube for figures, PROV for provenance",
        ),
    ]
