"""The index is kept on disk, checked when it is read, and made again when it is damaged."""

from pathlib import Path

import pytest

from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.linking.building import build_index
from diaspora_kg.linking.index_files import read_index, write_index
from diaspora_kg.linking.matching import Matcher, open_matcher
from tests.linking.conftest import THINGS

REGISTRY = """\
@prefix ex: <http://example.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ex:opera rdfs:label "Sandova Opera"@en .
ex:trust rdfs:label "Tarnbeck Trust"@en .
"""


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    """Write a small registry."""
    path = tmp_path / "registry.ttl"
    path.write_text(REGISTRY, "utf-8")
    return path


def the_index(folder: Path) -> Path:
    """Return the only index of a folder."""
    (found,) = folder.glob("*.index")
    return found


def test_what_is_read_answers_like_what_was_made(tmp_path: Path) -> None:
    """An index that was written and read gives the very same answers."""
    made = build_index(THINGS)
    write_index(made, tmp_path / "a.index")

    read = read_index(tmp_path / "a.index")

    assert read is not None
    for name in ("Velmar", "北浜図書館", "Ministry of Labour"):
        assert Matcher(read).candidates(name) == Matcher(made).candidates(name)


def test_the_index_is_made_once(registry: Path, tmp_path: Path) -> None:
    """The second time nothing is made, and nothing is said."""
    said: list[str] = []
    open_matcher(registry, tmp_path / "cache", said.append)
    before = the_index(tmp_path / "cache").read_bytes()

    open_matcher(registry, tmp_path / "cache", said.append)

    assert said == ["indexing registry.ttl, once"]
    assert the_index(tmp_path / "cache").read_bytes() == before


def test_another_registry_has_another_index(registry: Path, tmp_path: Path) -> None:
    """A snapshot that differs is indexed anew, though it has the same name."""
    open_matcher(registry, tmp_path / "cache")
    registry.write_text(REGISTRY.replace("Tarnbeck", "Turnbeck"), "utf-8")

    matcher = open_matcher(registry, tmp_path / "cache")

    assert matcher.candidates("Turnbeck Trust")[0].label == "Turnbeck Trust"
    assert len(list((tmp_path / "cache").glob("*.index"))) == 2


@pytest.mark.parametrize("damage", ["cut", "changed", "emptied", "other", "title"])
def test_a_damaged_index_is_made_again(registry: Path, tmp_path: Path, damage: str) -> None:
    """Whatever happened to the file, it is noticed, said, and mended."""
    said: list[str] = []
    open_matcher(registry, tmp_path / "cache")
    path = the_index(tmp_path / "cache")
    whole = path.read_bytes()
    middle = len(whole) // 2
    path.write_bytes(
        {
            "cut": whole[:-5],
            "changed": whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
            "emptied": b"",
            "other": b"something else altogether\n",
            "title": whole[:27] + b"{}\n",
        }[damage]
    )

    matcher = open_matcher(registry, tmp_path / "cache", said.append)

    assert said == ["the index of registry.ttl is damaged and is made again"]
    assert matcher.candidates("Sandova Opera")[0].label == "Sandova Opera"
    assert path.read_bytes() == whole


def test_a_folder_that_cannot_be_written(registry: Path, tmp_path: Path) -> None:
    """Where no index can be kept, that is said with what to do."""
    (tmp_path / "cache").write_text("a file, not a folder", "utf-8")

    with pytest.raises(DiasporaKGError) as error:
        open_matcher(registry, tmp_path / "cache")

    assert error.value.code == "DKG503"


def test_the_same_registry_gives_the_same_bytes(tmp_path: Path) -> None:
    """An index depends on what is in the registry, not on the order, the clock or chance."""
    write_index(build_index(THINGS), tmp_path / "one.index")
    write_index(build_index(reversed(THINGS)), tmp_path / "other.index")

    assert (tmp_path / "one.index").read_bytes() == (tmp_path / "other.index").read_bytes()
