"""The original terms, kept apart in a store that would merge or rename them.

An Oxigraph store turns ``"01"^^xsd:integer`` into ``1`` and ``"1"^^xsd:byte`` into an integer,
and renames every blank node that it loads. SHACL asks for terms, not values. So what the store
would not give back unchanged is written in another way: a literal under a datatype of our own,
which no engine reinterprets, and a blank node as an IRI. Equality, text and length then come out
right by themselves, and only what looks at datatypes, kinds and values has to know the marks.
"""

import re
from collections.abc import Iterable

import pyoxigraph

from diaspora_kg.namespaces import XSD
from diaspora_kg.shacl.literals import is_well_formed
from diaspora_kg.terms import Term, literal_parts

CODE = "urn:x-diaspora-kg:"
"""Begins every IRI that stands for something else."""
BLANK = CODE + "blank:"
"""Begins the IRI that stands for a blank node."""
ELSEWHERE = BLANK + "of-shapes:"
"""Begins the IRI that stands for a blank node of the shapes, which is none of the data."""
WRITTEN = CODE + "written:"
"""Begins the datatype of a literal whose form the store would change."""
ILL_FORMED = CODE + "ill-formed:"
"""Begins the datatype of a literal whose text is no lexical form of its datatype."""

_MARKED = re.compile(rf'"\^\^<(?:{WRITTEN}|{ILL_FORMED})([^>]*)>\Z')
_TYPED = re.compile(r'"\^\^<([^>]*)>\Z')
_KEPT = {
    XSD + "integer": re.compile(r'"(?:0|-?[1-9][0-9]{0,16})"'),
    XSD + "decimal": re.compile(r'"-?(?:0|[1-9][0-9]{0,9})\.[0-9]{0,7}[1-9]"'),
    XSD + "boolean": re.compile(r'"(?:true|false)"'),
    XSD + "gYear": re.compile(r'"[1-9][0-9]{3}"'),
    XSD + "gYearMonth": re.compile(r'"[1-9][0-9]{3}-(?:0[1-9]|1[0-2])"'),
    XSD + "date": re.compile(r'"[1-9][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"'),
    XSD + "dateTime": re.compile(
        r'"[1-9][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])'
        r'T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z?"'
    ),
    XSD + "string": re.compile(""),
}
"""Forms that a store gives back unchanged, so that it need not be asked."""


def code_literals(literals: Iterable[Term]) -> dict[Term, Term]:
    """Return the literals that have to be written in another way, each with that way.

    Whether a store keeps a form is not guessed: those in doubt are put into one and read back.
    """
    found: dict[Term, Term] = {}
    doubtful: list[Term] = []
    for term in literals:
        match = _TYPED.search(term)
        if match is None:
            continue
        datatype = match.group(1)
        kept = _KEPT.get(datatype)
        if kept is not None and kept.match(term):
            continue
        if not is_well_formed(literal_parts(term)[0], datatype):
            found[term] = _marked(term, ILL_FORMED)
        elif datatype.startswith(XSD):
            doubtful.append(term)
    found.update((term, _marked(term, WRITTEN)) for term in _changed(doubtful))
    return found


def coded(term: Term) -> Term:
    """Return how one term is written in a store that keeps the original terms."""
    if term.startswith("_:"):
        return f"<{BLANK}{term[2:]}>"
    return code_literals((term,)).get(term, term) if term.startswith('"') else term


def original(term: Term) -> Term:
    """Return the term that a coded term stands for; any other as it is."""
    if term.startswith(f"<{ELSEWHERE}"):
        return "_:" + term[len(ELSEWHERE) + 1 : -1]
    if term.startswith(f"<{BLANK}"):
        return "_:" + term[len(BLANK) + 1 : -1]
    if term.startswith('"') and CODE in term:
        return _MARKED.sub(r'"^^<\1>', term)
    return term


def _marked(term: Term, mark: str) -> Term:
    return _TYPED.sub(lambda match: f'"^^<{mark}{match.group(1)}>', term)


def _changed(literals: list[Term]) -> list[Term]:
    """Return those literals that a store would give back in another form."""
    if not literals:
        return []
    lines = (f"<urn:x:{n}> <urn:x:p> {term} .\n" for n, term in enumerate(literals))
    store = pyoxigraph.Store()
    store.bulk_load("".join(lines).encode("utf-8"), pyoxigraph.RdfFormat.N_TRIPLES)
    back = {quad.subject.value: quad.object for quad in store}

    def is_changed(n: int) -> bool:
        given = back[f"urn:x:{n}"]
        return (given.value, given.datatype.value) != literal_parts(literals[n])[::2]

    return [term for n, term in enumerate(literals) if is_changed(n)]
