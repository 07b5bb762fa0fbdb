"""Work that runs beside the program in a process of its own, where that is safe and worth it.

A forked process sees all that this one has computed and has to be given nothing; only its result
is sent. A process with several threads must not be forked, since a lock that another thread holds
stays locked for good, and neither macOS nor Windows forks safely: there the work is done in this
process, when its result is asked for.
"""

import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Generic, TypeVar

T = TypeVar("T")


class Beside(Generic[T]):
    """Some work, begun at once in a process of its own or done when it is asked for.

    Leaving the block ends a process whose result nobody asked for.
    """

    def __init__(self, work: Callable[[], T]) -> None:
        """Begin the work. It must have no effect but its result, which has to be picklable."""
        self._work = work
        self._process = _forked(work) if can_fork() else None

    def result(self) -> T:
        """Return the result.

        When the process failed or was ended from outside, the work is done in this one, which
        raises what there is to raise.
        """
        if self._process is not None:
            pid, pipe = self._process
            with os.fdopen(pipe, "rb") as stream:
                data = stream.read()
            self._process = None
            if os.waitpid(pid, 0)[1] == 0:
                found: T = pickle.loads(data)
                return found
        return self._work()

    def __enter__(self) -> "Beside[T]":
        """Keep the process for the length of a block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the process if it still runs."""
        if self._process is not None:
            pid, pipe = self._process
            self._process = None
            os.close(pipe)
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def can_fork() -> bool:
    """Tell whether a second process is safe and has a core to run on."""
    return (
        sys.platform == "linux"
        and threading.active_count() == 1
        and len(os.sched_getaffinity(0)) > 1
    )


def _forked(work: Callable[[], object]) -> tuple[int, int] | None:
    """Return the process that does some work and the pipe for its result; None without room."""
    reading, writing = os.pipe()
    try:
        pid = os.fork()
    except OSError:  # no memory or no more processes
        os.close(reading)
        os.close(writing)
        return None
    if pid == 0:
        os.close(reading)
        _work_for(writing, work)
    os.close(writing)
    return pid, reading


def _work_for(writing: int, work: Callable[[], object]) -> None:
    """Do the work, write its result, and end the process without what ends a program."""
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # the program says what was interrupted
        with os.fdopen(writing, "wb") as stream:
            pickle.dump(work(), stream, pickle.HIGHEST_PROTOCOL)
        status = 0
    finally:
        os._exit(status)
