"""YAML to a tree, with the line and column of everything.

Parsed into events, not loaded: events carry their place, keep duplicate keys visible and leave
every scalar as text, so no country becomes ``False`` and no version becomes a number. The tree
grows on a list, not by recursion, so no depth of a file can exhaust the stack.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from diaspora_kg.errors import DiasporaKGError, Finding, FindingsError, Location
from diaspora_kg.model import Written
from diaspora_kg.reading.tree import Mapping, Node, Scalar, Sequence

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CONTROL = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f\\ufffe\\uffff]")
_DEEPEST = 60
_ALWAYS_ALLOWED = 200_000
"""Nodes that a file may have with all aliases written out, however small it is itself."""
_GROWTH = 10
"""How many times its own size a larger file may grow by its aliases."""


def read_tree(text: str, name: str) -> Node:
    """Return the tree of one YAML document.

    Raises ``DiasporaKGError``: DKG100 for a file of nothing but comments, DKG101 for broken YAML,
    DKG102 for duplicate keys (all of them at once), DKG113 for what nests or expands without
    bound.
    """
    builder = _Builder(name)
    try:
        _parse(text, builder)
    except yaml.YAMLError as error:
        raise _control_character(text, name) or _broken(error, name) from error
    if builder.root is None or (isinstance(builder.root, Scalar) and not builder.root.text):
        raise DiasporaKGError(
            "DKG100",
            "the file holds nothing but comments",
            "'diaspora-kg new case NAME' writes a file to start from.",
            Location(name),
        )
    if builder.duplicates:
        raise FindingsError(tuple(builder.duplicates))
    return builder.root


def _parse(text: str, builder: "_Builder") -> None:
    loader = _LOADER(text)
    try:
        event = loader.get_event()
        while event is not None:
            builder.take(event)
            event = loader.get_event()
    finally:
        loader.dispose()


@dataclass
class _Open:
    """A list or mapping whose end has not come yet."""

    at: Location
    anchor: str | None
    is_mapping: bool
    parts: list[Node] = field(default_factory=list)
    size: int = 1
    """Nodes in it with every alias written out."""


class _Builder:
    def __init__(self, name: str) -> None:
        self.name = name
        self.root: Node | None = None
        self.duplicates: list[Finding] = []
        self._open: list[_Open] = []
        self._anchors: dict[str, tuple[Node, int] | None] = {}
        self._own_nodes = 0

    def take(self, event: Any) -> None:  # noqa: ANN401 - PyYAML events are untyped
        self._own_nodes += 1
        if isinstance(event, yaml.ScalarEvent):
            mark: Any = (
                event.start_mark
            )  # here and not in a function: half of all events are scalars
            at = Location(self.name, mark.line + 1, mark.column + 1)
            self._put(Scalar(Written(event.value, at)), 1, event.anchor)
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._begin(event)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._end()
        elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            raise DiasporaKGError(
                "DKG101",
                "a second YAML document begins here, and a file holds one case",
                "Put each case into a file of its own; '---' stands at the top or nowhere.",
                self._at(event),
            )

    def _begin(self, event: Any) -> None:  # noqa: ANN401
        if len(self._open) >= _DEEPEST:
            raise DiasporaKGError(
                "DKG113",
                f"brackets or indented parts are nested more than {_DEEPEST} deep",
                "No case needs more than ten; look for a bracket that is never closed.",
                self._at(event),
            )
        if event.anchor:
            self._anchors[event.anchor] = None  # known, but not finished: it may not hold itself
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        self._open.append(_Open(self._at(event), event.anchor, is_mapping))

    def _end(self) -> None:
        closed = self._open.pop()
        if closed.is_mapping:
            node: Node = self._mapping(closed)
        else:
            node = Sequence(tuple(closed.parts), closed.at)
        self._put(node, closed.size, closed.anchor)

    def _alias(self, event: Any) -> None:  # noqa: ANN401
        if event.anchor not in self._anchors:
            raise DiasporaKGError(
                "DKG101",
                f"the alias '*{event.anchor}' stands for nothing",
                f"Write '&{event.anchor}' before the part that it stands for, and above it.",
                self._at(event),
            )
        known = self._anchors[event.anchor]
        if known is None:
            raise _without_bound(f"'*{event.anchor}' stands inside itself", self._at(event))
        self._put(*known, None)

    def _put(self, node: Node, size: int, anchor: str | None) -> None:
        if anchor:
            self._anchors[anchor] = (node, size)
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        parent.parts.append(node)
        parent.size += size
        if parent.size > _ALWAYS_ALLOWED and parent.size > _GROWTH * self._own_nodes:
            raise _without_bound("the aliases of this file expand without bound", parent.at)

    def _mapping(self, closed: _Open) -> Mapping:
        entries: dict[str, tuple[Written, Node]] = {}
        for key_node, value in zip(closed.parts[::2], closed.parts[1::2], strict=True):
            if not isinstance(key_node, Scalar):
                raise DiasporaKGError(
                    "DKG101",
                    "a list or mapping stands where a key is expected",
                    "A key is one word before a colon. A text that begins with '[' or '{' stands "
                    "between quotation marks.",
                    key_node.at,
                )
            key = key_node.text
            if key in entries:
                self._duplicate(key, entries[key][0].at.line)
            else:
                entries[key] = (key, value)
        return Mapping(tuple(entries.values()), closed.at)

    def _duplicate(self, key: Written, first: int) -> None:
        self.duplicates.append(
            Finding(
                "DKG102",
                f"the key '{key}' stands twice in one mapping, first on line {first}",
                "Keep one of the two; neither has been read.",
                location=key.at,
            )
        )

    def _at(self, event: Any) -> Location:  # noqa: ANN401
        return _place(event.start_mark, self.name)


def _without_bound(message: str, at: Location) -> DiasporaKGError:
    return DiasporaKGError(
        "DKG113",
        message,
        "Write the repeated part out, or name a passage once under 'passages:'.",
        at,
    )


def _control_character(text: str, name: str) -> DiasporaKGError | None:
    found = _CONTROL.search(text)
    if found is None:
        return None
    before = text[: found.start()]
    at = Location(name, before.count("\n") + 1, len(before) - before.rfind("\n"))
    return DiasporaKGError(
        "DKG101",
        f"an invisible control character (U+{ord(found.group()):04X}) stands here",
        "Remove it; it often comes from copying out of a PDF.",
        at,
    )


def _broken(error: yaml.YAMLError, name: str) -> DiasporaKGError:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    at = _place(mark, name) if mark else Location(name)
    return DiasporaKGError(
        "DKG101",
        f"this is not well-formed YAML: {problem}",
        _advice(str(problem)),
        at,
    )


def _advice(problem: str) -> str:
    if "\\t" in problem or "tab" in problem or "cannot start any token" in problem:
        return "Indent with spaces, not tabs; put a text that begins with a sign between quotes."
    if "mapping values are not allowed" in problem:
        return "Put a text that holds ': ' between quotation marks, or write it as a '>-' block."
    if "',' or '" in problem:
        return "Close the bracket; put a text that holds ': ' or a bracket between quotation marks."
    if "expected <block end>" in problem or "did not find expected" in problem:
        return "Check the indentation of this line and of the one above, and unclosed quotes."
    return "Check this line and the one above it: quotation marks, colons and indentation."


def _place(mark: Any, name: str) -> Location:  # noqa: ANN401 - PyYAML marks are untyped
    return Location(name, mark.line + 1, mark.column + 1)
