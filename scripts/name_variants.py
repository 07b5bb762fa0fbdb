"""Names as people write them, made from a registry: gold for fitting and for benchmarks.

A part of the things is taken out of the registry (their names then have no answer), an alias is
taken away from some of the others, and names are spoilt as people spoil them. No name of any
measured file is used.
"""

import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from diaspora_kg.linking.entries import Entry
from diaspora_kg.linking.names import analyse

NIL = "NIL"
_SHORT_FORMS = {
    "University": "Univ.", "Institute": "Inst.", "Association": "Assoc.", "National": "Natl.",
    "International": "Intl.", "Department": "Dept.", "Foundation": "Fdn.", "Research": "Res.",
    "Center": "Ctr.", "Centre": "Ctr.", "Hospital": "Hosp.", "Laboratory": "Lab.",
    "Technology": "Tech.", "Corporation": "Corp.", "Society": "Soc.",
}  # fmt: skip

_ACRONYMS = 0.12
"""The share of the things with an acronym that are asked for by it alone."""
_JOINS = {"of", "in", "the", "for", "at", "de", "do", "da", "del", "di", "du", "en", "and", "-"}
_WHOLES = 0.1
"""The share of the things with a place in their name that are taken for sections of a whole."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A name, the country where known, and what it means."""

    name: str
    country: str
    expected: str
    kind: str


def swap_first_words(name: str, rng: random.Random) -> str:
    """Put the first word last, or the last one first."""
    words = name.split()
    return " ".join([*words[1:], words[0]] if rng.random() < 0.8 else [words[-1], *words[:-1]])


def drop_word(name: str, rng: random.Random) -> str:
    """Leave out one of three or more words."""
    words = name.split()
    del words[rng.randrange(len(words))]
    return " ".join(words)


def misspell(name: str, rng: random.Random) -> str:
    """Leave out, double, change or exchange one letter."""
    at = rng.randrange(1, len(name) - 1)
    letter = rng.choice("abcdefghijklmnopqrstuvwxyz")
    return rng.choice(
        [
            name[:at] + name[at + 1 :],
            name[:at] + letter + name[at + 1 :],
            name[:at] + name[at + 1] + name[at] + name[at + 2 :],
            name[:at] + letter + name[at:],
        ]
    )


def shorten(name: str, _rng: random.Random) -> str:
    """Abbreviate a generic word."""
    for word, short in _SHORT_FORMS.items():
        if f" {word} " in f" {name} ":
            return f" {name} ".replace(f" {word} ", f" {short} ", 1).strip()
    return name


def plain(name: str, _rng: random.Random) -> str:
    """Leave out accents."""
    decomposed = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


NOISE: dict[str, tuple[float, Callable[[str, random.Random], str]]] = {
    "noisy:lower": (0.30, lambda name, _: name.lower()),
    "noisy:the": (0.18, lambda name, _: "The " + name),
    "noisy:typo": (0.15, misspell),
    "noisy:swap": (0.13, swap_first_words),
    "noisy:ascii": (0.10, plain),
    "noisy:drop": (0.10, drop_word),
    "noisy:abbr": (0.04, shorten),
}
"""Kinds of noise with their share."""


def make_gold(
    entries: list[Entry], seed: int, *, nil: float = 0.11, known_country: float = 0.7
) -> tuple[list[Entry], list[Asked]]:
    """Return a registry that lacks things and aliases, and names with what they mean in it.

    ``nil`` is the share of names that have no answer, and of the things taken out.
    """
    rng = random.Random(seed)
    kept, asked = [], []
    for entry in sorted(entries, key=lambda entry: entry.iri):
        country = entry.country if rng.random() < known_country else ""
        if rng.random() < nil:
            name = entry.label if rng.random() < 0.5 else rng.choice(entry.names)[0]
            if entry.acronyms and rng.random() < _ACRONYMS:
                name = rng.choice(entry.acronyms)
            asked.append(Asked(name, country, NIL, "nil"))
            continue
        kind = rng.choices(["missing", "alias", "display", "noisy"], [0.38, 0.16, 0.08, 0.38])[0]
        if entry.acronyms and rng.random() < _ACRONYMS:
            kept.append(entry)
            asked.append(Asked(rng.choice(entry.acronyms), country, entry.iri, "acronym"))
            continue
        reduced, name, kind = _variant(entry, kind, rng)
        kept.append(reduced)
        if name:
            asked.append(Asked(name, country, entry.iri, kind))
    asked.extend(_wholes(kept, rng))
    rng.shuffle(asked)
    return kept, asked


def _wholes(entries: list[Entry], rng: random.Random) -> Iterator[Asked]:
    """Yield names of what has sections in countries: those of sections without the place.

    'Amnesty International' is not Amnesty International Japan, the only record that has its words;
    and who asks for the whole knows no country of it.
    """
    for entry in entries:
        if rng.random() < _WHOLES and entry.label.isascii():
            name = _without_place(entry)
            words = analyse(name).words
            if 1 < len(words) < len(analyse(entry.label).words) and not _is_taken(words, entry):
                yield Asked(name, "", NIL, "whole")


def _without_place(entry: Entry) -> str:
    """Return the label without what says where the thing is."""
    places = {token for place in entry.places for token in analyse(place).tokens}
    places.add("~" + entry.country.lower())

    def is_place(text: str) -> bool:
        tokens = analyse(text).tokens
        return bool(tokens) and places.issuperset(tokens)

    label = re.sub(
        r"\(([^()]+)\)",
        lambda found: "" if is_place(found.group(1)) else found.group(),
        entry.label,
    )
    words = [word for word in label.split() if not is_place(word)]
    while words and words[-1].lower() in _JOINS:
        del words[-1]
    return " ".join(words).rstrip(",")


def _is_taken(words: tuple[str, ...], entry: Entry) -> bool:
    """Tell whether the thing is called so itself."""
    return any(analyse(text).words == words for text, _ in entry.names)


def _variant(entry: Entry, kind: str, rng: random.Random) -> tuple[Entry, str, str]:
    """Return an entry, a name for it, and the kind of the name."""
    aliases = [pair for pair in entry.names if pair[0] != entry.label]
    if kind in ("missing", "alias") and not aliases:
        # such things would otherwise be asked for in the other ways only
        return entry, entry.label if kind == "alias" else "", "display"
    if kind == "missing":
        gone = rng.choice(aliases)
        names = tuple(pair for pair in entry.names if pair != gone)
        return replace(entry, names=names), gone[0], f"alias-not-in-registry:{gone[1]}"
    if kind == "alias":
        return entry, rng.choice(aliases)[0], kind
    if kind == "display":
        return entry, entry.label, kind
    kinds = list(NOISE)
    kind = rng.choices(kinds, [NOISE[name][0] for name in kinds])[0]
    if len(entry.label.split()) < 3 or len(entry.label) < 6:
        kind = "noisy:lower"
    return entry, NOISE[kind][1](entry.label, rng), kind
