"""How conditions are written in SPARQL: terms, kinds of nodes, ways along a path.

Every condition is total: it is true or false for every node, never an error, for an error in a
filter would drop a violation in silence.
"""

from collections.abc import Callable, Hashable, Iterable

import pyoxigraph

from diaspora_kg.namespaces import XSD
from diaspora_kg.shacl.data import DataGraph
from diaspora_kg.shacl.engine import PythonFunction, rows
from diaspora_kg.shacl.originals import BLANK, CODE, ELSEWHERE, WRITTEN, coded, original
from diaspora_kg.shacl.paths import Branch, Step, Walk, branch_sparql
from diaspora_kg.terms import Term

TRUE, FALSE = "true", "false"
Condition = Callable[[str], str]
"""Given a variable, the condition on it."""

STAYING = Walk(True, ())
"""The way of a node shape from its focus node to its value node."""
_FUNCTIONS = CODE + "function:"


class Writer:
    """Writes conditions for one data graph."""

    def __init__(self, data: DataGraph) -> None:
        """Take the data."""
        self.data = data
        self.functions: dict[pyoxigraph.NamedNode, PythonFunction] = {}
        self._names = 0
        self._counts: dict[Hashable, int] = {}

    def fresh(self) -> str:
        """Return a variable that stands nowhere else."""
        self._names += 1
        return f"?_{self._names}"

    def function(self, name: str, call: PythonFunction) -> str:
        """Return the name under which SPARQL may call a Python function."""
        node = pyoxigraph.NamedNode(_FUNCTIONS + name)
        self.functions[node] = call
        return str(node)

    def new_function(self, call: PythonFunction) -> str:
        """Return a new name under which SPARQL may call a Python function."""
        return self.function(str(len(self.functions) + 1), call)

    def count(self, name: Hashable, pattern: str) -> int:
        """Return how often a pattern matches; under one name it is asked once."""
        if name not in self._counts:
            query = f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}"
            (row,) = rows(self.data.store, query, self.functions)
            self._counts[name] = int(row["n"].value)
        return self._counts[name]

    # --- Terms --------------------------------------------------------------------------

    def constant(self, term: Term) -> str:
        """Return a term of the shapes as SPARQL writes it."""
        if term.startswith("_:"):
            return f"<{ELSEWHERE}{term[2:]}>"  # a blank node of the shapes is none of the data
        return coded(term)

    def is_term(self, variable: str, terms: Iterable[Term]) -> str:
        """Return the condition that a node is one of some terms, not merely equal in value."""
        return any_of(f"sameTerm({variable}, {self.constant(term)})" for term in terms)

    def has_datatype(self, variable: str, datatype: Term) -> str:
        """Return the condition that a node is a well-formed literal of a datatype."""
        names = [datatype]
        if datatype.startswith(f"<{XSD}"):
            names.append(f"<{WRITTEN}{datatype[1:]}")
        return all_of(
            (
                f"isLiteral({variable})",
                any_of(f"DATATYPE({variable}) = {name}" for name in names),
            )
        )

    def value(self, node: str) -> str:
        """Return the value of a node, where its literal may be coded."""
        return f"{self.function('value', _value)}({node})"

    def datatype(self, node: str) -> str:
        """Return the datatype of a literal, where it may be coded."""
        return f"{self.function('datatype', _datatype)}({node})"

    # --- Kinds of nodes -----------------------------------------------------------------

    def is_blank(self, variable: str) -> str:
        """Return the condition that a node is blank."""
        if not self.data.has_blanks:
            return FALSE
        if not self.data.is_coded:
            return f"isBlank({variable})"
        return f'(isIRI({variable}) && STRSTARTS(STR({variable}), "{BLANK}"))'

    def is_iri(self, variable: str) -> str:
        """Return the condition that a node is an IRI."""
        if not (self.data.has_blanks and self.data.is_coded):
            return f"isIRI({variable})"
        return f'(isIRI({variable}) && !STRSTARTS(STR({variable}), "{BLANK}"))'

    # --- Ways ---------------------------------------------------------------------------

    def some(self, walk: Walk, start: str, condition: Condition) -> str:
        """Return the condition that some end of a walk fulfils a condition.

        Each step has an EXISTS of its own: an engine that sees several patterns in one EXISTS
        may begin with the one that does not touch the start.
        """
        ways = [condition(start)] if walk.stays else []
        ways += [self._along(branch, start, condition) for branch in walk.branches]
        return any_of(ways)

    def _along(self, branch: Branch, start: str, condition: Condition) -> str:
        end = self.fresh()
        rest = branch[1:]
        return exists(
            _step(branch[0], start, end),
            self._along(rest, end, condition) if rest else condition(end),
        )

    def reaches(self, walk: Walk, start: str, end: str) -> str:
        """Return the condition that a node, or a constant, is an end of a walk."""
        ways = [f"sameTerm({start}, {end})"] if walk.stays else []
        for *before, last in walk.branches:
            if last.inverse and end.startswith('"'):
                continue  # no triple has a literal as its subject

            def arrives(node: str, step: Step = last) -> str:
                return exists(_step(step, node, end))

            ways.append(self._along(tuple(before), start, arrives) if before else arrives(start))
        return any_of(ways)

    def at_least(self, count: int, walk: Walk, start: str, condition: Condition) -> str:
        """Return the condition that so many different ends of a walk fulfil a condition."""
        if count == 0:
            return TRUE
        if count == 1:
            return self.some(walk, start, condition)
        if count == 2:
            return self.some(
                walk,
                start,
                lambda one: all_of(
                    (
                        condition(one),
                        self.some(
                            walk,
                            start,
                            lambda other: all_of((f"!sameTerm({one}, {other})", condition(other))),
                        ),
                    )
                ),
            )
        end = self.fresh()
        ends = self.ends(walk, start, end)
        return (
            f"EXISTS {{ SELECT {start} WHERE {{ {ends} FILTER({condition(end)}) }} "
            f"GROUP BY {start} HAVING(COUNT(DISTINCT {end}) >= {count}) }}"
        )

    def ends(self, walk: Walk, start: str, end: str) -> str:
        """Return the pattern that binds the ends of a walk, inside an EXISTS about its start."""
        return union(_ways(walk, start, end))

    def onwards(self, before: str, walk: Walk, start: str, end: str) -> str:
        """Return a pattern that binds the start of a walk, continued to the ends of the walk."""
        # a branch of a union does not see what was bound before it, so each begins anew
        return union(f"{before} {way}" for way in _ways(walk, start, end))


