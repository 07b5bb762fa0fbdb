"""How far shapes look, as it is read off them."""

import pytest

from diaspora_kg.shacl import ShapesGraph
from diaspora_kg.validation import packaged_shapes
from diaspora_kg.validation.reach import UnboundedError, as_json, from_json, reach_of

PREFIXES = """
@prefix ex: <https://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


def ex(name: str) -> str:
    """Return a term of the examples."""
    return f"<https://example.org/{name}>"


def traces(shapes: str, name: str) -> set[tuple[tuple[str, bool], ...]]:
    """Return the traces of one shape."""
    reaches = reach_of(ShapesGraph.from_turtle(PREFIXES + shapes))
    return next(reach.traces for reach in reaches if reach.shape == ex(name)) - {()}


def test_path_and_class() -> None:
    """A shape looks along its path, at the class of the values, and at what makes a target."""
    shapes = """
    ex:S a sh:PropertyShape ; sh:targetClass ex:A ; sh:path ( ex:p [ sh:inversePath ex:q ] ) ;
        sh:class ex:B .
    """

    assert traces(shapes, "S") == {
        ((TYPE, True),),
        ((ex("p"), True), (ex("q"), False)),
        ((ex("p"), True), (ex("q"), False), (TYPE, True)),
    }


def test_property_within_a_property() -> None:
    """A shape within another looks back along the way on which its nodes are reached."""
    shapes = """
    ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:property ex:T ] .
    ex:T a sh:PropertyShape ; sh:path ex:q ; sh:lessThan ex:r .
    """

    assert traces(shapes, "T") == {((ex("p"), False),), ((ex("q"), True),), ((ex("r"), True),)}


def test_query() -> None:
    """A query looks along its patterns, from the focus node on."""
    shapes = '''
    ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:p ; sh:sparql [ sh:select """
        SELECT $this WHERE { $this <https://example.org/p> ?x . ?y <https://example.org/q> ?x }
    """ ] .
    '''

    assert traces(shapes, "S") == {
        ((ex("p"), True),),
        ((ex("p"), True), (ex("q"), False)),
        ((ex("p"), True), (ex("q"), False), (ex("q"), True)),
        ((ex("p"), True), (ex("p"), False)),
    }


@pytest.mark.parametrize(
    "constraint",
    [
        "sh:closed true",
        "sh:property [ sh:path [ sh:zeroOrMorePath ex:p ] ; sh:minCount 1 ]",
        'sh:sparql [ sh:select "SELECT $this WHERE { $this ?p ?x }" ]',
        'sh:sparql [ sh:select "SELECT $this WHERE { ?x <https://example.org/p> ?y }" ]',
    ],
)
def test_without_bounds(constraint: str) -> None:
    """What looks farther than a number of steps is refused."""
    graph = ShapesGraph.from_turtle(f"{PREFIXES} ex:S sh:targetNode ex:a ; {constraint} .")

    with pytest.raises(UnboundedError):
        reach_of(graph)


def test_kept_as_json() -> None:
    """The packaged shapes have bounds, and these can be kept."""
    reaches = reach_of(packaged_shapes())

    assert from_json(as_json(reaches)) == reaches
