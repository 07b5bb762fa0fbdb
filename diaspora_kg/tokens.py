"""SPARQL queries as tokens: enough of the grammar to rewrite a query without misreading it.

Tokens follow section 19.8 of SPARQL 1.1 (https://www.w3.org/TR/sparql11-query/#sparqlGrammar).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urljoin

_GRAMMAR = re.compile(
    r"""
    (?P<space>\s+ | \#[^\n\r]*)
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<string>'''(?:'{0,2}(?:[^'\\]|\\.))*''' | \"""(?:"{0,2}(?:[^"\\]|\\.))*\"""
      | '(?:[^'\\\n\r]|\\.)*' | "(?:[^"\\\n\r]|\\.)*")
  | (?P<variable>[?$]\w+)
  | (?P<blank>_:\w(?:[\w.-]*[\w-])?)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<name>(?:[^\W\d_](?:[\w.-]*[\w-])?)?:
      (?:(?:[\w:]|%[0-9A-Fa-f]{2}|\\[^\w\s])(?:(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\[^\w\s])*
      (?:[\w:-]|%[0-9A-Fa-f]{2}|\\[^\w\s]))?)?)
  | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
  | (?P<word>[^\W\d]\w*)
  | (?P<sign>\^\^|&&|\|\||!=|<=|>=|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_LOCAL_ESCAPE = re.compile(r"\\([^\w\s])")


class PrologueError(Exception):
    """The prologue of a query is wrong, or lacks a prefix; the words say what."""

    def __init__(self, message: str, undeclared: str | None = None) -> None:
        """Take what is wrong, and the prefix that is not declared, if that is what is wrong."""
        super().__init__(message)
        self.undeclared = undeclared


@dataclass(frozen=True)
class Token:
    """One token; white space and comments are none."""

    kind: str
    text: str
    is_apart: bool = True
    """Whether there is space before it."""

    @property
    def keyword(self) -> str:
        """The word in upper case, or the empty text for what is no word."""
        return self.text.upper() if self.kind == "word" else ""

    @property
    def variable(self) -> str:
        """The name of a variable without its mark, or the empty text."""
        return self.text[1:] if self.kind == "variable" else ""

    def opens(self) -> bool:
        """Tell whether a group begins here."""
        return self.text == "{" and self.kind == "sign"

    def closes(self) -> bool:
        """Tell whether a group ends here."""
        return self.text == "}" and self.kind == "sign"


def tokenize(query: str, prefixes: Mapping[str, str]) -> list[Token]:
    """Return the tokens of a query without its prologue, with every IRI written in full.

    Raises ``PrologueError`` when a prefix is not declared.
    """
    tokens: list[Token] = []
    is_apart = True
    for match in _GRAMMAR.finditer(query):
        if match.lastgroup != "space":
            tokens.append(Token(match.lastgroup or "", match.group(), is_apart))
        is_apart = match.lastgroup == "space"
    known, base, start = dict(prefixes), "", 0
    while start < len(tokens) and tokens[start].keyword in ("PREFIX", "BASE"):
        length = 2 if tokens[start].keyword == "BASE" else 3
        if len(tokens) < start + length or tokens[start + length - 1].kind != "iri":
            raise PrologueError(f"{tokens[start].text} without an IRI in a query")
        namespace = tokens[start + length - 1].text[1:-1]
        if length == 2:
            base = namespace
        else:
            known[tokens[start + 1].text[:-1]] = urljoin(base, namespace)
        start += length
    return [_in_full(token, known, base) for token in tokens[start:]]


def is_balanced(tokens: list[Token]) -> bool:
    """Tell whether every group that opens closes, and something is in one."""
    depth = 0
    for token in tokens:
        depth += token.opens() - token.closes()
        if depth < 0:
            return False
    return depth == 0 and any(token.opens() for token in tokens)


def asks_others(query: str) -> bool:
    """Tell whether a query asks another service."""
    return any(
        match.lastgroup == "word" and match.group().upper() == "SERVICE"
        for match in _GRAMMAR.finditer(query)
    )


def with_words(query: str, replacements: Mapping[str, str]) -> str:
    """Return a query with some words, given in upper case, replaced, and comments blanked out.

    Where word and replacement are of one length, every place of the text stays what it was.
    """

    def replaced(match: re.Match[str]) -> str:
        text = match.group()
        if match.lastgroup == "word":
            return replacements.get(text.upper(), text)
        is_comment = match.lastgroup == "space" and text.startswith("#")
        return " " * len(text) if is_comment else text

    return _GRAMMAR.sub(replaced, query)


def written(tokens: list[Token]) -> str:
    """Return tokens as a text that reads back as the same tokens."""
    text: list[str] = []
    before = Token("", "")
    for token in tokens:
        # the engine does not read a space between COALESCE or CONCAT and its arguments
        is_call = before.kind == "word" and token.text == "("
        text.append(f" {token.text}" if token.is_apart and not is_call else token.text)
        before = token
    return "".join(text)


def _in_full(token: Token, prefixes: Mapping[str, str], base: str) -> Token:
    if token.kind == "iri" and base:
        return replace(token, text=f"<{urljoin(base, token.text[1:-1])}>")
    if token.kind != "name":
        return token
    prefix, _, local = token.text.partition(":")
    if prefix not in prefixes:
        raise PrologueError(f"the prefix '{prefix}:' of a query is not declared", prefix)
    name = _LOCAL_ESCAPE.sub(lambda match: match.group(1), local)
    return Token("iri", f"<{prefixes[prefix]}{name}>", token.is_apart)
