"""HTTP to a service: certificates, time-outs, retries of what may be repeated, clear errors.

Nothing but this module knows of urllib3.
"""

import math
import os
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin

import urllib3
from urllib3 import exceptions as failures

from diaspora_kg import __version__
from diaspora_kg.errors import DiasporaKGError, MissingPartError
from diaspora_kg.services.addresses import VARIABLE, Address, origin_of

CONTACT = "DIASPORA_KG_CONTACT"
"""The variable with an address of mail or a page, by which a service can reach who asks."""

_TRIES = 4
_LONGEST_WAIT = 60.0
_BUSY = (429, 502, 503, 504)
_MOVED = (301, 302, 303, 307, 308)
_MOST_REDIRECTS = 5
_PIECE = 64 * 1024
_TAG = re.compile(r"(?s)<(?:style|script|head)\b.*?</(?:style|script|head)>|<[^>]*>")


@dataclass(frozen=True)
class Reply:
    """What a service answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str

    @property
    def media_type(self) -> str:
        """The type of the content, without parameters, in lower case."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def is_good(self) -> bool:
        """Whether the service did what it was asked."""
        return 200 <= self.status < 300


class Transport:
    """Sends requests to one service."""

    def __init__(self, address: Address, sleep: Callable[[float], None] = time.sleep) -> None:
        """Take the service; nothing is sent yet."""
        self.address = address
        self.requests = 0
        """How many requests were sent."""
        self.server = ""
        """What the service calls itself."""
        self._sleep = sleep
        self._seconds = address.seconds
        self._until = math.inf
        self._most_bytes = 0
        trusted: dict[str, Any] = {"ca_certs": address.ca_bundle} if address.ca_bundle else {}
        self._pool = urllib3.PoolManager(
            retries=False,
            cert_reqs="CERT_REQUIRED",
            **trusted,
        )

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Wait no longer than so many seconds for each answer in the block; 0 as long as usual."""
        before = self._seconds
        self._seconds = min(seconds or before, before)
        try:
            yield
        finally:
            self._seconds = before

    @contextmanager
    def allowing(self, seconds: float, most_bytes: int) -> Iterator[None]:
        """Give all requests in the block together so many seconds, and each answer so many bytes.

        0 stands for no limit. Where time is up, ``send`` raises DKG622, and for a larger answer
        DKG425; it stops to read, so that an answer without end does no harm.
        """
        before = self._until, self._most_bytes
        self._until = time.monotonic() + seconds if seconds else math.inf
        self._most_bytes = most_bytes
        try:
            with self.within(seconds):
                yield
        finally:
            self._until, self._most_bytes = before

    def send(
        self,
        method: str,
        url: str,
        *,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        is_repeatable: bool,
    ) -> Reply:
        """Return the answer to a request, whatever its status.

        What may be repeated without harm is tried again, later and later, when the service is
        busy or the connection breaks. Redirects within the host are followed when reading.

        Raises ``MissingPartError``: DKG620 when the service cannot be reached, DKG621 when its
        certificate is not trusted, DKG622 when it takes too long, DKG625 when the answer breaks
        off. Raises ``DiasporaKGError`` (DKG628) for a redirect that is not followed.
        """
        for turn in range(_TRIES if is_repeatable else 1):
            is_last = turn == _TRIES - 1 or not is_repeatable
            try:
                reply = self._follow(method, url, body, headers or {}, is_repeatable)
            except MissingPartError as error:
                pause = _wait(turn)
                if is_last or error.code not in ("DKG620", "DKG625") or self._is_too_long(pause):
                    raise
                self._sleep(pause)
                continue
            pause = _wait(turn, reply.headers.get("retry-after", ""))
            if reply.status not in _BUSY or is_last or self._is_too_long(pause):
                return reply
            self._sleep(pause)
        raise AssertionError("the last try returns or raises")

    def _follow(
        self, method: str, url: str, body: bytes | None, headers: Mapping[str, str], reads: bool
    ) -> Reply:
        for _ in range(_MOST_REDIRECTS):
            reply = self._once(method, url, body, headers)
            if reply.status not in _MOVED:
                return reply
            target = urljoin(url, reply.headers.get("location", ""))
            if not reads or origin_of(target) != origin_of(url) or target == url:
                raise DiasporaKGError(
                    "DKG628",
                    f"the service sends requests elsewhere: from {url} to {target}",
                    "If you trust that address, name it as the endpoint.",
                )
            url = target
        raise DiasporaKGError(
            "DKG628", f"the service redirects in a circle: {url}", "Name its final address."
        )

    def _once(self, method: str, url: str, body: bytes | None, headers: Mapping[str, str]) -> Reply:
        own = {"User-Agent": user_agent(), "Accept-Encoding": "gzip"}
        if self.address.authorization and origin_of(url) == self.address.origin:
            own["Authorization"] = self.address.authorization
        self.requests += 1
        seconds = min(self._seconds, max(0.001, self._until - time.monotonic()))
        try:
            answer = self._pool.request(
                method,
                url,
                body=body,
                headers={**own, **headers},
                redirect=False,
                preload_content=False,
                timeout=urllib3.Timeout(connect=min(10.0, seconds), read=seconds),
            )
            data = self._read(answer, url)
        except failures.HTTPError as error:
            raise _failure(error, url, self._seconds) from None  # may quote the headers
        found = {name.lower(): value for name, value in answer.headers.items()}
        by_itself = "Fuseki" if "fuseki-request-id" in found else self.server
        self.server = found.get("server", by_itself)
        return Reply(answer.status, found, data, url)

    def _read(self, answer: urllib3.BaseHTTPResponse, url: str) -> bytes:
        """Return the whole body of an answer, as far as time and size allow."""
        pieces: list[bytes] = []
        size = 0
        try:
            while piece := answer.read1(_PIECE):
                pieces.append(piece)
                size += len(piece)
                if self._most_bytes and size > self._most_bytes:
                    raise _too_large(url, self._most_bytes)
                if time.monotonic() > self._until:
                    raise _too_late(url, self._seconds)
        except BaseException:
            answer.close()  # what is left of it may be endless
            raise
        answer.release_conn()
        return b"".join(pieces)

    def _is_too_long(self, pause: float) -> bool:
        return pause > _LONGEST_WAIT or time.monotonic() + pause > self._until


def user_agent() -> str:
    """Return what says who asks: program, version, and how to reach whoever runs it."""
    contact = os.environ.get(CONTACT, "").strip()
    mail = f"; mailto:{contact}" if "@" in contact else f"; {contact}" if contact else ""
    return f"diaspora-kg/{__version__} (+https://w3id.org/diaspora-kg{mail})"


def _wait(turn: int, asked: str = "") -> float:
    """Return how many seconds to wait before the next try: doubling, or what the service asks.

    ``Retry-After`` is a number of seconds or a date (RFC 9110, section 10.2.3).
    """
    if asked.isdigit():
        return float(asked)
    try:
        return max(0.0, parsedate_to_datetime(asked).timestamp() - time.time())
    except (TypeError, ValueError):
        return 0.5 * 2.0**turn


def _failure(error: failures.HTTPError, url: str, seconds: float) -> MissingPartError:
    where = _origin(url)
    if isinstance(error, failures.SSLError):
        return MissingPartError(
            "DKG621",
            f"the certificate of {where} is not trusted: {_short(str(error))}",
            f"Name the certificates to trust with {VARIABLE}_CA=FILE; checking cannot be "
            "switched off.",
        )
    if isinstance(error, failures.NewConnectionError | failures.NameResolutionError):
        return MissingPartError(
            "DKG620",
            f"{where} cannot be reached: {_short(str(error).rpartition(': ')[2])}",
            "Is the address right, and is the service running?",
        )
    if isinstance(error, failures.ConnectTimeoutError | failures.ReadTimeoutError):
        return _too_late(url, seconds)
    if isinstance(error, failures.ProtocolError | failures.DecodeError):
        return MissingPartError(
            "DKG625",
            f"the answer of {where} broke off",
            "The service may have stopped half-way; look at it, and ask again.",
        )
    return MissingPartError(
        "DKG620", f"{where} cannot be reached: {_short(str(error))}", "Is the address right?"
    )


def _too_late(url: str, seconds: float) -> MissingPartError:
    return MissingPartError(
        "DKG622",
        f"{_origin(url)} did not answer within {seconds:g} seconds",
        f"Ask for less, or wait longer: {VARIABLE}_TIMEOUT=600 (--timeout 600 for your own "
        "SPARQL).",
    )


def _too_large(url: str, most: int) -> DiasporaKGError:
    return DiasporaKGError(
        "DKG425",
        f"{_origin(url)} sent more than {most / 1024 / 1024:,.0f} MB",
        "Ask for less of it, or allow more with --max-memory MB.",
    )


def _origin(url: str) -> str:
    scheme, host, port = origin_of(url)
    return f"{scheme}://{host}:{port}"


def _short(text: str) -> str:
    return text.splitlines()[0][:160] if text else "no reason given"


def refusal(reply: Reply) -> DiasporaKGError:
    """Return the error for an answer that says no."""
    said = said_in(reply)
    if reply.status in (401, 403):
        return DiasporaKGError(
            "DKG623",
            f"the service wants to know who asks (HTTP {reply.status})",
            f"Set {VARIABLE}_USER and {VARIABLE}_PASSWORD, or {VARIABLE}_TOKEN; Basic and bearer "
            "are spoken, Digest is not.",
        )
    if reply.status in _BUSY:
        return MissingPartError(
            "DKG629",
            f"the service is busy or out of order (HTTP {reply.status}){said}",
            "Ask again later.",
        )
    if reply.status == 404:
        return DiasporaKGError(
            "DKG624",
            f"there is no SPARQL service at {reply.url} (HTTP 404)",
            "Name the address of its queries, such as https://example.org/sparql",
        )
    return DiasporaKGError(
        "DKG624",
        f"the service refuses the request (HTTP {reply.status}){said}",
        "What it says tells what it does not take.",
    )


def said_in(reply: Reply) -> str:
    """Return the first words of what a service said, behind a colon; nothing if it is silent."""
    text = reply.body.decode("utf-8", errors="replace")
    if "<" in text[:200]:
        text = _TAG.sub(" ", text)
    words = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    words = words.partition(" SPARQL query: ")[0]  # Virtuoso repeats the whole query
    return f": {words[:240]}" if words else ""
