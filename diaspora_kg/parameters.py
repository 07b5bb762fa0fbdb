"""What a person types for the parameters of a query, as terms: things by IRI, id or any name."""

import re
from collections.abc import Iterable, Mapping

from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.labels import HOLDER, ONTOLOGY_KINDS, UNSTATED, Directory, Labels
from diaspora_kg.lookup import Lookup
from diaspora_kg.namespaces import DKG, DKGC, DKGID, XSD, compact, expand
from diaspora_kg.quadstore import QuadStore
from diaspora_kg.reading.queries import PackagedQuery, Parameter
from diaspora_kg.suggestions import did_you_mean
from diaspora_kg.terms import Term, iri, iri_of, text_literal, typed_literal
from diaspora_kg.times import parse_time

_LANGUAGE_TEXT = re.compile(r"(?s)(.*)@([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)\Z")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_SHOWN_CANDIDATES = 8


class Resolver:
    """Finds what people mean by the names they type, in one graph."""

    def __init__(self, store: QuadStore) -> None:
        """Take a store; its names are read when a name has to be looked up."""
        self.lookup = Lookup(store)
        self.labels = Labels(self.lookup)
        self.directory = Directory(store)

    def thing(self, text: str) -> Term:
        """Return the thing that a short name, an IRI, an id or a label means.

        Raises ``DiasporaKGError``: DKG405 when it means several things, DKG404 when none.
        """
        found = self.candidates(text)
        # authors as one party bear the name of a person or body that is more likely meant
        others = [term for term in found if self.labels.kind(iri_of(term)) != HOLDER] or found
        if len(others) > 1:
            raise self.ambiguous(text, others)
        return others[0]

    def term(self, text: str) -> Term:
        """Return the class or property that a name means.

        Raises ``DiasporaKGError``: DKG405 when it means several, DKG404 when none.
        """
        found = self.candidates(text, of_ontology=True)
        if len(found) > 1:
            raise self.ambiguous(text, found)
        return found[0]

    def candidates(self, text: str, *, of_ontology: bool = False) -> list[Term]:
        """Return everything that a text may mean, at least one thing.

        Classes and properties are meant only where nothing else bears the name, or where
        ``of_ontology`` asks for them and for nothing else.

        Raises ``DiasporaKGError`` (DKG404) when it means nothing.
        """
        full = expand(text.strip())
        if full is not None:
            if not self.lookup.exists(full):
                raise self._unknown_address(text)
            return [iri(full)]
        ids = self._by_id(text.strip())
        if "/" in text and ids:
            return ids
        found = sorted({*ids, *self.directory.called(text)})
        terms = [t for t in found if self.labels.kind(iri_of(t)) in ONTOLOGY_KINDS]
        chosen = terms if of_ontology else [t for t in found if t not in terms] or terms
        if not chosen:
            raise self._unknown_name(text)
        return chosen

    def properties(self, text: str) -> list[Term]:
        """Return the properties that a text may mean, at least one.

        Raises ``DiasporaKGError`` (DKG404) when it means none, with those of a similar name.
        """
        full = expand(text.strip())
        found = [*self._by_id(text.strip()), *self.directory.called(text)]
        if full is not None:
            found = [iri(full)] if self.lookup.exists(full) else []
        kinds = {term: self.labels.kind(iri_of(term)) for term in found}
        chosen = sorted(term for term, kind in kinds.items() if kind in ("property", UNSTATED))
        if not chosen:
            raise self._no_property(text, kinds)
        return chosen

    def ambiguous(self, text: str, found: Iterable[Term]) -> DiasporaKGError:
        """Return the error for a text that means several things, with all of them named."""
        names = [self.described(term) for term in found]
        shown = "; ".join(names[:_SHOWN_CANDIDATES])
        more = len(names) - _SHOWN_CANDIDATES
        rest = f"; and {more} more ('diaspora-kg find' lists them)" if more > 0 else ""
        return DiasporaKGError(
            "DKG405",
            f"'{text}' may mean {len(names)} things",
            f"Write one of: {shown}{rest}",
        )

    def described(self, term: Term) -> str:
        """Return the short name of a thing, its label and what it is."""
        address = iri_of(term)
        label = self.labels.of(address)
        kind = self.labels.kind(address)
        return f"{compact(address)} ({kind} “{label}”)" if label else f"{compact(address)} ({kind})"

    def _by_id(self, text: str) -> list[Term]:
        if not text or any(char.isspace() for char in text):
            return []
        places = (DKGID, DKGC, DKG, DKGID + "state/", DKGID + "source/")
        return [iri(found) for found in self.lookup.existing(iri_of(iri(p + text)) for p in places)]

    def _unknown_address(self, text: str) -> DiasporaKGError:
        known = {compact(iri_of(named.term)) for named in self.directory.names}
        hint = did_you_mean(text, known, "'diaspora-kg find TEXT' searches all names and quotes.")
        return DiasporaKGError("DKG404", f"nothing in this graph has the address '{text}'", hint)

    def _unknown_name(self, text: str) -> DiasporaKGError:
        known = {named.name for named in self.directory.names}
        hint = did_you_mean(text, known, "'diaspora-kg find TEXT' searches all names and quotes.")
        return DiasporaKGError("DKG404", f"nothing in this graph is called '{text}'", hint)

    def _no_property(self, text: str, kinds: Mapping[Term, str]) -> DiasporaKGError:
        known: set[str] = set()
        for named in self.directory.names:
            if self.labels.kind(iri_of(named.term)) == "property":
                short = compact(iri_of(named.term))
                as_typed = short if ":" in text else short.removeprefix("dkg:")
                known.add(named.name if " " in text.strip() else as_typed)
        what = f"there is no property '{text}' in this graph"
        if kinds:
            what = f"'{text}' is no property: it is the name of a {sorted(kinds.values())[0]}"
        hint = did_you_mean(text, known, "'diaspora-kg terms' lists the properties.")
        return DiasporaKGError("DKG404", what, hint)


