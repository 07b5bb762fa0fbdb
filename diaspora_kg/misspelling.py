"""Names of the project in a query that nothing is called by: a slip, more often than a finding."""

from collections.abc import Callable, Iterable, Iterator

import pyoxigraph as ox

from diaspora_kg.errors import Finding, Severity
from diaspora_kg.namespaces import DKG, DKGC, DKGID, PREFIXES, compact
from diaspora_kg.reading.ontology import read_ontology
from diaspora_kg.suggestions import closest
from diaspora_kg.terms import iri_of
from diaspora_kg.tokens import PrologueError, Token, tokenize

Existing = Callable[[Iterable[str]], Iterable[str]]
"""Returns those IRIs that a graph speaks of."""

_OURS = (DKG, DKGC, DKGID)
_MOST = 200
"""So many names are looked up; a query with more was written by a program."""


def unknown_names(sparql: str, existing: Existing) -> list[Finding]:
    """Return a warning (DKG456) for each name of the project that neither ontology nor graph has.

    ``existing`` looks into the graph, and is asked only about what the ontology has not.

    Names are found in short and in full, but not in the template of a CONSTRUCT, which may coin
    some. Nothing is found in a query that is not well-formed: the engine says what is wrong.
    """
    try:
        tokens = tokenize(sparql, PREFIXES)
    except PrologueError:
        return []
    asked = dict.fromkeys(
        token.text[1:-1]
        for token in _without_template(tokens)
        if token.kind == "iri" and _is_name(token.text[1:-1])
    )
    terms = {iri_of(term) for term in read_ontology().index if term.startswith("<")}
    doubtful = [address for address in asked if address not in terms][:_MOST]
    if not doubtful:
        return []
    known = set(existing(doubtful))
    return [_finding(address, terms) for address in doubtful if address not in known]


def _is_name(address: str) -> bool:
    """Tell whether an IRI names one thing of the project; a namespace alone names none."""
    if not any(address.startswith(space) and len(address) > len(space) for space in _OURS):
        return False
    try:
        ox.NamedNode(address)
    except ValueError:
        return False  # the engine says what is wrong with it
    return True


def _without_template(tokens: list[Token]) -> Iterator[Token]:
    """Yield the tokens of a query but for those between CONSTRUCT and its closing brace."""
    depth = 0
    is_template = False
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.opens() and before is not None and before.keyword == "CONSTRUCT":
            is_template = True
        depth += is_template * (token.opens() - token.closes())
        if not is_template:
            yield token
        is_template = is_template and depth > 0


def _finding(address: str, terms: Iterable[str]) -> Finding:
    name = compact(address)
    if address.startswith(DKGID):
        message = f"{name} is nothing that this graph knows"
        hint = f"Look for its name: diaspora-kg find '{address.removeprefix(DKGID)}'."
    else:
        space = DKG if address.startswith(DKG) else DKGC
        names = sorted(term.removeprefix(space) for term in terms if term.startswith(space))
        message = f"{name} is no term of the ontology"
        hint = _meant(address.removeprefix(space), names, compact(space + "x")[:-1])
    return Finding("DKG456", message, hint, Severity.WARNING)


def _meant(name: str, names: list[str], prefix: str) -> str:
    """Return the hint for a slip: what differs in case alone, else classes for a class first."""
    same = [other for other in names if other.casefold() == name.casefold()]
    alike = [other for other in names if other[:1].isupper() == name[:1].isupper()]
    near = same or list(dict.fromkeys((*closest(name, alike), *closest(name, names))))[:3]
    if not near:
        return "'diaspora-kg terms' lists what there is."
    return f"Did you mean {' or '.join(prefix + other for other in near)}?"
