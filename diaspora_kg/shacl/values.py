"""When a value node violates a constraint that looks at nothing but it and its triples."""

import pyoxigraph

from diaspora_kg.shacl.engine import as_object
from diaspora_kg.shacl.expressions import (
    FALSE,
    TRUE,
    Writer,
    any_of,
    exists,
    negated,
)
from diaspora_kg.shacl.literals import is_less
from diaspora_kg.shacl.originals import original
from diaspora_kg.shacl.shapes import (
    Closed,
    Constraint,
    Datatype,
    Disjoint,
    Equals,
    In,
    InClass,
    LanguageIn,
    MaxLength,
    MinLength,
    NodeKind,
    Pattern,
    Range,
)
from diaspora_kg.shacl.strings import has_length, is_in_language, matches
from diaspora_kg.terms import TYPE, Term, is_iri, literal_parts

_MANY = 40
"""From so many members on, a list is looked up in Python instead of compared one by one."""
_MIRRORED = {">": "<", ">=": "<="}


def value_violates(writer: Writer, constraint: Constraint, value: str, focus: str) -> str | None:
    """Return when a value node violates a constraint, or None if that is not for it to say."""
    conforms = _has_kind(writer, constraint, value) or _has_text(writer, constraint, value)
    if conforms is not None:
        return negated(conforms)
    match constraint:
        case Disjoint(predicate):
            return exists(f"{focus} {predicate} {value}")
        case Equals(predicate):
            return negated(exists(f"{focus} {predicate} {value}"))
        case Closed(allowed):
            other = writer.fresh()
            return exists(f"{value} {other} {writer.fresh()}", is_other_property(other, allowed))
    return None


def _has_kind(writer: Writer, constraint: Constraint, value: str) -> str | None:
    match constraint:
        case InClass(cls):
            return is_of_class(writer, value, writer.data.with_subclasses(cls))
        case Datatype(datatype):
            return writer.has_datatype(value, datatype)
        case NodeKind(kinds):
            return _is_of_kind(writer, value, kinds)
        case In(terms):
            return _is_one_of(writer, value, terms)
    return None


def _has_text(writer: Writer, constraint: Constraint, value: str) -> str | None:
    match constraint:
        case Range(operator, bound):
            return compares(writer, value, operator, bound)
        case MinLength(length):
            return has_length(writer, value, f">= {length}")
        case MaxLength(length):
            return has_length(writer, value, f"<= {length}")
        case Pattern():
            return matches(writer, constraint, value)
        case LanguageIn(ranges):
            return is_in_language(value, ranges)
    return None


def is_of_class(writer: Writer, node: str, classes: tuple[Term, ...]) -> str:
    """Return the condition that a node has one of some classes as its type."""
    if not classes:
        return FALSE
    if len(classes) == 1:
        return exists(f"{node} {TYPE} {classes[0]}")
    type_ = writer.fresh()
    return exists(f"{node} {TYPE} {type_}", f"{type_} IN ({', '.join(classes)})")


def is_other_property(predicate: str, allowed: tuple[Term, ...]) -> str:
    """Return the condition that a predicate is not among those allowed."""
    names = [term for term in allowed if is_iri(term)]
    return f"{predicate} NOT IN ({', '.join(names)})" if names else TRUE


def compares(writer: Writer, one: str, operator: str, other: str) -> str:
    """Return the condition that two nodes compare so; nodes that cannot be compared do not.

    Where the engine gives up, on a coded literal, on numbers beyond its range, on truth values,
    the original forms are compared instead.
    """
    if operator in _MIRRORED:
        one, other, operator = other, one, _MIRRORED[operator]
    if not writer.data.calls_python:
        return f"COALESCE({one} {operator} {other}, false)"
    less = _is_at_most if operator == "<=" else _is_under
    call = writer.function(less.__name__[1:], less)
    values = f"{writer.value(one)} {operator} {writer.value(other)}"
    return f"COALESCE({one} {operator} {other}, {values}, {call}({one}, {other}), false)"


def _is_of_kind(writer: Writer, value: str, kinds: frozenset[str]) -> str:
    tests = {
        "IRI": writer.is_iri(value),
        "BlankNode": writer.is_blank(value),
        "Literal": f"isLiteral({value})",
    }
    return any_of(tests[kind] for kind in sorted(kinds))


def _is_one_of(writer: Writer, value: str, terms: tuple[Term, ...]) -> str:
    if len(terms) > _MANY and writer.data.calls_python:
        members = frozenset(as_object(writer.constant(term)) for term in terms)
        call = writer.new_function(lambda node: pyoxigraph.Literal(node in members))
        return f"{call}({value})"
    if terms and all(is_iri(term) for term in terms):
        return f"{value} IN ({', '.join(terms)})"
    return writer.is_term(value, terms)


def _is_under(one: object, other: object) -> pyoxigraph.Literal | None:
    return _less(one, other, or_equal=False)


def _is_at_most(one: object, other: object) -> pyoxigraph.Literal | None:
    return _less(one, other, or_equal=True)


def _less(one: object, other: object, or_equal: bool) -> pyoxigraph.Literal | None:
    if not isinstance(one, pyoxigraph.Literal) or not isinstance(other, pyoxigraph.Literal):
        return None
    parts = [literal_parts(original(str(term)))[::2] for term in (one, other)]
    answer = is_less(parts[0], parts[1], or_equal)
    return None if answer is None else pyoxigraph.Literal(answer)
