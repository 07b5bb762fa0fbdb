"""Observations as quads: an RDF Data Cube for each data set, in a named graph of its own.

A measured number is no claim: it has no holder, no evidence and no acceptance, and no rule reads
it. It has a publisher, and a file with a checksum. Structure: RDF Data Cube Vocabulary (W3C,
2014), with the SDMX dimensions of area and period.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from diaspora_kg.cubes.writing import (
    AREA,
    COMPONENTS,
    COUNTERPART,
    INDICATOR,
    PERIOD,
    POPULATION,
    SDMX,
    STATUS,
    UNIT,
    VALUE,
    span_of,
    structure_of,
)
from diaspora_kg.errors import Finding, Location, Severity
from diaspora_kg.model import Observation, ObservationTable, Written
from diaspora_kg.namespaces import DCTERMS, DKGG, PROV, QB, SCHEMA, XSD
from diaspora_kg.naming import individual, short_hash, slug
from diaspora_kg.numbers import lexical
from diaspora_kg.populating.quads import DERIVED_FROM, LABEL, GraphWriter
from diaspora_kg.populating.sources import Dated, Party, not_a_time
from diaspora_kg.resolution import Names
from diaspora_kg.terms import TYPE, Quad, Term, dkg, iri, text_of, typed_literal
from diaspora_kg.times import Time, parse_time

_ATTRIBUTED_TO = iri(PROV + "wasAttributedTo")
_MEMBER = iri(QB + "dataSet")
_OPTIONAL = {
    "counterpart": COUNTERPART,
    "unit": UNIT,
    "population": POPULATION,
    "flow": dkg("flow"),
    "status": dkg("estimateStatus"),
}
_DIMENSIONS = ("counterpart", "population")
_STATUS_CODES = {"estimate": "E", "forecast": "F"}
"""Codes of SDMX for what is not simply a value (``A``)."""
_LISTS = {
    "population": "population-criterion",
    "flow": "stock-or-flow",
    "status": "estimate-status",
}
_YEAR = re.compile(r"\d{4}\Z")
# programs write these tables: the decimal sign is a point, and thousands are not marked
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?\Z")


@dataclass
class Observed:
    """What tables of observations say, as quads, and where each observation was written."""

    quads: set[Quad] = field(default_factory=set)
    places: dict[Term, list[Location]] = field(default_factory=dict)
    """Every place of an observation; more than one is a mistake."""
    findings: list[Finding] = field(default_factory=list)

    def add(self, other: "Observed") -> None:
        """Take in what other rows say."""
        self.quads |= other.quads
        self.findings += other.findings
        for node, places in other.places.items():
            self.places.setdefault(node, []).extend(places)


def observe(table: ObservationTable, names: Names, dated: Mapping[str, Dated]) -> Observed:
    """Return the observations of one table, or of some rows of it, and what is wrong with them.

    Nothing but the row, the names and the sources is looked at, so that rows may be written in
    any order and anywhere; what stands twice is found by ``repeated`` when all are together.
    """
    writer = _Writer(table, names, dated)
    for observation in table.observations:
        writer.write(observation)
    writer.observed.findings += names.take_findings()
    return writer.observed


def repeated(places: Mapping[Term, Iterable[Location]]) -> list[Finding]:
    """Return a finding for every observation that stands in a second place."""
    findings = []
    for found in places.values():
        first, *others = sorted(found)
        findings += [
            Finding(
                "DKG646",
                f"the same was measured already, at {first}",
                "Area, period, indicator and population tell observations of a data set apart. "
                "Another edition or another way to measure is another data set.",
                Severity.VIOLATION,
                other,
            )
            for other in others
        ]
    return findings


def spans(quads: Iterable[Quad]) -> set[Quad]:
    """Return the first and the last year of every data set among the quads of observations.

    Like ``repeated``, this is for when the rows of all tables are together.
    """
    of_node: dict[Term, tuple[Term, Term]] = {}
    period_of: dict[Term, str] = {}
    for subject, predicate, value, graph in quads:
        if predicate == _MEMBER:
            of_node[subject] = value, graph
        elif predicate == PERIOD:
            period_of[subject] = text_of(value)[:4]
    years: dict[tuple[Term, Term], set[str]] = defaultdict(set)
    for node, data_set in of_node.items():
        if _YEAR.match(period_of.get(node, "")):
            years[data_set].add(period_of[node])
    return {
        (*triple, graph)
        for (data_set, graph), found in years.items()
        for triple in span_of(data_set, found)
    }


class _Writer:
    def __init__(self, table: ObservationTable, names: Names, dated: Mapping[str, Dated]) -> None:
        self.table, self.names, self.dated = table, names, dated
        self.observed = Observed()
        self._known: dict[tuple[str, str], Term | None] = {}
        self._times: dict[str, Time | None] = {}
        self._framed: set[tuple[Term, Term | None, Party, tuple[str, ...]]] = set()
        self._parties = {each.party.term: each.party.label for each in dated.values()}

    def write(self, row: Observation) -> None:
        """Write one observation, or note what is wrong with it."""
        area, indicator = self._term("area", row.area), self._term("indicator", row.indicator)
        optional = {key: self._optional(key, getattr(row, key)) for key in _OPTIONAL}
        period, number = self._time(row.period), self._number(row.value)
        source, publisher = self._origin(row)
        if (
            publisher is None
            or area is None
            or indicator is None
            or period is None
            or number is None
        ):
            return
        writer = GraphWriter(iri(f"{DKGG}dataset/{row.data_set}"))
        further = [optional[name] or "" for name in _DIMENSIONS]
        key = short_hash(area, period.edtf, indicator, *further)
        data_set = individual("dataset", row.data_set)
        node = individual("dataset", row.data_set, "observation", key)
        writer.add(node, TYPE, iri(QB + "Observation"))
        writer.add(node, _MEMBER, data_set)
        writer.add(node, AREA, area)
        writer.time(node, PERIOD, period)
        writer.bounds(node, "earliest", "latest", period, period)
        writer.add(node, INDICATOR, indicator)
        writer.add(node, VALUE, typed_literal(lexical(number), XSD + "decimal"))
        writer.text(node, dkg("writtenForm"), row.value)
        for name, predicate in _OPTIONAL.items():
            writer.add(node, predicate, optional[name])
        code = _STATUS_CODES.get(row.status or "", "A")
        writer.add(node, STATUS, iri(f"{SDMX}code#obsStatus-{code}"))
        writer.text(node, dkg("edition"), row.edition)
        writer.add(node, _ATTRIBUTED_TO, publisher.term)
        writer.add(node, DERIVED_FROM, iri(f"{data_set[1:-1]}/file/{self.table.digest[:12]}"))
        own = tuple(name for name in _DIMENSIONS if optional[name] is not None)
        frame = (data_set, source, publisher, own)
        if frame not in self._framed:  # the same for thousands of rows
            self._framed.add(frame)
            self._write_frame(writer, *frame)
        self.observed.quads |= writer.quads
        self.observed.places.setdefault(node, []).append(row.at)

    def _write_frame(
        self,
        writer: GraphWriter,
        data_set: Term,
        source: Term | None,
        publisher: Party,
        dimensions: tuple[str, ...],
    ) -> None:
        """Write the data set with its structure, its publisher and its file."""
        file = iri(f"{data_set[1:-1]}/file/{self.table.digest[:12]}")
        writer.add(data_set, TYPE, iri(QB + "DataSet"))
        writer.text(data_set, LABEL, data_set[1:-1].rpartition("/")[2].replace("-", " "))
        writer.add(data_set, iri(QB + "structure"), iri(f"{data_set[1:-1]}/structure"))
        writer.add(data_set, iri(DCTERMS + "publisher"), publisher.term)
        writer.add(publisher.term, TYPE, dkg("Party"))
        writer.text(publisher.term, LABEL, publisher.label)
        writer.add(data_set, DERIVED_FROM, source)
        writer.add(data_set, DERIVED_FROM, file)
        writer.add(file, TYPE, iri(PROV + "Entity"))
        writer.text(file, iri(SCHEMA + "name"), self.table.name)
        writer.text(file, iri(SCHEMA + "sha256"), self.table.digest)
        own = [("dimension", _OPTIONAL[name]) for name in dimensions]
        for triple in structure_of(data_set, [*COMPONENTS, *own]):
            writer.add(*triple)

    # --- Words --------------------------------------------------------------------------

    def _term(self, kind: str, word: Written) -> Term | None:
        """Return what a word names; a word that names nothing is noted at its first row."""
        if (kind, word) not in self._known:
            self._known[kind, word] = self._looked_up(kind, word)
        return self._known[kind, word]

    def _looked_up(self, kind: str, word: Written) -> Term | None:
        if kind in ("area", "counterpart"):
            return self.names.member(word, "figure-scope")
        if kind == "source":
            known = self.names.source(word)
            return None if known is None else individual("source", known.key)
        if kind in _LISTS:
            return self.names.from_list(word, _LISTS[kind])
        return self.names.member(word, kind)

    def _optional(self, kind: str, word: Written | None) -> Term | None:
        return None if word is None else self._term(kind, word)

    def _time(self, word: Written) -> Time | None:
        if word not in self._times:
            self._times[word] = parse_time(word)
            if self._times[word] is None:
                self.observed.findings.append(not_a_time(word))
        return self._times[word]

    def _number(self, word: Written) -> Decimal | None:
        if _NUMBER.match(word):
            return Decimal(word)
        self.observed.findings.append(
            Finding(
                "DKG644",
                f"'{word}' is no number",
                "Write 1500 or 1.5: a point before the decimals, and no marks of thousands. Leave "
                "the cell empty where nothing was measured.",
                Severity.VIOLATION,
                word.at,
            )
        )
        return None

    def _origin(self, row: Observation) -> tuple[Term | None, Party | None]:
        """Return the work that an observation is from, and who published it."""
        source = self._optional("source", row.source)
        if row.publisher is not None:
            term = individual("party", slug(row.publisher))
            return source, Party(term, self._parties.get(term, row.publisher))
        dated = self.dated.get((row.source or "").removeprefix("source/"))
        return source, None if dated is None else dated.party
