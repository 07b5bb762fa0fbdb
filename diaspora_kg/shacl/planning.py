"""The queries of one shape, each going the cheaper way between focus nodes and values."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

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


Standing = tuple[Shape, Constraint]
"""A constraint, after the shape at which it stands."""


class Tested(NamedTuple):
    """A constraint with the condition under which it is violated."""

    shape: Shape
    constraint: Constraint
    violated: str


@dataclass(frozen=True)
class Query:
    """A query and how its rows are read.

    The variables of a row are ``?this`` (the focus node), ``?value`` and ``?path`` where a result
    has them, and ``?c0``, ``?c1`` … where one query tests several constraints at once.
    """

    text: str
    constraints: tuple[Standing, ...]
    focus: Focus
    writer: Writer
    reads_shapes: bool = False


def on_focus(writer: Writer, focus: Focus, tested: Sequence[Tested]) -> Query:
    """Return the query for focus nodes for which one of some conditions holds.

    The conditions may be those of several shapes: the focus nodes are looked for once.
    """
    where = f"{{ {focus.found(writer, '?this')} }} FILTER({_any_violated(tested)})"
    text = f"SELECT DISTINCT ?this {_flags(tested)} WHERE {{ {where} }}"
    return Query(text, _standing(tested), focus, writer)


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
        for together, where in self._ways_to_values(tested):
            text = f"SELECT DISTINCT ?this {value} {_flags(together)} WHERE {{ {where} }}"
            yield Query(text, _standing(together), self.focus, self.writer)

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

    def _query(self, text: str, constraint: Constraint) -> Query:
        return Query(text, ((self.shape, constraint),), self.focus, self.writer)

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
        return self._pairs_of("?this") if self.scanned else self._reached("?value")

    def _pairs_of(self, node: str) -> str:
        step = walk_of(self.shape).only_step
        return f"{node} {step.sparql} ?value ." if step else ""

    def _if_focus(self, condition: str) -> str:
        """Return a condition on pairs, with the test that their node is a focus node, if needed.

        The test is for those few pairs that fulfil the condition. An engine is free to test the
        parts of a conjunction in another order; those of IF it is not.
        """
        if not self.scanned:
            return condition
        return f"IF({condition}, {self.focus.tested(self.writer, '?this')}, false)"

    def _ways_to_values(self, tested: Sequence[Tested]) -> Iterator[tuple[Sequence[Tested], str]]:
        """Yield which constraints are tested together, and the pattern that finds violations."""
        dear = [each for each in tested if _looks_up_value(each)]
        cheap = [each for each in tested if not _looks_up_value(each)]
        forward = tested if not self.scanned else [] if self._triples_a_focus <= 2 else dear
        if forward:
            yield forward, f"{self._reached('?value')} FILTER({_any_violated(forward)})"
        if cheap and self.scanned:
            yield cheap, f"{self._pairs} FILTER({self._if_focus(_any_violated(cheap))})"
        if dear and not forward:
            # many nodes share a value: test each value once
            values = (
                f"{{ SELECT ?value (true AS ?wrong) WHERE {{ {self._pairs_of('?any')} }} "
                f"GROUP BY ?value HAVING({_any_violated(dear)}) }}"
            )
            yield dear, f"{values} {self._pairs} FILTER({self._if_focus('?wrong')})"


def _looks_up_value(tested: Tested) -> bool:
    return "EXISTS" in tested.violated and "?this" not in tested.violated


def _any_violated(tested: Sequence[Tested]) -> str:
    return any_of(each.violated for each in tested)


def _standing(tested: Sequence[Tested]) -> tuple[Standing, ...]:
    return tuple((each.shape, each.constraint) for each in tested)


def _flags(tested: Sequence[Tested]) -> str:
    if len(tested) < 2:
        return ""
    return " ".join(f"(({each.violated}) AS ?c{n})" for n, each in enumerate(tested))
