"""The index of a registry on disk: made once, read in a moment, made again when damaged.

A file holds one line that names it, one line of JSON with the place, length and checksum of each
part, and the parts: texts line by line, and numbers of 32 bits, the lowest byte first.
"""

from __future__ import annotations

import json
import sys
import tempfile
from array import array
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from zlib import crc32

from diaspora_kg.errors import DiasporaKGError, Location
from diaspora_kg.linking.building import build_index
from diaspora_kg.linking.index import Index
from diaspora_kg.linking.registries import Registry

FORMAT = 1
"""Goes up whenever files are laid out in another way."""
_MAKERS = (
    "lexicon.tsv", "places.tsv", "lexicon.py", "scripts.py", "names.py", "translations.py",
    "building.py", "entries.py", "ror.py", "geonames.py", "labelled.py", "registries.py",
)  # fmt: skip
"""What decides what is in an index."""
_TEXTS = (
    "iris", "labels", "countries", "types", "names", "plain",
    "vocabulary", "backwards", "skeletons", "sources",
)  # fmt: skip
_TITLE = b"diaspora-kg index of names\n"


def indexed(
    registry: Registry, folder: Path, tell: Callable[[str], None] = lambda _: None
) -> Index:
    """Return the index of a registry from a folder; make it where it is missing or damaged.

    ``tell`` hears why it takes a while. Raises what reading the registry raises, and
    ``DiasporaKGError`` (DKG503) when the folder cannot be written.
    """
    path = folder / f"{registry.digest[:32]}-{FORMAT}-{_makers_mark()}.index"
    if path.exists():
        found = read_index(path)
        if found is not None:
            return found
        tell(f"the index of {registry.path.name} is damaged and is made again")
    else:
        tell(f"indexing {registry.path.name}, once")
    index = build_index(registry.entries())
    write_index(index, path)
    return index


@cache
def _makers_mark() -> str:
    """Return a mark that changes with the lexicon and the program: other indexes are of no use."""
    folder = files("diaspora_kg") / "linking"
    made_by = (folder / name for name in _MAKERS)
    return f"{crc32(b''.join(file.read_bytes() for file in made_by if file.is_file())):08x}"


def write_index(index: Index, path: Path) -> None:
    """Write an index, whole or not at all. Raises ``DiasporaKGError`` (DKG503)."""
    parts = {name: _text(getattr(index, name)) for name in _TEXTS}
    parts |= {name: _bytes(numbers) for name, numbers in index.arrays.items()}
    places, at = {}, 0
    for name, data in parts.items():
        places[name] = [at, len(data), crc32(data)]
        at += len(data)
    head = json.dumps({"format": FORMAT, "things": len(index), "parts": places}).encode()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.writelines([_TITLE, head, b"\n", *parts.values()])
        Path(file.name).replace(path)
    except OSError as error:
        raise DiasporaKGError(
            "DKG503",
            f"the index cannot be written: {error.strerror}",
            "Check the folder and the room on the disk; XDG_CACHE_HOME names another folder.",
            Location(str(path.parent)),
        ) from error


def read_index(path: Path) -> Index | None:
    """Return an index from its file; None when it is damaged or of another format."""
    try:
        data = path.read_bytes()
        if not data.startswith(_TITLE):
            return None
        end = data.index(b"\n", len(_TITLE))
        head = json.loads(data[len(_TITLE) : end])
        parts = {name: _part(data, end + 1, place) for name, place in head["parts"].items()}
        if head["format"] != FORMAT:
            return None
        texts: dict[str, Any] = {name: _lines(parts.pop(name)) for name in _TEXTS}
        index = Index(**texts, arrays={name: _numbers(part) for name, part in parts.items()})
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return index if len(index) == head["things"] else None


def _part(data: bytes, start: int, place: list[int]) -> bytes:
    at, length, checksum = place
    part = data[start + at : start + at + length]
    if len(part) != length or crc32(part) != checksum:
        raise ValueError("a part is damaged")
    return part


def _text(lines: list[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def _lines(part: bytes) -> list[str]:
    return part.decode("utf-8").split("\n")[:-1]


def _bytes(numbers: array[int]) -> bytes:
    if sys.byteorder == "big":
        numbers = array("I", numbers)
        numbers.byteswap()
    return numbers.tobytes()


def _numbers(part: bytes) -> array[int]:
    numbers = array("I")
    numbers.frombytes(part)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