def read_parameters(
    query: PackagedQuery, given: Mapping[str, str], resolver: Resolver
) -> dict[str, list[Term]]:
    """Return the terms that the values of a query's parameters may mean, one unless ambiguous.

    Raises ``DiasporaKGError``: DKG402 for an unknown parameter, DKG403 for a missing one,
    DKG404 for a value that does not fit.
    """
    names = [parameter.name for parameter in query.parameters]
    values = {name.replace("-", "_"): value for name, value in given.items()}
    for name in values:
        if name not in names:
            raise DiasporaKGError(
                "DKG402",
                f"the query '{query.name}' has no parameter '{name}'",
                did_you_mean(name, names, _its_parameters(names)),
            )
    found: dict[str, list[Term]] = {}
    for parameter in query.parameters:
        if parameter.name in values:
            found[parameter.name] = _terms(parameter, values[parameter.name], resolver)
        elif parameter.required:
            raise DiasporaKGError(
                "DKG403",
                f"the query '{query.name}' needs the parameter '{parameter.name}'",
                f"Write: -p {parameter.name}='{parameter.example}'",
            )
    return found


def _its_parameters(names: list[str]) -> str:
    return f"It takes: {', '.join(names)}." if names else "It takes no parameters."


def _terms(parameter: Parameter, text: str, resolver: Resolver) -> list[Term]:
    if parameter.type in ("iri", "term"):
        return resolver.candidates(text, of_ontology=parameter.type == "term")
    if parameter.name == "language":
        return [_language(parameter, text.strip())]
    if parameter.type == "string":
        return [text_literal(text)]
    if parameter.type == "language-string":
        match = _LANGUAGE_TEXT.match(text)
        return [text_literal(match.group(1), match.group(2)) if match else text_literal(text)]
    return [_typed(parameter, text.strip())]


def _language(parameter: Parameter, text: str) -> Term:
    if not _LANGUAGE.fullmatch(text):
        raise DiasporaKGError(
            "DKG404",
            f"'{text}' is no code of a language, as the parameter 'language' wants",
            f"Such as: -p language='{parameter.example}'",
        )
    return text_literal(text.lower())  # as a store gives the language of a text


def _typed(parameter: Parameter, text: str) -> Term:
    if parameter.type == "integer" and re.fullmatch(r"[+-]?\d+", text):
        return typed_literal(text, XSD + "integer")
    if parameter.type == "decimal" and re.fullmatch(r"[+-]?\d+([.,]\d+)?", text):
        return typed_literal(text.replace(",", "."), XSD + "decimal")
    if parameter.type == "boolean" and text.lower() in ("true", "false", "yes", "no"):
        word = "true" if text.lower() in ("true", "yes") else "false"
        return typed_literal(word, XSD + "boolean")
    if parameter.type == "date":
        time = parse_time(text)
        if time is not None and time.earliest is not None:
            return typed_literal(time.earliest.isoformat(), XSD + "date")
    raise DiasporaKGError(
        "DKG404",
        f"'{text}' is no {parameter.type}, as the parameter '{parameter.name}' wants",
        f"Such as: -p {parameter.name}='{parameter.example}'",
    )
