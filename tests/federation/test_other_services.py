"""The same rows whatever service is asked: Apache Jena Fuseki and Virtuoso."""

import re
from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from diaspora_kg.graph import KnowledgeGraph
from diaspora_kg.services.addresses import Address
from diaspora_kg.services.client import Client
from diaspora_kg.services.transport import Transport
from tests.federation.conftest import REMOTE
from tests.federation.test_answers import SHAPES, rows_of, rows_of_the_engine
from tests.services.conftest import SERVICES, in_one_worker

REFUSED = {("virtuoso", "path of no length")}
"""Virtuoso 7 refuses a path that has neither end given, whoever asks (docs/endpoints.md)."""


@pytest.fixture(scope="module", params=in_one_worker(["fuseki", "virtuoso"]))
def other(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, str]]:
    """Run each service with the countries in it; yield its name and its address."""
    name = request.param
    triples = ox.serialize(
        ox.parse(REMOTE.encode(), ox.RdfFormat.TURTLE), format=ox.RdfFormat.N_TRIPLES
    )
    named = re.sub(rb"_:(\w+)", rb"<http://example.org/.well-known/genid/\1>", triples or b"")
    with SERVICES[name](tmp_path_factory.mktemp(name)) as url:
        place = f"{url}/update" if name == "fuseki" else url
        data = named.decode()
        if name == "virtuoso":  # it has no graph without a name
            data = f"GRAPH <http://example.org/remote> {{ {data} }}"
        client = Client(Transport(Address(url)))
        client.update(place, f"INSERT DATA {{ {data} }}", is_repeatable=True)
        yield name, url


@pytest.mark.parametrize("shape", SHAPES)
def test_rows_are_those_of_oxigraph(
    shape: str, kg: KnowledgeGraph, other: tuple[str, str], endpoint: str
) -> None:
    """Wherever SERVICE stands, the answer is the one that the engine gives with Oxigraph."""
    name, url = other
    if (name, shape) in REFUSED:
        pytest.skip(f"{name} takes no {shape} without a start")
    text = "PREFIX : <http://example.org/> " + SHAPES[shape].replace("<there>", f"<{url}>")

    table = kg.sparql(text, allow_services=[url.split("/")[2]])

    assert rows_of(table) == rows_of_the_engine(SHAPES[shape], endpoint)
