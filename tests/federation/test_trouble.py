"""Services that misbehave, over real HTTP: a clear error, and never half an answer."""

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from diaspora_kg.confinement.limits import Limits
from diaspora_kg.errors import DiasporaKGError, MissingPartError
from diaspora_kg.graph import KnowledgeGraph
from diaspora_kg.outside import AllowedServices
from diaspora_kg.table import Table
from tests.services.misbehaving import JSON, Behaviour, Service, answer, serving

TR = "http://example.org/TR"


def rows(*names: str, columns: tuple[str, ...] = ("c", "n")) -> bytes:
    """Return an answer that names a country, once for each name."""
    bindings = [
        {"c": {"type": "uri", "value": TR}, "n": {"type": "literal", "value": name}}
        for name in names
    ]
    document = {"head": {"vars": list(columns)}, "results": {"bindings": bindings}}
    return json.dumps(document).encode()


def says(body: bytes, status: int = 200, kind: str = JSON, **headers: str) -> Behaviour:
    """Return the behaviour of always answering the same."""
    return lambda _, handler, __: answer(handler, status, body, kind, **headers)


def drip(service: Service, handler: Any, _: bytes) -> None:
    """Send a letter now and then, and never come to an end."""
    handler.send_response(200)
    handler.send_header("Content-Type", JSON)
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    while not service.gate.wait(0.05):
        handler.wfile.write(b" ")
        handler.wfile.flush()


def endless(_: Service, handler: Any, __: bytes) -> None:
    """Send as much as anybody takes."""
    handler.send_response(200)
    handler.send_header("Content-Type", JSON)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    while True:
        handler.wfile.write(b"10000\r\n" + b" " * 65536 + b"\r\n")


@pytest.fixture
def serve() -> Iterator[Callable[[Behaviour], Service]]:
    """Return what runs a service with one behaviour until the end of the test."""
    with ExitStack() as stack:
        yield lambda behaviour: stack.enter_context(serving({"/sparql": behaviour}))


def ask(
    kg: KnowledgeGraph, service: Service, text: str = "", limits: Limits | None = None, **how: bool
) -> Table:
    """Ask for the names of countries at a service."""
    address = f"{service.url}/sparql"
    allowed = AllowedServices((address.split("/")[2],), **how)
    pattern = (
        text or "SELECT ?n { SERVICE <there> { ?c <http://example.org/name> ?n } } ORDER BY ?n"
    )
    question = kg.ask(pattern.replace("<there>", f"<{address}>"), allow_services=allowed)
    return kg.answer(question, limits=limits)


def trouble(kg: KnowledgeGraph, service: Service, **how: Any) -> DiasporaKGError:
    """Return the error that comes of asking a service."""
    with pytest.raises(DiasporaKGError) as raised:
        ask(kg, service, **how)
    return raised.value


