"""The axioms among the triples of an ontology, and what makes rules of them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from diaspora_kg.inference.rules import NIL, Rule
from diaspora_kg.namespaces import OWL, RDF, RDFS
from diaspora_kg.terms import TYPE, Term, Triple, literal_parts

_OWL, _RDFS = f"<{OWL}", f"<{RDFS}"


class AxiomGraph:
    """The triples of an ontology, with the look-ups that axioms need."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        """Take triples; their order decides nothing."""
        self.triples = list(triples)
        self._objects: dict[tuple[Term, Term], list[Term]] = defaultdict(list)
        for subject, predicate, obj in self.triples:
            self._objects[subject, predicate].append(obj)

    def objects(self, subject: Term, name: str) -> list[Term]:
        """Return the objects of a property of OWL."""
        return self._objects.get((subject, f"<{OWL}{name}>"), [])

    def members(self, head: Term) -> tuple[Term, ...]:
        """Return the members of an RDF list; none when the list is broken."""
        found: list[Term] = []
        seen = set()
        while head != NIL:
            first = self._objects.get((head, f"<{RDF}first>"), [])
            rest = self._objects.get((head, f"<{RDF}rest>"), [])
            if len(first) != 1 or len(rest) != 1 or head in seen:
                return ()
            seen.add(head)
            found.append(first[0])
            head = rest[0]
        return tuple(found)

    def on_property(self, axiom: Triple) -> Iterator[tuple[Term, tuple[Triple, ...]]]:
        """Yield the properties of a restriction, each with the axioms that name it."""
        whole = axiom[0]
        for prop in self.objects(whole, "onProperty"):
            yield prop, (axiom, (whole, f"<{OWL}onProperty>", prop))


Maker = Callable[[AxiomGraph, Triple], Iterator[Rule]]
MAKERS: dict[str, Maker] = {}
"""What makes rules of an axiom, by the name that makes a triple one."""


def maker(*names: str) -> Callable[[Maker], Maker]:
    """Enter a function that makes rules of axioms of some names."""

    def register(make: Maker) -> Maker:
        for name in names:
            MAKERS[name] = make
        return make

    return register


def axiom_name(triple: Triple) -> str | None:
    """Return the name that makes a triple an axiom: its predicate, or a class of OWL."""
    _, predicate, obj = triple
    if predicate == TYPE:
        return obj[len(_OWL) : -1] if obj.startswith(_OWL) else None
    if predicate.startswith(_OWL):
        return predicate[len(_OWL) : -1]
    return predicate[len(_RDFS) : -1] if predicate.startswith(_RDFS) else None


def count_of(literal: Term) -> int | None:
    """Return the number that a cardinality is; none when it is no number."""
    try:
        return int(literal_parts(literal)[0])
    except ValueError:
        return None
