"""What services answered, kept on disk with the day on which they were asked."""

import contextlib
import hashlib
import json
import os
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

DAYS = 30
"""For how many days an answer is taken from what is kept."""


@dataclass(frozen=True)
class Kept:
    """One answer as it was kept."""

    answer: Any
    """Whatever JSON can hold: who kept it knows its form."""
    asked_on: date


class KeptAnswers:
    """A folder of answers, one file a question."""

    def __init__(self, folder: Path, today: date, *, whatever_age: bool = False) -> None:
        """Take a folder that need not be there; with ``whatever_age`` no answer is too old."""
        self._folder = folder
        self._today = today
        self._whatever_age = whatever_age

    def find(self, *question: bytes) -> Kept | None:
        """Return what is kept of an answer; nothing where it is damaged or too old."""
        try:
            kept = json.loads(self._file(question).read_bytes())
            asked_on = date.fromisoformat(kept["asked_on"])
            is_fresh = self._whatever_age or (self._today - asked_on).days <= DAYS
            return Kept(kept["answer"], asked_on) if is_fresh else None
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def keep(self, url: str, answer: object, *question: bytes) -> Kept:
        """Keep the answer of today to a question and return it; ``url`` is for who reads the file.

        A file is there as a whole or not at all, also when two processes write it.
        """
        text = json.dumps({"url": url, "asked_on": self._today.isoformat(), "answer": answer})
        with contextlib.suppress(OSError):  # a cache that cannot be written is no cache
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._folder)
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                stream.write(text)
            Path(name).replace(self._file(question))
        return Kept(answer, self._today)

    def _file(self, question: tuple[bytes, ...]) -> Path:
        key = hashlib.sha256(b"\n".join(question)).hexdigest()
        return self._folder / f"{key[:32]}.json"
