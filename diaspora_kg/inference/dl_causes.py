"""Why it cannot be: a smallest set of axioms and statements that a DL reasoner refuses.

The set is found from the front: of the candidates in a row, the shortest beginning is sought that
cannot be; its last member is needed, and those behind it are not (after QuickXplain, Junker, AAAI
2004). Of sixteen and fewer, each is left out once. No member of the result can be dropped. Sixteen
sets are asked for at one start of the reasoner. Where the rules of OWL 2 RL find a
clash too, its leaves and axioms are the candidates, after the reasoner has confirmed them.
"""

import shutil
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from diaspora_kg.inference.closure import close
from diaspora_kg.inference.dl import missing_java, without_refused
from diaspora_kg.inference.hermit import Hermit, Verdict
from diaspora_kg.namespaces import OWL, RDFS
from diaspora_kg.terms import TYPE, Term, Triple

Member = tuple[Triple, ...]
"""An axiom with all its parts, or a statement."""

_AT_ONCE = 16
_DECLARED = {
    f"<{OWL}{name}>"
    for name in (
        "Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty", "Ontology",
        "NamedIndividual",
    )
}  # fmt: skip
_ANNOTATIONS = {f"<{RDFS}{name}>" for name in ("label", "comment", "seeAlso", "isDefinedBy")}
_WITNESS: Term = "<urn:diaspora-kg:witness>"


@dataclass(frozen=True)
class Causes:
    """Axioms and statements that cannot all stand."""

    members: tuple[Member, ...]
    is_minimal: bool
    """Whether it was shown that no member can be dropped."""
    starts: int
    """How often the reasoner was started."""
    reason: str = ""
    """Why no set was found, or why it is not minimal."""


def find_causes(
    triples: Iterable[Triple],
    cls: Term | None = None,
    *,
    timeout: float = 300,
    memory: int = 2000,
    java: str | None = None,
    starts: int = 60,
) -> Causes:
    """Return a smallest part of some triples that is inconsistent.

    With ``cls``, a smallest part under which that class can have no member. ``timeout`` is for
    all starts of the reasoner together, ``starts`` the most there may be; when either ends, what
    was found so far is returned, and said not to be minimal.

    Raises ``MissingPartError`` (DKG701) when Java is not there.
    """
    program = java or shutil.which("java")
    if program is None:
        raise missing_java()
    kept, _ = without_refused(triples)
    background, members = _divide(kept)
    if cls is not None:
        background.append((_WITNESS, TYPE, cls))
    search = _Search(Hermit(program, memory, timeout), background, starts)
    return search.run(members)


