"""``diaspora-kg why``: proofs as text, JSON and a picture."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from diaspora_kg.graph import KnowledgeGraph

Run = Callable[..., Any]
RUNS = ("us-department-of-state", "runs", "fulbright-program")


@pytest.fixture
def why(dkg: Run, packaged_kg: KnowledgeGraph) -> Run:
    """Return what asks the packaged graph."""
    store = packaged_kg.build.folder.parent.parent

    def ask(*arguments: object) -> Any:
        return dkg("why", *arguments, "--kg", store)

    return ask


def leaves(step: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield what a proof in JSON starts from."""
    if "premises" not in step:
        yield step
    for premise in step.get("premises", ()):
        yield from leaves(premise)


class TestProof:
    """Of what was inferred."""

    def test_text_names_axiom_and_rule_of_each_step(self, why: Run) -> None:
        """Each step stands with its axiom in words and the rule in brackets."""
        done = why(*RUNS)

        assert done.status == 0
        assert "because “runs” is the other direction of “run by” [prp-inv2]" in done.out
        assert "because “run by”, then “sub-organization of” give “run by” [prp-spo2]" in done.out

    def test_json_leads_from_rule_to_rule_down_to_quotes(self, why: Run) -> None:
        """The tree names rules and ends at claims, each with the words of its source."""
        (statement,) = json.loads(why(*RUNS, "-f", "json").out)["statements"]

        proof = statement["proof"]
        assert proof["rule"] == "prp-inv2"
        assert proof["premises"][0]["rule"] == "prp-spo2"
        quotes = [
            quote["text"]
            for leaf in leaves(proof)
            for claim in leaf["claims"]
            for passage in claim["passages"]
            for quote in passage["quotes"]
        ]
        assert quotes == [
            '"label": "Bureau of Educational and Cultural Affairs", "type": "Parent"',
            '"label": "United States Department of State", "type": "Parent"',
        ]

    def test_picture(self, why: Run, tmp_path: Path) -> None:
        """The suffix of a file asks for a picture; what it shows can be read as text."""
        done = why(*RUNS, "-o", tmp_path / "proof.svg")

        picture = ElementTree.parse(tmp_path / "proof.svg").getroot()
        words = " ".join("".join(text.itertext()) for text in picture.iter() if text.text)
        assert (done.status, done.out) == (0, "")
        assert picture.attrib["role"] == "img"
        assert "prp-spo2" in words
        assert "“run by”, then “sub-organization of” give “run by”" in words

    def test_nothing_to_draw(self, why: Run) -> None:
        """Of what nobody says there is no picture."""
        done = why("ytb", "member of", "-f", "svg")

        assert (done.status, done.out) == (2, "")
        assert "error[DKG813]: there is nothing to draw" in done.err
