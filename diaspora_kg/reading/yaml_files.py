"""YAML to a tree, with the line and column of everything.

Composed, not loaded: composed nodes carry their place, keep duplicate keys visible and leave
every scalar as text, so no country becomes ``False`` and no version becomes a number.
"""

from typing import Any

import yaml

from diaspora_kg.errors import DiasporaKGError, Finding, FindingsError, Location
from diaspora_kg.model import Written
from diaspora_kg.reading.tree import Mapping, Node, Scalar, Sequence

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MOST_NODES = 2_000_000
"""Some forty times the nodes of the largest packaged case; beyond it lies no scholar's file."""
_DEEPEST = 60


def read_tree(text: str, name: str) -> Node:
    """Return the tree of one YAML document.

    Raises ``DiasporaKGError``: DKG101 for broken YAML, DKG102 for duplicate keys (all of them
    at once), DKG113 for anchors that expand without bound.
    """
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        raise _broken(error, name) from error
    except RecursionError as error:
        raise _too_deep(Location(name)) from error
    if root is None:
        raise DiasporaKGError(
            "DKG100",
            "the file holds nothing but comments",
            "'diaspora-kg new case NAME' writes a file to start from.",
            Location(name),
        )
    _refuse_bombs(root, name)
    duplicates: list[Finding] = []
    tree = _convert(root, name, duplicates)
    if duplicates:
        raise FindingsError(tuple(duplicates))
    return tree


def _convert(node: Any, name: str, duplicates: list[Finding]) -> Node:  # noqa: ANN401 - PyYAML
    at = _place(node.start_mark, name)
    if isinstance(node, yaml.ScalarNode):
        return Scalar(Written(node.value, at))
    if isinstance(node, yaml.SequenceNode):
        return Sequence(tuple(_convert(item, name, duplicates) for item in node.value), at)
    entries: dict[str, tuple[Written, Node]] = {}
    for key_node, value_node in node.value:
        key = Written(str(key_node.value), _place(key_node.start_mark, name))
        if key in entries:
            first = entries[key][0].at.line
            duplicates.append(
                Finding(
                    "DKG102",
                    f"the key '{key}' stands twice in one mapping, first on line {first}",
                    "Keep one of the two; neither has been read.",
                    location=key.at,
                )
            )
            continue
        entries[key] = (key, _convert(value_node, name, duplicates))
    return Mapping(tuple(entries.values()), at)


def _refuse_bombs(root: Any, name: str) -> None:  # noqa: ANN401 - PyYAML nodes are untyped
    sizes: dict[int, int] = {}
    open_nodes: set[int] = set()

    def size(node: Any, depth: int) -> int:  # noqa: ANN401
        key = id(node)
        if key in open_nodes or depth > _DEEPEST:
            raise _too_deep(_place(node.start_mark, name))
        if key in sizes:
            return sizes[key]
        open_nodes.add(key)
        total = 1
        if isinstance(node, yaml.SequenceNode):
            total += sum(size(item, depth + 1) for item in node.value)
        elif isinstance(node, yaml.MappingNode):
            total += sum(size(part, depth + 1) for pair in node.value for part in pair)
        open_nodes.discard(key)
        sizes[key] = total
        if total > _MOST_NODES:
            raise _too_deep(_place(node.start_mark, name))
        return total

    size(root, 0)


def _too_deep(at: Location) -> DiasporaKGError:
    return DiasporaKGError(
        "DKG113",
        "the anchors and aliases of this file expand without reasonable bound",
        "Write the repeated part out, or name a passage once under 'passages:'.",
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
    if "\\t" in problem or "tab" in problem:
        return "Indent with spaces, not with tabs."
    if "mapping values are not allowed" in problem:
        return "Put a text that holds ': ' between quotation marks, or write it as a '>-' block."
    if "expected <block end>" in problem or "did not find expected" in problem:
        return "Check the indentation of this line and of the one above, and unclosed quotes."
    if "special characters" in problem or "control characters" in problem:
        return "Remove the invisible control character; it often comes from copying out of a PDF."
    return "Check this line and the one above it: quotation marks, colons and indentation."


def _place(mark: Any, name: str) -> Location:  # noqa: ANN401 - PyYAML marks are untyped
    return Location(name, mark.line + 1, mark.column + 1)
