"""``build --watch`` as a process of its own: the verdict comes when a file is saved."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

import pytest

from diaspora_kg.cli.watching import differences, not_looked_for
from diaspora_kg.errors import Finding, Location
from diaspora_kg.incremental.watching import changes
from diaspora_kg.store import read_build

CASE = """\
id: union
type: Organization
label: {en: Student union}
coding: {by: anna, on: 2026-01-01}
defaults: {confidence: 0.9}
sources:
  statute:
    {type: report, title: {en: Statute}, author: ["Demir, Aylin"], date: 2012, tier: official,
     access: full-text}
claims:
  - property: foundedOn
    value: 1990
    evidence: [{source: statute, locator: p. 1, quote: {en: founded in 1990}}]
"""
PATIENCE = 120
"""Seconds after which a process that says nothing is taken to be stuck."""


class Watcher:
    """A running ``build --watch`` and what it says."""

    def __init__(self, cases: Path, output: Path) -> None:
        command = [sys.executable, "-m", "diaspora_kg", "build", str(cases), "-o", str(output)]
        self.process = subprocess.Popen(
            [*command, "--watch"], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
            encoding="utf-8",
        )  # fmt: skip
        self.said: list[str] = []
        self._lines: Queue[str] = Queue()
        self._listener = Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self._lines.put(line)

    def end(self) -> None:
        """End the process if it still runs, and let go of what it says."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self._listener.join()
        assert self.process.stderr is not None
        self.process.stderr.close()

    def wait_for(self, words: str) -> str:
        """Return the next line with some words."""
        while True:
            try:
                line = self._lines.get(timeout=PATIENCE)
            except Empty:
                raise AssertionError(f"'{words}' never came after {self.said}") from None
            self.said.append(line)
            if words in line:
                return line


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Return a folder with one case, and the place for its graph."""
    cases = tmp_path / "cases"
    cases.mkdir()
    (cases / "union.yaml").write_text(CASE, "utf-8")
    return cases, tmp_path / "kg"


@pytest.fixture
def watcher(folders: tuple[Path, Path]) -> Iterator[Watcher]:
    """Watch the folder for the length of a test."""
    running = Watcher(*folders)
    yield running
    running.end()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no Ctrl-C to one process alone")
def test_findings_come_as_a_file_is_saved(watcher: Watcher, folders: tuple[Path, Path]) -> None:
    """A mistake is told when its file is saved, then as mended; Ctrl-C ends it in order."""
    cases, output = folders
    watcher.wait_for("Waiting for changes")
    former = read_build(output).folder.name

    (cases / "union.yaml").write_text(CASE.replace("foundedOn", "fuondedOn"), "utf-8")
    wrong = watcher.wait_for("DKG105")
    stands = read_build(output).folder.name
    (cases / "union.yaml").write_text(CASE.replace("1990", "1991"), "utf-8")
    mended = watcher.wait_for("mended:")
    watcher.wait_for("Waiting for changes")
    present = read_build(output).folder.name
    watcher.process.send_signal(signal.SIGINT)
    watcher.wait_for("Stopped.")
    status = watcher.process.wait(PATIENCE)

    assert "union.yaml:11:15: error[DKG105]: unknown property 'fuondedOn'" in wrong
    assert "unknown property 'fuondedOn'" in mended
    assert (stands == former, present == former, status) == (True, False, 0)
    assert not any("Traceback" in line for line in watcher.said)


def finding(file: str, code: str, message: str = "wrong") -> Finding:
    """Return an error in a file."""
    return Finding(code, message, location=Location(file, 1, 1))


class TestWhatIsMended:
    """A finding that is gone is mended only where it was looked for."""

    def unjudged(self, former: list[Finding], present: list[Finding]) -> list[str]:
        """Return the messages of former findings of which nothing can be said now."""
        known = {
            (each.location.file if each.location else "", each.code, each.message, "", ""): each
            for each in former
        }
        return [each.message for each in not_looked_for(known, present).values()]

    def test_in_a_file_that_cannot_be_read(self) -> None:
        """Nothing is mended in a file that is broken elsewhere, be it of whatever stage."""
        former = [finding("a.yaml", "DKG104", "unknown"), finding("a.yaml", "DKG111", "form")]

        assert self.unjudged(former, [finding("a.yaml", "DKG101")]) == ["unknown", "form"]

    def test_in_other_files_while_one_cannot_be_read(self) -> None:
        """Words and shapes of other files are not looked at then; their form is."""
        former = [
            finding("b.yaml", "DKG104", "unknown"),
            finding("b.yaml", "DKG205", "shape"),
            finding("b.yaml", "DKG111", "form"),
        ]

        assert self.unjudged(former, [finding("a.yaml", "DKG101")]) == ["unknown", "shape"]

    def test_after_the_words_were_looked_at(self) -> None:
        """With an unknown word left, another that is gone is mended; what shapes found is open."""
        former = [finding("a.yaml", "DKG105", "word"), finding("a.yaml", "DKG205", "shape")]

        assert self.unjudged(former, [finding("a.yaml", "DKG104")]) == ["shape"]

    def test_after_a_whole_build(self) -> None:
        """A build that came to its end has looked for everything."""
        former = [finding("a.yaml", "DKG101", "yaml"), finding("a.yaml", "DKG205", "shape")]

        assert self.unjudged(former, []) == []


def test_a_file_that_is_broken_elsewhere_mends_nothing(
    watcher: Watcher, folders: tuple[Path, Path]
) -> None:
    """A mistake that is still there after the file could be read again was never told as mended."""
    file = folders[0] / "union.yaml"
    wrong = CASE.replace("foundedOn", "fuondedOn")
    watcher.wait_for("Waiting for changes")

    file.write_text(wrong, "utf-8")
    watcher.wait_for("DKG105")
    file.write_text(wrong + "  - [\n", "utf-8")
    watcher.wait_for("DKG101")
    file.write_text(wrong, "utf-8")
    mended = watcher.wait_for("mended:")
    watcher.wait_for("1 as before")

    assert "fuondedOn" not in mended
    assert sum("mended:" in line for line in watcher.said) == 1


def test_a_change_is_told_when_files_have_come_to_rest(tmp_path: Path) -> None:
    """While a file is still being written nothing is told; then one change is."""
    file = tmp_path / "case.yaml"
    file.write_text("", "utf-8")
    texts = iter(["a", "a longer", "a longer text"])
    looks = 0

    def write_on(_: float) -> None:
        nonlocal looks
        looks += 1
        text = next(texts, None)
        if text is not None:
            file.write_text(text, "utf-8")

    told = changes([tmp_path], wait=write_on)
    next(told)
    next(told)

    assert (file.read_text("utf-8"), looks) == ("a longer text", 4)


def test_graphs_and_hidden_files_are_not_watched(tmp_path: Path) -> None:
    """What a build writes below the watched folder is no change of it."""
    (tmp_path / "kg").mkdir()
    (tmp_path / "case.yaml").write_text("id: a", "utf-8")
    waits = iter(range(3))

    def write_beside(_: float) -> None:
        if next(waits, None) is None:
            raise TimeoutError
        (tmp_path / "kg" / "CURRENT").write_text("x", "utf-8")
        (tmp_path / ".case.yaml.swp").write_text("x", "utf-8")

    (tmp_path / "kg" / "CURRENT").write_text("w", "utf-8")
    told = changes([tmp_path], wait=write_beside)
    next(told)

    with pytest.raises(TimeoutError):
        next(told)


class TestDifferences:
    """What a build says that the former one did not, and the other way round."""

    def test_a_claim_by_another_name(self) -> None:
        """A claim without an id has a new name once its quote changes; its findings stay."""
        former = {("a.yaml", "DKG281", "no bound", "claim/1", ""): finding("a.yaml", "DKG281")}
        present = {("a.yaml", "DKG281", "no bound", "claim/2", ""): finding("a.yaml", "DKG281")}

        assert differences(former, present) == ([], [])

    def test_a_mended_finding_and_a_new_one(self) -> None:
        """Other words, and other places, are other findings."""
        one, other = finding("a.yaml", "DKG281"), finding("b.yaml", "DKG281")
        former = {("a.yaml", "DKG281", "wrong", "", ""): one}
        present = {("b.yaml", "DKG281", "wrong", "", ""): other}

        assert differences(former, present) == ([one], [other])


def test_no_former_graph_is_spoken_of_where_there_is_none(tmp_path: Path) -> None:
    """The first build may fail; then nothing stands."""
    (tmp_path / "union.yaml").write_text(CASE.replace("foundedOn", "fuondedOn"), "utf-8")
    watcher = Watcher(tmp_path / "union.yaml", tmp_path / "kg")

    said = watcher.wait_for("Not built")
    watcher.end()

    assert "former graph" not in said
