"""Asking a build under limits: processes are started when needed and kept for the next question."""

import json
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING

from diaspora_kg.confinement.frames import Kind
from diaspora_kg.confinement.limits import Limits
from diaspora_kg.confinement.process import Process, read_object
from diaspora_kg.querying import CONTESTED, Question, as_table
from diaspora_kg.store import StoredBuild
from diaspora_kg.table import Cell, Table

if TYPE_CHECKING:
    from diaspora_kg.evidence import EvidencedTable


def run_confined(
    build: StoredBuild, question: Question, limits: Limits | None = None, language: str = "en"
) -> Table:
    """Return the rows that answer a question, found by a process that is ended afterwards.

    Raises ``DiasporaKGError``: DKG406 for SPARQL that is not well-formed, DKG416 and DKG417 when a
    limit of ``limits`` is reached, DKG419 and DKG420 when the process broke or did not start.
    """
    with Confinement(build) as confinement:
        return confinement.answer(question, limits, language)


class Confinement:
    """Processes that answer questions to one build; many threads may ask at once.

    Each question has a process to itself while it runs. A process that kept within its limits is
    kept for the next question, one that did not is ended.
    """

    def __init__(
        self, build: StoredBuild, *, contested: bool = False, kept: int = 1, at_once: int = 0
    ) -> None:
        """Take a build; with ``contested``, queries see what is disputed as well.

        At most ``kept`` idle processes stay, and at most ``at_once`` run, others wait (0: any).
        """
        self._build = build
        self._contested = contested
        self._kept = kept
        self._turns = threading.BoundedSemaphore(at_once) if at_once else None
        self._lock = threading.Lock()
        self._idle: list[Process] = []
        weakref.finalize(self, _end, self._idle)

    def __enter__(self) -> "Confinement":
        """Begin."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the processes."""
        self.close()

    def close(self) -> None:
        """End the idle processes; the next question starts a new one."""
        with self._lock:
            _end(self._idle)

    def answer(
        self, question: Question, limits: Limits | None = None, language: str = "en"
    ) -> Table:
        """Return the rows that answer a question; ``is_cut`` says that there are more.

        Raises ``DiasporaKGError`` as ``run_confined`` does.
        """
        chosen = limits or Limits()
        columns: tuple[str, ...] = ()
        kind, is_cut = "rows", False
        rows: list[tuple[Cell, ...]] = []
        asked = {**self._seen_by(question), "most": chosen.rows}
        with self._process() as process:
            for frame, data in process.frames(asked, chosen):
                value = json.loads(data)
                if frame is Kind.HEAD:
                    columns, kind = tuple(value[0]), value[1]
                elif frame is Kind.ROWS:
                    rows.extend(tuple(row) for row in value)
                else:
                    is_cut = value
        return as_table(question, columns, tuple(rows), kind, language, is_cut=is_cut)

    def check(self, sparql: str, limits: Limits | None = None) -> None:
        """Read a query and run it over nothing. Raises ``DiasporaKGError`` as ``answer`` does."""
        asked = {**self._seen_by(Question(sparql)), "checks": True, "most": 1}
        with self._process() as process:
            for _ in process.frames(asked, limits or Limits()):
                pass  # nothing that it could find is of interest

    def evidence(
        self, question: Question, table: Table, limits: Limits | None = None, language: str = "en"
    ) -> "EvidencedTable":
        """Return a table that answered a question with the evidence of its rows.

        Raises ``DiasporaKGError`` as ``run_confined`` does.
        """
        from diaspora_kg.evidence import EvidencedTable

        asked = {
            **self._seen_by(question),
            "columns": table.columns,
            "rows": table.rows,
            "kind": table.kind,
            "language": language,
        }
        with self._process() as process:
            frames = list(process.frames(asked, limits or Limits()))
        evidence, problem = read_object(frames[-1][1])
        return EvidencedTable(table, evidence, problem)

    def _seen_by(self, question: Question) -> dict[str, object]:
        """Return a question with what it sees: what is disputed only when it asks for it."""
        asks = question.names_contested
        return {
            "sparql": question.sparql,
            "contested": self._contested or asks,
            "hidden": [CONTESTED] if asks and not self._contested else [],
        }

    @contextmanager
    def _process(self) -> Iterator[Process]:
        """Lend a process; it comes back when its work was done, and is ended when not."""
        if self._turns is not None:
            self._turns.acquire()
        try:
            process = self._take()
            is_done = False
            try:
                yield process
                is_done = True
            finally:
                if is_done:
                    self._give_back(process)
                else:
                    process.close()
        finally:
            if self._turns is not None:
                self._turns.release()

    def _take(self) -> Process:
        with self._lock:
            while self._idle:
                process = self._idle.pop()
                if process.is_usable:
                    return process
                process.close()
        return Process(self._build.folder)

    def _give_back(self, process: Process) -> None:
        with self._lock:
            if process.is_usable and len(self._idle) < self._kept:
                self._idle.append(process)
                return
        process.close()


def _end(processes: list[Process]) -> None:
    while processes:
        processes.pop().close()
