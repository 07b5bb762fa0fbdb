"""What goes wrong between here and a service, each with its own clear error; over real HTTP."""

import gzip
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from diaspora_kg.cli import main
from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.services.addresses import read_address
from diaspora_kg.services.client import Client
from diaspora_kg.services.transport import Transport
from tests.services.misbehaving import JSON, ROWS, Behaviour, Service, answer, serving

ASK = "SELECT ?x WHERE { ?x ?y ?z }"


def busy_twice(service: Service, handler: object, _: bytes) -> None:
    """Be busy for two requests, and tell when to come back."""
    if service.asked["/busy-twice"] <= 2:
        answer(handler, 503, b"busy", "text/plain", Retry_After="7")
    else:
        answer(handler, 200, ROWS)


def busy_until_a_day(service: Service, handler: object, _: bytes) -> None:
    """Be busy once, until a day that is over."""
    if service.asked["/busy-until-a-day"] == 1:
        day = "Fri, 21 Nov 2025 08:49:37 GMT"
        answer(handler, 503, b"busy", "text/plain", Retry_After=day)
    else:
        answer(handler, 200, ROWS)


def hang_up_once(service: Service, handler: object, _: bytes) -> None:
    """Close the connection without a word the first time."""
    if service.asked["/hang-up-once"] > 1:
        answer(handler, 200, ROWS)
    else:
        handler.close_connection = True
        handler.connection.shutdown(socket.SHUT_RDWR)


def break_off(_: Service, handler: object, __: bytes) -> None:
    """Announce more than is sent, and die."""
    handler.send_response(200)
    handler.send_header("Content-Type", JSON)
    handler.send_header("Content-Length", str(len(ROWS)))
    handler.end_headers()
    handler.wfile.write(ROWS[:40])
    handler.wfile.flush()
    handler.close_connection = True
    handler.connection.shutdown(socket.SHUT_RDWR)


def never_answer(service: Service, _: object, __: bytes) -> None:
    """Keep the client waiting."""
    service.gate.wait(30)


def only_direct(_: Service, handler: object, __: bytes) -> None:
    """Take a query as it stands in the body, and no form."""
    is_query = handler.headers["Content-Type"] == "application/sparql-query"
    answer(handler, 200 if is_query else 415, ROWS)


def only_get(_: Service, handler: object, __: bytes) -> None:
    """Take a query in the address, and nothing else."""
    answer(handler, 200 if handler.command == "GET" else 405, ROWS)


def tell_who_asks(service: Service, handler: object, _: bytes) -> None:
    """Answer those who have a password."""
    answer(handler, 200 if handler.headers.get("Authorization") else 401, ROWS)


def fixed(status: int, body: bytes, kind: str = JSON, **headers: str) -> Behaviour:
    """Return the behaviour of always answering the same."""
    return lambda _, handler, __: answer(handler, status, body, kind, **headers)


XML = (
    b'<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head>'
    b'<variable name="x"/></head><results><result><binding name="x"><literal>an answer</literal>'
    b"</binding></result></results></sparql>"
)
BEHAVIOURS: dict[str, Behaviour] = {
    "/good": fixed(200, ROWS),
    "/busy-twice": busy_twice,
    "/busy-until-a-day": busy_until_a_day,
    "/busy-for-good": fixed(503, b"<html><title>Down</title></html>", "text/html"),
    "/busy-for-hours": fixed(429, b"", "text/plain", Retry_After="7200"),
    "/hang-up-once": hang_up_once,
    "/break-off": break_off,
    "/half-json": fixed(200, ROWS[:60]),
    "/half-xml": fixed(200, XML[:-30], "application/sparql-results+xml"),
    "/never": never_answer,
    "/page": fixed(200, b"<html><body><h1>Welcome</h1></body></html>", "text/html"),
    "/csv": fixed(200, b"x\r\nan answer\r\n", "text/csv"),
    "/wrong-json": fixed(200, b'{"rows": []}'),
    "/nothing": fixed(200, b"", ""),
    "/refuses": fixed(400, b"Parse error: Encountered <EOF>", "text/plain"),
    "/fails": fixed(500, b"internal error", "text/plain"),
    "/closed": tell_who_asks,
    "/cut": fixed(200, ROWS, **{"X-SPARQL-MaxRows": "1"}),
    "/moved": fixed(307, b"", "text/plain", Location="/good"),
    "/circle": fixed(302, b"", "text/plain", Location="/circle-2"),
    "/circle-2": fixed(302, b"", "text/plain", Location="/circle"),
    "/elsewhere": fixed(301, b"", "text/plain", Location="http://other.invalid/sparql"),
    "/direct": only_direct,
    "/get": only_get,
    "/gzip": fixed(200, gzip.compress(ROWS), Content_Encoding="gzip"),
    "/xml": fixed(200, XML, "application/sparql-results+xml; charset=utf-8"),
    "/tsv": fixed(200, b'?x\n"an answer"\n', "text/tab-separated-values"),
    "/nameless-json": fixed(200, ROWS, "application/octet-stream"),
}


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    """Run the misbehaving service."""
    with serving(BEHAVIOURS) as running:
        yield running


