"""A name as the matcher sees it: words, their meanings, and what stands for them in short."""

import re
from dataclasses import dataclass
from functools import lru_cache

from diaspora_kg.linking.lexicon import Lexicon, lexicon
from diaspora_kg.linking.scripts import fold, latin, skeleton

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_PIECE = re.compile(
    rf"[a-z]+|\d+|[{_UNSPACED}]+"
    r"|[^\x00-\x7f\s\u00a0-\u00bf\u2000-\u206f\u2100-\u214f\u3000-\u303f\uff00-\uff0f।॥،؛]+"
)
_DOTTED = re.compile(r"\b(?:[a-z]\.\s?)+[a-z]\b\.?(?![a-z])|\b[a-z]\.[a-z]\.")
_OWNED = re.compile(r"(?<=[a-z])'s\b")
_ELIDED = re.compile(r"\b(?:[ldsnjcm]|qu|dell|nell|all|sull|un)'(?=[a-z])")
_ARABIC = re.compile("[\u0600-\u06ff]")
_PREFIXES = ("وال", "بال", "لل", "ال", "و", "ب", "ل")
_HAN = re.compile("[\u3400-\u9fff]+")
_LETTERS = re.compile("[A-Z]{2,}")
_KEY_LENGTH, _KEY_LETTERS = 5, 16
_FEWEST_FOR_INITIALS = 3
_LONGEST_SHORT_FORM = 3
LONGEST = 300
"""Characters of a name that are looked at; longer ones are texts, not names."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name, taken apart."""

    text: str
    plain: str
    """Its words in Latin letters with the generic ones and legal forms, in their order."""
    words: tuple[str, ...]
    """The words that count, in Latin letters."""
    tokens: tuple[str, ...]
    """For each word what it is looked up by: the word, or its meaning such as ``~university``."""
    han: tuple[str, ...] = ()
    """Runs of Chinese characters that no entry of the lexicon explains."""
    is_short: bool = False
    """Whether it is written like an acronym."""
    has_legal_form: bool = False
    is_foreign: bool = False
    """Whether it is written in another than the Latin script."""

    @property
    def core(self) -> str:
        """The words that count, as one text."""
        return " ".join(self.words)

    @property
    def initials(self) -> tuple[str, ...]:
        """What the name may be called in short: its first letters, also without the last word's.

        Of two words only where the letters are enough to say anything.
        """
        if len(self.words) < _FEWEST_FOR_INITIALS or self.is_foreign:
            return ()
        letters = "".join(word[0] for word in self.words)
        return (letters, letters[:-1])

    @property
    def sound_key(self) -> str:
        """The first consonants of the whole name, whatever its writing."""
        key = skeleton("".join(self.words)[:_KEY_LETTERS])[:_KEY_LENGTH]
        return key if len(key) > 2 else ""


@lru_cache(maxsize=4096)
def analyse(text: str) -> Name:
    """Take a name apart; the same text always gives the same parts."""
    folded = fold(text[:LONGEST])
    if "." in folded:
        folded = _DOTTED.sub(lambda m: m[0].replace(".", "").replace(" ", "") + " ", folded)
    if "'" in folded:
        folded = _ELIDED.sub(" ", _OWNED.sub("", folded))
    pieces = _PIECE.findall(folded)
    parts, han = _meanings(pieces, lexicon())
    found = [pair for pair in parts if pair[0]]
    kept = [
        (word, word if token == "!legal" else token)
        for at, (word, token) in enumerate(found)
        if token != "!stop" and not (token == "!legal" and _is_legal_form(found, at))
    ]
    kept = kept or [(word, word) for word, _ in found]
    return Name(
        text=text,
        plain=" ".join(word for word, _ in found),
        words=tuple(word for word, _ in kept),
        tokens=tuple(token for _, token in kept),
        han=tuple(han),
        is_short=len(kept) <= 3 and bool(_LETTERS.search(text)),
        has_legal_form=any(token == "!legal" for _, token in found),
        is_foreign=any(not piece.isascii() for piece in pieces),
    )


