"""The compiled engine against pySHACL, on random shapes and random data.

The seeds are fixed; ``DIASPORA_KG_SEEDS=1000`` tries more. Whole sets of top-level results are
compared: focus node, path, value, severity, shape and component, each as often as it is reported.

Where pySHACL differs from the Recommendation, nothing is compared: it walks the inverse of a
sequence in the wrong order, lets a blank node pass ``sh:minLength 0``, and orders what SPARQL
cannot compare (so ranges and pairs meet only numbers, or only dates, here).
"""

import os
import random
from collections import Counter

import pytest

from diaspora_kg.namespaces import RDF, RDFS, SH, XSD
from diaspora_kg.shacl import DataGraph, Result, ShapesGraph, validate
from diaspora_kg.terms import TYPE, Term, Triple, text_literal, typed_literal

fallback = pytest.importorskip("diaspora_kg.shacl.fallback")

EX = "http://example.org/"
SEEDS = range(int(os.environ.get("DIASPORA_KG_SEEDS", "120")))


def ex(name: str) -> Term:
    return f"<{EX}{name}>"


def sh(name: str) -> Term:
    return f"<{SH}{name}>"


def typed(datatype: str, *forms: str) -> list[Term]:
    return [typed_literal(form, XSD + datatype) for form in forms]


NUMBERS = [
    *typed("integer", "1", "01", "2", "3", "-1", "12345678901234567890"),
    *typed("decimal", "1.0", "1.50", "2.5", "3"),
    *typed("byte", "5"),
    *typed("double", "1e0"),
]
DATES = typed("date", "2016-01-01", "2017-05-03")
TEXTS = [
    *(text_literal(text) for text in ("a", "abc", "b c", "")),
    *(text_literal(*pair) for pair in (("x", "en"), ("y", "en"), ("x", "de"), ("x", "en-gb"))),
]
ODD = [
    *typed("integer", "abc"),
    *typed("decimal", "x"),
    *typed("byte", "300"),
    *typed("date", "2016-02-30"),
    *typed("boolean", "true", "1", "maybe"),
]
LITERALS = [*NUMBERS, *DATES, *TEXTS, *ODD]
TRUE = typed("boolean", "true")[0]
ORDERED = {"q": NUMBERS, "d": DATES}
"""Two kinds of properties whose values can be compared."""


