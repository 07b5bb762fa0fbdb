"""Mapping sets in SSSOM TSV (https://mapping-commons.github.io/sssom/), read strictly.

A header of YAML in comment lines, then a table with tabs. What is read here is what can be
written again: the slots that links need by their meaning, all others as they stand.
"""

import csv
import io
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from diaspora_kg.errors import DiasporaKGError, Finding, FindingsError, Location
from diaspora_kg.namespaces import OWL, RDF, RDFS, SKOS, XSD
from diaspora_kg.reading.decoding import read_text
from diaspora_kg.reading.links import JUSTIFICATIONS, PREDICATES, Link
from diaspora_kg.suggestions import did_you_mean

SUFFIX = ".sssom.tsv"
SEMAPV = "https://w3id.org/semapv/vocab/"
SSSOM = "https://w3id.org/sssom/"
BUILT_IN = {
    "linkml": "https://w3id.org/linkml/",
    "owl": OWL,
    "rdf": RDF,
    "rdfs": RDFS,
    "semapv": SEMAPV,
    "skos": SKOS,
    "sssom": SSSOM,
    "xsd": XSD,
}
"""Prefixes that need no declaration in a mapping set."""

OWN_SLOTS = {
    "subject_id": "subject",
    "subject_label": "subject_label",
    "predicate_id": "predicate",
    "object_id": "object",
    "object_label": "object_label",
    "mapping_justification": "justification",
    "author_id": "author",
    "reviewer_id": "reviewer",
    "object_source": "source",
    "object_source_version": "source_version",
    "mapping_tool": "tool",
    "mapping_tool_version": "tool_version",
    "mapping_date": "date",
    "review_date": "review_date",
    "comment": "comment",
}
"""Slots of SSSOM, and the fields of a link that hold them as text."""
_VALUES = ("predicate_modifier", "confidence", "reviewer_agreement", "reviewer_label")
OTHER_SLOTS = (
    "author_label", "cardinality_scope", "creator_id", "creator_label", "curation_rule",
    "curation_rule_text", "issue_tracker_item", "license", "mapping_cardinality",
    "mapping_provider", "mapping_source", "mapping_tool_id", "match_string",
    "object_category", "object_match_field", "object_preprocessing", "object_type", "other",
    "predicate_label", "predicate_type", "publication_date", "record_id", "see_also",
    "similarity_measure", "similarity_score", "subject_category", "subject_match_field",
    "subject_preprocessing", "subject_source", "subject_source_version", "subject_type",
)  # fmt: skip
"""Slots that are kept as they were written."""
_REQUIRED = ("subject_id", "predicate_id", "object_id", "mapping_justification")
_ENTITIES = ("subject_id", "predicate_id", "object_id", "mapping_justification", "object_source")
_PEOPLE = ("author_id", "reviewer_id")
_PROPAGATED = (
    "mapping_date", "mapping_tool", "mapping_tool_version", "object_source",
    "object_source_version",
)  # fmt: skip
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?://)?[^\s<>\"{}|\\^`]+")
_PLAIN_LINK = "Look at the example: diaspora-kg explain DKG520"


@dataclass(frozen=True)
class MappingSet:
    """A file of links with what its header says."""

    links: tuple[Link, ...]
    identifier: str
    licence: str
    header: Mapping[str, Any]
    """The whole header, ``curie_map`` included."""


def is_mapping_set(path: Path) -> bool:
    """Tell whether a file is a mapping set by its name."""
    return path.name.lower().endswith(SUFFIX)


def read_mapping_set(path: Path) -> MappingSet:
    """Return the links of a file in SSSOM TSV.

    Raises ``FindingsError`` with everything that is wrong, at its line (DKG520 to DKG528), and
    ``DiasporaKGError`` (DKG100) when the file cannot be read.
    """
    return read_mapping_text(read_text(path).text, str(path))


def read_mapping_text(text: str, name: str) -> MappingSet:
    """Return the links of a text in SSSOM TSV; ``name`` is what messages call it by.

    Raises ``FindingsError`` as ``read_mapping_set`` does.
    """
    reader = _Reader(text, name)
    found = reader.read()
    if reader.findings:
        raise FindingsError(tuple(sorted(reader.findings, key=lambda finding: finding.sort_key)))
    assert found is not None
    return found


