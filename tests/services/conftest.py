"""Real services on free ports of this machine, started once and stopped surely."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import urllib3

from diaspora_kg.graph import KnowledgeGraph
from diaspora_kg.opening import open_kg
from diaspora_kg.services.uploading import Uploaded, upload_build

ROOT = Path(__file__).resolve().parent.parent.parent
FUSEKI = sorted((ROOT / ".cache" / "fuseki").glob("jena-fuseki-server-*.jar"))
PATIENCE = 90.0

VIRTUOSO = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
TransactionFile = {folder}/virtuoso.trx
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{inner}
NumberOfBuffers = 20000
MaxDirtyBuffers = 12000
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = 1000000
"""
ALLOW_CHANGES = """\
GRANT SPARQL_UPDATE TO "SPARQL";
GRANT EXECUTE ON SPARQL_INSERT_DICT_CONTENT TO "SPARQL";
GRANT EXECUTE ON SPARQL_DELETE_DICT_CONTENT TO "SPARQL";
DB.DBA.RDF_DEFAULT_USER_PERMS_SET('nobody', 7);
"""


def free_port() -> int:
    """Return a port of the loopback interface that nobody uses."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def is_ready(url: str) -> bool:
    """Tell whether a service answers the smallest of queries."""
    try:
        reply = urllib3.request("GET", url, fields={"query": "ASK {}"}, retries=False, timeout=5)
    except urllib3.exceptions.HTTPError:
        return False
    return reply.status == 200


@contextlib.contextmanager
def running(command: list[str], url: str, folder: Path) -> Iterator[str]:
    """Run a service until the end of the block; yield its address once it answers."""
    with (folder / "service.log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
        try:
            until = time.monotonic() + PATIENCE
            while not is_ready(url):
                said = (folder / "service.log").read_text("utf-8", errors="replace")[-400:]
                assert process.poll() is None, f"{command[0]} stopped: {said}"
                assert time.monotonic() < until, f"{command[0]} does not answer: {said}"
                time.sleep(0.2)
            yield url
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def oxigraph(folder: Path) -> contextlib.AbstractContextManager[str]:
    """Run the Oxigraph server, in memory."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which(
        "oxigraph"
    )
    if program is None:
        pytest.skip("the Oxigraph server is not installed: pip install oxigraph")
    port = free_port()
    command = [program, "serve", "--bind", f"127.0.0.1:{port}"]
    return running(command, f"http://127.0.0.1:{port}/query", folder)


def fuseki(folder: Path) -> contextlib.AbstractContextManager[str]:
    """Run Apache Jena Fuseki, in memory."""
    java = shutil.which("java")
    if java is None or not FUSEKI:
        pytest.skip("Fuseki is not there: python scripts/install_services.py (needs Java, Maven)")
    port = free_port()
    options = ["--mem", "--update", "--localhost", "--port", str(port), "/graph"]
    command = [java, "-Xmx1500m", "-XX:+UseSerialGC", "-jar", str(FUSEKI[-1]), *options]
    return running(command, f"http://127.0.0.1:{port}/graph", folder)


@contextlib.contextmanager
def virtuoso(folder: Path) -> Iterator[str]:
    """Run Virtuoso 7, in a folder of its own, open for changes."""
    program, shell = shutil.which("virtuoso-t"), shutil.which("isql-vt")
    if program is None or shell is None:
        pytest.skip("Virtuoso is not installed: apt-get install virtuoso-opensource-7")
    port, inner = free_port(), free_port()
    settings = folder / "virtuoso.ini"
    settings.write_text(VIRTUOSO.format(folder=folder, port=port, inner=inner), "utf-8")
    command = [program, "+configfile", str(settings), "+foreground", "+wait"]
    with running(command, f"http://127.0.0.1:{port}/sparql", folder) as url:
        subprocess.run(
            [shell, f"127.0.0.1:{inner}", "dba", "dba"],
            input=ALLOW_CHANGES,
            text=True,
            check=True,
            capture_output=True,
        )
        yield url


SERVICES: dict[str, Callable[[Path], contextlib.AbstractContextManager[str]]] = {
    "oxigraph": oxigraph,
    "fuseki": fuseki,
    "virtuoso": virtuoso,
}


@dataclass(frozen=True)
class Loaded:
    """A service that holds the packaged graph."""

    name: str
    url: str
    uploaded: Uploaded
    kg: KnowledgeGraph
    """One connection for all tests, so that what was fetched is fetched once."""


def in_one_worker(names: Iterable[str]) -> list[Any]:
    """Return services as parameters; all tests of one go to one worker, which starts it once."""
    return [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in names]


@pytest.fixture(scope="session", params=in_one_worker(SERVICES))
def loaded(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    packaged_kg: KnowledgeGraph,
) -> Iterator[Loaded]:
    """Each real service in turn, with the packaged graph loaded into it."""
    name = request.param
    with SERVICES[name](tmp_path_factory.mktemp(name)) as url:
        uploaded = upload_build(packaged_kg.build, url)
        yield Loaded(name, url, uploaded, open_kg(endpoint=url))


@pytest.fixture(scope="session")
def empty_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run an Oxigraph server with nothing in it but what tests put there."""
    with oxigraph(tmp_path_factory.mktemp("empty")) as url:
        yield url


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the variables of whoever runs the tests out of them."""
    for name in list(os.environ):
        if name.startswith("DIASPORA_KG_ENDPOINT"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("NETRC", os.devnull)
