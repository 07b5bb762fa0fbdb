"""Claims that cannot both stand: what is found by rule, what coders saw, what was decided."""

from diaspora_kg.conflicts.finding import find_conflicts
from diaspora_kg.conflicts.opposition import Conflict, Conflicts
from diaspora_kg.conflicts.supertypes import type_nodes

__all__ = ["Conflict", "Conflicts", "find_conflicts", "type_nodes"]
