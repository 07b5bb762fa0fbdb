"""The triple patterns of a query, wherever in it they stand."""

from collections.abc import Iterator, Sequence
from typing import Any

from diaspora_kg.federation.clauses import elements, matching
from diaspora_kg.terms import TYPE, Term
from diaspora_kg.tokens import PrologueError, Token, tokenize

Pattern = tuple[Term, Term | None, Term]
"""Subject, predicate and object; a variable begins with ``?``. None stands for a path."""

_STOP = Token("sign", ".")
_KEPT = {".": 0, ";": 1, ",": 2}
"""How many terms of a triple the next one shares with it, by the sign between them."""


def triple_patterns(query: str) -> list[Pattern]:
    """Return the triple patterns of a query; those of a path with what stands for its middle.

    Queries of triples and filters alone are read here: loading a parser of all SPARQL takes longer
    than all else that is done with one.
    """
    plain = _plain(query)
    return list(_parsed(query)) if plain is None else plain


def is_variable(term: Term) -> bool:
    """Tell whether a term of a pattern is a variable."""
    return term.startswith("?")


def _plain(query: str) -> list[Pattern] | None:
    """Return the patterns of a query that is one group of triples and filters, else None."""
    try:
        tokens = tokenize(query, {})
        groups = [place for place, token in enumerate(tokens) if token.opens()]
        if len(groups) != 1:
            return None
        found: list[Pattern] = []
        for part in elements(tokens, groups[0] + 1, matching(tokens, groups[0])):
            triples = _triples(tokens[part.start : part.end]) if part.kind == "triples" else []
            if triples is None or part.kind not in ("triples", "filter"):
                return None
            found.extend(triples)
    except (PrologueError, ValueError):
        return None
    return found


def _triples(tokens: Sequence[Token]) -> list[Pattern] | None:
    """Return triples of IRIs and variables; None where anything else stands among them."""
    found: list[Pattern] = []
    terms: list[Term] = []
    for token in tokens if tokens[-1] == _STOP else (*tokens, _STOP):
        if token.kind == "sign" and token.text in _KEPT and len(terms) == 3:
            found.append((terms[0], terms[1], terms[2]))
            del terms[_KEPT[token.text] :]
        elif token.kind in ("iri", "variable") and len(terms) < 3:
            terms.append(token.text if token.kind == "iri" else f"?{token.variable}")
        elif token.kind == "word" and token.text == "a" and len(terms) == 1:
            terms.append(TYPE)
        else:
            return None
    return found


def _parsed(query: str) -> Iterator[Pattern]:
    from rdflib.paths import Path
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    for subject, predicate, obj in _in_algebra(translateQuery(parseQuery(query)).algebra):
        plain = None if isinstance(predicate, Path) else _term(predicate)
        yield _term(subject), plain, _term(obj)


def _term(node: Any) -> Term:  # noqa: ANN401 (rdflib's own)
    from rdflib import Variable

    return f"?{node}" if isinstance(node, Variable) else str(node.n3())


def _in_algebra(algebra: Any) -> Iterator[tuple[Any, Any, Any]]:  # noqa: ANN401 (rdflib's own)
    if isinstance(algebra, dict):
        name = getattr(algebra, "name", "")
        if name == "BGP":
            yield from algebra["triples"]
        elif name in ("Builtin_EXISTS", "Builtin_NOTEXISTS"):
            graph = getattr(algebra, "graph", ())  # an attribute: the item is what was parsed
            yield from _in_algebra(graph)
        else:
            for part in algebra.values():
                yield from _in_algebra(part)
    elif isinstance(algebra, list | tuple):
        for part in algebra:
            yield from _in_algebra(part)
