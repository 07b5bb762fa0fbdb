"""``why``, ``find`` and ``terms``."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from diaspora_kg.graph import KnowledgeGraph

if TYPE_CHECKING:
    from conftest import Done

    Run = Callable[..., Done]


@pytest.fixture
def kg(packaged_kg: KnowledgeGraph) -> Path:
    """Return the folder of the packaged graph."""
    return packaged_kg.build.folder.parent.parent


class TestWhy:
    """``diaspora-kg why``."""

    def test_a_fact_has_its_quotes(self, dkg: "Run", kg: Path) -> None:
        """Labels may stand where short names are expected."""
        done = dkg("why", "India", "establishes", "--kg", kg)

        assert done.status == 0
        assert done.out.startswith("India (state, dkgid:state/IN)\n")
        assert "accepted: India establishes Ministry of Overseas Indian Affairs\n" in done.out
        assert "  1 claim, 1 independent origin; no time stated\n" in done.out
        assert "[dkgid:moia/claim/created]" in done.out

    def test_what_was_inferred_has_its_proof(self, dkg: "Run", kg: Path) -> None:
        """The proof goes down to a quote."""
        done = dkg("why", "dkgid:state/IN", "dkg:hasDiasporaInstitution", "--kg", kg)

        assert "inferred: India has diaspora institution" in done.out
        assert "because “has diaspora institution” is the other direction of" in done.out
        assert "[dkgid:moia/claim/of-india]" in done.out

    def test_a_claim_tells_why_it_is_no_fact(self, dkg: "Run", kg: Path) -> None:
        """A claim in an open conflict shows the other side."""
        done = dkg("why", "international-migrants/claim/over-300-million", "--kg", kg)

        assert "contested: Another claim or a measurement stands against it" in done.out
        assert "the sides\n" in done.out
        assert "almost 281 million people" in done.out

    def test_json_has_everything(self, dkg: "Run", kg: Path) -> None:
        """For programs the same, in full."""
        value = json.loads(dkg("why", "moia/claim/created", "-f", "json", "--kg", kg).out)

        assert value["claim"]["standing"] == {"status": "accepted"}
        assert value["claim"]["passages"][0]["quotes"][0]["language"] == "en"

    def test_markdown_has_headings_and_block_quotes(self, dkg: "Run", kg: Path) -> None:
        """For a text, Markdown."""
        done = dkg("why", "India", "establishes", "-f", "md", "--kg", kg)

        assert done.out.startswith("# India\n\nstate, `dkgid:state/IN`\n")
        assert "\n> “India has created" in done.out

    def test_an_unknown_name_is_refused(self, dkg: "Run", kg: Path) -> None:
        """What nothing is called has a code and a suggestion."""
        done = dkg("why", "Inda", "--kg", kg)

        assert done.status == 2
        assert done.err.startswith("error[DKG404]: nothing in this graph is called 'Inda'\n")

    @pytest.mark.parametrize(
        ("typed", "message"),
        [
            (
                "administrativParent",
                "there is no property 'administrativParent' in this graph\n"
                "  hint: Did you mean 'administrativeParent'",
            ),
            (
                "dkg:administrativParent",
                "there is no property 'dkg:administrativParent' in this graph\n"
                "  hint: Did you mean 'dkg:administrativeParent'",
            ),
            ("Organization", "'Organization' is no property: it is the name of a class\n"),
            (
                "zzqq xxyy",
                "there is no property 'zzqq xxyy' in this graph\n"
                "  hint: 'diaspora-kg terms' lists the properties.",
            ),
        ],
    )
    def test_an_unknown_property_is_refused(
        self, dkg: "Run", kg: Path, typed: str, message: str
    ) -> None:
        """A property that is none has a code, and the properties that were probably meant."""
        done = dkg("why", "India", typed, "--kg", kg)

        assert done.status == 2
        assert done.err.startswith(f"error[DKG404]: {message}")


class TestFind:
    """``diaspora-kg find``."""

    def test_words_are_marked(self, dkg: "Run", kg: Path) -> None:
        """The text that matches is shown with the words in it."""
        done = dkg("find", "bright", "power", "--kind", "concept", "--kg", kg)

        assert done.out == (
            "smart power  concept  dkgc:core/smart-power\n"
            "    other name: *bright* *power*\n"
            "bright power  concept  dkgc:source-term/bright-power\n"
        )

    def test_the_rest_is_counted(self, dkg: "Run", kg: Path) -> None:
        """What is not shown is told of."""
        done = dkg("find", "power", "--limit", "2", "--kg", kg)

        assert len([line for line in done.out.splitlines() if not line.startswith(" ")]) == 2
        assert "2 of " in done.err

    def test_json_has_the_places_of_the_words(self, dkg: "Run", kg: Path) -> None:
        """Programs get the text and where the words stand in it."""
        first, *_ = json.loads(dkg("find", "MOIA", "-f", "json", "--kg", kg).out)

        assert (first["iri"], first["text"], first["marks"]) == (
            "https://w3id.org/diaspora-kg/id/moia",
            "MOIA",
            [[0, 4]],
        )


class TestTerms:
    """``diaspora-kg terms``."""

    def test_a_term_is_explained(self, dkg: "Run") -> None:
        """Labels, definition, ends and use."""
        done = dkg("terms", "memberOf")

        assert done.out.startswith("dkg:memberOf  property that takes an object\n")
        assert "  in a case\n    - subject: <actor>\n" in done.out

    def test_the_list_is_a_table(self, dkg: "Run") -> None:
        """Without a name, terms are listed."""
        done = dkg("terms", "--kind", "scheme", "-f", "csv")

        assert done.out.startswith("term,kind,label,definition\n")
        assert "\ndkgc:polarity,scheme,polarity," in done.out

    def test_a_misspelt_term_gets_a_suggestion(self, dkg: "Run") -> None:
        """What is like it is named."""
        done = dkg("terms", "membrOf")

        assert done.status == 2
        assert "error[DKG414]" in done.err
