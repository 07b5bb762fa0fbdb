"""Data sets that were imported, read again for a build."""

from pathlib import Path

import pytest

from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.reading.data_sets import read_data_set

GRAPH = "<https://w3id.org/diaspora-kg/graph/dataset/demo>"
LINE = f'<http://x/s> <http://x/p> "01"^^<http://www.w3.org/2001/XMLSchema#integer> {GRAPH} .'


def write(folder: Path, text: str) -> Path:
    """Write a file of N-Quads."""
    (folder / "demo.nq").write_text(text, "utf-8")
    return folder / "demo.nq"


def test_terms_stay_as_they_are_written(tmp_path: Path) -> None:
    """No lexical form is changed."""
    (quad,) = read_data_set(write(tmp_path, LINE + "\n"))

    assert quad[2] == '"01"^^<http://www.w3.org/2001/XMLSchema#integer>'
    assert quad[3] == GRAPH


def test_lines_of_other_programs_are_read_too(tmp_path: Path) -> None:
    """Other spaces, and comments, are N-Quads as well."""
    text = f"# a data set\n<http://x/s>   <http://x/p> <http://x/o> {GRAPH}.\n"

    assert read_data_set(write(tmp_path, text)) == [
        ("<http://x/s>", "<http://x/p>", "<http://x/o>", GRAPH)
    ]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("<http://x/s> <http://x/p> <http://x/o> <http://x/g> .", "DKG656"),
        (
            "<http://x/s> <http://x/p> <http://x/o> "
            "<https://w3id.org/diaspora-kg/graph/accepted> .",
            "DKG656",
        ),
        ("<http://x/s> <http://x/p> <http://x/o> .", "DKG656"),
        ("nothing of the kind", "DKG100"),
    ],
)
def test_what_is_no_data_set_is_refused_at_its_line(tmp_path: Path, line: str, code: str) -> None:
    """Nothing gets into a graph of accepted facts through the back door."""
    with pytest.raises(DiasporaKGError) as caught:
        read_data_set(write(tmp_path, f"{LINE}\n{line}\n"))

    assert caught.value.code == code
    assert caught.value.location is not None
    assert caught.value.location.line == 2
