"""A build made out of the former one is, byte for byte, what writing all of it would give."""

import os
import random
from collections.abc import Iterable
from pathlib import Path

import pytest

from diaspora_kg.store import (
    FORMAT,
    Changes,
    StoredBuild,
    nquads,
    read_build,
    write_build,
    write_successor,
)
from diaspora_kg.store.layout import is_intact
from diaspora_kg.store.lines import first_not_below
from diaspora_kg.terms import Quad

META = {"format": FORMAT}
ACCEPTED = "<https://w3id.org/diaspora-kg/graph/accepted>"
CONTESTED = "<https://w3id.org/diaspora-kg/graph/contested>"
XSD = "http://www.w3.org/2001/XMLSchema#"
HALF, ONE_FIFTY = f'"1.5"^^<{XSD}decimal>', f'"1.50"^^<{XSD}decimal>'
VALUES = [
    '"a"',
    '"a b"',
    '"é\\n\\"x"@tr',
    '"A"@en',
    '"A"@EN',
    '"\U0001f600"',
    '"\uffff"',
    HALF,
    ONE_FIFTY,
    f'"01"^^<{XSD}integer>',
    f'"1"^^<{XSD}integer>',
    "<http://e.org/o>",
]
REST = [(f"<http://e.org/rest/{n}>", "<http://e.org/p>", f'"{n}"', ACCEPTED) for n in range(200)]


def quad(text: str, graph: str = ACCEPTED) -> Quad:
    """Return a quad with some value."""
    return ("<http://e.org/s>", "<http://e.org/p>", text, graph)


def never() -> bytes:
    """Stand for the whole graph where it must not be asked for."""
    raise AssertionError("the whole graph was written")


def seen(build: StoredBuild) -> list[str]:
    """Return the quads that queries see."""
    return sorted(map(str, build.open()))


def assert_same(build: StoredBuild, quads: Iterable[Quad], aside: Path) -> None:
    """Assert that a build is what writing these quads gives elsewhere."""
    whole = write_build(aside, nquads(quads), build.meta)
    assert build.quads_file.read_bytes() == whole.quads_file.read_bytes()
    assert build.folder.name == whole.folder.name
    assert (build.folder / "build.json").read_bytes() == (whole.folder / "build.json").read_bytes()
    assert seen(build) == seen(whole)
    assert is_intact(build.folder)


