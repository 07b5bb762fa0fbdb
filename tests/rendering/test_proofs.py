"""Proofs as a tree of nodes and as a picture, and the tree in text, JSON and Markdown."""

import json
from xml.etree import ElementTree

import pytest

from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.evidence import Explanation
from diaspora_kg.evidence.explanations import ProofStep, Statement
from diaspora_kg.evidence.records import ClaimRecord, Passage
from diaspora_kg.rendering.explanations import render
from diaspora_kg.rendering.lettering import Look, Run, lines_of
from diaspora_kg.rendering.proof_pictures import as_svg
from diaspora_kg.rendering.proofs import Ground, Node, node_of_step, trees_of

SVG = "{http://www.w3.org/2000/svg}"


def record(name: str, quote: str = "the words") -> ClaimRecord:
    passage = Passage(f"x:{name}", (("en", quote),), "x:book", "Author 2020", "Book", "p. 1")
    return ClaimRecord(
        iri=f"http://e.org/{name}",
        label=f"Author: {name}",
        subject="<x:a>",
        predicate="<x:p>",
        objects=("<x:b>",),
        holder="Author",
        polarity="affirmed",
        modality="factual",
        explicitness="explicit",
        passages=(passage,),
    )


LEAF = ProofStep(
    ("<x:a>", "<x:p>", "<x:b>"), "A part of B", claims=(record("one"),), parts=("A", "part of", "B")
)
GIVEN = ProofStep(("<x:b>", "<x:p>", "<x:c>"), "B part of C", named=("reference data",))
ROOT = ProofStep(
    ("<x:a>", "<x:p>", "<x:c>"),
    "A part of C",
    "prp-trp",
    ("“part of” carries on from one to the next",),
    (LEAF, GIVEN),
    parts=("A", "part of", "C"),
)


def explained(proof: ProofStep) -> Explanation:
    statement = Statement(proof.triple, proof.words, "inferred", proof=proof, parts=proof.parts)
    return Explanation("<x:a>", "A", "thing", (statement,))


def chain(length: int) -> ProofStep:
    """Return a proof that is as deep as a number."""
    step = LEAF
    for number in range(length):
        step = ProofStep(
            ("<x:a>", "<x:p>", f"<x:{number}>"), f"A is {number}", "cax-sco", (), (step,)
        )
    return step


TWICE = ProofStep(
    ("<x:r>", "<x:p>", "<x:r>"),
    "root",
    "cls-int1",
    (),
    (
        ProofStep(("<x:l>", "<x:p>", "<x:l>"), "left", "cax-sco", (), (ROOT,)),
        ProofStep(("<x:m>", "<x:p>", "<x:m>"), "right", "cax-sco", (), (ROOT,)),
    ),
)


class TestText:
    """The tree as text."""

    def test_from_conclusion_to_quotes(self) -> None:
        """Each step names its axiom and rule, and stands above its premises and quotes."""
        lines = render(explained(ROOT), "text").splitlines()

        assert lines[lines.index("  A part of C") :] == [
            "  A part of C",
            "    because “part of” carries on from one to the next [prp-trp]",
            "    ├─ A part of B",
            "    │    “the words”",
            "    │      — Author 2020 (p. 1)",
            "    │      [http://e.org/one]",
            "    └─ B part of C",
            "         (reference data)",
        ]

    def test_what_is_used_twice_is_unfolded_once(self) -> None:
        """A statement below two others is shown in full at the first."""
        lines = render(explained(TWICE), "text").splitlines()

        assert lines[-1].endswith("└─ A part of C (see above)")
        assert sum("carries on" in line for line in lines) == 1

    def test_a_deep_proof(self) -> None:
        """A proof of very many steps is written all the same."""
        assert "A part of B" in render(explained(chain(2000)), "text")

    def test_markdown_names_the_rule(self) -> None:
        """In Markdown the rule stands behind the axiom."""
        said = render(explained(ROOT), "md")

        assert (
            "* A part of C — because “part of” carries on from one to the next \\[prp-trp\\]"
            in said
        )


class TestJson:
    """The tree as JSON."""

    def test_nested(self) -> None:
        """Rules, axioms, premises and claims stand under their names."""
        proof = json.loads(render(explained(ROOT), "json"))["statements"][0]["proof"]

        assert proof["rule"] == "prp-trp"
        assert proof["because"] == ["“part of” carries on from one to the next"]
        assert proof["premises"][0]["claims"][0]["passages"][0]["quotes"] == [
            {"language": "en", "text": "the words"}
        ]
        assert proof["premises"][1]["givenBy"] == ["reference data"]

    def test_what_is_used_twice_is_unfolded_once(self) -> None:
        """The second time a statement says where it stands."""
        proof = json.loads(render(explained(TWICE), "json"))["statements"][0]["proof"]

        assert "premises" in proof["premises"][0]["premises"][0]
        assert proof["premises"][1]["premises"][0] == {
            "triple": ["<x:a>", "<x:p>", "<x:c>"],
            "words": "A part of C",
            "see": "above",
        }


