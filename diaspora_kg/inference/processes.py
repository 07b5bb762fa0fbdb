"""Programs that are given so much time and no more, and that leave nothing running behind."""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Ended:
    """How a program ended, and what it said."""

    status: int
    """Its exit status; below 0 the number of the signal that killed it."""
    said: str = ""
    errors: str = ""
    is_too_slow: bool = False
    """Whether it was ended because its time was up."""

    @property
    def in_words(self) -> str:
        """How it ended, for a message."""
        if self.status < 0:
            return f"the reasoner was killed (signal {-self.status})"
        return f"the reasoner ended without an answer (status {self.status})"


def run_for(
    command: Sequence[str], seconds: float, environment: Mapping[str, str] | None = None
) -> Ended:
    """Run a program with all that it starts, and end all of it when its time is up."""
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        env=environment,
        start_new_session=True,
    ) as process:
        try:
            said, errors = process.communicate(timeout=max(seconds, 0.001))
        except subprocess.TimeoutExpired:
            _end_with_children(process)
            said, errors = process.communicate()
            return Ended(process.returncode, said, errors, is_too_slow=True)
        except BaseException:
            _end_with_children(process)
            raise
    return Ended(process.returncode, said, errors)


def _end_with_children(process: subprocess.Popen[str]) -> None:
    if os.name == "posix":
        os.killpg(process.pid, signal.SIGKILL)
    else:  # Windows has no process groups of this kind
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], check=False)
