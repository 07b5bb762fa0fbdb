"""Proofs as text, JSON and a picture."""

import json
from xml.etree import ElementTree

from diaspora_kg.inference.closure import closure
from diaspora_kg.reading.ontology import parse_turtle
from diaspora_kg.rendering.proofs import (
    Node,
    node_of,
    node_of_clash,
    proof_as_json,
    proof_as_svg,
    proof_as_text,
)
from diaspora_kg.terms import Triple

PREFIXES = """
@prefix : <http://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
AXIOMS = ":p rdfs:subPropertyOf :q . :q a owl:TransitiveProperty . :q rdfs:domain :C ."


def triples(turtle: str) -> list[Triple]:
    return list(parse_turtle(PREFIXES + turtle))


def short(triple: Triple) -> str:
    return " ".join(term.strip("<>").rpartition("/")[2].rpartition("#")[2] for term in triple)


def proved(fact: str) -> Node:
    (wanted,) = triples(fact)
    proof = closure(triples(":a :p :b . :b :p :c ."), triples(AXIOMS)).proof(wanted)
    assert proof is not None
    return node_of(
        proof,
        short,
        lambda axioms: [short(axiom) for axiom in axioms],
        lambda triple: [f"“quote of {short(triple)}” <here> & there"],
    )


class TestText:
    """The tree as text."""

    def test_from_conclusion_to_quotes(self) -> None:
        """Each step names its rule and axioms, and stands above its premises and quotes."""
        assert proof_as_text(proved(":a :q :c .")).splitlines() == [
            "a q c",
            "    by prp-trp: q type TransitiveProperty",
            "├─ a q b",
            "│      by prp-spo1: p subPropertyOf q",
            "│  └─ a p b",
            "│         “quote of a p b” <here> & there",
            "└─ b q c",
            "       by prp-spo1: p subPropertyOf q",
            "   └─ b p c",
            "          “quote of b p c” <here> & there",
        ]

    def test_clash(self) -> None:
        """An inconsistency names the rule and shows what clashes."""
        axioms = triples(":p rdfs:subPropertyOf :q . :q a owl:IrreflexiveProperty .")
        (clash,) = closure(triples(":a :p :a ."), axioms).inconsistencies

        lines = proof_as_text(node_of_clash(clash, short)).splitlines()

        assert lines[0] == "This cannot be."
        assert lines[1].startswith("    by prp-irp: ")
        assert lines[2] == "└─ a q a"
        assert lines[-1].strip() == "└─ a p a"

    def test_what_is_used_twice_is_unfolded_once(self) -> None:
        """A statement below two others is shown in full at the first."""
        leaf = Node(("a", "b", "c"), "leaf")
        shared = Node(("d", "e", "f"), "shared", "rule", (), (), (leaf,))
        root = Node(("g", "h", "i"), "root", "rule", (), (), (shared, shared))

        assert proof_as_text(root).splitlines()[-1] == "└─ shared (see above)"


class TestJson:
    """The tree as JSON."""

    def test_nested(self) -> None:
        """Rules, axioms, premises and what is behind them stand under their names."""
        said = json.loads(proof_as_json(proved(":a :q :c .")))

        assert said["rule"] == "prp-trp"
        assert said["axioms"] == ["q type TransitiveProperty"]
        first = said["premises"][0]["premises"][0]
        assert first["behind"] == ["“quote of a p b” <here> & there"]


class TestPicture:
    """The tree as SVG."""

    def test_every_statement_has_a_box(self) -> None:
        """The picture is well-formed, and holds the words, rules and quotes as text."""
        picture = ElementTree.fromstring(proof_as_svg(proved(":a :q :c .")))

        name = "{http://www.w3.org/2000/svg}"
        texts = [element.text for element in picture.iter(f"{name}text")]
        assert len(list(picture.iter(f"{name}rect"))) == 1 + 5
        assert len(list(picture.iter(f"{name}path"))) == 4
        assert {"a q c", "by prp-trp", "“quote of a p b” <here> & there"} <= set(texts)
        assert picture.findtext(f"{name}title") == "a q c"

    def test_boxes_lie_apart(self) -> None:
        """No box covers another."""
        picture = ElementTree.fromstring(proof_as_svg(proved(":a :q :c .")))

        boxes = [rect.attrib for rect in picture if "rx" in rect.attrib]
        ends = [float(box["y"]) + float(box["height"]) for box in boxes]
        assert all(end < float(below["y"]) for end, below in zip(ends, boxes[1:], strict=False))
