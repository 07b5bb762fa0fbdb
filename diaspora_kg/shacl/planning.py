"""The queries of one shape, each going the cheaper way between focus nodes and values."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from diaspora_kg.shacl.conformance import walk_of
from diaspora_kg.shacl.expressions import Writer, any_of, negated
from diaspora_kg.shacl.focus import Focus
from diaspora_kg.shacl.paths import Step
from diaspora_kg.shacl.shapes import (
    Closed,
    Constraint,
    Equals,
    LessThan,
    LessThanOrEquals,
    MaxCount,
    Shape,
    UniqueLang,
)
from diaspora_kg.shacl.values import compares, is_other_property
from diaspora_kg.terms import Term

_LOOK_UP = 6
"""How many times dearer it is to look up a node than to pass over one triple in a scan."""


Tested = tuple[Constraint, str]
"""A constraint with the condition under which it is violated."""


@dataclass(frozen=True)
class Query:
    """A query and how its rows are read.

    The variables of a row are ``?this`` (the focus node), ``?value`` and ``?path`` where a result
    has them, and ``?c0``, ``?c1`` … where one query tests several constraints at once.
    """

    text: str
    shape: Shape
    constraints: tuple[Constraint, ...]
    focus: Focus
    writer: Writer
    reads_shapes: bool = False


@dataclass(frozen=True)
class Planner:
    """Plans the queries of a shape for some focus nodes."""

    writer: Writer
    shape: Shape
    focus: Focus

    @property
    def scanned(self) -> Step | None:
        """The step whose triples are better scanned before anything is known of focus nodes."""
        step = walk_of(self.shape).only_step
        if step is None or self.focus.is_listed:
            return None
        return step if self._triples_a_focus <= _LOOK_UP else None

    @property
    def _triples_a_focus(self) -> float:
        """How many triples of the step there are for each focus node."""
        step = walk_of(self.shape).only_step
        count = self.writer.data.predicates[step.predicate] if step else 0
        return count / max(self.focus.estimate(self.writer), 1)

    def on_values(self, tested: Sequence[Tested]) -> Iterator[Query]:
        """Yield the queries for value nodes for which one of some conditions holds."""
        value = "?value" if self.shape.path else "(?this AS ?value)"
        for constraints, violated, where in self._ways_to_values(tested):
            text = f"SELECT DISTINCT ?this {value} {_flags(violated)} WHERE {{ {where} }}"
            yield self._query(text, *constraints)

    def on_focus(self, tested: Sequence[Tested]) -> Iterator[Query]:
        """Yield the query for focus nodes for which one of some conditions holds."""
        constraints, violated = _unzipped(tested)
        where = f"{self._found} FILTER({any_of(violated)})"
        text = f"SELECT DISTINCT ?this {_flags(violated)} WHERE {{ {where} }}"
        yield self._query(text, *constraints)

    def special(self, constraint: Constraint) -> Query | None:
        """Return the query of a constraint whose results take a query of their own, if any."""
        match constraint:
            case MaxCount(count):
                return self._too_many(constraint, count) if self.scanned else None
            case UniqueLang():
                return self._repeated_languages(constraint)
            case Closed(allowed):
                return self._other_properties(constraint, allowed)
            case Equals(predicate):
                return self._not_among_values(constraint, predicate)
            case LessThan(predicate):
                return self._not_less(constraint, predicate, "<")
            case LessThanOrEquals(predicate):
                return self._not_less(constraint, predicate, "<=")
        return None

    # --- Queries of their own -----------------------------------------------------------

    def _too_many(self, constraint: Constraint, count: int) -> Query:
        return self._query(
            f"SELECT ?this WHERE {{ {self._pairs} }} "
            f"GROUP BY ?this HAVING({self._if_focus(f'COUNT(?value) > {count}')})",
            constraint,
        )

    def _repeated_languages(self, constraint: Constraint) -> Query:
        return self._query(
            f"SELECT ?this ?language WHERE {{ {{ {self._pairs} }} "
            'BIND(LCASE(LANG(?value)) AS ?language) FILTER(?language != "") } '
            f"GROUP BY ?this ?language HAVING({self._if_focus('COUNT(DISTINCT ?value) > 1')})",
            constraint,
        )

    def _other_properties(self, constraint: Constraint, allowed: tuple[Term, ...]) -> Query:
        subject = "?this" if self.shape.path is None else "?owner"
        other = is_other_property("?path", allowed)
        where = f"{self._reached(subject)} {subject} ?path ?value . FILTER({other})"
        owner = "" if self.shape.path is None else subject
        return self._query(
            f"SELECT DISTINCT ?this ?path ?value {owner} WHERE {{ {where} }}", constraint
        )

    def _not_among_values(self, constraint: Constraint, predicate: Term) -> Query:
        lacking = negated(self.writer.reaches(walk_of(self.shape), "?this", "?value"))
        where = f"{self._found} ?this {predicate} ?value . FILTER({lacking})"
        return self._query(f"SELECT DISTINCT ?this ?value WHERE {{ {where} }}", constraint)

    def _not_less(self, constraint: Constraint, predicate: Term, operator: str) -> Query:
        wrong = negated(compares(self.writer, "?value", operator, "?other"))
        where = f"{{ {self._pairs} }} ?this {predicate} ?other . FILTER({self._if_focus(wrong)})"
        return self._query(f"SELECT DISTINCT ?this ?value ?other WHERE {{ {where} }}", constraint)

    # --- Parts --------------------------------------------------------------------------

    def _query(self, text: str, *constraints: Constraint) -> Query:
        return Query(text, self.shape, constraints, self.focus, self.writer)

    @property
    def _found(self) -> str:
        return f"{{ {self.focus.found(self.writer, '?this')} }}"

    def _reached(self, value: str) -> str:
        if self.shape.path is None:
            return self._found
        return self.writer.onwards(self._found, walk_of(self.shape), "?this", value)

    @property
    def _pairs(self) -> str:
        """Focus nodes with their values; if the step is scanned, of nodes still to be tested."""
        step = self.scanned
        return f"?this {step.sparql} ?value ." if step else self._reached("?value")

    def _if_focus(self, condition: str) -> str:
        """Return a condition on pairs, with the test that their node is a focus node, if needed.

        The test is for those few pairs that fulfil the condition. An engine is free to test the
        parts of a conjunction in another order; those of IF it is not.
        """
        if not self.scanned:
            return condition
        return f"IF({condition}, {self.focus.tested(self.writer, '?this')}, false)"

    def _ways_to_values(
        self, tested: Sequence[Tested]
    ) -> Iterator[tuple[tuple[Constraint, ...], list[str], str]]:
        """Yield which constraints are tested together, and the pattern that finds violations."""
        dear = [each for each in tested if _looks_up_value(each[1])]
        cheap = [each for each in tested if not _looks_up_value(each[1])]
        forward = tested if not self.scanned else [] if self._triples_a_focus <= 2 else dear
        if forward:
            constraints, violated = _unzipped(forward)
            yield constraints, violated, f"{self._reached('?value')} FILTER({any_of(violated)})"
        if cheap and self.scanned:
            constraints, violated = _unzipped(cheap)
            wrong = self._if_focus(any_of(violated))
            yield constraints, violated, f"{self._pairs} FILTER({wrong})"
        if dear and not forward:
            # many nodes share a value: test each value once
            constraints, violated = _unzipped(dear)
            pairs = self._pairs.replace("?this", "?any")
            values = (
                f"{{ SELECT ?value (true AS ?wrong) WHERE {{ {pairs} }} "
                f"GROUP BY ?value HAVING({any_of(violated)}) }}"
            )
            where = f"{values} {self._pairs} FILTER({self._if_focus('?wrong')})"
            yield constraints, violated, where


def _looks_up_value(condition: str) -> bool:
    return "EXISTS" in condition and "?this" not in condition


def _unzipped(tested: Sequence[Tested]) -> tuple[tuple[Constraint, ...], list[str]]:
    return tuple(constraint for constraint, _ in tested), [violated for _, violated in tested]


def _flags(violated: list[str]) -> str:
    if len(violated) < 2:
        return ""
    return " ".join(f"(({test}) AS ?c{n})" for n, test in enumerate(violated))
