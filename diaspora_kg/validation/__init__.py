"""Validation: the packaged shapes over a graph, any shapes over any RDF, quotes over texts."""

from diaspora_kg.validation.packaged import packaged_shapes, validate_graph
from diaspora_kg.validation.rdf_files import own_shapes, validate_rdf

__all__ = ["own_shapes", "packaged_shapes", "validate_graph", "validate_rdf"]
