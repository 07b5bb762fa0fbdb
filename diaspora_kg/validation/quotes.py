"""Every quote looked up in the text of its source: exact, near, or absent.

White space, quotation marks, hyphens and the hyphenation of line ends are folded on both
sides, and each folded character remembers where it stood, so that a position in the text as it
is on disk can be given.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from diaspora_kg.errors import DiasporaKGError, Finding, Location, Severity
from diaspora_kg.namespaces import DCTERMS, DKG
from diaspora_kg.reading.decoding import read_text
from diaspora_kg.terms import Quad, Term, iri, iri_of, literal_parts

_IN_SOURCE, _QUOTE = iri(DKG + "inSource"), iri(DKG + "quote")
_LANGUAGE_OF_TEXT = iri(DCTERMS + "language")
_NEAR = 0.82
_HYPHENS = "-‐‑‒–—―−"
_SINGLE = "'‘’‚‛′ʻʼ`´"
_DOUBLE = '"“”„‟″«»'
_ELISION = re.compile(r"\s*(?:\[\s*(?:…|\.\.\.)\s*\]|\(\s*(?:…|\.\.\.)\s*\))\s*")


@dataclass(frozen=True)
class FoldedText:
    """A text with what two editions differ in taken away, and the way back to the original."""

    text: str
    positions: tuple[int, ...]


@dataclass(frozen=True)
class QuoteMatch:
    """Where a quote stands in the text of its source."""

    evidence: Term
    language: str
    status: str
    """``exact``, ``near`` or ``absent``."""
    start: int = -1
    end: int = -1
    nearest: str = ""
    similarity: float = 0.0


@dataclass(frozen=True)
class QuoteCheck:
    """All quotes of a graph that were looked up."""

    matches: tuple[QuoteMatch, ...]
    findings: tuple[Finding, ...]
    files: Mapping[str, str]
    """Key of a source to the name of the file that was taken for its text."""
    without_text: tuple[str, ...]
    """Keys of the sources that have quotes but no text in the folder."""

    def count(self, status: str) -> int:
        """Return how many quotes are exact, near or absent."""
        return sum(match.status == status for match in self.matches)


def fold(text: str) -> FoldedText:
    """Fold white space, quotation marks, hyphens and line-end hyphenation; case stays."""
    out: list[str] = []
    positions: list[int] = []
    length = len(text)
    i = 0
    while i < length:
        char = text[i]
        if char in _HYPHENS and out and out[-1].isalnum():
            joined = re.match(r"[ \t]*\r?\n\s*(?=\w)", text[i + 1 :])
            if joined:  # a word broken at the end of a line; the hyphen may or may not belong
                out.append("-")
                positions.append(i)
                i += 1 + joined.end()
                continue
        for folded in _fold_character(char, out):
            out.append(folded)
            positions.append(i)
        i += 1
    return FoldedText("".join(out), tuple(positions))


def _fold_character(char: str, out: list[str]) -> str:
    if char == "\u00ad" or unicodedata.category(char) == "Cf":
        return ""
    if char.isspace():
        return "" if not out or out[-1] == " " else " "
    if char in _HYPHENS:
        return "-"
    if char in _SINGLE:
        return "'"
    if char in _DOUBLE:
        return '"'
    return unicodedata.normalize("NFKC", char)


def check_quotes(
    quads: Iterable[Quad], places: Mapping[Term, Location], texts: Path
) -> QuoteCheck:
    """Return where every quote stands in the text of its source.

    The text of a source is the file named after its key (``gidron2010.txt``) or, where no file
    has that name, the file in which most of its quotes are found.

    Raises ``DiasporaKGError`` (DKG100) when ``texts`` is no folder with texts in it.
    """
    library = _read_library(texts)
    by_source = _quotes_by_source(quads)
    matches: list[QuoteMatch] = []
    findings: list[Finding] = []
    files: dict[str, str] = {}
    missing: list[str] = []
    for key in sorted(by_source):
        quotes = by_source[key]
        name = _file_for(key, quotes, library)
        if name is None:
            missing.append(key)
            continue
        files[key] = name
        for evidence, language, quote in quotes:
            match = find_quote(evidence, language, quote, library[name])
            matches.append(match)
            if match.status != "exact":
                findings.append(_finding(match, name, places.get(evidence)))
    return QuoteCheck(tuple(matches), tuple(findings), files, tuple(missing))


def find_quote(evidence: Term, language: str, quote: str, text: FoldedText) -> QuoteMatch:
    """Return where one quote stands in a folded text; ``[…]`` stands for words left out."""
    parts = [fold(part).text.strip() for part in _ELISION.split(quote)]
    spans = _spans([part for part in parts if part], text.text)
    if spans:
        start = text.positions[spans[0][0]]
        end = text.positions[spans[-1][1] - 1] + 1
        return QuoteMatch(evidence, language, "exact", start, end, similarity=1.0)
    return _nearest(evidence, language, fold(quote).text.strip(), text)


def _spans(parts: list[str], text: str) -> list[tuple[int, int]]:
    for fold_hyphens in (False, True):
        # a hyphen at the end of a line may be the word's own, or the printer's
        haystack, offsets = _without_hyphens(text) if fold_hyphens else (text, None)
        spans, position = [], 0
        for part in parts:
            needle = _without_hyphens(part)[0] if fold_hyphens else part
            found = haystack.find(needle, position)
            if found < 0:
                spans = []
                break
            position = found + len(needle)
            spans.append((found, position))
        if spans and offsets is not None:
            return [(offsets[start], offsets[end - 1] + 1) for start, end in spans]
        if spans:
            return spans
    return []


def _without_hyphens(text: str) -> tuple[str, list[int]]:
    kept = [(index, char) for index, char in enumerate(text) if char != "-"]
    return "".join(char for _, char in kept), [index for index, _ in kept]


def _nearest(evidence: Term, language: str, quote: str, text: FoldedText) -> QuoteMatch:
    best_start, best_end, best = -1, -1, 0.0
    for start in _anchors(quote, text.text):
        window = text.text[start : start + len(quote)]
        ratio = SequenceMatcher(None, quote, window, autojunk=False).ratio()
        if ratio > best:
            best_start, best_end, best = start, start + len(window), ratio
    nearest = text.text[best_start:best_end].strip() if best_start >= 0 else ""
    status = "near" if best >= _NEAR else "absent"
    if best_start < 0:
        return QuoteMatch(evidence, language, status)
    start, end = text.positions[best_start], text.positions[best_end - 1] + 1
    return QuoteMatch(evidence, language, status, start, end, nearest, best)


def _anchors(quote: str, text: str) -> set[int]:
    """Return the starts at which a window shares a run of letters with the quote."""
    lowered, starts = text.lower(), set()
    words = re.finditer(r"\w{5,}", quote.lower())
    for word in list(words)[:40]:
        found = lowered.find(word.group())
        tries = 0
        while found >= 0 and tries < 20:
            starts.add(max(0, min(found - word.start(), len(text) - 1)))
            found = lowered.find(word.group(), found + 1)
            tries += 1
    return starts


def _read_library(texts: Path) -> dict[str, FoldedText]:
    names = sorted(texts.rglob("*.txt")) if texts.is_dir() else []
    if not names:
        raise DiasporaKGError(
            "DKG100",
            f"there is no folder '{texts}' with texts in it",
            "Put the plain text of each source there, as KEY.txt.",
            Location(str(texts)),
        )
    return {path.name: fold(read_text(path, fallback="windows-1254").text) for path in names}


def _quotes_by_source(quads: Iterable[Quad]) -> dict[str, list[tuple[Term, str, str]]]:
    source_of: dict[Term, str] = {}
    quotes: list[tuple[Term, str, str]] = []
    for s, p, o, _ in quads:
        if p == _IN_SOURCE:
            source_of[s] = iri_of(o).rpartition("/")[2]
        elif p == _QUOTE:
            text, language, _ = literal_parts(o)
            quotes.append((s, language or "", text))
    found: dict[str, list[tuple[Term, str, str]]] = defaultdict(list)
    for quote in sorted(quotes):
        if quote[0] in source_of:
            found[source_of[quote[0]]].append(quote)
    return found


def _file_for(
    key: str, quotes: list[tuple[Term, str, str]], library: Mapping[str, FoldedText]
) -> str | None:
    for name in library:
        if Path(name).stem == key:
            return name
    hits = {
        name: sum(bool(_spans([fold(quote).text.strip()], text.text)) for _, _, quote in quotes)
        for name, text in library.items()
    }
    best = max(sorted(hits), key=lambda name: hits[name])
    return best if hits[best] * 2 > len(quotes) else None


def _finding(match: QuoteMatch, name: str, at: Location | None) -> Finding:
    if match.status == "near":
        return Finding(
            "DKG251",
            f"the quote is not in {name} word for word ({match.similarity:.0%} alike)",
            f"Nearest passage: {match.nearest}",
            Severity.WARNING,
            at,
            focus=iri_of(match.evidence),
        )
    return Finding(
        "DKG250",
        f"the quote is not in {name}",
        "Copy it from the text, or mend the source or the locator; '[…]' marks words left out.",
        Severity.VIOLATION,
        at,
        focus=iri_of(match.evidence),
    )
