"""What the catalogue says of one code: a title, an explanation, and two examples."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["claim", "claims", "case", "sources", "table", "bibliography", "files", "command"]


@dataclass(frozen=True)
class Example:
    """Something to write: a part of a case, a whole file, several files, or a command.

    ``claim`` holds the fields of one claim and ``claims`` list items; ``sources`` holds entries
    of ``sources:``; ``table`` is a table of claims. ``case``, ``bibliography`` and ``files`` are
    whole; in ``files`` each begins with a line ``=== name``. A claim without ``evidence:`` rests
    on some passage that does not matter here.
    """

    kind: Kind
    text: str

    @property
    def lines(self) -> str:
        """The text without the blank lines around it."""
        return self.text.strip("\n")


@dataclass(frozen=True)
class Entry:
    """A code of the catalogue."""

    code: str
    title: str
    explanation: str
    bad: Example
    good: Example


def entry(code: str, title: str, explanation: str, kind: Kind, bad: str, good: str) -> Entry:
    """Return an entry whose examples are of one kind; its explanation is set as one paragraph."""
    words = " ".join(explanation.split())
    return Entry(code, title, words, Example(kind, bad), Example(kind, good))
