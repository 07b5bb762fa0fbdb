"""Real builds, killed at random moments; ``make soak`` does the same two hundred times."""

import subprocess
import sys
from pathlib import Path

import pytest

KILLING = Path(__file__).parent / "killing.py"


class TestKills:
    """Whatever a killed build leaves, the graph is whole and the next build succeeds."""

    @pytest.mark.long
    def test_twenty_builds_killed_at_random(self) -> None:
        """The former graph or the new one is current, readable and undamaged after each kill."""
        run = subprocess.run(
            [sys.executable, str(KILLING), "--kills", "20"],
            capture_output=True,
            text=True,
        )

        assert "20 kills" in run.stdout, run.stderr
        assert "left rubbish" in run.stdout, run.stdout
        assert "NOT " not in run.stdout
        assert run.returncode == 0, run.stdout + run.stderr
