"""SPARQL-based constraints and constraint components, as a shapes graph declares them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from diaspora_kg.namespaces import SH
from diaspora_kg.shacl.failures import ShapesError
from diaspora_kg.shacl.graph import ShapesGraph
from diaspora_kg.shacl.paths import Path
from diaspora_kg.shacl.shapes import SparqlConstraint
from diaspora_kg.shacl.vocabulary import IMPORTS, TRUE, sh
from diaspora_kg.terms import Term, iri_of, is_iri, literal_parts

_NAME = re.compile(r"[^\W\d][\w]*\Z")
_RESERVED = frozenset(["this", "shapesGraph", "currentShape", "path", "PATH", "value"])


@dataclass(frozen=True)
class Parameter:
    """A parameter of a constraint component: a property of shapes, and a variable."""

    predicate: Term
    name: str
    optional: bool


@dataclass(frozen=True)
class Component:
    """A constraint component declared in a shapes graph (section 6)."""

    node: Term
    parameters: tuple[Parameter, ...]

    def validator(self, graph: ShapesGraph, has_path: bool) -> Term | None:
        """Return the validator for a kind of shape; without one, the component is ignored."""
        special = sh("propertyValidator" if has_path else "nodeValidator")
        found = graph.objects(self.node, special) or graph.objects(self.node, sh("validator"))
        return found[0] if found else None


def read_components(graph: ShapesGraph) -> tuple[Component, ...]:
    """Return the constraint components that the graph declares beside those of SHACL itself.

    Raises ``ShapesError`` when one of them is not well-formed.
    """
    nodes = (
        node
        for node in sorted(graph.nodes)
        if graph.is_a(node, sh("ConstraintComponent")) and not node.startswith(f"<{SH}")
    )
    return tuple(Component(node, tuple(_parameters(graph, node))) for node in nodes)


def sparql_constraints(
    graph: ShapesGraph, node: Term, path: Path | None
) -> Iterator[SparqlConstraint]:
    """Yield the constraints that stand at a shape as ``sh:sparql`` (section 5)."""
    for constraint in graph.objects(node, sh("sparql")):
        if TRUE not in graph.objects(constraint, sh("deactivated")):
            yield SparqlConstraint(
                constraint,
                node,
                path,
                _text(graph, constraint, "select"),
                prefixes(graph, constraint),
                graph.objects(constraint, sh("message")),
            )


def custom_constraints(
    graph: ShapesGraph, node: Term, path: Path | None, components: tuple[Component, ...]
) -> Iterator[SparqlConstraint]:
    """Yield the constraints of declared components whose parameters stand at a shape."""
    for component in components:
        validator = component.validator(graph, path is not None)
        given = [(p, graph.objects(node, p.predicate)) for p in component.parameters]
        if validator is None or not all(values or p.optional for p, values in given):
            continue
        if len(given) > 1 and any(len(values) > 1 for _, values in given):
            raise ShapesError(f"{node} has several values of one parameter of {component.node}")
        asks = bool(graph.objects(validator, sh("ask")))
        messages = graph.objects(validator, sh("message"))
        present = [(p.name, values) for p, values in given if values]
        for values in product(*(values for _, values in present)):
            yield SparqlConstraint(
                validator,
                node,
                path,
                _text(graph, validator, "ask" if asks else "select"),
                prefixes(graph, validator),
                messages or graph.objects(component.node, sh("message")),
                asks,
                component.node,
                tuple(zip((name for name, _ in present), values, strict=True)),
                tuple(p.name for p, values in given if not values),
            )


def prefixes(graph: ShapesGraph, node: Term) -> tuple[tuple[str, str], ...]:
    """Return the prefixes for a query: those declared at ``sh:prefixes`` or what it imports.

    Raises ``ShapesError`` when one prefix stands for two namespaces.
    """
    todo = list(graph.objects(node, sh("prefixes")))
    seen: set[Term] = set()
    found: dict[str, str] = {}
    while todo:
        ontology = todo.pop()
        if ontology in seen:
            continue
        seen.add(ontology)
        todo.extend(graph.objects(ontology, IMPORTS))
        for declaration in graph.objects(ontology, sh("declare")):
            prefix = _text(graph, declaration, "prefix")
            namespace = _text(graph, declaration, "namespace")
            if found.setdefault(prefix, namespace) != namespace:
                raise ShapesError(f"the prefix '{prefix}' stands for two namespaces at {node}")
    return tuple(sorted(found.items()))


def _parameters(graph: ShapesGraph, node: Term) -> Iterator[Parameter]:
    found = graph.objects(node, sh("parameter"))
    if not found:
        raise ShapesError(f"the constraint component {node} has no sh:parameter")
    for parameter in found:
        predicate = graph.one(parameter, sh("path"))
        if predicate is None or not is_iri(predicate):
            raise ShapesError(f"the parameter {parameter} of {node} needs an IRI as sh:path")
        name = re.split(r"[#/:]", iri_of(predicate))[-1]
        if not _NAME.match(name) or name in _RESERVED:
            raise ShapesError(f"'{name}' is no name for a parameter of {node}")
        yield Parameter(predicate, name, TRUE in graph.objects(parameter, sh("optional")))


def _text(graph: ShapesGraph, node: Term, name: str) -> str:
    value = graph.one(node, sh(name))
    if value is None or not value.startswith('"'):
        raise ShapesError(f"{node} needs a text as sh:{name}")
    return literal_parts(value)[0]
