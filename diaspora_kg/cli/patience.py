"""What takes long says what it is doing, to a person at a terminal."""

import contextlib
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from types import FrameType

from diaspora_kg.cli.talk import say, verbose
from diaspora_kg.progress import listening

AFTER = 5.0
"""Seconds of silence that need no word."""


class _Told:
    """Says what is being done, once each, when a while has passed."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock, self._start = clock, clock()
        self._now, self._said = "", ""

    def hear(self, what: str) -> None:
        """Take what begins now, and say it when the work has gone on for a while."""
        self._now = what
        if self._clock() - self._start >= AFTER:
            self.speak()

    def speak(self) -> None:
        """Say what is being done."""
        if self._now != self._said:
            self._said = self._now
            say(f"… {self._now}")

    def on_alarm(self, _signal: int, _frame: FrameType | None) -> None:
        """Say it in the midst of a stage; not within another word on the same stream."""
        with contextlib.suppress(RuntimeError):
            self.speak()


def is_watched() -> bool:
    """Tell whether a person sees what is said, or wants to have it all."""
    return sys.stderr.isatty() or verbose()


@contextlib.contextmanager
def telling(clock: Callable[[], float] = time.monotonic) -> Iterator[None]:
    """Say, from some seconds on, what the program is doing: on a terminal, or with ``-v``.

    A timer of the main thread looks after five seconds what is being done; then every stage says
    when it begins. No thread is started: a build may fork only where there is one.
    """
    if not is_watched():
        yield
        return
    told = _Told(clock)
    with listening(told.hear), _alarm(told):
        yield


@contextlib.contextmanager
def _alarm(told: _Told) -> Iterator[None]:
    """Let the timer ring once, where the system has one and nobody else uses it."""
    is_ours = (
        hasattr(signal, "setitimer")
        and threading.current_thread() is threading.main_thread()
        and signal.getsignal(signal.SIGALRM) is signal.SIG_DFL
    )
    if not is_ours:
        yield
        return
    signal.signal(signal.SIGALRM, told.on_alarm)
    signal.siginterrupt(signal.SIGALRM, False)  # what the engine reads or writes goes on
    signal.setitimer(signal.ITIMER_REAL, AFTER)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
