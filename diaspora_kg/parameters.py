"""Values that a person types for the parameters of a query, as terms."""

import re
from collections.abc import Iterable, Mapping

import pyoxigraph

from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.labels import all_names, things_called
from diaspora_kg.namespaces import DKG, DKGC, DKGID, XSD, compact, expand
from diaspora_kg.reading.queries import PackagedQuery, Parameter
from diaspora_kg.suggestions import did_you_mean
from diaspora_kg.terms import Term, iri, iri_of, text_literal, typed_literal
from diaspora_kg.times import parse_time

_LANGUAGE_TEXT = re.compile(r"(?s)(.*)@([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)\Z")


def read_parameters(
    query: PackagedQuery, given: Mapping[str, str], store: pyoxigraph.Store
) -> dict[str, Term]:
    """Return the terms for the values of a query's parameters.

    Raises ``DiasporaKGError``: DKG402 for an unknown parameter, DKG403 for a missing one,
    DKG404 for a value that does not fit, DKG405 for a name that means several things.
    """
    names = [parameter.name for parameter in query.parameters]
    for name in given:
        if name not in names:
            raise DiasporaKGError(
                "DKG402",
                f"the query '{query.name}' has no parameter '{name}'",
                did_you_mean(name, names, "It takes no parameters."),
            )
    values: dict[str, Term] = {}
    for parameter in query.parameters:
        if parameter.name in given:
            values[parameter.name] = _term(parameter, given[parameter.name], store)
        elif parameter.required:
            raise DiasporaKGError(
                "DKG403",
                f"the query '{query.name}' needs the parameter '{parameter.name}'",
                f"Write: -p {parameter.name}='{parameter.example}'",
            )
    return values


def resolve_thing(text: str, store: pyoxigraph.Store) -> Term:
    """Return the thing that a short name, an IRI or a label means.

    Raises ``DiasporaKGError``: DKG405 when it means several things, DKG404 when none.
    """
    full = expand(text)
    if full is not None and _is_there(iri(full), store):
        return iri(full)
    for namespace in (DKGID, DKGC, DKG, DKGID + "state/"):
        candidate = iri(namespace + text)
        if " " not in text and _is_there(candidate, store):
            return candidate
    found = things_called(text, store)
    if len(found) == 1:
        return found[0]
    if found:
        shown = ", ".join(compact(iri_of(term)) for term in found)
        raise DiasporaKGError(
            "DKG405", f"'{text}' may mean {len(found)} things", f"Write one of: {shown}"
        )
    known = {named.name for named in all_names(store)}
    raise DiasporaKGError(
        "DKG404",
        f"nothing in this graph is called '{text}'",
        did_you_mean(text, known, "'diaspora-kg find TEXT' searches all names and quotes."),
    )


def _is_there(term: Term, store: pyoxigraph.Store) -> bool:
    node = pyoxigraph.NamedNode(iri_of(term))
    patterns: Iterable[tuple[pyoxigraph.NamedNode | None, ...]] = ((node, None), (None, node))
    for subject, value in patterns:
        if next(iter(store.quads_for_pattern(subject, None, value, None)), None) is not None:
            return True
    return next(iter(store.quads_for_pattern(None, node, None, None)), None) is not None


def _term(parameter: Parameter, text: str, store: pyoxigraph.Store) -> Term:
    if parameter.type in ("iri", "term"):
        return resolve_thing(text, store)
    if parameter.type == "string":
        return text_literal(text)
    if parameter.type == "language-string":
        match = _LANGUAGE_TEXT.match(text)
        return text_literal(match.group(1), match.group(2)) if match else text_literal(text)
    return _typed(parameter, text.strip())


def _typed(parameter: Parameter, text: str) -> Term:
    if parameter.type == "integer" and re.fullmatch(r"[+-]?\d+", text):
        return typed_literal(text, XSD + "integer")
    if parameter.type == "decimal" and re.fullmatch(r"[+-]?\d+([.,]\d+)?", text):
        return typed_literal(text.replace(",", "."), XSD + "decimal")
    if parameter.type == "boolean" and text.lower() in ("true", "false", "yes", "no"):
        return typed_literal("true" if text.lower() in ("true", "yes") else "false", XSD + "boolean")
    if parameter.type == "date":
        time = parse_time(text)
        if time is not None and time.earliest is not None:
            return typed_literal(time.earliest.isoformat(), XSD + "date")
    raise DiasporaKGError(
        "DKG404",
        f"'{text}' is no {parameter.type}, as the parameter '{parameter.name}' wants",
        f"Such as: -p {parameter.name}='{parameter.example}'",
    )
