"""Run the suite against the built wheel, from another folder, with no checkout in sight.

    python scripts/test_wheel.py [pytest arguments]

The sdist is built from the checkout and the wheel from the sdist, so that nothing gets in that
git does not know. Only the tests are copied beside it.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str]) -> int:
    """Build, install into a fresh environment, and run the tests there."""
    with tempfile.TemporaryDirectory(prefix="diaspora-kg-wheel-") as folder:
        home = Path(folder)
        run([sys.executable, "-m", "build", "--outdir", str(home / "dist"), str(ROOT)], home)
        wheel = next((home / "dist").glob("*.whl"))
        python = new_environment(home / "env")
        constraints = str(ROOT / "constraints.txt")
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        run([*pip, "-c", constraints, f"{wheel}[draw]", "pytest", "pytest-xdist", "build"], home)
        shutil.copytree(
            ROOT / "tests", home / "work" / "tests", ignore=shutil.ignore_patterns("__pycache__")
        )
        shutil.copy(ROOT / "pyproject.toml", home / "work" / "pyproject.toml")
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        command = [str(python), "-P", "-m", "pytest", *arguments]
        return subprocess.run(command, cwd=home / "work", env=environment, check=False).returncode


def run(command: list[str], folder: Path) -> None:
    """Run a command that must succeed."""
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)


def new_environment(folder: Path) -> Path:
    """Make a virtual environment and return its Python."""
    venv.create(folder, with_pip=True)
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
