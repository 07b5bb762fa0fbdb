"""Services of records over real HTTP: what they answer, and what goes wrong with them."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from diaspora_kg import __version__
from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.linking.reconciliation import COUNTRY, Constraints, Query, Reconciler
from diaspora_kg.linking.rest_services import CrossrefService, OpenAlexService, RorService
from diaspora_kg.linking.things import Thing
from diaspora_kg.linking.web import Web
from tests.services.misbehaving import Behaviour, Service, answer, serving

SUITE = Path(__file__).parents[3] / "shared" / "suites" / "reconciliation"
SCHOLARS = Path(__file__).parents[3] / "shared" / "data" / "scholars"
THING = Thing("https://w3id.org/diaspora-kg/id/x", (("Tarnbeck Trust", "en"),))
ROR_RECORD = {
    "id": "https://ror.org/1",
    "status": "active",
    "names": [{"value": "Tarnbeck Trust", "types": ["ror_display", "label"], "lang": "en"}],
    "locations": [{"geonames_details": {"country_code": "GB"}}],
    "types": ["nonprofit"],
}
CANDIDATE = {
    "id": "Q1",
    "name": "Tarnbeck Trust",
    "score": 87.5,
    "match": False,
    "type": [{"id": "Q43229", "name": "organization"}],
}
OLD = {"versions": ["0.2"], "name": "Old", "identifierSpace": "http://example.org/", "view": {}}
NEW = {**OLD, "versions": ["0.2", "1.0-draft"], "name": "New"}


def says(value: object) -> Behaviour:
    """Return what answers every request with a value in JSON."""
    body = json.dumps(value).encode("utf-8")

    def behave(_: Service, handler: Any, __: bytes) -> None:
        answer(handler, 200, body, "application/json")

    return behave


def refuses(status: int, body: bytes = b"no", times: int = 99, **headers: str) -> Behaviour:
    """Return what refuses some requests with a status, and then answers with a record."""
    count = iter(range(99))

    def behave(_: Service, handler: Any, __: bytes) -> None:
        if next(count) < times:
            answer(handler, status, body, "text/plain", **headers)
        else:
            answer(handler, 200, json.dumps({"items": [ROR_RECORD]}).encode(), "application/json")

    return behave


def half(_: Service, handler: Any, __: bytes) -> None:
    """Promise more than is sent, and hang up."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"items": [')
    handler.wfile.flush()
    handler.close_connection = True


def slow(service: Service, _: Any, __: bytes) -> None:
    """Say nothing until the service stops."""
    service.gate.wait(20)


def moved(_: Service, handler: Any, __: bytes) -> None:
    """Send requests to another host."""
    answer(handler, 302, b"", "text/plain", Location="http://elsewhere.invalid/organizations")


@pytest.fixture
def serve() -> Iterator[Callable[..., Service]]:
    """Return what runs a service with some behaviours until the end of the test."""
    import contextlib

    with contextlib.ExitStack() as stack:
        yield lambda behaviours: stack.enter_context(serving(behaviours))


class Pauses(list[float]):
    """A clock that goes on when somebody sleeps, and what was slept."""

    def sleep(self, seconds: float) -> None:
        """Note a pause."""
        self.append(seconds)

    def clock(self) -> float:
        """Return the time that was slept."""
        return sum(self)


def web(folder: Path, **options: Any) -> Web:
    """Return a client that never waits in earnest."""
    pauses = options.pop("pauses", Pauses())
    return Web(folder / "kept", sleep=pauses.sleep, clock=pauses.clock, **options)