def _is_legal_form(found: list[tuple[str, str]], at: int) -> bool:
    """Tell whether a word stands where a legal form does; SR at the beginning is a name."""
    word = found[at][0]
    if len(word) > _LONGEST_SHORT_FORM:
        return at > 0 or not word.isascii() or len(found) > 1
    rest = found[at + 1 :]
    countries = lexicon().countries
    return at > 0 and all(token[0] == "!" or token in countries for _, token in rest)


def _meanings(pieces: list[str], book: Lexicon) -> tuple[list[tuple[str, str]], list[str]]:
    found: list[tuple[str, str]] = []
    han: list[str] = []
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        phrase = _phrase(pieces, at, book) if piece in book.phrase_heads else None
        if phrase is not None:
            length, meaning = phrase
            found.append((latin("".join(pieces[at : at + length])), meaning))
            at += length
            continue
        if piece.isascii():
            found.extend(_latin_word(piece))
        elif book.unspaced and _is_unspaced(piece):
            _unspaced(piece, book, found, han)
        else:
            found.append(_other_script(piece, book))
        at += 1
    return found, han


def _phrase(pieces: list[str], at: int, book: Lexicon) -> tuple[int, str] | None:
    for more in (3, 2, 1):
        rest = pieces[at + 1 : at + 1 + more]
        if len(rest) == more:
            meaning = book.phrases.get((pieces[at], " ".join(rest)))
            if meaning is not None:
                return more + 1, meaning
    return None


@lru_cache(maxsize=300_000)
def _latin_word(word: str) -> tuple[tuple[str, str], ...]:
    """Return a word with its token; a compound gives two."""
    book = lexicon()
    if word in book.stops:
        return ((word, "!stop"),)
    if word in book.legal:
        return ((word, "!legal"),)
    meaning = book.words.get(word)
    if meaning is not None:
        return ((word, meaning),)
    split = book.split(word)
    if split is not None:
        head, meaning = split
        first = _latin_word(head)
        if not first[0][1].startswith("!"):
            return (*first, (word[len(head) :], meaning))
    meaning = book.meaning(word)
    if meaning is not None:
        return ((word, meaning),)
    return ((word, _singular(word)),)


def _singular(word: str) -> str:
    if len(word) > 4 and word[-1] == "s" and word[-2] not in "sui":
        return word[:-1]
    return str(int(word)) if word.isdigit() and len(word) < 9 else word


def _is_unspaced(piece: str) -> bool:
    return re.match(f"[{_UNSPACED}]", piece) is not None


def _unspaced(piece: str, book: Lexicon, found: list[tuple[str, str]], han: list[str]) -> None:
    """Take a run of text without spaces apart by the words that are known in it."""
    end = 0
    for part in book.parts.finditer(piece):
        _unknown_part(piece[end : part.start()], found, han)
        found.append((latin(part[0]), book.unspaced[part[0]]))
        end = part.end()
    _unknown_part(piece[end:], found, han)


def _unknown_part(part: str, found: list[tuple[str, str]], han: list[str]) -> None:
    end = 0
    for run in _HAN.finditer(part):
        if part[end : run.start()]:
            found.extend(_latin_word(latin(part[end : run.start()])))
        han.append(run[0])
        found.append((latin(run[0]), "#" + run[0]))
        end = run.end()
    if part[end:]:
        found.extend(_latin_word(latin(part[end:])))


def _other_script(piece: str, book: Lexicon) -> tuple[str, str]:
    """Look up a word of Arabic, Hebrew, an Indian script …; else transliterate it."""
    stop = "!stop" if piece in book.stops else "!legal" if piece in book.legal else None
    meaning = stop or book.meaning(piece)
    bare = piece
    if meaning is None and _ARABIC.match(piece):
        for prefix in _PREFIXES:
            rest = piece.removeprefix(prefix)
            if rest != piece and len(rest) > 2:
                meaning = meaning or book.meaning(rest)
                bare = rest if len(prefix) > 1 and bare == piece else bare
    word = "".join(_PIECE.findall(latin(bare))) or bare
    return word, meaning or word
