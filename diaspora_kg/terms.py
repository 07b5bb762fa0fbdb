"""RDF terms as N-Triples text, the form in which the program computes.

A term is its own N-Triples form: ``<iri>``, ``"text"@tr``, ``"2"^^<…#integer>``. Text sorts,
hashes and concatenates without an RDF library, and keeps the lexical form that a store would
replace by its own (a store turns ``1.50`` into ``1.5``; a scholar's source did not).
"""

import re

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
_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?\Z', re.DOTALL)


def dkg(name: str) -> Term:
    """Return a class or property of the ontology."""
    return f"<{DKG}{name}>"


def dkgc(name: str) -> Term:
    """Return a concept."""
    return f"<{DKGC}{name}>"


def iri(text: str) -> Term:
    """Return the term for an IRI; characters that no IRI may hold are percent-encoded."""
    return f"<{_FORBIDDEN.sub(lambda m: f'%{ord(m.group()):02X}', text)}>"


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
    match = _LITERAL.match(term)
    if match is None:
        raise ValueError(f"not a literal: {term}")
    text, language, datatype = match.groups()
    if "\\" in text:
        text = _UNESCAPE.sub(_unescape, text)
    if language:
        return text, language, RDF + "langString"
    return text, None, datatype or XSD + "string"


def text_of(term: Term) -> str:
    """Return what a person reads: the text of a literal, the IRI of an IRI."""
    return iri_of(term) if is_iri(term) else literal_parts(term)[0]


def nquad(quad: Quad) -> str:
    """Return one line of N-Quads."""
    return " ".join(quad) + " .\n"


def _escaped(text: str) -> str:
    # most texts hold nothing to escape, and looking is ten times as fast as translating
    return text.translate(_ESCAPES) if _ESCAPED.search(text) else text


def _unescape(match: re.Match[str]) -> str:
    code = match.group(1)
    if code[0] in "uU":
        return chr(int(code[1:], 16))
    return _PLAIN.get(code, code)
