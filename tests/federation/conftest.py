"""A small graph on disk, a second endpoint, and a folder for what services say."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import urllib3

from diaspora_kg.graph import KnowledgeGraph
from diaspora_kg.opening import open_kg
from diaspora_kg.store import FORMAT, write_build
from diaspora_kg.table import Table
from tests.cli.conftest import dkg
from tests.services.conftest import oxigraph
from tests.services.test_misbehaving_service import certificate

__all__ = ["certificate", "dkg"]

LOCAL = """
@prefix : <http://example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
{place} {{
:ankara :in :TR ; :size 5 ; :kind :City .
:izmir :in :TR ; :size 4 ; :kind :City .
:delhi :in :IN ; :size 9 ; :kind :City ; :called "north" .
:paris :in :FR ; :kind :City ; :called "Paris"@fr .
:atlantis :kind :City ; :size 1 .
:boat :in [ :kind :Sea ] .
:TR :next :GR .
}}
"""
REMOTE = """
@prefix : <http://example.org/> .
:TR :name "Turkey"@en, "Türkiye"@tr ; :size 1 ; :next :GR .
:IN :name "India"@en ; :part [ :called "north" ] ; :size 2 .
:BR :name "Brazil"@en ; :size 5 .
:GR :name "Greece"@en .
:odd :says "a \\\\u0022 ) } b \\\\ \\" c\\nd" ; :in :TR .
"""


def local_quads() -> ox.Store:
    """Return the local graph as the engine itself would hold it."""
    store = ox.Store()
    store.load(LOCAL.format(place=":g"), ox.RdfFormat.TRIG)
    return store


@pytest.fixture(scope="session")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the local graph."""
    folder = tmp_path_factory.mktemp("federated") / "kg"
    quads = b"".join(sorted(f"{quad} .\n".encode() for quad in local_quads()))
    write_build(folder, quads, {"format": FORMAT})
    return folder


@pytest.fixture(scope="session")
def kg(directory: Path) -> KnowledgeGraph:
    """Open the local graph."""
    return open_kg(directory)


@pytest.fixture(scope="session")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run a second endpoint, the Oxigraph server, with countries in it."""
    with oxigraph(tmp_path_factory.mktemp("remote")) as url:
        reply = urllib3.request(
            "POST",
            url.removesuffix("query") + "store?default",
            body=REMOTE.encode(),
            headers={"Content-Type": "text/turtle"},
        )
        assert reply.status < 300, reply.data
        yield url


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep answers in a folder of the test."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def ask(kg: KnowledgeGraph, endpoint: str) -> Callable[..., Table]:
    """Return what asks a query in which ``SERVICE <there>`` stands for the second endpoint."""

    def answer(text: str) -> Table:
        host = endpoint.split("/")[2]
        whole = "PREFIX : <http://example.org/> " + text.replace("<there>", f"<{endpoint}>")
        return kg.sparql(whole, allow_services=[host])

    return answer
