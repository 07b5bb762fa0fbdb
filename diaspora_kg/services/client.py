"""The SPARQL 1.1 Protocol, SPARQL 1.1 Update and the Graph Store Protocol, from the client's side.

See https://www.w3.org/TR/sparql11-protocol/ and https://www.w3.org/TR/sparql11-http-rdf-update/.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

import pyoxigraph as ox

from diaspora_kg.services.results import (
    ACCEPT_ROWS,
    ACCEPT_TRIPLES,
    Answer,
    Rows,
    read_rows,
    read_triples,
)
from diaspora_kg.services.transport import Reply, Transport, refusal

_LONGEST_ADDRESS = 6000
_OTHER_WAY = (405, 411, 413, 414, 415, 501)
_FORM, _DIRECT, _ADDRESS = "form", "direct", "address"
_NOT_CODE = re.compile(
    r"(?s)\"\"\".*?\"\"\"|'''.*?'''|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'"
    r"|<[^<>\"{}|^`\\\x00-\x20]*>|#[^\n]*"
)
_GRAPH_QUERY = re.compile(
    r"\A\s*(?:(?:PREFIX\s+[^\s:]*:|BASE)\s*)*(?:CONSTRUCT|DESCRIBE)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Dataset:
    """The graphs that a query is about; without any, those that the service takes by itself."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The parameters of the protocol."""
        return [
            *(("default-graph-uri", graph) for graph in self.default),
            *(("named-graph-uri", graph) for graph in self.named),
        ]


OWN_DATASET = Dataset()


class Client:
    """Asks one service and, where it takes changes, changes it."""

    def __init__(self, transport: Transport) -> None:
        """Take the way to the service."""
        self.transport = transport
        self._way = _FORM

    @property
    def requests(self) -> int:
        """How many requests were sent so far."""
        return self.transport.requests

    @property
    def is_virtuoso(self) -> bool:
        """Whether the service said, in its last answer, that it is Virtuoso."""
        return self.transport.server.startswith("Virtuoso")

    # --- Asking -------------------------------------------------------------------------

    def ask(self, sparql: str, dataset: Dataset = OWN_DATASET) -> Answer:
        """Return the answer to a SELECT or ASK.

        Raises ``DiasporaKGError`` (DKG623, DKG624, DKG627 …) when it is refused, and
        ``MissingPartError`` (DKG620 … DKG629) when no whole answer comes.
        """
        return read_rows(self._asked(sparql, dataset, ACCEPT_ROWS))

    def select(self, sparql: str, dataset: Dataset = OWN_DATASET) -> Rows:
        """Return the rows of a SELECT. Raises what ``ask`` raises."""
        return self.ask(sparql, dataset).rows

    def triples(self, sparql: str, dataset: Dataset = OWN_DATASET) -> list[ox.Quad]:
        """Return the triples of a CONSTRUCT or DESCRIBE. Raises what ``ask`` raises."""
        return read_triples(self._asked(sparql, dataset, ACCEPT_TRIPLES))

    def _asked(self, sparql: str, dataset: Dataset, accept: str) -> Reply:
        refused: Reply | None = None
        for way in dict.fromkeys((self._way, _FORM, _DIRECT, _ADDRESS)):
            reply = self._send_query(way, sparql, dataset, accept)
            if reply is None:
                continue
            if reply.is_good:
                self._way = way
                return reply
            refused = refused or reply
            if reply.status not in _OTHER_WAY:
                raise refusal(reply)
        assert refused is not None, "a query can always be sent as a form"
        raise refusal(refused)

    def _send_query(self, way: str, sparql: str, dataset: Dataset, accept: str) -> Reply | None:
        """Send a query in one of the three ways of the protocol, if it fits."""
        url, headers = self.transport.address.query, {"Accept": accept}
        whole = urlencode([("query", sparql), *dataset.parameters])
        if way == _ADDRESS:
            if len(whole) > _LONGEST_ADDRESS:
                return None
            return self.transport.send(
                "GET", _extended(url, whole), headers=headers, is_repeatable=True
            )
        if way == _DIRECT:
            body, kind = sparql.encode(), "application/sparql-query"
            url = _extended(url, urlencode(dataset.parameters))
        else:
            body, kind = whole.encode(), "application/x-www-form-urlencoded"
        headers["Content-Type"] = kind
        return self.transport.send("POST", url, body=body, headers=headers, is_repeatable=True)

    # --- Changing -----------------------------------------------------------------------

    def update(self, url: str, text: str, *, is_repeatable: bool) -> None:
        """Carry out an update; with ``is_repeatable`` doing it twice must do no harm.

        Raises what ``ask`` raises.
        """
        headers = {"Content-Type": "application/sparql-update", "Accept": "*/*"}
        self._must_do(
            self.transport.send(
                "POST", url, body=text.encode(), headers=headers, is_repeatable=is_repeatable
            )
        )

    def put(self, url: str, graph: str, ntriples: bytes, *, replaces: bool) -> None:
        """Put triples into a graph by the Graph Store Protocol, in place of all that is there.

        Without ``replaces`` they are added. Doing it twice does no harm unless blank nodes are
        added. Raises what ``ask`` raises.
        """
        headers = {"Content-Type": "application/n-triples"}
        self._must_do(
            self.transport.send(
                "PUT" if replaces else "POST",
                _extended(url, urlencode({"graph": graph})),
                body=ntriples,
                headers=headers,
                is_repeatable=True,
            )
        )

    def delete(self, url: str, graph: str) -> None:
        """Delete a graph, if it is there. Raises what ``ask`` raises."""
        address = _extended(url, urlencode({"graph": graph}))
        reply = self.transport.send("DELETE", address, is_repeatable=True)
        if reply.status != 404:
            self._must_do(reply)

    def _must_do(self, reply: Reply) -> None:
        if not reply.is_good:
            raise refusal(reply)


def gives_triples(sparql: str) -> bool:
    """Tell whether a query is a CONSTRUCT or DESCRIBE."""
    return _GRAPH_QUERY.match(_NOT_CODE.sub(" ", sparql)) is not None


def _extended(url: str, parameters: str) -> str:
    if not parameters:
        return url
    return f"{url}{'&' if '?' in url else '?'}{parameters}"


def iris(addresses: Iterable[str]) -> str:
    """Return addresses as SPARQL writes them, one after the other."""
    return " ".join(f"<{address}>" for address in addresses)


def in_batches(items: Sequence[str], size: int) -> list[Sequence[str]]:
    """Return items in batches of at most some size."""
    return [items[n : n + size] for n in range(0, len(items), size)]