class TestErrors:
    """What goes wrong at the service."""

    @pytest.mark.parametrize(
        ("behaviour", "code", "status"),
        [
            (says(b"no such thing", 400, "text/plain"), "DKG624", 2),
            (says(b"who are you", 401, "text/plain"), "DKG623", 2),
            (says(b"gone", 404, "text/plain"), "DKG624", 2),
            (says(b"internal error", 500, "text/plain"), "DKG624", 2),
            (says(b"busy", 503, "text/plain", Retry_After="7200"), "DKG629", 3),
            (says(rows("a")[:50]), "DKG625", 3),
            (says(b"<html><h1>Welcome</h1></html>", 200, "text/html"), "DKG626", 3),
            (says(b'{"rows": []}'), "DKG626", 3),
            (says(b'{"head": {}, "boolean": true}'), "DKG626", 3),
            (says(rows("a"), **{"X-SPARQL-MaxRows": "1"}), "DKG627", 2),
            (says(b"", 302, Location="http://elsewhere.invalid/"), "DKG628", 2),
        ],
        ids=[
            *("malformed", "closed", "absent", "broken", "busy", "half", "page", "other form"),
            *("yes", "cut", "moved"),
        ],
    )
    def test_has_a_code(
        self,
        behaviour: Behaviour,
        code: str,
        status: int,
        kg: KnowledgeGraph,
        serve: Callable[[Behaviour], Service],
    ) -> None:
        """The error is that of services, and names the one that it is about."""
        service = serve(behaviour)

        error = trouble(kg, service)

        assert (error.code, error.exit_status) == (code, status)
        assert error.message.startswith(f"SERVICE <{service.url}/sparql>: ")
        assert "DIASPORA_KG_ENDPOINT" not in error.hint

    def test_unreachable(self, kg: KnowledgeGraph) -> None:
        """Nobody listens: exit status 3."""
        with serving({}) as service:
            pass

        error = trouble(kg, service, limits=Limits(seconds=3))

        assert (error.code, error.exit_status) == ("DKG620", 3)

    @pytest.mark.parametrize("behaviour", [drip, lambda s, *_: s.gate.wait(20)])
    def test_slow(
        self, behaviour: Behaviour, kg: KnowledgeGraph, serve: Callable[[Behaviour], Service]
    ) -> None:
        """The time of the query holds for the service: one that never ends does not hold up."""
        error = trouble(kg, serve(behaviour), limits=Limits(seconds=4))

        assert (error.code, error.exit_status) == ("DKG622", 3)

    def test_endless(self, kg: KnowledgeGraph, serve: Callable[[Behaviour], Service]) -> None:
        """An answer that does not end is left when it passes an eighth of the memory."""
        error = trouble(kg, serve(endless), limits=Limits(megabytes=16))

        assert error.code == "DKG425"
        assert error.message.endswith("sent more than 2 MB")

    def test_time_spent_on_services_is_gone(
        self, kg: KnowledgeGraph, serve: Callable[[Behaviour], Service]
    ) -> None:
        """What the service took is not there for the query itself."""

        def slowly(_: Service, handler: Any, __: bytes) -> None:
            time.sleep(0.5)
            answer(handler, 200, rows("a"))

        products = " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(12))

        error = trouble(
            kg,
            serve(slowly),
            text=f"SELECT (COUNT(*) AS ?k) {{ SERVICE <there> {{ ?c ?p ?n }} {products} }}",
            limits=Limits(seconds=3),
        )

        assert error.code == "DKG416"
        assert error.message == "the query was stopped: it took longer than 3 seconds"

    def test_too_many_rows(self, kg: KnowledgeGraph, serve: Callable[[Behaviour], Service]) -> None:
        """A service is asked for one row more than may come; when it comes, that is an error."""
        service = serve(says(rows("a", "b", "c")))

        error = trouble(kg, service, limits=Limits(rows=2))

        assert error.code == "DKG425"
        assert sent(service)[0].endswith("LIMIT 3")

    @pytest.mark.parametrize("column", ["n) { } SERVICE <http://evil.invalid/> { ?s ?p ?o", "x y"])
    def test_columns_that_nobody_asked_for(
        self, column: str, kg: KnowledgeGraph, serve: Callable[[Behaviour], Service]
    ) -> None:
        """Only variables of the query are taken; what a service makes up gets nowhere."""
        service = serve(says(rows("a", columns=("c", "n", column))))

        table = ask(kg, service)

        assert table.records() == [{"n": "a"}]

    def test_a_service_that_speaks_sparql_in_its_texts(
        self, kg: KnowledgeGraph, serve: Callable[[Behaviour], Service]
    ) -> None:
        """A text of a service is a text, whatever it says."""
        text = '"@en) } SERVICE <http://evil.invalid/> { ?s ?p ?o } # \\u0022 \n'
        service = serve(says(rows(text)))

        table = ask(kg, service)

        assert table.records() == [{"n": text}]


