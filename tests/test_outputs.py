"""What is said of a place that cannot be written."""

from pathlib import Path

import pytest

from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.outputs import unwritable, what_is_in_the_way


def refused(path: Path) -> DiasporaKGError:
    """Return what is said when a file is written there."""
    with pytest.raises(OSError, match=r"\S") as caught:
        path.write_text("x")
    return unwritable(path, caught.value)


class TestUnwritable:
    """A file that could not be written (DKG604)."""

    def test_a_folder_wants_a_name_in_it(self, tmp_path: Path) -> None:
        """A folder in the place of a file is told."""
        error = refused(tmp_path)

        assert error.code == "DKG604"
        assert error.hint == f"'{tmp_path}' is a folder: name a file in it."

    def test_a_missing_folder_is_named(self, tmp_path: Path) -> None:
        """The folder that is not there is named, not only the file."""
        error = refused(tmp_path / "none" / "x.csv")

        assert error.hint == f"There is no folder '{tmp_path / 'none'}': make it, or name another."

    def test_a_file_on_the_way_is_named(self, tmp_path: Path) -> None:
        """Nothing can be written below a file, however deep the path is."""
        (tmp_path / "file").write_text("x")

        error = refused(tmp_path / "file" / "deep" / "x.csv")

        assert error.hint == (
            f"'{tmp_path / 'file'}' is a file, so nothing can be written below it: name a folder."
        )

    def test_a_file_in_the_place_of_a_folder(self, tmp_path: Path) -> None:
        """A folder cannot be made where a file has its name."""
        (tmp_path / "file").write_text("x")
        with pytest.raises(FileExistsError) as caught:
            (tmp_path / "file").mkdir()

        error = unwritable(tmp_path / "file", caught.value)

        assert error.hint == "A file has this name already: name a folder."

    def test_a_good_place_is_in_nobodys_way(self, tmp_path: Path) -> None:
        """Where the place is not the reason, nothing is said of it."""
        assert what_is_in_the_way(tmp_path / "x.csv") == ""