class TestRegistries:
    """What the services of single registries answer."""

    def test_ror(self, serve: Callable[..., Service], tmp_path: Path) -> None:
        """An organisation comes with its likeness and its country."""
        service = serve({"/organizations": says({"items": [ROR_RECORD]})})

        (found,) = RorService(web(tmp_path), service.url).find(THING, 3)

        assert (found.iri, found.probability, found.country) == ("https://ror.org/1", 1.0, "GB")

    def test_a_withdrawn_record(self, serve: Callable[..., Service], tmp_path: Path) -> None:
        """A withdrawn organisation names its successor, and one that is not there is nothing."""
        after = [{"type": "successor", "id": "https://ror.org/2"}]
        gone = {**ROR_RECORD, "status": "withdrawn", "relationships": after}
        service = serve({"/organizations/1": says(gone)})
        ror = RorService(web(tmp_path), service.url)

        record = ror.record("https://ror.org/1")

        assert record is not None
        assert (record.is_withdrawn, record.moved_to) == (True, "https://ror.org/2")
        assert ror.record("https://ror.org/3") is None

    def test_openalex(self, serve: Callable[..., Service], tmp_path: Path) -> None:
        """A work comes by its title; asked for by an old identifier, it gives its new one."""
        work = {"id": "https://openalex.org/W2", "display_name": "Tarnbeck Trust"}
        service = serve({"/works": says({"results": [work]}), "/works/W1": says(work)})
        openalex = OpenAlexService(web(tmp_path), service.url)

        assert [found.iri for found in openalex.find(THING, 3)] == ["https://openalex.org/W2"]
        record = openalex.record("https://openalex.org/W1")
        assert record is not None
        assert record.moved_to == "https://openalex.org/W2"

    def test_crossref(self, serve: Callable[..., Service], tmp_path: Path) -> None:
        """A work comes by its title, with its DOI as an IRI in lower case."""
        items = [{"DOI": "10.1000/ABC", "title": ["Tarnbeck Trust"], "publisher": "P"}]
        service = serve({"/works": says({"message": {"items": items}})})

        (found,) = CrossrefService(web(tmp_path), service.url).find(THING, 3)

        assert found.iri == "https://doi.org/10.1000/abc"

    @pytest.mark.skipif(not SCHOLARS.is_dir(), reason="needs answers of OpenAlex beside the tree")
    def test_a_real_answer(self, serve: Callable[..., Service], tmp_path: Path) -> None:
        """A list of works as OpenAlex gives it is understood."""
        answered = json.loads((SCHOLARS / "openalex" / "works_list_5.json").read_bytes())
        service = serve({"/works": says(answered)})

        found = OpenAlexService(web(tmp_path), service.url).find(THING, 5)

        assert len(found) == 5
        assert all(each.iri.startswith("https://openalex.org/W") for each in found)


