"""What the writers of one case share: where they write, whom they ask, what they found wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from diaspora_kg.errors import Finding, Location, Severity
from diaspora_kg.model import Case, Evidence, Written
from diaspora_kg.numbers import parse_number
from diaspora_kg.populating.quads import GraphWriter
from diaspora_kg.populating.sources import Dated, not_a_time
from diaspora_kg.resolution import Names
from diaspora_kg.terms import Term
from diaspora_kg.times import Time, parse_time


@dataclass
class Workspace:
    """The desk at which one case is written."""

    case: Case
    node: Term
    """The node of the case itself."""
    writer: GraphWriter
    names: Names
    sources: Mapping[str, Dated]
    findings: list[Finding] = field(default_factory=list)

    def wrong(
        self,
        code: str,
        message: str,
        hint: str,
        at: Location,
        severity: Severity = Severity.VIOLATION,
    ) -> None:
        """Note a mistake of this case."""
        self.findings.append(Finding(code, message, hint, severity, at))

    def time(self, word: Written | None) -> Time | None:
        """Return the time that a text means; note it when it is none."""
        if word is None:
            return None
        time = parse_time(word)
        if time is None:
            self.findings.append(not_a_time(word))
        return time

    def number(self, value: Written) -> Decimal | None:
        """Return the number that a text means; note it when it is none."""
        number = parse_number(value)
        if number is None:
            has_digits = any(char.isdigit() for char in value)
            self.wrong(
                "DKG118",
                f"'{value}' is no number that can be read without doubt",
                "Write 1500 or 1.5: a single point or comma before three digits means both."
                if has_digits
                else "Write it in digits, such as 0.9.",
                value.at,
            )
        return number

    def source(self, word: Written | None) -> Dated | None:
        """Return the source of a key, or None when there is none; nothing is noted."""
        return None if word is None else self.sources.get(word.removeprefix("source/"))

    def first_source(self, passages: list[Evidence]) -> Dated | None:
        """Return the source of the first passage that names one."""
        for passage in passages:
            if passage.source is not None:
                return self.source(passage.source)
        return None
