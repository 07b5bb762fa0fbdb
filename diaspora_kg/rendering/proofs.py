"""An answer to "why" as a tree: statements, each above what it stands on, down to quotes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from diaspora_kg.evidence import ClaimRecord, Explanation
from diaspora_kg.evidence.explanations import ProofStep, Statement
from diaspora_kg.rendering.evidence import grounds_of, place_of, quote_of
from diaspora_kg.terms import Triple

Kind = Literal["inferred", "claimed", "given"]


@dataclass(frozen=True)
class Ground:
    """Words of a source with their place, or data that is named and not quoted."""

    words: str
    place: str = ""


@dataclass(frozen=True)
class Node:
    """One statement of a tree."""

    words: str
    parts: tuple[str, ...] = ()
    """Subject, verb and object, where the words are made of these."""
    kind: Kind = "given"
    rule: str = ""
    """The rule of OWL 2 RL that gave it, such as ``prp-inv1``; nothing when it was given."""
    because: tuple[str, ...] = ()
    """The axioms of the rule, in words."""
    note: str = ""
    """What became of it, such as "contested: 2 claims, 1 independent origin"."""
    grounds: tuple[Ground, ...] = ()
    premises: tuple["Node", ...] = ()
    triple: Triple = field(default=("", "", ""))


def trees_of(explanation: Explanation, language: str = "en") -> list[Node]:
    """Return what an explanation tells as trees, one for each statement, claim or conflict."""
    trees = [_of_statement(statement, language) for statement in explanation.statements]
    if explanation.claim is not None:
        told = explanation.claim
        trees.append(_of_record(told.record, told.standing.status, language))
    if explanation.conflict is not None:
        sides = [
            _of_record(record, standing.status, language)
            for record, standing in explanation.conflicting
        ]
        trees.append(Node(explanation.conflict.label, premises=tuple(sides)))
    return trees


def node_of_step(root: ProofStep, language: str = "en") -> Node:
    """Return a proof with the quotes of its claims; what is used twice is made once."""
    made: dict[Triple, Node] = {}
    for step in reversed(_from_the_top(root)):
        made[step.triple] = Node(
            step.words,
            step.parts,
            _kind_of(step),
            step.rule,
            step.because,
            grounds=(*_grounds(step.claims, language), *map(Ground, step.named)),
            premises=tuple(made[premise.triple] for premise in step.premises),
            triple=step.triple,
        )
    return made[root.triple]


def _from_the_top(root: ProofStep) -> list[ProofStep]:
    """Return the steps so that each stands before all that it needs."""
    order: list[ProofStep] = []
    seen: set[Triple] = set()
    stack: list[tuple[ProofStep, bool]] = [(root, False)]
    while stack:
        step, is_done = stack.pop()
        if is_done:
            order.append(step)
        elif step.triple not in seen:
            seen.add(step.triple)
            stack.append((step, True))
            stack.extend((premise, False) for premise in step.premises)
    return order[::-1]


def _kind_of(step: ProofStep) -> Kind:
    if step.rule:
        return "inferred"
    return "claimed" if step.claims else "given"


def _of_statement(statement: Statement, language: str) -> Node:
    proof = node_of_step(statement.proof, language) if statement.proof is not None else None
    named = map(Ground, statement.named)
    kind: Kind = "claimed" if statement.claims else "given"
    if proof is not None and not statement.claims:
        kind = proof.kind
    count = len(statement.claims)
    said = f": {count} claim{'s' if count != 1 else ''}" if count else ""
    origins = f", {statement.origins} independent origin{'s' if statement.origins != 1 else ''}"
    return Node(
        statement.words,
        statement.parts if " ".join(statement.parts) == statement.words else (),
        kind,
        proof.rule if proof is not None else "",
        proof.because if proof is not None else (),
        "" if kind == "inferred" else f"{statement.standing}{said}{origins if count else ''}",
        (*_grounds(statement.claims, language), *named),
        proof.premises if proof is not None else (),
        statement.triple,
    )


def _of_record(record: ClaimRecord, standing: str, language: str) -> Node:
    grounds = tuple(_grounds((record,), language))
    return Node(record.label, (), "claimed", note=standing, grounds=grounds)


def _grounds(claims: Iterable[ClaimRecord], language: str) -> Iterator[Ground]:
    for ground in grounds_of(claims):
        for passage in ground.passages:
            yield Ground(quote_of(passage, language), place_of(ground.claims[0], passage))