def union(ways: Iterable[str]) -> str:
    """Return the pattern that matches wherever one of some patterns does."""
    found = list(ways)
    return found[0] if len(found) == 1 else " UNION ".join(f"{{ {way} }}" for way in found)


def _ways(walk: Walk, start: str, end: str) -> list[str]:
    ways = [f"BIND({start} AS {end})"] if walk.stays else []
    return ways + [f"{start} {branch_sparql(branch)} {end} ." for branch in walk.branches]


def _step(step: Step, start: str, end: str) -> str:
    if step.inverse:
        return f"{end} {step.predicate} {start}"
    return f"{start} {step.sparql} {end}"


def exists(pattern: str, condition: str = TRUE) -> str:
    """Return the condition that a pattern matches in a way that fulfils a condition."""
    if condition == FALSE:
        return FALSE
    inner = "" if condition == TRUE else f" FILTER({condition})"
    return f"EXISTS {{ {pattern} .{inner} }}"


def any_of(conditions: Iterable[str]) -> str:
    """Return the condition that one of some conditions holds."""
    found = [c for c in dict.fromkeys(conditions) if c != FALSE]
    if TRUE in found:
        return TRUE
    return _joined(found, " || ", FALSE)


def all_of(conditions: Iterable[str]) -> str:
    """Return the condition that all of some conditions hold."""
    found = [c for c in dict.fromkeys(conditions) if c != TRUE]
    if FALSE in found:
        return FALSE
    return _joined(found, " && ", TRUE)


def negated(condition: str) -> str:
    """Return the condition that another does not hold."""
    return {TRUE: FALSE, FALSE: TRUE}.get(condition, f"!({condition})")


def _joined(conditions: list[str], operator: str, empty: str) -> str:
    if not conditions:
        return empty
    return conditions[0] if len(conditions) == 1 else f"({operator.join(conditions)})"


def _value(term: object) -> pyoxigraph.Literal | None:
    """Return a literal as the engine may compute with it: the original form of a coded one."""
    if not isinstance(term, pyoxigraph.Literal):
        return None
    return pyoxigraph.Literal(term.value, datatype=_datatype(term)) if _is_coded(term) else term


def _datatype(term: object) -> pyoxigraph.NamedNode | None:
    """Return the datatype of a literal, the original one of a coded literal."""
    if not isinstance(term, pyoxigraph.Literal):
        return None
    if not _is_coded(term):
        return term.datatype
    return pyoxigraph.NamedNode(original(str(term)).rpartition("^^<")[2][:-1])


def _is_coded(literal: pyoxigraph.Literal) -> bool:
    return literal.datatype.value.startswith(CODE)
