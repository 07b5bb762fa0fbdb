"""CSL-JSON, as Zotero, Mendeley and Crossref give it, to sources."""

import html
import json
import re
from collections.abc import Iterable
from typing import Any

from diaspora_kg.errors import DiasporaKGError, Finding, Location, Severity
from diaspora_kg.model import Source, Wording, Written
from diaspora_kg.reading.bibliographic import (
    bare_doi,
    key_from,
    language_code,
    made_key,
    page_range,
)

_MARKUP = re.compile(r"</?(?:i|b|em|strong|sup|sub|sc|span|jats:\w+)\b[^>]*>", re.IGNORECASE)


def is_csl_json(text: str) -> bool:
    """Tell whether a text looks like CSL-JSON: items with a type, title, author or id."""
    try:
        items = _items(json.loads(text))
    except (json.JSONDecodeError, RecursionError):
        return False
    return items is not None and any(_is_item(item) for item in items)


def parse_csl_json(text: str, name: str) -> tuple[list[Source], list[Finding]]:
    """Return all items that can be read, and what is wrong with the others.

    Raises ``DiasporaKGError`` (DKG125) when the text is no CSL-JSON.
    """
    try:
        items = _items(json.loads(text))
    except json.JSONDecodeError as error:
        raise DiasporaKGError(
            "DKG125",
            f"this is not well-formed JSON: {error.msg}",
            "Export the bibliography again as CSL-JSON.",
            Location(name, error.lineno, error.colno),
        ) from error
    except RecursionError:
        items = None
    if items is None or not any(_is_item(item) for item in items):
        raise DiasporaKGError(
            "DKG125",
            "the JSON file is no bibliography in CSL-JSON",
            "It should be a list of items with 'type', 'title' and 'author'.",
            Location(name),
        )
    sources: list[Source] = []
    findings: list[Finding] = []
    for number, item in enumerate(items, start=1):
        if _is_item(item):
            sources.append(_source(item.get("csljson", item), text, name))
        else:
            message = f"item {number} of the list is no item of a bibliography"
            hint = "An item has a 'type', a 'title' and an 'author'."
            at = Location(name)
            findings.append(Finding("DKG125", message, hint, Severity.VIOLATION, at))
    return sources, findings


def _items(data: Any) -> list[Any] | None:  # noqa: ANN401 - JSON
    items = data.get("items", [data]) if isinstance(data, dict) else data
    return items if isinstance(items, list) else None


def _is_item(item: Any) -> bool:  # noqa: ANN401 - JSON
    item = item.get("csljson", item) if isinstance(item, dict) else item
    if not isinstance(item, dict):
        return False
    has_name = isinstance(item.get("id"), str | int) and isinstance(item.get("type"), str)
    return has_name or isinstance(item.get("author"), list)


def _source(item: dict[str, Any], text: str, name: str) -> Source:
    at = Location(name, _line_of(item, text), 1)

    def get(field: str) -> Written | None:
        value = item.get(field)
        if isinstance(value, list):
            value = value[0] if value else None
        if not isinstance(value, str | int | float):
            return None
        plain = _plain(str(value))
        return Written(plain, at) if plain else None

    language = get("language")
    code = language_code(language)
    title = get("title")
    authors = tuple(_names(item.get("author")) or _names(item.get("editor")))
    date = _date(item, at)
    raw_key = str(item.get("citation-key") or item.get("id") or "").rpartition("/")[2]
    family = authors[0].partition(",")[0] if authors else ""
    return Source(
        key=Written(key_from(raw_key) or made_key(family, title, date), at),
        at=at,
        type=get("type"),
        titles=() if title is None else (Wording(code, title),),
        authors=tuple(Written(author, at) for author in authors),
        publisher=get("publisher"),
        container=get("container-title") or get("collection-title"),
        volume=get("volume"),
        issue=get("issue"),
        pages=page_range(get("page")),
        doi=bare_doi(get("DOI"), get("URL")),
        isbn=get("ISBN"),
        url=get("URL"),
        date=date,
        note=get("note"),
        place=get("publisher-place"),
        language=Written(code, at) if language is not None else None,
    )


def _plain(text: str) -> str:
    """Return a text without markup, and without halves of characters that JSON may hold."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return re.sub(r"[\s\x00-\x1f\x7f]+", " ", html.unescape(_MARKUP.sub("", whole))).strip()


def _line_of(item: dict[str, Any], text: str) -> int:
    for field in ("id", "title"):
        value = item.get(field)
        if isinstance(value, str):
            for marker in (json.dumps(value, ensure_ascii=False), json.dumps(value)):
                found = text.find(marker)
                if found >= 0:
                    return text.count("\n", 0, found) + 1
    return 1


def _names(authors: Any) -> list[str]:  # noqa: ANN401 - JSON
    return [name for author in _mappings(authors) if (name := _name(author))]


def _mappings(value: Any) -> Iterable[dict[str, Any]]:  # noqa: ANN401 - JSON
    return (item for item in value if isinstance(item, dict)) if isinstance(value, list) else ()


def _name(author: dict[str, Any]) -> str:
    def get(field: str) -> str:
        value = author.get(field)
        return _plain(value) if isinstance(value, str) else ""

    as_it_stands = get("literal") or get("name")
    if as_it_stands:
        return "{" + as_it_stands + "}"
    parts = (get("dropping-particle"), get("non-dropping-particle"), get("family"), get("suffix"))
    family = " ".join(part for part in parts if part)
    if family and get("given"):
        return f"{family}, {get('given')}"
    return "{" + family + "}" if " " in family else family  # several words alone: no person


def _date(item: dict[str, Any], at: Location) -> Written | None:
    issued = item.get("issued")
    if not isinstance(issued, dict):
        return Written(issued, at) if isinstance(issued, str) and issued else None
    parts = issued.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    numbers = [int(part) for part in first if str(part).isdigit()]
    if numbers:
        return Written("-".join([f"{numbers[0]:04d}", *(f"{n:02d}" for n in numbers[1:])]), at)
    raw = issued.get("raw") or issued.get("literal")
    return Written(_plain(str(raw)), at) if raw else None
