"""Can it all be true? What a DL reasoner says of premises, and why not, in words and with lines."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from diaspora_kg.evidence.leaves import Leaves
from diaspora_kg.inference.axiom_graph import axiom_name
from diaspora_kg.inference.dl import DLResult, check_dl, too_slow
from diaspora_kg.inference.dl_causes import Causes, find_causes
from diaspora_kg.inference.dl_causes import Member as Triples
from diaspora_kg.namespaces import OWL, RDFS
from diaspora_kg.progress import doing
from diaspora_kg.reading.ontology import read_modules
from diaspora_kg.reasoning import Premises
from diaspora_kg.terms import Term, Triple

TIMEOUT = 300.0
"""Seconds for all that the reasoner is asked."""
MEMORY = 2000
"""Megabytes that Java may use."""
_EXPLAINED = 5
"""Of so many classes it is told why they can have no member."""
_UPWARD = {f"<{RDFS}subClassOf>", f"<{OWL}equivalentClass>"}
_ABOUT_THINGS = {f"<{OWL}sameAs>", f"<{OWL}differentFrom>"}


@dataclass(frozen=True)
class Member:
    """An axiom or a statement that a clash needs."""

    words: str
    kind: Literal["statement", "axiom"]
    where: tuple[str, ...] = ()
    """Files with their lines, modules of the ontology, or data that is named."""
    claims: tuple[str, ...] = ()
    """The IRIs of the claims behind a statement."""
    triples: Triples = ()


@dataclass(frozen=True)
class Cause:
    """Why something cannot be."""

    of: Term | None
    """The class that can have no member; None when the whole is inconsistent."""
    label: str
    members: tuple[Member, ...]
    is_minimal: bool
    """Whether it was shown that no member can be dropped."""
    reason: str = ""
    """Why no cause was found, or why it may not be minimal."""


@dataclass(frozen=True)
class Consistency:
    """What the reasoner said, with causes and conclusions in words."""

    result: DLResult
    causes: tuple[Cause, ...] = ()
    subsumptions: tuple[tuple[Triple, str], ...] = ()
    """What is below what though nobody says so, and the same in words."""
    names: Mapping[Term, str] = field(default_factory=dict)
    """What the classes that can have no member are called."""


def check(
    given: Premises, *, timeout: float = TIMEOUT, memory: int = MEMORY, explain: bool = True
) -> Consistency:
    """Ask a DL reasoner whether premises can be true together, and if not, why.

    ``timeout`` is in seconds and is for all questions together, ``memory`` in megabytes. A cause
    is a smallest set of axioms and statements: no member can be dropped. With ``explain`` off,
    none is sought.

    Raises ``MissingPartError`` (DKG701) when Java is not there.
    """
    deadline = time.monotonic() + timeout
    triples = (*given.axioms, *given.facts)
    doing(f"asking the DL reasoner about {len(triples):,} statements")
    result = check_dl(triples, timeout, memory)
    words = _Words(given)
    causes: list[Cause] = []
    if explain and result.answer in ("inconsistent", "unsatisfiable-classes"):
        for cls in _to_explain(result, triples):
            doing("looking for the smallest set that cannot be true")
            left = deadline - time.monotonic()
            if left <= 0:
                found = Causes((), False, 0, too_slow(timeout))
            else:
                found = find_causes(triples, cls, timeout=left, memory=memory)
            causes.append(words.cause(cls, found))
    return Consistency(
        result,
        tuple(causes),
        tuple((triple, words.sentence(triple)) for triple in _axioms(result.subsumptions)),
        {cls: words.label(cls) for cls in result.unsatisfiable},
    )


def _axioms(pairs: Iterable[tuple[Term, Term]]) -> list[Triple]:
    return [(sub, f"<{RDFS}subClassOf>", sup) for sub, sup in pairs]


def _to_explain(result: DLResult, triples: Iterable[Triple]) -> list[Term | None]:
    """Return what to seek causes of: the whole, or the highest of the classes without members.

    What is below a class that can have no member can have none either, and needs no word.
    """
    if result.answer == "inconsistent":
        return [None]
    empty = set(result.unsatisfiable)
    below = {s for s, p, o in triples if p in _UPWARD and s in empty and o in empty and s != o}
    highest = [cls for cls in result.unsatisfiable if cls not in below]
    return list((highest or list(result.unsatisfiable))[:_EXPLAINED])


class _Words:
    """Says members of causes in words; the graph is only looked at when there are any."""

    def __init__(self, given: Premises) -> None:
        self._given = given

    @cached_property
    def _leaves(self) -> Leaves:
        return self._given.leaves()

    @cached_property
    def _modules(self) -> Mapping[Triple, str]:
        return read_modules()

    @cached_property
    def _facts(self) -> frozenset[Triple]:
        return frozenset(self._given.facts)

    def sentence(self, axiom: Triple) -> str:
        return "; ".join(self._leaves.axioms.sentences([axiom]))

    def label(self, cls: Term) -> str:
        return self._leaves.axioms.expression(cls)

    def cause(self, cls: Term | None, found: Causes) -> Cause:
        members = sorted(map(self._member, found.members), key=_statements_first)
        label = "" if cls is None else self.label(cls)
        return Cause(cls, label, tuple(members), found.is_minimal, found.reason)

    def _member(self, triples: Triples) -> Member:
        first = triples[0]
        if first in self._facts and (axiom_name(first) is None or first[1] in _ABOUT_THINGS):
            leaf = self._leaves.leaf(first)
            where = tuple(map(str, leaf.places)) or leaf.named
            return Member(leaf.words, "statement", where, leaf.claims, triples)
        module = self._modules.get(first)
        if module is None or first in self._facts:
            place = self._leaves.leaf(first).place
            where = (str(place),) if place else ()
        else:
            where = (module,)
        words = "; ".join(self._leaves.axioms.sentences(triples))
        return Member(words, "axiom", where, triples=triples)


def _statements_first(member: Member) -> tuple[bool, str]:
    return member.kind == "axiom", member.words
