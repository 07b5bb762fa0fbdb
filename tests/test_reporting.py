"""What a check found, summed up."""

from diaspora_kg.errors import Finding, Location, Severity
from diaspora_kg.reporting import Report

HINT = "Write 'locator: p. 12'."


class TestSummary:
    """The last lines of a check."""

    def test_errors_and_warnings_are_counted(self) -> None:
        """Remarks are not counted."""
        severities = (Severity.VIOLATION, Severity.WARNING, Severity.WARNING, Severity.INFO)
        findings = tuple(Finding("DKG202", "x", "", severity) for severity in severities)

        assert Report(findings).summary() == ["1 error, 2 warnings."]

    def test_keys_are_explained_for_tables(self) -> None:
        """Hints that name keys say once what that means in a table."""
        at = Location("t.csv", 3, 6, "F3")

        lines = Report((Finding("DKG202", "x", HINT, Severity.VIOLATION, at),)).summary()

        assert lines == [
            "1 error, 0 warnings.",
            "In a table, a hint 'key: …' means the column of that name, 'quote: {en: …}' the "
            "column quote.en; 'coding' and 'type' of the case are rows of its key-value table "
            "(coding.on).",
        ]

    def test_keys_need_no_word_in_yaml(self) -> None:
        """Where the finding stands in a case of YAML, the hint is what to write."""
        at = Location("t.yaml", 3, 6)

        lines = Report((Finding("DKG202", "x", HINT, Severity.VIOLATION, at),)).summary()

        assert lines == ["1 error, 0 warnings."]
