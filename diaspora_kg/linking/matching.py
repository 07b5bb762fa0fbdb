"""Which things of a registry a name may mean, and how likely."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.linking.expansion import Expander
from diaspora_kg.linking.fitted import Model, fitted_model
from diaspora_kg.linking.index import Index
from diaspora_kg.linking.index_files import indexed
from diaspora_kg.linking.names import analyse
from diaspora_kg.linking.reasons import reasons
from diaspora_kg.linking.registries import Registry, open_registry
from diaspora_kg.linking.scoring import Question, Scorer
from diaspora_kg.linking.searching import search
from diaspora_kg.resources import cache_folder


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that a name may mean."""

    iri: str
    label: str
    probability: float
    """That the name means this thing and no other, nor one that the registry has not: 0 to 1."""
    country: str
    types: tuple[str, ...]
    name: str
    """The name of the thing that is most like the one that was asked for."""
    why: tuple[str, ...]
    """What speaks for it and against it, in words."""


class Matcher:
    """Answers from the index of one registry."""

    def __init__(self, index: Index, model: Model | None = None) -> None:
        """Take an index, and another model than the packaged one where one is being fitted."""
        self.index = index
        self._expander = Expander(index)
        self._scorer = Scorer(index, self._expander)
        self._model = model or fitted_model()

    def candidates(
        self,
        name: str,
        country: str | None = None,
        types: Collection[str] | None = None,
        limit: int = 5,
    ) -> list[Candidate]:
        """Return what a name may mean, likeliest first; nothing where no word of it is known.

        ``country`` is the ISO 3166-1 alpha-2 code of the country, where it is known; it is
        evidence, not a condition. ``types`` are types of the registry of which a candidate must
        have one. Raises ``DiasporaKGError`` (DKG507) when the country is no such code.
        """
        if country and not is_country_code(country):
            raise DiasporaKGError(
                "DKG507",
                f"'{country}' is no code of a country",
                "Write two letters as in ISO 3166-1: TR, DE, JP; or leave the country out.",
            )
        asked, things, features = self.compared(name, country, types)
        ranks = [self._model.rank(row) for row in features]
        order = sorted(range(len(things)), key=lambda at: (-ranks[at], things[at]))
        probabilities = self._model.probabilities(
            [features[at] for at in order], [ranks[at] for at in order]
        )
        return [
            self._candidate(asked, things[at], features[at], probability)
            for at, probability in list(zip(order, probabilities, strict=True))[:limit]
        ]

    def compared(
        self, name: str, country: str | None = None, types: Collection[str] | None = None
    ) -> tuple[Question, list[int], list[list[float]]]:
        """Return the things that come into question, with the numbers of their agreement."""
        asked = self._scorer.question(analyse(name), (country or "").strip().upper())
        things = search(self.index, self._expander, asked, types)
        return asked, things, [self._scorer.features(asked, thing) for thing in things]

    def _candidate(
        self, asked: Question, thing: int, features: list[float], probability: float
    ) -> Candidate:
        index = self.index
        nearest, left_over = self._scorer.nearest_name(asked, thing)
        return Candidate(
            iri=index.iris[thing],
            label=index.labels[thing],
            probability=round(probability, 4),
            country=index.countries[thing],
            types=tuple(index.types[thing].split()),
            name=nearest,
            why=reasons(asked, features, nearest, index.countries[thing], left_over),
        )


def is_country_code(text: str) -> bool:
    """Tell whether a text has the form of a code of ISO 3166-1 alpha-2, in any case."""
    code = text.strip()
    return len(code) == len("XX") and code.isascii() and code.isalpha()


def open_matcher(
    path: Path, folder: Path | None = None, tell: Callable[[str], None] = lambda _: None
) -> Matcher:
    """Return a matcher for a registry as a file; its index is made once and kept in a folder.

    ``folder`` is where indexes are kept, by default the cache of the user; ``tell`` hears what
    takes a while. Raises ``DiasporaKGError``: DKG502 when the file is no registry, DKG503 when
    the index cannot be written, DKG100 when the file is not well-formed; ``MissingPartError``
    (DKG501) when the libraries for names are not installed.
    """
    return matcher_of(open_registry(path), folder, tell)


def matcher_of(
    registry: Registry, folder: Path | None = None, tell: Callable[[str], None] = lambda _: None
) -> Matcher:
    """Return a matcher for a snapshot that is open; see ``open_matcher``."""
    return Matcher(indexed(registry, folder or cache_folder() / "names", tell))
