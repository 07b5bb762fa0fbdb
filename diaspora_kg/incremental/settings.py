"""What a build depends on beside its files: the program, its ontology and shapes, the settings."""

import json
import platform
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from hashlib import file_digest, sha256
from importlib.resources.abc import Traversable
from pathlib import Path

import diaspora_kg
from diaspora_kg.acceptance import Policy
from diaspora_kg.linking.packaged import FILE
from diaspora_kg.resources import folder
from diaspora_kg.store.layout import ENGINE, FORMAT

_DATA = ("ontology", "shapes")


def fingerprint(policy: Policy, build_date: date | None, outside: Iterable[Path] = ()) -> str:
    """Return what has to be equal for one build to be made out of another, as a short text.

    ``outside`` are files that only a whole build reads: links and imported data sets.
    Raises ``OSError`` when one of them cannot be read.
    """
    settings = [
        _program(),
        policy.as_dict(),
        build_date.isoformat() if build_date else None,
        FORMAT,
        ENGINE,
        platform.python_version(),
        [_digest(path) for path in sorted(outside, key=str)],
    ]
    return sha256(json.dumps(settings).encode("utf-8")).hexdigest()


@cache
def _program() -> str:
    """Return a hash over the program and the data that come with it."""
    digest = sha256(diaspora_kg.__version__.encode("utf-8"))
    package = Path(diaspora_kg.__file__).parent
    for file in sorted(package.rglob("*.py")):
        digest.update(f"{file.relative_to(package)}\n".encode())
        digest.update(file.read_bytes())
    for name in _DATA:
        for data in _files(folder(name)):
            digest.update(f"{data.name}\n".encode())
            digest.update(data.read_bytes())
    links = folder("cases") / FILE
    digest.update(links.read_bytes() if links.is_file() else b"")
    return digest.hexdigest()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _files(place: Traversable) -> Iterator[Traversable]:
    for entry in sorted(place.iterdir(), key=lambda each: each.name):
        if entry.is_dir():
            yield from _files(entry)
        else:
            yield entry