class _Search:
    def __init__(self, hermit: Hermit, background: list[Triple], starts: int) -> None:
        self._hermit, self._background, self._starts = hermit, background, starts
        self._trouble = ""

    def run(self, members: list[Member]) -> Causes:
        candidates = self._narrowed(members)
        if candidates is None:
            return Causes((), False, self._hermit.calls, self._trouble or "it is consistent")
        needed: list[Member] = []
        while len(candidates) > _AT_ONCE:
            length = self._shortest(needed, candidates)
            if length is None:
                return self._unfinished([*needed, *candidates])
            if length == 0:
                return self._finished(needed)
            needed.append(candidates[length - 1])
            candidates = candidates[: length - 1]
        return self._drop_each(needed, candidates)

    def _drop_each(self, needed: list[Member], candidates: list[Member]) -> Causes:
        """Leave out one candidate after the other; keep those without which all is well."""
        while candidates:
            without = [[*candidates[:i], *candidates[i + 1 :]] for i in range(len(candidates))]
            verdict = self._check([[*needed, *rest] for rest in without])
            if self._trouble:
                return self._unfinished([*needed, *candidates])
            place = verdict.first_inconsistent
            if place is None:
                return self._finished([*needed, *candidates])
            needed = [*needed, *candidates[:place]]
            candidates = candidates[place + 1 :]
        return self._finished(needed)

    def _finished(self, members: list[Member]) -> Causes:
        return Causes(tuple(sorted(members)), True, self._hermit.calls)

    def _unfinished(self, members: list[Member]) -> Causes:
        return Causes(tuple(sorted(members)), False, self._hermit.calls, self._trouble)

    def _check(self, sets: list[list[Member]]) -> Verdict:
        """Ask of sets in a row; note why nothing was told."""
        if self._hermit.calls >= self._starts:
            self._trouble = f"stopped after {self._starts} starts of the reasoner"
            return Verdict(trouble=self._trouble)
        verdict = self._hermit.check([self._graph(members) for members in sets])
        self._trouble = verdict.trouble
        return verdict

    def _narrowed(self, members: list[Member]) -> list[Member] | None:
        """Return members that cannot be, as few as the rules can tell; None when all can."""
        few = self._by_rules(members)
        verdict = self._check([few, members] if few else [members])
        if verdict.first_inconsistent is None:
            return None
        return few if few and verdict.first_inconsistent == 0 else members

    def _by_rules(self, members: list[Member]) -> list[Member]:
        graph = self._graph(members)
        clashes = close(graph).inconsistencies
        if not clashes:
            return []
        used = min(({*clash.leaves, *clash.axioms_used} for clash in clashes), key=len)
        return [member for member in members if used.intersection(member)]

    def _shortest(self, needed: list[Member], candidates: list[Member]) -> int | None:
        """Return how many candidates from the front it takes; None when that cannot be told."""
        least, most = 0, len(candidates)  # the whole is inconsistent
        while least < most:
            lengths = _spread(least, most - 1)
            verdict = self._check([[*needed, *candidates[:length]] for length in lengths])
            if verdict.trouble:
                return None
            place = verdict.first_inconsistent
            if place is None:
                least = lengths[-1] + 1
            else:
                most = lengths[place]
                least = lengths[place - 1] + 1 if place else least
        return most

    def _graph(self, members: Sequence[Member]) -> list[Triple]:
        return [*self._background, *(triple for member in members for triple in member)]


def _spread(least: int, most: int) -> list[int]:
    """Return numbers from least to most, both included, at most so many as are asked at once."""
    count = min(_AT_ONCE, most - least + 1)
    if count == 1:
        return [least]
    step = (most - least) / (count - 1)
    return sorted({least + round(step * number) for number in range(count)})


def _divide(triples: list[Triple]) -> tuple[list[Triple], list[Member]]:
    """Return declarations, and axioms with their parts; annotations mean nothing to a reasoner."""
    below: dict[Term, list[Triple]] = defaultdict(list)
    objects: set[Term] = set()
    annotations = _ANNOTATIONS | {
        s for s, p, o in triples if p == TYPE and o == f"<{OWL}AnnotationProperty>"
    }
    background: list[Triple] = []
    rest: list[Triple] = []
    for triple in triples:
        subject, predicate, obj = triple
        if subject.startswith("_:"):
            below[subject].append(triple)
            objects.add(obj)
        elif predicate == TYPE and obj in _DECLARED:
            background.append(triple)
        elif predicate not in annotations:
            rest.append(triple)
            objects.add(obj)
    members = [(triple, *_parts(triple[2], below)) for triple in rest]
    roots = [node for node in below if node not in objects]
    members.extend(tuple(_parts(node, below)) for node in roots)
    return background, sorted(members)


def _parts(node: Term, below: dict[Term, list[Triple]]) -> list[Triple]:
    """Return all that is said of a node without a name, and of such nodes below it."""
    found: list[Triple] = []
    seen: set[Term] = set()
    waiting = [node]
    while waiting:
        here = waiting.pop()
        if here.startswith("_:") and here not in seen:
            seen.add(here)
            found.extend(below.get(here, ()))
            waiting.extend(triple[2] for triple in below.get(here, ()))
    return found
