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
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")


@contextmanager
def aside(work: Callable[[], T]) -> Iterator[Callable[[], T]]:
    """Begin some work in a process of its own, and give the function that returns its result.

    The work must have no effect but its result, which has to be picklable. Where no process may
    be forked, the work is done when the result is asked for; and so is work whose process failed
    or was ended from outside, so that what there is to raise is raised here. The result is asked
    for once. Leaving the block ends a process whose result nobody asked for.
    """
    running = [process] if can_fork() and (process := _forked(work)) else []

    def result() -> T:
        if running:
            pid, pipe = running.pop()
            with os.fdopen(pipe, "rb") as stream:
                data = stream.read()
            if os.waitpid(pid, 0)[1] == 0:
                found: T = pickle.loads(data)
                return found
        return work()

    try:
        yield result
    finally:
        for pid, pipe in running:
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
