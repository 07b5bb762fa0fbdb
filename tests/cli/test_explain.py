"""``diaspora-kg explain``."""

import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from diaspora_kg.catalogue import Entry, catalogue, titles
from diaspora_kg.graph import KnowledgeGraph

Run = Callable[..., Any]


def test_a_code_of_the_catalogue(dkg: Run) -> None:
    """A code is explained in words, with a wrong and a right example."""
    done = dkg("explain", "dkg104")

    assert done.status == 0
    head, *_ = done.out.splitlines()
    assert head == "DKG104: a source is not known"
    assert "\nWrong, in a claim:\n\n    property: administrativeParent\n" in done.out
    assert "      source: yurtnac2021\n" in done.out.partition("Right:")[0]
    assert "      source: yurtnac2012\n" in done.out.partition("Right:")[2]
    assert done.err == ""


def test_a_code_of_a_shape(dkg: Run) -> None:
    """A code of a shape shows what the shape says, and its valid and invalid nodes."""
    done = dkg("explain", "DKG202")

    assert done.status == 0
    assert done.out.startswith("DKG202: locator (error, shape Evidence-locator)\n")
    assert "Evidence needs exactly one locator." in " ".join(done.out.split())
    assert "ex:invalid-" in done.out.partition("Wrong, in the graph:")[2].partition("Right")[0]
    assert "ex:valid-" in done.out.partition("Right, in the graph:")[2]


def test_all_codes(dkg: Run) -> None:
    """Without a code, every code is listed with a line on what it means."""
    done = dkg("explain")

    assert done.status == 0
    assert len(done.out.splitlines()) == len(titles())
    assert "DKG104  a source is not known\n" in done.out


def test_a_code_that_is_none(dkg: Run) -> None:
    """A code that does not exist is a wrong use, with the way to the list."""
    done = dkg("explain", "DKG999")

    assert (done.status, done.out) == (2, "")
    assert done.err == (
        "error[DKG607]: there is no error code 'DKG999'\n"
        "  hint: 'diaspora-kg explain' lists all codes.\n"
    )


@pytest.mark.parametrize("code", ["DKG104", "DKG202"])
def test_as_json(dkg: Run, tmp_path: Path, code: str) -> None:
    """A program gets the same as JSON; the suffix of the file is enough to ask for it."""
    done = dkg("explain", code, "-o", tmp_path / "code.json")

    assert (done.status, done.out) == (0, "")
    data = json.loads((tmp_path / "code.json").read_text("utf-8"))
    entry = data[0] if isinstance(data, list) else data
    assert entry["code"] == code
    assert entry["wrong"]
    assert entry["right"]


NEEDS_MORE = {
    "DKG200",
    "DKG204",
    "DKG298",
    "DKG299",
    "DKG418",
    "DKG451",
    "DKG456",
    "DKG460",
    "DKG502",
    "DKG506",
    "DKG507",
    "DKG603",
}
NEEDS_MORE |= {f"DKG{number}" for number in (*range(520, 550), *range(620, 657), 701)}
NEEDS_MORE |= {f"DKG{number}" for number in range(810, 814)} | {"DKG422", "DKG425", "DKG427"}
"""Codes whose commands name files, services or circumstances that are not there, or only warn."""
ASKS_OTHERS = {"DKG423", "DKG424", "DKG428"}
"""Codes whose right command asks a service that is not there."""
COMMANDS = [
    entry
    for entry in catalogue().values()
    if entry.bad.kind == "command"
    and entry.code not in NEEDS_MORE
    and entry.bad.lines.startswith("diaspora-kg ")
    and not re.search(r"&&|#", entry.bad.lines)
]


class TestCommands:
    """The commands that the catalogue shows are run."""

    @pytest.fixture(autouse=True)
    def here(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, packaged_kg: KnowledgeGraph
    ) -> None:
        """Work in a folder with something in it, on the packaged cases."""
        monkeypatch.chdir(tmp_path)
        (tmp_path / "cases").mkdir()
        (tmp_path / "cases" / "notes.txt").write_text("no graph of ours")
        monkeypatch.setenv("DIASPORA_KG", str(packaged_kg.build.folder.parent.parent))

    @pytest.mark.parametrize("entry", COMMANDS, ids=lambda entry: entry.code)
    def test_the_bad_command_gives_the_code(self, dkg: Run, entry: Entry) -> None:
        """What is shown as wrong is refused under this very code."""
        done = dkg(*shlex.split(entry.bad.lines)[1:])

        assert done.status == 2
        assert f"error[{entry.code}]" in done.err

    @pytest.mark.parametrize(
        "entry",
        [e for e in COMMANDS if "&&" not in e.good.lines and e.code not in ASKS_OTHERS],
        ids=lambda entry: entry.code,
    )
    def test_the_good_command_runs(self, dkg: Run, entry: Entry) -> None:
        """What is shown as right ends well."""
        assert dkg(*shlex.split(entry.good.lines)[1:]).status == 0
