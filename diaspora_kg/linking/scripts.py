"""Writing systems: one Latin form for any script, and what of it survives transliteration."""

import re
import unicodedata
from functools import lru_cache

from diaspora_kg.linking.parts import missing

try:
    from anyascii import anyascii
except ImportError as error:
    raise missing("anyascii") from error

_INVISIBLE = dict.fromkeys(
    [0xAD, 0x640, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x64B, 0x653)]
)
_SPELLINGS = str.maketrans(
    {
        "İ": "i", "ı": "i", "ʻ": "", "ʼ": "", "ʹ": "", "`": "'", "´": "'", "’": "'", "‘": "'",
        "أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ة": "ه", "ۀ": "ه",
        "ە": "ه", "ہ": "ه", "ھ": "ه", "&": " and ", "+": " and ",
    }
)  # fmt: skip
"""Letters that writers of one language use for one another, and signs read as words."""
_TO_LATIN_BY_LETTER = re.compile("[\u00a0-\u052f\u1e00-\u1fff\u2c60-\u2c7f\ua720-\ua7ff]+")
"""Latin, Greek and Cyrillic: alphabets with vowels, where a letter is a letter."""
_KANA = re.compile("[\u3040-\u30ff]")
_SMALL_Y = re.compile("(?<=[bcdfghjkmnprstz])h?[iy](?=y[auo])")
_LONG = re.compile("(?<=o)u|(?<=u)u|(?<=o)o")
_SOUND = re.compile("tsch|sch|ts|dz|zh|sh|sy|th|ph|ch|c(?=[eiy])|g(?=[eiy])")
_SOUNDS = {"th": "t", "ph": "f", "ch": "k", "g": "s"}
"""What the other runs of letters that ``_SOUND`` finds sound like is s."""
_COARSE = str.maketrans("zjvlgmckqx", "ssbrknkkkk", "aeiouyhw")
_FIRST = str.maketrans("zjvlgmckqxeiouyhw", "ssbrknkkkkaaaaaaa")
_DOUBLED = re.compile(r"(.)\1+")


def fold(text: str) -> str:
    """Return a text without case, accents and invisible signs, alphabets in Latin letters.

    Scripts without separate vowels or without an alphabet (Arabic, the scripts of India, Han,
    kana, hangul …) stay as they are: their words are looked up before they are transliterated.
    """
    if text.isascii():
        return text.lower().replace("&", " and ").replace("+", " and ").replace("`", "'")
    plain = unicodedata.normalize("NFKC", text).translate(_INVISIBLE).translate(_SPELLINGS)
    folded = _TO_LATIN_BY_LETTER.sub(lambda match: latin(match[0]), plain)
    return folded.lower()


@lru_cache(maxsize=200_000)
def latin(text: str) -> str:
    """Return the Latin form of a text of any script, in lower case and without accents."""
    decomposed = unicodedata.normalize("NFKD", text) if text < "\u0250" else text
    written = anyascii(
        "".join(c for c in decomposed if unicodedata.category(c) != "Mn" or c > "\u0590")
    )
    written = written.lower().replace("`", "").replace("'", "")
    if not _KANA.search(text):
        return written
    return _LONG.sub("", _SMALL_Y.sub("", written)).replace("-", "")


@lru_cache(maxsize=200_000)
def skeleton(word: str) -> str:
    """Return the consonants of a word in Latin letters, those that languages mix up as one.

    Two transliterations of a name (Fukuoka and fwkwʾwka, Opcell and opuseru) have the same
    skeleton or nearly so.
    """
    sounds = _SOUND.sub(lambda match: _SOUNDS.get(match[0], "s"), word)
    return _DOUBLED.sub(r"\1", sounds[:1].translate(_FIRST) + sounds[1:].translate(_COARSE))
