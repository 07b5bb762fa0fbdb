"""How a worker and the process that started it talk: pieces of bytes of a known kind and length."""

import struct
from enum import Enum
from typing import IO

_HEAD = struct.Struct(">cQ")


class Kind(Enum):
    """What a frame holds."""

    QUESTION = b"Q"
    """To the worker: what to do, as JSON."""
    READY = b"R"
    """The graph is open and the work begins."""
    HEAD = b"H"
    """Columns and kind of an answer, as JSON."""
    ROWS = b"B"
    """Some rows, as JSON: lists of terms, null where nothing is bound."""
    END = b"E"
    """The answer is over; JSON, true when rows were left out."""
    OBJECT = b"O"
    """A Python object, pickled."""
    ERROR = b"X"
    """Code, message and hint of an error, as JSON."""


class BrokenOffError(Exception):
    """The other side ended in the midst of its work."""


def write_frame(stream: IO[bytes], kind: Kind, payload: bytes = b"") -> None:
    """Write one frame and send it off. Raises ``OSError`` when nobody reads any more."""
    stream.write(_HEAD.pack(kind.value, len(payload)))
    stream.write(payload)
    stream.flush()


def read_frame(stream: IO[bytes]) -> tuple[Kind, bytes]:
    """Return the next frame. Raises ``BrokenOffError`` when the stream ends before it does."""
    kind, length = _HEAD.unpack(_exactly(stream, _HEAD.size))
    return Kind(kind), _exactly(stream, length)


def _exactly(stream: IO[bytes], length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise BrokenOffError
    return data
