"""What a result says: the message of the shapes, with its variables filled in, or a plain one."""

import re
from collections.abc import Mapping

from diaspora_kg.namespaces import compact
from diaspora_kg.shacl import shapes
from diaspora_kg.shacl.shapes import Constraint, Shape
from diaspora_kg.terms import Term, iri_of, is_iri, literal_parts, text_literal

_VARIABLE = re.compile(r"\{[?$](\w+)\}")
_COMPARISONS = {">": "greater than", ">=": "at least", "<": "less than", "<=": "at most"}
_PLAIN = {
    "UniqueLang": "One language has more than one value",
    "Closed": "The property is not among those that the shape allows",
    "Not": "The value conforms to a shape that it must not conform to",
    "And": "The value does not conform to all of the shapes",
    "Or": "The value conforms to none of the shapes",
    "Xone": "The value does not conform to exactly one of the shapes",
    "Node": "The value does not conform to the shape",
    "SparqlConstraint": "The node violates a condition written as a query",
}


def filled(template: Term, values: Mapping[str, Term]) -> Term:
    """Return a message with ``{?name}`` and ``{$name}`` replaced by what they stand for."""
    text, language, _ = literal_parts(template)

    def shown_or_kept(match: re.Match[str]) -> str:
        value = values.get(match.group(1))
        return match.group() if value is None else shown(value)

    return text_literal(_VARIABLE.sub(shown_or_kept, text), language)


def shown(term: Term) -> str:
    """Return a term as a person reads it."""
    if is_iri(term):
        return compact(iri_of(term))
    return literal_parts(term)[0] if term.startswith('"') else term


def plain_message(shape: Shape, constraint: Constraint) -> Term:
    """Return the message of a result whose shape has none."""
    text = _on_numbers(constraint) or _on_terms(constraint) or _PLAIN[type(constraint).__name__]
    where = f"{shape.path}: " if shape.path else ""
    return text_literal(f"{where}{text}.")


def _on_numbers(constraint: Constraint) -> str:
    match constraint:
        case shapes.MinCount(count):
            return f"There are fewer values than {count}"
        case shapes.MaxCount(count):
            return f"There are more values than {count}"
        case shapes.MinLength(length):
            return f"The text is shorter than {length}"
        case shapes.MaxLength(length):
            return f"The text is longer than {length}"
        case shapes.Range(operator, bound):
            return f"The value is not {_COMPARISONS[operator]} {shown(bound)}"
        case shapes.Qualified(count=count, at_least=True):
            return f"Fewer values than {count} conform to the shape"
        case shapes.Qualified(count=count):
            return f"More values than {count} conform to the shape"
    return ""


def _on_terms(constraint: Constraint) -> str:
    match constraint:
        case shapes.InClass(cls):
            return f"The value is no instance of {shown(cls)}"
        case shapes.Datatype(datatype):
            return f"The value is no well-formed {shown(datatype)}"
        case shapes.NodeKind(kinds):
            return f"The value is none of {', '.join(sorted(kinds))}"
        case shapes.Pattern(pattern):
            return f"The text does not match {pattern}"
        case shapes.LanguageIn(ranges):
            return f"The language is none of {', '.join(ranges)}"
        case shapes.In(terms):
            return f"The value is none of {', '.join(shown(term) for term in terms)}"
        case shapes.HasValue(term):
            return f"The value {shown(term)} is missing"
    return _on_pairs(constraint)


def _on_pairs(constraint: Constraint) -> str:
    match constraint:
        case shapes.Equals(predicate):
            return f"The values are not those of {shown(predicate)}"
        case shapes.Disjoint(predicate):
            return f"The value is also one of {shown(predicate)}"
        case shapes.LessThan(predicate):
            return f"The value is not less than every value of {shown(predicate)}"
        case shapes.LessThanOrEquals(predicate):
            return f"The value is not at most every value of {shown(predicate)}"
    return ""