class TestReconciliation:
    """The W3C Reconciliation Service API."""

    QUERY = Query("Tarnbeck Trust", ("Q43229",), (("P17", "Q145"),), 3)

    def test_version_0_2(self, serve: Callable[..., Service], tmp_path: Path) -> None:
        """Queries go out as a form, and identifiers become IRIs in the space of the service."""
        manifest, results = says(OLD), says({"q0": {"result": [CANDIDATE]}})

        def both(service: Service, handler: Any, body: bytes) -> None:
            (results if body else manifest)(service, handler, body)

        service = serve({"/api": both})

        ((found,),) = Reconciler(web(tmp_path), f"{service.url}/api").ask([self.QUERY])

        assert (found.iri, found.label, found.types) == (
            "http://example.org/Q1",
            "Tarnbeck Trust",
            ("Q43229",),
        )
        sent = json.loads(parse_qs(service.bodies[-1].decode())["queries"][0])
        assert sent == {
            "q0": {
                "query": "Tarnbeck Trust",
                "limit": 3,
                "type": "Q43229",
                "properties": [{"pid": "P17", "v": "Q145"}],
            }
        }

    def test_version_1_0(self, serve: Callable[..., Service], tmp_path: Path) -> None:
        """A service that speaks the draft as well is asked by it, at its own address."""
        service = serve(
            {"/api": says(NEW), "/api/match": says({"results": [{"candidates": [CANDIDATE]}]})}
        )

        ((found,),) = Reconciler(web(tmp_path), f"{service.url}/api").ask([self.QUERY])

        assert found.iri == "http://example.org/Q1"
        assert json.loads(service.bodies[-1]) == {
            "queries": [
                {
                    "type": "Q43229",
                    "limit": 3,
                    "conditions": [
                        {"matchType": "name", "propertyValue": "Tarnbeck Trust"},
                        {"matchType": "property", "propertyId": "P17", "propertyValue": "Q145"},
                    ],
                }
            ]
        }

    def test_constraints_of_all_things(self, serve: Callable[..., Service], tmp_path: Path) -> None:
        """Every thing is asked for with the given types and properties, and its own country."""
        service = serve(
            {"/api": says(NEW), "/api/match": says({"results": [{"candidates": [CANDIDATE]}]})}
        )
        constraints = Constraints(("Q43229",), (("P17/P297", COUNTRY), ("P31", "Q5")))
        reconciler = Reconciler(web(tmp_path), f"{service.url}/api", constraints)

        reconciler.find(replace(THING, country="GB"), 3)
        reconciler.find(replace(THING, names=(("Tarnbeck", "en"),)), 3)

        asked = [json.loads(body)["queries"][0] for body in service.bodies if body]
        assert [(each["type"], each["conditions"][1:]) for each in asked] == [
            (
                "Q43229",
                [
                    {"matchType": "property", "propertyId": "P17/P297", "propertyValue": "GB"},
                    {"matchType": "property", "propertyId": "P31", "propertyValue": "Q5"},
                ],
            ),
            (
                "Q43229",
                [{"matchType": "property", "propertyId": "P31", "propertyValue": "Q5"}],
            ),
        ]

    def test_names_go_in_batches(self, serve: Callable[..., Service], tmp_path: Path) -> None:
        """Twenty names go into one request."""

        def match(_: Service, handler: Any, body: bytes) -> None:
            queries = json.loads(body)["queries"]
            results = {"results": [{"candidates": []} for _ in queries]}
            answer(handler, 200, json.dumps(results).encode(), "application/json")

        service = serve({"/api": says(NEW), "/api/match": match})
        queries = [Query(f"name {at}") for at in range(45)]

        found = Reconciler(web(tmp_path), f"{service.url}/api").ask(queries)

        assert len(found) == 45
        assert service.asked["/api/match"] == 3

    def test_names_of_several_things_go_together(
        self, serve: Callable[..., Service], tmp_path: Path
    ) -> None:
        """As many names as the manifest says go into a request, whosever they are."""
        sent = []

        def match(_: Service, handler: Any, body: bytes) -> None:
            names = [each["conditions"][0]["propertyValue"] for each in json.loads(body)["queries"]]
            sent.append(names)
            candidates = [[{"id": name, "name": name}] for name in names]
            results = {"results": [{"candidates": each} for each in candidates]}
            answer(handler, 200, json.dumps(results).encode(), "application/json")

        service = serve({"/api": says({**NEW, "batchSize": 3}), "/api/match": match})
        things = [
            Thing(f"http://example.org/{key}", ((key, "en"), (f"{key} Vakfı", "tr")))
            for key in ("a", "b")
        ]
        reconciler = Reconciler(web(tmp_path), f"{service.url}/api")

        reconciler.prepare(things, 5)
        found = [[each.label for each in reconciler.find(thing, 5)] for thing in things]

        assert sent == [["a", "a Vakfı", "b"], ["b Vakfı"]]
        assert [sorted(labels) for labels in found] == [["a", "a Vakfı"], ["b", "b Vakfı"]]

    def test_every_query_is_kept_by_itself(
        self, serve: Callable[..., Service], tmp_path: Path
    ) -> None:
        """What was answered in one batch answers off line whatever is asked with it."""
        results = says({"results": [{"candidates": [CANDIDATE]}, {"candidates": []}]})
        service = serve({"/api": says(NEW), "/api/match": results})
        url = f"{service.url}/api"
        Reconciler(web(tmp_path), url).ask([Query("one"), Query("two")])
        offline = Reconciler(web(tmp_path, offline=True), url)

        again = offline.ask([Query("two"), Query("one")])

        assert [len(each) for each in again] == [0, 1]
        assert service.asked["/api/match"] == 1
        with pytest.raises(DiasporaKGError) as error:
            offline.ask([Query("one"), Query("three")])
        assert error.value.code == "DKG538"

    @pytest.mark.parametrize("version", ["0.2", "1.0-draft"])
    @pytest.mark.skipif(not SUITE.is_dir(), reason="needs the examples of the specification")
    def test_examples_of_the_specification(
        self, version: str, serve: Callable[..., Service], tmp_path: Path
    ) -> None:
        """The manifests and results that the specification gives as valid are understood."""
        examples = SUITE / version / "examples"
        for file in sorted((examples / "manifest" / "valid").glob("*.json")):
            service = serve({"/api": says(json.loads(file.read_bytes()))})
            client = Reconciler(web(tmp_path / file.stem), f"{service.url}/api")
            assert "x-1" in client.manifest.iri("x-1")
        batch = examples / "reconciliation-result-batch" / "valid" / "example-full.json"
        results = json.loads(batch.read_bytes())
        if version == "0.2":
            results = {f"q{at}": value for at, value in enumerate(results.values())}
        manifest = OLD if version == "0.2" else NEW

        def both(service: Service, handler: Any, body: bytes) -> None:
            says(results if body else manifest)(service, handler, body)

        service = serve({"/api": both, "/api/match": both})

        found = Reconciler(web(tmp_path / "q"), f"{service.url}/api").ask([Query("a"), Query("b")])

        assert [len(each) for each in found] == [2, 2]

    @pytest.mark.parametrize("version", ["0.2", "1.0-draft"])
    def test_what_is_sent_fits_the_schema(
        self, version: str, serve: Callable[..., Service], tmp_path: Path
    ) -> None:
        """Batches are valid by the schema of their version."""
        jsonschema = pytest.importorskip("jsonschema", reason="pip install jsonschema")
        file = SUITE / version / "schemas" / "reconciliation-query-batch.json"
        if not file.is_file():
            pytest.skip("needs the schemas of the specification")
        schema = json.loads(file.read_bytes())
        from diaspora_kg.linking.reconciliation import _new_query, _old_query

        batch = (
            {"q0": _old_query(self.QUERY)}
            if version == "0.2"
            else {"queries": [_new_query(self.QUERY)]}
        )

        jsonschema.Draft7Validator(schema).validate(batch)


