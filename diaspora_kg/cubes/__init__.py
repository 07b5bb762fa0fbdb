"""Open data as RDF Data Cubes: measurements of a publisher, never claims and never facts."""

from diaspora_kg.cubes.areas import Areas
from diaspora_kg.cubes.constraints import check_cube
from diaspora_kg.cubes.model import Cube, DataSet, Left, Measurement
from diaspora_kg.cubes.writing import as_quads

__all__ = ["Areas", "Cube", "DataSet", "Left", "Measurement", "as_quads", "check_cube"]
