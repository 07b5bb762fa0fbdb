"""Texts with what two editions differ in taken away, and the way back to the original.

Folded are white space, quotation marks, kinds of hyphen and dash, ligatures and other forms of one
letter, invisible characters, and hyphens at line ends. Case and wording stay. Each folded
character remembers where it stood, so that a position in the text as it is on disk can be given.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

_HYPHENS = "-‐‑‒–—―−⁃﹣－"
_SINGLE = "'‘’‚‛′ʻʼ`´‹›"
_DOUBLE = '"“”„‟″«»＂'
_TATWEEL = "\u0640"  # stretches an Arabic word to fill its line
_HYPHEN_AT_LINE_END = re.compile(rf"(?<=\w)[{re.escape(_HYPHENS)}\u00ad][ \t]*\r?\n\s*(?=\w)")
_TOKEN = re.compile(r"[!#-&(-,./0-9:;<=>?@A-Z\[\\\]^_a-z{|}~]+|\s+|.", re.DOTALL)
_DASH = re.compile(" ?-+ ?")


@dataclass(frozen=True)
class Folded:
    """A folded text; ``positions`` says where each of its characters stood."""

    text: str
    positions: Sequence[int]
    source: str = ""
    """The text as it was, where it is still needed."""

    @cached_property
    def joined(self) -> "Folded":
        """The text without any hyphen and dash, and without the space around it.

        A hyphen at the end of a line may be the word's own or the printer's, so the two sides can
        only be compared without it.
        """
        out: list[str] = []
        positions: list[int] = []
        last = 0
        for dash in _DASH.finditer(self.text):
            out.append(self.text[last : dash.start()])
            positions.extend(self.positions[last : dash.start()])
            last = dash.end()
        out.append(self.text[last:])
        positions.extend(self.positions[last:])
        return Folded("".join(out), positions, self.source)

    @cached_property
    def lowered(self) -> str:
        """The text in lower case, letter by letter, for finding what is only near."""
        lower = self.text.lower()
        return lower if len(lower) == len(self.text) else self.text

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of the folded text stands in the original."""
        return self.positions[start], self.positions[end - 1] + 1

    def as_written(self, start: int, end: int) -> str:
        """Return a stretch as the original has it, on one line."""
        first, last = self.original(start, end)
        return " ".join(self.source[first:last].split())


def fold(text: str) -> Folded:
    """Return a text folded; see the module for what is folded."""
    out: list[str] = []
    positions: list[int] = []
    breaks = {match.start(): match.end() for match in _HYPHEN_AT_LINE_END.finditer(text)}
    at = 0
    while at < len(text):
        if at in breaks:
            out.append("-")
            positions.append(at)
            at = breaks[at]
            continue
        token = _TOKEN.match(text, at)
        assert token is not None  # any character is a token
        written = token.group()
        if len(written) > 1 and not written.isspace():
            out.append(written)
            positions.extend(range(at, token.end()))
        else:
            folded = _fold_character(written[0])
            if folded != " " or (out and out[-1][-1] != " "):
                out.extend([folded] if folded else [])
                positions.extend([at] * len(folded))
        at = token.end()
    return Folded("".join(out), positions, text)


@lru_cache(maxsize=4096)
def _fold_character(char: str) -> str:
    if char.isspace():
        return " "
    for kind, sign in ((_HYPHENS, "-"), (_SINGLE, "'"), (_DOUBLE, '"')):
        if char in kind:
            return sign
    if char == _TATWEEL or unicodedata.category(char) == "Cf":
        return ""
    # taken apart, because one program writes a letter and its mark as one and another as two
    return unicodedata.normalize("NFKD", char)
