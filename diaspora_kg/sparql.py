"""SPARQL as text: what a query would do, read without parsing it, and what is wrong with it.

Only the engine parses. Before a query reaches it, these patterns tell whether the query would leave
the machine or change the graph. They never backtrack far (possessive quantifiers), so that a text
made to hold them up does not.
"""

import re

from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.namespaces import PREFIXES

_STRINGS = (
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*\'\'\''
    r'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\''
)
_ADDRESS = r'<[^<>"{}|^`\\\x00-\x20]*+>'
_NOT_CODE = re.compile(rf"(?s){_STRINGS}|{_ADDRESS}|#[^\n]*")
_NOT_ADDRESS = re.compile(rf"(?s)({_STRINGS})|({_ADDRESS})|#[^\n]*")
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_SPACE = r"(?:\s|#[^\n]*+(?:\n|\Z))*+"
_PREFIXED_NAME = r"(?=[^\s<>{}()\"'#:]*+:)(?:\\.|[^\s<>{}\"#\\])*+"
_PLACE_OF_SERVICE = rf"(?:{_ADDRESS}|[?$]\w++|{_PREFIXED_NAME})"
_SERVICE = re.compile(
    rf"SERVICE{_SPACE}(?:SILENT{_SPACE})?{_PLACE_OF_SERVICE}{_SPACE}\{{", re.IGNORECASE
)
_IN_VARIABLE = re.compile(r"[?$]\w*\Z")
_LONGEST_VARIABLE = 200
_DATASET = re.compile(r"(?<![?$:\w])FROM(?![:\w])", re.IGNORECASE)
_PROLOGUE = r"(?:\s*+(?:PREFIX\s+[^\s:]*+:|BASE))*+\s*+"
_UPDATE = re.compile(
    rf"\A{_PROLOGUE}(INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)\b", re.IGNORECASE
)
_DECLARED = re.compile(r"\bPREFIX\s+([\w.-]*)\s*:", re.IGNORECASE)
_USED = re.compile(r"(?<![\w?$:.-])([A-Za-z][\w.-]*|):(?=[\w%\\])")
_PLACE = re.compile(r"error at (\d+):(\d+): ")


def asks_another_service(sparql: str) -> bool:
    """Tell whether a query may hold a SERVICE clause, wherever that might be.

    The engine takes ``SERVICE`` for a keyword even where it is glued to what stands before or
    behind it, and only the engine knows for sure where strings and comments end. So the shape of
    the clause is looked for in the whole text; in a comment it is refused as well.
    """
    for text in (sparql, _ESCAPE.sub(_unescape, sparql)):
        for match in _SERVICE.finditer(text):
            before = text[max(0, match.start() - _LONGEST_VARIABLE) : match.start()]
            if not _IN_VARIABLE.search(before):
                return True
    return False


def changes_the_graph(sparql: str) -> bool:
    """Tell whether the text is an update and no query."""
    return _UPDATE.match(_code(sparql)) is not None


def chooses_graphs(sparql: str) -> bool:
    """Tell whether a query says with FROM which graphs it sees."""
    return _DATASET.search(_code(sparql)) is not None


def names_graph(sparql: str, address: str, short_name: str) -> bool:
    """Tell whether a query names a graph, by its IRI or by its short name."""
    code = _NOT_ADDRESS.sub(lambda match: match.group(2) or " ", sparql)
    return f"<{address}>" in code or re.search(rf"\b{short_name}\b", code) is not None


def malformed(message: str, sparql: str) -> DiasporaKGError:
    """Return the error (DKG406) for a query that the engine could not parse.

    ``message`` is what the engine said; it gives line and column of where reading stopped.
    """
    text = message.splitlines()[0] if message else "it cannot be parsed"
    match = _PLACE.match(text)
    if match is None:
        return DiasporaKGError("DKG406", f"this is not well-formed SPARQL: {text}")
    undeclared = _undeclared(sparql)
    if undeclared:
        return DiasporaKGError(
            "DKG406",
            f"the prefix '{undeclared[0]}:' is not declared",
            f"Write before SELECT: PREFIX {undeclared[0]}: <…>",
        )
    line, column = int(match.group(1)), int(match.group(2))
    lines = [*sparql.splitlines(), ""]
    written = lines[min(line, len(lines)) - 1]
    near = written[max(0, column - 25) : column + 10].strip()
    return DiasporaKGError(
        "DKG406",
        f"this is not well-formed SPARQL at or before line {line}, column {column}: {near}",
        "Look at the brackets, the full stops and the variables just before that place.",
    )


def _undeclared(sparql: str) -> list[str]:
    """Return the prefixes that are used and not declared, those of the project left out."""
    code = _code(sparql)
    declared = set(_DECLARED.findall(code)) | set(PREFIXES)
    return [prefix for prefix in _USED.findall(code) if prefix not in declared]


def _code(sparql: str) -> str:
    """Return what is left of a query without strings, addresses and comments."""
    return _NOT_CODE.sub(" ", _ESCAPE.sub(_unescape, sparql))


def _unescape(match: re.Match[str]) -> str:
    code = int(match.group(1) or match.group(2), 16)
    return chr(code) if code <= 0x10FFFF else " "
