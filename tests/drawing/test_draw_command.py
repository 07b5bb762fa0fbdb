"""``diaspora-kg draw``: what it prints, writes and refuses."""

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat

from diaspora_kg.cli import main
from diaspora_kg.store import FORMAT, write_build


@pytest.fixture
def kg(triangle, tmp_path: Path) -> str:
    """Return the folder of a graph with one concept map."""
    meta = {"format": FORMAT, "packaged": False, "inputs": []}
    write_build(tmp_path / "kg", triangle.dump(format=RdfFormat.N_QUADS), meta)
    return str(tmp_path / "kg")


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as caught:
        main(["draw", *arguments])
    return int(str(caught.value.code or 0))


class TestDraw:
    """The command."""

    def test_list(self, capsys) -> None:
        """Without a name the pictures are listed."""
        status = run()

        assert (status, capsys.readouterr().out) == (
            0,
            "concept-map\tthe links between concepts that a text draws, from its propositions\n",
        )

    def test_unknown_picture(self, capsys) -> None:
        """A picture that there is not is wrong use, and those that there are are named."""
        status = run("timeline")

        assert (status, capsys.readouterr().err) == (
            2,
            "error[DKG450]: there is no picture 'timeline'\n  hint: Pictures are: concept-map.\n",
        )

    def test_stdout(self, kg, capfdbinary) -> None:
        """An SVG goes to stdout, and nothing else does."""
        status = run("concept-map", "--kg", kg)

        out = capfdbinary.readouterr().out
        assert (status, out[:5], out[-7:]) == (0, b"<?xml", b"</svg>\n")

    @pytest.mark.parametrize(
        ("name", "start"), [("map.svg", b"<?xml"), ("map.png", b"\x89PNG"), ("map.PNG", b"\x89PNG")]
    )
    def test_suffix(self, kg, tmp_path: Path, name: str, start: bytes) -> None:
        """The suffix of the file decides on the format."""
        status = run("concept-map", "--kg", kg, "-o", str(tmp_path / name))

        assert (status, (tmp_path / name).read_bytes()[: len(start)]) == (0, start)

    def test_unknown_suffix(self, kg, tmp_path: Path, capsys) -> None:
        """A suffix that stands for no picture is refused, and no file is written."""
        status = run("concept-map", "--kg", kg, "-o", str(tmp_path / "map.pdf"))

        assert (status, "unknown format 'pdf'" in capsys.readouterr().err) == (2, True)
        assert not (tmp_path / "map.pdf").exists()

    def test_options(self, kg, tmp_path: Path) -> None:
        """Map, language and width are passed on."""
        file = tmp_path / "map.svg"

        run("concept-map", "--kg", kg, "-o", str(file), "--map", "map", "--language", "tr",
            "--width", "640")  # fmt: skip

        assert 'width="640"' in file.read_text("utf-8")
        assert "sivil toplum" in file.read_text("utf-8")

    def test_missing_library(self, kg, monkeypatch, capsys) -> None:
        """Without the libraries the exit status is 3, with a hint and no traceback."""
        monkeypatch.setitem(__import__("sys").modules, "networkx", None)

        status = run("concept-map", "--kg", kg)

        assert (status, capsys.readouterr().err) == (
            3,
            "error[DKG703]: pictures are drawn with networkx, which is not installed\n"
            "  hint: pip install 'diaspora-kg[draw]'\n",
        )