class TestSame:
    """The outcome is that of a full build."""

    @pytest.mark.parametrize("seed", range(12))
    def test_random_changes(self, quick: Path, seed: int) -> None:
        """Whatever comes and goes, build after build, nothing tells how it was made."""
        choose = random.Random(seed)

        def some() -> set[Quad]:
            return {
                (
                    f"<http://e.org/{choose.randrange(3)}>",
                    f"<http://e.org/p{choose.randrange(2)}>",
                    choose.choice(VALUES),
                    choose.choice([ACCEPTED, CONTESTED, "<http://e.org/g>"]),
                )
                for _ in range(choose.randrange(9))
            }

        quads = some() | some() | set(REST)
        build = write_build(quick / "kg", nquads(quads), META)
        for step in range(4):
            own = sorted(quads - set(REST))
            removed = set(choose.sample(own, choose.randrange(len(own) + 1)))
            added = some() - quads
            quads = (quads - removed) | added
            meta = {**META, "step": step}

            build = write_successor(quick / "kg", build, Changes(removed, added), meta, never)

            assert read_build(quick / "kg").folder == build.folder
            assert_same(build, quads, quick / "aside")

    @pytest.mark.parametrize("place", [0, 100, 199])
    def test_lines_at_the_ends(self, quick: Path, place: int) -> None:
        """The first line and the last one come and go as any other."""
        former = write_build(quick / "kg", nquads(REST), META)
        lines = sorted(REST)
        changes = Changes([lines[place]], [quad('"new"')])

        build = write_successor(quick / "kg", former, changes, META, never)

        assert_same(build, [*lines[:place], *lines[place + 1 :], quad('"new"')], quick / "aside")

    def test_equal_values_with_other_forms(self, quick: Path) -> None:
        """When 1.50 goes and 1.5 stays, the store, to which both are one, still has it."""
        former = write_build(quick / "kg", nquads([*REST, quad(HALF), quad(ONE_FIFTY)]), META)

        changes = Changes([quad(ONE_FIFTY)], [])
        build = write_successor(quick / "kg", former, changes, META, never)

        assert len(build.open()) == len(REST) + 1
        assert_same(build, [*REST, quad(HALF)], quick / "aside")

    def test_what_becomes_contested_leaves_the_store(self, quick: Path) -> None:
        """Contested content is in the lines, and no query sees it."""
        former = write_build(quick / "kg", nquads([*REST, quad('"x"')]), META)
        changes = Changes([quad('"x"')], [quad('"x"', CONTESTED)])

        build = write_successor(quick / "kg", former, changes, META, never)

        assert len(build.open()) == len(REST)
        assert_same(build, [*REST, quad('"x"', CONTESTED)], quick / "aside")

    def test_no_change_is_the_same_build(self, quick: Path) -> None:
        """What goes and comes back at once is no change, and makes no new folder."""
        former = write_build(quick / "kg", nquads(REST), META)

        build = write_successor(quick / "kg", former, Changes(REST[:3], REST[:3]), META, never)

        assert build.folder == former.folder
        assert len(list((quick / "kg" / "builds").iterdir())) == 1

    def test_the_former_build_stays_as_it_was(self, quick: Path) -> None:
        """Who reads the former graph sees nothing of the changes."""
        former = write_build(quick / "kg", nquads(REST), META)
        reader = former.open()

        write_successor(quick / "kg", former, Changes(REST[:9], [quad('"x"')]), META, never)

        assert is_intact(former.folder)
        assert len(reader) == len(former.open()) == len(REST)

    @pytest.mark.skipif(not hasattr(os, "link"), reason="the system has no hard links")
    def test_files_are_shared(self, tmp_path: Path) -> None:
        """What did not change takes no room a second time."""
        former = write_build(tmp_path / "kg", nquads(REST), META)

        build = write_successor(tmp_path / "kg", former, Changes(REST[:1], []), META, never)

        shared = {file.name for file in (former.folder / "store").glob("*.sst")}
        assert len(shared) > 5
        for name in shared:
            assert (build.folder / "store" / name).samefile(former.folder / "store" / name)


