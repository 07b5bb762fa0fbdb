"""What the documentation shows is what the program does."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

pytestmark = [
    pytest.mark.skipif(
        not (ROOT / "scripts" / "run_docs.py").is_file(), reason="there is no checkout with docs"
    ),
    pytest.mark.long,
]


@pytest.mark.parametrize(
    ("script", "arguments"),
    [("run_docs.py", ["--check"]), ("make_reference.py", ["--check"])],
    ids=["sessions", "reference"],
)
def test_pages_are_current(script: str, arguments: list[str]) -> None:
    """The sessions of README and tutorial, and the reference, say what the program says now."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / script), *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
