"""One question to one service: asked within limits, or taken from what it answered before."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pyoxigraph as ox

from diaspora_kg.confinement.limits import Limits
from diaspora_kg.errors import DiasporaKGError, MissingPartError
from diaspora_kg.namespaces import BASE
from diaspora_kg.naming import short_hash
from diaspora_kg.outside import AllowedServices
from diaspora_kg.resources import cache_folder
from diaspora_kg.services.addresses import Address
from diaspora_kg.services.client import Client
from diaspora_kg.services.kept import Kept, KeptAnswers
from diaspora_kg.services.results import Answer
from diaspora_kg.services.transport import Transport
from diaspora_kg.table import Cell

INTERVAL = 0.2
"""Seconds between two requests to one service."""
_PART_OF_MEMORY = 8
"""An answer takes some eight times its length while it is read."""
_BLANK = f"{BASE}.well-known/genid/"
"""Where nodes without a name get one (RDF 1.1 Concepts, section 3.5)."""
_IRI = r'<[^<>"{}|^`\\\x00-\x20]*>'
_TERM = re.compile(rf'{_IRI}|"(?:[^"\\\n\r]|\\.)*"(?:@[A-Za-z]+(?:-+[A-Za-z0-9]+)*|\^\^{_IRI})?')
_HINTS = {
    "DKG621": "SSL_CERT_FILE=FILE names certificates to trust; checking cannot be switched off.",
    "DKG622": "Ask for less of the service, or allow more time with --timeout SECONDS.",
    "DKG623": "Services are asked without a password; take one that is open, or a copy of it.",
    "DKG628": "If you trust that address, write it into the query and allow its host.",
}


@dataclass(frozen=True)
class Reply:
    """Rows of a service, and the day on which it gave them."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    asked_on: date


class Asker:
    """Asks the services of one query; all of it together keeps to the limits of the query."""

    def __init__(
        self,
        allowed: AllowedServices,
        limits: Limits,
        *,
        folder: Path | None = None,
        today: date | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Take what may be asked and the limits; ``folder`` keeps answers."""
        self._allowed = allowed
        self._limits = limits
        self._clock, self._sleep = clock, sleep
        self._began = clock()
        self._kept = KeptAnswers(
            folder or cache_folder() / "answers",
            today or date.today(),
            whatever_age=allowed.offline,
        )
        self._clients: dict[str, Client] = {}

    @property
    def spent(self) -> float:
        """The seconds since the beginning."""
        return self._clock() - self._began

    @property
    def remaining(self) -> Limits:
        """The limits that are left. Raises ``DiasporaKGError`` (DKG416) when time is up."""
        if self._limits.seconds and self.spent >= self._limits.seconds:
            raise DiasporaKGError(
                "DKG416",
                f"the query was stopped: it took longer than {self._limits.seconds:g} seconds",
                "Ask for less of the services, or allow more time with --timeout SECONDS.",
            )
        return self._limits.less(self.spent)

    def ask(self, address: str, sparql: str) -> Reply:
        """Return the rows of a SELECT.

        Raises ``MissingPartError`` (DKG427) when it is not kept and nothing may be sent, and
        ``DiasporaKGError`` and ``MissingPartError`` as ``Client.ask`` does (DKG425, DKG620 …).
        """
        question = (address.encode(), sparql.encode())
        reply = None if self._allowed.refresh else _reply(self._kept.find(*question))
        if reply is not None:
            return reply
        if self._allowed.offline:
            raise MissingPartError(
                "DKG427",
                f"nothing is kept of what {address} says to this, and '--offline' sends nothing",
                "Ask once without '--offline'; the answer is kept with its date.",
            )
        answer = self._answer(address, sparql)
        origin = short_hash(address, sparql)
        rows = tuple(tuple(_as_text(cell, origin) for cell in row) for row in answer.rows)
        value = {"columns": answer.columns, "rows": rows, "query": sparql}
        kept = self._kept.keep(address, value, *question)
        return Reply(answer.columns, rows, kept.asked_on)

    def _answer(self, address: str, sparql: str) -> Answer:
        client = self._clients.get(address)
        if client is None:
            client = self._clients[address] = Client(Transport(Address(address), self._sleep))
        elif urlsplit(address).hostname not in ("localhost", "127.0.0.1", "::1"):
            self._sleep(INTERVAL)
        seconds = self.remaining.left
        most = self._limits.bytes // _PART_OF_MEMORY
        try:
            with client.transport.allowing(seconds, most):
                answer = client.ask(sparql)
        except DiasporaKGError as error:
            raise _named(error, address) from error
        if answer.truth is not None:
            raise MissingPartError(
                "DKG626",
                f"SERVICE <{address}>: a question for rows was answered with yes or no",
                "Is this the address of a SPARQL 1.1 service?",
            )
        return answer


def _named(error: DiasporaKGError, address: str) -> DiasporaKGError:
    """Return an error with the service that it is about."""
    message = f"SERVICE <{address}>: {error.message}"
    return type(error)(error.code, message, _HINTS.get(error.code, error.hint))


def _reply(kept: Kept | None) -> Reply | None:
    """Return what is kept as rows; nothing where it has another form: rows become SPARQL."""
    if kept is None:
        return None
    try:
        columns, rows = kept.answer["columns"], kept.answer["rows"]
        if not all(cell is None or _TERM.fullmatch(cell) for row in rows for cell in row):
            return None
        return Reply(tuple(columns), tuple(tuple(row) for row in rows), kept.asked_on)
    except (KeyError, TypeError):
        return None


def _as_text(cell: ox.NamedNode | ox.BlankNode | ox.Literal | None, origin: str) -> Cell:
    """Return a term as N-Triples; a node without a name gets one that is its own."""
    if isinstance(cell, ox.BlankNode):
        return f"<{_BLANK}{origin}-{cell.value}>"
    return None if cell is None else str(cell)
