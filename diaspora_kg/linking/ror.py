"""The Research Organization Registry: its dumps, in schema 2 and in schema 1."""

from collections.abc import Iterator, Mapping
from typing import Any

from diaspora_kg.linking.entries import Entry, host_labels, page_title

_RECORD = Mapping[str, Any]


def is_ror(records: object) -> bool:
    """Tell whether JSON data looks like a list of records of the registry."""
    if not isinstance(records, list) or not records or not isinstance(records[0], dict):
        return False
    first = records[0]
    return "ror.org/" in str(first.get("id", "")) and ("names" in first or "name" in first)


def ror_entries(records: list[_RECORD]) -> Iterator[Entry]:
    """Yield the active records. A withdrawn or inactive one is no target for a link."""
    for record in records:
        if record.get("status", "active") == "active":
            yield _second_schema(record) if "names" in record else _first_schema(record)


def _second_schema(record: _RECORD) -> Entry:
    names = [name for name in record["names"] if name.get("value")]
    full = [(n["value"], n.get("lang") or "") for n in names if n.get("types") != ["acronym"]]
    label = next((n["value"] for n in names if "ror_display" in n.get("types", ())), full[0][0])
    places = [place.get("geonames_details", {}) for place in record.get("locations", ())]
    links = record.get("links", ())
    sites = [link["value"] for link in links if link.get("type") == "website"]
    pages = [link["value"] for link in links if link.get("type") == "wikipedia"]
    hosts = (
        h
        for site in (*sites, *map("//{}".format, record.get("domains") or ()))
        for h in host_labels(site)
    )
    return Entry(
        iri=record["id"],
        label=label,
        names=tuple(dict.fromkeys(full)),
        acronyms=tuple(n["value"] for n in names if n.get("types") == ["acronym"]),
        titles=tuple(filter(None, map(page_title, pages))),
        country=places[0].get("country_code", "") if places else "",
        places=_places(
            place.get(key)
            for place in places
            for key in ("name", "country_subdivision_name", "country_name")
        ),
        types=tuple(record.get("types") or ()),
        hosts=tuple(dict.fromkeys(hosts)),
        related=_parents(record),
    )


def _first_schema(record: _RECORD) -> Entry:
    country = record.get("country") or {}
    labels = [(entry["label"], entry.get("iso639") or "") for entry in record.get("labels") or ()]
    full = [(record["name"], ""), *((alias, "") for alias in record.get("aliases") or ()), *labels]
    towns = [address.get("city") for address in record.get("addresses") or ()]
    hosts = (host for site in record.get("links") or () for host in host_labels(site))
    page = record.get("wikipedia_url") or ""
    return Entry(
        iri=record["id"],
        label=record["name"],
        names=tuple(dict.fromkeys(full)),
        acronyms=tuple(record.get("acronyms") or ()),
        titles=(page_title(page),) if page else (),
        country=country.get("country_code", ""),
        places=_places([*towns, country.get("country_name")]),
        types=tuple(kind.lower() for kind in record.get("types") or ()),
        hosts=tuple(dict.fromkeys(hosts)),
        related=_parents(record),
    )


def _places(names: Any) -> tuple[str, ...]:  # noqa: ANN401 - what JSON holds
    return tuple(dict.fromkeys(name for name in names if name))


def _parents(record: _RECORD) -> tuple[str, ...]:
    found = record.get("relationships") or ()
    return tuple(r["label"] for r in found if str(r.get("type")).lower() == "parent")
