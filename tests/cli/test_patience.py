"""What takes long says what it is doing."""

import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from diaspora_kg.assembly import build
from diaspora_kg.cli import patience
from diaspora_kg.cli.patience import telling
from diaspora_kg.progress import doing, listening


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take stderr for a terminal."""
    monkeypatch.setattr(patience, "is_watched", lambda: True)


def clock(*times: float) -> Callable[[], float]:
    """Return a clock that shows these times, one a look."""
    shown: Iterator[float] = iter(times)
    return lambda: next(shown)


class TestTelling:
    """On a terminal, from five seconds on."""

    def test_stages_are_told_after_a_while(
        self, terminal: None, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """What begins within five seconds is not worth a word; what begins later is."""
        with telling(clock(0, 1, 6, 9)):
            doing("reading 3 files")
            doing("looking for conflicts")
            doing("writing 9 quads")

        assert capsys.readouterr().err == "… looking for conflicts\n… writing 9 quads\n"

    @pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="Windows has no such timer")
    def test_a_long_stage_is_told_in_its_midst(
        self,
        terminal: None,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """A timer of the main thread tells what is going on; no thread is started for it."""
        monkeypatch.setattr(patience, "AFTER", 0.01)

        before = threading.active_count()
        with telling(lambda: 0.0):
            doing("reading 3 files")
            said = ""
            for _ in range(1000):
                time.sleep(0.01)
                said += capsys.readouterr().err
                if said:
                    break
            threads = threading.active_count()

        assert said == "… reading 3 files\n"
        assert threads == before
        assert signal.getsignal(signal.SIGALRM) is signal.SIG_DFL

    def test_nothing_is_told_in_a_pipe(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Where nobody watches, nothing is said."""
        with telling(clock(0, 6)):
            doing("reading 3 files")

        assert capsys.readouterr().err == ""


def test_only_the_block_listens() -> None:
    """What is done before and after a block is not heard."""
    heard: list[str] = []

    doing("before")
    with listening(heard.append):
        doing("within")
    doing("after")

    assert heard == ["within"]


def test_a_build_tells_its_stages(tmp_path: Path) -> None:
    """The stages of a build come in their order."""
    case = tmp_path / "ytb.yaml"
    case.write_text("id: ytb\ntype: DiasporaInstitution\nlabel: {en: YTB, tr: YTB}\n", "utf-8")
    heard: list[str] = []

    with listening(heard.append):
        build([case], tmp_path / "kg", fail_on=None, full=True)

    assert [words.split()[0] for words in heard] == [
        "reading",
        "making",
        "looking",
        "inferring",
        "writing",
        "checking",
    ]
