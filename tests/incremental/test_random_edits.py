"""A build made out of a former one is, after any edit, the build that is made anew."""

import json
import shutil
import sys
from pathlib import Path

import pytest
import yaml

from diaspora_kg.acceptance import Policy
from diaspora_kg.assembly import packaged_cases

sys.path.insert(0, str(Path(__file__).parent))
from comparing import Pair
from corpora import RandomCorpus


@pytest.mark.parametrize(
    ("seed", "policy"),
    [
        (1, Policy()),
        (2, Policy(min_origins=2)),
        (3, Policy(min_tier="scholarly")),
    ],
)
def test_update_equals_build(tmp_path: Path, seed: int, policy: Policy) -> None:
    """After every one of eight random edits, an update gives the bytes and findings of a build."""
    pair = Pair(tmp_path, policy)
    corpus = RandomCorpus(pair.cases, seed)
    pair.update()
    for _ in range(8):
        edit = corpus.edit()

        updated, made = pair.update(), pair.make()

        assert updated == made, f"after {edit}"
        if not made[0]:
            corpus.undo()
            pair.update()
    assert pair.updates >= 6


def test_update_equals_build_for_packaged_cases(tmp_path: Path) -> None:
    """Edits to the packaged cases give, as updates, the bytes and findings of whole builds."""
    pair = Pair(tmp_path, Policy())
    shutil.copytree(packaged_cases()[0], pair.cases, dirs_exist_ok=True)
    pair.update()
    peace_corps, moia = pair.cases / "peace-corps.yaml", pair.cases / "moia.yaml"
    case = yaml.load(peace_corps.read_text("utf-8"), yaml.BaseLoader)
    case["claims"] = [claim for claim in case["claims"] if claim.get("id") != "ordered-by-kennedy"]
    case["label"] = {"en": "The Peace Corps"}
    case["type"] = "StateBody"

    peace_corps.write_text(json.dumps(case, indent=1), "utf-8")
    edited = pair.update(), pair.make()
    moia.write_text(moia.read_text("utf-8").replace("contrary-to:", "restates:"), "utf-8")
    restated = pair.update(), pair.make()

    assert edited[0] == edited[1]
    assert restated[0] == restated[1]
    assert pair.updates == (2 if restated[0][0] else 1)
