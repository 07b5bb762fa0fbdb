"""Where each token of a query stands: in a pattern or an expression, in which call and clause."""

from dataclasses import dataclass

from diaspora_kg.tokens import Token

_CLAUSES = ("SELECT", "WHERE", "FROM", "GROUP", "ORDER", "HAVING")
_MODIFIERS = ("SELECT", "GROUP", "ORDER", "HAVING")


@dataclass(frozen=True)
class Context:
    """The place of one token."""

    clause: str
    """The clause outside of groups, such as ``SELECT``; empty in a group."""
    depth: int
    """How many brackets are open since the group, or the clause, began."""
    is_expression: bool
    """Whether the innermost bracket holds an expression; else it is a pattern or a path."""
    call: str
    """The function, in upper case, whose arguments the innermost bracket holds."""


@dataclass
class _Bracket:
    is_expression: bool
    call: str


def contexts(tokens: list[Token]) -> list[Context]:
    """Return the context of each token; a bracket itself stands outside of what it holds."""
    found: list[Context] = []
    groups: list[tuple[str, list[_Bracket]]] = []
    clause, brackets = "", list[_Bracket]()
    before = [Token("", ""), Token("", "")]
    for token in tokens:
        if token.closes():
            clause, brackets = groups.pop() if groups else ("", [])
        elif token.text == ")" and token.kind == "sign" and brackets:
            brackets.pop()
        if token.keyword in _CLAUSES:
            clause = token.keyword
        inner = brackets[-1] if brackets else _Bracket(False, "")
        found.append(Context(clause, len(brackets), inner.is_expression, inner.call))
        if token.opens():
            groups.append(("", brackets))
            clause, brackets = "", []
        elif token.text == "(" and token.kind == "sign":
            brackets.append(_opened(before, clause, inner))
        before = [before[1], token]
    return found


def _opened(before: list[Token], clause: str, around: _Bracket) -> _Bracket:
    """Return the bracket that opens after two tokens."""
    earlier, last = before
    is_word = last.kind == "word" and last.text != "a"
    is_function = last.kind == "iri" and earlier.keyword in ("FILTER", "HAVING")
    if around.is_expression:
        call = last.keyword if is_word else last.text if last.kind == "iri" else ""
        return _Bracket(True, call)
    if is_word or is_function or clause in _MODIFIERS:
        return _Bracket(True, last.keyword if is_word else last.text if is_function else "")
    return _Bracket(False, "")
