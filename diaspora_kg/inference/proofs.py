"""Why a triple holds: a step of a rule, the axioms that it used, and what it started from."""

from collections.abc import Iterator
from dataclasses import dataclass

from diaspora_kg.terms import Triple

ASSERTED = "asserted"


@dataclass(frozen=True)
class Proof:
    """A proof tree. Its root is the triple proved; a leaf is a triple that was given."""

    triple: Triple
    rule: str = ASSERTED
    """The kind of axiom that the last step used, such as ``inverseOf``; ``asserted`` at a leaf."""
    axioms: tuple[Triple, ...] = ()
    """The triples of the ontology that the last step used."""
    premises: tuple["Proof", ...] = ()
    name: str = ""
    """The rule by its name in the tables of OWL 2 RL, such as ``prp-inv1``; nothing at a leaf."""

    @property
    def is_leaf(self) -> bool:
        """Tell whether the triple was given, and not inferred."""
        return self.rule == ASSERTED

    def steps(self) -> Iterator["Proof"]:
        """Yield every node once, premises before what they prove."""
        seen: set[Triple] = set()
        stack: list[tuple[Proof, bool]] = [(self, False)]
        while stack:
            node, premises_done = stack.pop()
            if premises_done:
                yield node
            elif node.triple not in seen:
                seen.add(node.triple)
                stack.append((node, True))
                stack.extend((premise, False) for premise in reversed(node.premises))

    @property
    def leaves(self) -> tuple[Triple, ...]:
        """The given triples that the proof stands on, each once, from left to right."""
        return tuple(node.triple for node in self.steps() if node.is_leaf)

    @property
    def axioms_used(self) -> tuple[Triple, ...]:
        """The triples of the ontology that any step used, each once."""
        return tuple(dict.fromkeys(axiom for node in self.steps() for axiom in node.axioms))

    @property
    def depth(self) -> int:
        """The number of steps on the longest way down; 0 for a given triple."""
        depths: dict[Triple, int] = {}
        for node in self.steps():
            below = [depths[premise.triple] for premise in node.premises]
            depths[node.triple] = 0 if node.is_leaf else 1 + max(below, default=0)
        return depths[self.triple]


@dataclass(frozen=True)
class Inconsistency:
    """Triples that the axioms do not allow together."""

    rule: str
    """The kind of axiom that is broken, such as ``disjointWith``."""
    axioms: tuple[Triple, ...]
    premises: tuple[Proof, ...]
    name: str = ""
    """The rule by its name in the tables of OWL 2 RL, such as ``cax-dw``."""

    @property
    def axioms_used(self) -> tuple[Triple, ...]:
        """The triples of the ontology on which the clash rests, each once."""
        below = (axiom for premise in self.premises for axiom in premise.axioms_used)
        return tuple(dict.fromkeys((*self.axioms, *below)))

    @property
    def leaves(self) -> tuple[Triple, ...]:
        """The given triples that cannot all stand, each once."""
        return tuple(dict.fromkeys(leaf for premise in self.premises for leaf in premise.leaves))