class TestCertificates:
    """Services over https."""

    def test_one_that_nobody_signed(
        self,
        kg: KnowledgeGraph,
        certificate: tuple[Path, Path],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """It is refused, and trusted when SSL_CERT_FILE names it."""
        with serving({"/sparql": says(rows("a"))}, certificate) as service:
            error = trouble(kg, service)
            monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
            table = ask(kg, service)

        assert (error.code, error.exit_status) == ("DKG621", 3)
        assert "SSL_CERT_FILE" in error.hint
        assert table.records() == [{"n": "a"}]


class TestSilent:
    """SERVICE SILENT."""

    TEXT = "SELECT ?x ?n { ?x <http://example.org/size> 5 SERVICE SILENT <there> { ?c ?p ?n } }"

    def test_a_failure_is_a_row_without_values(
        self, kg: KnowledgeGraph, serve: Callable[[Behaviour], Service]
    ) -> None:
        """The query goes on as if the service had said nothing, and the answer says so."""
        service = serve(says(b"no", 400, "text/plain"))

        table = ask(kg, service, self.TEXT)

        assert table.records() == [{"x": "http://example.org/ankara", "n": None}]
        assert str(table.asked[0]) == (
            f"{service.url}/sparql gave nothing, and the query is SILENT about it: the service "
            "refuses the request (HTTP 400): no [DKG624]."
        )

    def test_too_many_rows_are_an_error(
        self, kg: KnowledgeGraph, serve: Callable[[Behaviour], Service]
    ) -> None:
        """It is our limit that is reached then, and no failure of the service."""
        error = trouble(kg, serve(says(rows("a", "b"))), text=self.TEXT, limits=Limits(rows=1))

        assert error.code == "DKG425"


class TestAsking:
    """What is sent, and how often."""

    def test_who_asks_is_said(
        self,
        kg: KnowledgeGraph,
        serve: Callable[[Behaviour], Service],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """Program and contact stand in the request; what is secret of another service does not."""
        monkeypatch.setenv("DIASPORA_KG_CONTACT", "coder@example.org")
        monkeypatch.setenv("DIASPORA_KG_ENDPOINT_TOKEN", "secret")
        service = serve(says(rows("a")))

        ask(kg, service)

        (headers,) = service.headers
        assert headers["User-Agent"].startswith("diaspora-kg/")
        assert headers["User-Agent"].endswith("mailto:coder@example.org)")
        assert "Authorization" not in headers

    def test_values_are_sent_along(
        self, kg: KnowledgeGraph, serve: Callable[[Behaviour], Service]
    ) -> None:
        """What the local graph has for a variable restricts what the service is asked for."""
        service = serve(says(rows("a")))

        ask(
            kg,
            service,
            "SELECT ?n { ?x <http://example.org/in> ?c SERVICE <there> { ?c <x:y> ?n } }",
        )

        assert sent(service) == [
            "SELECT * WHERE { VALUES (?c) { (<http://example.org/FR>) (<http://example.org/IN>) "
            "(<http://example.org/TR>) } ?c <x:y> ?n } LIMIT 100001"
        ]

    def test_patterns_that_may_fail_stand_apart(
        self, kg: KnowledgeGraph, serve: Callable[[Behaviour], Service]
    ) -> None:
        """Values do not reach into an OPTIONAL, which some services misunderstand."""
        service = serve(says(rows("a")))

        ask(
            kg,
            service,
            "SELECT ?n { VALUES ?c { <x:c> } SERVICE <there> { ?c <x:y> ?n OPTIONAL { ?c <x:z> ?d "
            "} } }",
        )

        assert sent(service) == [
            "SELECT * WHERE { VALUES (?c) { (<x:c>) } { ?c <x:y> ?n OPTIONAL { ?c <x:z> ?d } } } "
            "LIMIT 100001"
        ]

    def test_other_literals_are_not_sent(
        self, kg: KnowledgeGraph, serve: Callable[[Behaviour], Service]
    ) -> None:
        """A language or a number may be written otherwise there, so all are asked for."""
        service = serve(says(rows("a")))

        ask(
            kg,
            service,
            "SELECT ?n { ?x <http://example.org/size> ?s SERVICE <there> { ?s <x:y> ?n } }",
        )

        assert sent(service) == ["SELECT * WHERE { ?s <x:y> ?n } LIMIT 100001"]

    def test_many_values_go_in_several_requests(
        self,
        kg: KnowledgeGraph,
        serve: Callable[[Behaviour], Service],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """No request holds more than some hundred values, and the rows of all are put together."""
        monkeypatch.setattr("diaspora_kg.federation.resolving.AT_ONCE", 2)
        service = serve(says(rows("a")))

        table = ask(
            kg,
            service,
            "SELECT ?n { ?x <http://example.org/in> ?c SERVICE <there> { ?c <x:y> ?n } }",
        )

        assert len(sent(service)) == 2
        assert table.asked[0].rows == 2

    def test_where_there_are_too_many_all_is_asked_for(
        self,
        kg: KnowledgeGraph,
        serve: Callable[[Behaviour], Service],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """Thousands of values are not sent; the limit of rows says whether the answer is too."""
        monkeypatch.setattr("diaspora_kg.federation.resolving.MOST_SENT", 2)
        service = serve(says(rows("a")))

        ask(
            kg,
            service,
            "SELECT ?n { ?x <http://example.org/in> ?c SERVICE <there> { ?c <x:y> ?n } }",
        )

        assert sent(service) == ["SELECT * WHERE { ?c <x:y> ?n } LIMIT 100001"]

    def test_without_a_local_solution_nothing_is_sent(
        self, kg: KnowledgeGraph, serve: Callable[[Behaviour], Service]
    ) -> None:
        """No row of the service could be of use."""
        service = serve(says(rows("a")))

        table = ask(kg, service, "SELECT ?n { ?x <x:nothing> ?c SERVICE <there> { ?c <x:y> ?n } }")

        assert (len(table), table.asked, service.bodies) == (0, (), [])


class TestKeeping:
    """Answers with their day."""

    def test_a_second_question_asks_nobody(
        self, kg: KnowledgeGraph, serve: Callable[[Behaviour], Service]
    ) -> None:
        """An answer is taken from what is kept, and has its day."""
        service = serve(says(rows("a")))

        first, second = ask(kg, service), ask(kg, service)

        assert len(service.bodies) == 1
        assert (first.rows, first.asked) == (second.rows, second.asked)

    def test_refresh(self, kg: KnowledgeGraph, serve: Callable[[Behaviour], Service]) -> None:
        """It can be asked anew, and the new answer is kept."""
        service = serve(lambda s, handler, _: answer(handler, 200, rows(str(len(s.bodies)))))

        found = [
            ask(kg, service).records(),
            ask(kg, service, refresh=True).records(),
            ask(kg, service).records(),
        ]

        assert found == [[{"n": "1"}], [{"n": "2"}], [{"n": "2"}]]

    def test_offline(self, kg: KnowledgeGraph, serve: Callable[[Behaviour], Service]) -> None:
        """Nothing is sent: what is kept answers, and what is not is an error."""
        service = serve(says(rows("a")))

        error = trouble(kg, service, offline=True)
        ask(kg, service)
        table = ask(kg, service, offline=True)

        assert (error.code, error.exit_status) == ("DKG427", 3)
        assert isinstance(error, MissingPartError)
        assert table.records() == [{"n": "a"}]
        assert len(service.bodies) == 1

    def test_failures_are_not_kept(
        self, kg: KnowledgeGraph, serve: Callable[[Behaviour], Service]
    ) -> None:
        """After a failure the service is asked again."""

        def once(s: Service, handler: Any, _: bytes) -> None:
            answer(handler, 200 if len(s.bodies) > 1 else 400, rows("a"))

        service = serve(once)

        error = trouble(kg, service)
        table = ask(kg, service)

        assert error.code == "DKG624"
        assert table.records() == [{"n": "a"}]

    @pytest.mark.parametrize(
        "damage", ['"} SERVICE <http://evil.invalid/> { ?s ?p ?o"', "7", '"\\"a\\" \\"b\\""']
    )
    def test_damage(
        self, damage: str, kg: KnowledgeGraph, serve: Callable[[Behaviour], Service], kept: Path
    ) -> None:
        """What is kept and is no term any more is asked for again."""
        service = serve(says(rows("a")))
        ask(kg, service)
        (file,) = (kept / "diaspora-kg" / "answers").glob("*.json")
        file.write_text(file.read_text().replace('"\\"a\\""', damage))

        table = ask(kg, service)

        assert (table.records(), len(service.bodies)) == ([{"n": "a"}], 2)

    def test_the_day_is_that_of_the_answer(
        self,
        kg: KnowledgeGraph,
        serve: Callable[[Behaviour], Service],
        kept: Path,
    ) -> None:
        """What was kept a while ago says so; what is too old is asked for again."""
        service = serve(says(rows("a")))
        ask(kg, service)
        (file,) = (kept / "diaspora-kg" / "answers").glob("*.json")
        today = re.search(r'"asked_on": "([-0-9]+)"', file.read_text())

        file.write_text(file.read_text().replace(str(today and today[1]), "2020-02-01"))
        old = ask(kg, service, offline=True)
        new = ask(kg, service)

        assert str(old.asked[0]) == f"1 row comes from {service.url}/sparql, asked on 2020-02-01."
        assert new.asked[0].dates == str(today and today[1])


def sent(service: Service) -> list[str]:
    """Return the queries that a service was sent."""
    return [parse_qs(body.decode())["query"][0] for body in service.bodies]
