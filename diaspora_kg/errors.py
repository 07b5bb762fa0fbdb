"""Where something is wrong, what, and what to do: locations, findings and exceptions."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum

_UNREADABLE = "DKG100"
EXIT_GOOD, EXIT_FINDINGS, EXIT_USAGE, EXIT_MISSING_PART = 0, 1, 2, 3


class Severity(IntEnum):
    """How much a finding weighs; higher is worse."""

    INFO = 1
    WARNING = 2
    VIOLATION = 3

    @property
    def word(self) -> str:
        """The word a person reads in front of the code."""
        return {1: "info", 2: "warning", 3: "error"}[int(self)]


@dataclass(frozen=True, order=True, slots=True)
class Location:
    """A place in a file: line and column (both from 1), or a cell of a table."""

    file: str
    line: int = 0
    column: int = 0
    cell: str = ""
    """Such as ``B7`` or ``claims!B7`` for a table."""

    def __reduce__(self) -> tuple[type["Location"], tuple[str, int, int, str]]:
        """Return what a copy in another process is made from; places are sent by the thousand."""
        return Location, (self.file, self.line, self.column, self.cell)

    def __str__(self) -> str:
        """Return ``FILE:LINE:COLUMN``, or ``FILE:CELL`` for a table."""
        if self.cell:
            return f"{self.file}:{self.cell}"
        if self.line:
            return f"{self.file}:{self.line}:{self.column}"
        return self.file


@dataclass(frozen=True)
class Finding:
    """One thing that a check found: a stable code, what is wrong, what to write."""

    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.VIOLATION
    location: Location | None = None
    focus: str = ""
    """The IRI of the node that the finding speaks of, if it is one of the graph."""
    shape: str = ""
    """The IRI of the shape that found it, if one did."""
    path: str = ""
    value: str = ""
    component: str = ""
    """The IRI of the SHACL constraint component, if a shape found it."""
    related: tuple[str, ...] = field(default=())

    @property
    def sort_key(self) -> tuple[object, ...]:
        """Worst first inside a file is not wanted: people read files from the top."""
        place = self.location or Location("")
        return (place, -int(self.severity), self.code, self.message, self.focus, self.value)


class DiasporaKGError(Exception):
    """An error that its reader can mend; the base of every exception of this package."""

    exit_status = EXIT_USAGE

    def __init__(
        self, code: str, message: str, hint: str = "", location: Location | None = None
    ) -> None:
        """Take a code of the catalogue, one sentence on what is wrong and one on what to do."""
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.location = location

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The error as a finding, so that one renderer serves both."""
        return (Finding(self.code, self.message, self.hint, Severity.VIOLATION, self.location),)


class FindingsError(DiasporaKGError):
    """A stage that cannot go on, with everything it found."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        """Take at least one finding; the first speaks for all."""
        first = findings[0]
        super().__init__(first.code, first.message, first.hint, first.location)
        self._findings = findings
        self.exit_status = status_of(findings)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything the stage found."""
        return self._findings


def status_of(findings: Iterable[Finding]) -> int:
    """Return the exit status for findings that are too grave: 2 where a file cannot be read."""
    unreadable = any(finding.code == _UNREADABLE for finding in findings)
    return EXIT_USAGE if unreadable else EXIT_FINDINGS


class MissingPartError(DiasporaKGError):
    """Something that is not installed, or an engine that cannot be reached."""

    exit_status = EXIT_MISSING_PART
