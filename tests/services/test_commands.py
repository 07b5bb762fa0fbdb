"""The commands with ``--endpoint``."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import urllib3

from diaspora_kg.cli import main
from diaspora_kg.graph import KnowledgeGraph
from diaspora_kg.opening import open_kg
from diaspora_kg.services.uploading import upload_build
from tests.services.conftest import free_port, oxigraph

pytestmark = pytest.mark.xdist_group("empty service")


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory, packaged_kg: KnowledgeGraph) -> Iterator[str]:
    """Run an Oxigraph server that holds the packaged graph."""
    with oxigraph(tmp_path_factory.mktemp("commands")) as address:
        upload_build(packaged_kg.build, address)
        yield address


def run(*arguments: str) -> int:
    """Run a command and return its exit status."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert isinstance(ended.value.code, int)
    return ended.value.code


class TestAsking:
    """Commands that read."""

    @pytest.mark.parametrize(
        "arguments",
        [
            ("query", "institutions-of-states", "--evidence", "-f", "md"),
            ("query", "sources", "-f", "csv"),
            ("query", "--sparql", "SELECT ?s { ?s a dkg:State } ORDER BY ?s LIMIT 3", "-f", "json"),
            ("query", "definitions-of-a-concept", "-p", "concept=soft power", "--cite"),
            ("why", "Peace Corps", "a", "state body"),
            ("find", "soft power", "--limit", "5"),
        ],
        ids=lambda arguments: " ".join(arguments[:2]),
    )
    def test_say_the_same_as_on_disk(
        self,
        url: str,
        packaged_kg: KnowledgeGraph,
        capsys: pytest.CaptureFixture[str],
        arguments: tuple[str, ...],
    ) -> None:
        """The same command gives the same output, to the letter."""
        assert run(*arguments, "--kg", str(packaged_kg.build.folder.parent.parent)) == 0
        here = capsys.readouterr().out

        assert run(*arguments, "--endpoint", url) == 0

        assert capsys.readouterr().out == here

    def test_a_slip_is_told(self, url: str, capsys: pytest.CaptureFixture[str]) -> None:
        """A name that neither the ontology nor the service knows is warned of."""
        assert (
            run("query", "--sparql", "ASK { ?s a dkg:Diaspra, dkg:Diaspora }", "--endpoint", url)
            == 0
        )

        said = capsys.readouterr().err
        assert "warning[DKG456]: dkg:Diaspra is no term of the ontology" in said
        assert said.count("DKG456") == 1

    def test_an_address_of_the_whole_service_will_do(
        self, url: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Without the path of the queries the usual ones are tried."""
        assert run("find", "soft power", "--endpoint", url.removesuffix("/query")) == 0

        assert "soft power" in capsys.readouterr().out

    def test_the_environment_names_the_service(
        self,
        url: str,
        monkeypatch: pytest.MonkeyPatch,
        tmp_path: Path,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        """DIASPORA_KG_ENDPOINT stands for the option, and a folder that is typed goes before it."""
        monkeypatch.setenv("DIASPORA_KG_ENDPOINT", url)

        assert run("why", "moia") == 0
        assert run("why", "moia", "--kg", str(tmp_path)) == 2
        assert "there is no graph" in capsys.readouterr().err

    def test_a_folder_and_a_service_are_one_too_many(
        self, url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Who names both is asked which is meant."""
        assert run("why", "moia", "--kg", str(tmp_path), "--endpoint", url) == 2

        assert "either a folder" in capsys.readouterr().err


class TestValidate:
    """``validate --endpoint``."""

    def test_checks_the_graph_of_the_service(
        self, url: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The packaged graph is clean, and what was checked is told."""
        assert run("validate", "--endpoint", url) == 0

        assert "does not keep how literals were written" in capsys.readouterr().err

    def test_files_and_a_service_are_one_too_many(
        self, url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Files are checked here, graphs there."""
        assert run("validate", str(tmp_path), "--endpoint", url) == 2

        assert "either files" in capsys.readouterr().err


SHAPES = """@prefix ex: <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
ex:S sh:targetClass ex:T ; sh:property [ sh:path ex:size ; sh:minCount 1 ] ."""


class TestOwnShapes:
    """``validate --endpoint --shapes``."""

    @pytest.fixture
    def shapes(self, tmp_path: Path) -> str:
        """Return the name of a file of shapes."""
        (tmp_path / "shapes.ttl").write_text(SHAPES, "utf-8")
        return str(tmp_path / "shapes.ttl")

    @pytest.fixture
    def foreign(self, tmp_path: Path) -> Iterator[str]:
        """Run an Oxigraph server with one triple of somebody else's."""
        with oxigraph(tmp_path) as address:
            reply = urllib3.request(
                "POST",
                address.replace("/query", "/store?default"),
                body=b"<http://example.org/one> a <http://example.org/T> .",
                headers={"Content-Type": "text/turtle"},
            )
            assert reply.status in (201, 204)
            yield address

    def test_check_any_graph_of_a_service(
        self, foreign: str, shapes: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Of a service with data of others the triples are fetched, and that is said."""
        assert run("validate", "--endpoint", foreign, "--shapes", shapes) == 1

        out, err = capsys.readouterr()
        assert out == (
            "http://example.org/one: error[DKG200]: ex:one: ex:size has fewer values than 1\n"
        )
        assert "note: The service holds no graph of diaspora-kg; so the triples were" in err

    def test_fetch_no_more_than_memory_holds(
        self,
        foreign: str,
        shapes: str,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """A service with too many triples is told as such before they are fetched."""
        monkeypatch.setattr("diaspora_kg.services.validating._MOST_TRIPLES", 0)

        assert run("validate", "--endpoint", foreign, "--shapes", shapes) == 2

        assert "error[DKG636]: the service holds 1 triples, too many" in capsys.readouterr().err


class TestBuild:
    """``build --endpoint``."""

    def test_loads_what_it_built(
        self, empty_service: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The graph is on disk and on the service, and a second time nothing is sent."""
        case = tmp_path / "ytb.yaml"
        assert run("new", "case", "ytb", "-o", str(case)) == 0
        build = ("build", str(case), "-o", str(tmp_path / "kg"), "--endpoint", empty_service)

        assert run(*build) == 0
        assert run(*build) == 0

        assert "holds this very graph already" in capsys.readouterr().err
        assert open_kg(endpoint=empty_service).source.name == open_kg(tmp_path / "kg").build.name

    def test_keeps_the_graph_when_the_service_is_gone(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """What was built is on disk, whatever becomes of the service."""
        case, service = tmp_path / "ytb.yaml", f"http://127.0.0.1:{free_port()}/"
        assert run("new", "case", "ytb", "-o", str(case)) == 0

        assert run("build", str(case), "-o", str(tmp_path / "kg"), "--endpoint", service) == 3

        assert "DKG620" in capsys.readouterr().err
        assert open_kg(tmp_path / "kg").build.name

    def test_tells_of_a_wrong_address_before_it_builds(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Nobody waits for a build to learn of a misspelt address."""
        service = "http://anna:secret@localhost:1/"

        assert run("build", "-o", str(tmp_path / "kg"), "--endpoint", service) == 2

        assert "DKG633" in capsys.readouterr().err
        assert not (tmp_path / "kg").exists()
