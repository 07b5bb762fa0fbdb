"""What is shipped is what git knows, and it works away from the checkout."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DATA = ("ontology", "shapes", "queries", "cases")

pytestmark = [
    pytest.mark.skipif(
        not (ROOT / "diaspora_kg" / "__init__.py").is_file() or not (ROOT / ".git").exists(),
        reason="there is no checkout to build a wheel from",
    ),
    pytest.mark.xdist_group("wheel"),
]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sdist, and the wheel from the sdist."""
    target = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--outdir", str(target), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return next(target.glob("*.whl"))


def test_the_wheel_holds_exactly_the_data_that_git_knows(wheel: Path) -> None:
    """No file of ontology, shapes, queries or cases is missing, and none is there by accident."""
    listed = subprocess.run(
        ["git", "ls-files", *DATA], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split()

    with zipfile.ZipFile(wheel) as archive:
        shipped = {
            name.removeprefix("diaspora_kg/_data/")
            for name in archive.namelist()
            if name.startswith("diaspora_kg/_data/")
        }

    assert shipped == set(listed)


def test_the_installed_program_answers_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    """Installed from the wheel, the program builds the packaged cases and answers."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    site, away = str(tmp_path / "site"), tmp_path / "away"
    away.mkdir()
    code = (
        "import sys; sys.path.insert(0, sys.argv.pop(1)); from diaspora_kg.cli import main; main()"
    )
    environment = {"PATH": "", "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}

    answer = subprocess.run(
        [sys.executable, "-P", "-c", code, site, "query", "conflicts", "-f", "csv"],
        cwd=away,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert answer.returncode == 0, answer.stderr
    assert "Peace Corps" in answer.stdout
