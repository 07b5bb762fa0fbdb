"""What is not there, in words that a scholar would use.

A query looks for a claim by several properties of the claim model. That no such claim was found is
one thing, not several: "claims with dkg:foundedOn", and not the properties that every claim has.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from rdflib import RDF, URIRef, Variable
from rdflib.paths import AlternativePath, MulPath, SequencePath

from diaspora_kg.namespaces import compact

_ADDRESS = re.compile(r"<([^>]*)>")

CLAIMS, ABOUT_OTHERS, BETWEEN = "claims", "claims about others", "claims between the two"
"""Claims of which the subject is known, the object, or both."""
_OF_ANY_PROPERTY = {CLAIMS: "claims about it", ABOUT_OTHERS: "claims that name it"}
OTHER, FITTING, IN_LANGUAGE = "other", "fitting", "in that language"
"""Where one is known; where those there do not meet a condition; where it is on their language."""


@dataclass(frozen=True, order=True)
class Gap:
    """One thing that was looked for in vain."""

    name: str
    """A property or class in short; of claims their property, or nothing for any property."""
    kind: str = ""
    """``CLAIMS``, ``ABOUT_OTHERS``, ``BETWEEN``, or nothing for a property or class itself."""
    manner: str = ""
    """``OTHER``, ``FITTING``, ``IN_LANGUAGE``, or nothing where there is none at all."""


def spoken(gaps: Iterable[Gap]) -> frozenset[str]:
    """Return things that are missing in words; claims of several properties in one phrase."""
    found, claims = set[str](), dict[tuple[str, str], set[str]]()
    for gap in gaps:
        if gap.kind and gap.name:
            claims.setdefault((gap.kind, gap.manner), set()).add(gap.name)
        else:
            found.add(_qualified(gap))
    return frozenset(found | {_claims(*key, names) for key, names in claims.items()})


def together(gaps: Iterable[Gap]) -> str:
    """Return things in words that are there, but not such that they belong together."""
    distinct = sorted(set(gaps))
    if len(distinct) == 1:
        distinct = [Gap(gap.name, gap.kind, gap.manner or FITTING) for gap in distinct]
    return " together with ".join(sorted(spoken(distinct)))


def in_words(predicate: Any, obj: Any = None) -> str:  # noqa: ANN401 - rdflib's terms
    """Return a property, a class or a path as short as it can be said."""
    if predicate == RDF.type and isinstance(obj, URIRef):
        return f"a {compact(str(obj))}"
    if isinstance(predicate, URIRef):
        return compact(str(predicate))
    if isinstance(predicate, Variable):
        return "any property"
    if isinstance(predicate, AlternativePath):
        return _either(dict.fromkeys(in_words(arg) for arg in predicate.args))
    if isinstance(predicate, MulPath):  # how often does not matter where there is none
        return in_words(predicate.path)
    if isinstance(predicate, SequencePath):
        needed = [arg for arg in predicate.args if not may_be_empty(arg)] or predicate.args
        words = [in_words(arg) for arg in needed]
        return words[0] if len(words) == 1 else "/".join(map(_in_brackets, words))
    try:
        return _ADDRESS.sub(lambda match: compact(match.group(1)), str(predicate.n3()))
    except TypeError:  # rdflib cannot write a negated path with an inverse part
        return "a property path"


def may_be_empty(path: Any) -> bool:  # noqa: ANN401 - rdflib's terms
    """Tell whether a path joins a thing with itself, without any triple."""
    return isinstance(path, MulPath) and bool(path.zero)


def _qualified(gap: Gap) -> str:
    if gap.kind:
        return _with_manner(_OF_ANY_PROPERTY.get(gap.kind, gap.kind), gap.manner)
    if gap.name.startswith("a ") and gap.manner:
        return "a " + _with_manner(gap.name.removeprefix("a "), gap.manner)
    return _with_manner(gap.name, gap.manner)


def _with_manner(what: str, manner: str) -> str:
    if manner == IN_LANGUAGE:
        return f"{what} {manner}"
    return f"{manner} {what}".strip()


def _claims(kind: str, manner: str, names: set[str]) -> str:
    whose = ABOUT_OTHERS if kind == ABOUT_OTHERS else CLAIMS
    return _with_manner(f"{whose} with {_either(sorted(names))}", manner)


def _in_brackets(word: str) -> str:
    return f"({word})" if " " in word else word


def _either(words: Iterable[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last
