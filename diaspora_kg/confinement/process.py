"""One process that runs queries from outside, seen from the process that started it."""

import json
import pickle
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, cast

import diaspora_kg
from diaspora_kg.confinement.frames import BrokenOffError, Kind, read_frame, write_frame
from diaspora_kg.confinement.limits import Limits
from diaspora_kg.confinement.memory import EXIT_OUT_OF_MEMORY
from diaspora_kg.errors import DiasporaKGError, MissingPartError

_PROGRAM = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[2]); "
    "from diaspora_kg.confinement.worker import main; main(sys.argv[1])"
)
_LONGEST_START = 600.0
"""Seconds to start and to open the graph: what is contested is loaded into memory."""
_INTERRUPTED = (-signal.SIGINT, 0xC000013A)
"""How a process ends that Ctrl-C reached, on Unix and on Windows."""
_OUT_OF_MEMORY = ("memory allocation", "bad_alloc", "MemoryError", "Cannot allocate memory")


class Process:
    """A worker with its pipes. One question at a time; after an error of its own it is gone."""

    def __init__(self, folder: Path) -> None:
        """Start it and wait for nothing. Raises ``MissingPartError`` (DKG420) when it cannot be."""
        # a file and not a pipe: nobody has to read it while the worker runs
        self._errors = cast(IO[bytes], tempfile.TemporaryFile())  # noqa: SIM115 - closed with it
        try:
            self._process = subprocess.Popen(
                _command(folder),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
            )
        except (OSError, TypeError) as error:
            self._errors.close()
            raise _no_start(str(error)) from error
        self._is_late = threading.Event()

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    @property
    def is_usable(self) -> bool:
        """Whether it can take another question."""
        return not self._is_late.is_set() and self._process.poll() is None

    def frames(self, question: dict[str, Any], limits: Limits) -> Iterator[tuple[Kind, bytes]]:
        """Ask, and yield the frames of the answer but ``READY`` and ``ERROR``.

        Raises ``DiasporaKGError``: DKG416 after the limit of time, DKG417 beyond that of memory,
        DKG419 when the worker ended for another reason, DKG420 when it did not start, and what the
        worker itself found wrong.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        payload = json.dumps({**question, "bytes": limits.bytes}, ensure_ascii=False)
        try:
            with self._at_most(_LONGEST_START):
                write_frame(self._process.stdin, Kind.QUESTION, payload.encode("utf-8"))
                kind, data = read_frame(self._process.stdout)
        except (BrokenOffError, OSError) as error:
            raise self._broken_start() from error
        if kind is Kind.ERROR:
            raise _as_error(data)
        try:
            with self._at_most(limits.left):
                while kind not in (Kind.END, Kind.OBJECT):
                    kind, data = read_frame(self._process.stdout)
                    if kind is Kind.ERROR:
                        raise _as_error(data)
                    yield kind, data
        except (BrokenOffError, OSError) as error:
            raise self._broken_off(limits) from error

    def close(self) -> None:
        """End the worker, whatever it does, and wait until it is gone."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):  # it may hold words for a worker that is no more
                    pipe.close()
        self._process.wait()
        self._errors.close()

    @contextmanager
    def _at_most(self, seconds: float) -> Iterator[None]:
        """Kill the worker after some seconds, which ends its pipe; 0 means never."""
        if not seconds:
            yield
            return
        timer = threading.Timer(seconds, self._kill_late)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _kill_late(self) -> None:
        self._is_late.set()
        self._process.kill()

    # --- How it ended -------------------------------------------------------------------

    def _broken_start(self) -> DiasporaKGError:
        status = self._process.wait()
        if status in _INTERRUPTED:
            raise KeyboardInterrupt
        said = self._last_words()
        why = "it took too long" if self._is_late.is_set() else said or _ending(status)
        return _no_start(why)

    def _broken_off(self, limits: Limits) -> DiasporaKGError:
        status = self._process.wait()
        if self._is_late.is_set():
            return DiasporaKGError(
                "DKG416",
                f"the query was stopped: it took longer than {limits.seconds:g} seconds",
                "Join fewer patterns, or give them something in common; or allow more time with "
                "--timeout SECONDS.",
            )
        if status in _INTERRUPTED:
            raise KeyboardInterrupt  # Ctrl-C reached the worker first
        said = self._last_words()
        if status == EXIT_OUT_OF_MEMORY or any(sign in said for sign in _OUT_OF_MEMORY):
            return DiasporaKGError(
                "DKG417",
                f"the query was stopped: it needed more than {limits.megabytes} MB of memory",
                "Ask for less at once (LIMIT, fewer columns, no ORDER BY over everything), or "
                "allow more with --max-memory MB.",
            )
        return MissingPartError(
            "DKG419",
            f"the process that ran the query ended without an answer: {said or _ending(status)}",
            "Run it again; if it ends so each time, write the query with fewer nested brackets, "
            "and see whether the system is short of memory.",
        )

    def _last_words(self) -> str:
        """Return what the worker wrote last on stderr that tells why it ended."""
        self._errors.seek(0)
        lines = [
            line.strip() for line in self._errors.read().decode("utf-8", "replace").split("\n")
        ]
        telling = [line for line in lines if any(sign in line for sign in _OUT_OF_MEMORY)]
        return (telling or [line for line in lines if line] or [""])[-1]


def _command(folder: Path) -> list[str]:
    """Return how to start a worker that finds what this process finds, and reads no settings."""
    root = str(Path(diaspora_kg.__file__).parent.parent)
    places = json.dumps([*sys.path, root])
    return [sys.executable, "-I", "-S", "-c", _PROGRAM, str(folder.absolute()), places]


def _as_error(data: bytes) -> DiasporaKGError:
    code, message, hint = json.loads(data)
    return DiasporaKGError(code, message, hint)


def _no_start(why: str) -> MissingPartError:
    return MissingPartError(
        "DKG420",
        f"the process that runs queries from outside did not start: {why}",
        "Look whether Python may start programs here, and whether there is memory left.",
    )


def _ending(status: int) -> str:
    if status >= 0:
        return f"status {status}"
    try:
        return f"killed by {signal.Signals(-status).name}"
    except ValueError:
        return f"killed by signal {-status}"


def read_object(data: bytes) -> Any:  # noqa: ANN401 - whatever the worker of this version sent
    """Return the object of a frame; it comes from our own process and from nowhere else."""
    return pickle.loads(data)
