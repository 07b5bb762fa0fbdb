"""Which shapes may look at a graph piece by piece."""

import pytest

from diaspora_kg.assembly import assemble
from diaspora_kg.shacl import DataGraph, ShapesGraph, validate
from diaspora_kg.spark.nearness import divided, packaged
from diaspora_kg.spark.neighbourhoods import index_of, results_at
from diaspora_kg.terms import Triple
from diaspora_kg.validation.packaged import order_of_classes, packaged_shapes, stated

HEAD = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://e.org/> .\n"
EX = "http://e.org/"


def is_near(turtle: str) -> bool:
    """Tell whether the only shape with a target is near."""
    shapes = divided(ShapesGraph.from_turtle(HEAD + turtle))
    return any(p.endswith("#targetClass>") for _, p, _ in shapes.near.triples) or any(
        p.endswith(("#targetNode>", "#targetSubjectsOf>")) for _, p, _ in shapes.near.triples
    )


class TestNearness:
    """What a shape looks at."""

    @pytest.mark.parametrize(
        "shape",
        [
            "ex:s sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount 1 ] .",
            "ex:s sh:targetSubjectsOf ex:p ; sh:property [ sh:path ( ex:p ex:q ) ; "
            "sh:class ex:D ] .",
            "ex:s sh:targetClass ex:C ; sh:or ( [ sh:path ex:p ; sh:minCount 1 ] "
            "[ sh:path [ sh:alternativePath ( ex:p ex:q ) ] ; sh:maxCount 1 ] ) .",
            "ex:s sh:targetNode ex:v ; sh:property [ sh:path [ sh:inversePath ex:p ] ; "
            "sh:property [ sh:path ex:q ; sh:minCount 1 ] ] .",
        ],
        ids=["ahead", "two steps ahead", "either", "from a value back to who has it"],
    )
    def test_near(self, shape: str) -> None:
        """A shape that looks a known number of steps ahead is near."""
        assert is_near(shape)

    @pytest.mark.parametrize(
        "shape",
        [
            "ex:s sh:targetClass ex:C ; sh:property [ sh:path [ sh:inversePath ex:p ] ; "
            "sh:minCount 1 ] .",
            "ex:s sh:targetClass ex:C ; sh:property [ sh:path [ sh:zeroOrMorePath ex:p ] ; "
            "sh:class ex:D ] .",
            "ex:s sh:targetObjectsOf ex:p ; sh:class ex:D .",
            "ex:s sh:targetNode ex:v ; sh:property [ sh:path ex:p ; sh:minCount 1 ] .",
            "ex:s sh:targetClass ex:C ; sh:sparql [ sh:select "
            '"SELECT $this WHERE { $this ?p ?o . ?o ?q $this }" ] .',
        ],
        ids=["back", "on and on", "objects", "one node", "a query"],
    )
    def test_far(self, shape: str) -> None:
        """A shape that may look anywhere is far."""
        assert not is_near(shape)

    def test_most_packaged_shapes_are_near(self) -> None:
        """What is asked of claims, evidence and coding is decided within one step."""
        shapes = packaged()

        aimed = {s for s, p, _ in shapes.near.triples if p.endswith("#targetClass>")}
        names = {node[1:-1].rpartition("#")[2] for node in aimed}
        assert {"Claim", "Evidence", "Coding", "Attribution", "FigureClaim"} <= names
        assert shapes.reach == 1


class TestPieces:
    """A graph in pieces."""

    def test_pieces_give_the_results_of_the_whole(self) -> None:
        """Near shapes over the pieces and far ones over the whole find what all of them find."""
        triples = sorted(set(stated(assemble(shapes=False).quads)))
        broken = [t for t in triples if not t[1].endswith(("#locator>", "#label>"))]
        pieces: list[list[Triple]] = [[] for _ in range(5)]
        for triple in broken:
            pieces[len(triple[0]) % 5].append(triple)
        pieces[0].extend(order_of_classes())

        index = index_of(pieces, packaged().reach)
        near = {result for piece in pieces for result in results_at(piece, index)}
        far = set(validate(DataGraph.from_terms(broken), packaged().far).results)

        every = set(validate(DataGraph.from_terms(broken), packaged_shapes()).results)
        assert len(every) > 1_000
        assert near | far == every
