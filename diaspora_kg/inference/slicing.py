"""The part of an ontology's rules that matters to a question.

Who asks which things are of some classes need not compute all else that follows. Kept is every
rule from whose conclusions, step by step, one of the classes can follow, so the answers and their
proofs are those of the whole: this is the relevance of backward chaining, computed once for a
question instead of once for a fact.
"""

from collections.abc import Collection, Iterable

from diaspora_kg.inference.rules import SAME_AS, Atom, Rule, is_variable
from diaspora_kg.terms import TYPE, Term, Triple

_Goal = tuple[Term, Term | None]
"""A predicate, with the class when it is ``rdf:type``."""


class Slice:
    """The rules towards some classes, and which facts they can make use of."""

    def __init__(self, rules: Iterable[Rule], classes: Collection[Term], known: str = "") -> None:
        """Take all rules of an ontology, and the classes that are asked for.

        With ``known``, the name of a rule, a class that is asked for counts as found where the
        rule would conclude it from another one that is asked for.
        """
        self._asked = frozenset(classes)
        self._goals: set[_Goal] = set()
        self._all = False
        every = tuple(rules)
        kept: set[Rule] = set()
        if any(_is_about_anything(rule) for rule in every):
            self.rules, self._all = every, True
            return
        while True:
            new = [rule for rule in every if rule not in kept and self._leads(rule, known)]
            if not new:
                break
            kept.update(new)
            self._goals.update(_goal(atom) for rule in new for atom in rule.body)
        self.rules = tuple(rule for rule in every if rule in kept)
        """In the order in which they were given."""

    def uses(self, fact: Triple) -> bool:
        """Tell whether a fact can matter: a rule asks for it, or it is an answer itself."""
        _, predicate, obj = fact
        if self._all or predicate == SAME_AS:
            return True
        if predicate == TYPE:
            return obj in self._asked or (TYPE, obj) in self._goals
        return (predicate, None) in self._goals

    def _leads(self, rule: Rule, known: str) -> bool:
        if rule.head is None:
            return False
        goal = _goal(rule.head)
        if goal in self._goals:
            return True
        if goal[0] != TYPE or goal[1] not in self._asked:
            return False
        return rule.name != known or any(atom[2] not in self._asked for atom in rule.body)


def _goal(atom: Atom) -> _Goal:
    return atom[1], atom[2] if atom[1] == TYPE else None


def _is_about_anything(rule: Rule) -> bool:
    """Tell whether a rule makes two things one, or concludes or asks for no predicate by name."""
    atoms = rule.body if rule.head is None else (*rule.body, rule.head)
    return rule.identity is not None or any(
        is_variable(p) or p == SAME_AS or (p == TYPE and is_variable(o)) for _, p, o in atoms
    )