class TestPoliteness:
    """How services are asked."""

    def test_who_asks_is_said(
        self, serve: Callable[..., Service], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The program says its name and version, and how to reach whoever runs it."""
        monkeypatch.setenv("DIASPORA_KG_CONTACT", "coder@example.org")
        service = serve({"/organizations": says({"items": []})})

        RorService(web(tmp_path), service.url).find(THING, 3)

        assert service.headers[0]["User-Agent"] == (
            f"diaspora-kg/{__version__} (+https://w3id.org/diaspora-kg; mailto:coder@example.org)"
        )

    def test_nothing_is_asked_twice(self, serve: Callable[..., Service], tmp_path: Path) -> None:
        """A second run takes the answer from disk, and so does one off line."""
        service = serve({"/organizations": says({"items": [ROR_RECORD]})})
        first = RorService(web(tmp_path), service.url).find(THING, 3)

        second = RorService(web(tmp_path), service.url).find(THING, 3)
        offline = RorService(web(tmp_path, offline=True), service.url).find(THING, 3)

        assert first == second == offline
        assert service.asked["/organizations"] == 1

    def test_an_old_answer_is_asked_again(
        self, serve: Callable[..., Service], tmp_path: Path
    ) -> None:
        """An answer is kept for thirty days, and off line for ever."""
        service = serve({"/organizations": says({"items": []})})
        for day in (date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 1)):
            RorService(web(tmp_path, today=day), service.url).find(THING, 3)

        assert service.asked["/organizations"] == 2
        late = web(tmp_path, today=date(2027, 1, 1), offline=True)
        assert RorService(late, service.url).find(THING, 3) == []

    def test_a_damaged_answer_is_asked_again(
        self, serve: Callable[..., Service], tmp_path: Path
    ) -> None:
        """What was half written into the cache does no harm."""
        service = serve({"/organizations": says({"items": []})})
        RorService(web(tmp_path), service.url).find(THING, 3)
        for kept in (tmp_path / "kept").iterdir():
            kept.write_text('{"asked_on": "2026', "utf-8")

        RorService(web(tmp_path), service.url).find(THING, 3)

        assert service.asked["/organizations"] == 2

    def test_a_pause_between_requests(self, serve: Callable[..., Service], tmp_path: Path) -> None:
        """One host is asked five times a second at most."""
        service = serve({"/organizations": says({"items": []})})
        pauses = Pauses()
        client = RorService(web(tmp_path, pauses=pauses), service.url)

        for name in ("One", "Two", "Three"):
            client.find(Thing(THING.iri, ((name, "en"),)), 3)

        assert pauses == [0.2, 0.2]

    def test_retry_after_is_kept(self, serve: Callable[..., Service], tmp_path: Path) -> None:
        """A service that is busy is asked again when it said, and then answers."""
        service = serve({"/organizations": refuses(429, times=1, Retry_After="7")})
        pauses = Pauses()

        found = RorService(web(tmp_path, pauses=pauses), service.url).find(THING, 3)

        assert len(found) == 1
        assert pauses == [7.0]

    def test_a_fault_that_passes(self, serve: Callable[..., Service], tmp_path: Path) -> None:
        """A service that is out of order for a moment is asked again, later and later."""
        service = serve({"/organizations": refuses(500, times=2)})
        pauses = Pauses()

        found = RorService(web(tmp_path, pauses=pauses), service.url).find(THING, 3)

        assert len(found) == 1
        assert pauses == [1.0, 2.0]


class TestMisbehaving:
    """What goes wrong is a clear error, and nothing of it is kept."""

    @pytest.mark.parametrize(
        ("behaviour", "code", "words"),
        [
            (refuses(500, b"boom"), "DKG538", "answers with HTTP 500: boom"),
            (refuses(429, Retry_After="3600"), "DKG538", "HTTP 429"),
            (refuses(403), "DKG538", "HTTP 403"),
            (refuses(200, b"<html>Hello</html>"), "DKG539", "no JSON"),
            (refuses(200, b'{"items": ['), "DKG539", "no JSON"),
            (says({"results": []}), "DKG539", "no list of 'items'"),
            (says({"items": [{"id": "x"}]}), "DKG539", "without"),
            (says([]), "DKG539", "no list of 'items'"),
            (half, "DKG625", "broke off"),
            (moved, "DKG628", "elsewhere.invalid"),
        ],
    )
    def test_errors(
        self,
        behaviour: Behaviour,
        code: str,
        words: str,
        serve: Callable[..., Service],
        tmp_path: Path,
    ) -> None:
        """Every kind of misbehaviour has its code and says what happened."""
        service = serve({"/organizations": behaviour})

        with pytest.raises(DiasporaKGError, match=words) as error:
            RorService(web(tmp_path), service.url).find(THING, 3)

        assert error.value.code == code

    def test_a_slow_service(self, serve: Callable[..., Service], tmp_path: Path) -> None:
        """A service that says nothing is not waited for without end."""
        service = serve({"/organizations": slow})

        with pytest.raises(DiasporaKGError) as error:
            RorService(web(tmp_path, seconds=0.2), service.url).find(THING, 3)

        assert error.value.code == "DKG622"

    def test_off_line_without_an_answer(self, tmp_path: Path) -> None:
        """Off line nothing is sent, and what is not known is said."""
        with pytest.raises(DiasporaKGError, match="nothing is kept of") as error:
            RorService(web(tmp_path, offline=True), "http://127.0.0.1:9").find(THING, 3)

        assert (error.value.code, error.value.exit_status) == ("DKG538", 3)

    @pytest.mark.parametrize(
        ("manifest", "results"),
        [
            ({"name": "X", "versions": ["9.9"]}, {}),
            ({"versions": ["0.2"]}, {}),
            (NEW, {"results": []}),
            (NEW, {"results": [{"result": []}]}),
            (NEW, {"results": [{"candidates": [{"id": 7, "name": "x"}]}]}),
        ],
    )
    def test_a_changed_interface(
        self, manifest: object, results: object, serve: Callable[..., Service], tmp_path: Path
    ) -> None:
        """A reconciliation service that answers otherwise than it should is not guessed at."""
        service = serve({"/api": says(manifest), "/api/match": says(results)})

        with pytest.raises(DiasporaKGError) as error:
            Reconciler(web(tmp_path), f"{service.url}/api").ask([Query("x")])

        assert error.value.code == "DKG539"
