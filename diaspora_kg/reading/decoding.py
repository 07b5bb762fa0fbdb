"""Bytes to text, whatever program saved the file."""

import codecs
from dataclasses import dataclass
from pathlib import Path

from diaspora_kg.errors import DiasporaKGError, Location

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_KINDS = (
    (b"PK\x03\x04", "a zip file, as workbooks (.xlsx) and documents (.docx) are"),
    (b"\xd0\xcf\x11\xe0", "an old Office document (.xls, .doc)"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)


@dataclass(frozen=True)
class Decoded:
    """The text of a file, and the encoding that was guessed when none was declared."""

    text: str
    guessed: str | None = None


def read_text(path: Path, fallback: str | None = None) -> Decoded:
    """Return the text of a file: UTF-8, or UTF-16 or UTF-32 with or without a mark.

    ``fallback`` is a one-byte encoding to take when the bytes are none of these, such as
    ``windows-1254`` for a table that a Turkish Excel saved.

    Raises ``DiasporaKGError`` (DKG100) when the file cannot be read, or is empty.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "cannot be opened"
        raise DiasporaKGError(
            "DKG100",
            f"the file cannot be read: {reason}",
            "Check the name and that you may read it.",
            Location(str(path)),
        ) from error
    decoded = decode(data, str(path), fallback)
    if not decoded.text.strip():
        raise DiasporaKGError(
            "DKG100",
            "the file is empty",
            "'diaspora-kg new case NAME' writes a file to start from.",
            Location(str(path)),
        )
    return decoded


def decode(data: bytes, name: str, fallback: str | None = None) -> Decoded:
    """Return the text of some bytes; see ``read_text``.

    Raises ``DiasporaKGError`` (DKG100) when no encoding fits.
    """
    for start, kind in _KINDS:
        if data.startswith(start):
            raise DiasporaKGError(
                "DKG100",
                f"the file is {kind}, not text",
                "Save it from its program as text: a workbook as 'CSV UTF-8'.",
                Location(name),
            )
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(_strictly(data, encoding, name))
    wide = _wide_without_mark(data)
    if wide:
        return Decoded(_strictly(data, wide, name))
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        if fallback is None or b"\0" in data:
            raise _undecodable(name, data, error) from error
    return Decoded(_strictly(data, fallback, name), guessed=fallback)


def _wide_without_mark(data: bytes) -> str | None:
    """Tell UTF-16 by its zeros: Latin letters, spaces and line ends have one each, on one side.

    No text in UTF-8 or in one byte a letter has a zero.
    """
    head = data[:4000]
    if len(data) < 4 or len(data) % 2:
        return None
    second, first = head[1::2].count(0), head[::2].count(0)
    if second > 4 * first:
        return "utf-16-le"
    if first > 4 * second:
        return "utf-16-be"
    return None


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(name, data, error) from error


def _undecodable(name: str, data: bytes, error: UnicodeDecodeError) -> DiasporaKGError:
    before = data[: error.start]
    line = before.count(b"\n") + 1
    column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
    return DiasporaKGError(
        "DKG100",
        "the file is not text in UTF-8 or UTF-16",
        "Save it as UTF-8 (in Excel: 'CSV UTF-8'; in an editor: 'Encoding: UTF-8').",
        Location(name, line, column),
    )