class _Reader:
    """Reads one text and notes what is wrong."""

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self.findings: list[Finding] = []
        lines = text.splitlines(keepends=True)
        self.height = next(
            (at for at, line in enumerate(lines) if not line.startswith("#")), len(lines)
        )
        self.head, self.body = lines[: self.height], lines[self.height :]
        self.prefixes: dict[str, str] = dict(BUILT_IN)

    def wrong(self, code: str, message: str, hint: str, line: int = 1, column: int = 1) -> None:
        at = Location(self.name, line, column)
        self.findings.append(Finding(code, message, hint, location=at))

    def read(self) -> MappingSet | None:
        header = self._header()
        if header is None:
            return None
        columns = self._columns(header)
        if columns is None:
            return None
        links = tuple(link for link in self._links(columns, header) if link is not None)
        return MappingSet(links, str(header["mapping_set_id"]), str(header["license"]), header)

    # --- The header ---------------------------------------------------------------------

    def _header(self) -> dict[str, Any] | None:
        if not self.head:
            self.wrong("DKG520", "this is no mapping set: it has no header", _PLAIN_LINK)
            return None
        text = textwrap.dedent("".join(line[1:] for line in self.head))
        try:
            header = yaml.safe_load(text)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = mark.line + 1 if mark else 1
            self.wrong("DKG521", "the header is not well-formed YAML", _PLAIN_LINK, line)
            return None
        if not isinstance(header, dict):
            self.wrong("DKG521", "the header says nothing", _PLAIN_LINK)
            return None
        self._take_prefixes(header.get("curie_map", {}))
        for key in ("mapping_set_id", "license"):
            if not isinstance(header.get(key), str):
                self.wrong("DKG521", f"the header has no '{key}'", f"Add a line '#{key}: …'.")
                header[key] = ""
        return header

    def _take_prefixes(self, given: object) -> None:
        if not isinstance(given, dict):
            self.wrong("DKG521", "'curie_map' is no list of prefixes", "Write '#  ror: https://…'.")
            return
        for prefix, address in given.items():
            if not isinstance(address, str) or not _IRI.fullmatch(address):
                self.wrong("DKG521", f"the prefix '{prefix}' has no address", _PLAIN_LINK)
            else:
                self.prefixes[str(prefix)] = address

    def _columns(self, header: Mapping[str, Any]) -> list[str] | None:
        line = self.height + 1
        if not self.body or not self.body[0].strip():
            self.wrong("DKG520", "there is no table below the header", _PLAIN_LINK, line)
            return None
        columns = [name.strip() for name in self.body[0].rstrip("\r\n").split("\t")]
        known = (*OWN_SLOTS, *_VALUES, *OTHER_SLOTS, *_extensions(header))
        for name in columns:
            if columns.count(name) > 1:
                self.wrong("DKG522", f"the column '{name}' stands twice", "Keep one.", line)
                return None
            if name not in known:
                hint = did_you_mean(name, known, "'extension_definitions' declares others.")
                self.wrong("DKG522", f"the column '{name}' is not known", hint, line)
        for name in _REQUIRED:
            if name not in columns:
                self.wrong("DKG520", f"there is no column '{name}'", _PLAIN_LINK, line)
        return None if self.findings else columns

    # --- The rows -----------------------------------------------------------------------

    def _links(self, columns: list[str], header: Mapping[str, Any]) -> Iterator[Link | None]:
        given = {slot: str(header[slot]) for slot in _PROPAGATED if header.get(slot)}
        rows = csv.reader(io.StringIO("".join(self.body[1:]), newline=""), delimiter="\t")
        line = self.height + 2
        for cells in rows:
            here, line = line, self.height + 2 + rows.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) > len(columns):
                self.wrong("DKG524", "the row has more cells than there are columns", "", here)
                continue
            row = {name: cell.strip() for name, cell in zip(columns, cells, strict=False)}
            yield self._link({**given, **{k: v for k, v in row.items() if v}}, here)

    def _link(self, row: dict[str, str], line: int) -> Link | None:
        before = len(self.findings)
        for name in _REQUIRED:
            if not row.get(name):
                hint = "Every mapping has a subject, a predicate, an object and a justification."
                self.wrong("DKG524", f"'{name}' is empty", hint, line)
        for name in _ENTITIES:
            if row.get(name):
                row[name] = self._expanded(row[name], name, line)
        for name in _PEOPLE:
            if row.get(name):
                row[name] = "|".join(self._expanded(p, name, line) for p in row[name].split("|"))
        values = self._values(row, line)
        if len(self.findings) > before:
            return None
        fields: dict[str, Any] = {field: row.get(slot, "") for slot, field in OWN_SLOTS.items()}
        fields["reviewer"] = fields["reviewer"] or row.get("reviewer_label", "")
        fields["justification"] = fields["justification"].removeprefix(SEMAPV)
        more = tuple(
            (name, cell)
            for name, cell in row.items()
            if cell and name not in OWN_SLOTS and name not in _VALUES
        )
        return Link(**fields, **values, more=more, at=Location(self.name, line, 1))

    def _expanded(self, word: str, slot: str, line: int) -> str:
        prefix, colon, local = word.partition(":")
        if colon and prefix in self.prefixes and not local.startswith("//"):
            word = self.prefixes[prefix] + local
        elif not (local.startswith("//") or prefix == "urn"):
            hint = did_you_mean(prefix, self.prefixes, "Add its prefix to 'curie_map'.")
            self.wrong("DKG523", f"'{word}' in '{slot}' has no prefix that is declared", hint, line)
        if not _IRI.fullmatch(word):
            self.wrong("DKG523", f"'{word}' in '{slot}' is no identifier", "Write it out.", line)
        return word

    def _values(self, row: Mapping[str, str], line: int) -> dict[str, Any]:
        self._check_terms(row, line)
        for slot in ("mapping_date", "review_date"):
            if row.get(slot) and not _is_day(row[slot]):
                self.wrong("DKG525", f"'{row[slot]}' is no day", "Write 2026-01-31.", line)
        agreement = self._number(row, "reviewer_agreement", -1.0, line)
        reviewed = row.get("reviewer_id") or row.get("reviewer_label")
        if (agreement is not None or row.get("review_date")) and not reviewed:
            hint = "Fill in 'reviewer_id' or 'reviewer_label'."
            self.wrong("DKG528", "there is a review, but no reviewer", hint, line)
        return {
            "is_negated": bool(row.get("predicate_modifier")),
            "confidence": self._number(row, "confidence", 0.0, line),
            "agreement": agreement,
        }

    def _check_terms(self, row: Mapping[str, str], line: int) -> None:
        if row.get("predicate_modifier") not in (None, "", "Not"):
            hint = "The only modifier is 'Not'."
            self.wrong("DKG525", f"unknown modifier '{row['predicate_modifier']}'", hint, line)
        predicate = row.get("predicate_id", "")
        if predicate == OWL + "sameAs":
            hint = "Write skos:exactMatch, or skos:closeMatch where it is not quite the same."
            self.wrong("DKG526", "owl:sameAs would make one thing of two", hint, line)
        elif predicate and predicate not in PREDICATES:
            allowed = ", ".join("skos:" + each.removeprefix(SKOS) for each in PREDICATES)
            self.wrong("DKG525", f"'{predicate}' is no link", f"Links are {allowed}.", line)
        given = row.get("mapping_justification", "").removeprefix(SEMAPV)
        if given and given not in JUSTIFICATIONS:
            hint = did_you_mean(given, JUSTIFICATIONS, "Write semapv:ManualMappingCuration …")
            self.wrong("DKG525", f"'{given}' is no justification of SSSOM", hint, line)

    def _number(self, row: Mapping[str, str], slot: str, least: float, line: int) -> float | None:
        text = row.get(slot)
        if not text:
            return None
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not least <= value <= 1.0:
            hint = f"It is a number from {least:g} to 1, such as 0.9."
            self.wrong("DKG525", f"'{text}' in '{slot}' is out of bounds", hint, line)
        return value


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _extensions(header: Mapping[str, Any]) -> list[str]:
    """Return the columns that a header declares beside those of SSSOM."""
    declared = header.get("extension_definitions") or []
    return [
        str(each["slot_name"])
        for each in declared
        if isinstance(each, dict) and "slot_name" in each
    ]


def read_mapping_sets(paths: Iterable[Path]) -> tuple[list[Link], list[Finding]]:
    """Return the links of several files, with what is wrong with the files and between them."""
    links: list[Link] = []
    findings: list[Finding] = []
    for path in paths:
        try:
            links.extend(read_mapping_set(path).links)
        except DiasporaKGError as error:
            findings.extend(error.findings)
    return links, [*findings, *contradictions(links)]


def contradictions(links: Iterable[Link]) -> Iterator[Finding]:
    """Yield a finding (DKG527) for each mapping that is both kept and rejected, at its second."""
    first: dict[tuple[str, str, str], Link] = {}
    for link in links:
        other = first.setdefault((link.subject, link.predicate, link.object), link)
        if other.is_negated != link.is_negated:
            yield Finding(
                "DKG527",
                f"this mapping is kept here and rejected at {other.at}, or the reverse",
                "Keep one of the two rows.",
                location=link.at,
            )
