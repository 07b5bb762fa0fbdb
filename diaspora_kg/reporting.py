"""What a check or a build found, summed up."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from diaspora_kg.errors import Finding, Severity

if TYPE_CHECKING:
    from diaspora_kg.validation.quotes import QuoteCheck

_KEY = re.compile(r"'[a-z-]+: ")
_KEYS_IN_TABLES = (
    "In a table, a hint 'key: …' means the column of that name, 'quote: {en: …}' the column "
    "quote.en; 'coding' and 'type' of the case are rows of its key-value table (coding.on)."
)


@dataclass(frozen=True)
class Report:
    """What a check found, in the order in which a person reads it."""

    findings: tuple[Finding, ...]
    checked: Mapping[str, int] = field(default_factory=dict)
    quotes: "QuoteCheck | None" = None

    @property
    def conforms(self) -> bool:
        """Whether there is no violation; warnings do not count."""
        return self.worst < Severity.VIOLATION

    @property
    def worst(self) -> int:
        """The highest severity among the findings, 0 when there is none."""
        return max((int(finding.severity) for finding in self.findings), default=0)

    def summary(self) -> list[str]:
        """Return what was checked, in a line or three."""
        lines = []
        if self.checked:
            lines.append(
                f"{counted(self.checked['cases'], 'case')}, "
                f"{counted(self.checked['claims'], 'claim')}, "
                f"{counted(self.checked['sources'], 'source')} read."
            )
        if self.quotes is not None:
            lines.append(
                f"{counted(len(self.quotes.matches), 'quote')} looked up: "
                f"{self.quotes.count('exact')} exact, {self.quotes.count('near')} near, "
                f"{self.quotes.count('absent')} absent."
            )
            missing = self.quotes.without_text
            if missing:
                shown = ", ".join(missing[:5]) + (" …" if len(missing) > 5 else "")
                lines.append(f"No text at hand for {counted(len(missing), 'source')}: {shown}")
        errors = sum(f.severity is Severity.VIOLATION for f in self.findings)
        warnings = sum(f.severity is Severity.WARNING for f in self.findings)
        lines.append(f"{counted(errors, 'error')}, {counted(warnings, 'warning')}.")
        if any(_speaks_of_keys(finding) for finding in self.findings):
            lines.append(_KEYS_IN_TABLES)
        return lines

    def at_or_above(self, severity: Severity | None) -> bool:
        """Tell whether a finding reaches a severity; None means that none ever does."""
        return severity is not None and self.worst >= severity


def _speaks_of_keys(finding: Finding) -> bool:
    """Tell whether a hint for a cell of a table is in the words of a YAML file."""
    at = finding.location
    is_shown = finding.severity > Severity.INFO and at is not None and bool(at.cell)
    return is_shown and _KEY.search(finding.hint) is not None


def counted(number: int, word: str) -> str:
    """Return ``1 case``, ``2 cases``."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"
