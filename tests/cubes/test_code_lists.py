"""Lists of codes with their names, and what is said of where they were found."""

from pathlib import Path

import pytest

from diaspora_kg.cubes.areas import Areas
from diaspora_kg.cubes.code_lists import read_code_list
from diaspora_kg.cubes.publishers import Given


@pytest.mark.parametrize(
    ("text", "entries", "remark"),
    [
        pytest.param(
            "A1,Alpha\nB2,Beta\n",
            2,
            "The first entry is the code 'A1' with the name 'Alpha' (first and second column).",
            id="no head",
        ),
        pytest.param(
            "dial,name,code\n90,Türkiye,TR\n,,\n",
            1,
            "The first entry is the code 'TR' with the name 'Türkiye' (columns 'code' and 'name').",
            id="a head",
        ),
        pytest.param(
            "# a table\n030: AGREE, , diplomatic # Express intent\n",
            1,
            "The first entry is the code '030' with the name 'Express intent' (code before ':', "
            "name after '#', else after ':').",
            id="a code explained",
        ),
    ],
)
def test_the_first_entry_is_shown(tmp_path: Path, text: str, entries: int, remark: str) -> None:
    """Whoever gives a table that is no code list sees what was taken for code and name."""
    file = tmp_path / "codes.csv"
    file.write_text(text, "utf-8")

    register = read_code_list(file, Given(Areas()))

    assert (register.entries, register.remarks) == (entries, [remark])