class TestFallingBack:
    """Where the former build cannot serve, the whole graph is written."""

    def assert_written_whole(self, kg: Path, former: StoredBuild, changes: Changes) -> None:
        """Assert that the new graph is right, and was asked for as a whole."""
        wanted = nquads([*REST[1:], quad('"new"')])
        asked: list[bytes] = []

        def whole() -> bytes:
            asked.append(wanted)
            return wanted

        build = write_successor(kg, former, changes, META, whole)

        assert asked == [wanted]
        assert build.quads_file.read_bytes() == wanted
        assert len(build.open()) == len(REST)
        assert is_intact(build.folder)
        assert read_build(kg).folder == build.folder

    @pytest.mark.parametrize("name", ["graph.nq", "build.json", "files.json", "store/CURRENT"])
    @pytest.mark.parametrize("how", ["gone", "empty", "cut", "changed"])
    def test_a_damaged_former_build(self, quick: Path, name: str, how: str) -> None:
        """A former build of which a file is gone or changed is not built upon."""
        former = write_build(quick / "kg", nquads(REST), META)
        file = former.folder / name
        content = file.read_bytes()
        file.unlink()
        if how != "gone":
            file.write_bytes({"empty": b"", "cut": content[:-5], "changed": content[5:]}[how])

        self.assert_written_whole(quick / "kg", former, Changes(REST[:1], [quad('"new"')]))

    def test_a_changed_bit_in_a_shared_file(self, quick: Path) -> None:
        """Damage does not pass from build to build."""
        former = write_build(quick / "kg", nquads(REST), META)
        file = max((former.folder / "store").glob("*.sst"), key=lambda f: f.stat().st_size)
        content = bytearray(file.read_bytes())
        content[len(content) // 3] ^= 4
        file.write_bytes(bytes(content))

        self.assert_written_whole(quick / "kg", former, Changes(REST[:1], [quad('"new"')]))

    def test_a_former_build_of_another_format(self, quick: Path) -> None:
        """What another version wrote is not built upon."""
        former = write_build(quick / "kg", nquads(REST), {**META, "format": FORMAT + 1})

        self.assert_written_whole(quick / "kg", former, Changes(REST[:1], [quad('"new"')]))

    def test_a_former_build_that_was_removed(self, quick: Path) -> None:
        """A former build that is gone is no hindrance."""
        former = StoredBuild(quick / "kg" / "builds" / "0123456789abcdef", META)

        self.assert_written_whole(quick / "kg", former, Changes(REST[:1], [quad('"new"')]))

    @pytest.mark.parametrize(
        "changes",
        [
            Changes([REST[0], quad('"not there"')], [quad('"new"')]),
            Changes([REST[0]], [quad('"new"'), REST[5]]),
            Changes(REST[:120], [*REST[1:120], quad('"new"')]),
            Changes(REST[:1], [quad('"new"'), quad("_:b0")]),
        ],
        ids=["removes what is not there", "adds what is there", "so many", "blank nodes"],
    )
    def test_changes_that_do_not_fit(
        self, quick: Path, changes: Changes, request: pytest.FixtureRequest
    ) -> None:
        """Changes of which the store cannot be made right are not tried."""
        former = write_build(quick / "kg", nquads(REST), META)

        if "so many" in request.node.name:
            changes = Changes(REST, [*(quad(f'"{n}"') for n in range(200)), quad('"new"')])
        self.assert_written_whole(quick / "kg", former, changes)

    def test_an_empty_former_build(self, quick: Path) -> None:
        """An empty graph is a graph."""
        former = write_build(quick / "kg", b"", META)

        self.assert_written_whole(quick / "kg", former, Changes([], [quad('"new"'), *REST[1:]]))


class TestState:
    """What the program keeps beside a build."""

    def write(self, kg: Path, text: str, quads: list[Quad] = REST) -> StoredBuild:
        """Write a build with a file of state."""

        def state(folder: Path) -> None:
            (folder / "kept.txt").write_text(text)

        return write_build(kg, nquads(quads), META, state=state)

    def test_state_comes_with_the_build(self, quick: Path) -> None:
        """What was kept is found beside the build, and is no part of its name."""
        with_state = self.write(quick / "kg", "kept")
        without = write_build(quick / "other", nquads(REST), META)

        found = read_build(quick / "kg").state_folder / "kept.txt"

        assert found.read_text() == "kept"
        assert with_state.folder.name == without.folder.name
        assert not without.state_folder.exists()

    def test_the_same_graph_with_other_state(self, quick: Path) -> None:
        """A build that changes nothing in the graph brings its state all the same."""
        first = self.write(quick / "kg", "one")

        second = self.write(quick / "kg", "two")

        assert second.folder == first.folder
        assert (second.state_folder / "kept.txt").read_text() == "two"

    def test_a_successor_has_its_own_state(self, quick: Path) -> None:
        """The state of the former build is not handed on."""
        former = self.write(quick / "kg", "one")

        build = write_successor(quick / "kg", former, Changes(REST[:1], []), META, never)

        assert not build.state_folder.exists()
        assert (former.state_folder / "kept.txt").read_text() == "one"

    def test_state_that_fails_is_no_build(self, quick: Path) -> None:
        """An error while state is written leaves the former graph."""
        former = self.write(quick / "kg", "one")

        def fail(folder: Path) -> None:
            raise KeyError("a mistake")

        with pytest.raises(KeyError):
            write_build(quick / "kg", b"", META, state=fail)

        assert read_build(quick / "kg").folder == former.folder
        assert len(list((quick / "kg" / "builds").iterdir())) == 1


class TestSearch:
    """Finding a line in sorted lines."""

    def test_every_place_is_found(self) -> None:
        """The place of a line that is there, and of one that is not, is that of sorting."""
        lines = [b"b\n", b"d dd\n", b"dd\n", b"f\n"]
        data = b"".join(lines)

        found = [first_not_below(data, line) for line in [b"a\n", *lines, b"c\n", b"z\n"]]

        assert found == [0, 0, 2, 7, 10, 2, 12]
