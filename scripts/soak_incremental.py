"""Hold updates against whole builds over random edits, for as long as is wanted.

    python scripts/soak_incremental.py --seeds 100 --edits 20

Prints a line a seed; the first difference ends it with status 1 and leaves the folders for a look.
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "incremental"))
from comparing import Pair
from corpora import RandomCorpus

from diaspora_kg.acceptance import Policy

POLICIES = (Policy(), Policy(min_origins=2), Policy(min_tier="scholarly"))


def soak(seed: int, edits: int, folder: Path) -> bool:
    """Make some edits of one seed; tell whether updates gave what whole builds give."""
    pair = Pair(folder, POLICIES[seed % len(POLICIES)])
    corpus = RandomCorpus(pair.cases, seed)
    pair.update()
    for number in range(edits):
        edit = corpus.edit()
        updated, made = pair.update(), pair.make()
        if updated != made:
            sys.stdout.write(f"seed {seed}: edit {number} ({edit}) differs; see {folder}\n")
            return False
        if not made[0]:
            corpus.undo()
            pair.update()
    sys.stdout.write(f"seed {seed}: {edits} edits, {pair.updates} updates\n")
    return True


def main() -> int:
    """Run the seeds that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--first", type=int, default=1000, help="the first seed")
    parser.add_argument("--seeds", type=int, default=50)
    parser.add_argument("--edits", type=int, default=20)
    chosen = parser.parse_args()
    for seed in range(chosen.first, chosen.first + chosen.seeds):
        folder = Path(tempfile.mkdtemp(prefix="soak-"))
        if not soak(seed, chosen.edits, folder):
            return 1
        shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
