"""Mapping sets of ours, read by the library of SSSOM itself."""

from pathlib import Path

import pytest

parsers = pytest.importorskip("sssom.parsers", reason="pip install sssom (scripts/oracles.txt)")
validators = pytest.importorskip("sssom.validators")

PACKAGED = Path(__file__).parents[2] / "cases" / "links.sssom.tsv"


def test_the_packaged_links_are_valid() -> None:
    """The library reads every row and finds nothing wrong."""
    read = parsers.parse_sssom_table(str(PACKAGED))

    found = validators.validate(read, fail_on_error=False)

    rows = PACKAGED.read_text("utf-8").splitlines()
    assert len(read.df) == sum(not row.startswith("#") for row in rows) - 1
    assert [result for report in found.values() for result in report.results] == []
