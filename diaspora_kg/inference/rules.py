"""Rules as values: Horn clauses that an axiom, or the tables of OWL 2 RL themselves, give."""

from collections.abc import Iterable
from dataclasses import dataclass

from diaspora_kg.namespaces import OWL, RDF
from diaspora_kg.terms import TYPE, Term, Triple

Atom = tuple[Term, Term, Term]
"""A triple pattern; a variable begins with ``?``."""

NIL: Term = f"<{RDF}nil>"
THING: Term = f"<{OWL}Thing>"
NOTHING: Term = f"<{OWL}Nothing>"
SAME_AS: Term = f"<{OWL}sameAs>"
DIFFERENT: Term = f"<{OWL}differentFrom>"
STATED = "stated"
"""In place of a rule of the tables: an axiom about individuals says what it says."""


@dataclass(frozen=True)
class Identity:
    """What a rule that finds equals says: two things with the same values of the keys are one."""

    who: Term
    keys: tuple[Term, ...]


@dataclass(frozen=True)
class Rule:
    """A Horn clause with the axiom that it comes from."""

    name: str
    """Its name in the tables of the recommendation, such as ``cax-sco``."""
    kind: str
    """The kind of axiom, by its OWL or RDFS name, such as ``subClassOf``."""
    axioms: tuple[Triple, ...]
    body: tuple[Atom, ...]
    head: Atom | None
    """What follows; None when what the body says cannot be, or when two things are one."""
    identity: Identity | None = None
    """For functional properties, keys and the like: the body speaks of one of the two things."""
    distinct: tuple[Term, ...] = ()
    """Things of which no two may be one."""

    @property
    def in_full(self) -> tuple[tuple[Atom, ...], Atom | None]:
        """Body and head as the tables write them: a rule that finds equals speaks of both."""
        if self.identity is None:
            return self.body, self.head
        who, keys = self.identity.who, self.identity.keys

        def other(term: Term) -> Term:
            return f"{term}'" if is_variable(term) and term not in keys else term

        second = tuple((other(s), p, other(o)) for s, p, o in self.body)
        return (*self.body, *second), (who, SAME_AS, other(who))

    @property
    def terms(self) -> frozenset[Term]:
        """The terms that the rule names."""
        atoms = self.body if self.head is None else (*self.body, self.head)
        named = {term for atom in atoms for term in atom if not is_variable(term)}
        return frozenset(named.union(self.distinct))

    @property
    def unnamed(self) -> frozenset[Term]:
        """The class expressions and inverses without a name that the rule speaks of."""
        atoms = self.body if self.head is None else (*self.body, self.head)
        speaks_of = {atom[2] if atom[1] == TYPE else atom[1] for atom in atoms}
        return frozenset(term for term in speaks_of if term.startswith("_:"))


def is_variable(term: Term) -> bool:
    """Tell whether a term of a rule is a variable."""
    return term.startswith("?")


def is_a(
    name: str, kind: str, axioms: tuple[Triple, ...], classes: Iterable[Term], sup: Term
) -> Rule:
    """Return the rule that members of all of some classes are members of another."""
    return Rule(name, kind, axioms, tuple(("?x", TYPE, cls) for cls in classes), ("?x", TYPE, sup))


def never(name: str, kind: str, axioms: tuple[Triple, ...], *body: Atom) -> Rule:
    """Return the rule that what a body says cannot be."""
    return Rule(name, kind, axioms, body, None)
