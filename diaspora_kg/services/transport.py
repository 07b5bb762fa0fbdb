"""HTTP to a service: certificates, time-outs, retries of what may be repeated, clear errors.

Nothing but this module knows of urllib3.
"""

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

_TRIES = 4
_LONGEST_WAIT = 60.0
_BUSY = (429, 502, 503, 504)
_MOVED = (301, 302, 303, 307, 308)
_MOST_REDIRECTS = 5
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
                if is_last or error.code not in ("DKG620", "DKG625"):
                    raise
                self._sleep(_wait(turn))
                continue
            pause = _wait(turn, reply.headers.get("retry-after", ""))
            if reply.status not in _BUSY or is_last or pause > _LONGEST_WAIT:
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
        own = {"User-Agent": f"diaspora-kg/{__version__}", "Accept-Encoding": "gzip"}
        if self.address.authorization and origin_of(url) == self.address.origin:
            own["Authorization"] = self.address.authorization
        self.requests += 1
        try:
            answer = self._pool.request(
                method,
                url,
                body=body,
                headers={**own, **headers},
                redirect=False,
                timeout=urllib3.Timeout(connect=min(10.0, self._seconds), read=self._seconds),
            )
        except failures.HTTPError as error:
            raise _failure(error, url, self._seconds) from None  # may quote the headers
        found = {name.lower(): value for name, value in answer.headers.items()}
        by_itself = "Fuseki" if "fuseki-request-id" in found else self.server
        self.server = found.get("server", by_itself)
        return Reply(answer.status, found, answer.data, url)


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
    scheme, host, port = origin_of(url)
    where = f"{scheme}://{host}:{port}"
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
        return MissingPartError(
            "DKG622",
            f"{where} did not answer within {seconds:g} seconds",
            f"Ask for less, or wait longer: {VARIABLE}_TIMEOUT=600 (--timeout 600 for your own "
            "SPARQL).",
        )
    if isinstance(error, failures.ProtocolError | failures.DecodeError):
        return MissingPartError(
            "DKG625",
            f"the answer of {where} broke off",
            "The service may have stopped half-way; look at it, and ask again.",
        )
    return MissingPartError(
        "DKG620", f"{where} cannot be reached: {_short(str(error))}", "Is the address right?"
    )


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
