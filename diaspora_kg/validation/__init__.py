"""Validation: the packaged shapes over a graph, any shapes over any RDF, quotes over texts."""

from diaspora_kg.validation.shacl import validate_graph, validate_rdf

__all__ = ["validate_graph", "validate_rdf"]
