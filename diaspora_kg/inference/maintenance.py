"""A closure kept up to date: what follows when premises go and others come.

After *delete and rederive* (Gupta, Mumick and Subrahmanian, *Maintaining Views Incrementally*,
SIGMOD 1993). First everything is taken away that some derivation made of a premise that goes. Then
the rules are set off again from what is left around the things that lost something, and from the
new premises: whatever has another derivation comes back. A derivation of a statement always uses
one that mentions its subject, so nothing else has to be looked at. Proofs are not kept; ``Closure``
gives them.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from diaspora_kg.inference.closure import Closure
from diaspora_kg.inference.numbering import Code
from diaspora_kg.inference.plans import Plan
from diaspora_kg.inference.reasons import GIVEN, Reason
from diaspora_kg.inference.rounds import Rounds
from diaspora_kg.inference.rules import SAME_AS, Rule, is_variable
from diaspora_kg.inference.tautologies import is_tautology
from diaspora_kg.terms import Term, Triple

_DERIVED: Reason = (-3, ())
"""In place of a reason: it follows, and how is not kept."""


class NotMaintainableError(Exception):
    """What follows has to be found anew: things are one, or literals of one value meet."""


@dataclass(frozen=True)
class Statements:
    """Premises and what follows from them, in numbers: how a closure is kept between builds."""

    terms: tuple[Term, ...]
    given: int
    """How many of the statements are premises; these come first."""
    codes: "array[int]"
    """Three numbers a statement: the places of its terms."""

    def __iter__(self) -> Iterator[Code]:
        """Yield the statements as numbers."""
        flat = iter(self.codes)
        return zip(flat, flat, flat, strict=True)


@dataclass(frozen=True)
class Maintained:
    """A closure after a change."""

    statements: Statements
    gone: frozenset[Triple]
    """What was inferred and is not any more."""
    come: frozenset[Triple]
    """What is inferred now and was not."""
    is_consistent: bool
    """Whether the new premises are, as far as the former ones were."""


def inferred_among(rules: Sequence[Rule], statements: Statements) -> frozenset[Triple]:
    """Return what is inferred, as ``Closure.triples`` lists it."""
    run = _Run(rules, statements)
    return run.shown(run.inferred)


def is_inferred(wanted: Iterable[Triple], statements: Statements) -> set[Triple]:
    """Return which of some statements are inferred, and no premises."""
    asked = set(wanted)
    terms = {term for triple in asked for term in triple}
    places = {term: place for place, term in enumerate(statements.terms) if term in terms}
    codes = {
        (places[s], places[p], places[o]): (s, p, o)
        for s, p, o in asked
        if s in places and p in places and o in places
    }
    inferred = islice(statements, statements.given, None)
    return {codes[code] for code in inferred if code in codes}


def statements_of(closure: Closure) -> Statements:
    """Return the premises of a closure and what follows, types of unnamed classes included.

    Raises ``NotMaintainableError`` when things are one or literals of one value meet.
    """
    return _kept(closure.run)


def maintain(
    rules: Sequence[Rule], former: Statements, removed: Iterable[Triple], added: Iterable[Triple]
) -> Maintained:
    """Return the closure after some premises went and others came.

    Raises ``NotMaintainableError`` when what follows has to be found anew.
    """
    if any(rule.body and rule.head and not is_variable(rule.head[0]) for rule in rules):
        raise NotMaintainableError("a rule speaks of one thing")
    removed, added = set(removed), set(added)
    if any(predicate == SAME_AS for _, predicate, _ in removed | added):
        raise NotMaintainableError("things are said to be one")
    run = _Run(rules, former)
    before = run.inferred
    run.change(removed, added)
    after = run.inferred
    gone, come = run.shown(before - after), run.shown(after - before)
    return Maintained(_kept(run), gone, come, not run.broken)


class _Run(Rounds):
    """A computation that begins with what was known at the end of another one."""

    def __init__(self, rules: Sequence[Rule], former: Statements) -> None:
        super().__init__(rules, [])
        self._gone: dict[Code, None] | None = None
        numbers = [self.numbering.number(term) for term in former.terms]
        codes = [(numbers[s], numbers[p], numbers[o]) for s, p, o in former]
        self.known.update(dict.fromkeys(codes[: former.given], GIVEN))
        self.known.update(dict.fromkeys(codes[former.given :], _DERIVED))
        self._joins.index(*codes)

    @property
    def inferred(self) -> set[Code]:
        """What is known and is no premise."""
        return {code for code, reason in self.known.items() if reason is not GIVEN}

    def shown(self, codes: Iterable[Code]) -> frozenset[Triple]:
        """Return those statements that ``Closure.triples`` lists."""
        named = (
            self.numbering.decode(code)
            for code in codes
            if not self.numbering.is_literal(code[0]) and not self.is_unnamed(code)
        )
        return frozenset(t for t in named if not t[1].startswith("_:") and not is_tautology(t))

    def change(self, removed: Iterable[Triple], added: Iterable[Triple]) -> None:
        """Take premises away, find again what has other derivations, and go on from new ones."""
        lost = self._take(removed)
        self._find_again({code[0] for code in lost})
        for triple in sorted(added):
            code = self.numbering.encode(triple)
            if code not in self.known:
                self._current.append(code)
            self.known[code] = GIVEN
        self.saturate()
        _must_be_maintainable(self)

    # --- Deleting -----------------------------------------------------------------------

    def _take(self, removed: Iterable[Triple]) -> Iterable[Code]:
        """Take away premises and all that some derivation made of them; return what went."""
        codes = (self.numbering.encode(triple) for triple in sorted(removed))
        gone = dict.fromkeys(code for code in codes if self.known.get(code) is GIVEN)
        waiting = list(gone)
        self._gone = {}
        while waiting:
            self._fire(waiting.pop())
            fresh = [code for code in self._gone if code not in gone]
            gone.update(dict.fromkeys(fresh))
            waiting.extend(fresh)
            self._gone.clear()
        self._gone = None
        for code in gone:
            del self.known[code]
            self._joins.remove(code)
        return gone

    def _conclude(self, plan: Plan, bound: list[int], premises: tuple[Code, ...]) -> None:
        if self._gone is None:
            super()._conclude(plan, bound, premises)
        elif plan.head is not None:
            subject, predicate, obj = plan.head
            code = (bound[subject], predicate, bound[obj])
            if self.known.get(code, GIVEN) is not GIVEN:
                self._gone[code] = None

    # --- Rederiving ---------------------------------------------------------------------

    def _find_again(self, things: set[int]) -> None:
        """Set off the rules from what is left around things, as one round does."""
        around = [code for code in self.known if code[0] in things or code[2] in things]
        for code in around:
            self._fire(code)
        place = 0
        while place < len(self._current):  # types of unnamed classes, which cost no step
            self._fire(self._current[place])
            place += 1
        self.known.update(self._next)
        self._current = list(self._next)
        self._next = {}


def _must_be_maintainable(run: Rounds) -> None:
    if run.equality or run.twins:
        raise NotMaintainableError("things are one, or literals of one value meet")


def _kept(run: Rounds) -> Statements:
    _must_be_maintainable(run)
    given = [code for code, reason in run.known.items() if reason is GIVEN]
    derived = [code for code, reason in run.known.items() if reason is not GIVEN]
    used = sorted(set(chain.from_iterable(run.known)))
    places = [0] * len(run.numbering)
    for place, number in enumerate(used):
        places[number] = place
    flat = [places[number] for code in chain(given, derived) for number in code]
    terms = tuple(run.numbering.term(number) for number in used)
    return Statements(terms, len(given), array("i", flat))
