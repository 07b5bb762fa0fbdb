"""What the graph says of the things that links start from."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from diaspora_kg.namespaces import DCTERMS, DKG, DKGC, DKGID, RDFS, SKOS
from diaspora_kg.quadstore import QuadStore

_NAMES = (
    RDFS + "label",
    SKOS + "prefLabel",
    DCTERMS + "title",
    SKOS + "altLabel",
    DKG + "abbreviation",
)
_ABOUT = (DCTERMS + "description", SKOS + "definition", SKOS + "scopeNote")
_COUNTRY = ("identifiedWithState", "homeState", "basedIn")
_STATE = DKGID + "state/"
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_MATCHES = tuple(SKOS + name for name in ("exactMatch", "closeMatch", "broadMatch", "narrowMatch"))
_NOT_LINKED = ("Claim", "Case", "Evidence", "Coding", "RegistryRecord", "AmbiguousReference")
_MOST_QUOTES = 2


@dataclass(frozen=True)
class Thing:
    """Something of ours, as a reviewer needs to see it."""

    iri: str
    names: tuple[tuple[str, str], ...]
    """Names with their languages, labels first."""
    types: frozenset[str] = frozenset()
    country: str = ""
    """ISO 3166-1 alpha-2, where the graph says it."""
    description: str = ""
    quotes: tuple[str, ...] = ()
    matches: frozenset[str] = frozenset()
    """What it is linked to already."""

    @property
    def label(self) -> str:
        """The name that it is shown by: the English one, if there is one."""
        english = (text for text, language in self.names if language == "en")
        return next(english, self.names[0][0] if self.names else self.iri)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The names of its classes in our ontology."""
        return tuple(sorted(t.removeprefix(DKG) for t in self.types if t.startswith(DKG)))


def things_of(store: QuadStore, classes: Collection[str]) -> Iterator[Thing]:
    """Yield the things of some classes that could be linked, in the order of their IRIs."""
    found: set[str] = set()
    for name in classes:
        for quad in store.quads_for_pattern(None, _TYPE, ox.NamedNode(name), None):
            if isinstance(quad.subject, ox.NamedNode):
                found.add(quad.subject.value)
    for address in sorted(found):
        if address.startswith((DKGID, DKGC)):
            thing = thing_of(store, address)
            if thing.names and not thing.types & {DKG + name for name in _NOT_LINKED}:
                yield thing


def exists(store: QuadStore, address: str) -> bool:
    """Tell whether the graph says of what kind a thing is."""
    return any(True for _ in _objects(store, address, _TYPE.value))


def thing_of(store: QuadStore, address: str, *, with_quotes: bool = False) -> Thing:
    """Return what the graph says of a thing; quotes take longer and come when asked for."""
    names: dict[tuple[str, str], None] = {}
    for predicate in _NAMES:
        for value in _objects(store, address, predicate):
            if isinstance(value, ox.Literal):
                names.setdefault((value.value, value.language or ""))
    about = (v.value for p in _ABOUT for v in _objects(store, address, p) if _is_text(v))
    types = (v.value for v in _objects(store, address, _TYPE.value))
    states = {
        value.value.removeprefix(_STATE)
        for name in _COUNTRY
        for value in _objects(store, address, DKG + name)
        if value.value.startswith(_STATE)
    }
    if address.startswith(_STATE):
        states = {address.removeprefix(_STATE)}
    return Thing(
        address,
        tuple(names),
        frozenset(types),
        states.pop() if len(states) == 1 else "",
        next(about, ""),
        tuple(_quotes(store, address)) if with_quotes else (),
        frozenset(v.value for p in _MATCHES for v in _objects(store, address, p)),
    )


def _objects(store: QuadStore, address: str, predicate: str) -> Iterator[ox.NamedNode | ox.Literal]:
    pattern = (ox.NamedNode(address), ox.NamedNode(predicate), None, None)
    values = {q.object for q in store.quads_for_pattern(*pattern)}
    wanted = [v for v in values if isinstance(v, ox.NamedNode | ox.Literal)]
    yield from sorted(wanted, key=lambda value: (_rank(value), str(value)))


def _rank(value: ox.NamedNode | ox.Literal) -> int:
    return 0 if isinstance(value, ox.Literal) and value.language == "en" else 1


def _is_text(value: object) -> bool:
    return isinstance(value, ox.Literal)


def _quotes(store: QuadStore, address: str) -> Iterable[str]:
    """Return passages that claims about a thing rest on."""
    found: list[str] = []
    claims = store.quads_for_pattern(
        None, ox.NamedNode(DKG + "claimSubject"), ox.NamedNode(address), None
    )
    for claim in sorted({q.subject.value for q in claims if isinstance(q.subject, ox.NamedNode)}):
        for passage in _objects(store, claim, DKG + "evidence"):
            for quote in _objects(store, passage.value, DKG + "quote"):
                if quote.value not in found:
                    found.append(quote.value)
        if len(found) >= _MOST_QUOTES:
            break
    return found[:_MOST_QUOTES]
