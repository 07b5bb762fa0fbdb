"""A graph as sorted lines of N-Quads, and the difference between two of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from mmap import mmap

from diaspora_kg.namespaces import DKGG
from diaspora_kg.terms import Quad

_CONTESTED = f" <{DKGG}contested> .\n".encode()
_SLICE = 1 << 20


class UnfitError(Exception):
    """A former build cannot be made into a new one by these changes."""


@dataclass(frozen=True)
class Changes:
    """What sets a new graph apart from a former one: quads taken away, and quads that are new."""

    removed: Iterable[Quad]
    added: Iterable[Quad]


def nquads(quads: Iterable[Quad]) -> bytes:
    """Return the quads as N-Quads, sorted, so that the same graph gives the same bytes."""
    # one text of all lines would take up to four bytes for each of its letters
    lines = [f"{s} {p} {o} {g} .\n".encode() for s, p, o, g in quads]
    lines.sort()  # the bytes of UTF-8 sort as the text does
    return b"".join(lines)


def read_nquads(data: bytes) -> list[Quad]:
    """Return the quads of lines as ``nquads`` writes them, every lexical form as it stands.

    This reads no other N-Quads: a general parser is slower, and would change terms.
    """
    quads: list[Quad] = []
    for line in data.decode("utf-8").split("\n"):  # not splitlines(): texts hold other line ends
        if line:
            subject, predicate, rest = line.removesuffix(" .").split(" ", 2)
            value, _, graph = rest.rpartition(" ")
            quads.append((subject, predicate, value, graph))
    return quads


def is_contested(line: bytes) -> bool:
    """Tell whether a line stands in the graph of contested content."""
    return line.endswith(_CONTESTED)


def without_contested(data: bytes) -> bytes:
    """Return N-Quads lines without those of the graph of contested content."""
    kept, written, whole = [], 0, memoryview(data)
    found = data.find(_CONTESTED)  # a line end stands at the end of lines only: texts escape it
    while found >= 0:
        kept.append(whole[written : data.rfind(b"\n", 0, found) + 1])
        written = found + len(_CONTESTED)
        found = data.find(_CONTESTED, written)
    return b"".join([*kept, whole[written:]]) if kept else data


def first_not_below(data: mmap | bytes, line: bytes, low: int = 0) -> int:
    """Return where the first line stands that does not sort before ``line``.

    ``data`` is sorted lines; ``low`` is a place at the beginning of a line to search from.
    """
    high = len(data)
    while low < high:
        start = data.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = _end_of_line(data, start)
        if data[start:end] < line:
            low = end
        else:
            high = start
    return low


def lines_with_prefix(data: mmap | bytes, prefix: bytes) -> Iterator[bytes]:
    """Yield the lines that begin with some bytes."""
    start = first_not_below(data, prefix)
    while start < len(data):
        end = _end_of_line(data, start)
        line = data[start:end]
        if not line.startswith(prefix):
            return
        yield line
        start = end


def _end_of_line(data: mmap | bytes, start: int) -> int:
    return data.find(b"\n", start) + 1 or len(data)  # a damaged file may end anywhere


def merged(data: mmap | bytes, removed: set[bytes], added: set[bytes]) -> Iterator[bytes]:
    """Yield sorted lines with some taken away and others put in their place, in large pieces.

    Raises ``UnfitError`` when a line to remove is not there, or one to add is there already.
    """
    written = place = 0
    for line in sorted(removed | added):
        place = first_not_below(data, line, place)
        yield from _pieces(data, written, place)
        written = place
        there = data[place : place + len(line)] == line
        if there != (line in removed):
            raise UnfitError
        if there:
            written = place = place + len(line)
        else:
            yield line
    yield from _pieces(data, written, len(data))


def _pieces(data: mmap | bytes, start: int, end: int) -> Iterator[bytes]:
    for place in range(start, end, _SLICE):
        yield data[place : min(place + _SLICE, end)]
