"""Whatever file operation fails, and wherever the process dies: a whole graph is there."""

import itertools
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import diaspora_kg
from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.store import read_build, read_nquads
from diaspora_kg.store.layout import is_intact

SCENARIOS = ("whole", "changes", "again", "first")


def rubbish(kg: Path) -> list[str]:
    """Return what is left of builds that did not end well."""
    names = [entry.name for folder in (kg, kg / "builds") for entry in folder.iterdir()]
    return [name for name in names if name.startswith(".") and name != ".lock"]


def said(kg: Path) -> set[str]:
    """Return the words of the current graph, after a look at all its files."""
    build = read_build(kg)
    assert is_intact(build.folder)
    return {quad[2].strip('"') for quad in read_nquads(build.quads_file.read_bytes())}


def asked(kg: Path) -> set[str]:
    """Return the words that a query sees."""
    return {quad.object.value for quad in read_build(kg).open()}


def assert_whole(kg: Path, scenario: str) -> None:
    """Assert that the former graph or the new one is there; the first may not be there yet."""
    if scenario == "first" and not (kg / "CURRENT").exists():
        with pytest.raises(DiasporaKGError, match="there is no graph"):
            read_build(kg)
    elif said(kg) != {"former"}:
        assert said(kg) == asked(kg) == {"former", "new"}


def assert_next_build_succeeds(kg: Path, faults: ModuleType, scenario: str) -> None:
    """Assert that the next build is made as ever, and removes what is left of the last one."""
    faults.SCENARIOS[scenario](kg)

    assert said(kg) == ({"former"} if scenario == "again" else {"former", "new"})
    assert (read_build(kg).state_folder / "kept").read_bytes() == b"state"
    assert rubbish(kg) == []
    assert len(list((kg / "builds").iterdir())) <= 2


@pytest.mark.long
@pytest.mark.parametrize("scenario", SCENARIOS)
class TestEveryOperation:
    """One after the other, each file operation goes wrong."""

    @pytest.mark.parametrize("staying", [False, True], ids=["once", "from-then-on"])
    def test_a_fault_leaves_a_whole_graph(
        self, quick: Path, faults: ModuleType, scenario: str, staying: bool
    ) -> None:
        """A full disk at any operation is an error with a code, or does not matter at all.

        The fault may pass, whatever the operation; or nothing can be changed from then on.
        """
        faults.prepare(quick / "prepared", scenario)
        codes: list[str] = []
        for chosen in itertools.count():
            kg = quick / str(chosen)
            if scenario != "first":
                shutil.copytree(quick / "prepared", kg)
            with faults.steps(chosen, faults.fail, looking=not staying, staying=staying) as counted:
                try:
                    faults.SCENARIOS[scenario](kg)
                except DiasporaKGError as error:
                    codes.append(error.code)
            if len(counted.seen) <= chosen:
                break  # the whole build went by before its turn
            assert_whole(kg, scenario)
            assert_next_build_succeeds(kg, faults, scenario)
            shutil.rmtree(kg)

        assert chosen > 20
        assert set(codes) - {"DKG602"} == {"DKG601"}

    def test_a_kill_leaves_a_whole_graph(
        self, quick: Path, faults: ModuleType, scenario: str
    ) -> None:
        """A process that dies at any operation leaves rubbish at most, for the next to remove."""
        if not hasattr(os, "fork"):
            pytest.skip("this system cannot fork: the test of random kills stands for this one")
        faults.prepare(quick / "prepared", scenario)
        environment = {**os.environ, "PYTHONPATH": str(Path(diaspora_kg.__file__).parents[1])}

        run = subprocess.run(
            [sys.executable, str(faults.__file__), scenario, str(quick)],
            env=environment,
            capture_output=True,
            text=True,
        )

        assert run.stderr == ""
        kills = int(run.stdout)
        assert kills > 20
        for chosen in range(kills):
            kg = quick / f"{chosen:03}" / "kg"
            assert_whole(kg, scenario)
            assert_next_build_succeeds(kg, faults, scenario)


LIMITED = """
import resource, sys
from pathlib import Path
from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.store import FORMAT, nquads, write_build
kg, limit = Path(sys.argv[1]), int(sys.argv[2])
quads = [(f"<urn:{n}>", "<urn:p>", '"new"', "<urn:g>") for n in range(500)]
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    write_build(kg, nquads(quads), {"format": FORMAT})
except DiasporaKGError as error:
    print(error.code, error.message)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of files")
@pytest.mark.parametrize("limit", [500, 30_000], ids=["our files", "files of the engine"])
def test_files_that_the_system_does_not_let_grow(
    quick: Path, faults: ModuleType, limit: int
) -> None:
    """When writing fails in the middle of a file, also inside the storage engine, it is told."""
    kg = quick / "kg"
    faults.prepare(kg, "whole")
    environment = {**os.environ, "PYTHONPATH": str(Path(diaspora_kg.__file__).parents[1])}

    run = subprocess.run(
        [sys.executable, "-c", LIMITED, str(kg), str(limit)],
        env=environment,
        capture_output=True,
        text=True,
    )

    assert run.stderr == ""
    assert run.stdout == "DKG601 the store cannot be written: File too large\n"
    assert said(kg) == asked(kg) == {"former"}
    assert rubbish(kg) == []
