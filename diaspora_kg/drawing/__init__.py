"""Pictures of a graph, computed from its claims: the same graph gives the same file."""

from diaspora_kg.drawing.drawing import PICTURES, draw_concept_map
from diaspora_kg.drawing.picture import FORMATS, Picture

__all__ = ["FORMATS", "PICTURES", "Picture", "draw_concept_map"]
