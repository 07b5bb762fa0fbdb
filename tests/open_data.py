"""Small data sets with figures that are made up, for questions that put claims beside data."""

from collections import Counter
from collections.abc import Iterator

from diaspora_kg.cubes import Cube, as_quads
from diaspora_kg.cubes.model import DataSet, Left, Measurement
from diaspora_kg.cubes.registers import LABEL
from diaspora_kg.namespaces import DKGG, SCHEMA, WIKIDATA
from diaspora_kg.naming import individual
from diaspora_kg.terms import TYPE, Quad, Term, dkg, iri, text_literal

WORLD = individual("region", "001")


def state(code: str) -> Term:
    """Return the state of a code of two letters."""
    return individual("state", code)


def small_data_sets() -> list[Quad]:
    """Return a migrant stock, a remittance matrix, investment and a table of persons."""
    return [
        *cube_of(
            "stock", "UN DESA", "international-migrants", "persons", _stock(), without="chanisl"
        ),
        *cube_of("matrix", "World Bank", "remittance-flows", "usd-million", _matrix()),
        *cube_of("investment", "World Bank", "foreign-direct-investment", "usd", _investment()),
        *_persons(),
        *_twins(),
    ]


def _stock() -> Iterator[Measurement]:
    for year, india, turkey in (("2015", "1", "2"), ("2019", "11000000", "2700000")):
        yield Measurement(state("AE"), year, india, state("IN"))
        yield Measurement(state("DE"), year, turkey, state("TR"))
    yield Measurement(state("US"), "2019", "6510931", state("IN"))
    yield Measurement(state("FJ"), "2019", "300000", state("IN"))


def _matrix() -> Iterator[Measurement]:
    yield Measurement(WORLD, "2017", "613465.8", WORLD)
    yield Measurement(state("IN"), "2017", "68968.1", WORLD)
    yield Measurement(state("TR"), "2017", "700", WORLD)
    yield Measurement(state("PK"), "2017", "0", WORLD)
    yield Measurement(state("TR"), "2017", "500", state("DE"))
    yield Measurement(state("IN"), "2017", "13000", state("AE"))
    yield Measurement(state("IN"), "2017", "20000.5", state("US"))


def _investment() -> Iterator[Measurement]:
    yield Measurement(state("IN"), "2017", "39000000000")
    yield Measurement(state("TR"), "2017", "11000000000")


def _persons() -> Iterator[Quad]:
    kinds = {"persons-of-indian-origin": "persons of Indian origin"}
    numbers = [Measurement(state("FJ"), "2012", "313000", state("IN"), next(iter(kinds)))]
    yield from cube_of("overseas", "A ministry", "", "persons", iter(numbers), kinds)


def _twins() -> Iterator[Quad]:
    graph, place = iri(DKGG + "dataset/twins"), iri(SCHEMA + "location")
    towns = {"Q1": state("IN"), "Q2": iri(WIKIDATA + "Q878"), "Q3": state("FJ"), "Q4": None}
    for town, country in towns.items():
        node = iri(WIKIDATA + town)
        yield node, TYPE, dkg("City"), graph
        yield node, LABEL, text_literal(f"Town {town}"), graph
        if country is not None:
            yield node, place, country, graph
    for one, other in (("Q1", "Q2"), ("Q1", "Q3"), ("Q2", "Q3"), ("Q1", "Q4")):
        tie = individual("dataset", "twins", f"{one}-{other}")
        yield tie, TYPE, dkg("SisterCityRelationship"), graph
        for town in (one, other):
            yield tie, dkg("linksCity"), iri(WIKIDATA + town), graph


def cube_of(
    name: str,
    publisher: str,
    indicator: str,
    unit: str,
    numbers: Iterator[Measurement],
    own: dict[str, str] | None = None,
    without: str = "",
) -> Iterator[Quad]:
    """Yield a data set of some numbers; ``own`` are indicators that the ontology has not.

    ``without`` is a word of its file that names no area.
    """
    left = Left(unknown=Counter([without] if without else []))
    data_set = DataSet(
        name, name, publisher, f"{name}.csv", "0" * 64, indicator, unit, own_indicators=own or {}
    )
    yield from as_quads(Cube(data_set, list(numbers), left))