class TestTree:
    """From an explanation to nodes."""

    def test_kinds_and_grounds(self) -> None:
        """Inferred, claimed and given statements are told apart; quotes have their place."""
        node = node_of_step(ROOT)

        assert (node.kind, node.rule) == ("inferred", "prp-trp")
        assert [premise.kind for premise in node.premises] == ["claimed", "given"]
        assert node.premises[0].grounds == (Ground("“the words”", "Author 2020 (p. 1)"),)
        assert node.premises[1].grounds == (Ground("reference data"),)

    def test_a_statement_that_is_claimed(self) -> None:
        """A statement without a proof stands on its claims, with what became of them."""
        statement = Statement(
            LEAF.triple, LEAF.words, "accepted", claims=(record("one"), record("two")), origins=1
        )

        (node,) = trees_of(Explanation("<x:a>", "A", "thing", (statement,)))

        assert node.kind == "claimed"
        assert node.note == "accepted: 2 claims, 1 independent origin"


class TestPicture:
    """The tree as SVG."""

    def test_every_statement_has_a_card(self) -> None:
        """The picture is well-formed, and holds words, rules, quotes and places as text."""
        picture = ElementTree.fromstring(render(explained(ROOT), "svg"))

        texts = ["".join(element.itertext()) for element in picture.iter(f"{SVG}text")]
        assert texts == [
            "A part of C",
            "because “part of” carries on from one to the next",
            "prp-trp",
            "A part of B",
            "“the words”",
            "— Author 2020 (p. 1)",
            "B part of C",
            "reference data",
            "follows by a rule",
            "said by a source, in these words",
            "given by reference data or the coder",
        ]
        assert picture.findtext(f"{SVG}title") == "Why: A"

    def test_cards_lie_apart(self) -> None:
        """No card covers another, and none leaves the page."""
        picture = ElementTree.fromstring(as_svg([node_of_step(ROOT), node_of_step(TWICE)], "t"))

        page, *others = list(picture.iter(f"{SVG}rect"))
        cards = [rect.attrib for rect in others if rect.get("width") == "620"]
        ends = [float(card["y"]) + float(card["height"]) for card in cards]
        assert len(cards) == 8  # what was drawn before is named alone
        assert all(end < float(below["y"]) for end, below in zip(ends, cards[1:], strict=False))
        assert ends[-1] < float(page.attrib["height"])
        assert all(float(card["x"]) + 620 < float(page.attrib["width"]) for card in cards)

    def test_letters_that_mean_something_in_xml(self) -> None:
        """Angle brackets and ampersands of a quote are words, not marks."""
        node = Node("A < B & C", grounds=(Ground("“<i>no</i>”", "p. 1 & 2"),))

        picture = ElementTree.fromstring(as_svg([node], "a < b"))

        texts = ["".join(element.itertext()) for element in picture.iter(f"{SVG}text")]
        assert texts[:3] == ["A < B & C", "“<i>no</i>”", "— p. 1 & 2"]

    def test_words_from_right_to_left(self) -> None:
        """A quote in Arabic begins at the right edge of its card."""
        node = Node("A", grounds=(Ground("“القوة الناعمة”", "p. 1"),))

        picture = ElementTree.fromstring(as_svg([node], "t"))

        directions = [text.get("direction") for text in picture.iter(f"{SVG}text")]
        assert directions[:3] == [None, "rtl", None]

    def test_a_deep_proof_stays_on_a_page(self) -> None:
        """A proof of very many steps makes the picture longer and not ever wider."""
        picture = ElementTree.fromstring(render(explained(chain(60)), "svg"))

        assert float(picture.attrib["width"]) == 1196

    def test_nothing_to_draw(self) -> None:
        """Of nothing there is no picture."""
        with pytest.raises(DiasporaKGError) as error:
            render(Explanation("<x:a>", "A", "thing", notes=("Nothing says it.",)), "svg")

        assert error.value.code == "DKG813"
        assert "Nothing says it." in error.value.message


class TestLettering:
    """Words in lines."""

    def test_lines_fit(self) -> None:
        """Words of several looks are broken where they no longer fit."""
        look, bold = Look(10), Look(10, is_bold=True)

        lines = lines_of([Run("one two", look), Run("three four", bold)], 60)

        said = [" ".join(run.text for run in line.runs) for line in lines]
        assert said == ["one two", "three four"]
        assert all(sum(r.look.width(r.text) for r in line.runs) <= 60 for line in lines)

    def test_a_long_word_is_broken(self) -> None:
        """A word that is wider than its room is continued on the next line."""
        lines = lines_of([Run("x" * 40, Look(10))], 100)

        assert "".join(run.text for line in lines for run in line.runs) == "x" * 40
        assert len(lines) > 1
