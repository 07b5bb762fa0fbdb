"""Names of SHACL and RDF as terms."""

from diaspora_kg.namespaces import OWL, RDF, RDFS, SH, XSD
from diaspora_kg.terms import Term, iri

FIRST: Term = iri(RDF + "first")
REST: Term = iri(RDF + "rest")
NIL: Term = iri(RDF + "nil")
SUBCLASS_OF: Term = iri(RDFS + "subClassOf")
CLASS: Term = iri(RDFS + "Class")
IMPORTS: Term = iri(OWL + "imports")
TRUE: Term = f'"true"^^<{XSD}boolean>'

VIOLATION: Term = iri(SH + "Violation")
NODE_SHAPE: Term = iri(SH + "NodeShape")
PROPERTY_SHAPE: Term = iri(SH + "PropertyShape")


def sh(name: str) -> Term:
    """Return the term of a name of the SHACL vocabulary."""
    return f"<{SH}{name}>"


def component(name: str) -> Term:
    """Return the term of a constraint component of SHACL, such as ``MinCount``."""
    return f"<{SH}{name}ConstraintComponent>"
