"""Loading a graph into a service: in pieces, again after a break, switched at the end."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from diaspora_kg.errors import DiasporaKGError, MissingPartError
from diaspora_kg.graph import KnowledgeGraph
from diaspora_kg.services import uploading
from diaspora_kg.services.abilities import Abilities, find_abilities
from diaspora_kg.services.addresses import read_address
from diaspora_kg.services.build import ServiceBuild
from diaspora_kg.services.client import Client
from diaspora_kg.services.holdings import STATED, UNION, connect, read_holdings
from diaspora_kg.services.pieces import Piece
from diaspora_kg.services.transport import Transport
from diaspora_kg.services.uploading import Uploaded, upload, upload_build
from diaspora_kg.services.validating import validate_service
from diaspora_kg.store import StoredBuild
from tests.services.conftest import Loaded
from tests.services.misbehaving import answer, serving

in_one_worker = pytest.mark.xdist_group("empty service")

G = "https://w3id.org/diaspora-kg/graph/"
SOURCES = [f"<urn:s{n}> <urn:p> <urn:o> <{G}sources> .\n".encode() for n in range(60)]
CONTESTED = [f"<urn:s1> <urn:p> <urn:contested> <{G}contested> .\n".encode()]
ONTOLOGY = [
    f"<urn:c> <urn:q> _:b <{G}ontology> .\n".encode(),
    f'_:b <urn:r> "01"^^<http://www.w3.org/2001/XMLSchema#integer> <{G}ontology> .\n'.encode(),
]
FIRST = [*SOURCES, *CONTESTED, *ONTOLOGY]
SECOND = [*SOURCES[:30], f"<urn:x> <urn:p> <urn:new> <{G}case/ytb> .\n".encode()]


@pytest.fixture
def client(empty_service: str) -> Iterator[Client]:
    """Return a client of a service in which somebody else keeps a graph."""
    client = Client(Transport(read_address(empty_service, {})))
    update = empty_service.replace("/query", "/update")
    others = "INSERT DATA { GRAPH <https://example.org/theirs> { <urn:a> <urn:b> <urn:c> } }"
    client.update(update, f"CLEAR ALL ; {others}", is_repeatable=True)
    return client


def load(client: Client, build: str, lines: list[bytes]) -> Uploaded:
    """Load some quads as a build."""
    return upload(client, read_holdings(client), build, lines, {"version": "1"})


def content(client: Client, graph: str) -> int:
    """Return how many triples a graph holds."""
    rows = client.select(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
    number = rows[0][0]
    assert isinstance(number, ox.Literal)
    return int(number.value)


@in_one_worker
class TestResult:
    """What is on a service afterwards."""

    def test_every_graph_is_there_with_its_triples(self, client: Client) -> None:
        """The graphs of the build have arrived, and the service says so."""
        load(client, "first", FIRST)

        held = read_holdings(client)
        assert held.build == "first"
        assert held.visible(contested=True) == (f"{G}contested", f"{G}ontology", f"{G}sources")
        assert [content(client, graph) for graph in held.visible(contested=True)] == [1, 2, 60]

    def test_the_union_leaves_out_what_is_contested(self, client: Client) -> None:
        """The graph that ordinary queries see has everything else, each triple once."""
        load(client, "first", FIRST)

        assert content(client, UNION) == 62
        assert content(client, STATED) == 60

    def test_blank_nodes_stay_the_same_across_triples(self, client: Client) -> None:
        """What hangs on a node without a name still hangs on it."""
        load(client, "first", FIRST)

        query = f"ASK {{ GRAPH <{G}ontology> {{ <urn:c> <urn:q>/<urn:r> 1 }} }}"
        assert client.ask(query).truth

    def test_a_new_build_takes_the_place_of_the_former(self, client: Client) -> None:
        """Graphs that the new build has not are gone, with all that was in the others."""
        load(client, "first", FIRST)

        load(client, "second", SECOND)

        held = read_holdings(client)
        assert held.build == "second"
        assert held.visible(contested=True) == (f"{G}case/ytb", f"{G}sources")
        assert content(client, f"{G}contested") == 0
        assert content(client, f"{G}sources") == 30
        assert content(client, UNION) == 31

    def test_graphs_of_others_are_untouched(self, client: Client) -> None:
        """Only graphs whose names are ours are written or removed."""
        load(client, "first", FIRST)
        load(client, "second", SECOND)

        assert content(client, "https://example.org/theirs") == 1

    @pytest.mark.parametrize("protocol", ["update", "graph store"])
    def test_either_protocol_is_enough(
        self, client: Client, monkeypatch: pytest.MonkeyPatch, protocol: str
    ) -> None:
        """A service with only one of the two ways to change it takes the same graph."""
        both = find_abilities(client)
        one = (
            Abilities(update=both.update, server=both.server)
            if protocol == "update"
            else Abilities(graphs=both.graphs, server=both.server)
        )
        monkeypatch.setattr(uploading, "find_abilities", lambda _: one)

        load(client, "first", FIRST)
        done = load(client, "second", SECOND)

        assert read_holdings(client).build == "second"
        assert content(client, UNION) == 31
        assert content(client, f"{G}contested") == 0
        assert done.at_once is (protocol == "update")


@in_one_worker
class TestBreaks:
    """A service or a line that dies half-way."""

    @pytest.fixture(autouse=True)
    def _small_pieces(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Send a few triples at a time."""
        monkeypatch.setattr(uploading, "_BYTES_OF_STORE", 700)

    def break_after(self, pieces: int, monkeypatch: pytest.MonkeyPatch) -> list[int]:
        """Let the line break after some pieces; return the numbers of triples sent."""
        sent: list[int] = []
        send = uploading._Upload._send_piece

        def maybe(self: uploading._Upload, graph: str, piece: Piece, *, is_first: bool) -> None:
            if len(sent) == pieces:
                raise MissingPartError("DKG625", "the answer broke off")
            send(self, graph, piece, is_first=is_first)
            sent.append(piece.count)

        monkeypatch.setattr(uploading._Upload, "_send_piece", maybe)
        return sent

    @pytest.mark.parametrize("pieces", [0, 1, 3])
    def test_the_former_graph_is_as_it_was(
        self, client: Client, monkeypatch: pytest.MonkeyPatch, pieces: int
    ) -> None:
        """Nothing that readers see has changed before all has arrived."""
        load(client, "second", SECOND)
        self.break_after(pieces, monkeypatch)

        with pytest.raises(MissingPartError):
            load(client, "first", FIRST)

        held = read_holdings(client)
        assert (held.build, held.replaced_by) == ("second", "")
        assert content(client, UNION) == 31

    def test_what_has_arrived_is_not_sent_again(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The same command goes on with the first piece that is missing."""
        with monkeypatch.context() as patched:
            before = self.break_after(4, patched)
            with pytest.raises(MissingPartError):
                load(client, "first", FIRST)
        after = self.break_after(1000, monkeypatch)

        load(client, "first", FIRST)

        assert sum(before) + sum(after) == len(FIRST)
        assert content(client, UNION) == 62

    def test_a_piece_that_arrived_in_part_is_sent_again(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A count between two pieces makes the graph begin anew."""
        with monkeypatch.context() as patched:
            self.break_after(4, patched)
            with pytest.raises(MissingPartError):
                load(client, "first", FIRST)
        staged = f"{G}staging/first/sources"
        update = find_abilities(client).update
        client.update(
            update, f"DELETE DATA {{ GRAPH <{staged}> {{ {TRIPLE} }} }}", is_repeatable=True
        )

        load(client, "first", FIRST)

        assert content(client, f"{G}sources") == 60

    def test_a_lost_answer_to_the_switch_is_no_failure(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """When the switch was made and only its answer got lost, the graph is there."""
        change = Client.update

        def lose(self: Client, url: str, text: str, *, is_repeatable: bool) -> None:
            change(self, url, text, is_repeatable=is_repeatable)
            if not is_repeatable:
                raise MissingPartError("DKG625", "the answer broke off")

        monkeypatch.setattr(Client, "update", lose)

        load(client, "first", FIRST)

        assert read_holdings(client).build == "first"

    def test_a_switch_one_by_one_that_broke_off_is_told_and_finished(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """On a service that cannot switch at once readers are told, and the command finishes it."""
        load(client, "second", SECOND)
        one_by_one = replace(find_abilities(client), server="Another")
        monkeypatch.setattr(uploading, "find_abilities", lambda _: one_by_one)
        change = Client.update

        def break_at_copy(self: Client, url: str, text: str, *, is_repeatable: bool) -> None:
            if text.startswith("COPY") and text.endswith(f"<{G}sources>"):
                raise MissingPartError("DKG625", "the answer broke off")
            change(self, url, text, is_repeatable=is_repeatable)

        with monkeypatch.context() as patched:
            patched.setattr(Client, "update", break_at_copy)
            with pytest.raises(MissingPartError):
                load(client, "first", FIRST)
        between = ServiceBuild(client, read_holdings(client))
        done = load(client, "first", FIRST)

        assert between.holdings.replaced_by == "first"
        assert "may mix the two" in between.notices()[0]
        assert not done.at_once
        assert (read_holdings(client).build, read_holdings(client).replaced_by) == ("first", "")
        assert content(client, UNION) == 62

    def test_a_service_that_keeps_less_than_it_was_sent_is_not_switched(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The service's own counts decide, not its word that all went well."""
        load(client, "second", SECOND)
        send = uploading._Upload._send_piece

        def forget(self: uploading._Upload, graph: str, piece: Piece, *, is_first: bool) -> None:
            if is_first:
                send(self, graph, piece, is_first=True)

        monkeypatch.setattr(uploading._Upload, "_send_piece", forget)

        with pytest.raises(MissingPartError) as caught:
            load(client, "first", FIRST)

        assert caught.value.code == "DKG631"
        assert read_holdings(client).build == "second"


TRIPLE = "<urn:s0> <urn:p> <urn:o>"


@in_one_worker
class TestRestricted:
    """What a coder may read but not pass on."""

    def test_a_restricted_passage_does_not_leave(self, client: Client, tmp_path: Path) -> None:
        """The words stay on disk; that there is such a passage is told."""
        evidence = "<https://w3id.org/diaspora-kg/id/ytb/evidence/secret>"
        case, dkg = f"<{G}case/ytb>", "https://w3id.org/diaspora-kg/ontology#"
        words = f'{evidence} <{dkg}quote> "nobody may read this"@en {case} .\n'
        access = "<https://w3id.org/diaspora-kg/concept/restricted>"
        lines = f"{evidence} <{dkg}accessLevel> {access} {case} .\n{words}"
        (tmp_path / "graph.nq").write_text(lines, "utf-8")

        done = upload_build(StoredBuild(tmp_path, {}), client.transport.address.query)

        assert done.withheld == 1
        assert content(client, f"{G}case/ytb") == 1
        assert client.ask(f"ASK {{ GRAPH <{G}case/ytb> {{ {evidence} ?p {access} }} }}").truth


@in_one_worker
class TestRefusals:
    """Services that cannot be loaded."""

    def test_a_service_for_reading_only_is_told_as_such(self) -> None:
        """Where neither way of changing works, nothing is tried further."""
        rows = b'{"head": {"vars": []}, "results": {"bindings": []}}'
        with serving({"/query": lambda _, handler, __: answer(handler, 200, rows)}) as service:
            client, _ = connect(read_address(service.url + "/query", {}))

            with pytest.raises(DiasporaKGError) as caught:
                upload(client, read_holdings(client), "first", FIRST, {})

        assert (caught.value.code, caught.value.exit_status) == ("DKG630", 2)

    def test_a_service_without_a_graph_of_ours_says_so(self, empty_service: str) -> None:
        """Validation of a service that holds nothing of ours is no pass."""
        client = Client(Transport(read_address(empty_service, {})))
        client.update(empty_service.replace("/query", "/update"), "CLEAR ALL", is_repeatable=True)

        with pytest.raises(DiasporaKGError) as caught:
            validate_service(ServiceBuild(client, read_holdings(client)))

        assert caught.value.code == "DKG634"


class TestAgain:
    """The same build a second time."""

    def test_is_not_sent(self, loaded: Loaded, packaged_kg: KnowledgeGraph) -> None:
        """A service that holds this very build is left as it is."""
        again = upload_build(packaged_kg.build, loaded.url)

        assert again.sent == 0
        assert again.triples == loaded.uploaded.triples
