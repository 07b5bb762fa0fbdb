"""SPARQL 1.1 services: asking them, reading a graph from them, loading a build into them."""
