"""Running the program inside the test, with what it said and its exit status."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from diaspora_kg.cli import main


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    status: int
    out: str
    err: str


@pytest.fixture
def dkg(capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[..., Done]:
    """Return what runs ``diaspora-kg`` with some arguments."""

    def run(*arguments: object) -> Done:
        capfdbinary.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        out, err = capfdbinary.readouterr()
        status = ended.value.code
        assert isinstance(status, int)
        return Done(status, out.decode("utf-8"), err.decode("utf-8"))

    return run
