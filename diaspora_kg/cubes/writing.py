"""Cubes as quads: structure, dimensions, units, statuses and provenance, in a graph of their own.

Vocabulary: RDF Data Cube (https://www.w3.org/TR/vocab-data-cube/) with the SDMX terms that it
recommends; the second area of a number between two is ``dkg:counterpartArea``.
"""

from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal

from diaspora_kg.cubes.model import MISSING, Cube, DataSet
from diaspora_kg.namespaces import (
    DCAT,
    DCTERMS,
    DKGC,
    DKGG,
    DKGID,
    PROV,
    QB,
    RDFS,
    SCHEMA,
    SKOS,
    XSD,
)
from diaspora_kg.naming import individual, slug
from diaspora_kg.numbers import lexical
from diaspora_kg.terms import TYPE, Quad, Term, dkg, iri, text_literal, typed_literal

SDMX = "http://purl.org/linked-data/sdmx/2009/"
AREA, PERIOD = iri(SDMX + "dimension#refArea"), iri(SDMX + "dimension#refPeriod")
VALUE = iri(SDMX + "measure#obsValue")
STATUS, UNIT = iri(SDMX + "attribute#obsStatus"), iri(SDMX + "attribute#unitMeasure")
COUNTERPART, INDICATOR = dkg("counterpartArea"), dkg("indicator")
POPULATION = dkg("populationCriterion")
COMPONENTS = (
    ("dimension", AREA),
    ("dimension", PERIOD),
    ("dimension", INDICATOR),
    ("measure", VALUE),
    ("attribute", STATUS),
    ("attribute", UNIT),
)
"""What the structure of every data set names."""
_CODE_LISTS = {INDICATOR: "indicator", POPULATION: "population-criterion"}
_YEAR = XSD + "gYear"
_LABEL = iri(RDFS + "label")


def as_quads(cube: Cube) -> Iterator[Quad]:
    """Yield the quads of a cube; the same cube gives the same quads, in the same order."""
    data_set = cube.data_set
    graph = iri(f"{DKGG}dataset/{data_set.id}")
    between = any(each.counterpart is not None for each in cube.measurements)
    for s, p, o in (
        *_frame(data_set),
        *_structure(data_set, between=between),
        *_span(cube),
        *_unmapped(cube),
    ):
        yield s, p, o, graph
    yield from _observations(cube, graph)


def node_of(data_set: DataSet) -> Term:
    """Return the IRI of a data set."""
    return individual("dataset", data_set.id)


def _observations(cube: Cube, graph: Term) -> Iterator[Quad]:
    data_set = cube.data_set
    this, file = node_of(data_set), _file(data_set)
    unit = iri(f"{DKGC}unit/{data_set.unit}") if data_set.unit else None
    base = f"<{DKGID}dataset/{data_set.id}/observation/"
    kind, member = iri(QB + "Observation"), iri(QB + "dataSet")
    written_form, derived = dkg("writtenForm"), iri(PROV + "wasDerivedFrom")
    indicators: dict[str, Term] = {}
    statuses: dict[str, Term] = {}
    years: dict[str, Term] = {}
    for each in cube.measurements:
        indicator = each.indicator or data_set.indicator
        parts = [each.area.rpartition("/")[2][:-1], each.period, indicator]
        if each.counterpart is not None:
            parts.insert(1, each.counterpart.rpartition("/")[2][:-1])
        node = f"{base}{'-'.join(parts)}>"
        if each.period not in years:
            years[each.period] = typed_literal(each.period, _YEAR)
        yield node, TYPE, kind, graph
        yield node, member, this, graph
        yield node, AREA, each.area, graph
        if each.counterpart is not None:
            yield node, COUNTERPART, each.counterpart, graph
        yield node, PERIOD, years[each.period], graph
        if indicator not in indicators:
            indicators[indicator] = _indicator(data_set, indicator)
        if each.status not in statuses:
            statuses[each.status] = iri(f"{SDMX}code#obsStatus-{each.status}")
        yield node, INDICATOR, indicators[indicator], graph
        yield node, STATUS, statuses[each.status], graph
        if each.status != MISSING:
            number = lexical(Decimal(each.value))
            yield node, VALUE, typed_literal(number, XSD + "decimal"), graph
            if each.value not in (number, number.removesuffix(".0")):
                yield node, written_form, text_literal(each.value), graph
        if unit is not None:
            yield node, UNIT, unit, graph
        yield node, derived, file, graph


def _indicator(data_set: DataSet, name: str) -> Term:
    if name in data_set.own_indicators:
        return iri(f"{node_of(data_set)[1:-1]}/indicator/{name}")
    return iri(f"{DKGC}indicator/{name}")


