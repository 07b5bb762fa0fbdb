"""Work that runs beside the program in processes of its own, where that is safe and worth it.

A forked process sees all that this one has computed and has to be given nothing; only its results
are sent. A process with several threads must not be forked, since a lock that another thread holds
stays locked for good, and neither macOS nor Windows forks safely: there the work is done in this
process, when its result is asked for.
"""

import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any, Generic, TypeVar
from weakref import finalize

T = TypeVar("T")
First = TypeVar("First")
Told = TypeVar("Told")
Last = TypeVar("Last")

_MOST = 4
"""More processes than this would wait for each other's results."""


@contextmanager
def aside(work: Callable[[], T]) -> Iterator[Callable[[], T]]:
    """Begin some work in a process of its own, and give the function that returns its result.

    The work must have no effect but its result, which has to be picklable. Where no process may
    be forked, the work is done when the result is asked for; and so is work whose process failed
    or was ended from outside, so that what there is to raise is raised here. The result is asked
    for once. Leaving the block ends a process whose result nobody asked for.
    """
    child = _forked(lambda _, answers: _send(work(), answers))

    def result() -> T:
        if child is not None:
            with suppress(_BrokenError):
                found: T = child.receive()
                return found
        return work()

    try:
        yield result
    finally:
        if child is not None:
            child.end()


class Partner(Generic[First, Told, Last]):
    """Work in two steps, between which it has to be told something, in a process of its own.

    The work is a generator that yields its first result, is sent what it has to be told, and
    returns its last result; like that of ``aside``, it has no effect but its results and is done
    in this process where it must be. Ask for ``first``, ``tell``, ask for ``last``, each once.
    """

    def __init__(self, work: Callable[[], Generator[First, Told, Last]]) -> None:
        """Begin the work."""
        self._work = work
        self._here: Generator[First, Told, Last] | None = None
        self._told: list[Told] = []
        self._child = _forked(lambda told, answers: _serve(work(), told, answers))

    def first(self) -> First:
        """Return the first result."""
        if self._child is not None:
            try:
                found: First = self._child.receive()
            except _BrokenError:
                self._child = None
            else:
                return found
        self._here = self._work()
        return next(self._here)

    def tell(self, told: Told) -> None:
        """Send the work what it needs for its last result."""
        self._told = [told]
        if self._child is not None:
            self._child.send(told)

    def last(self) -> Last:
        """Return the last result."""
        if self._child is not None:
            with suppress(_BrokenError):
                found: Last = self._child.receive()
                self._child.end()
                return found
        if self._here is None:
            self._here = self._work()
            next(self._here)
        try:
            self._here.send(*self._told)
        except StopIteration as end:
            result: Last = end.value
            return result
        raise RuntimeError("the work has more than two steps")


def processes() -> int:
    """Return how many processes, this one among them, may share some work; 1 where none can."""
    if sys.platform != "linux" or threading.active_count() > 1:
        return 1
    return min(len(os.sched_getaffinity(0)), _MOST)


# --- One process ------------------------------------------------------------------------


class _BrokenError(Exception):
    """A process ended before it had sent its result."""


class _Child:
    """A forked process, as the one that forked it sees it. It ends with its object at last."""

    def __init__(self, pid: int, told: IO[bytes], answers: IO[bytes]) -> None:
        self._told, self._answers = told, answers
        self.end = finalize(self, _end, os.getpid(), pid, told, answers)
        """Ends the process, whatever it does, if that has not been done."""

    def send(self, value: object) -> None:
        """Tell the process something; that it is broken is noticed when it shall answer."""
        with suppress(BrokenPipeError):
            _send(value, self._told)

    def receive(self) -> Any:  # noqa: ANN401 - what the process sends
        try:
            return pickle.load(self._answers)
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            self.end()
            raise _BrokenError from error


def _end(owner: int, pid: int, told: IO[bytes], answers: IO[bytes]) -> None:
    if os.getpid() != owner:
        return  # another process was forked from the owner and has a copy of what it knows
    with suppress(OSError):
        told.close()
    answers.close()
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def _forked(serve: Callable[[IO[bytes], IO[bytes]], None]) -> _Child | None:
    """Return a process that reads what it is told and writes answers; None where none may be."""
    if processes() == 1:
        return None
    told, answers = os.pipe(), os.pipe()
    try:
        pid = os.fork()
    except OSError:  # no memory or no more processes
        for end in (*told, *answers):
            os.close(end)
        return None
    if pid == 0:
        os.close(told[1])
        os.close(answers[0])
        _work(serve, told[0], answers[1])
    os.close(told[0])
    os.close(answers[1])
    return _Child(pid, os.fdopen(told[1], "wb"), os.fdopen(answers[0], "rb"))


def _work(serve: Callable[[IO[bytes], IO[bytes]], None], told: int, answers: int) -> None:
    """Work, and end the process without what ends a program."""
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # the program says what was interrupted
        with os.fdopen(told, "rb") as read, os.fdopen(answers, "wb") as write:
            serve(read, write)
        status = 0
    finally:
        os._exit(status)


def _serve(work: Generator[object, Any, object], told: IO[bytes], answers: IO[bytes]) -> None:
    _send(next(work), answers)
    try:
        work.send(pickle.load(told))
    except StopIteration as end:
        _send(end.value, answers)


def _send(value: object, stream: IO[bytes]) -> None:
    pickle.dump(value, stream, pickle.HIGHEST_PROTOCOL)
    stream.flush()
