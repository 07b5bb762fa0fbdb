"""Keeping back what a coder may read but not pass on: ``access: restricted``.

The passage itself goes, and its translations; that there is such evidence, in which source and
where, stays. A claim may repeat the words of its passage (a definition does), and labels of
claims, facts and conflicts repeat those of claims. So texts that share a long run of letters with
a passage kept back are replaced, unless the same run stands in a passage that is open.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from diaspora_kg.namespaces import DKGG, RDFS, SKOS
from diaspora_kg.terms import (
    TYPE,
    Quad,
    Term,
    dkg,
    dkgc,
    iri,
    literal_parts,
    text_literal,
)

_ACCESS, _RESTRICTED = dkg("accessLevel"), dkgc("restricted")
_PASSAGE = (dkg("quote"), dkg("translation"))
_OF_PASSAGE = {*_PASSAGE, dkg("quoteStart"), dkg("quoteEnd")}
_OPEN_GRAPHS = {iri(DKGG + name) for name in ("ontology", "reference", "sources", "meta", "links")}
_NAMES = {iri(RDFS + "label"), iri(SKOS + "altLabel"), iri(SKOS + "prefLabel")}
_SPEAK_OF_CLAIMS = {dkg(name) for name in ("Claim", "Fact", "Conflict", "Statement", "Evidence")}
_RUN = 40
"""Letters in a row that two texts do not share by chance."""
_INSTEAD = "[restricted]"


@dataclass(frozen=True)
class Withheld:
    """What may leave, and how much was kept back."""

    quads: list[Quad]
    passages: int
    """Pieces of evidence whose passage was kept back."""


def withhold(quads: Iterable[Quad]) -> Withheld:
    """Return quads without the passages, and the words, of restricted evidence."""
    given = list(quads)
    restricted = {s for s, p, o, _ in given if p == _ACCESS and o == _RESTRICTED}
    if not restricted:
        return Withheld(given, 0)
    kept_back = _Runs(o for s, p, o, _ in given if p in _PASSAGE and s in restricted)
    open_runs = _Runs(o for s, p, o, _ in given if p in _PASSAGE and s not in restricted)
    kept_back.runs -= open_runs.runs
    of_claims = {s for s, p, o, _ in given if p == TYPE and o in _SPEAK_OF_CLAIMS}
    found: dict[Quad, None] = {}
    for s, p, o, g in given:
        if s in restricted and p in _OF_PASSAGE:
            continue
        is_name = p in _NAMES and s not in of_claims
        if o.startswith('"') and g not in _OPEN_GRAPHS and not is_name and o in kept_back:
            o = text_literal(_INSTEAD, literal_parts(o)[1])
        found[(s, p, o, g)] = None
    passages = {s for s, p, _, _ in given if p in _PASSAGE and s in restricted}
    return Withheld(list(found), len(passages))


class _Runs:
    """The runs of letters of some texts; a short text is one run."""

    def __init__(self, texts: Iterable[Term]) -> None:
        self.runs: set[str] = set()
        self._short: set[int] = set()
        for text in texts:
            folded = _folded(text)
            length = min(_RUN, len(folded))
            self._short.add(length)
            self.runs.update(_windows(folded, length))

    def __contains__(self, text: Term) -> bool:
        folded = _folded(text)
        return any(
            window in self.runs
            for length in self._short
            if 0 < length <= len(folded)
            for window in _windows(folded, length)
        )


def _windows(text: str, length: int) -> Iterable[str]:
    return (text[start : start + length] for start in range(len(text) - length + 1))


def _folded(literal: Term) -> str:
    text = literal_parts(literal)[0].casefold()
    return re.sub(r"\W+", " ", text).strip()
