"""RDF terms as N-Triples text, the form in which the program computes.

A term is its own N-Triples form: ``<iri>``, ``"text"@tr``, ``"2"^^<…#integer>``. Text sorts,
hashes and concatenates without an RDF library, and keeps the lexical form that a store would
replace by its own (a store turns ``1.50`` into ``1.5``; a scholar's source did not).
"""

import re
from functools import lru_cache

from diaspora_kg.namespaces import DKG, DKGC, RDF, XSD

Term = str
Triple = tuple[Term, Term, Term]
Quad = tuple[Term, Term, Term, Term]

TYPE: Term = f"<{RDF}type>"

_ESCAPES = str.maketrans(
    {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
)
_ESCAPED = re.compile('["\\\\\b\t\n\f\r]')
_UNESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
_PLAIN = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}
_FORBIDDEN = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_STRING, _LANG_STRING = XSD + "string", RDF + "langString"


@lru_cache(maxsize=4096)
def dkg(name: str) -> Term:
    """Return a class or property of the ontology."""
    return f"<{DKG}{name}>"


@lru_cache(maxsize=4096)
def dkgc(name: str) -> Term:
    """Return a concept."""
    return f"<{DKGC}{name}>"


def iri(text: str) -> Term:
    """Return the term for an IRI; characters that no IRI may hold are percent-encoded."""
    if _FORBIDDEN.search(text):
        text = _FORBIDDEN.sub(lambda found: f"%{ord(found.group()):02X}", text)
    return f"<{text}>"


def text_literal(text: str, language: str | None = None) -> Term:
    """Return a string, or with a language (BCP 47, kept in lower case) a language-tagged one."""
    quoted = f'"{_escaped(text)}"'
    return f"{quoted}@{language.lower()}" if language else quoted


def typed_literal(lexical: str, datatype: str) -> Term:
    """Return a literal of a datatype IRI, with the lexical form unchanged."""
    if datatype == XSD + "string":
        return text_literal(lexical)
    return f'"{_escaped(lexical)}"^^<{datatype}>'


def is_iri(term: Term) -> bool:
    """Tell whether the term is an IRI."""
    return term.startswith("<")


def iri_of(term: Term) -> str:
    """Return the IRI of an IRI term, without the angle brackets."""
    return term[1:-1]


def literal_parts(term: Term) -> tuple[str, str | None, str]:
    """Return the text, language and datatype IRI of a literal term.

    Raises ``ValueError`` when the term is no literal.
    """
    end = term.rfind('"')  # neither a language nor an IRI holds a quotation mark
    if end < 1 or term[0] != '"':
        raise ValueError(f"not a literal: {term}")
    text, tail = term[1:end], term[end + 1 :]
    if "\\" in text:
        text = _UNESCAPE.sub(_unescape, text)
    if not tail:
        return text, None, _STRING
    if tail[0] == "@":
        return text, tail[1:], _LANG_STRING
    if tail.startswith("^^<") and tail[-1] == ">":
        return text, None, tail[3:-1]
    raise ValueError(f"not a literal: {term}")


def text_of(term: Term) -> str:
    """Return what a person reads: the text of a literal, the IRI of an IRI."""
    return term[1:-1] if term[0] == "<" else literal_parts(term)[0]


def nquad(quad: Quad) -> str:
    """Return one line of N-Quads."""
    subject, predicate, value, graph = quad
    return f"{subject} {predicate} {value} {graph} .\n"


def _escaped(text: str) -> str:
    # most texts hold nothing to escape, and looking is ten times as fast as translating
    return text.translate(_ESCAPES) if _ESCAPED.search(text) else text


def _unescape(match: re.Match[str]) -> str:
    code = match.group(1)
    if code[0] in "uU":
        return chr(int(code[1:], 16))
    return _PLAIN.get(code, code)
