"""Broken cases: each folder of ``tests/broken`` holds an input and the findings it must give.

A folder is named for the code and for what is wrong. ``expected.txt`` holds all findings as a
person reads them: place, severity, code, message and hint. Adding a folder adds a test.
"""

from pathlib import Path

import pytest

from diaspora_kg.assembly import validate
from diaspora_kg.catalogue import catalogue
from diaspora_kg.errors import DiasporaKGError, Finding
from diaspora_kg.rendering.findings import as_text

BROKEN = sorted((Path(__file__).parent / "broken").iterdir())
NOT_IN_FILES = {"DKG200", "DKG204", "DKG250", "DKG251", "DKG298", "DKG299"}
"""Codes below DKG300 of the catalogue that need more than case files: shapes, or texts."""


def findings_in(folder: Path) -> tuple[Finding, ...]:
    """Return what is found in a folder of case files."""
    try:
        return validate([folder]).findings
    except DiasporaKGError as error:
        return error.findings


@pytest.mark.parametrize("folder", BROKEN, ids=lambda folder: folder.name)
def test_findings(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The findings are these, at these places, in this order, and no others."""
    if any(folder.glob("*.xlsx")):
        pytest.importorskip("openpyxl", reason="pip install 'diaspora-kg[xlsx]'")
    expected = (folder / "expected.txt").read_text("utf-8")
    monkeypatch.chdir(folder)

    found = findings_in(Path())

    assert "".join(as_text(finding) + "\n" for finding in found) == expected
    assert folder.name[:6] in {finding.code for finding in found}


def test_every_code_of_case_files_has_a_broken_case() -> None:
    """No code for reading cases lacks a folder here."""
    shown = {folder.name[:6] for folder in BROKEN}

    missing = {code for code in catalogue() if code < "DKG300"} - NOT_IN_FILES - shown

    assert sorted(missing) == []
