"""SHACL, compiled to SPARQL over an Oxigraph store: Core and SHACL-SPARQL.

``validate(data, shapes)`` is all that a caller needs. It knows nothing of cases or claims.
"""

from diaspora_kg.shacl.data import DataGraph
from diaspora_kg.shacl.failures import ShapesError
from diaspora_kg.shacl.graph import ShapesGraph
from diaspora_kg.shacl.report import HandedOver, Result, ValidationReport
from diaspora_kg.shacl.validation import validate

__all__ = [
    "DataGraph",
    "HandedOver",
    "Result",
    "ShapesError",
    "ShapesGraph",
    "ValidationReport",
    "validate",
]
