"""Bytes to text."""

import codecs
from pathlib import Path

import pytest

from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.reading.decoding import decode, read_text

TEXT = "ad: Işık\nnot: ‏الجالية‎ “x”\n"


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"],
)
def test_unicode_in_all_its_forms(encoding: str) -> None:
    """Every form of Unicode is read as what it is, with a mark or without."""
    decoded = decode(TEXT.encode(encoding), "x.yaml")

    assert decoded.text == TEXT
    assert decoded.guessed is None


def test_big_endian_with_a_mark() -> None:
    """UTF-16 of the other order is told by its mark."""
    data = codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be")

    assert decode(data, "x.csv").text == TEXT


def test_turkish_letters_where_they_are_allowed() -> None:
    """With a fallback, bytes that are no Unicode are taken for it, and it is said so."""
    decoded = decode("Işığın şöyle".encode("windows-1254"), "x.csv", fallback="windows-1254")

    assert decoded.text == "Işığın şöyle"
    assert decoded.guessed == "windows-1254"


def test_utf_8_is_never_guessed_otherwise() -> None:
    """Text that is good UTF-8 is UTF-8, whatever the fallback."""
    assert decode("ışık".encode(), "x.csv", fallback="windows-1254").guessed is None


def test_the_place_of_a_letter_that_is_none() -> None:
    """The first byte that is no text is shown with its line and column."""
    with pytest.raises(DiasporaKGError) as error:
        decode("id: a\nad: şey ".encode() + b"\xfd", "x.yaml")

    assert error.value.code == "DKG100"
    assert str(error.value.location) == "x.yaml:2:9"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"PK\x03\x04rest", "a zip file, as workbooks (.xlsx) and documents (.docx) are"),
        (b"%PDF-1.7", "a PDF"),
        (b"\x89PNG\r\n", "a picture"),
        (b"\xd0\xcf\x11\xe0", "an old Office document (.xls, .doc)"),
    ],
)
def test_files_of_other_kinds(data: bytes, kind: str) -> None:
    """A workbook or a picture under the name of a table is called what it is."""
    with pytest.raises(DiasporaKGError) as error:
        decode(data, "x.csv", fallback="windows-1254")

    assert error.value.message == f"the file is {kind}, not text"


def test_zeros_are_no_text() -> None:
    """A binary file is not read as Turkish letters."""
    with pytest.raises(DiasporaKGError):
        decode(b"\xff\x01\x00\x02\x03", "x.csv", fallback="windows-1254")


@pytest.mark.parametrize("content", [b"", b" \n\t\n", codecs.BOM_UTF8])
def test_an_empty_file(tmp_path: Path, content: bytes) -> None:
    """A file of nothing is no case without claims; it is a mistake."""
    file = tmp_path / "x.yaml"
    file.write_bytes(content)

    with pytest.raises(DiasporaKGError) as error:
        read_text(file)

    assert (error.value.code, error.value.message) == ("DKG100", "the file is empty")


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    """A folder under the name of a file is a clear mistake."""
    with pytest.raises(DiasporaKGError) as error:
        read_text(tmp_path)

    assert error.value.code == "DKG100"
