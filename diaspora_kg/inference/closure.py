"""Everything that follows from facts and axioms, each with a proof of least depth.

The closure is found in rounds, after the semi-naive evaluation of Datalog (Abiteboul, Hull and
Vianu, *Foundations of Databases*, 1995, chapter 13): a round takes the triples that the last one
found and joins each with all that is known. A triple found in round *n* therefore has no proof
of fewer than *n* steps, and its premises were all found earlier: no proof is circular. Types of
unnamed class expressions cost no step, for no reader sees them.
"""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from diaspora_kg.inference.axioms import Rules, compile_axioms
from diaspora_kg.inference.proofs import Inconsistency, Proof
from diaspora_kg.inference.rounds import GIVEN, Code, Rounds
from diaspora_kg.terms import Triple


def closure(facts: Iterable[Triple], axioms: Iterable[Triple]) -> "Closure":
    """Return what follows from facts under the axioms of an ontology.

    Facts and axioms are N-Triples terms. Only the axioms that ``axioms.compile_axioms`` names
    are used; the others are listed in ``Closure.unsupported``.
    """
    return Reasoner(compile_axioms(axioms)).closure(facts)


class Reasoner:
    """The rules of one ontology, ready to be used on any facts."""

    def __init__(self, rules: Rules) -> None:
        """Take compiled axioms; nothing is computed yet."""
        self.rules = rules

    def closure(self, facts: Iterable[Triple]) -> "Closure":
        """Return what follows from facts. The same facts in another order give the same result."""
        with _without_collector():
            run = Rounds(self.rules.rules, sorted(set(facts)))
            run.saturate()
        return Closure(run, self.rules.unsupported)


class Closure:
    """What follows from some facts: triples, proofs, and what cannot be."""

    def __init__(self, run: Rounds, unsupported: tuple[Triple, ...]) -> None:
        """Take a finished run."""
        self._run = run
        self._proofs: dict[Code, Proof] = {}
        self.unsupported = unsupported

    @property
    def triples(self) -> list[Triple]:
        """The inferred triples, sorted; those that were given are not among them."""
        run = self._run
        return sorted(
            run.decode(code)
            for code, reason in run.known.items()
            if reason is not GIVEN and not run.is_hidden(code)
        )

    def __contains__(self, triple: Triple) -> bool:
        """Tell whether a triple was given or follows."""
        code = self._run.find(triple)
        return code is not None and code in self._run.known

    def proof(self, triple: Triple) -> Proof | None:
        """Return a proof of least depth, a single leaf for a given triple, None for neither."""
        code = self._run.find(triple)
        if code is None or code not in self._run.known:
            return None
        return self._proof(code)

    @property
    def inconsistencies(self) -> tuple[Inconsistency, ...]:
        """What the axioms do not allow together, each broken axiom once for the same triples."""
        found = {}
        for number, premises in self._run.broken:
            rule = self._run.rules[number]
            shown, axioms = self._visible(premises, rule.axioms)
            finding = Inconsistency(rule.name, axioms, tuple(self._proof(code) for code in shown))
            found[rule.name, frozenset(proof.triple for proof in finding.premises)] = finding
        return tuple(found.values())

    def _proof(self, root: Code) -> Proof:
        stack = [root]
        while stack:
            code = stack[-1]
            if code in self._proofs:
                stack.pop()
                continue
            number, premises = self._run.known[code]
            if number < 0:
                self._proofs[code] = Proof(self._run.decode(code))
                continue
            rule = self._run.rules[number]
            shown, axioms = self._visible(premises, rule.axioms)
            missing = [premise for premise in shown if premise not in self._proofs]
            if missing:
                stack.extend(missing)
                continue
            below = tuple(self._proofs[premise] for premise in shown)
            self._proofs[code] = Proof(self._run.decode(code), rule.name, axioms, below)
        return self._proofs[root]

    def _visible(
        self, premises: tuple[Code, ...], axioms: tuple[Triple, ...]
    ) -> tuple[list[Code], tuple[Triple, ...]]:
        """Replace premises about unnamed classes and properties by what these stand on."""
        shown: dict[Code, None] = {}
        used = list(axioms)
        stack = list(reversed(premises))
        while stack:
            code = stack.pop()
            if self._run.is_hidden(code):
                number, below = self._run.known[code]
                used.extend(self._run.rules[number].axioms)
                stack.extend(reversed(below))
            else:
                shown[code] = None
        return list(shown), tuple(dict.fromkeys(used))


@contextmanager
def _without_collector() -> Iterator[None]:
    """Switch the cyclic garbage collector off: nothing here is cyclic, and it takes most time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
