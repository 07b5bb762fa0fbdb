"""Numbers of data sets as conflicts look at them: what was measured, and who published it.

An observation is no claim: it is only ever the other side. What a conflict says of it in words is
taken from its own graph, so that a conflict reads the same whatever else a build holds.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property
from itertools import chain

from diaspora_kg.corpus import Corpus
from diaspora_kg.cubes.model import MISSING
from diaspora_kg.cubes.writing import (
    AREA,
    COUNTERPART,
    INDICATOR,
    PERIOD,
    POPULATION,
    SDMX,
    STATUS,
    UNIT,
    VALUE,
)
from diaspora_kg.namespaces import DCTERMS, DKGG, OWL, PROV, QB, RDFS, SKOS
from diaspora_kg.naming import individual
from diaspora_kg.recorded import Figure, Span
from diaspora_kg.terms import TYPE, Quad, Term, dkg, dkgc, iri, is_iri, literal_parts, text_of
from diaspora_kg.times import parse_time

WORLD = individual("region", "001")
_GRAPH = f"<{DKGG}dataset/"
_LINKS = iri(DKGG + "links")
_DATA_SET, _OF = iri(QB + "DataSet"), iri(QB + "dataSet")
_PUBLISHER, _DERIVED_FROM = iri(DCTERMS + "publisher"), iri(PROV + "wasDerivedFrom")
_LABEL = iri(RDFS + "label")
_IDENTITY = (iri(SKOS + "exactMatch"), iri(OWL + "sameAs"))
_WITHOUT_VALUE = iri(f"{SDMX}code#obsStatus-{MISSING}")
_FORECAST = iri(f"{SDMX}code#obsStatus-F")

About = Callable[[Term], Iterable[Quad]]
"""The quads of a subject, in any graph."""
Referring = Callable[[Term, Term], Iterable[Term]]
"""The subjects that have a property with a thing as its value, in any graph."""


@dataclass(frozen=True)
class Observed:
    """A number of a data set."""

    iri: Term
    data_set: Term
    figure: Figure
    """The number as figures are compared: exact, in base units, with its time."""
    publication: str
    """Who published it, and where, in words."""
    about: str
    """Places, population and time, in words."""


class Data:
    """The data sets beside the cases of a build, read as far as they are asked for."""

    def __init__(self, about: About, referring: Referring) -> None:
        """Take what reads the graph; links of identity are looked up there too."""
        self._about, self._referring = about, referring

    def sets_named(self, names: Iterable[Term]) -> frozenset[Term]:
        """Return the data sets that any of some names is of: publishers, or works they are from.

        Two names are of one thing where an identity link joins them, or both to the same thing.
        """
        return frozenset(
            data_set
            for name in names
            for one in self._same(name)
            for data_set in self._by_name.get(one, ())
        )

    def observations(
        self, area: Term, indicator: Term, other: Term | None, corpus: Corpus
    ) -> list[Observed]:
        """Return what was measured of an area, sorted; ``other`` is where people come from.

        Without another area this is what a data set states for the whole: a number of one area, or
        one between it and the world. What is missing or a forecast is left out.
        """
        wanted = {None, WORLD} if other is None else {other}
        found = []
        for node in self._referring(area, AREA):
            described = self._described(node)
            between = _first(described, COUNTERPART)
            if between in wanted and _first(described, INDICATOR) == indicator:
                found.append(self._observed(node, described, corpus))
        return sorted((one for one in found if one is not None), key=lambda one: one.iri)

    @cached_property
    def _by_name(self) -> dict[Term, list[Term]]:
        found: dict[Term, list[Term]] = defaultdict(list)
        for data_set in sorted(set(self._referring(_DATA_SET, TYPE))):
            described = self._described(data_set)
            for name in (*described.get(_PUBLISHER, ()), *described.get(_DERIVED_FROM, ())):
                for one in self._same(name):
                    found[one].append(data_set)
        return found

    def _same(self, name: Term) -> set[Term]:
        """Return a thing with all that one step of identity makes one with it."""
        ahead = {q[2] for q in self._about(name) if q[1] in _IDENTITY and q[3] == _LINKS}
        back = {node for prop in _IDENTITY for node in self._referring(name, prop)}
        return {name, *ahead, *back}

    def _described(self, node: Term) -> dict[Term, list[Term]]:
        described: dict[Term, list[Term]] = defaultdict(list)
        for _, predicate, value, graph in self._about(node):
            if graph.startswith(_GRAPH):
                described[predicate].append(value)
        return {predicate: sorted(set(values)) for predicate, values in described.items()}

    def _observed(
        self, node: Term, described: dict[Term, list[Term]], corpus: Corpus
    ) -> Observed | None:
        data_set = _first(described, _OF)
        value, unit, when = (_first(described, prop) for prop in (VALUE, UNIT, PERIOD))
        without = {_WITHOUT_VALUE, _FORECAST}.intersection(described.get(STATUS, ()))
        time = None if when is None else parse_time(text_of(when or ""))
        if data_set is None or value is None or unit is None or time is None or without:
            return None
        try:
            number = Decimal(text_of(value))
        except InvalidOperation:
            return None
        base = next(iter(corpus.ontology.objects(unit, dkg("baseUnit"))), unit)
        about_set = self._described(data_set)

        def stated(prop: Term) -> Term | None:
            found = _first(described, prop) or _first(about_set, prop)
            return None if found == dkgc("not-stated") else found

        figure = Figure(
            indicator=_first(described, INDICATOR),
            unit=unit,
            base_value=number * unit_factor(unit, corpus),
            base_unit=base,
            bound="exact",
            scope=None,
            denominator=None,
            population=stated(POPULATION),
            aggregation=None,
            flow=stated(dkg("flow")),
            edition=stated(dkg("edition")),
            is_forecast=False,
            period_written=when,
            period=Span(time.earliest, time.latest),
        )
        publishers = " and ".join(self._name(term) for term in about_set.get(_PUBLISHER, ()))
        publication = f"{publishers}, “{_text(about_set.get(_LABEL, ()))}”"
        return Observed(
            node,
            data_set,
            figure,
            publication,
            _about(described, figure.population, text_of(when or ""), corpus),
        )

    def _name(self, term: Term) -> str:
        return _text(self._described(term).get(_LABEL, ())) or text_of(term)


def unit_factor(unit: Term | None, corpus: Corpus) -> Decimal:
    """Return by what a number in a unit is multiplied to come to the unit of comparison."""
    factor = next(iter(corpus.ontology.objects(unit or "", dkg("unitFactor"))), None)
    return Decimal(1) if factor is None else Decimal(text_of(factor))


def _about(
    described: dict[Term, list[Term]], population: Term | None, time: str, corpus: Corpus
) -> str:
    places = [corpus.label(term) for term in described.get(AREA, ())]
    places += [
        f"from {corpus.label(term)}" for term in described.get(COUNTERPART, ()) if term != WORLD
    ]
    if population is not None:
        places.append(corpus.label(population))
    return ", ".join([*places, time])


def data_beside(corpus: Corpus, stated: Collection[Quad], *others: Collection[Quad]) -> Data:
    """Return the data sets of a build: among what is stated, as ``corpus`` knows, and in others."""
    return data_in(*others, stated if corpus.of_type(_DATA_SET) else ())


def data_in(*quads: Collection[Quad]) -> Data:
    """Return the data sets among some quads; nothing is looked through before it is asked for."""
    index = _Index(quads)
    return Data(index.about, index.referring)


class _Index:
    """Quads by subject, and back from the values by which observations are looked for."""

    def __init__(self, quads: tuple[Collection[Quad], ...]) -> None:
        self._quads = quads

    def about(self, node: Term) -> Iterable[Quad]:
        return self._indexed[0].get(node, ()) if self._has_data else ()

    def referring(self, thing: Term, predicate: Term) -> Iterable[Term]:
        return self._indexed[1].get((thing, predicate), ()) if self._has_data else ()

    @cached_property
    def _has_data(self) -> bool:
        return any(q[2] == _DATA_SET and q[1] == TYPE for some in self._quads for q in some)

    @cached_property
    def _indexed(self) -> tuple[dict[Term, list[Quad]], dict[tuple[Term, Term], list[Term]]]:
        about: dict[Term, list[Quad]] = defaultdict(list)
        referring: dict[tuple[Term, Term], list[Term]] = defaultdict(list)
        asked = {TYPE, AREA, *_IDENTITY}
        for quad in chain.from_iterable(self._quads):
            if quad[3] == _LINKS or quad[3].startswith(_GRAPH):
                about[quad[0]].append(quad)
                if quad[1] in asked:
                    referring[quad[2], quad[1]].append(quad[0])
        return about, referring


def _first(described: dict[Term, list[Term]], predicate: Term) -> Term | None:
    return next(iter(described.get(predicate, ())), None)


def _text(labels: Iterable[Term]) -> str:
    """Return the English among some labels, else the first."""
    by_language = {literal_parts(label)[1]: text_of(label) for label in labels if not is_iri(label)}
    return by_language.get("en") or next(iter(by_language.values()), "")
