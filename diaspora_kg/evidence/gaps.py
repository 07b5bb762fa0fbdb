"""The first thing that a part of a query looks for in vain.

Of a pattern it is the first triple that is not there; of alternatives what each of them lacks; of
parts that are there and do not meet a condition, what the condition is about.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pyoxigraph as ox
from rdflib import Variable
from rdflib.plugins.sparql.parserutils import CompValue

from diaspora_kg.evidence.absence import (
    ABOUT_OTHERS,
    BETWEEN,
    CLAIMS,
    FITTING,
    IN_LANGUAGE,
    OTHER,
    Gap,
    spoken,
    together,
)
from diaspora_kg.evidence.matching import Pattern, Patterns
from diaspora_kg.evidence.paths import Reader
from diaspora_kg.evidence.scope import first_of, name_of
from diaspora_kg.evidence.solutions import Bindings, Traced
from diaspora_kg.namespaces import DKG, RDFS, SKOS, compact

_PROPERTY = DKG + "claimPredicate"
_OBJECT = DKG + "claimObject"
_INDICATOR = DKG + "indicator"
_CONTENT = frozenset(DKG + name for name in ("claimSubject", "claimObject", "claimValue"))
_MAKES_A_CLAIM = _CONTENT | {_PROPERTY}
_TELLS_THE_CLAIM = _MAKES_A_CLAIM | {_INDICATOR}
_NAMES = (RDFS + "label", SKOS + "prefLabel")
_PASSED_THROUGH = ("Filter", "Extend", "Project", "ToMultiSet", "Distinct", "Reduced", "OrderBy")
"""Parts that have no solution where the part inside has none."""
_EXISTENCE = ("Builtin_EXISTS", "Builtin_NOTEXISTS")

_Found = frozenset[Gap]
_NONE: _Found = frozenset()


class Gaps:
    """Looks for what is missing, with what an evaluation knows."""

    def __init__(
        self,
        solutions: Callable[[CompValue, Bindings], Iterator[Traced]],
        patterns: Callable[[CompValue], Patterns],
    ) -> None:
        """Take how a part is solved, and how its triple patterns are read."""
        self._solutions = solutions
        self._patterns = patterns
        self._known: dict[tuple[int, Reader, frozenset[Any]], frozenset[str]] = {}

    def missing(
        self,
        part: CompValue,
        reader: Reader,
        bound: Bindings,
        condition: Any = None,  # noqa: ANN401 - rdflib's parse tree
    ) -> frozenset[str]:
        """Return in words what a part lacks that has no solution, or none that is kept.

        ``condition`` is what an OPTIONAL asks of its solutions besides.
        """
        names = frozenset(name for p in self._all(part) for name in p.names) | _names(condition)
        own = frozenset((name, term) for name, term in bound.items() if name in names)
        key = (id(part), reader, own)
        if key not in self._known:
            if self._has(part, bound):
                gaps = self._unfit(part, condition, bound)
            else:
                gaps = self._lacks(part, reader, bound)
            whole = frozenset((together(self._asked(part, bound)),)) - {""}
            self._known[key] = spoken(gaps) or whole or frozenset(("what was asked for",))
        return self._known[key]

    def _has(self, part: CompValue, bound: Bindings) -> bool:
        group = _group_of(part)
        if group is not None:  # of what is grouped, only the groups of these values
            return self._has(group.p, _keys(group, bound))
        return next(self._solutions(part, bound), None) is not None

    def _lacks(self, part: CompValue, reader: Reader, bound: Bindings) -> _Found:
        """Return what a part without a solution lacks; nothing where that cannot be told."""
        name = part.name
        if name == "BGP":
            return self._lacks_of_pattern(part, reader, bound)
        if name == "Union":
            return self._lacks_of(part.p1, reader, bound) | self._lacks_of(part.p2, reader, bound)
        if name == "Join":
            return self._lacks_of_join(part, reader, bound)
        if name in ("LeftJoin", "Minus"):
            return self._lacks_of(part.p1, reader, bound)
        if name == "Filter" and self._has(part.p, bound):
            return self._unfit(part.p, part.expr, bound)
        if name == "Extend" and _is_another(part, bound):
            return _NONE
        if name == "AggregateJoin":
            return self._lacks_of(part.p.p, reader, _keys(part.p, bound))
        if name == "Project":
            inside = {name_of(variable) for variable in part.PV}
            bound = {name: term for name, term in bound.items() if name in inside}
        return self._lacks(part.p, reader, bound) if name in _PASSED_THROUGH else _NONE

    def _lacks_of_pattern(self, part: CompValue, reader: Reader, bound: Bindings) -> _Found:
        found = self._patterns(part).missing(reader, bound)
        if found is None:
            return _NONE
        failed, seen = found
        if _address(failed.predicate) in _TELLS_THE_CLAIM:
            return frozenset((_named(failed, self._patterns(part).pieces, seen, bound),))
        return frozenset((Gap(failed.words_for(seen)),))

    def _lacks_of(self, part: CompValue, reader: Reader, bound: Bindings) -> _Found:
        return _NONE if self._has(part, bound) else self._lacks(part, reader, bound)

    def _lacks_of_join(self, part: CompValue, reader: Reader, bound: Bindings) -> _Found:
        first, second = first_of(part)
        lefts = self._solutions(first, bound)
        left = next(lefts, None)
        if left is None:
            return self._lacks(first, reader, bound)
        gaps = self._lacks_of(second, reader, {**bound, **left.bindings})
        if first.name == "ToMultiSet" and first.p.name == "values":
            for other in lefts:  # each of the values is looked for
                gaps |= self._lacks_of(second, reader, {**bound, **other.bindings})
        return gaps

    def _unfit(self, part: CompValue, condition: Any, bound: Bindings) -> _Found:  # noqa: ANN401
        """Return what the condition is about that the solutions of a part do not meet."""
        names = _names(condition) - bound.keys()
        spoken_of = _names(condition, of_language=True)
        found = set[Gap]()
        for patterns in self._groups(part):
            for pattern in patterns:
                if not names.isdisjoint(pattern.names):
                    gap = _named(pattern, patterns, bound, bound)
                    manner = FITTING if spoken_of.isdisjoint(pattern.names) else IN_LANGUAGE
                    found.add(Gap(gap.name, gap.kind, gap.manner or manner))
        return frozenset(found)

    # --- What a part asks for, whether it is there or not -------------------------------

    def _asked(self, part: CompValue, bound: Bindings) -> Iterator[Gap]:
        """Yield what a part asks for beside what is bound, names of things left out."""
        patterns = self._all(part)
        new = [p for p in patterns if not p.names <= bound.keys()] or patterns
        brought = {p.obj for p in new if isinstance(p.obj, str) and not _is_name(p)}
        brought |= {p.subject for p in new if isinstance(p.subject, str) and not _is_name(p)}
        for pattern in new:
            if not (_is_name(pattern) and pattern.subject in brought - bound.keys()):
                yield _named(pattern, patterns, bound, bound)

    def _all(self, part: CompValue) -> list[Pattern]:
        return [pattern for patterns in self._groups(part) for pattern in patterns]

    def _groups(self, part: Any) -> Iterator[list[Pattern]]:  # noqa: ANN401 - rdflib's algebra
        if not isinstance(part, CompValue):
            return
        if part.name == "BGP":
            yield self._patterns(part).pieces
            return
        yield from self._groups(part.p)
        yield from self._groups(part.p1)
        if part.name not in ("LeftJoin", "Minus"):
            yield from self._groups(part.p2)


def _named(pattern: Pattern, patterns: list[Pattern], seen: Bindings, bound: Bindings) -> Gap:
    """Return what a pattern looks for: a claim by its property, or the property itself."""
    claim = pattern.subject
    its = [p for p in patterns if p.subject == claim]
    content = {_address(p.predicate): p for p in its}
    if not isinstance(claim, str) or claim in bound or not content.keys() & _MAKES_A_CLAIM:
        return Gap(pattern.words_for(seen))
    name = _property_of(claim, patterns, seen)
    is_known = any(
        isinstance(p.subject, str)
        and p.subject in bound
        and name
        and _property_of(p.subject, patterns, seen) == name
        for p in patterns
    )
    known = {a for a in _CONTENT if a in content and _is_known(content[a].obj, seen)}
    kind = ABOUT_OTHERS if known == {_OBJECT} else BETWEEN if len(known) > 1 else CLAIMS
    return Gap(name, kind, OTHER if is_known else "")


def _property_of(claim: str, patterns: list[Pattern], seen: Bindings) -> str:
    """Return the property of a claim in short, of a figure what it measures."""
    for address in (_PROPERTY, _INDICATOR):
        for pattern in patterns:
            if pattern.subject == claim and _address(pattern.predicate) == address:
                end = seen.get(pattern.obj) if isinstance(pattern.obj, str) else pattern.obj
                if isinstance(end, ox.NamedNode):
                    return compact(end.value)
    return ""


def _is_known(end: Any, bound: Bindings) -> bool:  # noqa: ANN401 - a term, or a name
    return not isinstance(end, str) or end in bound


def _is_name(pattern: Pattern) -> bool:
    if pattern.path is not None:
        return all(word in map(compact, _NAMES) for word in pattern.words.split(" or "))
    return _address(pattern.predicate) in _NAMES


def _is_another(part: CompValue, bound: Bindings) -> bool:
    """Tell whether a BIND gives a variable a constant that is not its value."""
    given, value = part.expr, bound.get(name_of(part.var))
    is_constant = not isinstance(given, CompValue | Variable)
    return value is not None and is_constant and str(given) != getattr(value, "value", "")


def _address(term: Any) -> str:  # noqa: ANN401 - a term, or the name of a variable
    return term.value if isinstance(term, ox.NamedNode) else ""


def _group_of(part: CompValue) -> CompValue | None:
    """Return the grouping that a part computes values of, if it does nothing else."""
    while part.name == "Extend":
        part = part.p
    return part.p if part.name == "AggregateJoin" else None


def _keys(group: CompValue, bound: Bindings) -> Bindings:
    """Return the values that are known of what a grouping groups by."""
    names = {name_of(key) for key in group.expr or () if isinstance(key, Variable)}
    return {name: term for name, term in bound.items() if name in names}


def _names(condition: Any, *, of_language: bool = False) -> frozenset[str]:  # noqa: ANN401
    """Return the variables that a condition itself compares, or the language of which it does."""
    if isinstance(condition, Variable):
        return frozenset() if of_language else frozenset((name_of(condition),))
    if isinstance(condition, list):
        return frozenset(n for item in condition for n in _names(item, of_language=of_language))
    if not isinstance(condition, CompValue) or condition.name in _EXISTENCE:
        return frozenset()
    inside = of_language and condition.name != "Builtin_LANG"
    return frozenset(n for value in condition.values() for n in _names(value, of_language=inside))
