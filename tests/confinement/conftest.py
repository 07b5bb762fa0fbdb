"""A small graph on disk."""

from pathlib import Path

import pytest

from diaspora_kg.confinement.pool import Confinement
from diaspora_kg.store import FORMAT, StoredBuild, read_build, write_build


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a ring of 3,000 things, every one joined to two others."""
    lines = sorted(
        f"<http://example.org/{n}> <http://example.org/next> "
        f"<http://example.org/{(n + step) % 3000}> <http://example.org/g> .\n"
        for n in range(3000)
        for step in (1, 2)
    )
    folder = tmp_path_factory.mktemp("ring") / "kg"
    write_build(folder, "".join(lines).encode(), {"format": FORMAT})
    return folder


@pytest.fixture(scope="module")
def build(directory: Path) -> StoredBuild:
    """Open the ring."""
    return read_build(directory)


@pytest.fixture
def confinement(build: StoredBuild) -> Confinement:
    """Return where questions to the ring run."""
    return Confinement(build)
