"""``diaspora-kg query --allow-service`` against a second endpoint."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.graph import KnowledgeGraph
from diaspora_kg.outside import AllowedServices

if TYPE_CHECKING:
    from tests.cli.conftest import Done

    Run = Callable[..., Done]


@pytest.fixture
def query(tmp_path: Path, endpoint: str) -> Path:
    """Write a query for cities with the English names of their countries."""
    file = tmp_path / "names.rq"
    file.write_text(
        "# SERVICE <http://evil.invalid/> { in a comment\n"
        "PREFIX : <http://example.org/>\n"
        f"SELECT ?city ?name {{ ?city :in ?country . SERVICE <{endpoint}> {{\n"
        "  ?country :name ?name FILTER(LANG(?name) = 'en') } } ORDER BY ?city\n"
    )
    return file


@pytest.fixture
def host(endpoint: str) -> str:
    """Return host and port of the second endpoint."""
    return endpoint.split("/")[2]


class TestPermission:
    """Nothing is asked that was not allowed by name."""

    def test_off_unless_allowed(self, dkg: "Run", directory: Path, query: Path) -> None:
        """Without the option the query is refused, and the option is named."""
        done = dkg("query", query, "--kg", directory)

        assert done.status == 2
        assert "error[DKG408]" in done.err
        assert "--allow-service HOST" in done.err

    @pytest.mark.parametrize("other", ["localhost", "127.0.0.1", "127.0.0.1:1", "example.org"])
    def test_another_host_or_port(
        self, other: str, dkg: "Run", directory: Path, query: Path, endpoint: str, host: str
    ) -> None:
        """A service that was not named is refused by its address, with what would allow it."""
        done = dkg("query", query, "--kg", directory, "--allow-service", other)

        assert done.status == 2
        assert f"error[DKG422]: the query would ask {endpoint}, which is not allowed" in done.err
        assert f"--allow-service {host}" in done.err

    def test_all_are_looked_at_before_any_is_asked(
        self, dkg: "Run", directory: Path, endpoint: str, host: str, kept: Path
    ) -> None:
        """One service that is not allowed stops the query before the others are asked."""
        text = (
            f"SELECT * {{ SERVICE <{endpoint}> {{ ?s ?p ?o }} SERVICE <http://x.invalid/> {{ }} }}"
        )

        done = dkg("query", "--sparql", text, "--kg", directory, "--allow-service", host)

        assert "http://x.invalid/" in done.err
        assert not (kept / "diaspora-kg" / "answers").exists()

    @pytest.mark.parametrize(
        ("pattern", "words"),
        [
            ("?s ?p ?w . SERVICE ?w { ?a ?b ?c }", "'SERVICE ?w' does not say which service"),
            ("SERVICE SILENT ?w { ?a ?b ?c }", "'SERVICE ?w' does not say which service"),
            ("SERVICE <{there}> { SERVICE <http://x.invalid/> { } }", "ask another service"),
            ("SERVICE <ftp://localhost/> { ?s ?p ?o }", "begins with http:// or https://"),
            ("SERVICE <http://me:secret@localhost/> { ?s ?p ?o }", "a name or a password"),
            ("?s ?p 'SERVICE <http://x.invalid/> {'", "SERVICE stands in a text"),
            ("SERV\\u0049CE <{there}> { ?s ?p ?o }", "is not a word by itself"),
        ],
        ids=["variable", "silent", "nested", "scheme", "password", "text", "escape"],
    )
    def test_what_cannot_be_followed(
        self, pattern: str, words: str, dkg: "Run", directory: Path, endpoint: str, host: str
    ) -> None:
        """Whatever could reach somebody else is refused, though the host is allowed."""
        text = "SELECT * { " + pattern.replace("{there}", endpoint) + " }"
        allow = ("--allow-service", host, "--allow-service", "localhost")

        done = dkg("query", "--sparql", text, "--kg", directory, *allow)

        assert (done.status, "error[DKG423]" in done.err) == (2, True)
        assert words in done.err
        assert "secret" not in done.err

    @pytest.mark.parametrize(
        "name", ["https://example.org/sparql", "*.example.org", "", "localhost:0", "a b"]
    )
    def test_a_name_that_is_none(self, name: str, dkg: "Run") -> None:
        """What is allowed is one host, with a port at most."""
        done = dkg("query", "--sparql", "ASK {}", "--allow-service", name)

        assert (done.status, "error[DKG424]" in done.err) == (2, True)

    def test_not_with_an_endpoint(self, dkg: "Run", query: Path, host: str) -> None:
        """Where the query runs on a service, that service would do the asking."""
        done = dkg("query", query, "--allow-service", host, "--endpoint", "http://localhost:1/q")

        assert (done.status, "error[DKG428]" in done.err) == (2, True)


class TestAnswers:
    """Rows, and what is said of them."""

    def test_rows_and_their_origin(
        self, dkg: "Run", directory: Path, query: Path, endpoint: str, host: str
    ) -> None:
        """The rows are data on stdout; which service gave what, and when, is said on stderr."""
        done = dkg("query", query, "--kg", directory, "--allow-service", host, "-f", "json")

        names = [row["name"]["value"] for row in json.loads(done.out)["results"]["bindings"]]
        assert (done.status, names) == (0, ["Turkey", "India", "Turkey"])
        assert f"note: 2 rows come from {endpoint}, asked on 20" in done.err

    def test_offline(self, dkg: "Run", directory: Path, query: Path, host: str) -> None:
        """Without a request there is an answer once the service was asked, and none before."""
        options = ("--kg", directory, "--allow-service", host)

        before = dkg("query", query, *options, "--offline")
        dkg("query", query, *options)
        after = dkg("query", query, *options, "--offline", "-f", "csv")

        assert (before.status, "error[DKG427]" in before.err) == (3, True)
        assert (after.status, len(after.out.splitlines())) == (0, 4)

    def test_too_many_rows(self, dkg: "Run", directory: Path, endpoint: str, host: str) -> None:
        """A service with more rows than allowed makes no answer, and the limit is named."""
        text = f"SELECT * {{ SERVICE <{endpoint}> {{ ?s ?p ?o }} }}"
        options = ("--kg", directory, "--allow-service", host, "--max-rows", "3")

        done = dkg("query", "--sparql", text, *options)

        assert (done.status, done.out) == (2, "")
        assert f"error[DKG425]: {endpoint} has more than 3 rows" in done.err

    def test_a_mistake_is_found_before_anybody_is_asked(
        self, dkg: "Run", directory: Path, endpoint: str, host: str, kept: Path
    ) -> None:
        """SPARQL that is not well-formed says where, in the text as it was written."""
        text = f"SELECT * {{\n  SERVICE <{endpoint}> {{ ?s ?p }}\n}}"

        done = dkg("query", "--sparql", text, "--kg", directory, "--allow-service", host)

        assert (done.status, "error[DKG406]" in done.err) == (2, True)
        assert "line 3, column 1" in done.err
        assert not (kept / "diaspora-kg" / "answers").exists()

    def test_evidence(
        self, dkg: "Run", directory: Path, query: Path, endpoint: str, host: str
    ) -> None:
        """Rows are marked as resting on a service that is not traced."""
        done = dkg("query", query, "--kg", directory, "--allow-service", host, "--evidence")

        assert f"{endpoint} (asked on" in done.out
        assert f"warning: What {endpoint} gave" in done.err

    @pytest.mark.parametrize("option", ["--offline", "--refresh"])
    def test_options_that_need_a_service(self, option: str, dkg: "Run", query: Path) -> None:
        """They say how services are asked, so there has to be one."""
        done = dkg("query", query, option)

        assert (done.status, "--allow-service" in done.err) == (2, True)


class TestPython:
    """The same from Python."""

    def test_hosts(self, kg: KnowledgeGraph, query: Path, host: str) -> None:
        """Hosts may be given as a list; the answer says what came from where."""
        table = kg.sparql(query.read_text(), allow_services=[host])

        assert ([row["name"] for row in table.records()], table.asked[0].rows) == (
            ["Turkey", "India", "Turkey"],
            2,
        )

    def test_none(self, kg: KnowledgeGraph, query: Path) -> None:
        """Without hosts, SERVICE is refused."""
        with pytest.raises(DiasporaKGError) as raised:
            kg.sparql(query.read_text())

        assert raised.value.code == "DKG408"

    @pytest.mark.parametrize(
        ("address", "is_allowed"),
        [
            ("http://example.org/sparql", True),
            ("https://EXAMPLE.org/sparql", True),
            ("https://example.org:443/", True),
            ("https://example.org:80/", False),
            ("http://example.org:8080/", False),
            ("http://localhost:7878/query", True),
            ("http://localhost/query", False),
            ("http://[::1]:7878/query", True),
            ("http://example.org.evil.invalid/", False),
            ("http://example.org@evil.invalid/", False),
            ("http://evil.invalid/#example.org", False),
            ("file://example.org/etc", False),
        ],
    )
    def test_what_is_allowed(self, address: str, is_allowed: bool) -> None:
        """A host stands for the usual ports of http and https, a host with a port for that."""
        allowed = AllowedServices(("Example.org", "localhost:7878", "[::1]:7878"))

        assert allowed.permits(address) is is_allowed
