"""What the tests of the store share: faults, and a folder where syncing costs nothing."""

import importlib.util
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).parent


def load(name: str) -> ModuleType:
    """Return a module that lies beside the tests."""
    spec = importlib.util.spec_from_file_location(f"store_{name}", HERE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def faults() -> ModuleType:
    """Return the module that counts file operations and makes them fail."""
    return load("faults")


@pytest.fixture
def quick(tmp_path: Path) -> Iterator[Path]:
    """Return an empty folder, in memory where the system has such: hundreds of builds go there."""
    memory = Path("/dev/shm")
    if not memory.is_dir():
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory, prefix="diaspora-kg-test-") as folder:
        yield Path(folder)
