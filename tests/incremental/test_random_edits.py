"""A build made out of a former one is, after any edit, the build that is made anew."""

import shutil
import sys
from pathlib import Path

import pytest

from diaspora_kg.acceptance import Policy
from diaspora_kg.assembly import build
from diaspora_kg.errors import Finding, FindingsError

sys.path.insert(0, str(Path(__file__).parent))
from corpora import RandomCorpus

Outcome = tuple[bytes, bytes, tuple[Finding, ...]]


class Pair:
    """A folder of cases with two graphs: one that is kept up to date, one always made anew."""

    def __init__(self, folder: Path, policy: Policy) -> None:
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


@pytest.mark.parametrize(
    ("seed", "policy"),
    [
        (1, Policy()),
        (2, Policy(min_origins=2)),
        (3, Policy(min_tier="scholarly")),
        (4, Policy()),
    ],
)
def test_update_equals_build(tmp_path: Path, seed: int, policy: Policy) -> None:
    """After every one of ten random edits, an update gives the bytes and findings of a build."""
    pair = Pair(tmp_path, policy)
    corpus = RandomCorpus(pair.cases, seed)
    pair.update()
    for _ in range(10):
        edit = corpus.edit()

        updated, made = pair.update(), pair.make()

        assert updated == made, f"after {edit}"
        if not made[0]:
            corpus.undo()
            pair.update()
    assert pair.updates >= 8
