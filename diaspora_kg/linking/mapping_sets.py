"""Mapping sets written in SSSOM TSV: the same links give the same bytes."""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from diaspora_kg.namespaces import DKGC, DKGID, GEONAMES, SKOS, WIKIDATA
from diaspora_kg.reading.links import Link
from diaspora_kg.reading.sssom import BUILT_IN, SEMAPV, MappingSet

ROR = "https://ror.org/"
DOI = "https://doi.org/"
OPENALEX = "https://openalex.org/"
EUROVOC = "http://eurovoc.europa.eu/"
ORCID = "https://orcid.org/"
VERSION = "1.1"
"""The version of SSSOM that is written; ``reviewer_agreement`` is of this one."""

PREFIXES = {
    "dkgc": DKGC,
    "dkgid": DKGID,
    "doi": DOI,
    "eurovoc": EUROVOC,
    "geonames": GEONAMES,
    "openalex": OPENALEX,
    "orcid": ORCID,
    "ror": ROR,
    "wikidata": WIKIDATA,
}
_LOCAL = re.compile(r"[^\s<>\"{}|\\^`]+")
_COLUMNS = (
    ("subject_id", "subject"),
    ("subject_label", "subject_label"),
    ("predicate_id", "predicate"),
    ("predicate_modifier", ""),
    ("object_id", "object"),
    ("object_label", "object_label"),
    ("mapping_justification", "justification"),
    ("author_id", "author"),
    ("reviewer_id", ""),
    ("reviewer_label", ""),
    ("object_source", "source"),
    ("object_source_version", "source_version"),
    ("mapping_tool", "tool"),
    ("mapping_tool_version", "tool_version"),
    ("mapping_date", "date"),
    ("review_date", "review_date"),
    ("confidence", ""),
    ("reviewer_agreement", ""),
    ("comment", "comment"),
)
_NEEDED = frozenset({"subject_id", "predicate_id", "object_id", "mapping_justification"})
_OWN_KEYS = ("sssom_version", "mapping_set_id", "license", "curie_map")


def mapping_set(links: Iterable[Link], identifier: str, licence: str, **header: str) -> MappingSet:
    """Return a mapping set of some links; ``header`` are other slots of SSSOM, such as a title."""
    return MappingSet(tuple(links), identifier, licence, header)


def as_sssom(given: MappingSet) -> str:
    """Return a mapping set as SSSOM TSV: sorted, with the columns that hold something."""
    prefixes = _prefixes(given)
    rows = [_row(link, prefixes) for link in sorted(given.links, key=_order)]
    names = [name for name, _ in _COLUMNS]
    names += sorted({name for link in given.links for name, _ in link.more})
    used = [name for name in names if name in _NEEDED or any(row.get(name) for row in rows)]
    out = io.StringIO()
    out.writelines(_header(given, prefixes, rows))
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow(used)
    writer.writerows([row.get(name, "") for name in used] for row in rows)
    return out.getvalue()


def replaced(given: MappingSet, links: Iterable[Link]) -> MappingSet:
    """Return a mapping set with other links under the same header."""
    return replace(given, links=tuple(links))


def _order(link: Link) -> tuple[str, ...]:
    return (link.subject, link.object, link.predicate, str(link.is_negated))


def _prefixes(given: MappingSet) -> dict[str, str]:
    own = given.header.get("curie_map") or {}
    return {**PREFIXES, **{str(prefix): str(address) for prefix, address in own.items()}}


def _header(
    given: MappingSet, prefixes: Mapping[str, str], rows: list[dict[str, str]]
) -> Iterable[str]:
    yield f'#sssom_version: "{VERSION}"\n'
    yield f"#mapping_set_id: {given.identifier}\n"
    yield f"#license: {given.licence}\n"
    for key, value in sorted(given.header.items()):
        if key not in _OWN_KEYS:
            # a text in JSON is one in YAML
            yield f"#{key}: {json.dumps(value, ensure_ascii=False)}\n"
    used = {cell.partition(":")[0] for row in rows for cell in row.values()}
    yield "#curie_map:\n"
    for prefix, address in sorted({**prefixes, "semapv": SEMAPV, "skos": SKOS}.items()):
        if prefix in used or prefix in ("semapv", "skos"):
            yield f"#  {prefix}: {address}\n"


def _row(link: Link, prefixes: Mapping[str, str]) -> dict[str, str]:
    row = {name: str(getattr(link, field)) for name, field in _COLUMNS if field}
    for name in ("subject_id", "predicate_id", "object_id", "object_source"):
        row[name] = shortened(row[name], prefixes)
    row["author_id"] = "|".join(shortened(one, prefixes) for one in link.author.split("|"))
    row["mapping_justification"] = f"semapv:{link.justification}"
    row["predicate_modifier"] = "Not" if link.is_negated else ""
    is_identifier = ":" in link.reviewer and " " not in link.reviewer
    row["reviewer_id"] = shortened(link.reviewer, prefixes) if is_identifier else ""
    row["reviewer_label"] = "" if is_identifier else link.reviewer
    row["confidence"] = "" if link.confidence is None else f"{link.confidence:g}"
    row["reviewer_agreement"] = "" if link.agreement is None else f"{link.agreement:g}"
    row.update(link.more)
    return {name: " ".join(cell.split()) for name, cell in row.items()}


def shortened(address: str, prefixes: Mapping[str, str] = PREFIXES) -> str:
    """Return an IRI with its prefix, where it has one and what is behind it can be written so."""
    known = {**BUILT_IN, **prefixes}
    best = max(
        (p for p, base in known.items() if base and address.startswith(base)),
        key=lambda p: len(known[p]),
        default=None,
    )
    if best is None or not _LOCAL.fullmatch(address[len(known[best]) :]):
        return address
    return f"{best}:{address[len(known[best]) :]}"
