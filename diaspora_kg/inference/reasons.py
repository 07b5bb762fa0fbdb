"""Why a triple is known in a computation: the rule and the premises that gave it."""

from diaspora_kg.inference.numbering import Code

Reason = tuple[int, tuple[Code, ...]]
"""The number of a rule and the premises that it took."""
GIVEN: Reason = (-1, ())
"""The reason of a triple that was given."""
REWRITTEN = -2
"""In place of a rule: the same triple, with the term that now stands for an equal one."""
