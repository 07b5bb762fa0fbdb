"""Expressions of a query, evaluated by rdflib over the terms of the store."""

from collections.abc import Iterator, Mapping
from typing import Any

import pyoxigraph as ox
from rdflib import BNode, Literal, URIRef, Variable
from rdflib.plugins.sparql.aggregates import Aggregator
from rdflib.plugins.sparql.evalutils import _ebv, _eval, _val
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.plugins.sparql.sparql import FrozenBindings, QueryContext, SPARQLError

from diaspora_kg.evidence.scope import name_of
from diaspora_kg.lookup import Node
from diaspora_kg.namespaces import XSD

Bindings = Mapping[str, Node]


class Expressions:
    """Evaluates expressions; terms that were met before are not converted again."""

    def __init__(self) -> None:
        """Start with no term known."""
        self._context = QueryContext(initBindings={})
        self._terms: dict[Node, Any] = {}

    def holds(self, expression: Any, bindings: Bindings) -> bool:  # noqa: ANN401 - rdflib
        """Tell whether an expression is true; an error in it counts as false."""
        try:
            return bool(_ebv(expression, self._frozen(bindings)))
        except Exception:  # rdflib lets through what Python raises in a comparison
            return False

    def value(self, expression: Any, bindings: Bindings) -> Node | None:  # noqa: ANN401 - rdflib
        """Return the value of an expression, None when it has none."""
        try:
            value = _eval(expression, self._frozen(bindings))
        except Exception:  # as above
            return None
        return None if value is None or isinstance(value, SPARQLError) else to_oxigraph(value)

    def order(self, expression: Any, bindings: Bindings) -> Any:  # noqa: ANN401 - a sort key
        """Return the key by which a solution is put in order."""
        value = self.value(expression, bindings)
        return _val(Variable("unbound") if value is None else self._rdflib(value))

    def aggregates(self, aggregations: Any, members: list[Bindings]) -> dict[str, Node]:  # noqa: ANN401
        """Return the values of the aggregates of a group."""
        aggregator = Aggregator(aggregations=aggregations)
        for member in members:
            aggregator.update(self._frozen(member))
        return {
            name_of(variable): to_oxigraph(value)
            for variable, value in aggregator.get_bindings().items()
            if value is not None
        }

    def _frozen(self, bindings: Bindings) -> FrozenBindings:
        terms = {Variable(name): self._rdflib(term) for name, term in bindings.items()}
        return FrozenBindings(self._context, terms)

    def _rdflib(self, term: Node) -> Any:  # noqa: ANN401 - an rdflib term
        known = self._terms.get(term)
        if known is None:
            known = self._terms[term] = to_rdflib(term)
        return known


def questions_of_existence(
    expression: Any,  # noqa: ANN401 - rdflib's parse tree
    *,
    negated: bool = False,
) -> Iterator[tuple[CompValue, bool]]:
    """Yield every EXISTS in an expression, and whether it is absence that it asks for."""
    if not isinstance(expression, CompValue):
        return
    if expression.name in ("Builtin_EXISTS", "Builtin_NOTEXISTS"):
        yield expression, negated != (expression.name == "Builtin_NOTEXISTS")
        return
    turned = negated != (expression.name == "UnaryNot")
    for value in expression.values():
        for item in value if isinstance(value, list) else [value]:
            yield from questions_of_existence(item, negated=turned)


def to_oxigraph(term: Any) -> Node:  # noqa: ANN401 - an rdflib term
    """Return a term of rdflib as one of the store."""
    if isinstance(term, URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, BNode):
        return ox.BlankNode(str(term))
    if term.language:
        return ox.Literal(str(term), language=term.language)
    if term.datatype:
        return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)))
    return ox.Literal(str(term))


def to_rdflib(term: Node) -> Any:  # noqa: ANN401 - an rdflib term
    """Return a term of the store as one of rdflib."""
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if term.language:
        return Literal(term.value, lang=term.language)
    datatype = term.datatype.value
    if datatype == XSD + "string":
        return Literal(term.value)
    return Literal(term.value, datatype=URIRef(datatype))
