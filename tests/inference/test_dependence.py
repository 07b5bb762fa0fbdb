"""What can depend on what under rules: what the class of a thing can rest on, near and far."""

from diaspora_kg.inference.axioms import compile_axioms
from diaspora_kg.inference.dependence import Dependence, Edge, needs_met
from diaspora_kg.namespaces import DKG
from diaspora_kg.reading.ontology import parse_turtle
from diaspora_kg.terms import TYPE, Term, dkg, iri

AXIOMS = f"""
@prefix dkg: <{DKG}> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
dkg:StateBody a owl:Class ; rdfs:subClassOf dkg:StateActor .
dkg:parent a owl:ObjectProperty , owl:TransitiveProperty .
[] a owl:Restriction ; owl:onProperty dkg:parent ; owl:someValuesFrom dkg:StateActor ;
    rdfs:subClassOf dkg:StateBody .
dkg:publishes a owl:ObjectProperty ; rdfs:domain dkg:Publisher .
"""


def thing(name: str) -> Term:
    """Return the term of a thing."""
    return iri(f"https://example.org/{name}")


EDGES: list[Edge] = [
    (thing("unit"), dkg("parent"), thing("office")),
    (thing("office"), dkg("parent"), thing("ministry")),
    (thing("ministry"), TYPE, dkg("StateBody")),
    (thing("unit"), dkg("publishes"), thing("paper")),
    (thing("paper"), dkg("parent"), thing("press")),
]
DEPENDENCE = Dependence(compile_axioms(parse_turtle(AXIOMS)).rules)
ACTORS = frozenset({dkg("StateActor"), dkg("StateBody")})


def at(node: Term) -> list[Edge]:
    """Return the statements at a thing."""
    return [edge for edge in EDGES if node in (edge[0], edge[2])]


def never(node: Term, cls: Term) -> bool:
    """Tell that nothing is certain."""
    return False


class TestReach:
    """The statements on which the classes of a thing can rest."""

    def test_over_several_steps(self) -> None:
        """A class may rest on what is said of the parent of a parent, and on nothing aside."""
        found = DEPENDENCE.reach(thing("unit"), ACTORS, at, never)

        assert found == set(EDGES[:3])

    def test_ends_where_a_class_is_certain(self) -> None:
        """Beyond a thing that is of the class whatever is said, nothing matters."""

        def office_is(node: Term, cls: Term) -> bool:
            return node == thing("office") and cls in ACTORS

        found = DEPENDENCE.reach(thing("office"), ACTORS, at, office_is)

        assert found == set()


class TestAffected:
    """The things to whose classes a statement can matter."""

    def test_over_several_steps(self) -> None:
        """A class of the topmost parent matters to all below it."""
        changed = list(needs_met(EDGES[2]))

        found = DEPENDENCE.affected(changed, ACTORS, at, never)

        assert found == {thing("unit"), thing("office"), thing("ministry")}

    def test_what_matters_to_other_classes(self) -> None:
        """A statement that only makes a publisher matters to no actor."""
        changed = list(needs_met(EDGES[3]))

        assert DEPENDENCE.affected(changed, ACTORS, at, never) == set()
