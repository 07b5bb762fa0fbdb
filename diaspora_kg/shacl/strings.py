"""Conditions on the text of a value: regular expressions and languages."""

import json
import re

import pyoxigraph

from diaspora_kg.shacl.engine import PythonFunction, evaluate
from diaspora_kg.shacl.expressions import Writer, all_of, any_of, negated
from diaspora_kg.shacl.failures import CannotCompileError, ShapesError
from diaspora_kg.shacl.shapes import Pattern
from diaspora_kg.terms import text_literal

_PYTHON_FLAGS = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL, "x": re.VERBOSE}
_DOLLAR = re.compile(r"(?<!\\)\$\Z")
_SUBTRACTION = re.compile(r"(?<!\\)-\[")
_ONLY_IN_SCHEMA = re.compile(r"(?<!\\)(?:\\\\)*\\[icIC]|\\[pP]\{Is")


def matches(writer: Writer, constraint: Pattern, variable: str) -> str:
    """Return the condition that the text of a node matches a pattern; no blank node does.

    Patterns are those of XPath (https://www.w3.org/TR/xpath-functions/#regex-syntax). The engine
    knows neither looking around nor back references, and says so only by answering nothing;
    such patterns are left to Python.

    Raises ``ShapesError`` when nobody understands the pattern.
    """
    pattern, flags = constraint.pattern, constraint.flags
    if set(flags) - {"i", "m", "s", "x", "q"}:
        raise ShapesError(f"'{flags}' are no flags of a regular expression")
    if "q" not in flags and _ONLY_IN_SCHEMA.search(pattern):
        raise ShapesError(
            f"the pattern {json.dumps(pattern)} uses a class of characters of XML Schema",
            r"Write the characters themselves, such as [A-Za-z_] for \i.",
        )
    written = text_literal(pattern if "q" in flags else _SUBTRACTION.sub("--[", pattern))
    rest = f"{written}, {text_literal(flags)})"
    call = f"REGEX(STR({variable}), {rest}"
    if evaluate(f'REGEX("", {rest}') is None:
        if not writer.data.calls_python:
            raise CannotCompileError("its pattern looks around, which few engines can")
        call = f"{writer.new_function(_in_python(constraint))}(STR({variable}))"
    return all_of((negated(writer.is_blank(variable)), call))


def has_length(writer: Writer, variable: str, comparison: str) -> str:
    """Return the condition that the length of a node's text compares so; no blank node's does."""
    return all_of((negated(writer.is_blank(variable)), f"STRLEN(STR({variable})) {comparison}"))


def is_in_language(variable: str, ranges: tuple[str, ...]) -> str:
    """Return the condition that a node is in one of some languages."""
    tests = (f"LANGMATCHES(LANG({variable}), {text_literal(text)})" for text in ranges)
    return all_of((f"isLiteral({variable})", any_of(tests)))


def same_language(one: str, other: str) -> str:
    """Return the condition that two nodes are in one language."""
    tags = [f"LCASE(LANG({variable}))" for variable in (one, other)]
    return f'(isLiteral({one}) && isLiteral({other}) && {tags[0]} != "" && {tags[0]} = {tags[1]})'


def _in_python(constraint: Pattern) -> PythonFunction:
    flags = sum(_PYTHON_FLAGS[flag] for flag in set(constraint.flags))
    try:
        search = re.compile(_DOLLAR.sub(r"\\Z", constraint.pattern), flags).search
    except re.error as error:
        shown = json.dumps(constraint.pattern)
        raise ShapesError(f"the pattern {shown} is wrong: {error}") from error
    answers = {answer: pyoxigraph.Literal(answer) for answer in (True, False)}
    return lambda text: answers[search(text.value) is not None]