@pytest.fixture
def client_of(service: Service, waits: list[float]) -> Callable[..., Client]:
    """Return a client of one path; it notes how long it would wait, and does not."""

    def make(path: str, **settings: str) -> Client:
        known = {f"DIASPORA_KG_ENDPOINT_{name}": value for name, value in settings.items()}
        address = read_address(service.url + path, known)
        return Client(Transport(address, sleep=waits.append))

    return make


@pytest.fixture
def waits() -> list[float]:
    """How long was waited before each new try."""
    return []


class TestErrors:
    """Each trouble has its code, its exit status and its words."""

    @pytest.mark.parametrize(
        ("path", "code", "status", "words"),
        [
            ("/busy-for-good", "DKG629", 3, "HTTP 503"),
            ("/busy-for-hours", "DKG629", 3, "HTTP 429"),
            ("/break-off", "DKG625", 3, "broke off"),
            ("/half-json", "DKG625", 3, "broke off after 60 bytes"),
            ("/half-xml", "DKG625", 3, "broke off"),
            ("/page", "DKG626", 3, "text/html, which is no answer to SPARQL: Welcome"),
            ("/csv", "DKG626", 3, "text/csv"),
            ("/wrong-json", "DKG626", 3, "not well-formed"),
            ("/nothing", "DKG626", 3, "nothing that says what it is"),
            ("/refuses", "DKG624", 2, "Parse error: Encountered"),
            ("/fails", "DKG624", 2, "HTTP 500): internal error"),
            ("/closed", "DKG623", 2, "HTTP 401"),
            ("/cut", "DKG627", 2, "after 1 rows"),
            ("/circle", "DKG628", 2, "in a circle"),
            ("/elsewhere", "DKG628", 2, "to http://other.invalid/sparql"),
            ("/nobody-home", "DKG624", 2, "HTTP 404"),
        ],
    )
    def test_is_told_for_what_it_is(
        self, client_of: Callable[..., Client], path: str, code: str, status: int, words: str
    ) -> None:
        """A trouble is never shown as an answer, and says what to do."""
        with pytest.raises(DiasporaKGError) as caught:
            client_of(path).ask(ASK)

        assert (caught.value.code, caught.value.exit_status) == (code, status)
        assert words in caught.value.message
        assert caught.value.hint

    def test_a_service_that_never_answers_is_given_up(
        self, client_of: Callable[..., Client], service: Service
    ) -> None:
        """After the time allowed the query is given up, and not sent again."""
        before = service.asked["/never"]

        with pytest.raises(DiasporaKGError) as caught:
            client_of("/never", TIMEOUT="0.2").ask(ASK)

        assert caught.value.code == "DKG622"
        assert service.asked["/never"] == before + 1

    def test_a_query_may_be_given_less_time(
        self, client_of: Callable[..., Client], service: Service
    ) -> None:
        """Within a block the time is shorter, and never longer, than is usual."""
        client = client_of("/never", TIMEOUT="0.3")

        with client.transport.within(0.1), pytest.raises(DiasporaKGError) as short:
            client.ask(ASK)
        with client.transport.within(60), pytest.raises(DiasporaKGError) as usual:
            client.ask(ASK)

        assert "within 0.1 seconds" in short.value.message
        assert "within 0.3 seconds" in usual.value.message

    def test_nobody_listens(self, waits: list[float]) -> None:
        """Where nobody listens, several tries are made before that is said."""
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            port = taken.getsockname()[1]
        client = Client(Transport(read_address(f"http://127.0.0.1:{port}/", {}), waits.append))

        with pytest.raises(DiasporaKGError) as caught:
            client.ask(ASK)

        assert (caught.value.code, caught.value.exit_status) == ("DKG620", 3)
        assert waits == [0.5, 1.0, 2.0]

    def test_a_command_ends_with_the_status_and_no_traceback(
        self, service: Service, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """On the command line it is two lines and an exit status."""
        with pytest.raises(SystemExit) as ended:
            main(["query", "--sparql", ASK, "--endpoint", service.url + "/page?"])

        assert ended.value.code == 3
        assert "error[DKG626]" in capsys.readouterr().err


class TestForeignService:
    """A service that answers well and holds nothing of ours."""

    EMPTY = b'{"head": {"vars": ["s"]}, "results": {"bindings": []}}'

    @pytest.mark.parametrize(
        "arguments",
        [("query", "institutions-of-states"), ("why", "moia"), ("find", "power"), ("validate",)],
        ids=lambda arguments: arguments[0],
    )
    def test_is_not_asked_for_what_only_our_graphs_have(
        self, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
    ) -> None:
        """No rows would look like an answer of the graph; that it is not there is said instead."""
        with (
            serving({"/sparql": fixed(200, self.EMPTY)}) as foreign,
            pytest.raises(SystemExit) as ended,
        ):
            main([*arguments, "--endpoint", foreign.url + "/sparql"])

        assert ended.value.code == 2
        assert "DKG634" in capsys.readouterr().err

    def test_answers_any_sparql(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Somebody else's service can be asked in SPARQL, in its own dataset."""
        rows = ROWS.replace(b"an answer", b"urn:theirs")

        def theirs(_: Service, handler: object, body: bytes) -> None:
            answer(handler, 200, self.EMPTY if b"w3id.org" in body else rows)

        with serving({"/sparql": theirs}) as foreign, pytest.raises(SystemExit) as ended:
            main(
                [
                    "query",
                    "--sparql",
                    "SELECT ?s { ?s ?p ?o }",
                    "--endpoint",
                    foreign.url + "/sparql",
                ]
            )

        assert ended.value.code == 0
        assert "urn:theirs" in capsys.readouterr().out
        assert not any(b"default-graph-uri" in body for body in foreign.bodies)


class TestPersistence:
    """What is tried again, and what is not."""

    def test_a_busy_service_is_asked_again_when_it_says(
        self, client_of: Callable[..., Client], waits: list[float]
    ) -> None:
        """``Retry-After`` is kept to."""
        rows = client_of("/busy-twice").select(ASK)

        assert len(rows) == 1
        assert waits == [7.0, 7.0]

    def test_a_service_may_name_a_day_as_well(
        self, client_of: Callable[..., Client], waits: list[float]
    ) -> None:
        """``Retry-After`` may be a date; one that is over means at once."""
        rows = client_of("/busy-until-a-day").select(ASK)

        assert len(rows) == 1
        assert waits == [0.0]

    def test_a_service_that_asks_for_hours_is_not_waited_for(
        self, client_of: Callable[..., Client], waits: list[float]
    ) -> None:
        """Beyond a minute a person decides."""
        with pytest.raises(DiasporaKGError):
            client_of("/busy-for-hours").ask(ASK)

        assert waits == []

    def test_a_query_is_sent_again_when_the_connection_breaks(
        self, client_of: Callable[..., Client]
    ) -> None:
        """A query changes nothing, so it may be repeated."""
        assert len(client_of("/hang-up-once").select(ASK)) == 1

    def test_a_change_that_may_not_be_repeated_is_sent_once(
        self, client_of: Callable[..., Client], service: Service
    ) -> None:
        """A switch whose answer is lost is not sent a second time."""
        before = service.asked["/break-off"]

        with pytest.raises(DiasporaKGError):
            client_of("/good").update(service.url + "/break-off", "CLEAR ALL", is_repeatable=False)

        assert service.asked["/break-off"] == before + 1


class TestTolerance:
    """What services really send is understood."""

    @pytest.mark.parametrize(
        "path",
        ["/good", "/xml", "/tsv", "/gzip", "/nameless-json", "/direct", "/get", "/moved"],
    )
    def test_an_answer_is_read(self, client_of: Callable[..., Client], path: str) -> None:
        """Forms, compressions, ways of asking and redirects within the host make no difference."""
        answered = client_of(path).ask(ASK)

        assert answered.columns == ("x",)
        assert [cell.value for (cell,) in answered.rows] == ["an answer"]

    def test_a_long_query_is_never_put_into_the_address(
        self, client_of: Callable[..., Client], service: Service
    ) -> None:
        """Where only addresses are taken, a query that no address can hold is not cut."""
        before = len(service.bodies)

        with pytest.raises(DiasporaKGError):
            client_of("/get").ask(ASK + " # " + "long " * 3000)

        assert all(len(body) > 10_000 for body in service.bodies[before:])


class TestCredentials:
    """Who asks: told to the service, and to nobody else."""

    @pytest.mark.parametrize(
        ("settings", "header"),
        [
            ({"TOKEN": "abc"}, "Bearer abc"),
            ({"USER": "anna", "PASSWORD": "söz"}, "Basic YW5uYTpzw7Z6"),
        ],
        ids=["bearer", "basic"],
    )
    def test_are_sent(
        self,
        client_of: Callable[..., Client],
        service: Service,
        settings: dict[str, str],
        header: str,
    ) -> None:
        """A token or a password from the environment opens the service."""
        client_of("/closed", **settings).ask(ASK)

        assert service.headers[-1]["Authorization"] == header

    def test_are_not_shown(self, client_of: Callable[..., Client]) -> None:
        """No error and no description of the service holds the secret."""
        client = client_of("/refuses", TOKEN="very-secret")

        with pytest.raises(DiasporaKGError) as caught:
            client.ask(ASK)

        assert "very-secret" not in f"{caught.value.message} {caught.value.hint}"
        assert "very-secret" not in repr(client.transport.address)

    def test_are_not_sent_elsewhere(
        self, client_of: Callable[..., Client], service: Service
    ) -> None:
        """A redirect to another port of the machine is another host, and gets nothing."""
        with serving({"/good": BEHAVIOURS["/good"]}) as other:
            moved = fixed(307, b"", "text/plain", Location=other.url + "/good")
            service.behaviours["/to-other"] = moved

            with pytest.raises(DiasporaKGError) as caught:
                client_of("/to-other", TOKEN="abc").ask(ASK)

        assert caught.value.code == "DKG628"
        assert other.headers == []


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Make a certificate for localhost that nobody has signed, with its key."""
    pytest.importorskip("cryptography", reason="pip install cryptography")
    from datetime import UTC, datetime, timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    today = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    folder = tmp_path_factory.mktemp("certificate")
    file, key_file = folder / "certificate.pem", folder / "key.pem"
    file.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return file, key_file


class TestTls:
    """Who answers has to prove it."""

    def test_a_certificate_that_nobody_signed_is_refused(
        self, certificate: tuple[Path, Path]
    ) -> None:
        """Without a reason to trust it the service is not asked."""
        with serving({"/good": BEHAVIOURS["/good"]}, certificate) as secure:
            client = Client(Transport(read_address(secure.url + "/good", {})))

            with pytest.raises(DiasporaKGError) as caught:
                client.ask(ASK)

        assert (caught.value.code, caught.value.exit_status) == ("DKG621", 3)
        assert secure.asked == {}

    def test_a_certificate_that_is_named_is_trusted(self, certificate: tuple[Path, Path]) -> None:
        """A file of certificates named by the environment opens the way."""
        known = {"DIASPORA_KG_ENDPOINT_CA": str(certificate[0])}
        with serving({"/good": BEHAVIOURS["/good"]}, certificate) as secure:
            client = Client(Transport(read_address(secure.url + "/good", known)))

            rows = client.select(ASK)

        assert len(rows) == 1
