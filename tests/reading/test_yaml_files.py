"""YAML to a tree, with the place of everything."""

import pytest

from diaspora_kg.errors import DiasporaKGError, FindingsError, Location
from diaspora_kg.reading.tree import Mapping, Node, Scalar, Sequence
from diaspora_kg.reading.yaml_files import read_tree


def plain(node: Node) -> object:
    """Return a tree as Python values, all of them texts."""
    if isinstance(node, Scalar):
        return str(node.text)
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {str(key): plain(value) for key, value in node.entries}


def read(text: str) -> object:
    """Return what a text holds."""
    return plain(read_tree(text, "x.yaml"))


def error(text: str) -> DiasporaKGError:
    """Return the error of a text."""
    with pytest.raises(DiasporaKGError) as raised:
        read_tree(text, "x.yaml")
    return raised.value


class TestScalars:
    """Every scalar stays the text that was written."""

    @pytest.mark.parametrize(
        "word", ["NO", "yes", "on", "null", "~", "2012-10", "0.1.0", "1_000", "0x1F", "1e3", "007"]
    )
    def test_no_word_becomes_something_else(self, word: str) -> None:
        """Norway is no false, a version no number, and a month no date."""
        assert read(f"state: {word}") == {"state": word}

    def test_tags_are_not_obeyed(self) -> None:
        """A tag makes no object of a text."""
        assert read("id: !!python/object/apply:os.system [ls]") == {"id": ["ls"]}

    def test_blocks_are_folded(self) -> None:
        """A folded block is one line, as YAML says."""
        assert read("quote:\n  en: >-\n    one\n    two\n") == {"quote": {"en": "one two"}}


class TestPlaces:
    """Lines and columns count from 1, in letters."""

    def test_a_value_knows_its_place(self) -> None:
        """A value after letters beyond ASCII is at the column that a person counts."""
        tree = read_tree("label: {tr: Işık, en: Light}", "x.yaml")

        assert isinstance(tree, Mapping)
        label = tree.get("label")
        assert isinstance(label, Mapping)
        english = label.get("en")
        assert english is not None
        assert english.at == Location("x.yaml", 1, 23)

    def test_line_ends_of_windows(self) -> None:
        """CRLF counts as one line end."""
        tree = read_tree("id: a\r\nstate: TR\r\n", "x.yaml")

        assert isinstance(tree, Mapping)
        assert tree.entries[1][0].at == Location("x.yaml", 2, 1)


class TestAliases:
    """Anchors and aliases."""

    def test_an_alias_stands_for_its_anchor(self) -> None:
        """What is named once may be repeated by its name."""
        assert read("a: &x {en: one}\nb: *x") == {"a": {"en": "one"}, "b": {"en": "one"}}

    def test_many_aliases_of_a_large_file_are_no_bomb(self) -> None:
        """A file of thousands of claims that share one passage is read."""
        claims = "".join("- {property: x, evidence: *e}\n" for _ in range(20_000))
        text = f"evidence: &e {{source: s, locator: p, quote: {{en: q}}}}\nclaims:\n{claims}"

        tree = read_tree(text, "x.yaml")

        assert isinstance(tree, Mapping)
        claims_node = tree.get("claims")
        assert isinstance(claims_node, Sequence)
        assert len(claims_node.items) == 20_000

    def test_a_bomb_is_refused_before_it_grows(self) -> None:
        """Nine aliases of nine aliases of nine … are refused at the place where it is too much."""
        lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
        for name, former in zip("bcdefghi", "abcdefgh", strict=True):
            lines.append(f"{name}: &{name} [{', '.join(['*' + former] * 9)}]")

        raised = error("\n".join(lines))

        assert raised.code == "DKG113"
        assert raised.location is not None
        assert raised.location.line == 6

    def test_what_holds_itself(self) -> None:
        """An anchor that stands inside itself has no end."""
        assert error("a: &a [*a]").code == "DKG113"

    def test_an_alias_of_nothing(self) -> None:
        """An alias without an anchor is named."""
        assert error("a: *b").message == "the alias '*b' stands for nothing"

    @pytest.mark.parametrize("text", ["[" * 100_000, "a: " + "{a: " * 1000, "- " * 70 + "x"])
    def test_depth_is_bounded(self, text: str) -> None:
        """No depth of a file exhausts the stack."""
        assert error(text).code == "DKG113"


class TestBroken:
    """What is no YAML says where."""

    def test_all_repeated_keys_at_once(self) -> None:
        """Repeated keys are found in every mapping of the file."""
        with pytest.raises(FindingsError) as raised:
            read_tree("a: 1\nb: {c: 1, c: 2}\na: 2\n", "x.yaml")

        places = [str(finding.location) for finding in raised.value.findings]
        assert places == ["x.yaml:2:11", "x.yaml:3:1"]

    @pytest.mark.parametrize(
        ("text", "place", "hint"),
        [
            ("a: b: c", "x.yaml:1:5", "Put a text that holds ': ' between quotation marks"),
            ("a:\n\tb: c", "x.yaml:2:1", "Indent with spaces, not tabs"),
            ("a: 'b\n", "x.yaml:2:1", "Check this line and the one above it"),
            ("a: [b\n", "x.yaml:2:1", "Close the bracket"),
            ("a: 1\n--- \nb: 2", "x.yaml:2:1", "Put each case into a file of its own"),
            ("a: \x07b", "x.yaml:1:4", "Remove it; it often comes from copying out of a PDF."),
            ("? [a]\n: b", "x.yaml:1:3", "A key is one word before a colon."),
        ],
    )
    def test_the_place_and_what_to_do(self, text: str, place: str, hint: str) -> None:
        """The message has line and column, and the hint fits the usual cause."""
        raised = error(text)

        assert raised.code == "DKG101"
        assert str(raised.location) == place
        assert raised.hint.startswith(hint)

    @pytest.mark.parametrize("text", ["# only\n# comments\n", "\n\n", "---\n", "%YAML 1.2\n---\n"])
    def test_nothing_but_comments(self, text: str) -> None:
        """A file without content is a mistake."""
        assert error(text).code == "DKG100"
