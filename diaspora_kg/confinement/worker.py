"""The process that runs queries from outside, seen from within.

It reads questions from stdin and writes answers to stdout, one after the other. A thread listens
meanwhile: when stdin ends, whoever asked is gone, and the process ends in the midst of any query.
"""

import json
import os
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, BinaryIO

from diaspora_kg.confinement.frames import BrokenOffError, Kind, read_frame, write_frame
from diaspora_kg.confinement.memory import EXIT_OUT_OF_MEMORY, MemoryLimit
from diaspora_kg.engine import Row, evaluate
from diaspora_kg.errors import DiasporaKGError

if TYPE_CHECKING:
    import pyoxigraph as ox

_FIRST_BATCH, _BATCH = 20, 500
_LONGEST_BATCH = 1024 * 1024


class Worker:
    """Answers questions to one build."""

    def __init__(self, folder: Path, answers: BinaryIO) -> None:
        """Take the folder of a build and where answers go."""
        self._folder = folder
        self._answers = answers
        self._stores: dict[bool, ox.Store] = {}
        self._memory: MemoryLimit | None = None

    def answer(self, question: dict[str, Any]) -> None:
        """Answer one question, with an error where there is no other answer."""
        try:
            if self._memory is not None:
                self._memory.set(0)
            store = self._store(contested=question["contested"])
            memory = self._memory = self._memory or MemoryLimit()
            memory.set(question["bytes"])
            self._send(Kind.READY)
            if "rows" in question:
                self._trace(question, store)
            elif "checks" in question:
                self._run(question, _empty_store())
            else:
                self._run(question, store)
        except DiasporaKGError as error:
            self._send(Kind.ERROR, _json((error.code, error.message, error.hint)))

    def _store(self, *, contested: bool) -> "ox.Store":
        if contested not in self._stores:
            from diaspora_kg.store import StoredBuild

            self._stores[contested] = StoredBuild(self._folder, {}).open(contested=contested)
            self._memory = None  # the graph itself does not count
        return self._stores[contested]

    def _run(self, question: dict[str, Any], store: "ox.Store") -> None:
        result = evaluate(question["sparql"], store, frozenset(question["hidden"]))
        self._send(Kind.HEAD, _json((result.columns, result.kind)))
        most, allowed = question["most"], question["bytes"]
        sent = 0
        for rows, is_cut in _batches(result.rows, most):
            payload = _json(rows)
            sent += len(payload)
            if allowed and sent > allowed:
                os._exit(EXIT_OUT_OF_MEMORY)
            self._send(Kind.ROWS, payload)
            if is_cut:
                self._send(Kind.END, _json(True))
                return
        self._send(Kind.END, _json(False))

    def _trace(self, question: dict[str, Any], store: "ox.Store") -> None:
        """Find the evidence of rows that the same query gave before."""
        import pickle

        from diaspora_kg.evidence import evidence_of
        from diaspora_kg.labels import Labels
        from diaspora_kg.lookup import Lookup, View
        from diaspora_kg.table import Table

        rows = tuple(tuple(row) for row in question["rows"])
        table = Table(tuple(question["columns"]), rows, kind=question["kind"])
        labels = Labels(Lookup(store), question["language"])
        view = View(store, frozenset(question["hidden"]))
        found = evidence_of(question["sparql"], table, view, labels)
        self._send(Kind.OBJECT, pickle.dumps((found.evidence, found.problem)))

    def _send(self, kind: Kind, payload: bytes = b"") -> None:
        write_frame(self._answers, kind, payload)


def _empty_store() -> "ox.Store":
    import pyoxigraph as ox

    return ox.Store()


def _batches(rows: Iterator[Row], most: int) -> Iterator[tuple[list[Row], bool]]:
    """Yield rows in pieces, each with whether it is the last of more than ``most`` rows."""
    batch: list[Row] = []
    weight, size = 0, _FIRST_BATCH
    for count, row in enumerate(rows):
        if most and count == most:
            yield batch, True
            return
        batch.append(row)
        weight += sum(len(cell) for cell in row if cell is not None)
        if len(batch) >= size or weight > _LONGEST_BATCH:
            yield batch, False
            batch, weight, size = [], 0, _BATCH
    yield batch, False


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _listen(stream: BinaryIO, questions: "SimpleQueue[bytes]") -> None:
    try:
        while True:
            questions.put(read_frame(stream)[1])
    except (BrokenOffError, OSError, ValueError):
        os._exit(0)


def main(folder: str) -> None:
    """Answer questions to the build in a folder until stdin ends."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library may print is no answer
    questions: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, questions), daemon=True).start()
    worker = Worker(Path(folder), answers)
    while True:
        try:
            worker.answer(json.loads(questions.get()))
        except MemoryError:
            os._exit(EXIT_OUT_OF_MEMORY)
        except BrokenPipeError:
            os._exit(0)
