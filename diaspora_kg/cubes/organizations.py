"""Dumps of the Research Organization Registry: what it calls organizations, and where they are."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from diaspora_kg.cubes.model import unreadable_file
from diaspora_kg.cubes.publishers import Given
from diaspora_kg.cubes.registers import LABEL, Register
from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.namespaces import FOAF, SCHEMA, SKOS, VOID, WIKIDATA, XSD
from diaspora_kg.reading.decoding import read_text
from diaspora_kg.terms import TYPE, Term, Triple, dkg, iri, text_literal, typed_literal

_ALT, _EXACT = iri(SKOS + "altLabel"), iri(SKOS + "exactMatch")
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(-[A-Za-z0-9]+)*\Z")


def read_organizations(path: Path, given: Given) -> Register:
    """Return a dump of the Research Organization Registry (JSON, schema 2 or 1).

    Raises ``DiasporaKGError`` (DKG650) when the file is none.
    """
    records = _json(path, "organizations")
    register = Register(
        path, given, "ror", "Research Organization Registry", "Research Organization Registry"
    )
    for record in records:
        if not isinstance(record, dict) or not str(record.get("id", "")).startswith("http"):
            raise unreadable_file(
                str(path), "an entry of the file is no record of ROR", "Take the dump as published."
            )
        _organization(record, register, given)
    return register


def _organization(record: dict[str, Any], register: Register, given: Given) -> None:
    node = iri(str(record["id"]))
    register.entries += 1
    register.add(node, TYPE, iri(SCHEMA + "Organization"))
    register.add(node, iri(VOID + "inDataset"), register.node)
    for s, p, o in _said(node, record):
        register.add(s, p, o)
    for code, name in _countries(record):
        country = given.areas.country(code)
        if country is None:
            given.areas.leave(code, name, register.left)
        else:
            register.add(node, iri(SCHEMA + "location"), country)


def _said(node: Term, record: dict[str, Any]) -> Iterator[Triple]:
    for text, language, is_main in _names(record):
        yield node, LABEL if is_main else _ALT, text_literal(text, language)
    for kind in record.get("types", ()):
        yield node, dkg("registryType"), text_literal(str(kind))
    if record.get("established"):
        year = typed_literal(str(record["established"]), XSD + "gYear")
        yield node, iri(SCHEMA + "foundingDate"), year
    if record.get("status"):
        yield node, dkg("recordStatus"), text_literal(str(record["status"]))
    for link in record.get("links", ()):
        address = link.get("value") if isinstance(link, dict) else link
        if address:
            yield node, iri(FOAF + "homepage"), iri(str(address))
    for external in record.get("external_ids", ()) if _is_new(record) else ():
        for name in external.get("all", ()) if external.get("type") == "wikidata" else ():
            yield node, _EXACT, iri(WIKIDATA + str(name))
    for relation in record.get("relationships", ()):
        yield from _relation(node, relation)


def _is_new(record: dict[str, Any]) -> bool:
    return isinstance(record.get("external_ids"), list)


def _names(record: dict[str, Any]) -> Iterator[tuple[str, str | None, bool]]:
    if "names" not in record:  # schema 1
        yield str(record.get("name", "")), None, True
        for each in (*record.get("aliases", ()), *record.get("acronyms", ())):
            yield str(each), None, False
        for each in record.get("labels", ()):
            yield str(each["label"]), _language(each.get("iso639")), False
        return
    for each in record["names"]:
        is_main = "ror_display" in each.get("types", ())
        yield str(each["value"]), _language(each.get("lang")), is_main


def _language(tag: str | None) -> str | None:
    return tag if tag and _LANGUAGE.match(tag) else None


def _countries(record: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for place in record.get("locations", ()):
        details = place.get("geonames_details", {})
        yield str(details.get("country_code") or ""), str(details.get("country_name") or "")
    country = record.get("country")
    if isinstance(country, dict):
        yield str(country.get("country_code") or ""), str(country.get("country_name") or "")


def _relation(node: Term, relation: dict[str, Any]) -> Iterator[Triple]:
    kinds = {
        "parent": dkg("subOrganizationOf"),
        "child": dkg("hasSubOrganization"),
        "successor": dkg("succeededBy"),
        "predecessor": dkg("succeeds"),
    }
    predicate = kinds.get(str(relation.get("type", "")).casefold())
    if predicate is not None:
        yield node, predicate, iri(str(relation["id"]))


def _json(path: Path, kind: str) -> list[Any]:
    try:
        tree = json.loads(read_text(path).text)
    except (ValueError, DiasporaKGError) as error:
        raise unreadable_file(
            str(path),
            f"this is no file of {kind}: {error}",
            "Take the dump as published, unpacked.",
        ) from error
    if not isinstance(tree, list):
        raise unreadable_file(
            str(path), f"this is no file of {kind}: it holds no list", "Take the dump as published."
        )
    return tree