def _frame(data_set: DataSet) -> Iterator[tuple[Term, Term, Term]]:
    this, file = node_of(data_set), _file(data_set)
    publisher = individual("party", slug(data_set.publisher))
    yield this, TYPE, iri(QB + "DataSet")
    yield this, _LABEL, text_literal(data_set.short or data_set.title, "en")
    yield this, iri(DCTERMS + "title"), text_literal(data_set.title, "en")
    yield this, iri(QB + "structure"), iri(f"{this[1:-1]}/structure")
    yield this, iri(DCTERMS + "publisher"), publisher
    yield publisher, TYPE, dkg("Party")
    yield publisher, _LABEL, text_literal(data_set.publisher)
    yield this, iri(PROV + "wasDerivedFrom"), file
    for predicate, address in (("license", data_set.licence), ("source", data_set.page)):
        if address:
            yield this, iri(DCTERMS + predicate), iri(address)
    if data_set.edition:
        yield this, dkg("edition"), text_literal(data_set.edition)
    if data_set.flow:
        yield this, dkg("flow"), iri(DKGC + data_set.flow)
    if data_set.population:
        yield this, dkg("populationCriterion"), iri(DKGC + data_set.population)
    for name, label in data_set.own_indicators.items():
        indicator = _indicator(data_set, name)
        yield indicator, TYPE, iri(SKOS + "Concept")
        yield indicator, iri(SKOS + "prefLabel"), text_literal(label, "en")
        yield indicator, iri(SKOS + "inScheme"), iri(f"{DKGC}indicator")
    for note in data_set.notes:
        yield this, iri(DCTERMS + "description"), text_literal(note)
    yield file, TYPE, iri(PROV + "Entity")
    yield file, iri(SCHEMA + "name"), text_literal(data_set.file)
    yield file, iri(SCHEMA + "sha256"), text_literal(data_set.sha256)
    if data_set.retrieved is not None:
        day = typed_literal(data_set.retrieved.isoformat(), XSD + "date")
        yield file, dkg("retrievedOn"), day


def _span(cube: Cube) -> Iterator[tuple[Term, Term, Term]]:
    years = {each.period for each in cube.measurements if each.status != MISSING}
    return span_of(node_of(cube.data_set), years)


def _unmapped(cube: Cube) -> Iterator[tuple[Term, Term, Term]]:
    """Yield which areas of the file are in no observation: sums over the others lack them."""
    this, words = node_of(cube.data_set), cube.left.unmapped
    for word in words:
        yield this, dkg("unmappedArea"), text_literal(word)
    if words:
        listed = ", ".join(f"{word} ({words[word]:,})" for word in sorted(words))
        told = f"Left out at import, since they name no area of the reference table: {listed}."
        yield this, iri(DCTERMS + "description"), text_literal(told, "en")


def span_of(data_set: Term, years: Collection[str]) -> Iterator[tuple[Term, Term, Term]]:
    """Yield the first and the last year with a value: queries need not look for them."""
    if years:
        span = iri(f"{data_set[1:-1]}/period")
        yield data_set, iri(DCTERMS + "temporal"), span
        yield span, TYPE, iri(DCTERMS + "PeriodOfTime")
        yield span, iri(DCAT + "startDate"), typed_literal(min(years), _YEAR)
        yield span, iri(DCAT + "endDate"), typed_literal(max(years), _YEAR)


def _structure(data_set: DataSet, *, between: bool) -> Iterator[tuple[Term, Term, Term]]:
    further = [("dimension", COUNTERPART)] if between else []
    return structure_of(node_of(data_set), [*COMPONENTS, *further])


def structure_of(
    data_set: Term, components: Iterable[tuple[str, Term]]
) -> Iterator[tuple[Term, Term, Term]]:
    """Yield the structure of a data set: each property with its role, such as ``dimension``."""
    structure = iri(f"{data_set[1:-1]}/structure")
    yield structure, TYPE, iri(QB + "DataStructureDefinition")
    for role, prop in components:
        name = prop[1:-1].rpartition("#")[2]
        component = iri(f"{structure[1:-1]}/{name}")
        yield structure, iri(QB + "component"), component
        yield component, TYPE, iri(QB + "ComponentSpecification")
        yield component, iri(QB + role), prop
        yield component, iri(QB + "componentProperty"), prop
        yield prop, TYPE, iri(QB + "ComponentProperty")
        yield prop, TYPE, iri(f"{QB}{role.capitalize()}Property")
        if role == "dimension":
            yield prop, iri(RDFS + "range"), _range(prop)
        if prop in _CODE_LISTS:
            yield prop, iri(QB + "codeList"), iri(DKGC + _CODE_LISTS[prop])
        if role == "attribute":
            required = "true" if prop == STATUS else "false"
            yield component, iri(QB + "componentRequired"), typed_literal(required, XSD + "boolean")
            yield component, iri(QB + "componentAttachment"), iri(QB + "Observation")


def _range(prop: Term) -> Term:
    if prop == PERIOD:
        return iri(_YEAR)
    return iri(SKOS + "Concept") if prop in _CODE_LISTS else dkg("Place")


def _file(data_set: DataSet) -> Term:
    return iri(f"{node_of(data_set)[1:-1]}/file/{data_set.sha256[:12]}")
