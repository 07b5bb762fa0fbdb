"""A candidate on a terminal."""

from diaspora_kg.linking.entries import Entry
from diaspora_kg.linking.records import Record
from diaspora_kg.linking.things import Thing
from diaspora_kg.reading.links import EXACT, Link
from diaspora_kg.rendering.reviews import side_by_side

OURS = "https://w3id.org/diaspora-kg/id/x"
LINK = Link(OURS, EXACT, "https://ror.org/1", "LexicalMatching", "Ours", "Theirs", confidence=0.5)


class TestSideBySide:
    """What a reviewer sees."""

    def test_both_sides_stand_in_one_line(self) -> None:
        """Names, kinds and countries of both stand beside one another, passages below."""
        thing = Thing(
            OURS,
            (("Ours", "en"),),
            frozenset({"https://w3id.org/diaspora-kg/ontology#StateBody"}),
            "TR",
            quotes=("it was founded",),
        )
        entry = Entry("https://ror.org/1", "Theirs", (("Theirs", "en"),), country="PK")

        lines = side_by_side(LINK, thing, Record(entry.iri, entry), 60).splitlines()

        assert [" ".join(line.split()) for line in lines] == [
            "ours theirs",
            "-" * 60,
            "names Ours (en) Theirs (en)",
            "kind StateBody",
            "country TR PK",
            "identifier dkgid:x ror:1",
            "",
            "“it was founded”",
            "",
            "proposed: 50.0%",
        ]

    def test_a_name_cannot_steer_the_terminal(self) -> None:
        """Signs that a terminal would obey are blanks."""
        entry = Entry("https://ror.org/1", "x", (("A\x1b[2JB", ""),))

        shown = side_by_side(LINK, None, Record(entry.iri, entry), 80)

        assert "\x1b" not in shown
        assert "A [2JB" in shown
