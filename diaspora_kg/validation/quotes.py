"""Every quote looked up in the text of its source: exact, near, or absent."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice
from pathlib import Path

from diaspora_kg.errors import DiasporaKGError, Finding, Location, Severity
from diaspora_kg.namespaces import DKG, XSD
from diaspora_kg.reading.decoding import decode
from diaspora_kg.terms import Quad, Term, iri, iri_of, literal_parts, typed_literal
from diaspora_kg.validation.folding import Folded, fold

_IN_SOURCE, _QUOTE = iri(DKG + "inSource"), iri(DKG + "quote")
_START, _END = iri(DKG + "quoteStart"), iri(DKG + "quoteEnd")
_SUFFIXES = (".txt", ".md")
_NEAR = 0.82
_WORTH_SHOWING = 0.5
_ENOUGH = 60
"""So many characters of quotes must be found in a file before it is taken for the source."""
_LEFT_OUT = re.compile(r"\s*[\[(]\s*(?:…|\.\s?\.\s?\.)\s*[\])]\s*")
_LEFT_OUT_BARE = re.compile(r"\s*(?:[\[(]\s*(?:…|\.\s?\.\s?\.)\s*[\])]|…|\.\s?\.\s?\.)\s*")
_SIC = re.compile(r"\s*[\[(]sic!?[\])]")
_GRAM, _STRIDE, _BUCKET, _TRIED = 5, 2, 24, 4
_SHARED = 0.12
"""What part of its short stretches a passage shares with a quote, if it is any like it."""

Quote = tuple[Term, str, str]
"""Evidence, language, words."""


@dataclass(frozen=True)
class QuoteMatch:
    """Where a quote stands in the text of its source."""

    evidence: Term
    language: str
    status: str
    """``exact``, ``near`` or ``absent``."""
    start: int = -1
    """The first character in the text, counted from 0 in Unicode characters; -1 for none."""
    end: int = -1
    """The character after the last one."""
    nearest: str = ""
    """The passage that is most like the quote, where it is not exact."""
    similarity: float = 0.0
    source: str = ""
    file: str = ""

    @property
    def is_found(self) -> bool:
        """Whether there is a place to point at: the quote is exact or near."""
        return self.status != "absent"


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


def check_quotes(
    quads: Iterable[Quad],
    places: Mapping[Term, Location],
    texts: Path,
    named: Mapping[str, str] | None = None,
) -> QuoteCheck:
    """Return where every quote stands in the text of its source.

    The text of a source is the file that ``named`` has for its key, else the file called after the
    key (``gidron2010.txt``), else the file in which its quotes are found.

    Raises ``DiasporaKGError`` (DKG100) when ``texts`` is no folder with texts in it.
    """
    library = _Library(texts)
    matches: list[QuoteMatch] = []
    findings: list[Finding] = []
    missing: list[str] = []
    by_source = _quotes_by_source(quads)
    files = library.assign(by_source, named or {})
    for key, quotes in sorted(by_source.items()):
        name = files.get(key)
        if name is None:
            missing.append(key)
            continue
        for evidence, language, words in quotes:
            found = find_quote(evidence, language, words, library[name])
            match = QuoteMatch(**{**found.__dict__, "source": key, "file": name})
            matches.append(match)
            if match.status != "exact":
                findings.append(_finding(match, places.get(evidence)))
    return QuoteCheck(tuple(matches), tuple(findings), files, tuple(missing))


def positions(check: QuoteCheck, quads: Iterable[Quad]) -> list[Quad]:
    """Return the positions of the quotes as quads, in the graph that the evidence stands in.

    Evidence with quotes in several languages has several positions, and gets none.
    """
    found = [match for match in check.matches if match.status == "exact"]
    count = Counter(match.evidence for match in check.matches)
    graph_of = {s: g for s, p, _, g in quads if p == _IN_SOURCE}
    return sorted(
        (match.evidence, name, typed_literal(str(value), XSD + "integer"), graph_of[match.evidence])
        for match in found
        if count[match.evidence] == 1 and match.evidence in graph_of
        for name, value in ((_START, match.start), (_END, match.end))
    )


def find_quote(evidence: Term, language: str, quote: str, text: Folded) -> QuoteMatch:
    """Return where one quote stands in a folded text.

    ``[…]`` stands for words left out, and so does a bare ``…`` that the text does not have;
    ``[sic]`` is the coder's.
    """
    plain = _SIC.sub("", quote)
    for separator in (_LEFT_OUT, _LEFT_OUT_BARE):
        parts = [fold(part) for part in separator.split(plain)]
        span = _span([part for part in parts if part.text.strip()], text)
        if span is not None:
            return QuoteMatch(evidence, language, "exact", *span, similarity=1.0)
    return _nearest(evidence, language, fold(plain).text.strip(), text)


def _span(parts: list[Folded], text: Folded) -> tuple[int, int] | None:
    strict = _closest([part.text.strip() for part in parts], text.text)
    if strict is not None:
        return text.original(*strict)
    joined = _closest([part.joined.text.strip() for part in parts], text.joined.text)
    return None if joined is None else text.joined.original(*joined)


def _closest(parts: list[str], text: str) -> tuple[int, int] | None:
    """Return the shortest stretch that has all parts in their order."""
    best: tuple[int, int] | None = None
    for start in _occurrences(parts[0], text) if parts and all(parts) else ():
        end = start + len(parts[0])
        for part in parts[1:]:
            found = text.find(part, end)
            if found < 0:
                return best
            end = found + len(part)
        if best is None or end - start < best[1] - best[0]:
            best = (start, end)
        if len(parts) == 1:
            break
    return best


def _occurrences(part: str, text: str) -> Iterator[int]:
    found = text.find(part)
    while found >= 0:
        yield found
        found = text.find(part, found + 1)


# --- What is only near ------------------------------------------------------------------


def _nearest(evidence: Term, language: str, quote: str, text: Folded) -> QuoteMatch:
    best, span = 0.0, (0, 0)
    for start in _likely_starts(quote.lower(), text.lowered):
        likeness, here = _alike(quote, text.text, start)
        if likeness > best:
            best, span = likeness, here
    if best < _WORTH_SHOWING:
        return QuoteMatch(evidence, language, "absent")
    start, end = text.original(*span)
    passage = text.as_written(*span)
    if best < _NEAR:
        return QuoteMatch(evidence, language, "absent", nearest=passage, similarity=best)
    return QuoteMatch(evidence, language, "near", start, end, passage, best)


def _likely_starts(quote: str, text: str) -> list[int]:
    """Return the places where most short stretches of the quote recur at their distance."""
    weight: Counter[int] = Counter()  # a stretch that is everywhere says little
    shared: Counter[int] = Counter()
    offsets = range(0, max(1, len(quote) - _GRAM + 1), max(_STRIDE, len(quote) // 150))
    for offset in offsets:
        gram = quote[offset : offset + _GRAM]
        found = list(islice(_occurrences(gram, text), 50))
        for bucket in {max(0, position - offset) // _BUCKET for position in found}:
            weight[bucket] += 60 // len(found)
            shared[bucket] += 1
    few = len(offsets) * _SHARED
    joint = {
        bucket: weight[bucket] + weight[bucket + 1]
        for bucket in weight
        if shared[bucket] + shared[bucket + 1] >= few
    }
    ranked = sorted(joint, key=lambda bucket: (-joint[bucket], bucket))
    return [bucket * _BUCKET for bucket in ranked[:_TRIED]]


def _alike(quote: str, text: str, start: int) -> tuple[float, tuple[int, int]]:
    first = max(0, start - _BUCKET)
    window = text[first : start + len(quote) + len(quote) // 4 + 2 * _BUCKET]
    blocks = SequenceMatcher(None, quote, window, autojunk=False).get_matching_blocks()
    solid = [block for block in blocks if block.size >= 3] or [b for b in blocks if b.size]
    if not solid:
        return 0.0, (0, 0)
    begin, end = solid[0].b, solid[-1].b + solid[-1].size
    same = sum(block.size for block in blocks if begin <= block.b < end)
    begin, end = _to_words(window, begin, end)
    return 2 * same / (len(quote) + end - begin), (first + begin, first + end)


def _to_words(text: str, begin: int, end: int) -> tuple[int, int]:
    while begin > 0 and text[begin - 1].isalnum() and text[begin].isalnum():
        begin -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return begin, end


# --- Texts and quotes -------------------------------------------------------------------


class _Library:
    """The texts of a folder, folded when they are needed."""

    def __init__(self, texts: Path) -> None:
        found = [path for path in texts.rglob("*") if path.suffix.lower() in _SUFFIXES]
        self._paths = {path.relative_to(texts).as_posix(): path for path in sorted(found)}
        self._folded: dict[str, Folded] = {}
        if not self._paths:
            raise DiasporaKGError(
                "DKG100",
                f"there is no folder '{texts}' with texts in it",
                "Put the plain text of each source there, as KEY.txt.",
                Location(str(texts)),
            )

    def __getitem__(self, name: str) -> Folded:
        if name not in self._folded:
            path = self._paths[name]
            text = decode(path.read_bytes(), str(path), fallback="windows-1254").text
            self._folded[name] = fold(text)
        return self._folded[name]

    def assign(
        self, by_source: Mapping[str, list[Quote]], named: Mapping[str, str]
    ) -> dict[str, str]:
        """Return the file of each source that has one: by its name, else by its content.

        Pages of one site share sentences. A file that is one source's text is taken for that of
        another only when it has all of the other's quotes.
        """
        files = {key: self._by_name(key, named.get(key)) for key in by_source}
        chosen = {key: name for key, name in files.items() if name is not None}
        found = {key: self._best(quotes) for key, quotes in by_source.items() if key not in chosen}
        for key in sorted(found, key=lambda key: (-found[key][0], key)):
            characters, name = found[key]
            total = sum(len(words) for _, _, words in by_source[key])
            wanted = total if name in chosen.values() else total / 3
            if characters >= max(wanted, _ENOUGH):
                chosen[key] = name
        return chosen

    def _by_name(self, key: str, named: str | None) -> str | None:
        for name in self._paths:
            if named is not None and name in (named, f"{named}.txt"):
                return name
        return next((name for name, path in self._paths.items() if path.stem == key), None)

    def _best(self, quotes: list[Quote]) -> tuple[int, str]:
        found = {name: self._characters_found(quotes, name) for name in self._paths}
        best = max(sorted(found), key=lambda name: found[name])
        return found[best], best

    def _characters_found(self, quotes: list[Quote], name: str) -> int:
        text = self[name]
        return sum(
            len(words)
            for _, _, words in quotes
            if _span([fold(part) for part in _LEFT_OUT.split(words) if part.strip()], text)
        )


def _quotes_by_source(quads: Iterable[Quad]) -> dict[str, list[Quote]]:
    source_of: dict[Term, str] = {}
    quotes: list[Quote] = []
    for s, p, o, _ in quads:
        if p == _IN_SOURCE:
            source_of[s] = iri_of(o).rpartition("/")[2]
        elif p == _QUOTE:
            text, language, _ = literal_parts(o)
            quotes.append((s, language or "", text))
    found: dict[str, list[Quote]] = defaultdict(list)
    for quote in sorted(quotes):
        if quote[0] in source_of:
            found[source_of[quote[0]]].append(quote)
    return found


def _finding(match: QuoteMatch, at: Location | None) -> Finding:
    shown = f"Nearest passage: {match.nearest}" if match.nearest else ""
    if match.status == "near":
        return Finding(
            "DKG251",
            f"the quote is not in {match.file} word for word ({match.similarity:.0%} alike)",
            shown,
            Severity.WARNING,
            at,
            focus=iri_of(match.evidence),
        )
    advice = "Copy it from the text, or mend the source or the locator; '[…]' marks words left out."
    return Finding(
        "DKG250",
        f"the quote is not in {match.file}",
        f"{advice} {shown}".strip(),
        Severity.VIOLATION,
        at,
        focus=iri_of(match.evidence),
    )
