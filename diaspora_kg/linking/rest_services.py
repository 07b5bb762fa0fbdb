"""The services of single registries: ROR, OpenAlex and Crossref, by their REST interfaces.

ROR: https://ror.readme.io/docs/rest-api, OpenAlex: https://docs.openalex.org, Crossref:
https://api.crossref.org.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol
from urllib.parse import quote

from diaspora_kg.linking.entries import Entry
from diaspora_kg.linking.likely import Answer, best_of, likeness
from diaspora_kg.linking.mapping_sets import DOI, OPENALEX, ROR
from diaspora_kg.linking.records import Record
from diaspora_kg.linking.ror import ror_entries
from diaspora_kg.linking.things import Thing
from diaspora_kg.linking.web import Parsed, Web, unexpected


class RecordService(Protocol):
    """A service that finds records by name and shows one by its IRI."""

    def find(self, thing: Thing, limit: int) -> list[Answer]:
        """Return the records that may be meant by a thing, the most similar first."""

    def record(self, address: str) -> Record | None:
        """Return one record; None where the registry has none."""


class RorService:
    """Organisations."""

    def __init__(self, web: Web, url: str = "https://api.ror.org/v2") -> None:
        """Take what sends the requests, and where the interface is."""
        self._web, self._url = web, url.rstrip("/")

    def find(self, thing: Thing, limit: int) -> list[Answer]:
        """Return organisations by a name. Raises what ``Web.get`` raises."""
        found: list[Answer] = []
        for name in _names(thing):
            answer = self._web.get(f"{self._url}/organizations", {"query": name})
            records = _list(answer, "items", "ROR")
            found += [_of_entry(name, entry) for entry in _ror(records)]
        return best_of(found, limit)

    def record(self, address: str) -> Record | None:
        """Return an organisation. Raises what ``Web.get`` raises."""
        key = quote(address.removeprefix(ROR), safe="")
        answer = self._web.get(f"{self._url}/organizations/{key}")
        if answer is None:
            return None
        if not isinstance(answer, dict) or "status" not in answer:
            raise unexpected("ROR gives a record without status")
        after = [r for r in answer.get("relationships", ()) if r.get("type") == "successor"]
        if answer["status"] != "active":
            return Record(address, None, True, str(after[0]["id"]) if after else "")
        return Record(address, next(iter(_ror([answer])), None))


class OpenAlexService:
    """Works."""

    def __init__(self, web: Web, url: str = "https://api.openalex.org") -> None:
        """Take what sends the requests, and where the interface is."""
        self._web, self._url = web, url.rstrip("/")

    def find(self, thing: Thing, limit: int) -> list[Answer]:
        """Return works by a title. Raises what ``Web.get`` raises."""
        found: list[Answer] = []
        for name in _names(thing):
            answer = self._web.get(f"{self._url}/works", {"search": name, "per-page": "10"})
            for work in _list(answer, "results", "OpenAlex"):
                title = _text(work, "display_name", "OpenAlex")
                why = _why(title, [str(work.get("publication_year") or "")])
                alike = likeness(name, [title])
                found.append(Answer(_text(work, "id", "OpenAlex"), title, alike, why))
        return best_of(found, limit)

    def record(self, address: str) -> Record | None:
        """Return a work; one that was merged names the other. Raises what ``Web.get`` raises."""
        answer = self._web.get(f"{self._url}/works/{address.removeprefix(OPENALEX)}")
        if answer is None:
            return None
        now = _text(answer, "id", "OpenAlex")
        moved = "" if now == address else now
        title = _text(answer, "display_name", "OpenAlex")
        return Record(address, Entry(now, title, ((title, ""),)), False, moved)


class CrossrefService:
    """Works by their DOI."""

    def __init__(self, web: Web, url: str = "https://api.crossref.org") -> None:
        """Take what sends the requests, and where the interface is."""
        self._web, self._url = web, url.rstrip("/")

    def find(self, thing: Thing, limit: int) -> list[Answer]:
        """Return works by a title. Raises what ``Web.get`` raises."""
        found: list[Answer] = []
        for name in _names(thing):
            fields = {"query.bibliographic": name, "rows": "10"}
            answer = self._web.get(f"{self._url}/works", fields)
            for work in _list(_inner(answer), "items", "Crossref"):
                titles = [str(title) for title in work.get("title") or ()]
                doi = DOI + _text(work, "DOI", "Crossref").lower()
                label = titles[0] if titles else doi
                why = _why(label, [str(work.get("publisher") or "")])
                found.append(Answer(doi, label, likeness(name, titles), why))
        return best_of(found, limit)

    def record(self, address: str) -> Record | None:
        """Return a work. Raises what ``Web.get`` raises."""
        doi = quote(address.removeprefix(DOI), safe="")
        answer = self._web.get(f"{self._url}/works/{doi}")
        if answer is None:
            return None
        titles = [str(title) for title in _inner(answer).get("title") or ()]
        label = titles[0] if titles else address
        return Record(address, Entry(address, label, tuple((title, "") for title in titles)))


SERVICES: Mapping[str, Callable[..., RecordService]] = {
    "ror": RorService,
    "openalex": OpenAlexService,
    "crossref": CrossrefService,
}
"""By the word after ``--to``."""


def _names(thing: Thing) -> list[str]:
    """Return the names to ask for: at most two, since every one is a request."""
    full = [text for text, _ in thing.names if not (text.isupper() and " " not in text)]
    return list(dict.fromkeys(full or [text for text, _ in thing.names]))[:2]


def _ror(records: list[Mapping[str, Any]]) -> Iterable[Entry]:
    try:
        return list(ror_entries(records))
    except (KeyError, TypeError, IndexError, AttributeError) as error:
        raise unexpected(f"ROR gives a record without {error}") from error


def _of_entry(name: str, entry: Entry) -> Answer:
    alike = likeness(name, [text for text, _ in entry.names])
    why = _why(entry.label, [entry.country])
    return Answer(entry.iri, entry.label, alike, why, entry.country, entry.types)


def _why(label: str, more: list[str]) -> tuple[str, ...]:
    return tuple(filter(None, (f"found by the service as '{label}'", *more)))


def _inner(answer: Parsed) -> Mapping[str, Any]:
    message = answer.get("message") if isinstance(answer, dict) else None
    if not isinstance(message, dict):
        raise unexpected("Crossref gives no 'message'")
    return message


def _list(answer: Parsed, key: str, name: str) -> list[Mapping[str, Any]]:
    found = answer.get(key) if isinstance(answer, Mapping) else None
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise unexpected(f"{name} gives no list of '{key}'")
    return found


def _text(record: Parsed, key: str, name: str) -> str:
    value = record.get(key) if isinstance(record, dict) else None
    if not isinstance(value, str):
        raise unexpected(f"{name} gives a record without '{key}'")
    return value
