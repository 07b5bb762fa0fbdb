"""The integrity constraints of the Data Cube recommendation, on the quads of one or more cubes.

The numbers are those of https://www.w3.org/TR/vocab-data-cube/#wf-rules. Constraints on slices,
hierarchies and code lists hold where a cube has them; ours have none but a measure dimension.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from diaspora_kg.cubes.writing import STATUS, VALUE
from diaspora_kg.namespaces import QB, RDFS, SKOS, XSD
from diaspora_kg.terms import TYPE, Quad, Term, iri

_MISSING = "obsStatus-M>"


def qb(name: str) -> Term:
    """Return a term of the Data Cube vocabulary."""
    return iri(QB + name)


def check_cube(quads: Iterable[Quad]) -> list[str]:
    """Return which integrity constraints do not hold, each with its number and the node.

    An observation whose status is *missing* has no value, which IC-14 allows nobody; it is
    therefore held to every constraint but that one, as SDMX does.
    """
    return [*dict.fromkeys(_Checker(quads).all())]


class _Checker:
    def __init__(self, quads: Iterable[Quad]) -> None:
        self.said: dict[Term, dict[Term, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for s, p, o, _ in quads:
            if o not in self.said[s][p]:
                self.said[s][p].append(o)
        self.kinds: dict[Term, list[Term]] = defaultdict(list)
        for s, said in self.said.items():
            for kind in said.get(TYPE, ()):
                self.kinds[kind].append(s)

    def all(self) -> Iterator[str]:
        """Yield what is wrong, constraint by constraint."""
        yield from self._data_sets()
        yield from self._structures()
        yield from self._observations()

    def get(self, node: Term, predicate: Term) -> list[Term]:
        """Return the values of a predicate."""
        return self.said[node].get(predicate, []) if node in self.said else []

    def _data_sets(self) -> Iterator[str]:
        for data_set in self.kinds[qb("DataSet")]:
            if len(self.get(data_set, qb("structure"))) != 1:
                yield f"IC-2: {data_set} has not exactly one structure"

    def _structures(self) -> Iterator[str]:
        for structure in self.kinds[qb("DataStructureDefinition")]:
            parts = self.get(structure, qb("component"))
            measures = [m for part in parts for m in self.get(part, qb("measure"))]
            if not measures:
                yield f"IC-3: {structure} declares no measure"
            for part in parts:
                yield from self._component(part)
        for prop in self.kinds[qb("DimensionProperty")]:
            ranges = self.get(prop, iri(RDFS + "range"))
            if not ranges:
                yield f"IC-4: the dimension {prop} has no range"
            has_list = self.get(prop, qb("codeList"))
            if iri(SKOS + "Concept") in ranges and not has_list:
                # IC-5 wants a code list of every dimension whose range is exactly skos:Concept
                yield f"IC-5: the dimension {prop} has concepts for values and no code list"

    def _component(self, part: Term) -> Iterator[str]:
        required = self.get(part, qb("componentRequired"))
        optional = f'"false"^^<{XSD}boolean>' in required
        if optional and not self.get(part, qb("attribute")):
            yield f"IC-6: {part} is optional and no attribute"

    def _observations(self) -> Iterator[str]:
        seen: dict[tuple[Term, ...], Term] = {}
        shapes = {data_set: self._shape(data_set) for data_set in self.kinds[qb("DataSet")]}
        for node in self.kinds[qb("Observation")]:
            data_sets = self.get(node, qb("dataSet"))
            if len(data_sets) != 1 or data_sets[0] not in shapes:
                yield f"IC-1: {node} is not of exactly one data set"
                continue
            dimensions, measures, required = shapes[data_sets[0]]
            values = [self.get(node, dimension) for dimension in dimensions]
            if any(len(found) != 1 for found in values):
                yield f"IC-11: {node} has not one value for each dimension"
            key = (data_sets[0], *(found[0] for found in values if found))
            other = seen.setdefault(key, node)
            if other != node:
                yield f"IC-12: {node} and {other} have the same dimensions"
            if any(not self.get(node, attribute) for attribute in required):
                yield f"IC-13: {node} lacks a required attribute"
            is_missing = any(o.endswith(_MISSING) for o in self.get(node, STATUS))
            if not is_missing and any(not self.get(node, measure) for measure in measures):
                yield f"IC-14: {node} has no value and does not say that it is missing"
            if is_missing and self.get(node, VALUE):
                yield f"IC-14: {node} says that its value is missing, and has one"

    def _shape(self, data_set: Term) -> tuple[list[Term], list[Term], list[Term]]:
        parts = [
            part
            for structure in self.get(data_set, qb("structure"))
            for part in self.get(structure, qb("component"))
        ]
        dimensions = [d for part in parts for d in self.get(part, qb("dimension"))]
        measures = [m for part in parts for m in self.get(part, qb("measure"))]
        needed = f'"true"^^<{XSD}boolean>'
        required = [
            attribute
            for part in parts
            if needed in self.get(part, qb("componentRequired"))
            for attribute in self.get(part, qb("attribute"))
        ]
        return dimensions, measures, required
