"""Shapes as values: what a shapes graph says, typed.

Section and component names are those of the Recommendation (https://www.w3.org/TR/shacl/).
"""

from dataclasses import dataclass, field
from typing import ClassVar

from diaspora_kg.shacl.paths import Path
from diaspora_kg.shacl.vocabulary import VIOLATION, component
from diaspora_kg.terms import Term


@dataclass(frozen=True)
class Targets:
    """Where a shape looks for its focus nodes (section 2.1.3)."""

    nodes: tuple[Term, ...] = ()
    classes: tuple[Term, ...] = ()
    subjects_of: tuple[Term, ...] = ()
    objects_of: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether there is any target."""
        return bool(self.nodes or self.classes or self.subjects_of or self.objects_of)


@dataclass(frozen=True)
class Constraint:
    """One constraint of a shape; each kind says which component reports it."""

    component: ClassVar[Term] = ""

    @property
    def reported_as(self) -> Term:
        """The constraint component that a result of this constraint names."""
        return self.component


@dataclass(frozen=True)
class Shape:
    """A node shape, or with a path a property shape."""

    node: Term
    path: Path | None = None
    constraints: tuple[Constraint, ...] = ()
    targets: Targets = field(default_factory=Targets)
    severity: Term = VIOLATION
    messages: tuple[Term, ...] = ()
    deactivated: bool = False
    uncompiled: str = ""
    """Why another engine has to run this shape, if one has to."""


@dataclass(frozen=True)
class InClass(Constraint):
    """``sh:class``: every value is an instance."""

    component = component("Class")
    cls: Term


@dataclass(frozen=True)
class Datatype(Constraint):
    """``sh:datatype``: every value is a well-formed literal of the datatype."""

    component = component("Datatype")
    datatype: Term


@dataclass(frozen=True)
class NodeKind(Constraint):
    """``sh:nodeKind``: every value is of one of these kinds."""

    component = component("NodeKind")
    kinds: frozenset[str]
    """Of ``IRI``, ``BlankNode`` and ``Literal``."""


@dataclass(frozen=True)
class Counting(Constraint):
    """A constraint on how many values there are."""

    count: int


class MinCount(Counting):
    """``sh:minCount``: there are at least so many values."""

    component = component("MinCount")


class MaxCount(Counting):
    """``sh:maxCount``: there are at most so many values."""

    component = component("MaxCount")


@dataclass(frozen=True)
class Range(Constraint):
    """``sh:minInclusive`` and its three siblings: every value compares so with a bound."""

    operator: str
    bound: Term

    @property
    def reported_as(self) -> Term:
        """The component of the operator."""
        return component(RANGES[self.operator])


RANGES = {">": "MinExclusive", ">=": "MinInclusive", "<": "MaxExclusive", "<=": "MaxInclusive"}
"""Each operator with the name of its component."""


@dataclass(frozen=True)
class Measuring(Constraint):
    """A constraint on how many characters the text of a value has."""

    length: int


class MinLength(Measuring):
    """``sh:minLength``: the text of every value has at least so many characters."""

    component = component("MinLength")


class MaxLength(Measuring):
    """``sh:maxLength``: the text of every value has at most so many characters."""

    component = component("MaxLength")


@dataclass(frozen=True)
class Pattern(Constraint):
    """``sh:pattern``: the text of every value matches a regular expression."""

    component = component("Pattern")
    pattern: str
    flags: str = ""


@dataclass(frozen=True)
class LanguageIn(Constraint):
    """``sh:languageIn``: every value is in one of the languages."""

    component = component("LanguageIn")
    ranges: tuple[str, ...]


@dataclass(frozen=True)
class UniqueLang(Constraint):
    """``sh:uniqueLang``: no language has two values."""

    component = component("UniqueLang")


@dataclass(frozen=True)
class Pairing(Constraint):
    """A constraint that compares the values with those of another property."""

    predicate: Term


class Equals(Pairing):
    """``sh:equals``: the values are those of another property."""

    component = component("Equals")


class Disjoint(Pairing):
    """``sh:disjoint``: no value is one of another property."""

    component = component("Disjoint")


class LessThan(Pairing):
    """``sh:lessThan``: every value is less than every value of another property."""

    component = component("LessThan")


class LessThanOrEquals(Pairing):
    """``sh:lessThanOrEquals``: every value is at most every value of another property."""

    component = component("LessThanOrEquals")


@dataclass(frozen=True)
class Referring(Constraint):
    """A constraint that another shape states."""

    shape: Shape


class Not(Referring):
    """``sh:not``: no value conforms to the shape."""

    component = component("Not")


@dataclass(frozen=True)
class Joining(Constraint):
    """A constraint that a value meets by the shapes it conforms to."""

    shapes: tuple[Shape, ...]


class And(Joining):
    """``sh:and``: every value conforms to all of the shapes."""

    component = component("And")


class Or(Joining):
    """``sh:or``: every value conforms to one of the shapes."""

    component = component("Or")


class Xone(Joining):
    """``sh:xone``: every value conforms to exactly one of the shapes."""

    component = component("Xone")


class Node(Referring):
    """``sh:node``: every value conforms to the shape; what is wrong is told as detail."""

    component = component("Node")


class Property(Referring):
    """``sh:property``: every value is a focus node of the property shape."""

    component = component("Property")


@dataclass(frozen=True)
class Qualified(Constraint):
    """``sh:qualifiedValueShape`` with one of its bounds."""

    shape: Shape
    siblings: tuple[Shape, ...]
    """Shapes a counted value must not conform to (``sh:qualifiedValueShapesDisjoint``)."""
    count: int
    at_least: bool

    @property
    def reported_as(self) -> Term:
        """The component of the bound."""
        return component("QualifiedMinCount" if self.at_least else "QualifiedMaxCount")


@dataclass(frozen=True)
class Closed(Constraint):
    """``sh:closed``: a value has no properties but these."""

    component = component("Closed")
    allowed: tuple[Term, ...]


@dataclass(frozen=True)
class HasValue(Constraint):
    """``sh:hasValue``: the term is among the values."""

    component = component("HasValue")
    term: Term


@dataclass(frozen=True)
class In(Constraint):
    """``sh:in``: every value is one of the terms."""

    component = component("In")
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class SparqlConstraint(Constraint):
    """A query of ``sh:sparql`` or of a validator; each solution, or a false answer, is a result."""

    node: Term
    """The value of ``sh:sparql``, or the validator."""
    shape: Term
    """The shape at which it stands."""
    path: Path | None
    query: str
    prefixes: tuple[tuple[str, str], ...] = ()
    messages: tuple[Term, ...] = ()
    asks: bool = False
    custom: Term = ""
    """The constraint component that the validator belongs to, if it does to one."""
    parameters: tuple[tuple[str, Term], ...] = ()
    optional: tuple[str, ...] = ()
    """Names of parameters that have no value here."""

    @property
    def reported_as(self) -> Term:
        """The custom component, or the one of SPARQL-based constraints."""
        return self.custom or component("SPARQL")
