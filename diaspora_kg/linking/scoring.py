"""How a name and a thing agree: numbers that a fitted model turns into a probability."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from diaspora_kg.linking.expansion import Expander, Part
from diaspora_kg.linking.index import KIND_ACRONYM, KIND_TITLE, Index
from diaspora_kg.linking.lexicon import lexicon
from diaspora_kg.linking.likeness import likeness, likeness_in_any_order
from diaspora_kg.linking.names import Name
from diaspora_kg.linking.scripts import skeleton

_OF_WORDS = (
    "covered", "covering", "both", "covered anywhere", "missing", "too many", "agreement",
    "alike", "very alike", "sound", "other in script", "translated",
)  # fmt: skip
_FLAGS = (
    "same text", "same words", "title", "inside", "acronym", "initials of name", "short for name",
)  # fmt: skip
_OF_THE_THING = (
    "host", "same country", "other country", "place agrees", "place differs", "numbers differ",
    "kind agrees", "kind differs", "kind not said", "legal form agrees", "legal form differs",
    "place left over",
)  # fmt: skip
_OF_THE_NAME = ("foreign", "foreign and covered", "one word", "words", "shortness")

FEATURES = (*_OF_WORDS, *_FLAGS, *_OF_THE_THING, *_OF_THE_NAME)
"""The numbers of an agreement, in their order."""

_NUMBER = re.compile(r"\d+")
_SURE = 0.999
_SAME = (("same words",), ("same words", "title"))
_OWN_PLACE = 0.35
"""What a word of a name weighs that only says where its bearer is."""
_NEARLY_ALL = 0.75
NOTHING = -1
"""No token."""


@dataclass(slots=True)
class Question:
    """A name to be recognised, looked up once for all candidates."""

    name: Name
    parts: list[Part]
    country: str
    total: float
    by_token: dict[int, list[tuple[int, float]]]
    """For a token of the index the numbers of the parts that it may be, and how surely."""
    heads: frozenset[int]
    """What the name says that its bearer is, as tokens of the index."""
    kin: frozenset[int]
    """These, and what other languages call them."""
    digits: frozenset[str]
    acronyms: frozenset[int]
    """Tokens that would be the first letters of the name."""
    places: list[tuple[int, int]]
    """Parts that name a place of the registry, with the token."""
    sound: str
    translated: float
    """The share of the words that were found by a translation alone."""


@dataclass(slots=True)
class _Seen:
    """What the names of one thing have shown so far."""

    anywhere: list[float]
    best: float = -1.0
    best_name: int = 0
    covered: float = 0.0
    covering: float = 0.0
    too_many: float = 0.0
    left_over: int = NOTHING
    alike: float = 0.0
    sound: float = 0.0
    in_script: float = -1.0
    flags: set[str] = field(default_factory=set)


class Scorer:
    """Compares questions with the things of one index."""

    def __init__(self, index: Index, expander: Expander) -> None:
        """Take an index and what its tokens weigh."""
        self._index = index
        self._expander = expander
        self._weights = expander.weights
        self._heaviest = expander.heaviest
        self._initials = {n for t, n in index.ids.items() if t[0] == "^"}
        self._head_tokens = {index.ids[head] for head in lexicon().heads if head in index.ids}

    def question(self, name: Name, country: str) -> Question:
        """Prepare a name for comparison with many things."""
        parts = self._expander.parts(name)
        ids, places = self._index.ids, self._index.place_tokens
        by_token: dict[int, list[tuple[int, float]]] = {}
        for number, part in enumerate(parts):
            for token, sureness in part.targets.items():
                by_token.setdefault(token, []).append((number, sureness))
        total = sum(part.weight for part in parts) or 1.0
        said = [part.token for part in parts if part.token in lexicon().heads]
        related = {other for head in said for other in lexicon().kin.get(head, ())}
        return Question(
            name=name,
            parts=parts,
            country=country,
            total=total,
            by_token=by_token,
            heads=frozenset(ids[head] for head in said if head in ids),
            kin=frozenset(ids[head] for head in {*said, *related} if head in ids),
            digits=frozenset(_NUMBER.findall(name.plain)),
            acronyms=frozenset(ids[letters] for letters in name.initials if letters in ids),
            places=[
                (number, ids[part.token])
                for number, part in enumerate(parts)
                if ids.get(part.token) in places
            ],
            sound=skeleton("".join(name.words)) if name.is_foreign else "",
            translated=sum(part.weight for part in parts if part.is_translated) / total,
        )

    def features(self, asked: Question, thing: int) -> list[float]:
        """Return the numbers named in ``FEATURES`` for a name and a thing."""
        index = self._index
        seen = _Seen([0.0] * len(asked.parts))
        own = self._own(thing)
        for number in range(index.names_from[thing], index.names_from[thing + 1]):
            self._see(asked, number, own, seen)
        return self._assemble(asked, thing, own, seen)

    def nearest_name(self, asked: Question, thing: int) -> tuple[str, str]:
        """Return the name of a thing that is most like the question.

        With it comes the word for the place of the thing that this name has and the question has
        not, as the index keeps it; empty where there is none.
        """
        index = self._index
        seen = _Seen([0.0] * len(asked.parts), best_name=index.names_from[thing])
        own = self._own(thing)
        for number in range(index.names_from[thing], index.names_from[thing + 1]):
            self._see(asked, number, own, seen)
        left = "" if seen.left_over == NOTHING else index.vocabulary[seen.left_over]
        return index.names[seen.best_name], left

    def _see(self, asked: Question, number: int, own: dict[int, float], seen: _Seen) -> None:
        """Compare one name."""
        index, name = self._index, asked.name
        kind, theirs = index.kinds[number], index.plain[number]
        covered, covering, too_many = self._cover(asked, number, own, seen)
        alike = likeness(name.plain, theirs)
        if kind == KIND_ACRONYM:
            if asked.acronyms and not asked.acronyms.isdisjoint(index.tokens_of(number)):
                seen.flags.add("initials of name")
            if covering < _SURE:
                return
            seen.flags.add("acronym")
        elif alike < _SURE:
            alike = max(alike, 0.98 * likeness_in_any_order(name.plain, theirs))
        value = 2 * covered * covering / (covered + covering + 1e-9) + 0.6 * alike
        if value > seen.best:
            seen.best, seen.best_name = value, number
            seen.covered, seen.covering, seen.too_many = covered, covering, too_many
            seen.left_over = self._left_over(asked, number, own)
        seen.alike = max(seen.alike, alike)
        if theirs == name.plain:
            seen.flags.add("same text")
        if covering > _SURE:
            seen.flags.add("inside")
            if covered > _SURE:
                seen.flags.update(_SAME[kind == KIND_TITLE])
        if name.is_foreign:
            self._hear(asked, number, min(covered, covering), seen)

    def _hear(self, asked: Question, number: int, agreement: float, seen: _Seen) -> None:
        """Compare one name with a question in another script than the Latin."""
        index = self._index
        if not index.names[number].isascii():
            seen.in_script = max(seen.in_script, agreement)
        elif index.kinds[number] != KIND_ACRONYM:
            sound = skeleton(index.plain[number].replace(" ", ""))
            seen.sound = max(seen.sound, likeness(asked.sound, sound))

    def _cover(
        self, asked: Question, number: int, own: dict[int, float], seen: _Seen
    ) -> tuple[float, float, float]:
        """Return how much of the question a name covers, how much of it is covered, the gap."""
        weights, by_token = self._weights, asked.by_token
        strengths = [0.0] * len(asked.parts)
        there = matched = gap = 0.0
        for token in self._index.tokens_of(number):
            weight = weights[token] * own.get(token, 1.0)
            sure = 0.0
            for at, sureness in by_token.get(token, ()):
                if sureness > sure:
                    sure = sureness
                if sureness > strengths[at]:
                    strengths[at] = sureness
            if weight:
                there += weight
                matched += weight * sure
                if weight * (1 - sure) > gap:
                    gap = weight * (1 - sure)
            elif sure and token in self._initials:
                seen.flags.add("short for name")
                there, matched, gap = 1.0, 0.8, 0.0
                break
        anywhere, covered = seen.anywhere, 0.0
        for at, strength in enumerate(strengths):
            covered += strength * asked.parts[at].weight
            if strength > anywhere[at]:
                anywhere[at] = strength
        return covered / asked.total, matched / (there or 1.0), gap / self._heaviest

    def _left_over(self, asked: Question, number: int, own: dict[int, float]) -> int:
        """Return the place of a thing that a name of it has and the question has not."""
        places, known = self._index.place_tokens, asked.by_token
        return max(
            (
                t
                for t in self._index.tokens_of(number)
                if t in own and t in places and t not in known
            ),
            default=NOTHING,
        )

    def _assemble(
        self, asked: Question, thing: int, own: dict[int, float], seen: _Seen
    ) -> list[float]:
        host, anywhere = self._with_context(asked, own, seen)
        weighed = list(zip(asked.parts, anywhere, strict=True))
        covered_anywhere = sum(part.weight * sure for part, sure in weighed) / asked.total
        missing = max((part.weight * (1 - sure) for part, sure in weighed), default=0.0)
        agreement = sum(
            part.weight * sure for part, sure in zip(asked.parts, seen.anywhere, strict=True)
        )
        foreign = float(asked.name.is_foreign)
        is_other_in_script = float(seen.in_script >= 0) * (1 - max(0.0, seen.in_script))
        return [
            seen.covered,
            seen.covering,
            seen.covered * seen.covering,
            covered_anywhere,
            missing / self._heaviest,
            seen.too_many,
            min(1.5, agreement / (3 * self._heaviest)),
            seen.alike,
            max(0.0, seen.alike - 0.8) * 5,
            seen.sound,
            is_other_in_script * foreign,
            asked.translated,
            *(float(flag in seen.flags) for flag in _FLAGS),
            host,
            *self._circumstances(asked, thing, own, seen),
            foreign,
            foreign * covered_anywhere,
            float(len(asked.parts) == 1),
            min(1.0, len(asked.parts) / 8),
            float(asked.name.is_short),
        ]

    def _with_context(
        self, asked: Question, own: dict[int, float], seen: _Seen
    ) -> tuple[float, list[float]]:
        """Return how sure a word is in the web address, and what else but names covers words."""
        host, anywhere = 0.0, list(seen.anywhere)
        for token in own.keys() & asked.by_token.keys():
            for at, sureness in asked.by_token[token]:
                if self._index.vocabulary[token][0] == "@":
                    host = max(host, sureness)
                anywhere[at] = max(anywhere[at], sureness)
        return host, anywhere

    def _circumstances(
        self, asked: Question, thing: int, own: dict[int, float], seen: _Seen
    ) -> list[float]:
        """Return what of ``_OF_THE_THING`` follows ``host``."""
        index = self._index
        country = index.countries[thing]
        is_known = bool(asked.country and country)
        places = [token in own or seen.anywhere[at] > 0.9 for at, token in asked.places]
        digits = frozenset(_NUMBER.findall(index.plain[seen.best_name]))
        heads = self._heads(thing)
        is_company = "company" in index.types[thing]
        return [
            float(is_known and country == asked.country),
            float(is_known and country != asked.country),
            float(bool(places) and all(places)),
            float(bool(places) and not all(places)),
            float(digits != asked.digits),
            float(bool(asked.heads & heads)),
            float(bool(asked.heads and heads and not asked.kin & heads)),
            float(bool(asked.heads) and not heads),
            float(asked.name.has_legal_form and is_company),
            float(asked.name.has_legal_form and not is_company),
            float(not asked.country and seen.left_over != NOTHING and seen.covered > _NEARLY_ALL),
        ]

    def _own(self, thing: int) -> dict[int, float]:
        """Return the tokens of a thing's circumstances, and what they weigh in its names.

        Its country weighs nothing: names of companies often end in it, and nobody writes it.
        """
        own = dict.fromkeys(self._index.context_of(thing), _OWN_PLACE)
        home = self._index.ids.get("~" + self._index.countries[thing].lower())
        if home is not None:
            own[home] = 0.0
        return own

    def _heads(self, thing: int) -> set[int]:
        index = self._index
        first, last = index.names_from[thing], index.names_from[thing + 1]
        return self._head_tokens.intersection(
            index.tokens[index.tokens_from[first] : index.tokens_from[last]]
        )
