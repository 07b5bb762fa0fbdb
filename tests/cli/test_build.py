"""``diaspora-kg build``: the line that sums a build up."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.incremental.test_beside_cases import CASE, stock

Run = Callable[..., Any]


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """Return a folder with one case."""
    folder = tmp_path / "cases"
    folder.mkdir()
    (folder / "diaspora.yaml").write_text(CASE, "utf-8")
    return folder


def test_data_sets_beside_the_cases_are_counted(dkg: Run, cases: Path) -> None:
    """The line names data sets and observations, also where the build is made out of another."""
    (cases / "stock.nq").write_bytes(stock("3493071"))
    kg = cases.parent / "kg"

    first = dkg("build", cases, "-o", kg, "--fail-on", "never")
    again = dkg("build", cases, "-o", kg, "--fail-on", "never")

    told = f"inferred. 1 data set, 1 observation. Written to {kg}."
    assert told in first.err
    assert told in again.err


def test_without_data_sets_none_is_named(dkg: Run, cases: Path) -> None:
    """Who has no data set reads nothing of them."""
    done = dkg("build", cases, "-o", cases.parent / "kg", "--fail-on", "never")

    assert "inferred. Written to" in done.err
