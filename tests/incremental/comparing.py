"""Two graphs of one folder of cases: one is kept up to date, the other always made anew."""

import shutil
from pathlib import Path

from diaspora_kg.acceptance import Policy
from diaspora_kg.assembly import build
from diaspora_kg.errors import Finding, FindingsError

Outcome = tuple[bytes, bytes, tuple[Finding, ...]]


class Pair:
    """A folder of cases with its two graphs, below one folder."""

    def __init__(self, folder: Path, policy: Policy) -> None:
        """Make the folder of cases, empty."""
        self.cases, self.kept, self.anew = folder / "cases", folder / "kept", folder / "anew"
        self.cases.mkdir()
        self.policy = policy
        self.updates = 0

    def update(self) -> Outcome:
        """Build into the folder that is kept."""
        return self._build(self.kept, full=False)

    def make(self) -> Outcome:
        """Build into an empty folder."""
        shutil.rmtree(self.anew, ignore_errors=True)
        return self._build(self.anew, full=True)

    def _build(self, output: Path, *, full: bool) -> Outcome:
        try:
            result = build([self.cases], output, policy=self.policy, full=full)
        except FindingsError as error:
            return b"", b"", error.findings
        self.updates += result.is_update
        meta = (result.stored.folder / "build.json").read_bytes()
        return result.stored.quads_file.read_bytes(), meta, result.report.findings
