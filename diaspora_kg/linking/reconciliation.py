"""Services that speak the W3C Reconciliation Service API, versions 0.2 and 1.0 (draft).

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/ and
https://reconciliation-api.github.io/specs/draft/. The manifest of a service says which version
it speaks; both are asked in batches, with types and properties as constraints. Each query of a
batch has its answer kept by itself, whatever else went out with it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from diaspora_kg.linking.likely import Answer, best_of, likeness
from diaspora_kg.linking.things import Thing
from diaspora_kg.linking.web import Parsed, Web, unexpected

WIKIDATA = "https://wikidata.reconci.link/en/api"
"""The service for Wikidata."""
BATCH = 20
"""How many names go into one request to a service that does not say how many it takes."""
LARGEST_BATCH = 100
"""How many names go into one request at most: more of them are lost together when it fails."""
COUNTRY = "{country}"
"""In the value of a property: the ISO 3166-1 alpha-2 code of the country of the thing."""
_SPOKEN = ("1.0", "1.0-draft", "0.2", "0.1")


@dataclass(frozen=True)
class Query:
    """What is asked for one name."""

    name: str
    types: tuple[str, ...] = ()
    """Types of the service, of which a candidate must have one."""
    properties: tuple[tuple[str, str], ...] = ()
    """Properties of the service and their values, which speak for a candidate."""
    limit: int = 5


@dataclass(frozen=True)
class Constraints:
    """What a service is asked to look for beside the name of a thing."""

    types: tuple[str, ...] = ()
    """Types of the service; version 1.0 takes the first alone."""
    properties: tuple[tuple[str, str], ...] = ()
    """Properties of the service and their values; ``COUNTRY`` stands for the thing's country."""

    def query(self, name: str, thing: Thing, limit: int) -> Query:
        """Return what is asked for a name; nothing of the country of a thing that has none."""
        given = (
            (prop, value.replace(COUNTRY, thing.country))
            for prop, value in self.properties
            if thing.country or COUNTRY not in value
        )
        return Query(name, self.types, tuple(given), limit)


@dataclass(frozen=True)
class Manifest:
    """What a service says of itself."""

    name: str
    version: str
    """The newest version that both sides speak."""
    space: str
    """How the IRIs of its records begin."""
    view: str
    """An address with a place for the identifier."""
    batch: int = BATCH
    """How many queries go into one request."""

    def iri(self, key: str) -> str:
        """Return the IRI of a record: in the space of the service, else where it is shown."""
        if "://" in key:
            return key
        if self.space:
            return self.space + key
        shown = self.view
        for place in ("{{id}}", "{+id}", "{id}"):  # the first is of 0.2, the others of 1.0
            shown = shown.replace(place, key)
        return shown or key


