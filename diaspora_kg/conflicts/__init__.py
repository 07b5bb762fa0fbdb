"""Claims that cannot both stand: what is found by rule, what coders saw, what was decided."""

from diaspora_kg.conflicts.finding import conflicts_among, find_conflicts
from diaspora_kg.conflicts.opposition import Conflict, Conflicts
from diaspora_kg.conflicts.supertypes import type_nodes

__all__ = ["Conflict", "Conflicts", "conflicts_among", "find_conflicts", "type_nodes"]
