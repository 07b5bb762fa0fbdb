"""A proof as text, JSON or a picture: from what follows down to what was given, with its quotes.

A statement that a proof uses twice is unfolded once; the second time it is named alone, so that
a proof of many steps stays as long as its steps are many.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from textwrap import wrap
from typing import Any
from xml.sax.saxutils import escape

from diaspora_kg.evidence.explanations import ProofStep
from diaspora_kg.inference.proofs import Inconsistency, Proof
from diaspora_kg.namespaces import compact
from diaspora_kg.terms import Term, Triple, iri_of, is_iri

Words = Callable[[Triple], str]
Axioms = Callable[[Iterable[Triple]], Iterable[str]]
Behind = Callable[[Triple], Iterable[str]]


@dataclass(frozen=True)
class Node:
    """One statement of a proof, in words."""

    triple: Triple
    words: str
    rule: str = ""
    """The rule of OWL 2 RL that gave it; nothing when it was given."""
    because: tuple[str, ...] = ()
    """The axioms of the rule, in words."""
    behind: tuple[str, ...] = ()
    """Quotes and places, or data that is named; at a statement that was given."""
    premises: tuple["Node", ...] = ()


def plain_words(triple: Iterable[Term]) -> str:
    """Return a triple with short names, for when nothing better is known."""
    return " ".join(compact(iri_of(term)) if is_iri(term) else term for term in triple)


def node_of(
    proof: Proof,
    words: Words = plain_words,
    axioms: Axioms = lambda axioms: map(plain_words, axioms),
    behind: Behind = lambda _triple: (),
) -> Node:
    """Return a proof in words; ``behind`` tells what a given triple rests on, such as quotes."""
    nodes: dict[Triple, Node] = {}
    for step in proof.steps():  # premises come before what they prove
        nodes[step.triple] = Node(
            step.triple,
            words(step.triple),
            step.name,
            tuple(axioms(step.axioms)) if step.axioms else (),
            tuple(behind(step.triple)) if step.is_leaf else (),
            tuple(nodes[premise.triple] for premise in step.premises),
        )
    return nodes[proof.triple]


def node_of_clash(
    found: Inconsistency,
    words: Words = plain_words,
    axioms: Axioms = lambda axioms: map(plain_words, axioms),
    behind: Behind = lambda _triple: (),
) -> Node:
    """Return an inconsistency in words, with what clashes as premises."""
    premises = tuple(node_of(proof, words, axioms, behind) for proof in found.premises)
    said = tuple(axioms(found.axioms)) if found.axioms else ()
    return Node(("", "", ""), "This cannot be.", found.name, said, (), premises)


def node_of_step(step: ProofStep) -> Node:
    """Return the proof of an explanation, with the quotes of its claims."""
    quotes = [
        f"“{passage.quote}” ({record.speaker}; {passage.source_label}, {passage.locator})"
        for record in step.claims
        for passage in record.passages
    ]
    premises = tuple(node_of_step(premise) for premise in step.premises)
    return Node(step.triple, step.words, "", step.because, (*quotes, *step.named), premises)


def proof_as_text(root: Node) -> str:
    """Return a proof as an indented tree."""
    return "\n".join(_lines(root, "", "", set())) + "\n"


def _lines(node: Node, first: str, others: str, seen: set[Triple]) -> Iterator[str]:
    if node.triple in seen and node.premises:
        yield f"{first}{node.words} (see above)"
        return
    seen.add(node.triple)
    yield first + node.words
    if node.rule:
        yield f"{others}    by {node.rule}{': ' if node.because else ''}{'; '.join(node.because)}"
    elif node.because:
        yield f"{others}    because {'; '.join(node.because)}"
    for line in node.behind:
        yield f"{others}    {line}"
    for number, premise in enumerate(node.premises, start=1):
        is_last = number == len(node.premises)
        branch, trunk = ("└─ ", "   ") if is_last else ("├─ ", "│  ")
        yield from _lines(premise, others + branch, others + trunk, seen)


def proof_as_json(root: Node) -> str:
    """Return a proof as nested JSON; a statement unfolded before says so."""
    return json.dumps(_values(root, set()), ensure_ascii=False, indent=2) + "\n"


def _values(node: Node, seen: set[Triple]) -> dict[str, Any]:
    values: dict[str, Any] = {"triple": list(node.triple), "words": node.words}
    if node.triple in seen and node.premises:
        return {**values, "see": "above"}
    seen.add(node.triple)
    for key, value in (("rule", node.rule), ("axioms", node.because), ("behind", node.behind)):
        if value:
            values[key] = value
    if node.premises:
        values["premises"] = [_values(premise, seen) for premise in node.premises]
    return values


# --- The picture ----------------------------------------------------------------------------

_INDENT, _WIDTH, _LINE, _PAD, _GAP = 36, 560, 17, 8, 12
_LETTERS = 78
"""Letters that fit on a line of a box."""


@dataclass(frozen=True)
class _Box:
    node: Node
    depth: int
    parent: int
    lines: tuple[tuple[str, str], ...]
    """Each line with its kind: ``words``, ``rule`` or ``quote``."""

    @property
    def height(self) -> int:
        return len(self.lines) * _LINE + 2 * _PAD


def proof_as_svg(root: Node) -> str:
    """Return a proof as a picture: the conclusion on top, what it stands on below and to the right.

    Boxes of what was given have a broader edge. Text stays text, so that it can be read out,
    searched and copied.
    """
    boxes = list(_boxes(root, 0, -1, [], set()))
    tops: list[int] = []
    y = _GAP
    for box in boxes:
        tops.append(y)
        y += box.height + _GAP
    width = _WIDTH + _INDENT * max(box.depth for box in boxes) + 2 * _GAP
    title = escape(root.words)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width}" height="{y}" '
        f'viewBox="0 0 {width} {y}" font-family="DejaVu Sans, Verdana, sans-serif" font-size="12">',
        f"<title>{title}</title>",
        f'<rect width="{width}" height="{y}" fill="#ffffff"/>',
    ]
    for box, top in zip(boxes, tops, strict=True):
        if box.parent >= 0:
            parts.append(_link(box, top, tops[box.parent] + boxes[box.parent].height))
    for box, top in zip(boxes, tops, strict=True):
        parts.extend(_drawn(box, top))
    return "\n".join([*parts, "</svg>"]) + "\n"


def _boxes(
    node: Node, depth: int, parent: int, done: list[Node], seen: set[Triple]
) -> Iterator[_Box]:
    repeated = node.triple in seen and bool(node.premises)
    seen.add(node.triple)
    place = len(done)
    done.append(node)
    words = f"{node.words} (see above)" if repeated else node.words
    lines = [(line, "words") for line in wrap(words, _LETTERS) or [""]]
    if not repeated:
        reasons = [*([f"by {node.rule}"] if node.rule else []), *node.because]
        lines += [(line, "rule") for text in reasons for line in wrap(text, _LETTERS)]
        lines += [(line, "quote") for text in node.behind for line in wrap(text, _LETTERS)]
    yield _Box(node, depth, parent, tuple(lines))
    if not repeated:
        for premise in node.premises:
            yield from _boxes(premise, depth + 1, place, done, seen)


def _link(box: _Box, top: int, start: int) -> str:
    x = _GAP + (box.depth - 1) * _INDENT + _INDENT // 2
    return (
        f'<path d="M{x} {start}V{top + box.height // 2}H{_GAP + box.depth * _INDENT}" '
        'fill="none" stroke="#33505f" stroke-width="1.5"/>'
    )


def _drawn(box: _Box, top: int) -> Iterator[str]:
    x = _GAP + box.depth * _INDENT
    edge, fill = ("2.5", "#ffffff") if not box.node.premises else ("1", "#eef3f6")
    yield (
        f'<rect x="{x}" y="{top}" width="{_WIDTH}" height="{box.height}" rx="6" fill="{fill}" '
        f'stroke="#33505f" stroke-width="{edge}"/>'
    )
    styles = {
        "words": 'font-weight="bold"',
        "rule": 'fill="#4d4d4d"',
        "quote": 'font-style="italic"',
    }
    for number, (text, kind) in enumerate(box.lines):
        y = top + _PAD + _LINE * number + 12
        yield f'<text x="{x + _PAD}" y="{y}" {styles[kind]}>{escape(text)}</text>'
