"""What leaves the store: RDF in its forms, and flat tables. Restricted passages never do."""

from diaspora_kg.exporting.flat import TABLES, FlatTable, as_csv, flat_tables, table_of_columns
from diaspora_kg.exporting.graphs import TRIPLES_ONLY, choose, graph_names, without_repeats
from diaspora_kg.exporting.rdf import FORMATS, serialise
from diaspora_kg.exporting.restricted import Withheld, withhold

__all__ = [
    "FORMATS",
    "TABLES",
    "TRIPLES_ONLY",
    "FlatTable",
    "Withheld",
    "as_csv",
    "choose",
    "flat_tables",
    "graph_names",
    "serialise",
    "table_of_columns",
    "withhold",
    "without_repeats",
]
