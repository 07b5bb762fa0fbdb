"""The store on disk: atomic, readable while it is replaced, and never over something else."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

import diaspora_kg
from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.store import (
    FORMAT,
    is_store,
    nquads,
    read_build,
    read_nquads,
    without_contested,
    write_build,
)
from diaspora_kg.terms import Quad

ACCEPTED = "<https://w3id.org/diaspora-kg/graph/accepted>"
CONTESTED = "<https://w3id.org/diaspora-kg/graph/contested>"
META = {"format": FORMAT, "version": "test"}


def quad(text: str, graph: str = ACCEPTED) -> Quad:
    """Return a quad with some text."""
    return ("<http://example.org/s>", "<http://example.org/p>", text, graph)


def count(folder: Path) -> int:
    """Return the number of quads that queries see."""
    return len(read_build(folder).open())


class TestWriting:
    """One folder a build, and a pointer to the current one."""

    def test_what_was_written_is_read(self, tmp_path: Path) -> None:
        """A build comes back with its quads and what is said of it."""
        write_build(tmp_path / "kg", nquads([quad('"one"')]), {**META, "note": "ü"})

        stored = read_build(tmp_path / "kg")

        assert stored.meta["note"] == "ü"
        assert read_nquads(stored.quads_file.read_bytes()) == [quad('"one"')]
        assert count(tmp_path / "kg") == 1

    def test_lexical_forms_survive_in_the_file(self, tmp_path: Path) -> None:
        """A store turns 1.50 into 1.5; the file beside it keeps what was written."""
        number = '"1.50"^^<http://www.w3.org/2001/XMLSchema#decimal>'
        write_build(tmp_path / "kg", nquads([quad(number)]), META)

        stored = read_build(tmp_path / "kg")

        assert read_nquads(stored.quads_file.read_bytes()) == [quad(number)]

    def test_the_name_is_a_hash_of_what_is_in_it(self, tmp_path: Path) -> None:
        """Anybody can check a graph: its quads and what is said of it give its name."""
        folder = write_build(tmp_path / "kg", nquads([quad('"one"')]), META).folder

        content = (folder / "graph.nq").read_bytes() + (folder / "build.json").read_bytes()

        assert folder.name == hashlib.sha256(content).hexdigest()[:16]

    def test_the_same_build_is_written_once(self, tmp_path: Path) -> None:
        """Building again from the same files changes nothing on disk."""
        data = nquads([quad('"one"')])
        first = write_build(tmp_path / "kg", data, META)

        second = write_build(tmp_path / "kg", data, META)

        assert first.folder == second.folder
        assert len(list((tmp_path / "kg" / "builds").iterdir())) == 1

    def test_the_former_build_is_kept_for_its_readers(self, tmp_path: Path) -> None:
        """Builds from before the former one are removed, unless somebody still holds them."""
        kg = tmp_path / "kg"
        for number in range(4):
            write_build(kg, nquads([quad(f'"{number}"')]), META)

        assert len(list((kg / "builds").iterdir())) == 2

    def test_contested_content_is_not_in_the_store(self, tmp_path: Path) -> None:
        """Queries do not see what is disputed, unless the graph is opened for that."""
        write_build(tmp_path / "kg", nquads([quad('"1"'), quad('"2"', CONTESTED)]), META)

        stored = read_build(tmp_path / "kg")

        assert len(stored.open()) == 1
        assert len(stored.open(contested=True)) == 2


class TestFailing:
    """Whatever happens, the former graph stays."""

    def test_a_failure_leaves_the_former_build(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A disk that is full while the new build is written does not harm the old one."""
        kg = tmp_path / "kg"
        write_build(kg, nquads([quad('"1"')]), META)

        def full(*args: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("diaspora_kg.store.durable.sync_file", full)
        with pytest.raises(DiasporaKGError) as error:
            write_build(kg, nquads([quad('"2"')]), META)
        monkeypatch.undo()

        assert error.value.code == "DKG601"
        assert count(kg) == 1
        assert [f.name for f in (kg / "builds").iterdir() if f.name.startswith(".new-")] == []

    def test_what_is_done_meanwhile_may_end_the_build(self, tmp_path: Path) -> None:
        """A check that runs beside the loading and fails leaves the former graph, and no rest."""
        kg = tmp_path / "kg"
        write_build(kg, nquads([quad('"1"')]), META)

        def refuse() -> None:
            raise ValueError("a finding")

        for text in ('"1"', '"2"'):  # the graph that stands, and another one
            with pytest.raises(ValueError, match="a finding"):
                write_build(kg, nquads([quad(text)]), META, meanwhile=refuse)

        assert read_nquads(read_build(kg).quads_file.read_bytes()) == [quad('"1"')]
        assert len(list((kg / "builds").iterdir())) == 1

    def test_a_killed_build_leaves_the_former_build(self, tmp_path: Path) -> None:
        """A process that dies before the last step leaves the old graph current."""
        kg = tmp_path / "kg"
        write_build(kg, nquads([quad('"1"')]), META)
        program = (
            "import os, sys\n"
            "from pathlib import Path\n"
            "import diaspora_kg.store as store\n"
            "store.durable.replace_file = lambda *args: os._exit(9)\n"
            "store.write_build(Path(sys.argv[1]), sys.argv[2].encode(), {'format': store.FORMAT})\n"
        )
        line = nquads([quad('"2"')]).decode()
        environment = {**os.environ, "PYTHONPATH": str(Path(diaspora_kg.__file__).parents[1])}

        run = subprocess.run([sys.executable, "-c", program, str(kg), line], env=environment)

        assert run.returncode == 9
        assert count(kg) == 1
        write_build(kg, nquads([quad('"2"'), quad('"3"')]), META)
        assert count(kg) == 2

    def test_something_else_is_never_overwritten(self, tmp_path: Path) -> None:
        """A folder that holds other things, or a file of that name, is refused."""
        (tmp_path / "folder").mkdir()
        (tmp_path / "folder" / "thesis.txt").write_text("years of work")
        (tmp_path / "file").write_text("years of work")

        for name in ("folder", "file"):
            with pytest.raises(DiasporaKGError) as error:
                write_build(tmp_path / name, b"", META)
            assert error.value.code == "DKG601"

        assert (tmp_path / "folder" / "thesis.txt").read_text() == "years of work"
        assert (tmp_path / "file").read_text() == "years of work"


class TestReading:
    """What is no store says so."""

    def test_no_store(self, tmp_path: Path) -> None:
        """A folder without a graph is named, with what to do."""
        with pytest.raises(DiasporaKGError) as error:
            read_build(tmp_path)

        assert error.value.code == "DKG602"
        assert "diaspora-kg build" in error.value.hint

    @pytest.mark.parametrize("content", ["", "no-such-build\n", "../..\n", "\0"])
    def test_a_damaged_pointer(self, tmp_path: Path, content: str) -> None:
        """A pointer to nothing is no graph either."""
        (tmp_path / "CURRENT").write_text(content)

        with pytest.raises(DiasporaKGError) as error:
            read_build(tmp_path)

        assert error.value.code == "DKG602"

    def test_another_version(self, tmp_path: Path) -> None:
        """A graph in the layout of another version has to be built again."""
        write_build(tmp_path / "kg", b"", {**META, "format": FORMAT + 1})

        with pytest.raises(DiasporaKGError) as error:
            read_build(tmp_path / "kg")

        assert error.value.code == "DKG603"
        assert is_store(tmp_path / "kg")


class TestLines:
    """N-Quads as this program writes them."""

    def test_lines_are_sorted(self) -> None:
        """The same quads in another order give the same bytes."""
        quads = [quad('"b"'), quad('"a"')]

        assert nquads(quads) == nquads(reversed(quads))
        assert nquads(quads).decode().splitlines()[0].split(" ")[2] == '"a"'

    @pytest.mark.parametrize(
        "text",
        [
            '"a b <c> . d"@en',
            '"line\\nend"',
            '"\u2028 and \x85"@tr',
            '"x"^^<http://e.org/t>',
            "_:b0",
        ],
    )
    def test_reading_lines_gives_what_was_written(self, text: str) -> None:
        """No text, whatever line ends and brackets it holds, is taken apart."""
        assert read_nquads(nquads([quad(text), quad('"z"')])) == sorted([quad(text), quad('"z"')])

    def test_contested_lines_are_told_by_their_graph(self) -> None:
        """Only the graph of a line counts, not what its text says."""
        tricky = quad(f'" {CONTESTED} ."')

        assert without_contested(nquads([tricky, quad('"x"', CONTESTED)])) == nquads([tricky])