class Reconciler:
    """A client of one service."""

    def __init__(self, web: Web, url: str, constraints: Constraints | None = None) -> None:
        """Take what sends the requests, the address of the service, and what holds of all."""
        self._web, self._url = web, url.rstrip("/")
        self._constraints = constraints or Constraints()
        self._manifest: Manifest | None = None

    @property
    def manifest(self) -> Manifest:
        """What the service says of itself, asked for once. Raises what ``Web.get`` raises."""
        if self._manifest is None:
            self._manifest = _manifest(self._web.get(self._url))
        return self._manifest

    def ask(self, queries: Sequence[Query]) -> list[list[Answer]]:
        """Return the candidates of each query, in the order of the service.

        Raises what ``Web.get`` raises, and ``DiasporaKGError`` (DKG539) for an answer that is not
        as the interface says.
        """
        found = self._found(list(dict.fromkeys(queries)))
        return [[self._answer(query, each) for each in found[query]] for query in queries]

    def find(self, thing: Thing, limit: int) -> list[Answer]:
        """Return the records that may be meant by a thing, the most similar first."""
        answers = self.ask(self._queries(thing, limit))
        return best_of((one for some in answers for one in some), limit)

    def prepare(self, things: Iterable[Thing], limit: int) -> None:
        """Ask for the names of many things, so that ``find`` has its answers kept already.

        Names of several things go into one request. Raises what ``ask`` raises; off line nothing
        is asked.
        """
        if not self._web.is_offline:
            self.ask([query for thing in things for query in self._queries(thing, limit)])

    def _queries(self, thing: Thing, limit: int) -> list[Query]:
        names = dict.fromkeys(text for text, _ in thing.names)
        return [self._constraints.query(name, thing, limit) for name in names]

    def _found(self, queries: Sequence[Query]) -> dict[Query, list[dict[str, Any]]]:
        """Return the candidates of each query, as the service gives them."""
        is_new = self.manifest.version.startswith("1")
        asked = {query: _new_query(query) if is_new else _old_query(query) for query in queries}
        keys = {query: json.dumps([is_new, body]) for query, body in asked.items()}
        kept = {query: self._web.kept(self._url, key) for query, key in keys.items()}
        found = {query: answer.answer for query, answer in kept.items() if answer is not None}
        unknown = [query for query in queries if query not in found]
        size = self.manifest.batch
        for start in range(0, len(unknown), size):
            some = unknown[start : start + size]
            bodies = [asked[query] for query in some]
            answers = self._new(bodies) if is_new else self._old(bodies)
            for query, candidates in zip(some, answers, strict=True):
                self._web.keep(self._url, keys[query], candidates)
                found[query] = candidates
        return found

    def _old(self, queries: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
        batch = {f"q{at}": query for at, query in enumerate(queries)}
        fields = {"queries": json.dumps(batch, ensure_ascii=False)}
        answer = self._web.post_form(self._url, fields)
        if not isinstance(answer, dict):
            raise unexpected("no object of results")
        return [_candidates(answer.get(key), "result") for key in batch]

    def _new(self, queries: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
        answer = self._web.post_json(f"{self._url}/match", {"queries": queries})
        results = answer.get("results") if isinstance(answer, dict) else None
        if not isinstance(results, list) or len(results) != len(queries):
            raise unexpected("not one list of candidates for each query")
        return [_candidates(each, "candidates") for each in results]

    def _answer(self, query: Query, given: Mapping[str, Any]) -> Answer:
        key, name = given.get("id"), given.get("name")
        if not isinstance(key, str) or not isinstance(name, str):
            raise unexpected("a candidate without 'id' or 'name'")
        score = given.get("score")
        told = f"the service's score is {score:g}" if isinstance(score, int | float) else ""
        sure = "the service is sure" if given.get("match") is True else ""
        about = str(given.get("description") or "")
        why = tuple(filter(None, (sure, told, about)))
        types = tuple(_types(given.get("type") or ()))
        alike = likeness(query.name, [name])
        return Answer(self.manifest.iri(key), name, alike, why, types=types)


def _manifest(answer: Parsed) -> Manifest:
    if not isinstance(answer, dict) or not isinstance(answer.get("name"), str):
        raise unexpected("no manifest of a reconciliation service")
    versions = answer.get("versions") or ["0.1"]
    version = next((each for each in _SPOKEN if each in versions), "")
    if not version:
        raise unexpected(f"it speaks none of the versions {', '.join(_SPOKEN)}")
    view = answer.get("view") or {}
    batch = answer.get("batchSize")
    size = min(batch, LARGEST_BATCH) if isinstance(batch, int) and batch > 0 else BATCH
    return Manifest(
        answer["name"],
        version,
        str(answer.get("identifierSpace") or ""),
        str(view.get("url") or "") if isinstance(view, dict) else "",
        size,
    )


def _old_query(query: Query) -> dict[str, Any]:
    asked: dict[str, Any] = {"query": query.name, "limit": query.limit}
    if query.types:
        asked["type"] = list(query.types) if len(query.types) > 1 else query.types[0]
    if query.properties:
        asked["properties"] = [{"pid": pid, "v": value} for pid, value in query.properties]
    return asked


def _new_query(query: Query) -> dict[str, Any]:
    conditions: list[dict[str, Any]] = [{"matchType": "name", "propertyValue": query.name}]
    conditions += (
        {"matchType": "property", "propertyId": pid, "propertyValue": value}
        for pid, value in query.properties
    )
    asked: dict[str, Any] = {"conditions": conditions, "limit": query.limit}
    if query.types:
        asked["type"] = query.types[0]  # the draft takes one
    return asked


def _candidates(answer: Parsed, key: str) -> list[dict[str, Any]]:
    found = answer.get(key) if isinstance(answer, dict) else None
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise unexpected(f"no list '{key}' for a query")
    return found


def _types(given: Iterable[Any]) -> Iterator[str]:
    for each in given:
        yield str(each.get("id", "")) if isinstance(each, dict) else str(each)