class RandomData:
    """A small graph by chance, the same for the same seed."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        found: set[Triple] = set()
        for n in range(8):
            found.update((ex(f"n{n}"), TYPE, self.cls()) for _ in range(chance.randrange(3)))
        for _ in range(chance.randrange(3)):
            found.add((self.cls(), f"<{RDFS}subClassOf>", self.cls()))
        for _ in range(chance.randrange(8, 40)):
            is_node = chance.random() < 0.5
            found.add((self.node(), self.prop(), self.node() if is_node else self.literal()))
        for kind, values in ORDERED.items():
            for _ in range(chance.randrange(12)):
                found.add((self.node(), self.prop(kind), chance.choice(values)))
        self.triples = sorted(found)

    def prop(self, kind: str = "p") -> Term:
        """Return a property of a kind."""
        return ex(f"{kind}{self.chance.randrange(4 if kind == 'p' else 2)}")

    def cls(self) -> Term:
        """Return a class."""
        return ex(f"C{self.chance.randrange(4)}")

    def node(self) -> Term:
        """Return a node; sometimes a blank one."""
        if self.chance.random() < 0.85:
            return ex(f"n{self.chance.randrange(8)}")
        return f"_:b{self.chance.randrange(3)}"

    def literal(self) -> Term:
        """Return a literal, sometimes an odd one."""
        return self.chance.choice(LITERALS)

    def named(self) -> Term:
        """Return a node or a literal that shapes may name."""
        return ex(f"n{self.chance.randrange(8)}") if self.chance.random() < 0.4 else self.literal()


class RandomShapes:
    """One or two shapes with targets, and shapes within them, by chance."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.data = RandomData(self.chance)
        self.triples: list[Triple] = []
        self.targeted = [
            self.shape(0, self.is_likely(0.5)) for _ in range(self.chance.choice([1, 2]))
        ]
        for shape in self.targeted:
            for _ in range(self.chance.choice([1, 1, 2])):
                self.target(shape)

    def is_likely(self, share: float) -> bool:
        """Return true with this probability."""
        return self.chance.random() < share

    def add(self, subject: Term, name: str, value: Term) -> None:
        """Say something in the vocabulary of SHACL."""
        self.triples.append((subject, sh(name), value))

    def has(self, subject: Term, name: str) -> bool:
        """Tell whether that was said already."""
        return any(s == subject and p == sh(name) for s, p, _ in self.triples)

    def blank(self) -> Term:
        """Return a new blank node."""
        return f"_:shape{len(self.triples)}"

    def count(self, low: int, high: int) -> Term:
        """Return a whole number."""
        return typed("integer", str(self.chance.randrange(low, high)))[0]

    def listed(self, members: list[Term]) -> Term:
        """Return a list."""
        rest = f"<{RDF}nil>"
        for member in reversed(members):
            cell = self.blank()
            self.triples += [(cell, f"<{RDF}first>", member), (cell, f"<{RDF}rest>", rest)]
            rest = cell
        return rest

    def target(self, shape: Term) -> None:
        """Give a shape a target."""
        kind = self.chance.choice(["Node", "Class", "Class", "SubjectsOf", "ObjectsOf"])
        value = {"Node": self.data.named, "Class": self.data.cls}.get(kind, self.data.prop)()
        self.add(shape, f"target{kind}", value)

    def path(self, depth: int = 0) -> Term:
        """Return a property path."""
        kind = self.chance.choice(["", "", "", "", "^", "/", "|", "*"])
        if not kind or depth > 1:
            return self.data.prop()
        if kind == "/":
            return self.listed([self.path(depth + 1), self.path(depth + 1)])
        inner = self.path(depth + 1) if kind != "^" else self.data.prop()
        if kind == "|":
            inner = self.listed([inner, self.path(depth + 1)])
        closures = ["zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath"]
        name = {"^": "inversePath", "|": "alternativePath"}.get(kind) or self.chance.choice(
            closures
        )
        node = self.blank()
        self.add(node, name, inner)
        return node

    def shape(self, depth: int, has_path: bool) -> Term:
        """Return a shape with some constraints."""
        shape = ex(f"S{len(self.triples)}")
        self.triples.append((shape, TYPE, sh("PropertyShape" if has_path else "NodeShape")))
        ordered = self.chance.choice(["", "", "", "q", "d"]) if has_path else ""
        if has_path:
            self.add(shape, "path", self.data.prop(ordered) if ordered else self.path())
        if self.is_likely(0.15):
            self.add(shape, "severity", sh(self.chance.choice(["Warning", "Info"])))
        if self.is_likely(0.04):
            self.add(shape, "deactivated", TRUE)
        kinds = [self.on_value, self.on_value, self.on_pairs, self.on_terms, self.query]
        kinds += [self.on_counts, self.on_counts] if has_path else [self.closed]
        kinds += [self.logic, self.within] if depth < 2 else []
        kinds += [self.qualified] if depth < 2 and has_path else []
        for _ in range(self.chance.choice([1, 1, 2, 3])):
            if ordered and self.is_likely(0.5):
                self.order(shape, ordered)
            else:
                self.chance.choice(kinds)(shape, depth)
        return shape

    def once(self, shape: Term, name: str, value: Term) -> None:
        """Say something unless something of the kind was said."""
        if not self.has(shape, name):
            self.add(shape, name, value)

    def on_value(self, shape: Term, _: int) -> None:
        """Constrain what a value is."""
        names = ["IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral"]
        datatypes = ["integer", "decimal", "date", "string", "boolean", "byte", "double"]
        patterns = ["^a", "[0-9]+$", "B", "(?=a)", "^.{1,3}$", "n[0-3]"]
        languages = [text_literal(tag) for tag in ("en", "de", "fr")]
        match self.chance.randrange(6):
            case 0:
                self.add(shape, "class", self.data.cls())
            case 1:
                datatype = f"<{XSD}{self.chance.choice(datatypes)}>"
                language = f"<{RDF}langString>"
                self.once(shape, "datatype", language if self.is_likely(0.1) else datatype)
            case 2:
                self.once(shape, "nodeKind", sh(self.chance.choice(names)))
            case 3:
                self.once(shape, self.chance.choice(["minLength", "maxLength"]), self.count(1, 4))
            case 4 if not self.has(shape, "pattern"):
                self.add(shape, "pattern", text_literal(self.chance.choice(patterns)))
                if self.is_likely(0.3):
                    self.add(shape, "flags", text_literal("i"))
            case 5:
                some = self.chance.sample(languages, self.chance.choice([1, 2]))
                self.once(shape, "languageIn", self.listed(some))

    def on_terms(self, shape: Term, _: int) -> None:
        """Constrain which terms values are."""
        if self.is_likely(0.5):
            self.add(shape, "hasValue", self.data.named())
        elif not self.has(shape, "in"):
            members = [self.data.named() for _ in range(self.chance.randrange(5))]
            self.add(shape, "in", self.listed(members))

    def on_pairs(self, shape: Term, _: int) -> None:
        """Compare with the values of another property."""
        self.add(shape, self.chance.choice(["equals", "disjoint"]), self.data.prop())

    def on_counts(self, shape: Term, _: int) -> None:
        """Constrain how many values there are."""
        if self.is_likely(0.2):
            self.once(shape, "uniqueLang", TRUE)
        else:
            self.once(shape, self.chance.choice(["minCount", "maxCount"]), self.count(0, 4))

    def order(self, shape: Term, kind: str) -> None:
        """Constrain the order of values that have one."""
        if self.is_likely(0.4):
            name = self.chance.choice(["lessThan", "lessThanOrEquals"])
            self.add(shape, name, self.data.prop(kind))
        else:
            name = f"{self.chance.choice(['min', 'max'])}{self.chance.choice(['In', 'Ex'])}clusive"
            self.once(shape, name, self.chance.choice(ORDERED[kind]))

    def closed(self, shape: Term, _: int) -> None:
        """Close a shape."""
        if not self.has(shape, "closed"):
            self.add(shape, "closed", TRUE)
            if self.is_likely(0.6):
                self.add(shape, "ignoredProperties", self.listed([TYPE, self.data.prop()]))

    def logic(self, shape: Term, depth: int) -> None:
        """Combine shapes."""
        name = self.chance.choice(["not", "and", "or", "xone"])
        count = 1 if name == "not" else self.chance.choice([1, 2, 2, 3])
        shapes = [self.shape(depth + 1, self.is_likely(0.4)) for _ in range(count)]
        self.add(shape, name, shapes[0] if name == "not" else self.listed(shapes))

    def within(self, shape: Term, depth: int) -> None:
        """Put a shape into the shape."""
        has_path = self.is_likely(0.6)
        self.add(shape, "property" if has_path else "node", self.shape(depth + 1, has_path))

    def query(self, shape: Term, _: int) -> None:
        """Ask a query about focus nodes, or along the path of the shape."""
        conditions = [
            "FILTER(isIRI(?value))",
            "FILTER NOT EXISTS { ?value %s ?other }",
            "FILTER EXISTS { ?other %s ?value . FILTER(?other != $this) }",
            "OPTIONAL { ?value %s ?other } FILTER(!BOUND(?other))",
            "{ ?value %s ?other } UNION { $this %s ?other }",
            "BIND($this AS ?same) ?same %s ?other",
        ]
        paths = [o for s, p, o in self.triples if (s, p) == (shape, sh("path"))]
        step = "$PATH" if paths and paths[0].startswith("<") else self.data.prop()
        condition = self.chance.choice(conditions).replace("%s", self.data.prop())
        node = self.blank()
        self.add(shape, "sparql", node)
        text = f"SELECT DISTINCT $this ?value WHERE {{ $this {step} ?value . {condition} }}"
        self.add(node, "select", text_literal(text))

    def qualified(self, shape: Term, depth: int) -> None:
        """Count the values that conform to a shape."""
        if self.has(shape, "qualifiedValueShape"):
            return
        self.add(shape, "qualifiedValueShape", self.shape(depth + 1, self.is_likely(0.3)))
        bounds = self.chance.choice([["Min"], ["Max"], ["Min", "Max"]])
        for bound in bounds:
            self.add(shape, f"qualified{bound}Count", self.count(0, 3))
        if self.is_likely(0.4):
            self.add(shape, "qualifiedValueShapesDisjoint", TRUE)


def key(result: Result) -> tuple[object, ...]:
    return (
        result.focus,
        str(result.path or ""),
        result.value or "",
        result.severity,
        result.shape,
        result.component,
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_the_same_results(seed):
    """Both engines find the same, each result as often."""
    random_shapes = RandomShapes(seed)
    data = DataGraph.from_terms(random_shapes.data.triples)
    shapes = ShapesGraph(random_shapes.triples)

    report = validate(data, shapes)
    expected = fallback.results_of_pyshacl(data, shapes, random_shapes.targeted)

    assert report.handed_over == ()
    assert Counter(map(key, report.results)) == Counter(map(key, expected))


def test_there_is_something_to_compare():
    """The random shapes find results, of every component that they have, and some conform."""
    reports = []
    for seed in range(150):
        shapes = RandomShapes(seed)
        data = DataGraph.from_terms(shapes.data.triples)
        reports.append(validate(data, ShapesGraph(shapes.triples)))

    found = {result.component for report in reports for result in report.results}

    assert len(found) >= 26
    assert any(report.conforms for report in reports)
