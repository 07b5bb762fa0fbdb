"""From a shapes graph to shapes: targets, severities, messages, and what stands in what."""

from collections.abc import Iterator
from functools import cached_property

from diaspora_kg.shacl.components import custom_constraints, read_components, sparql_constraints
from diaspora_kg.shacl.failures import ShapesError
from diaspora_kg.shacl.graph import ShapesGraph
from diaspora_kg.shacl.parameters import core_constraints, is_core_parameter
from diaspora_kg.shacl.paths import Path, read_path
from diaspora_kg.shacl.shapes import Shape, Targets
from diaspora_kg.shacl.vocabulary import CLASS, NODE_SHAPE, PROPERTY_SHAPE, TRUE, VIOLATION, sh
from diaspora_kg.terms import Term, is_iri

_TARGETS = ("targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf")
_ADVANCED = {
    "target": "sh:target is an advanced feature",
    "expression": "sh:expression is an advanced feature",
}


class ShapesReader:
    """Reads the shapes of one graph, each once; refuses shapes that refer to themselves."""

    def __init__(self, graph: ShapesGraph) -> None:
        """Take the shapes graph.

        Raises ``ShapesError`` when it asks for an entailment regime: nothing is inferred here.
        """
        self.graph = graph
        self._components = read_components(graph)
        self._shapes: dict[Term, Shape] = {}
        self._open: list[Term] = []
        if graph.having(sh("entailment")):
            raise ShapesError(
                "the shapes ask for an entailment regime (sh:entailment)",
                "Infer first, then validate what was inferred without sh:entailment.",
            )

    def targeted(self) -> tuple[Shape, ...]:
        """Return the shapes that have targets and are not deactivated, sorted by their nodes.

        Raises ``ShapesError`` when one of them is not well-formed or is recursive.
        """
        active = sorted(node for node in self._with_targets if not self._is_deactivated(node))
        return tuple(self.shape(node) for node in active)

    @property
    def has_targets(self) -> bool:
        """Whether any shape has a target, if only a deactivated one."""
        return bool(self._with_targets)

    def shape(self, node: Term) -> Shape:
        """Return the shape of a node. Raises ``ShapesError`` when it is not well-formed."""
        if node.startswith('"'):
            raise ShapesError(f"{node} stands where a shape is expected")
        if node in self._open:
            cycle = [*self._open[self._open.index(node) :], node]
            raise ShapesError(
                f"the shape {node} refers to itself: {' -> '.join(cycle)}",
                "SHACL leaves recursive shapes undefined. Write the condition as a property path "
                "or as a SPARQL constraint.",
            )
        if node not in self._shapes:
            self._open.append(node)
            self._shapes[node] = self._read(node)
            self._open.pop()
        return self._shapes[node]

    def _read(self, node: Term) -> Shape:
        graph = self.graph
        if self._is_deactivated(node):
            return Shape(node, self._path(node), deactivated=True)
        if graph.objects(node, sh("js")):
            raise ShapesError(f"{node} needs a JavaScript engine (sh:js), and none is here")
        path = self._path(node)
        constraints = (
            *core_constraints(self, node, path is not None),
            *sparql_constraints(graph, node, path),
            *custom_constraints(graph, node, path, self._components),
        )
        return Shape(
            node,
            path,
            constraints,
            self._targets(node),
            graph.one(node, sh("severity")) or VIOLATION,
            graph.objects(node, sh("message")),
            uncompiled=next(
                (why for name, why in _ADVANCED.items() if graph.objects(node, sh(name))), ""
            ),
        )

    def _path(self, node: Term) -> Path | None:
        paths = self.graph.objects(node, sh("path"))
        if len(paths) > 1:
            raise ShapesError(f"{node} has {len(paths)} values of sh:path, one is allowed")
        if not paths and self.graph.is_a(node, PROPERTY_SHAPE):
            raise ShapesError(f"the property shape {node} has no sh:path")
        return read_path(self.graph, paths[0]) if paths else None

    @cached_property
    def _with_targets(self) -> set[Term]:
        nodes = {node for name in (*_TARGETS, "target") for node in self.graph.having(sh(name))}
        return nodes | self._implicit_classes

    def _is_deactivated(self, node: Term) -> bool:
        return TRUE in self.graph.objects(node, sh("deactivated"))

    def _targets(self, node: Term) -> Targets:
        nodes, classes, subjects_of, objects_of = (
            self.graph.objects(node, sh(name)) for name in _TARGETS
        )
        for target in (*classes, *subjects_of, *objects_of):
            if not is_iri(target):
                raise ShapesError(f"the target {target} of {node} is no IRI")
        if any(target.startswith("_:") for target in nodes):
            raise ShapesError(f"a blank node is no target: sh:targetNode of {node}")
        if node in self._implicit_classes:
            classes = tuple(sorted({*classes, node}))
        return Targets(nodes, classes, subjects_of, objects_of)

    @cached_property
    def _implicit_classes(self) -> frozenset[Term]:
        return frozenset(self._classes_that_are_shapes())

    def _classes_that_are_shapes(self) -> Iterator[Term]:
        parameters = {p for _, p, _ in self.graph.triples if is_core_parameter(p)}
        with_parameters = {node for p in parameters for node in self.graph.having(p)}
        for node in self.graph.nodes:
            if is_iri(node) and self.graph.is_a(node, CLASS):
                kinds = (NODE_SHAPE, PROPERTY_SHAPE)
                if node in with_parameters or any(self.graph.is_a(node, kind) for kind in kinds):
                    yield node
