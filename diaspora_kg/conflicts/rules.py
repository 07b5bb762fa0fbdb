"""What a rule for conflicts is: it looks at groups of claims, and at each group by itself.

Every rule says by which keys it groups claims; what it finds for a key depends on the claims of
that key, on the sources that these claims name, on what coders held against one another, and on
the data sets beside the cases. So a group can be looked at again when one of its claims has
changed, and the others be left alone.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from diaspora_kg.conflicts.observed import Data
from diaspora_kg.conflicts.opposition import Opposition
from diaspora_kg.corpus import Corpus
from diaspora_kg.recorded import RecordedClaim
from diaspora_kg.terms import Term

Key = tuple[str, ...]
"""The name of a rule, and what the claims of a group have in common under it."""


@dataclass(frozen=True)
class Context:
    """What a rule may look at beside the claims of a group."""

    corpus: Corpus
    judged: Mapping[Term, frozenset[Term]] = field(default_factory=dict)
    """Things whose lifetimes coders have judged, each with the sources that they judged."""
    data: Data | None = None
    """The data sets beside the cases; None where there are none to look at."""


class Rule(ABC):
    """A rule by which claims are found to stand against one another."""

    name: str
    """The first part of the keys of the rule."""

    @abstractmethod
    def keys(self, claim: RecordedClaim, corpus: Corpus) -> Iterator[tuple[Term, ...]]:
        """Yield the keys under which the rule looks at a claim, without the rule's name."""

    @abstractmethod
    def find(
        self, key: tuple[Term, ...], claims: list[RecordedClaim], context: Context
    ) -> Iterator[Opposition]:
        """Yield the oppositions among all claims of a key, which come sorted by IRI."""
