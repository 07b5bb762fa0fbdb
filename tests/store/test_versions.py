"""What another version wrote, and what is damaged, is told apart and replaced by a build."""

import json
import shutil
from pathlib import Path

import pytest

from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.store import FORMAT, nquads, read_build, write_build
from diaspora_kg.store.layout import is_intact

META = {"format": FORMAT, "version": "0.1.0"}
DATA = nquads([("<urn:s>", "<urn:p>", '"word"', "<urn:g>")])


@pytest.fixture
def kg(quick: Path) -> Path:
    """Return a store of one quad."""
    write_build(quick / "kg", DATA, META)
    return quick / "kg"


def error_of(kg: Path) -> DiasporaKGError:
    """Return what a reader of the graph is told."""
    with pytest.raises(DiasporaKGError) as raised:
        read_build(kg).open()
    return raised.value


def assert_building_mends(kg: Path) -> None:
    """Assert that the same build again leaves a graph that can be read."""
    write_build(kg, DATA, META)

    assert [quad.object.value for quad in read_build(kg).open()] == ["word"]
    assert is_intact(read_build(kg).folder)
    assert [e.name for e in (kg / "builds").iterdir() if e.name.startswith(".")] == []


def set_meta(kg: Path, content: str) -> None:
    """Write what is said of the current build."""
    (read_build(kg).folder / "build.json").write_text(content, "utf-8")


def set_engine(kg: Path, name: str) -> None:
    """Write which engine the current build is from."""
    file = read_build(kg).folder / "files.json"
    file.write_text(json.dumps({**json.loads(file.read_text("utf-8")), "engine": name}), "utf-8")


class TestOtherVersions:
    """The number of the format, and the storage engine."""

    def test_an_older_format(self, kg: Path) -> None:
        """A graph in an older layout has to be built again."""
        set_meta(kg, json.dumps({"format": FORMAT - 1, "version": "0.0.9"}))

        error = error_of(kg)

        assert error.code == "DKG603"
        assert error.message.endswith("was written by another version of diaspora-kg (0.0.9)")
        assert error.hint == f"Build it again: diaspora-kg build -o {kg}"
        assert_building_mends(kg)

    def test_a_newer_format(self, kg: Path) -> None:
        """Who has an old program is told so, before the graph is built again with it."""
        set_meta(kg, json.dumps({"format": FORMAT + 1, "version": "9.0.0"}))

        error = error_of(kg)

        assert error.code == "DKG603"
        assert error.message.endswith("was written by a newer version of diaspora-kg (9.0.0)")
        assert error.hint.startswith("Install that version to read it.")
        assert_building_mends(kg)

    def test_a_newer_program_with_the_same_format(self, kg: Path) -> None:
        """The layout decides, not the number of the program."""
        set_meta(kg, json.dumps({"format": FORMAT, "version": "9.0.0"}))

        assert len(read_build(kg).open()) == 1

    def test_files_of_another_engine(self, kg: Path) -> None:
        """Files that this version of the storage engine cannot read are named with theirs."""
        set_engine(kg, "pyoxigraph 99.0")
        for file in (read_build(kg).folder / "store").glob("MANIFEST*"):
            file.write_bytes(b"another form")

        error = error_of(kg)

        assert error.code == "DKG603"
        assert "was written by pyoxigraph 99.0" in error.message
        assert_building_mends(kg)

    def test_files_of_another_engine_that_can_be_read(self, kg: Path) -> None:
        """An engine that reads the files of an older one just does so; a build makes them new."""
        set_engine(kg, "pyoxigraph 0.4.0")

        assert len(read_build(kg).open()) == 1
        assert_building_mends(kg)


class TestDamage:
    """Files that are gone or changed."""

    @pytest.mark.parametrize("content", ["", "{", "[]", "null", "{}", "\ufeff"])
    def test_what_is_said_of_the_build(self, kg: Path, content: str) -> None:
        """A build.json that says nothing is damage, not another version."""
        set_meta(kg, content)

        error = error_of(kg)

        assert error.code == "DKG602"
        assert "is damaged" in error.message
        assert_building_mends(kg)

    @pytest.mark.parametrize("name", ["build.json", "graph.nq", "store", "store/CURRENT"])
    def test_what_is_gone(self, kg: Path, name: str) -> None:
        """A graph of which a part is gone is told, and built again in its place."""
        part = read_build(kg).folder / name
        shutil.rmtree(part) if part.is_dir() else part.unlink()

        error = error_of(kg)

        assert error.code == "DKG602"
        assert error.hint == f"Build it again: diaspora-kg build -o {kg}"
        assert_building_mends(kg)

    @pytest.mark.parametrize("pattern", ["*.sst", "MANIFEST*"])
    def test_files_of_the_store(self, kg: Path, pattern: str) -> None:
        """Damage that the engine finds is an error with a code."""
        for file in (read_build(kg).folder / "store").glob(pattern):
            file.write_bytes(b"\0" * file.stat().st_size)

        assert error_of(kg).code == "DKG602"
        assert_building_mends(kg)

    def test_one_bit(self, kg: Path) -> None:
        """Damage that no reader has met yet is mended by the next build all the same."""
        for file in (read_build(kg).folder / "store").glob("*.sst"):
            content = bytearray(file.read_bytes())
            content[10] ^= 1
            file.write_bytes(bytes(content))

        assert_building_mends(kg)

    def test_changed_quads(self, kg: Path) -> None:
        """Lines that somebody edited are put right by the next build."""
        read_build(kg).quads_file.write_bytes(b"")

        assert_building_mends(kg)

        assert read_build(kg).quads_file.read_bytes() == DATA

    def test_a_lost_list_of_files(self, kg: Path) -> None:
        """Without the list of its files a build is read as ever, and made anew by a build."""
        (read_build(kg).folder / "files.json").unlink()

        assert len(read_build(kg).open()) == 1
        assert_building_mends(kg)

    def test_a_lost_pointer(self, kg: Path) -> None:
        """Where only the pointer is gone, a build writes it again."""
        (kg / "CURRENT").unlink()

        assert error_of(kg).code == "DKG602"
        assert_building_mends(kg)
