"""Builds and readers at once: nobody waits long, and nobody sees anything but whole graphs."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import diaspora_kg
import diaspora_kg.store.locking
import diaspora_kg.store.reading
from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.store import FORMAT, nquads, read_build, write_build
from diaspora_kg.store.layout import is_intact
from diaspora_kg.store.locking import Lease, only_one, take_lease

WRITER = """
import sys
from pathlib import Path
from diaspora_kg.store import FORMAT, nquads, write_build
kg, word, builds = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
for build in range(builds):
    quads = [(f"<urn:{word}/{build}/{n}>", "<urn:p>", f'"{word}"', "<urn:g>") for n in range(50)]
    stored = write_build(kg, nquads(quads), {"format": FORMAT, "word": word, "build": build})
    assert len(stored.open()) == 50
print(stored.folder.name)
"""
LOCKER = """
import sys, time
from pathlib import Path
from diaspora_kg.store.locking import only_one
with only_one(Path(sys.argv[1])):
    print("locked", flush=True)
    time.sleep(60)
"""


def start(program: str, *arguments: str) -> "subprocess.Popen[str]":
    """Start a process that works on a store."""
    environment = {**os.environ, "PYTHONPATH": str(Path(diaspora_kg.__file__).parents[1])}
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )


def write(kg: Path, word: str) -> None:
    """Write a build of one quad."""
    write_build(kg, nquads([("<urn:s>", "<urn:p>", f'"{word}"', "<urn:g>")]), {"format": FORMAT})


def word_of(kg: Path) -> str:
    """Return what the one quad of the current build says."""
    (quad,) = read_build(kg).open()
    return str(quad.object.value)


def builds(kg: Path) -> list[str]:
    """Return the names of all that stands beside the current build, and its own."""
    return sorted(entry.name for entry in (kg / "builds").iterdir())


class TestTwoBuilds:
    """Two processes build into the same folder."""

    def test_all_succeed_and_the_last_is_current(self, quick: Path) -> None:
        """Builds of different graphs get into nobody's way; the one that ended last stands."""
        kg = quick / "kg"
        writers = [start(WRITER, str(kg), word, "8") for word in ("one", "two", "three")]

        said = [writer.communicate() for writer in writers]

        assert [problems for _, problems in said] == ["", "", ""]
        current = read_build(kg)
        assert current.folder.name in [name.strip() for name, _ in said]
        assert is_intact(current.folder)
        assert len(builds(kg)) <= 4

    def test_builds_of_the_same_graph_share_one_folder(self, quick: Path) -> None:
        """Two processes that build the same graph end with one build of it."""
        kg = quick / "kg"
        writers = [start(WRITER, str(kg), "same", "1") for _ in range(3)]

        said = [writer.communicate() for writer in writers]

        assert [problems for _, problems in said] == ["", "", ""]
        assert builds(kg) == [said[0][0].strip()]
        assert is_intact(read_build(kg).folder)

    def test_a_build_that_is_being_written_is_no_rubbish(
        self, quick: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A slow build is not swept away by a quick one that ends meanwhile, and then wins."""
        kg = quick / "kg"
        load = diaspora_kg.store.writing.load

        def slowly(folder: Path, data: bytes) -> None:
            if b"slow" in data:
                write(kg, "quick")
                write(kg, "quicker")
            load(folder, data)

        monkeypatch.setattr("diaspora_kg.store.writing.load", slowly)
        write(kg, "slow")

        assert word_of(kg) == "slow"

    @pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
    def test_a_dead_process_holds_no_lock(self, quick: Path) -> None:
        """A process that was killed while it held the lock blocks nobody."""
        kg = quick / "kg"
        write(kg, "former")
        locker = start(LOCKER, str(kg / ".lock"))
        assert locker.stdout is not None
        assert locker.stdout.readline() == "locked\n"

        os.kill(locker.pid, signal.SIGKILL)
        locker.communicate()
        write(kg, "new")

        assert word_of(kg) == "new"

    def test_a_first_build_that_is_refused_takes_no_other_with_it(self, quick: Path) -> None:
        """A build that fails in a new folder leaves it to the one that goes on there."""
        kg = quick / "kg"

        def go_on() -> None:
            write(kg, "other")
            raise ValueError("refused")

        with pytest.raises(ValueError, match="refused"):
            write_build(kg, b"", {"format": FORMAT}, meanwhile=go_on)

        assert word_of(kg) == "other"

    def test_a_first_build_that_is_refused_leaves_no_folder(self, quick: Path) -> None:
        """Where nothing was, and no graph came about, nothing is."""

        def refuse() -> None:
            raise ValueError("refused")

        with pytest.raises(ValueError, match="refused"):
            write_build(quick / "kg", b"", {"format": FORMAT}, meanwhile=refuse)

        assert not (quick / "kg").exists()

    @pytest.mark.skipif(sys.platform == "win32", reason="Windows removes no open file")
    def test_a_lock_that_was_removed_is_no_lock(self, quick: Path) -> None:
        """Who waited for the lock of a folder that went away makes both anew."""
        kg = quick / "kg"
        write(kg, "former")

        with only_one(kg / ".lock"):
            (kg / ".lock").unlink()
            write(kg, "new")

        assert word_of(kg) == "new"

    def test_a_process_that_hangs_is_told(
        self, quick: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Who waits in vain for the lock learns why, and the former graph stays."""
        kg = quick / "kg"
        write(kg, "former")
        monkeypatch.setattr("diaspora_kg.store.locking.PATIENCE", 0.05)

        with only_one(kg / ".lock"), pytest.raises(DiasporaKGError) as raised:
            write(kg, "new")

        assert raised.value.code == "DKG608"
        assert word_of(kg) == "former"


class TestReaders:
    """Readers while builds come and go."""

    def test_a_reader_keeps_what_it_reads(self, quick: Path) -> None:
        """A graph in use stays, files and all, however many builds follow; then it is removed."""
        kg = quick / "kg"
        write(kg, "old")
        held = read_build(kg)
        store = held.open()

        for number in range(5):
            write(kg, f"new {number}")

        assert [quad.object.value for quad in store] == ["old"]
        assert [quad.object.value for quad in held.open()] == ["old"]
        assert b'"old"' in held.quads_file.read_bytes()
        assert len(builds(kg)) == 3
        del store, held
        write(kg, "last")
        assert len(builds(kg)) == 2

    def test_readers_see_whole_graphs_only(self, quick: Path) -> None:
        """Whoever opens the graph while others replace it finds one, and all of it."""
        kg = quick / "kg"
        write(kg, "first")
        writer = start(WRITER, str(kg), "more", "25")
        seen: list[int] = []
        problems: list[Exception] = []

        def read() -> None:
            while writer.poll() is None:
                try:
                    build = read_build(kg)
                    seen.append(len(build.open()))
                    assert build.quads_file.read_bytes().count(b"\n") == seen[-1]
                except Exception as error:
                    problems.append(error)
                    return

        readers = [threading.Thread(target=read) for _ in range(2)]
        for reader in readers:
            reader.start()
        said = writer.communicate()
        for reader in readers:
            reader.join()

        assert said[1] == ""
        assert problems == []
        assert set(seen) <= {1, 50}
        assert len(seen) > 5

    def test_a_build_removed_before_it_is_opened(
        self, quick: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Builds that come between reading the pointer and opening lead the reader to the last."""
        kg = quick / "kg"
        write(kg, "former")
        calls: list[Path] = []

        def lease_late(folder: Path) -> Lease | None:
            calls.append(folder)
            if len(calls) == 1:
                for word in ("one", "two", "three"):
                    write(kg, word)
            return take_lease(folder)

        monkeypatch.setattr("diaspora_kg.store.reading.take_lease", lease_late)
        build = read_build(kg)

        assert [quad.object.value for quad in build.open()] == ["three"]
        assert len(calls) == 2
        assert not calls[0].exists()

    @pytest.mark.skipif(sys.platform == "win32", reason="Windows needs no lock for this")
    def test_a_folder_that_leaves_while_it_is_opened(
        self, quick: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A lock on a file that was renamed away before it was locked is worth nothing."""
        kg = quick / "kg"
        write(kg, "former")
        folder = read_build(kg).folder

        def lock_late(handle: int, *, shared: bool) -> bool:
            folder.rename(folder.with_name(".old-1"))
            return True

        monkeypatch.setattr("diaspora_kg.store.locking._lock", lock_late)

        assert take_lease(folder) is None

    @pytest.mark.skipif(
        sys.platform == "win32" or os.geteuid() == 0, reason="rights do not bind this user"
    )
    def test_a_reader_needs_no_right_to_write(self, quick: Path) -> None:
        """A graph in a folder that may only be read can be asked."""
        kg = quick / "kg"
        write(kg, "word")
        folders = [kg, kg / "builds", read_build(kg).folder, read_build(kg).folder / "store"]
        for folder in folders:
            folder.chmod(0o555)

        try:
            assert word_of(kg) == "word"
        finally:
            for folder in folders:
                folder.chmod(0o755)

    def test_others_may_read_what_the_user_lets_them(self, quick: Path) -> None:
        """The folder of a build has the rights of any folder that the user makes."""
        kg = quick / "kg"
        write(kg, "word")
        (quick / "any").mkdir()

        folder = read_build(kg).folder

        assert folder.stat().st_mode == (quick / "any").stat().st_mode
